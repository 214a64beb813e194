"""The backup of each day, made while the window is open."""

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from readinglist.errors import CancelledError, ExpectedError
from readinglist.ui.background import Work

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

FIRST_MS = 90_000  # after the start, when the window has long been used
AGAIN_MS = 20 * 60_000  # who leaves the program open gets a backup every day too


class DailyBackup(QObject):
    """Makes the backup of the day while the window is open, slowly and without a word unless it fails."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._work: Work | None = None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)
        self.timer.start(FIRST_MS)

    def look(self) -> None:
        """Make the backup, if it is due."""
        from readinglist.library import backups

        self.timer.start(AGAIN_MS)
        folder = self._desk.library.folder
        if self._work is None and backups.is_due(folder, datetime.now(UTC)):
            self._work = self._desk.window.background.run(
                self.tr("Backing up"), partial(backups.back_up_beside, folder), self._end, self._tell
            )

    def _end(self, _answer: None) -> None:
        self._work = None

    def _tell(self, error: ExpectedError) -> None:
        self._work = None
        if not isinstance(error, CancelledError):
            self._desk.say_why(error)
