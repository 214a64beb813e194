"""Pictures of the pages of PDF documents, drawn by PDFium in bounded time and memory."""

from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from readinglist.formats.pdf_pages import PDFIUM, UnreadablePdfError, opened

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap, PdfDocument, PdfPage

_MOST_PIXELS = 16_000_000  # of one picture: 64 MB
_PATIENCE = 8.0  # seconds for one page; some take for ever


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as a picture on white.

    Attributes:
        page: its number, from 0.
        pages: how many pages the document has.
        width: pixels in a row.
        height: rows.
        pixels: four bytes each: blue, green, red, and one that says nothing.
    """

    page: int
    pages: int
    width: int
    height: int
    pixels: bytes


def draw_page(path: Path, page: int, width: int) -> PagePicture:
    """Draw a page of a document `width` pixels wide, or less where it would be too large; beyond the last, the last.

    Raises:
        UnreadablePdfError: the document or its page cannot be drawn; the words say why, as a sentence.
    """
    import pypdfium2

    with opened(path) as document, PDFIUM:
        count = len(document)
        if not count:
            raise UnreadablePdfError("This PDF document has no pages.")
        number = max(0, min(page, count - 1))
        try:
            return _drawn(document, number, count, width)
        except pypdfium2.PdfiumError as error:
            message = f"Page {number + 1} of this PDF document is damaged and cannot be shown."
            raise UnreadablePdfError(message) from error


def _drawn(document: "PdfDocument", number: int, count: int, width: int) -> PagePicture:
    import pypdfium2
    from pypdfium2 import raw

    page = document[number]
    try:
        columns, rows = _size(page, width)
        bitmap = pypdfium2.PdfBitmap.new_native(columns, rows, raw.FPDFBitmap_BGRx)
        try:
            bitmap.fill_rect((255, 255, 255, 255), 0, 0, columns, rows)
            if not _render(page, bitmap, columns, rows):
                raise UnreadablePdfError(f"Page {number + 1} of this PDF document takes too long to be drawn.")
            return PagePicture(number, count, columns, rows, bytes(bitmap.buffer))
        finally:
            bitmap.close()
    finally:
        page.close()


def _size(page: "PdfPage", width: int) -> tuple[int, int]:
    across, down = max(page.get_width(), 1.0), max(page.get_height(), 1.0)  # in points
    columns = max(1, width)
    rows = max(1, round(columns * down / across))
    too_many = (columns * rows / _MOST_PIXELS) ** 0.5
    if too_many > 1:
        columns, rows = max(1, int(columns / too_many)), max(1, int(rows / too_many))
    return columns, min(rows, _MOST_PIXELS // columns)


def _render(page: "PdfPage", bitmap: "PdfBitmap", columns: int, rows: int) -> bool:
    """Draw a page with its annotations; whether it was done in time."""
    from pypdfium2 import raw

    ends = monotonic() + _PATIENCE
    pause = raw.IFSDK_PAUSE(version=1, NeedToPauseNow=_kind_of_pause()(lambda _: monotonic() > ends))
    try:
        status = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, columns, rows, 0, raw.FPDF_ANNOT, pause)
    finally:
        raw.FPDF_RenderPage_Close(page)
    return bool(status != raw.FPDF_RENDER_TOBECONTINUED)


def _kind_of_pause() -> Any:  # noqa: ANN401 - a type of ctypes
    """The kind of function that PDFium asks now and then whether to pause."""
    from pypdfium2 import raw

    return dict(raw.IFSDK_PAUSE._fields_)["NeedToPauseNow"]
