"""The window itself: panes, menus, drops, what it remembers. What is done with the library stands in desk.py."""

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from readinglist import __version__
from readinglist.errors import DamagedError, ExpectedError, ReadOnlyError
from readinglist.ui import settings as remembered
from readinglist.ui import theme
from readinglist.ui.action_menus import Actions, Situation
from readinglist.ui.background import Background
from readinglist.ui.in_and_out import importable
from readinglist.ui.panes import Panes
from readinglist.ui.settings import Settings
from readinglist.ui.shelf import Shelf
from readinglist.ui.snapshot import Snapshot

if TYPE_CHECKING:
    from readinglist.library.library import Library
    from readinglist.ui.desk import Desk
    from readinglist.ui.settings_dialog import SettingsDialog


# What PySide6 writes before the words of an exception that passes through a method which Qt called.
_OVERRIDES = re.compile(r"(Error calling Python override of \S+\(\): )+")


class MainWindow(QMainWindow):
    """One library in a window. It can be shown before the library is open: it paints what it showed last."""

    painted = Signal()
    """The window was painted for the first time."""
    ready = Signal()
    """The window is filled, and all that a search needs is loaded."""
    anew = Signal(str, object)
    """Close the library, do this work (its title, and what takes a `Progress`), and open a window on it again."""
    closed = Signal()
    """The window was closed, and works with the library no more."""

    def __init__(self, settings: Settings, last: Snapshot | None = None) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Reading List"))
        self.setAcceptDrops(True)
        self.settings = settings
        self._seen = False
        self.shelf = Shelf(last or Snapshot())
        self.desk: Desk | None = None
        self.background = Background(self)
        self.background.failed.connect(self.tell)
        self.background.broke.connect(self.report)
        self.actions_ = Actions(self, settings)
        self.panes = Panes(self.shelf, self.actions_.menu("view/sort", self), self)
        self.setCentralWidget(self.panes)
        self.actions_.fill(self.menuBar())
        self.actions_.serve_list(self.panes.list)
        self.actions_.update(Situation())
        self.actions_.triggered.connect(self._do)
        self.actions_.keys_changed.connect(self.show_key_caps)
        self.show_key_caps()
        self._handlers = self._own_handlers()
        self._restore()
        self._show_snapshot(last or Snapshot())

    @property
    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action does, by its id; before the library is open, what can be done without it."""
        return self._handlers

    def attach(self, library: "Library") -> None:
        """Work with this library from now on. The window closes it when it is closed itself."""
        from readinglist.ui.backups_daily import DailyBackup
        from readinglist.ui.completing import Completing
        from readinglist.ui.desk import Desk
        from readinglist.ui.history_desk import HistoryDesk
        from readinglist.ui.no_hits import Diagnosing

        self.shelf.open(library)
        self.panes.list.forget_all()  # of the papers that the snapshot showed, some may be others by now
        self.desk = Desk(self, library)
        Diagnosing(self.desk)
        Completing(self.desk)
        history = HistoryDesk(self.desk)
        if not library.read_only:
            DailyBackup(self.desk)
        self._handlers = {**self._handlers, **self.desk.deeds.handlers(), **history.handlers()}
        self._watch_if_seen()

    def tell(self, error: ExpectedError) -> None:
        """Tell what could not be done, and why; where nothing can be changed, a banner tells it already."""
        if isinstance(error, ReadOnlyError | DamagedError) and self.desk is not None:
            self.desk.say_why(error)
            return
        from readinglist.ui.messages import tell

        tell(self, error)

    def report(self, error: BaseException) -> None:
        """Report a fault of the program; it goes on. What a user can mend is told as always."""
        if isinstance(error, ExpectedError):
            self.tell(type(error)(_OVERRIDES.sub("", str(error))))
            return
        from readinglist.ui.messages import report_error

        report_error(self, error)

    def show_keys(self) -> None:
        """Show all keys."""
        from readinglist.ui.dialog_sizes import keep_size
        from readinglist.ui.key_help import KeyHelp

        page = KeyHelp(self.actions_.keys, self)
        page.change_requested.connect(lambda: self.show_settings().show_page("keys"))
        self.actions_.keys_changed.connect(page.show_keys)
        keep_size(page, self.settings)
        page.show()

    def show_settings(self) -> "SettingsDialog":
        """Show the settings, or bring them to the front."""
        from readinglist.ui.settings_dialog import SettingsDialog

        shown = next((each for each in self.findChildren(SettingsDialog) if each.isVisible()), None)
        dialog = shown or SettingsDialog(self)
        dialog.show()
        dialog.activateWindow()
        return dialog

    def show_search_help(self) -> None:
        """Show the page on the search language."""
        from readinglist.ui.dialog_sizes import keep_size
        from readinglist.ui.search_help import SearchHelp

        page = SearchHelp(self)
        page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keep_size(page, self.settings)
        page.show()

    def show_about(self) -> None:
        """Say what this is."""
        from readinglist.ui.messages import Message

        words = self.tr("Version {version}. Keeps your reading list of research papers, on your own machine.")
        said = words.format(version=__version__)
        if self.desk is not None:
            from readinglist.ui.backups_words import newest

            said = f"{said}\n\n{newest(self.desk.library.folder)}"
        message = Message(self, "info", self.tr("Reading List"), said)
        message.open()

    def show_key_caps(self) -> None:
        """Show the keys that there are now where they stand beside words."""
        keys, in_list = self.actions_.keys, self.actions_.bindings.in_list
        self.panes.status_line.show_keys(_first(keys("undo")), _first(keys("commands")))
        if self.panes.welcome is not None:  # where the keys of lists work too
            paste = in_list("import-clipboard") or keys("import-clipboard")
            self.panes.welcome.show_keys(_first(keys("import-files")), _first(paste))

    def use_theme(self, choice: theme.Choice) -> None:
        """Show all windows in a theme, and remember it."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.use(application, choice)
        self.settings.set(remembered.THEME, choice)
        self._check_theme(choice)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files that may hold papers are welcome."""
        if self.desk is not None and not self.desk.library.read_only and importable(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the files."""
        paths = importable(event.mimeData())
        if self.desk is not None and paths:
            event.acceptProposedAction()
            self.desk.in_and_out.import_files(paths)

    def changeEvent(self, event: QEvent) -> None:
        """Look for what other programs did as long as the window can be seen."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.ActivationChange, QEvent.Type.WindowStateChange}:
            self._watch_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nothing that cannot be seen."""
        super().hideEvent(event)
        self._watch_if_seen()

    def showEvent(self, event: QShowEvent) -> None:
        """Typing goes to the list at first, where single keys work."""
        super().showEvent(event)
        self._watch_if_seen()
        if self.focusWidget() is None:
            self.panes.list.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell when all of it is on the screen for the first time."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window was, stop all work, let go of the library."""
        event.accept()
        try:
            self.remember()
            self.let_go()
        finally:  # whatever fails there, drafts are kept and the door is closed
            self.closed.emit()

    def let_go(self, *, keep: bool = True) -> None:
        """Stop all work and close the library; `keep` what is shown for the next start."""
        if self.desk is not None:
            self.desk.save()
        self.background.close()
        if self.desk is not None:
            self.desk.close(keep=keep)
            self.desk = None

    def remember(self) -> None:
        """Write down how the window is."""
        self.settings.set(remembered.GEOMETRY, self.saveGeometry())
        self.settings.set(remembered.SPLITTER, self.panes.widths())
        self.settings.set(remembered.CLOSED_SECTIONS, "\n".join(sorted(self.panes.sidebar.closed)))
        self.settings.save()

    def _watch_if_seen(self) -> None:
        if self.desk is not None:
            self.desk.signals.watch(seen=self.isVisible() and not self.isMinimized())

    def _do(self, action_id: str) -> None:
        handler = self._handlers.get(action_id)
        if handler is not None:
            handler()

    def _own_handlers(self) -> dict[str, Callable[[], object]]:
        return {
            "quit": self.close,
            "show-sidebar": partial(self._toggle, "show-sidebar"),
            "show-details": partial(self._toggle, "show-details"),
            "keys": self.show_keys,
            "search-help": self.show_search_help,
            "about": self.show_about,
            "settings": self.show_settings,
            **{f"theme-{choice}": partial(self.use_theme, choice) for choice in theme.CHOICES},
        }

    def _toggle(self, action_id: str) -> None:
        pane, setting = {
            "show-sidebar": (self.panes.sidebar, remembered.SHOW_SIDEBAR),
            "show-details": (self.panes.details, remembered.SHOW_DETAILS),
        }[action_id]
        on = self.actions_.action(action_id).isChecked()
        pane.setVisible(on)
        self.settings.set(setting, on)

    def _restore(self) -> None:
        self.resize(QSize(theme.spacing(330), theme.spacing(210)).boundedTo(self.screen().availableSize()))
        geometry = self.settings.get(remembered.GEOMETRY)
        if geometry != QByteArray():
            self.restoreGeometry(geometry)
        self.panes.set_widths(self.settings.get(remembered.SPLITTER))
        closed = self.settings.get(remembered.CLOSED_SECTIONS)
        self.panes.sidebar.closed = frozenset(closed.split("\n")) if closed else frozenset()
        for action_id, pane, setting in (
            ("show-sidebar", self.panes.sidebar, remembered.SHOW_SIDEBAR),
            ("show-details", self.panes.details, remembered.SHOW_DETAILS),
        ):
            on = self.settings.get(setting)
            self.actions_.check(action_id, on=on)
            pane.setVisible(on)
        self._check_theme(self.settings.get(remembered.THEME))

    def _check_theme(self, chosen: str) -> None:
        for choice in theme.CHOICES:
            self.actions_.check(f"theme-{choice}", on=choice == chosen)

    def _show_snapshot(self, last: Snapshot) -> None:
        self.panes.sidebar.show_counts(last.counts)
        self.panes.search_bar.show_text(last.query)
        if last.shown:
            self.panes.list.show_found(last.found())


def _first(keys: tuple[str, ...]) -> str:
    return keys[0] if keys else ""
