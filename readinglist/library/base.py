"""What all that the library can do stands on: its store, its index, and who is told of changes."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from readinglist.library import (
    indexing,
    naming,
    smart_lists,
)
from readinglist.library.answers import News, no_progress
from readinglist.library.completing import Completer
from readinglist.library.finding import Finder
from readinglist.papers.change import Change
from readinglist.papers.paper import Paper
from readinglist.papers.smart_list import SmartList
from readinglist.search.paper_index import PaperIndex
from readinglist.store.paper_store import PaperStore

__all__ = ["LibraryBase", "no_progress", "now"]


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class LibraryBase:
    """The parts of an open library, and the one way of making and telling a change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._store = PaperStore(folder)
        self._index = PaperIndex(folder / indexing.INDEX_FOLDER, self._store.library_id)
        self._finder = Finder(self._store, self._index)
        self._counter = smart_lists.Counter(self._store, self._finder)
        self._completer = Completer(self._store, self._index)
        self._listeners: list[Callable[[News], None]] = []
        self._scratch: TemporaryDirectory[str] | None = None  # where it lies, if it goes when it is closed

    def _edit(self, ids: Sequence[int], verb: Callable[[Sequence[Paper]], Change]) -> Change:
        return self._record(verb(self._store.papers(ids)))

    def _edit_one(self, paper_id: int, verb: Callable[[Paper], Change]) -> Change:
        paper = naming.named_paper(self._store, str(paper_id))
        return self._edit([paper.id], lambda papers: verb(papers[0]))

    def _edit_lists(self, verb: Callable[[Sequence[SmartList]], Change]) -> Change:
        return self._record(verb(self._store.smart_lists()))

    def _record(self, change: Change) -> Change:
        self._store.record(change, now())
        self._tell_of(change)
        return change

    def _tell_of(self, change: Change | None) -> Change | None:
        if change:
            self._tell(News(change.paper_ids(), everything=change.comes_or_goes()))
        return change

    def _tell(self, news: News) -> None:
        for listener in self._listeners:
            listener(news)
