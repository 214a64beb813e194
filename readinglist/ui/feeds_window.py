"""The feeds that the library keeps: their addresses to copy or open, and to be removed. None is ever asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.library.answers import News
from readinglist.papers.memory import Feed
from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD, Words, icon_button

if TYPE_CHECKING:
    from readinglist.library.library import Library

_WEB = ("https://", "http://")
_FEED_ROLE = Qt.ItemDataRole.UserRole


class FeedsWindow(QDialog):
    """The feeds by title; what can be done with the chosen ones."""

    link_requested = Signal(str)
    """A web address to open; it was shown before."""
    undo_requested = Signal()

    def __init__(self, library: "Library", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self.setWindowTitle(self.tr("Feeds"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._lead = Words(tone="quiet").wrapping()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Feeds"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.address = Words(tone="quiet").wrapping()
        self.address.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.address.setAccessibleName(self.tr("Address"))
        self.copy_button = icon_button("copy", self.tr("Copy address"))
        self.open_button = icon_button("open", self.tr("Open in the browser"))
        self.remove_button = icon_button("trash", self.tr("Remove"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self._connect()
        self._apply_theme()
        self.show_feeds()

    def sizeHint(self) -> QSize:
        """Room for some feeds."""
        return QSize(theme.spacing(150), theme.spacing(120))

    def show_feeds(self) -> None:
        """Show what the library keeps now."""
        row = max(0, self.list.currentRow())
        self.list.clear()
        for feed in self._library.feeds():
            item = QListWidgetItem(feed.title, self.list)
            item.setData(_FEED_ROLE, feed)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{feed.title}, {feed.url}")
        count = self.list.count()
        if count:
            self.list.setCurrentRow(min(row, count - 1))
            lead = self.tr("They come from lists of feeds (OPML) that you imported. Reading List asks none of them.")
        else:
            lead = self.tr("No feeds are kept. Import a list of feeds (OPML) to have some.")
        self._lead.setText(lead)
        self.list.setVisible(count > 0)
        self._show_chosen()

    def copy(self) -> None:
        """Copy the addresses of the chosen feeds."""
        QGuiApplication.clipboard().setText("\n".join(feed.url for feed in self._chosen()))

    def open_address(self) -> None:
        """Open the address that is shown."""
        chosen = self._chosen()
        if len(chosen) == 1 and chosen[0].url.startswith(_WEB):
            self.link_requested.emit(chosen[0].url)

    def remove(self) -> None:
        """Keep the chosen feeds no more; undo brings them back."""
        self._library.forget_feeds([feed.url for feed in self._chosen()])

    def hear(self, _news: News) -> None:
        """Something is different in the library."""
        self.show_feeds()

    def _chosen(self) -> Sequence[Feed]:
        return [item.data(_FEED_ROLE) for item in self.list.selectedItems()]

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.address.setText(chosen[0].url if len(chosen) == 1 else "")
        self.copy_button.setEnabled(bool(chosen))
        self.remove_button.setEnabled(bool(chosen) and not self._library.read_only)
        self.open_button.setEnabled(len(chosen) == 1 and chosen[0].url.startswith(_WEB))

    def _apply_theme(self) -> None:
        colors, edge = theme.current(), theme.spacing(1.5)
        self.list.setStyleSheet(
            f"QListWidget::item {{ padding: {edge}px {theme.spacing(2)}px; }}"
            f" QListWidget::item:hover {{ background: {colors.hover.name()}; }}"
            f" QListWidget::item:selected {{ background: {colors.selected.name()};"
            f" color: {colors.selected_text.name()}; }}"
        )

    def _connect(self) -> None:
        theme.notifier.changed.connect(self._apply_theme)
        self.list.itemSelectionChanged.connect(self._show_chosen)
        self.copy_button.clicked.connect(self.copy)
        self.open_button.clicked.connect(self.open_address)
        self.remove_button.clicked.connect(self.remove)
        self.close_button.clicked.connect(self.reject)
        for keys, then in (("Del", self.remove), ("Ctrl+C", self.copy), ("Ctrl+Z", self.undo_requested.emit)):
            QShortcut(QKeySequence(keys), self.list, then).setContext(Qt.ShortcutContext.WidgetShortcut)

    def _lay_out(self) -> None:
        edge = theme.spacing(5)
        page = QVBoxLayout(self)
        page.setContentsMargins(edge, theme.spacing(4), edge, theme.spacing(4))
        page.setSpacing(theme.spacing(2))
        heading: QLabel = Words(self.tr("Feeds"), step=3, weight=SEMIBOLD)
        page.addWidget(heading)
        page.addWidget(self._lead)
        page.addWidget(self.list, 1)
        page.addWidget(self.address)
        page.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(theme.spacing(2))
        for button in (self.copy_button, self.open_button, self.remove_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.close_button)
        page.addLayout(row)
