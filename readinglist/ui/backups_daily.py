"""The backup of each day, made while the window is open; and what its status line says of it and of the check."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QTime, QTimer

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library import backups
from readinglist.ui.background import Work

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

FIRST_MS = 90_000  # after the start, when the window has long been used
AGAIN_MS = 20 * 60_000  # who leaves the program open gets a backup every day too
TELL_MS = 60_000
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Care:
    """When the newest backup was made, and on which day the whole library was checked; None where never."""

    backed_up: datetime | None
    checked: date | None


class DailyBackup(QObject):
    """Makes the backup of the day while the window is open, slowly, and says quietly when the last one was made."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._work: Work | None = None
        self._failure: ExpectedError | None = None
        self._line = desk.panes.status_line
        self._line.care_requested.connect(self._tell_more)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.look)
        self.timer.start(FIRST_MS)
        self._telling = QTimer(self)
        self._telling.timeout.connect(self.tell)
        self._telling.start(TELL_MS)
        self.tell()

    def look(self) -> None:
        """Make the backup, if it is due."""
        self.timer.start(AGAIN_MS)
        folder = self._desk.library.folder
        if self._work is None and backups.is_due(folder, datetime.now(UTC)):
            self._work = self._desk.window.background.run(
                self.tr("Backing up"), partial(backups.back_up_beside, folder), self._end, self._fail
            )

    def tell(self) -> None:
        """Say on the status line how the library is looked after."""
        folder = self._desk.library.folder

        def read() -> Care:
            from readinglist.library import guarding

            return Care(backups.last_made(folder, datetime.now(UTC)), guarding.last_checked(folder))

        self._desk.window.background.ask("care", read, self._show)

    def _show(self, care: Care) -> None:
        today = datetime.now(UTC).astimezone().date()
        if self._failure is not None:
            self._line.show_care(self.tr("Backup failed"), str(self._failure), failed=True)
        elif care.backed_up is None:
            self._line.show_care("", "")
        else:
            self._line.show_care(backed_up_words(care.backed_up, today), care_tip(care, today))

    def _tell_more(self) -> None:
        if self._failure is None:
            self._desk.window.actions_.trigger("backups")
            return
        from readinglist.ui.messages import tell

        tell(self._desk.window, self._failure, self.tr("The backup of the day could not be made"))

    def _end(self, _answer: None) -> None:
        self._work = self._failure = None
        self.tell()

    def _fail(self, error: ExpectedError) -> None:
        self._work = None
        if not isinstance(error, CancelledError):
            self._failure = error
            self._desk.say_why(error)
            self.tell()


def backed_up_words(made: datetime, today: date) -> str:
    """When the newest backup was made, for the status line: "Backed up today, 14:02"."""
    local = made.astimezone()
    if local.date() == today:
        time = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
        return translate("Backups", "Backed up today, {time}").format(time=time)
    return translate("Backups", "Backed up {day}").format(day=_day_words(local.date(), today))


def care_tip(care: Care, today: date) -> str:
    """What was done for the library: when it was backed up, and when all of it was checked and found well."""
    from readinglist.ui.backups_words import moment

    words = []
    if care.backed_up is not None:
        words.append(translate("Backups", "Last backup: {when}.").format(when=moment(care.backed_up)))
    if care.checked is not None:
        day = _day_words(care.checked, today)
        words.append(translate("Backups", "The whole library was checked {day}, and is well.").format(day=day))
    return "\n".join(words)


def _day_words(day: date, today: date) -> str:
    if day == today:
        return translate("Backups", "today")
    if day == today - timedelta(days=1):
        return translate("Backups", "yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), "d MMM yyyy")
