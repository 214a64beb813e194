"""Counts what the smart lists find, one after the other, while nothing that the reader waits for is under way."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.errors import ExpectedError
from readinglist.library.answers import Counts
from readinglist.papers.query_chips import chips
from readinglist.ui.background import Background

if TYPE_CHECKING:
    from readinglist.library.library import Library

CHANNEL = "smart lists"
IDLE_MS = 200  # after an answer: who types or marks on goes first
BREAK_MS = 20  # between two lists


class SmartListCounts(QObject):
    """Keeps the numbers beside the smart lists; old ones stand until the new ones are known."""

    counted = Signal()
    """A number changed."""

    def __init__(
        self,
        library: "Library",
        background: Background,
        is_idle: Callable[[], bool],
        numbers: Mapping[str, int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._is_idle = is_idle
        self._numbers = dict(numbers)
        self._waiting: deque[str] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count_next)

    @property
    def done(self) -> bool:
        """Whether all numbers are those of the library as it is."""
        return not self._waiting

    def filled(self, counts: Counts) -> Counts:
        """The counts with the numbers of the smart lists as far as they are known."""
        lists = counts.smart_lists
        known = (replace(each, papers=self._numbers.get(each.smart_list.query)) for each in lists)
        return replace(counts, smart_lists=tuple(known))

    def count(self, counts: Counts) -> None:
        """Count these lists anew, as soon as there is nothing else to do."""
        self._wait_for(each.smart_list.query for each in counts.smart_lists)

    def count_new(self, counts: Counts) -> None:
        """Count the lists anew that ask whether a paper was looked at: one was, and nothing else changed."""
        queries = [each.smart_list.query for each in counts.smart_lists]
        self._wait_for(query for query in queries if query in self._waiting or _asks_for_new(query))

    def close(self) -> None:
        """Count no more."""
        self._timer.stop()
        self._waiting.clear()

    def _wait_for(self, queries: Iterable[str]) -> None:
        self._background.drop(CHANNEL)
        self._waiting = deque(dict.fromkeys(queries))
        if self._waiting:
            self._timer.start(IDLE_MS)

    def _count_next(self) -> None:
        if not self._waiting:
            return
        if not self._is_idle():
            self._timer.start(IDLE_MS)
            return
        query, library = self._waiting[0], self._library
        # With `typing`, as the search box asks: the number is that of the papers which the list will show.
        self._background.ask(
            CHANNEL, lambda: library.count_found(query, typing=True), partial(self._take, query), self._give_up
        )

    def _take(self, query: str, number: int) -> None:
        self._waiting.popleft()
        if self._numbers.get(query) != number:
            self._numbers[query] = number
            self.counted.emit()
        self._timer.start(BREAK_MS)

    def _give_up(self, _error: ExpectedError) -> None:
        """The search itself says why; the old numbers stand."""
        self._waiting.clear()


def _asks_for_new(query: str) -> bool:
    return any(chip.field == "is" and chip.value == "new" for chip in chips(query))
