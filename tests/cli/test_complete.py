"""The whole library written and made again, from the command line."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.formats.pdf_making import pdf_of


def test_a_library_goes_out_and_comes_in_again(filled: Run, folder: Path, tmp_path: Path) -> None:
    filled("note", "1", "about zebras")
    path = tmp_path / "all.zip"
    written = filled("export-library", path)
    assert written.code == 0
    assert written.out.startswith(f"Wrote 4 papers to {path} (")
    again = tmp_path / "again"
    made = filled("import-library", path, "--into", again)
    assert made.out.strip() == f"Made a library of 4 papers in {again}."
    assert filled("find", "zebras", "--json", "--library", again).json["total"] == 1
    first, second = (filled("show", "1", "--json", "--library", library).json for library in (folder, again))
    assert first == second


def test_a_folder_without_the_journal(filled: Run, tmp_path: Path) -> None:
    assert filled("export-library", tmp_path / "all", "--no-journal").code == 0
    assert not (tmp_path / "all" / "journal.jsonl").exists()
    assert filled("import-library", tmp_path / "all", "--library", tmp_path / "again").code == 0
    assert "nothing to undo" in filled("undo", "--library", tmp_path / "again").err


def test_what_cannot_be_done_is_said(filled: Run, folder: Path, tmp_path: Path) -> None:
    filled("export-library", tmp_path / "all.zip")
    answer = filled("import-library", tmp_path / "all.zip")
    assert answer.code == 1
    assert "something in" in answer.err
    assert filled("import-library", folder / "library.sqlite", "--into", tmp_path / "x").code == 1
    assert not (tmp_path / "x").exists()
    assert "no library" in filled("export-library", tmp_path / "b.zip", "--library", tmp_path / "nowhere").err


def test_missing_files_are_told(filled: Run, folder: Path, tmp_path: Path) -> None:
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(pdf_of(((90, 760, 18, "A Paper With a File"), (90, 730, 11, "Ada Byron"))))
    filled("import", pdf)
    assert "5 papers and 1 attached file" in filled("export-library", tmp_path / "all.zip").out
    (kept,) = (folder / "files").rglob("*.pdf")
    kept.unlink()
    answer = filled("export-library", tmp_path / "all.zip")
    assert answer.code == 1
    assert "missing" in answer.err
