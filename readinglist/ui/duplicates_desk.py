"""Joins the window of duplicates to the library: the search, the edits that it asks for, and news."""

from collections.abc import Sequence
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import Progress
from readinglist.library.duplicates import Duplicates
from readinglist.ui import wording
from readinglist.ui.background import Work
from readinglist.ui.dialog_sizes import keep_size
from readinglist.ui.duplicates_apart import TakeApartDialog
from readinglist.ui.duplicates_window import MOST_AT_ONCE, DuplicatesWindow

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

translate = QCoreApplication.translate
_DRAIN_MS = 100
_NEWS_MS = 120


class DuplicatesDesk(QObject):
    """One window of duplicates at one desk, from the search on until it is closed."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = desk.library
        self._background = desk.window.background
        self._work: Work | None = None
        self._known: list[Duplicates] = []  # all that was found, decided or not: undo brings it back
        self._found: list[Duplicates] = []  # by the search, and not shown yet
        self._lock = Lock()
        self.window = window = DuplicatesWindow(desk.library, desk.window)
        self._draining = self._timer(_DRAIN_MS, self._drain)
        self._following = self._timer(_NEWS_MS, self._follow)
        self._following.setSingleShot(True)
        window.merge_requested.connect(desk.editing.merge)
        window.apart_requested.connect(desk.editing.tell_apart)
        window.merge_all_requested.connect(self._merge_all)
        window.stop_requested.connect(self._stop)
        window.undo_requested.connect(desk.editing.undo)
        window.redo_requested.connect(desk.editing.redo)
        window.finished.connect(self._close)
        keep_size(window, desk.window.settings)
        desk.signals.changed.connect(self._hear)

    @property
    def settled(self) -> bool:
        """Whether nothing is searched, merged or awaited."""
        return self._work is None and not self._following.isActive() and self.window.compared

    def search(self) -> None:
        """Look for duplicates, and show them as they are found."""
        self.window.begin_search()
        self.window.show()
        self._draining.start()
        library = self._library
        work = self._background.run(
            self.tr("Looking for duplicates"),
            lambda progress: library.find_duplicates(progress, self._take),
            self._end_search,
            self._end_without,
        )
        work.progressed.connect(self.window.show_progress)
        self._begin(work)

    def compare(self, ids: Sequence[int]) -> None:
        """Compare papers that the reader chose, to merge them."""
        self.window.show_one(ids)
        self.window.show()

    def _merge_all(self, groups: Sequence[Duplicates]) -> None:
        library = self._library

        def merge(progress: Progress) -> int:
            return library.merge_all(groups, progress)

        work = self._background.run(self.tr("Merging duplicates"), merge, self._merged, self._end_without)
        self._begin(work)

    def _merged(self, count: int) -> None:
        self._work = None
        self._desk.asking.index()
        self._desk.say(self.tr("Merged {count} duplicates").format(count=wording.number(count)), undoable=True)
        self._following.start()

    def _begin(self, work: Work) -> None:
        self._work = work
        self._desk.show_work(work)

    def _take(self, group: Duplicates) -> None:
        """Called by the search, in its thread."""
        with self._lock:
            self._found.append(group)

    def _drain(self) -> None:
        with self._lock:
            found, self._found = self._found, []
        if found:
            self._known += found
            self.window.add_found(found)

    def _end_search(self, groups: list[Duplicates]) -> None:
        self._work = None
        self._draining.stop()
        self._drain()
        self._known = groups
        self.window.end_search()
        self._follow()

    def _end_without(self, error: ExpectedError) -> None:
        self._work = None
        self._draining.stop()
        self._drain()
        self.window.end_search()
        if not isinstance(error, CancelledError):
            self._desk.window.tell(error)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _hear(self) -> None:
        if self.window.isVisible():
            self._following.start()

    def _follow(self) -> None:
        """Show what is left of what was found: something in the library changed."""
        known, library = list(self._known), self._library
        if known and self._work is None:
            self._background.ask("duplicates", lambda: library.still_duplicates(known), self.window.set_groups)

    def _close(self) -> None:
        self._stop()
        self._desk.signals.changed.disconnect(self._hear)
        for timer in (self._draining, self._following):
            timer.stop()
        self.window.deleteLater()
        self.deleteLater()

    def _timer(self, ms: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(ms)
        timer.timeout.connect(then)
        return timer


def find_duplicates(desk: "Desk") -> DuplicatesDesk:
    """Open the window of duplicates, or bring it to the front, and look for them."""
    opened = next((each for each in desk.findChildren(DuplicatesDesk) if each.window.isVisible()), None)
    if opened is not None:
        opened.window.activateWindow()
        return opened
    joined = DuplicatesDesk(desk)
    joined.search()
    return joined


def merge_selected(desk: "Desk") -> DuplicatesDesk | None:
    """Compare the chosen papers, to merge them."""
    ids = sorted(desk.selected)
    if len(ids) > MOST_AT_ONCE:
        words = translate("DuplicatesDesk", "At most {count} papers can be compared at once.")
        desk.say(words.format(count=MOST_AT_ONCE))
        return None
    joined = DuplicatesDesk(desk)
    joined.compare(ids)
    return joined


def take_apart(desk: "Desk") -> TakeApartDialog | None:
    """Ask which of the papers that were merged into the chosen one is to come back."""
    paper_id = desk.selected[0]
    merges = desk.library.merges(paper_id)
    if not merges:
        desk.say(translate("DuplicatesDesk", "No other paper was merged into this one."))
        return None
    dialog = TakeApartDialog(merges, desk.window)
    dialog.wanted.connect(partial(desk.editing.take_apart, paper_id))
    dialog.show()
    return dialog
