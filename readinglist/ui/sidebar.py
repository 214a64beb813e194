"""The left pane: where papers are. Choosing an entry asks for it; papers dropped on one are marked as it says."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QTreeView, QWidget

from readinglist.library.answers import Counts
from readinglist.ui import theme
from readinglist.ui.sidebar_delegate import SidebarDelegate, depth_of
from readinglist.ui.sidebar_model import ENTRY_ROLE, SMART_LISTS, Entry, Kind, SidebarModel

SHIFTS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})


class Sidebar(QTreeView):
    """The places, smart lists, listings and tags of a library."""

    chosen = Signal(object)
    """The `Entry` that the reader chose."""
    narrowed = Signal(object)
    """The `Entry` that the reader added to what is shown (Ctrl+click)."""
    dropped = Signal(object, object)
    """The `Entry` that papers were dropped on, and the tuple of their ids."""
    moved = Signal(str, str, int)
    """A smart list is to stand elsewhere: its id, the one it is to stand below ("" for none), its place from 0."""
    renamed = Signal(str, str)
    """A smart list has another name: its id, and the name."""
    deleted = Signal(object)
    """The `Entry` of a smart list that the reader wants to be gone."""
    menu_requested = Signal(object, object)
    """The `Entry` of a smart list, a tag, or the lists' heading, whose menu is wanted, and where on the screen."""
    left = Signal()
    """The reader is done here: on to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SidebarModel(self)
        self._delegate = SidebarDelegate(self)
        self._place: str | None = ""
        self._changeable = True
        self._pressed: tuple[QPoint, QPersistentModelIndex] | None = None
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Library"))
        self._set_up()
        self._apply_theme()
        self._model.modelReset.connect(self._open_all)
        self._model.dropped.connect(self.dropped)
        self._model.moved.connect(self._tell_moved)
        self._model.renamed.connect(self.renamed)
        theme.notifier.changed.connect(self._apply_theme)

    def show_counts(self, counts: Counts) -> None:
        """Show these counts."""
        self._model.show(counts)

    def show_place(self, place: str | None) -> None:
        """Mark the entry with this filter as the place that is shown ("" is all papers); None marks none."""
        self._place = place
        current = self.place()
        if current is not None and place is not None and current.filter.casefold() == place.casefold():
            return  # a smart list and a place may say the same
        index = QModelIndex() if place is None else self._model.find(place)
        if index != self.currentIndex():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if not index.isValid():
            self.clearSelection()

    def place(self) -> Entry | None:
        """The entry that is shown."""
        return self._model.entry(self.currentIndex())

    def set_changeable(self, *, on: bool) -> None:
        """Let smart lists be edited and papers be dropped, or only places be chosen."""
        self._changeable = on
        self.setAcceptDrops(on)

    def rename(self, list_id: str) -> None:
        """Let the reader write another name for a smart list, in its place."""
        index = self._model.list_index(list_id)
        if index.isValid():
            self.scrollTo(index)
            self.edit(index)

    def shift(self, list_id: str, key: Qt.Key) -> None:
        """Move a smart list up or down among its like, out (left), or below the one above it (right)."""
        goal = self._goal(list_id, key)
        if goal is not None:
            self._tell_moved(list_id, *goal)

    def can_shift(self, list_id: str, key: Qt.Key) -> bool:
        """Whether there is a place to `shift` a smart list to."""
        return self._goal(list_id, key) is not None

    def has_smart_list(self, query: str) -> bool:
        """Whether a smart list with this query is shown."""
        return any(each.filter.casefold() == query.casefold() for each in self._model.smart_lists())

    def shown_numbers(self) -> dict[str, int]:
        """How many papers the smart lists find, as it is shown, by their queries."""
        return {each.filter: each.count for each in self._model.smart_lists() if each.count is not None}

    @property
    def closed(self) -> frozenset[str]:
        """The keys of the entries that are not open, or closed, as they start."""
        return frozenset(self._delegate.toggled)

    @closed.setter
    def closed(self, keys: frozenset[str]) -> None:
        self._delegate.toggled = set(keys)
        self._open_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose; Right and Left open and close, Enter goes to the list."""
        before = self.currentIndex()
        if self.state() is QAbstractItemView.State.EditingState:
            return  # the editor passes its Enter on, which ends the editing alone
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.left.emit()
        elif self._change_list(event):
            event.accept()
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
        self._pressed = (event.position().toPoint(), QPersistentModelIndex(index))
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
        """Moving with the button down drags a smart list, and chooses nothing on its way."""
        if event.buttons() is Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
        elif self._pressed is not None:
            start, index = self._pressed
            far = (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance()
            if far and self._changeable and self._model.flags(index) & Qt.ItemFlag.ItemIsDragEnabled:
                self._pressed = None
                self._drag(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of a smart list or a tag; that of the lists' heading where the reader points at no entry."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        where = self.visualRect(index).bottomLeft() if by_key else event.pos()
        entry = self._model.entry(index)
        if entry is None or entry.kind in {Kind.SMART_LIST, Kind.TAG} or entry.name == SMART_LISTS:
            self.menu_requested.emit(entry, self.viewport().mapToGlobal(where))

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
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setTabKeyNavigation(False)

    def _apply_theme(self) -> None:
        self._delegate.renew()
        self.setMinimumWidth(theme.spacing(40))
        self.doItemsLayout()

    def _open_all(self) -> None:
        for index in self._model.all_rows():
            entry = self._model.entry(index)
            if entry is not None and entry.below:
                self.setExpanded(index, not self._delegate.is_closed(entry))
        self.show_place(self._place)

    def _change_list(self, event: QKeyEvent) -> bool:
        """Do what a key says about the current smart list; whether it says something."""
        entry = self.place()
        if entry is None or entry.kind is not Kind.SMART_LIST or not self._changeable:
            return False
        if event.key() == Qt.Key.Key_F2:
            self.rename(entry.name)
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit(entry)
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in SHIFTS:
            self.shift(entry.name, Qt.Key(event.key()))
        else:
            return False
        return True

    def _goal(self, list_id: str, key: Qt.Key) -> tuple[str, int] | None:
        """The smart list that a key moves one below ("" for none), and the place there."""
        index = self._model.list_index(list_id)
        above, row = index.parent(), index.row()
        before = index.siblingAtRow(row - 1)
        goal, place = {
            Qt.Key.Key_Up: (above, row - 1),
            Qt.Key.Key_Down: (above, row + 1),
            Qt.Key.Key_Left: (above.parent(), above.row() + 1),
            Qt.Key.Key_Right: (before, self._model.rowCount(before)),
        }[key]
        entry = self._model.entry(goal)
        if entry is None or (goal == above and not 0 <= place < self._model.rowCount(above)):
            return None
        return entry.name if entry.kind is Kind.SMART_LIST else "", place

    def _tell_moved(self, list_id: str, parent: str, place: int) -> None:
        self._delegate.toggled.discard(f"{Kind.SMART_LIST}:{parent}")  # what was moved there is to be seen
        self.moved.emit(list_id, parent, place)

    def _drag(self, index: QPersistentModelIndex) -> None:
        drag = QDrag(self)
        drag.setMimeData(self._model.mimeData([index]))
        drag.exec(Qt.DropAction.MoveAction)

    def _set_open(self, index: QModelIndex, *, is_open: bool) -> None:
        entry = self._model.entry(index)
        if entry is None:
            return
        as_it_starts = is_open is not entry.starts_closed
        (self._delegate.toggled.discard if as_it_starts else self._delegate.toggled.add)(entry.key)
        self.setExpanded(index, is_open)
        self.viewport().update()

    def _choose_if_moved(self, before: QModelIndex) -> None:
        index = self.currentIndex()
        entry = self._model.entry(index)
        if index != before and entry is not None:
            self.chosen.emit(entry)


def _has_rows(index: QModelIndex) -> bool:
    return index.isValid() and index.model().rowCount(index) > 0
