"""The panes of the window and how they lie: sidebar, list under its search bar, details; the status line below."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.paper_list import PaperList
from readinglist.ui.search_bar import SearchBar
from readinglist.ui.shelf import Shelf
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.status_line import StatusLine
from readinglist.ui.welcome import WelcomePage


class Panes(QWidget):
    """All that is in the window below its menus."""

    def __init__(self, shelf: Shelf, sort_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sidebar = Sidebar()
        self.search_bar = SearchBar(sort_menu)
        self.list = PaperList(shelf)
        self.status_line = StatusLine()
        self.details: QWidget = Ground()
        self._middle = Ground()
        self._welcome: WelcomePage | None = None
        self._lay_out()

    def put_details(self, details: QWidget) -> None:
        """Put the details of papers into their pane, with the width it has."""
        sizes = self._inner.sizes()
        visible = self.details.isVisibleTo(self._inner)
        self._inner.replaceWidget(1, details)
        self.details.deleteLater()
        self.details = details
        details.setVisible(visible)
        self._inner.setSizes(sizes)
        self._set_stretch()

    def put_strip(self, strip: QWidget) -> None:
        """Put a line between the search bar and the list."""
        self._column.insertWidget(1, strip)

    def show_welcome(self, page: WelcomePage | None) -> None:
        """Show the page of an empty library in place of list and details, or these again."""
        if self._welcome is not None and page is None:
            self._right.removeWidget(self._welcome)
            self._welcome.deleteLater()
        elif page is not None and self._welcome is None:
            self._right.addWidget(page)
            self._right.setCurrentWidget(page)
        self._welcome = page if self._welcome is None or page is None else self._welcome

    @property
    def welcome(self) -> WelcomePage | None:
        """The page of an empty library, where it is shown."""
        return self._welcome

    def widths(self) -> QByteArray:
        """The widths of the panes, to be remembered."""
        sizes = [*self._outer.sizes(), *self._inner.sizes()]
        return QByteArray(",".join(map(str, sizes)).encode())

    def set_widths(self, remembered: QByteArray) -> None:
        """Give the panes the widths they had; usual ones where these are none that can be meant."""
        parts = bytes(remembered.data()).decode("ascii", "replace").split(",")
        sizes = [int(part) for part in parts if part.isdecimal()]
        if len(sizes) != 4 or not all(sizes[:3]):
            unit = theme.spacing(1)
            sizes = [unit * 59, unit * 301, unit * 150, unit * 151]
        self._outer.setSizes(sizes[:2])
        self._inner.setSizes(sizes[2:])

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self._middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.search_bar)
        column.addWidget(self.list, 1)
        self._inner = _splitter(self._middle, self.details)
        self._right = QStackedWidget()
        self._right.addWidget(self._inner)
        self._outer = _splitter(self.sidebar, self._right)
        self._outer.setStretchFactor(1, 1)
        self._set_stretch()
        self._middle.setMinimumWidth(theme.spacing(62))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._outer, 1)
        page.addWidget(self.status_line)

    def _set_stretch(self) -> None:
        self._inner.setStretchFactor(0, 1)
        self._inner.setStretchFactor(1, 1)


class Ground(QWidget):
    """A plain pane in the colour behind papers."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill it."""
        QPainter(self).fillRect(event.rect(), theme.current().window)


def _splitter(*widgets: QWidget) -> QSplitter:
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for widget in widgets:
        splitter.addWidget(widget)
    return splitter
