"""Where the list reads its papers: from the snapshot at first, from the library as soon as that is open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from readinglist.papers.paper import Paper
from readinglist.ui.snapshot import Snapshot

if TYPE_CHECKING:
    from readinglist.library.library import Library


class PaperSource(Protocol):
    """What gives papers to a list: the library, or a shelf."""

    def papers(self, ids: Sequence[int], /) -> list[Paper]:
        """The papers with these ids, in this order; those that are not there are left out."""
        ...

    def export(self, ids: Sequence[int], format_name: str, /) -> str:
        """The papers as text in a format."""
        ...


class Shelf:
    """Gives papers by their ids."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._library: Library | None = None

    def open(self, library: "Library") -> None:
        """Read from the library from now on."""
        self._library = library

    def papers(self, ids: Sequence[int]) -> list[Paper]:
        """The papers with these ids, in this order; those that are not there are left out."""
        return (self._library or self._snapshot).papers(ids)

    def export(self, ids: Sequence[int], format_name: str) -> str:
        """The papers as text in a format; nothing before the library is open."""
        return self._library.export(ids, format_name) if self._library else ""
