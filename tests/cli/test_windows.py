"""The command that opens the window."""

from pathlib import Path

from tests.cli.conftest import Run


def test_the_window_opens_and_is_given_the_files(run: Run, folder: Path, windows: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text("Mar 14\n\nA Title\n\nAn abstract.\n")
    assert run("window", file).code == 0
    assert run("window").code == 0
    assert windows == [folder, file, folder]


def test_a_file_that_is_not_there_is_told(run: Run, windows: list[Path], tmp_path: Path) -> None:
    answer = run("window", tmp_path / "none.txt")
    assert answer.code == 1
    assert "none.txt" in answer.err
    assert windows == []
