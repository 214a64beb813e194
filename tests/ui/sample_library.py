"""A library with the sample listing in it, for the tests of the window."""

import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from readinglist.library.answers import Found, InputText
from readinglist.library.library import Library
from readinglist.papers.paper import Paper
from readinglist.paths import resource

T = TypeVar("T", bound=QWidget)


def sample_library(folder: Path) -> Library:
    """A new library that holds the papers of the sample listing, found by words too."""
    shutil.copytree(_filled().name, folder)
    return Library(folder)


@cache
def _filled() -> "TemporaryDirectory[str]":
    """Such a library, closed, to be copied: filling one takes longer than most tests."""
    folder = TemporaryDirectory(prefix="readinglist-test-")
    with Library(Path(folder.name)) as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
        library.index_pending()
    return folder


class Counting:
    """Gives the papers of a library, and notes what it was asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.asked: list[tuple[int, ...]] = []

    def papers(self, ids: Sequence[int], /) -> list[Paper]:
        self.asked.append(tuple(ids))
        return self._library.papers(ids)

    def export(self, ids: Sequence[int], format_name: str, /) -> str:
        return self._library.export(ids, format_name)


def many(found: Found, count: int) -> Found:
    """An answer with as many ids as one wants; those beyond the library's own are of papers that are gone."""
    ids = (*found.ids, *range(max(found.ids) + 1, max(found.ids) + 1 + count - len(found.ids)))
    return Found(found.query, ids, found.scores, found.hits, found.sort, found.ms, found.problems)


def child(widget: QWidget, kind: type[T], place: int = 0) -> T:
    """The widget of this kind within another, in the order in which they were made."""
    return widget.findChildren(kind)[place]
