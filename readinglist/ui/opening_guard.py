"""Watches over an open library: tells why it cannot be written, that it went or was replaced, that it is damaged."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from readinglist.errors import ExpectedError
from readinglist.library import guarding
from readinglist.library.answers import Progress
from readinglist.library.guarding import Notice, Worry
from readinglist.ui.homeless_banner import banner_on
from readinglist.ui.opening_banner import Banner, Banners, Offer
from readinglist.ui.settings import SEEN_NOTICES

if TYPE_CHECKING:
    from readinglist.library.backups import Difference
    from readinglist.library.library import Library
    from readinglist.ui.main_window import MainWindow

LOOK_MS = 1000
CHECK_FIRST_MS = 4 * 60_000  # after the start, and after the backup of the day
CHECK_AGAIN_MS = 60 * 60_000
LOOK_AT_CHECK_MS = 5000
_TROUBLES = (Worry.DAMAGED, Worry.READ_ONLY, Worry.EARLIER_DAY, Worry.GONE, Worry.REPLACED)
UNSAVED, HOMELESS = "unsaved", "homeless"
_KNOWN_ONCE = frozenset({Worry.NETWORK, Worry.SYNCED})
_GRAVE = frozenset({Worry.DAMAGED, Worry.GONE, Worry.REPLACED})


class Guard(QObject):
    """Shows banners in one window on one library, and lets the window look again whether it can be edited."""

    recovery_wanted = Signal()
    """Close the library, and let the reader choose what takes the place of the damaged one."""

    def __init__(self, window: "MainWindow", library: "Library") -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._read_only = ""
        self._check: subprocess.Popen[bytes] | None = None
        self.banners = Banners()
        page = window.panes.layout()
        if isinstance(page, QVBoxLayout):
            page.insertWidget(0, self.banners)
        self._looking = self._timer(LOOK_MS, self.look)
        self.checking = self._timer(CHECK_FIRST_MS, self._check_all)
        if library.is_of_an_earlier_day:
            self.close()  # nothing becomes of a copy
        if window.desk is not None:
            window.desk.kept_notes.changed.connect(self._tell_of_unsaved)
            window.desk.kept_notes.homeless_changed.connect(self._tell_of_homeless)
            window.desk.editing.done.connect(window.desk.kept_notes.retry)
        window.closed.connect(self.close)
        window.background.ask("guard", partial(guarding.notices, library), self._show_all)

    def look(self) -> None:
        """See whether the library can be written now, and tell where that changed."""
        if self._window.desk is None:
            self.close()
            return
        why = self._library.read_only
        if why == self._read_only and self._window.desk.changeable is not bool(why):
            return
        self._read_only = why
        for worry in _TROUBLES:
            self.banners.put_away(worry)
        trouble = guarding.of_trouble(self._library)
        if trouble is not None:
            self._show(trouble)
            if trouble.worry is Worry.REPLACED:  # what is only moved away may come back to its log
                self._window.background.ask("guard", self._library.keep_what_was_replaced, self._tell_of_kept)
        elif not why:
            self._window.desk.kept_notes.retry()
        self._window.desk.enable()
        self._window.desk.asking.look()

    def close(self) -> None:
        """Look no more. A check that runs goes on by itself."""
        self._looking.stop()
        self.checking.stop()

    def _show_all(self, found: list[Notice]) -> None:
        for notice in found:
            if self._mark(notice) not in self._window.settings.get(SEEN_NOTICES).split():
                self._show(notice)
        self._read_only = self._library.read_only
        if self._window.desk is not None:
            self._window.desk.asking.look()

    def _show(self, notice: Notice) -> None:
        banner = Banner(
            notice.heading,
            notice.sentence,
            grave=notice.worry in _GRAVE,
            offers=self._offers(notice.worry),
            lasting=notice.worry in _TROUBLES,
        )
        if notice.worry in _KNOWN_ONCE:
            banner.put_away.connect(lambda: self._remember(notice))
        self.banners.show_banner(notice.worry, banner)

    def _mark(self, notice: Notice) -> str:
        """What a notice is remembered by, once it was put away; "" where it comes again."""
        if notice.worry not in _KNOWN_ONCE:
            return ""
        return f"{notice.worry}-{sha256(str(self._library.folder).encode()).hexdigest()[:12]}"

    def _remember(self, notice: Notice) -> None:
        seen = self._window.settings.get(SEEN_NOTICES).split()
        self._window.settings.set(SEEN_NOTICES, " ".join([*seen, self._mark(notice)]))

    def _offers(self, worry: Worry) -> list[Offer]:
        if worry is Worry.DAMAGED:
            return [(self.tr("Recover…"), self.recovery_wanted.emit)]
        if worry is Worry.CONFLICT:
            return [(self.tr("Compare"), self._compare)]
        can_be_opened = worry is Worry.GONE and self._library.folder.is_dir()  # where its file alone is gone
        if worry in {Worry.REPLACED, Worry.READ_ONLY} or can_be_opened:
            return [(self.tr("Open it anew"), self.open_anew)]
        return []

    def open_anew(self) -> None:
        """Close the library, and open what stands at its place now."""

        def nothing(_progress: Progress) -> None:
            return

        self._window.anew.emit(self.tr("Opening the library"), nothing)

    def _tell_of_kept(self, kept: Path | None) -> None:
        trouble = guarding.of_trouble(self._library)
        if kept is not None and trouble is not None:
            words = self.tr("{why} What was open here is kept as {name}.").format(why=trouble.sentence, name=kept.name)
            self._show(replace(trouble, sentence=words))

    def _tell_of_unsaved(self, error: ExpectedError | None) -> None:
        self.banners.put_away(UNSAVED)
        desk = self._window.desk
        if error is None or desk is None:
            return
        words = self.tr("{why} What you typed is kept, and saved as soon as that works.").format(why=error)
        offers = [(self.tr("Try again"), desk.kept_notes.retry)]
        banner = Banner(self.tr("A note is not saved yet."), words, grave=True, offers=offers, lasting=True)
        self.banners.show_banner(UNSAVED, banner)

    def _tell_of_homeless(self) -> None:
        self.banners.put_away(HOMELESS)
        desk = self._window.desk
        if desk is not None and desk.kept_notes.homeless:
            self.banners.show_banner(HOMELESS, banner_on(desk.kept_notes, self._window))

    def _compare(self) -> None:
        folder, copies = self._library.folder, self._library.conflict_copies()
        if copies:
            self._window.background.ask(
                "compare", lambda: guarding.compare_with_copy(folder, copies[-1]), self._tell_difference, self._tell
            )

    def _tell_difference(self, difference: "Difference") -> None:
        from readinglist.ui.messages import Message

        copies = self._library.conflict_copies()
        name = copies[-1].name if copies else ""
        words = self.tr(
            "{name} has {papers} papers and {notes} notes that this library does not have, and {changed} papers that "
            "differ. This library has {own_papers} papers and {own_notes} notes that it does not have."
        ).format(
            name=name,
            papers=difference.papers_back,
            notes=difference.notes_back,
            changed=difference.papers_changed,
            own_papers=difference.papers_gone,
            own_notes=difference.notes_gone,
        )
        Message(self._window, "info", self.tr("The second version"), words).open()

    def _tell(self, error: ExpectedError) -> None:
        self._window.tell(error)

    def _check_all(self) -> None:
        """Start the check of the day, or see that one ended; what it found is seen as what another program finds."""
        if self._check is None:
            self._check = guarding.start_check_if_due(self._library.folder)
            self.checking.start(CHECK_AGAIN_MS if self._check is None else LOOK_AT_CHECK_MS)
        elif self._check.poll() is not None:
            self._check = None
            self.checking.start(CHECK_AGAIN_MS)

    def _timer(self, ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(ms)
        timer.timeout.connect(then)
        timer.start()
        return timer
