"""The tabs of the open paper, which stand closer together where the pane is narrow."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from readinglist.ui import theme

_WIDEST, _NARROWEST, _STEP = 20, 8, 4  # pixels between two tabs


class DetailTabs(QTabWidget):
    """Tabs in one line, of which none is cut as long as there is room for their words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap = 0
        self.tabBar().setAccessibleName(self.tr("Details of the paper"))
        self.tabBar().setExpanding(False)

    def sizeHint(self) -> QSize:
        """Little: they take what the page leaves."""
        return QSize(super().sizeHint().width(), theme.spacing(40))

    def minimumSizeHint(self) -> QSize:
        """A few lines: what is on a page can be scrolled, or is not looked at in so small a window."""
        return QSize(super().minimumSizeHint().width(), theme.spacing(25))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the gap anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def tabInserted(self, index: int) -> None:
        """Make room for another tab."""
        super().tabInserted(index)
        self._fit()

    def setTabText(self, index: int, words: str) -> None:
        """Show other words on a tab."""
        if words != self.tabText(index):
            super().setTabText(index, words)
            self._fit()

    def _fit(self) -> None:
        """Take the widest gap at which all tabs have room."""
        bar = self.tabBar()
        gaps = max(1, bar.count() - 1)
        taken = sum(bar.tabRect(tab).width() for tab in range(bar.count())) - self._gap * gaps
        room = (self.width() - taken) // gaps
        gap = min(_WIDEST, max(_NARROWEST, room // _STEP * _STEP))
        if gap != self._gap:
            self._gap = gap
            bar.setStyleSheet(f"QTabBar::tab {{ margin-right: {gap}px; }} QTabBar::tab:last {{ margin-right: 0; }}")
