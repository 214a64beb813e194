"""Opens attached files: where one is, if it may be opened, a copy of it elsewhere, and pictures of its pages."""

import shutil
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.formats.pdf_pictures import PagePicture
from readinglist.library.attaching import path_of
from readinglist.papers.paper import Attachment
from readinglist.paths import replacing

__all__ = ["PagePicture", "copy_to", "file_of", "file_to_open", "is_pdf", "is_program", "page_picture"]

# What a system starts instead of showing it.
_SUFFIXES = (
    ".app .appimage .application .bat .bin .chm .cmd .com .command .cpl .csh .desktop .dmg .exe .fish .gadget .hta "
    ".inf .ins .isp .jar .jnlp .js .jse .ksh .lnk .mpkg .msc .msi .msp .mst .pif .pkg .pl .ps1 .py .pyc .pyw .rb .reg "
    ".run .scf .scpt .scr .sct .settingcontent-ms .sh .tool .url .vb .vbe .vbs .webloc .workflow .ws .wsc .wsf .wsh "
    ".zsh"
)
_PROGRAMS = frozenset(_SUFFIXES.split())


def file_of(folder: Path, attachment: Attachment) -> Path:
    """Where an attached file is, within the library's folder.

    Raises:
        ExpectedError: it is not there.
    """
    path = path_of(folder, attachment)
    if not path.is_file():
        raise ExpectedError(
            f"The file {attachment.name} is missing from the library's folder. Bring {path} back from a copy of the "
            "library, or attach the file again."
        )
    return path


def file_to_open(folder: Path, attachment: Attachment) -> Path:
    """Where an attached file is, if a program of the system may show it.

    Raises:
        ExpectedError: it is not there, or opening it would start it as a program.
    """
    path = file_of(folder, attachment)
    if is_program(attachment.name):
        raise ExpectedError(
            f"{attachment.name} is a program, and is not started from here. Save a copy of it and look at that."
        )
    return path


def is_program(name: str) -> bool:
    """Whether a system starts a file of this name instead of showing it; Windows looks past blanks and dots behind."""
    return Path(name.rstrip(" .")).suffix.lower() in _PROGRAMS


def copy_to(folder: Path, attachment: Attachment, target: Path) -> None:
    """Write a copy of an attached file, which other programs may change.

    Raises:
        ExpectedError: the file is missing, or the copy cannot be written.
    """
    source = file_of(folder, attachment)
    with source.open("rb") as kept, replacing(target) as copy:
        shutil.copyfileobj(kept, copy)


def is_pdf(attachment: Attachment) -> bool:
    """Whether an attached file is a PDF document, by its name."""
    return Path(attachment.name).suffix.lower() == ".pdf"


def page_picture(folder: Path, attachment: Attachment, page: int, width: int) -> PagePicture:
    """A page (from 0) of an attached PDF document as a picture `width` pixels wide; beyond the last, the last.

    Raises:
        ExpectedError: the file is missing or damaged, or the page cannot be drawn.
    """
    from readinglist.formats.pdf_pages import UnreadablePdfError
    from readinglist.formats.pdf_pictures import draw_page

    try:
        return draw_page(file_of(folder, attachment), page, width)
    except UnreadablePdfError as error:
        raise ExpectedError(str(error)) from error
