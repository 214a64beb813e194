"""A PDF comes in as a paper with its file, which is kept under its digest and stays through undo and redo."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.formats.record import AttachedFile
from readinglist.library.answers import InputText
from readinglist.library.attaching import keep, path_of
from readinglist.library.library import Library
from readinglist.papers.paper import Attachment
from tests.formats.pdf_making import pdf_of
from tests.library.listings import TITLES, listing

PAGE = (
    (90, 760, 18, TITLES[1]),
    (90, 730, 11, "Ashish Vaswani and Noam Shazeer"),
    (90, 700, 10, "Dispensing with it."),
)
PDF = InputText("vaswani.pdf", pdf_of(PAGE))


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        yield opened


def test_a_pdf_becomes_a_paper_with_its_file(library: Library) -> None:
    ledger = library.import_texts([PDF])
    assert (ledger.new, ledger.errors) == (1, ())
    paper = library.papers(library.find("has:pdf").ids)[0]
    assert (paper.title, paper.sightings) == (TITLES[1], ())
    (attachment,) = paper.attachments
    assert (attachment.name, attachment.size) == ("vaswani.pdf", len(PDF.data))
    kept = path_of(library.folder, attachment)
    assert kept.read_bytes() == PDF.data
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_the_same_pdf_again_adds_nothing(library: Library) -> None:
    library.import_texts([PDF])
    before = library.papers(library.find().ids)
    ledger = library.import_texts([PDF, InputText("copy.pdf", PDF.data)])
    assert (ledger.new, ledger.known, ledger.changed) == (0, 2, 0)
    assert library.papers(library.find().ids) == before


def test_a_pdf_joins_the_paper_of_a_listing_and_undo_takes_it_away(library: Library) -> None:
    library.import_texts([listing(TITLES)])
    ledger = library.import_texts([PDF])
    assert (ledger.new, ledger.changed) == (0, 1)
    (found,) = library.papers(library.find("has:pdf").ids)
    assert (found.title, len(found.sightings), len(found.authors)) == (TITLES[1], 1, 2)
    library.undo()
    assert not library.find("has:pdf").ids
    library.redo()
    (again,) = library.papers(library.find("has:pdf").ids)
    assert again == found
    assert path_of(library.folder, again.attachments[0]).exists()


@pytest.mark.parametrize("name", ["../../.bashrc", "/etc/passwd", "a\x00b.pdf", "x.pdf/../../y", ".." * 200, ""])
def test_no_name_leads_out_of_the_library(tmp_path: Path, name: str) -> None:
    attachment = keep(tmp_path, AttachedFile(name, b"bytes", ""))
    kept = path_of(tmp_path, attachment)
    assert kept.resolve().is_relative_to(tmp_path.resolve())
    assert kept.read_bytes() == b"bytes"


def test_a_file_that_cannot_be_kept_stops_the_import_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    with pytest.raises(ExpectedError, match="files"):
        keep(tmp_path, AttachedFile("paper.pdf", b"bytes", ""))


def test_the_suffix_is_no_part_of_a_path() -> None:
    assert path_of(Path("library"), Attachment("ab" * 32, "x.p/../df", 1)).name == "ab" * 32
