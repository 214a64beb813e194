"""Joins the trash to the window: the line above it, emptying it by hand, and what is due after its days."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from readinglist.errors import ExpectedError
from readinglist.library.answers import Progress
from readinglist.ui import wording
from readinglist.ui.questions import ask
from readinglist.ui.sidebar_model import Kind
from readinglist.ui.trash_strip import TrashStrip

if TYPE_CHECKING:
    from readinglist.library.trash import Emptied
    from readinglist.ui.desk import Desk

FIRST_MS = 60_000  # after the window opened: what is due can wait until the reader has begun
AGAIN_MS = 3_600_000  # a window may stay open for days


class TrashDesk(QObject):
    """Looks after the trash of one library in its window."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = desk.library
        self.strip = TrashStrip()
        self.strip.empty_requested.connect(self.empty)
        desk.panes.put_strip(self.strip)
        desk.asking.found.connect(self._follow)
        desk.asking.stands.connect(self._follow)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look_after)
        if not self._library.read_only:
            self._timer.start(FIRST_MS)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action of the trash does."""
        return {"empty-trash": self.empty, "delete-for-good": self.delete_selected}

    def empty(self) -> None:
        """Delete all papers of the trash for good, after asking."""
        count = self._desk.standing.counts.trashed
        if not count:
            self._desk.say(self.tr("The trash is empty."))
            return
        self._ask(count, None)

    def delete_selected(self) -> None:
        """Delete the selected papers of the trash for good, after asking."""
        ids = tuple(self._desk.selected)
        if ids:
            self._ask(len(ids), ids)

    def look_after(self) -> None:
        """Do what is due once a day; where that cannot be now, another time."""
        self._timer.start(AGAIN_MS)
        self._desk.window.background.ask("bounds", self._library.keep_in_bounds, self._tell_of_due, lambda _: None)

    def _ask(self, count: int, ids: Sequence[int] | None) -> None:
        ask(
            self._desk.window,
            self.tr("Delete {papers} for good?").format(papers=wording.papers(count)),
            self.tr("All that belongs to them goes too. Undo brings them back for now."),
            [(self.tr("Delete for good"), partial(self._delete, ids))],
            self.tr("Keep"),
        )

    def _delete(self, ids: Sequence[int] | None) -> None:
        library = self._library

        def delete(progress: Progress) -> "Emptied":
            return library.empty_trash(ids, progress)

        work = self._desk.window.background.run(self.tr("Deleting for good"), delete, self._tell, self._fail)
        self._desk.show_work(work)

    def _tell(self, done: "Emptied") -> None:
        self._desk.say(self.tr("Deleted {papers} for good").format(papers=wording.papers(done.papers)), undoable=True)
        self._desk.asking.index()

    def _fail(self, error: ExpectedError) -> None:
        self._desk.say_why(error)

    def _tell_of_due(self, count: int) -> None:
        if count:
            words = self.tr("{papers} went that were in the trash for their days")
            self._desk.say(words.format(papers=wording.papers(count)), undoable=True)

    def _follow(self) -> None:
        entry = self._desk.panes.sidebar.place()
        self.strip.allow(emptying=self._desk.standing.counts.trashed > 0 and not self._library.read_only)
        self.strip.setVisible(entry is not None and entry.kind is Kind.TRASH)
