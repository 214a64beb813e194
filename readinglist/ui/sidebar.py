"""The left pane: where papers are. Choosing an entry asks for it; papers dropped on one are marked as it says."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from readinglist.library.answers import Counts
from readinglist.ui import theme
from readinglist.ui.sidebar_delegate import SidebarDelegate, depth_of
from readinglist.ui.sidebar_model import ENTRY_ROLE, Entry, Kind, SidebarModel


class Sidebar(QTreeView):
    """The places, listings and tags of a library."""

    chosen = Signal(object)
    """The `Entry` that the reader chose."""
    narrowed = Signal(object)
    """The `Entry` that the reader added to what is shown (Ctrl+click)."""
    dropped = Signal(object, object)
    """The `Entry` that papers were dropped on, and the tuple of their ids."""
    left = Signal()
    """The reader is done here: on to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SidebarModel(self)
        self._delegate = SidebarDelegate(self)
        self._place: str | None = ""
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Library"))
        self._set_up()
        self._apply_theme()
        self._model.modelReset.connect(self._open_all)
        self._model.dropped.connect(self.dropped)
        theme.notifier.changed.connect(self._apply_theme)

    def show_counts(self, counts: Counts) -> None:
        """Show these counts."""
        self._model.show(counts)

    def show_place(self, place: str | None) -> None:
        """Mark the entry with this filter as the place that is shown ("" is all papers); None marks none."""
        self._place = place
        index = QModelIndex() if place is None else self._model.find(place)
        if index != self.currentIndex():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not index.isValid():
            self.clearSelection()

    def place(self) -> Entry | None:
        """The entry that is shown."""
        return self._model.entry(self.currentIndex())

    @property
    def closed(self) -> frozenset[str]:
        """The keys of the entries whose rows below are hidden."""
        return frozenset(self._delegate.closed)

    @closed.setter
    def closed(self, keys: frozenset[str]) -> None:
        self._delegate.closed = set(keys)
        self._open_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose; Right and Left open and close, Enter goes to the list."""
        before = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and _has_rows(before):
            self._set_open(before, is_open=event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)
            self._choose_if_moved(before)

    def keyboardSearch(self, search: str) -> None:
        """Typing the first letters of an entry chooses it."""
        before = self.currentIndex()
        super().keyboardSearch(search)
        self._choose_if_moved(before)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses, on a chevron or a heading it opens and closes, with Ctrl it adds to what is shown."""
        index = self.indexAt(event.position().toPoint())
        entry: Entry | None = index.data(ENTRY_ROLE) if index.isValid() else None
        if entry is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        target = self._delegate.chevron_rect(self.visualRect(index), entry, depth_of(index))
        if entry.below and target.contains(event.position().toPoint()):
            self._set_open(index, is_open=not self.isExpanded(index))
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.narrowed.emit(entry)
        elif entry.kind is not Kind.SECTION:
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.chosen.emit(entry)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of two is a click."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moving with the button down chooses nothing on its way."""
        if event.buttons() is Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemsExpandable(False)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setMouseTracking(True)
        self.setAnimated(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setTabKeyNavigation(False)

    def _apply_theme(self) -> None:
        self._delegate.renew()
        self.setMinimumWidth(theme.spacing(40))
        self.doItemsLayout()

    def _open_all(self) -> None:
        for index in self._model.all_rows():
            entry = self._model.entry(index)
            if entry is not None and entry.below:
                self.setExpanded(index, entry.key not in self._delegate.closed)
        self.show_place(self._place)

    def _set_open(self, index: QModelIndex, *, is_open: bool) -> None:
        entry = self._model.entry(index)
        if entry is None:
            return
        (self._delegate.closed.discard if is_open else self._delegate.closed.add)(entry.key)
        self.setExpanded(index, is_open)
        self.viewport().update()

    def _choose_if_moved(self, before: QModelIndex) -> None:
        index = self.currentIndex()
        entry = self._model.entry(index)
        if index != before and entry is not None:
            self.chosen.emit(entry)


def _has_rows(index: QModelIndex) -> bool:
    return index.isValid() and index.model().rowCount(index) > 0
