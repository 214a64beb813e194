"""Files kept up to date, from the command line."""

from pathlib import Path

import pytest

from readinglist.library import kept_exports
from tests.cli.conftest import Run
from tests.cli.running import run_process


@pytest.fixture
def target(filled: Run, tmp_path: Path) -> Path:
    """A file that is kept with the starred paper."""
    filled("star", "2")
    assert filled("keep", tmp_path / "starred.bib", "is:starred").code == 0
    return tmp_path / "starred.bib"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The libraries for which another process was started."""
    folders: list[Path] = []
    monkeypatch.setattr(kept_exports, "start_in_background", folders.append)
    return folders


def test_a_file_is_kept_shown_written_and_stopped(filled: Run, target: Path) -> None:
    assert target.read_text().count("@misc") == 1
    filled("star", "1")
    shown = filled("kept")
    assert shown.out.split("  ")[-3:] == ["bibtex", "to be written", "is:starred\n"]
    assert filled("kept", "--write").code == 0
    assert target.read_text().count("@misc") == 2
    assert "up to date" in filled("kept").out
    stopped = filled("kept", "--stop", "starred.bib")
    assert stopped.out == f"{target} is kept up to date no more. It stays as it is.\n"
    assert filled("kept").out == ""
    assert filled("kept", "--stop", "starred.bib").code == 2


def test_what_others_changed_is_told_and_left(filled: Run, target: Path) -> None:
    target.write_text(target.read_text() + "@misc{mine, title={Mine}}")
    filled("star", "1")
    refused = filled("kept", "--write")
    assert refused.code == 1
    assert "changed by another program and is left alone" in refused.err
    assert "@misc{mine" in target.read_text()
    assert filled("kept", "--write", "--anyway", "starred.bib").code == 0
    assert "@misc{mine" not in target.read_text()
    assert "@misc{mine" in target.with_name("starred.bib~").read_text()


def test_json(filled: Run, target: Path) -> None:
    (kept,) = filled("kept", "--write", "--json").json["kept"]
    assert {name: kept[name] for name in ("path", "format", "query", "personal", "state", "problem")} == {
        "path": str(target), "format": "bibtex", "query": "is:starred", "personal": True, "state": "current",
        "problem": None,
    }  # fmt: skip


def test_a_hand_made_file_is_not_taken_over_unasked(filled: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.ris"
    mine.write_text("TY  - JOUR\nID  - me\nTI  - Mine Alone\nAU  - Me\nPY  - 2020\nER  - \n")
    refused = filled("keep", mine)
    assert refused.code == 1
    assert "--replace" in refused.err
    assert filled("kept").out == ""
    assert filled("keep", mine, "--replace").code == 0
    assert mine.read_text().count("TY  -") == 4


@pytest.mark.parametrize("words", [("--stop",), ("--anyway",), ("--write", "--anyway"), ("--stop", "--write", "a")])
def test_misuse(run: Run, words: tuple[str, ...]) -> None:
    assert run("kept", *words).code == 2


def test_each_command_that_changes_the_library_lets_another_process_write(
    filled: Run, target: Path, started: list[Path], folder: Path
) -> None:
    filled("find", "sheep")
    assert started == []
    filled("star", "1")
    filled("undo")
    assert started == [folder, folder]
    filled("kept", "--stop", target.name)
    started.clear()
    filled("star", "1")
    assert started == []


def test_in_a_process_of_its_own(filled: Run, target: Path, folder: Path) -> None:
    filled("star", "1")
    assert run_process("kept", "--write", library=folder).code == 0
    assert target.read_text().count("@misc") == 2
