"""The settings: their pages in a list at the left, the chosen one at the right. What is chosen holds at once."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.keyed_rows import KeyedRow, KeyedRows, keyed_list
from readinglist.ui.settings import PAGES
from readinglist.ui.settings_pages import TablePage
from readinglist.ui.settings_rows import Page

if TYPE_CHECKING:
    from readinglist.ui.main_window import MainWindow

translate = QCoreApplication.translate
_ICONS = {"look": "theme", "list": "sort", "import": "import", "export": "export"}


class SettingsDialog(QDialog):
    """The settings of a window and its library. It stays beside the window; a page is made when it is first shown."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._makers: dict[str, Callable[[], Page]] = {page: partial(TablePage, page, window) for page in PAGES}
        self._makers |= {
            "links": partial(_links_page, window),
            "library": partial(_library_page, window),
            "keys": partial(_keys_page, window),
        }
        self._made: dict[str, Page] = {}
        self._rows = KeyedRows(self)
        self._rows.show_rows(
            [KeyedRow(translate("Settings", words), icon=_ICONS[page]) for page, words in PAGES.items()]
            + [
                KeyedRow(self.tr("Links"), icon="link"),
                KeyedRow(self.tr("Nothing is lost"), icon="save"),
                KeyedRow(self.tr("Keys"), icon="command"),
            ]
        )
        self.list = keyed_list(self, self._rows, icons=True)
        self.list.setObjectName("pages")
        self.list.setAccessibleName(self.tr("Pages of the settings"))
        self._stack = QStackedWidget()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.resize(self.sizeHint())  # Qt by itself makes no dialog larger than two thirds of the screen
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)
        window.closed.connect(self.close)
        self.finished.connect(lambda _result: _drop_answers(window))
        self.list.selectionModel().currentChanged.connect(lambda index: self.show_page(list(self._makers)[index.row()]))
        self.show_page("look")
        self.list.setFocus()

    def sizeHint(self) -> QSize:
        """Room for a page without scrolling, on a small screen too."""
        return QSize(theme.spacing(215), theme.spacing(155)).boundedTo(self.screen().availableSize() * 0.95)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        if not isinstance(shown, Page):
            raise TypeError("a page is shown from the start")
        return shown

    def show_page(self, page: str) -> Page:
        """Show a page: "look", "list", "import", "export", "links", "library" or "keys"."""
        if page not in self._made:
            self._made[page] = self._makers[page]()
            self._stack.addWidget(self._made[page])
        self._stack.setCurrentWidget(self._made[page])
        self.list.setCurrentIndex(self._rows.index(list(self._makers).index(page)))
        return self._made[page]

    def _lay_out(self) -> None:
        self.list.setFixedWidth(theme.spacing(46))
        line = QFrame()
        line.setObjectName("line")
        line.setFixedWidth(1)
        across = QHBoxLayout()
        across.setSpacing(0)
        for part in (self.list, line, self._stack):
            across.addWidget(part)
        foot = QWidget()
        row = QVBoxLayout(foot)
        edge = theme.spacing(4)
        row.setContentsMargins(edge, edge, edge, edge)
        row.addWidget(self.buttons)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(across, 1)
        page.addWidget(foot)

    def _apply_theme(self) -> None:
        colors, air = theme.current(), theme.spacing(2)
        line = colors.line.name()
        self.setStyleSheet(
            f"QFrame#line {{ background: {line}; border: none; }}"
            f" QListView#pages {{ background: {colors.sidebar.name()}; padding: {air}px 0px; border: 1px solid"
            f" {colors.sidebar.name()}; }}"
            f" QListView#framed {{ background: {colors.window.name()}; border: 1px solid {line}; border-radius: 5px;"
            " padding: 0px; }"
            f" QListView#pages:focus, QListView#framed:focus {{ border-color: {colors.accent.name()}; }}"
        )


def _links_page(window: "MainWindow") -> Page:
    from readinglist.ui.settings_links import LinksPage

    return LinksPage(window)


def _library_page(window: "MainWindow") -> Page:
    from readinglist.ui.settings_library import LibraryPage

    return LibraryPage(window)


def _keys_page(window: "MainWindow") -> Page:
    from readinglist.ui.key_page import KeysPage

    return KeysPage(window.actions_)


def _drop_answers(window: "MainWindow") -> None:
    """What was asked for pages that are gone is not to be shown on them."""
    for channel in ("settings-styles", "settings-library", "settings-limits"):
        window.background.drop(channel)
