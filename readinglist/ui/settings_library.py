"""The page of the settings about the library: where it lies, how long changes are kept, its backups and its trash."""

from collections.abc import Hashable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from readinglist.errors import ExpectedError
from readinglist.library.compacting import LEAST_DAYS, Limits
from readinglist.library.days import TRASH_DAYS
from readinglist.ui import backups_words
from readinglist.ui.paper_wording import counted
from readinglist.ui.settings import SEEN_NOTICES
from readinglist.ui.settings_pages import SettingRows
from readinglist.ui.settings_rows import Choice, Offered, Page
from readinglist.ui.small_parts import Words
from readinglist.ui.wording import number

if TYPE_CHECKING:
    from readinglist.library.library import Library
    from readinglist.ui.main_window import MainWindow

translate = QCoreApplication.translate
DAYS = (LEAST_DAYS, 90, 180, 365, 730, 1825, 3650, 36500)
MEGABYTES = (4, 16, 64, 256, 1024, 4096)
_YEAR = 365


class LibraryPage(Page):
    """What keeps a library safe, and how much of the past it keeps. Its own settings lie in the library itself."""

    def __init__(self, window: "MainWindow", parent: QWidget | None = None) -> None:
        super().__init__(translate("Settings", "Nothing is lost"), parent=parent)
        self._window = window
        self._library: Library | None = window.desk.library if window.desk is not None else None
        if self._library is None:
            self.add(Words(translate("Settings", "The library is not open.")))
        else:
            self._add_place(self._library)
            self._add_journal(self._library)
            self._add_backups()
            self.add_heading(translate("Settings", "Trash"))
            self._say(
                translate(
                    "Settings",
                    "Papers go for good after {days} days in the trash. Until then they come back whole, with their "
                    "tags, notes, files and places in listings; “Empty the trash…” lets them go before.",
                ).format(days=TRASH_DAYS)
            )
        self.add_heading(translate("Settings", "Notices"))
        self.rows = SettingRows(self, window)
        self.rows.add(SEEN_NOTICES)
        self.fill()

    def _add_place(self, library: "Library") -> None:
        self.add_heading(translate("Settings", "Where the library lies"))
        self.place = QLineEdit(str(library.folder))
        self.place.setReadOnly(True)
        self.place.setCursorPosition(0)
        self.place.setAccessibleName(translate("Settings", "Folder of the library"))
        self.add(self.place)
        self.show_button = _button(translate("Settings", "&Show in folder"))
        self.copy_button = _button(translate("Settings", "Copy the &path"))
        self.show_button.clicked.connect(self._show_folder)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(library.folder)))
        self.add_line(self.show_button, self.copy_button)

    def _add_journal(self, library: "Library") -> None:
        self.add_heading(translate("Settings", "Changes"))
        self._say(
            translate(
                "Settings",
                "Every change can be undone and looked up in “Changes…”, for as long and as far as it is kept here. "
                "Changes of the last {days} days always stay, however much room they take.",
            ).format(days=LEAST_DAYS)
        )
        self.days = Choice(translate("Settings", "Keep changes for"))
        self.megabytes = Choice(translate("Settings", "And up to"))
        self.add_row(self.days.accessibleName(), self.days)
        remark = translate(
            "Settings", "What goes beyond either is forgotten, once a day while you use the library; Undo ends there."
        )
        self.add_row(self.megabytes.accessibleName(), self.megabytes, remark)
        self.journal = self._say("")
        for control in (self.days, self.megabytes):
            control.chosen.connect(self._keep)
            control.setEnabled(False)
        self._ask(library)

    def _add_backups(self) -> None:
        self.add_heading(translate("Settings", "Backups"))
        said = translate(
            "Settings",
            "The library is backed up once a day while you use it, before an update, and before a restore. What is "
            "kept: the newest backup of each of the last 7 days, 4 weeks and 12 months, and the newest 5 of each kind.",
        )
        self._say(said)
        self.newest = self._say("")
        self.backups_button = _button(translate("Settings", "&Backups…"))
        self.backups_button.clicked.connect(partial(self._window.actions_.trigger, "backups"))
        self.add_line(self.backups_button)

    def _say(self, words: str) -> Words:
        said = Words(words, tone="quiet").wrapping()
        self.add(said)
        return said

    def _show_folder(self) -> None:
        if self._library is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._library.folder)))

    def _ask(self, library: "Library") -> None:
        def read() -> tuple[Limits, tuple[int, int], str, str]:
            newest = backups_words.newest(library.folder)
            return library.journal_limits(), library.journal_size(), library.compacted_words(), newest

        self._window.background.ask("settings-library", read, lambda answer: self._show(library, *answer))

    def _show(self, library: "Library", limits: Limits, size: tuple[int, int], compacted: str, newest: str) -> None:
        self.newest.setText(newest)
        self.days.offer(_offered_days(limits.days))
        self.days.show_value(limits.days)
        self.megabytes.offer(_offered_megabytes(limits.megabytes))
        self.megabytes.show_value(limits.megabytes)
        for control in (self.days, self.megabytes):
            control.setEnabled(not library.read_only)
        changes, taken = size
        one, several = translate("Settings", "{} change is kept now"), translate("Settings", "{} changes are kept now")
        said = f"{counted(changes, one, several)}, {backups_words.size(taken)}."
        self.journal.setText(" ".join(filter(None, (said, compacted, library.read_only))))

    def _keep(self, _chosen: Hashable) -> None:
        library, days, megabytes = self._library, self.days.value, self.megabytes.value
        if library is None or not isinstance(days, int) or not isinstance(megabytes, int):
            return
        limits = Limits(megabytes, days)
        self._window.background.ask(
            "settings-limits",
            partial(library.set_journal_limits, limits),
            lambda _: self._ask(library),
            partial(self._tell, library),
        )

    def _tell(self, library: "Library", error: ExpectedError) -> None:
        """Tell why other limits could not be kept, and show those that are."""
        self._window.tell(error)
        self._ask(library)


def _offered_days(now: int) -> Offered:
    return [(days, _days(days)) for days in sorted({*DAYS, now})]


def _days(days: int) -> str:
    if days == DAYS[-1]:
        return translate("Settings", "100 years")
    if days % _YEAR:
        return translate("Settings", "{count} days").format(count=number(days))
    years = days // _YEAR
    return translate("Settings", "1 year") if years == 1 else translate("Settings", "{} years").format(number(years))


def _offered_megabytes(now: int) -> Offered:
    return [
        (size, translate("Settings", "{count} MB").format(count=number(size))) for size in sorted({*MEGABYTES, now})
    ]


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button
