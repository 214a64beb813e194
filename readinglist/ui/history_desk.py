"""Joins history to the window: the tab of the open paper, all changes, taking back, and the library of another day."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import Progress
from readinglist.ui.tag_menu import TagMenu
from readinglist.ui.trash_desk import TrashDesk

if TYPE_CHECKING:
    from readinglist.library.history import Event
    from readinglist.library.library import Library
    from readinglist.library.taking_back import TakeBack
    from readinglist.papers.paper import Paper
    from readinglist.ui.changes_dialog import ChangesDialog
    from readinglist.ui.desk import Desk
    from readinglist.ui.history_day import DayDialog
    from readinglist.ui.main_window import MainWindow


class HistoryDesk(QObject):
    """What happened to one library, in its window."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = desk.library
        self._background = desk.window.background
        self.trash = TrashDesk(desk)
        self.tags = TagMenu(desk)
        self.changes: ChangesDialog | None = None
        self.windows: list[MainWindow] = []  # of other days
        tab = desk.details.history
        tab.wanted.connect(self._ask_for_life)
        tab.take_back_requested.connect(self.take_back)
        desk.signals.changed.connect(self._hear)
        desk.window.closed.connect(self._close)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does."""
        return {"changes": self.show_changes, "as-of": self.ask_for_day, **self.trash.handlers()}

    # the changes

    def show_changes(self) -> "ChangesDialog":
        """Show what was changed when, or bring that to the front."""
        from readinglist.ui.changes_dialog import ChangesDialog
        from readinglist.ui.dialog_sizes import keep_size

        if self.changes is None:
            self.changes = dialog = ChangesDialog(self._desk.window)
            dialog.since_changed.connect(self._ask_for_changes)
            dialog.chosen.connect(self._ask_for_change)
            dialog.paper_chosen.connect(self._desk.relating.go_to_paper)
            dialog.take_back_requested.connect(self.take_back)
            dialog.day_requested.connect(self._open_day_of)
            keep_size(dialog, self._desk.window.settings)
            dialog.finished.connect(self._forget_changes)
            dialog.take_back_button.setVisible(not self._library.read_only)
        self.changes.show()
        self.changes.activateWindow()
        self._ask_for_changes(self.changes.since())
        return self.changes

    def take_back(self, number: int, paper_id: int | None = None) -> None:
        """Take back a change, or a paper's part of it; where later ones conflict, after asking."""
        library = self._library
        self._background.ask(
            "take-back",
            lambda: library.plan_take_back(number, paper_id),
            partial(self._consider, number, paper_id),
            self._desk.say_why,
        )

    def _consider(self, number: int, paper_id: int | None, plan: "TakeBack") -> None:
        from readinglist.ui.changes_conflicts import ConflictsDialog

        take_back = self._desk.editing.take_back
        if plan.conflicts:
            dialog = ConflictsDialog(plan, self.changes or self._desk.window)
            dialog.agreed.connect(lambda whole: take_back(number, paper_id, with_later=whole))
            dialog.open()
        elif plan.change:
            take_back(number, paper_id, with_later=False)
        else:
            self._desk.say(" ".join(plan.left) or self.tr("Nothing of this change is left to take back."))

    def _ask_for_life(self, paper_id: int) -> None:
        library, tab = self._library, self._desk.details.history

        def ask() -> "tuple[list[Event], str]":
            return library.history(paper_id), library.compacted_words()

        self._background.ask("history", ask, lambda answer: tab.show_events(paper_id, *answer))

    def _ask_for_changes(self, since: str) -> None:
        library, dialog = self._library, self.changes
        if dialog is None:
            return

        def ask() -> "tuple[list[Event], str]":
            return library.changes(since), library.compacted_words()

        self._background.ask("changes", ask, lambda answer: dialog.show_changes(*answer))

    def _ask_for_change(self, number: int) -> None:
        from readinglist.ui.changes_dialog import PAPERS_NAMED

        library = self._library

        def ask() -> "tuple[Event | None, Sequence[Paper]]":
            event = library.change(number)
            return event, library.papers(event.papers[:PAPERS_NAMED]) if event else ()

        self._background.ask("change", ask, self._show_change)

    def _show_change(self, answer: "tuple[Event | None, Sequence[Paper]]") -> None:
        event, papers = answer
        if event is not None and self.changes is not None:
            self.changes.show_change(event, papers)

    def _hear(self) -> None:
        if self.changes is not None:
            self._ask_for_changes(self.changes.since())

    def _forget_changes(self) -> None:
        self.changes = None

    # other days

    def ask_for_day(self) -> "DayDialog":
        """Ask as of which day the library is to be opened."""
        from readinglist.ui.history_day import DayDialog

        dialog = DayDialog(self._desk.window)
        dialog.chosen.connect(self.open_day)
        dialog.open()
        return dialog

    def open_day(self, day: str) -> None:
        """Open the library as it was at the end of a day in a window of its own; it cannot be changed there."""
        library = self._library

        def copy(progress: Progress) -> "Library":
            return library.as_of(day, progress)

        work = self._background.run(self.tr("Going back to an earlier day"), copy, self._open, self._tell)
        self._desk.show_work(work)

    def _open_day_of(self, moment: datetime) -> None:
        self.open_day(moment.astimezone().date().isoformat())

    def _open(self, library: "Library") -> None:
        from readinglist.ui.main_window import MainWindow
        from readinglist.ui.opening_guard import Guard

        window = MainWindow(self._desk.window.settings.for_a_while(library.folder))
        window.setWindowTitle(self.tr("Reading List – {words}").format(words=library.read_only))
        window.attach(library)
        window.handlers["settings"] = self._desk.window.show_settings  # what is set there outlives this window
        Guard(window, library)
        window.resize(self._desk.window.size())
        window.closed.connect(partial(self._forget, window))
        self.windows.append(window)
        window.show()

    def _forget(self, window: "MainWindow") -> None:
        self.windows = [each for each in self.windows if each is not window]
        window.deleteLater()

    def _tell(self, error: ExpectedError) -> None:
        if isinstance(error, CancelledError):
            self._desk.say_why(error)
        else:
            self._desk.window.tell(error)

    def _close(self) -> None:
        for window in list(self.windows):
            window.close()
