"""Opening a library in a window: off the GUI thread, with a door for later starts, and all that is told of it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer, Signal

from readinglist.errors import DamagedError, ExpectedError
from readinglist.library import crash_reports
from readinglist.ui import crash_drafts, wording
from readinglist.ui.crash_drafts import DraftKeeper, Drafts, NoteDraft
from readinglist.ui.messages import Message, tell
from readinglist.ui.opening_banner import Banner
from readinglist.ui.single_window_door import Door, bring_to_front

if TYPE_CHECKING:
    from readinglist.library.library import Library
    from readinglist.ui.kept_notes import KeptNotes
    from readinglist.ui.main_window import MainWindow
    from readinglist.ui.opening_guard import Guard
    from readinglist.ui.paper_details import PaperDetails

translate = QCoreApplication.translate
ENDED = "ended"


class Opening(QObject):
    """Opens the library in a folder for one window, and keeps what belongs to its being open until it is closed."""

    recovery_wanted = Signal()
    """Close the library, and let the reader choose what takes the place of the damaged one."""

    def __init__(self, window: "MainWindow", folder: Path, files: Sequence[Path] = ()) -> None:
        super().__init__(window)
        self._window = window
        self._folder = folder
        self._files = list(files)
        self.told_for = 60_000  # ms; what there is nothing to do about goes by itself
        self.door = Door(folder, self)
        self.guard: Guard | None = None
        self._running: crash_reports.Running | None = None
        self._drafts: DraftKeeper | None = None
        self.door.knocked.connect(self._be_asked)
        window.closed.connect(self.close)
        window.anew.connect(lambda *_: self.close())

    def start(self, *, recover: bool = False) -> None:
        """Open the library; with `recover` let the reader choose first what takes its place.

        Where another window of the library was opened meanwhile, that one is shown, and this one closes.
        """
        if not self.door.open():
            self._window.close()
        elif recover:
            self._recover(translate("Recovery", "The check of the whole library found damage in it."), left=self._open)
        else:
            self._open()

    def _open(self) -> None:
        from readinglist.library.library import Library

        self._window.background.ask("open", partial(Library, self._folder), self._take, self._tell)

    def _take(self, library: "Library") -> None:
        from readinglist.ui.opening_guard import Guard

        self._window.attach(library)
        self.guard = Guard(self._window, library)
        self.guard.recovery_wanted.connect(self.recovery_wanted)
        if not library.read_only:
            self._watch_for_crashes()
        self._import()

    def _watch_for_crashes(self) -> None:
        crash_reports.keep_in(self._folder)
        ends = crash_reports.unexpected_ends(self._folder)
        self._running = crash_reports.Running(self._folder)
        desk = self._window.desk
        if desk is None:
            return
        left = crash_drafts.load(self._folder)
        saved = desk.kept_notes.take_up(left)
        gone = desk.kept_notes.homeless.details
        details = {paper_id: texts for paper_id, texts in left.details.items() if paper_id not in gone}
        desk.details.restore_drafts(details)
        collect = partial(_typed, desk.details, desk.kept_notes)
        self._drafts = DraftKeeper(self._folder, collect, self._window.background, self)
        if ends or saved:
            self._tell_of_the_end(ends, len(saved), len(details))

    def _tell_of_the_end(self, ends: Sequence[Path | None], notes: int, details: int) -> None:
        words = [self.tr("Nothing that was saved is lost.")]
        if notes:
            words.append(
                self.tr("A note that was being written was saved.")
                if notes == 1
                else self.tr("%Ln notes that were being written were saved.", "", notes)
            )
        if details:
            typed = self.tr("What was typed into the details of {papers} is there again (F2).")
            words.append(typed.format(papers=wording.papers(details)))
        reports = [report for report in ends if report is not None]
        offers = [(self.tr("Show the report"), partial(self._show_report, reports[-1]))] if reports else []
        heading = (
            self.tr("Reading List ended unexpectedly the last time.") if ends else self.tr("What you typed is kept.")
        )
        banner = Banner(heading, " ".join(words), offers=offers)
        if self.guard is None:
            return
        self.guard.banners.show_banner(ENDED, banner)
        if not offers and self._window.desk is not None:
            QTimer.singleShot(self.told_for, banner, self._tell_no_more)
            self._window.desk.editing.done.connect(self._tell_no_more, Qt.ConnectionType.SingleShotConnection)

    def _tell_no_more(self) -> None:
        if self.guard is not None:
            self.guard.banners.put_away(ENDED)

    def _show_report(self, report: Path) -> None:
        words = self.tr("This is what is known of how it ended. It holds nothing of your papers and notes.")
        message = Message(self._window, "info", self.tr("Reading List ended unexpectedly"), words)
        message.add_details(report.read_text(encoding="utf-8", errors="replace"))
        message.open()

    def _tell(self, error: ExpectedError) -> None:
        if isinstance(error, DamagedError):
            self._recover(str(error), left=self._window.close)
            return
        message = tell(self._window, error, self.tr("The library could not be opened"))
        message.finished.connect(self._window.close)

    def _recover(self, wrong: str, *, left: Callable[[], object]) -> None:
        from readinglist.ui.recovery_desk import RecoveryDesk

        RecoveryDesk(self._folder, wrong, self._window.background, self._window, self._open, left)

    def _be_asked(self, files: list[Path]) -> None:
        """Another start of the program knocked."""
        bring_to_front(self._window)
        self._files += files
        self._import()

    def _import(self) -> None:
        if self._window.desk is not None and self._files:
            files, self._files = self._files, []
            self._window.desk.in_and_out.import_files(files)

    def close(self) -> None:
        """The window let go of the library: another one may open it. Twice does no harm."""
        self.door.close()
        if self._drafts is not None:
            self._drafts.close()
        if self._running is not None:
            self._running.end()


def _typed(shown: "PaperDetails", kept: "KeptNotes") -> Drafts:
    """What is typed and not saved, and what could not be saved."""
    details, typed = shown.drafts()
    notes = [NoteDraft(*note) for note in typed]
    known = {(note.paper_id, note.note_id or note.text) for note in notes}
    waiting = [note for note in kept.drafts.notes if (note.paper_id, note.note_id or note.text) not in known]
    return Drafts({**kept.drafts.details, **details}, (*notes, *waiting))
