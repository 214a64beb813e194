"""What is found to import in files and folders, and how it is read."""

import os
import sys
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.library.answers import InputFile, InputText, no_progress
from readinglist.library.inputs import Column, columns_of, distinct_names, inputs_of, kinds, suffixes
from readinglist.paths import resource

LISTING = resource("samples", "listing.txt").read_bytes()
BIBTEX = b"@article{one, title = {Counting Sheep}, year = 2020}\n"
NAMELESS = "Heading,Who,When\nCounting Sheep,Ada Lovelace,1843\n,,\nOf Mice,Kurt Gödel,1931\n"


def names(*paths: Path) -> list[str]:
    return [text.name for text in inputs_of(paths, no_progress).texts]


def test_a_folder_is_looked_through_for_files_that_hold_papers(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name, data in (
        ("listing.txt", LISTING), ("b/thesis.bib", BIBTEX), ("b/without-suffix", BIBTEX), (".hidden.bib", BIBTEX),
        (".git/kept.bib", BIBTEX), ("README.md", b"# Notes\n\nNothing here.\n"), ("picture.png", b"\x89PNG\r\n"),
        ("package.json", b'{"name": "x", "version": "1"}'), ("empty.txt", b""),
    ):  # fmt: skip
        (tmp_path / name).write_bytes(data)
    found = inputs_of([tmp_path], no_progress)
    assert [text.name for text in found.texts] == ["listing.txt", "thesis.bib", "without-suffix"]
    assert found.looked_at == 7
    assert found.troubles == ()


def test_a_bibliography_in_a_folder_is_taken_even_if_it_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "broken.bib").write_bytes(b"not BibTeX at all")
    assert names(tmp_path) == ["broken.bib"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights of their own on Windows")
def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(BIBTEX)
    (tmp_path / "round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.bib").symlink_to(tmp_path / "nowhere")
    assert names(tmp_path) == ["a.bib"]


def test_a_folder_without_papers_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("milk, bread")
    found = inputs_of([tmp_path], no_progress)
    assert (found.texts, found.looked_at) == ((), 1)
    assert [(trouble.file, trouble.code) for trouble in found.troubles] == [(tmp_path.name, "no_papers")]


def test_files_are_told_apart_by_their_folders() -> None:
    paths = [Path("/x/march/list.txt"), Path("/x/april/list.txt"), Path("/x/other.txt")]
    assert distinct_names(paths) == ["march/list.txt", "april/list.txt", "other.txt"]
    assert distinct_names([Path("/a/c/list.txt"), Path("/b/c/list.txt")]) == ["a/c/list.txt", "b/c/list.txt"]
    same = [Path("list.txt"), Path("b/list.txt"), Path("b/list.txt")]
    assert distinct_names(same) == ["list.txt", str(same[1]), str(same[2])]
    many = [Path(f"/papis/paper-{number}/info.yaml") for number in range(3000)]
    assert distinct_names(many)[2999] == "paper-2999/info.yaml"


def test_a_file_is_read_when_it_is_its_turn_and_only_as_it_was_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_bytes(BIBTEX)
    (text,) = inputs_of([path], no_progress).texts
    assert isinstance(text, InputFile)
    assert text.data == BIBTEX
    path.write_bytes(BIBTEX * 2)
    with pytest.raises(ExpectedError, match="changed after it was looked at"):
        assert text.data
    path.unlink()
    with pytest.raises(ExpectedError, match="could not be read: No such file"):
        assert text.data


def test_a_file_that_is_not_there_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_bytes(BIBTEX)
    found = inputs_of([tmp_path / "gone.bib", tmp_path / "a.bib"], no_progress)
    assert [text.name for text in found.texts] == ["a.bib"]
    assert found.troubles[0].message == "The file could not be read: No such file or directory."


def test_the_columns_of_a_table_are_told_with_what_they_are_taken_for() -> None:
    table = InputText("papers.csv", NAMELESS.encode())
    assert columns_of(table) == (
        Column("Heading", "", "Counting Sheep"), Column("Who", "", "Ada Lovelace"), Column("When", "", "1843"),
    )  # fmt: skip
    mapped = columns_of(InputText("papers.csv", NAMELESS.encode(), {"heading": "title"}))
    assert [column.field for column in mapped] == ["title", "", ""]
    assert columns_of(InputText("a.bib", BIBTEX)) == ()
    assert columns_of(InputText("a.png", b"\x89PNG\r\n")) == ()


def test_what_can_be_imported_comes_from_the_table_of_formats() -> None:
    assert {".txt", ".bib", ".ris", ".json", ".pdf", ".csv", ".opml", ".xml", ".nbib"} <= set(suffixes())
    assert ("BibTeX files", (".bib", ".bibtex")) in kinds()
    assert all(title[0].isupper() and own for title, own in kinds())


def test_a_text_with_headings_in_a_folder_is_a_listing_only_with_a_day_or_the_words_of_the_page(tmp_path: Path) -> None:
    text = "Counting Sheep with Small Models\n\nWe count sheep in pictures. It works, and we say why it does.\n"
    (tmp_path / "README.md").write_text(text)
    (tmp_path / "march.txt").write_text(f"Mar 14\n\n{text}")
    assert names(tmp_path) == ["march.txt"]
    assert names(tmp_path / "README.md") == ["README.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are no text alone on Linux")
def test_a_name_that_is_no_text_is_told_as_text(tmp_path: Path) -> None:
    name = tmp_path / "a\x1b[2J\udcff.bib"
    name.write_bytes(b"@misc{a, title={A}}")
    (text,) = inputs_of([name], no_progress).texts
    assert text.name == "a[2J\ufffd.bib"
    assert text.data == b"@misc{a, title={A}}"
