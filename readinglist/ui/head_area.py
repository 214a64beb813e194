"""The upper part of a page: as high as what it holds, up to a share of the page, from where on it scrolls."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from readinglist.ui import theme
from readinglist.ui.small_parts import scroll_quietly

_SHARE = 0.66  # of the page's height: what stands below is what one came for


class HeadArea(QScrollArea):
    """Holds a widget whose height follows its width, such as one of long titles and many tags."""

    def __init__(self, head: QWidget, page: QWidget) -> None:
        """Make room for `head` at the top of `page`."""
        super().__init__(page)
        self._head, self._page = head, page
        self._is_all = False
        self._needed = self._wanted = 0
        scroll_quietly(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        head.setMinimumWidth(1)  # a long word is cut rather than that it hides what stands at the end of lines
        self.setWidget(head)
        head.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        page.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """As high as the head, where the page leaves it that room."""
        return QSize(theme.spacing(75), self._wanted)

    def minimumSizeHint(self) -> QSize:
        """A few lines, through which one can scroll."""
        return QSize(0, min(self._wanted, theme.spacing(20)))

    def show_from_top(self, *, is_all: bool) -> None:
        """Show the beginning of the head; with `is_all` there is nothing below it on the page."""
        self.verticalScrollBar().setValue(0)
        self._is_all = is_all
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the bar, or not."""
        super().resizeEvent(event)
        self._show_bar()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page, and what the head holds."""
        done = super().eventFilter(watched, event)
        if (watched is self._page and event.type() is QEvent.Type.Resize) or (
            watched is self._head and event.type() is QEvent.Type.LayoutRequest
        ):
            self._fit()
        return done

    def _fit(self) -> None:
        """Be as high as the head, where that leaves the rest of the page its room."""
        margins = self._page.contentsMargins()
        layout = self._page.layout()
        if layout is not None:
            margins = layout.contentsMargins()
        width = self._page.width() - margins.left() - margins.right()
        room = self._page.height() - margins.top() - margins.bottom()
        most = room if self._is_all else round(room * _SHARE)
        self._needed = self._head.heightForWidth(width)
        wanted = min(self._needed, most)
        if wanted != self._wanted:
            self._wanted = wanted
            self.updateGeometry()
            if layout is not None:
                layout.activate()  # at once: what is shown never moves after it was painted
        self._show_bar()

    def _show_bar(self) -> None:
        """Show the bar only where the head is cut: Qt would keep it where its own width makes the lines too short."""
        is_cut = self._needed > self.height()
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if is_cut else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
