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


def files_of(library: Library, paper_id: int) -> tuple[Attachment, ...]:
    """The files of a paper as the library has it now."""
    (paper,) = library.papers([paper_id])
    return paper.attachments


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
    assert stat.S_IMODE(kept.stat().st_mode) == 0o400


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


def test_files_are_attached_by_hand_each_once_and_undo_takes_them_away(library: Library, tmp_path: Path) -> None:
    library.import_texts([listing(TITLES)])
    paper_id = library.find().ids[0]
    pdf, data = tmp_path / "Paper.PDF", tmp_path / "figures, all.zip"
    pdf.write_bytes(PDF.data)
    data.write_bytes(b"PK and so on" * 1000)
    change = library.attach(paper_id, [pdf, data, pdf])
    assert change.label.startswith("Attach 2 files to “")
    first, second = files_of(library, paper_id)
    assert (first.name, second.name, second.size) == ("Paper.PDF", "figures, all.zip", 12_000)
    assert library.attached_file(first).read_bytes() == pdf.read_bytes()
    assert library.attached_file(second).read_bytes() == data.read_bytes()
    assert not library.attach(paper_id, [data])
    pdf.unlink()
    library.undo()
    assert files_of(library, paper_id) == ()
    library.redo()
    assert files_of(library, paper_id) == (first, second)
    assert library.attached_file(first).read_bytes() == PDF.data


def test_a_file_is_detached_and_comes_back(library: Library) -> None:
    library.import_texts([PDF])
    paper_id = library.find().ids[0]
    (attachment,) = files_of(library, paper_id)
    assert library.detach(paper_id, attachment.digest).label.startswith("Detach file from “")
    assert not library.detach(paper_id, attachment.digest)
    assert files_of(library, paper_id) == ()
    assert library.attached_file(attachment).exists()
    library.undo()
    assert files_of(library, paper_id) == (attachment,)


def test_the_text_of_a_pdf_is_kept_whatever_its_name_and_a_damaged_one_is_attached_too(
    library: Library, tmp_path: Path
) -> None:
    library.import_texts([listing(TITLES)])
    paper_id = library.find().ids[0]
    nameless, damaged = tmp_path / "nameless", tmp_path / "damaged.pdf"
    nameless.write_bytes(pdf_of([(90, 700, 10, "A zeppelin over the sea.")]))
    damaged.write_bytes(b"%PDF-1.7 and then nothing")
    library.attach(paper_id, [nameless, damaged])
    assert [file.name for file in files_of(library, paper_id)] == ["nameless", "damaged.pdf"]
    texts = library._store.attachment_texts([file.digest for file in files_of(library, paper_id)])
    assert [text.strip() for text in texts.values()] == ["A zeppelin over the sea."]


def test_what_cannot_be_attached_is_said_and_attaches_nothing(library: Library, tmp_path: Path) -> None:
    library.import_texts([listing(TITLES)])
    paper_id = library.find().ids[0]
    good = tmp_path / "good.txt"
    good.write_text("good")
    for wrong in (tmp_path, tmp_path / "none.pdf"):
        with pytest.raises(ExpectedError, match="nothing was"):
            library.attach(paper_id, [good, wrong])
    assert files_of(library, paper_id) == ()


def test_a_kept_file_that_was_damaged_is_whole_again_once_it_is_attached_again(
    library: Library, tmp_path: Path
) -> None:
    library.import_texts([PDF])
    paper_id = library.find().ids[0]
    (attachment,) = files_of(library, paper_id)
    kept = library.attached_file(attachment)
    kept.chmod(0o600)
    kept.write_bytes(bytes(len(PDF.data)))
    again = tmp_path / "again.pdf"
    again.write_bytes(PDF.data)
    assert not library.attach(paper_id, [again])
    assert kept.read_bytes() == PDF.data


def test_the_suffix_is_no_part_of_a_path() -> None:
    assert path_of(Path("library"), Attachment("ab" * 32, "x.p/../df", 1)).name == "ab" * 32
