"""What stands in a PDF document: the lines of its first pages with their letter sizes, its text, its own description.

Read with PDFium (pypdfium2), which runs nothing that a document holds and fetches nothing.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_PAGES_READ = 10_000  # of a document; longer ones are not read to their end
_MOST_TEXT = 20_000_000  # characters: the proceedings of a large conference
_FRONT_PAGES = 2
_LETTERS_MEASURED = 8000  # of a page: titles stand at its beginning
_XMP = re.compile(rb"<x:xmpmeta\b.{0,200000}?</x:xmpmeta>", re.DOTALL)
_HYPHEN_AT_LINE_END = re.compile("\ufffe\\s*|\x02\\s*")
PDFIUM = Lock()
"""Held for each call of PDFium, which works in one thread at a time; let go between pages, so that none waits long."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page with the size of most of its letters in points; `upright` is False for text along the margin."""

    text: str
    size: float
    upright: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """A document: the lines of its first pages, its whole text, its information fields, and its XMP packet."""

    front: tuple[tuple[Line, ...], ...]
    text: str
    information: dict[str, str]
    xmp: bytes


class UnreadablePdfError(Exception):
    """A document that PDFium cannot open; the words say why, as a sentence."""


def open_pages(data: bytes) -> Pages:
    """Read a document.

    Raises:
        UnreadablePdfError: it is protected by a password, damaged, or no PDF.
    """
    with opened(data) as document:
        with PDFIUM:
            information = {name: str(value) for name, value in document.get_metadata_dict().items() if value}
        read = list(_read(document, _FRONT_PAGES))
    found = _XMP.search(data)
    front = tuple(lines for lines, _ in read[:_FRONT_PAGES])
    return Pages(front, _joined(text for _, text in read), information, found[0] if found else b"")


def read_text(path: Path, wait: Callable[[], None]) -> str:
    """The text of a document in a file, which is not held in memory; as that of `open_pages`.

    Args:
        path: the file.
        wait: called between pages.

    Raises:
        UnreadablePdfError: it is protected by a password, damaged, or no PDF.
        Exception: whatever `wait` raised.
    """
    texts = []
    with opened(path) as document:
        for _, text in _read(document, 0):
            texts.append(text)
            wait()
    return _joined(texts)


@contextlib.contextmanager
def opened(source: bytes | Path) -> Iterator["PdfDocument"]:
    """A document, from its bytes or its file, until the block ends; what is done with it needs `PDFIUM`.

    Raises:
        UnreadablePdfError: it is protected by a password, damaged, or no PDF.
    """
    import pypdfium2

    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(source)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise UnreadablePdfError(_why(str(error))) from error
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()


def _why(message: str) -> str:
    if "password" in message.lower():
        return "This PDF document is protected by a password. Save it without one, and try again."
    return "This PDF document is damaged and cannot be opened. Fetch it again, and try that."


def _joined(texts: Iterable[str]) -> str:
    return "\n\n".join(texts)[:_MOST_TEXT]


def _read(document: "PdfDocument", front: int) -> Iterator[tuple[tuple[Line, ...], str]]:
    """The lines of the pages in front, none of the others, and the text of each."""
    with PDFIUM:
        count = min(len(document), _PAGES_READ)
    room = _MOST_TEXT
    for number in range(count):
        with PDFIUM:
            lines, text = _page(document, number, measured=number < front)
        yield lines, text
        room -= len(text)
        if room < 0:
            return


def _page(document: "PdfDocument", number: int, *, measured: bool) -> tuple[tuple[Line, ...], str]:
    """The lines of a page, if they are to be measured, and its text. A page that cannot be read has none."""
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return (), ""
    text = _HYPHEN_AT_LINE_END.sub("", text_page.get_text_range()).replace("\r\n", "\n")
    lines = tuple(_lines(text_page)) if measured else ()
    text_page.close()
    page.close()
    return lines, text


def _lines(page: "PdfTextPage") -> Iterator[Line]:
    import pypdfium2.raw as pdfium

    letters: list[tuple[str, float, float]] = []
    for place in range(min(page.count_chars(), _LETTERS_MEASURED)):
        letter = chr(pdfium.FPDFText_GetUnicode(page.raw, place) or 0x20)
        if letter in "\r\n":
            yield from _line(letters)
            letters = []
        else:
            size = pdfium.FPDFText_GetFontSize(page.raw, place)
            letters.append((letter, size, pdfium.FPDFText_GetCharAngle(page.raw, place)))
    yield from _line(letters)


def _line(letters: list[tuple[str, float, float]]) -> Iterator[Line]:
    text = "".join(letter for letter, _, _ in letters)
    seen = [(round(size, 1), angle) for letter, size, angle in letters if not letter.isspace()]
    if seen:
        sizes = sorted(size for size, _ in seen)
        upright = sum(abs(angle) < 0.1 for _, angle in seen) * 2 > len(seen)
        yield Line(_HYPHEN_AT_LINE_END.sub("\u00ad", text).strip(), sizes[len(sizes) // 2], upright)
