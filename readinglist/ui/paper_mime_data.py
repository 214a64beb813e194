"""Papers dragged out: their ids for our own window, BibTeX text and a .bib file for every other program."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import QByteArray, QMetaType, QMimeData, QUrl

from readinglist.paths import write_then_rename
from readinglist.ui.shelf import PaperSource

IDS = "application/x-readinglist-ids"
TEXT = "text/plain"
FILES = "text/uri-list"

# More are dragged as ids only: their BibTeX would keep the window waiting. Export writes any number.
MOST_AS_TEXT = 1000
_LONGEST_NAME = 60  # characters of a citation key; names of files have 255 bytes


class PaperMimeData(QMimeData):
    """Holds ids; makes the other formats when the other side asks for them."""

    FORMATS = (IDS, TEXT, FILES)

    def __init__(self, ids: Sequence[int], library: PaperSource) -> None:
        super().__init__()
        self.ids = tuple(ids)
        self._library = library
        self._text: str | None = None

    def formats(self) -> list[str]:
        """What can be asked for, the richest first."""
        return list(self.FORMATS) if len(self.ids) <= MOST_AS_TEXT else [IDS]

    def hasFormat(self, mime_type: str) -> bool:
        """Whether the other side can ask for this."""
        return mime_type in self.formats()

    def retrieveData(self, mime_type: str, _preferred: QMetaType | Any) -> object:  # noqa: ANN401 - as Qt has it
        """Make what is asked for: comma separated ids, BibTeX text, or the address of a .bib file."""
        if not self.hasFormat(mime_type):
            return None
        if mime_type == IDS:
            return QByteArray(",".join(map(str, self.ids)).encode())
        if mime_type == TEXT:
            return self._bibtex()
        return [self._file()]

    def _bibtex(self) -> str:
        if self._text is None:
            self._text = self._library.export(self.ids, "bibtex")
        return self._text

    def _file(self) -> QUrl:
        name = self._library.papers(self.ids[:1])[0].citation_key if len(self.ids) == 1 else ""
        safe = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name[:_LONGEST_NAME])
        path = Path(_drag_folder().name) / f"{safe or f'{len(self.ids)}-papers'}.bib"
        write_then_rename(path, self._bibtex().encode())
        return QUrl.fromLocalFile(str(path))


@cache
def _drag_folder() -> "TemporaryDirectory[str]":
    """Where dragged files lie: the other program may read them long after the drop, so until this one ends."""
    return TemporaryDirectory(prefix="readinglist-", ignore_cleanup_errors=True)
