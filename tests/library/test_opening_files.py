"""Attached files are opened, copied and drawn; nothing that would run as a program is opened."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.formats import pdf_pictures
from readinglist.library.library import Library
from readinglist.papers.paper import Attachment
from tests.formats.pdf_making import pdf_of
from tests.library.listings import TITLES, listing


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        yield opened


def attached(library: Library, path: Path, data: bytes) -> Attachment:
    """A file of these bytes, attached to the first paper."""
    path.write_bytes(data)
    paper_id = library.find().ids[0]
    library.attach(paper_id, [path])
    (paper,) = library.papers([paper_id])
    return paper.attachments[-1]


def test_pages_are_drawn_as_wide_as_asked_and_beyond_the_last_the_last(library: Library, tmp_path: Path) -> None:
    attachment = attached(library, tmp_path / "a.pdf", pdf_of([(90, 760, 40, "BLACK")]))
    picture = library.page_picture(attachment, 0, 300)
    assert (picture.page, picture.pages, picture.width, picture.height) == (0, 1, 300, round(300 * 842 / 595))
    assert len(picture.pixels) == 4 * picture.width * picture.height
    assert picture.pixels[:3] == b"\xff\xff\xff"
    assert picture.pixels.count(b"\x00\x00\x00") > 10
    assert library.page_picture(attachment, 99, 300) == picture
    assert library.page_picture(attachment, -1, 300) == picture


def test_no_picture_takes_more_memory_than_is_allowed(library: Library, tmp_path: Path) -> None:
    attachment = attached(library, tmp_path / "a.pdf", pdf_of([(90, 760, 40, "BLACK")]))
    picture = library.page_picture(attachment, 0, 1_000_000)
    assert picture.width * picture.height <= 16_000_000
    assert picture.width / picture.height == pytest.approx(595 / 842, rel=0.01)


@pytest.mark.parametrize("box", [b"[0 0 0 0]", b"[0 0 1 14000]", b"[0 0 14000 1]", b"[5 5 5 5]", b"[0 0 1e30 1e30]"])
def test_pages_of_odd_sizes_are_drawn_within_what_is_allowed(library: Library, tmp_path: Path, box: bytes) -> None:
    data = pdf_of([(90, 760, 40, "BLACK")]).replace(b"[0 0 595 842]", box)
    picture = library.page_picture(attached(library, tmp_path / "odd.pdf", data), 0, 800)
    assert 0 < picture.width * picture.height <= 16_000_000
    assert len(picture.pixels) == 4 * picture.width * picture.height


def test_a_page_that_takes_too_long_is_given_up(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [(x, y, 9, "a line of many") for x in range(0, 500, 50) for y in range(0, 800, 8)]
    attachment = attached(library, tmp_path / "long.pdf", pdf_of(lines))
    monkeypatch.setattr(pdf_pictures, "_PATIENCE", -1.0)
    with pytest.raises(ExpectedError, match="too long"):
        library.page_picture(attachment, 0, 500)
    monkeypatch.undo()
    assert library.page_picture(attachment, 0, 500).width == 500


def test_damaged_documents_are_told_in_a_sentence(library: Library, tmp_path: Path) -> None:
    whole = pdf_of([(90, 760, 40, "BLACK")])
    for number, data in enumerate(
        (b"no PDF", b"%PDF-1.7", whole[:200], whole.replace(b"/Kids [3 0 R]", b"/Kids [9 0 R]"))
    ):
        attachment = attached(library, tmp_path / f"{number}.pdf", data)
        with pytest.raises(ExpectedError, match=r"PDF document|page"):
            library.page_picture(attachment, 0, 300)


def test_a_file_that_is_missing_is_told_with_its_place(library: Library, tmp_path: Path) -> None:
    attachment = attached(library, tmp_path / "a.pdf", pdf_of([(90, 760, 40, "BLACK")]))
    library.attached_file(attachment).unlink()
    for ask in (
        lambda: library.attached_file(attachment),
        lambda: library.file_to_open(attachment),
        lambda: library.page_picture(attachment, 0, 300),
        lambda: library.save_attached(attachment, tmp_path / "copy.pdf"),
    ):
        with pytest.raises(ExpectedError, match=r"a\.pdf is missing"):
            ask()


@pytest.mark.parametrize("name", ["setup.exe", "run.SH", "x.desktop", "paper.pdf.js", "link.url", "a.jar"])
def test_programs_are_not_started(library: Library, tmp_path: Path, name: str) -> None:
    attachment = attached(library, tmp_path / name, b"#!/bin/sh\n")
    with pytest.raises(ExpectedError, match="is a program"):
        library.file_to_open(attachment)
    kept = library.attached_file(attachment)
    assert not os.access(kept, os.X_OK) or not kept.stat().st_mode & 0o111


def test_a_copy_can_be_changed_and_what_is_kept_cannot(library: Library, tmp_path: Path) -> None:
    data = pdf_of([(90, 760, 40, "BLACK")])
    attachment = attached(library, tmp_path / "a.pdf", data)
    copy = tmp_path / "copies" / "b.pdf"
    with pytest.raises(ExpectedError, match="could not be written"):
        library.save_attached(attachment, copy)
    copy.parent.mkdir()
    library.save_attached(attachment, copy)
    assert copy.read_bytes() == data
    assert copy.stat().st_mode & stat.S_IWUSR
    assert stat.S_IMODE(library.attached_file(attachment).stat().st_mode) == 0o400
