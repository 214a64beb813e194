from pathlib import Path

from tests.cli.conftest import Run


def test_exports_to_standard_output_and_to_a_file(filled: Run, tmp_path: Path) -> None:
    everything = filled("export", "--format", "bibtex")
    assert everything.code == 0
    assert everything.out.count("@misc{") == 4
    filled("star", "2")
    target = tmp_path / "starred.bib"
    assert filled("export", "is:starred", "-o", target).out == f"Wrote 1 paper to {target}.\n"
    assert target.read_text(encoding="utf-8").count("@misc{") == 1
    assert target.read_text(encoding="utf-8") == filled("export", "is:starred").out


def test_an_export_that_finds_nothing_leaves_the_file_as_it_is(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "old.bib"
    target.write_text("kept")
    assert filled("export", "zebra", "-o", target).code == 1
    assert target.read_text() == "kept"


def test_an_export_that_cannot_be_written_is_told(filled: Run, tmp_path: Path) -> None:
    answer = filled("export", "-o", tmp_path / "missing" / "all.bib")
    assert answer.code == 1
    assert "all.bib could not be written" in answer.err
