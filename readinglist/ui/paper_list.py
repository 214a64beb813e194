"""The list of papers: rows chosen by key and mouse, and kept when the answer changes; dragging papers out."""

import re
from collections.abc import Collection, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtGui import QDrag, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from readinglist.library.answers import Found
from readinglist.ui import theme, wording
from readinglist.ui.paper_list_extras import drag_picture, paint_empty
from readinglist.ui.paper_list_model import PaperListModel
from readinglist.ui.paper_row_delegate import PaperRowDelegate
from readinglist.ui.shelf import PaperSource

_Flag = QItemSelectionModel.SelectionFlag
_Cursor = QAbstractItemView.CursorAction
_CHOOSE = _Flag.ClearAndSelect | _Flag.Rows


class PaperList(QTableView):
    """A table of one column: QListView takes 165 ms to lay 100,000 rows out, as it asks each; a table takes 1."""

    current_changed = Signal(object)  # the id of the current paper, or None
    selection_changed = Signal(object)  # the ids of the chosen papers, in the order of the list
    star_toggled = Signal(object)  # ids whose star was clicked
    opened = Signal(object)  # the id of a paper that was asked for: Enter, double click

    def __init__(self, library: PaperSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = PaperListModel(library, self)
        self._delegate = PaperRowDelegate(self)
        self._silent = False
        self._told_current: int | None = None
        self._told_selection: tuple[int, ...] = ()
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Papers"))
        self._set_up_table()
        self._set_up_rows()
        self.selectionModel().currentChanged.connect(self._tell)
        self.selectionModel().selectionChanged.connect(self._tell)
        theme.notifier.changed.connect(self._set_up_rows)

    # what is shown

    @property
    def papers(self) -> PaperListModel:
        """The rows."""
        return self._model

    def show_found(self, found: Found) -> None:
        """Show an answer. Chosen papers stay chosen; where the current one left the list, the next one takes over.

        The answer to another question starts at its top, with no paper current unless the old one is in it.
        """
        before = self._model.found
        same_question = before is not None and before.query == found.query
        if before is not None and same_question and _same(before.ids, found.ids):
            self._model.renew(found)
            return
        successor = self._successor(found.ids, same_question=same_question)
        chosen = self.selected_ids()
        offset = self.verticalScrollBar().value() if same_question else 0
        self._silent = True
        self._model.show(found)
        self._choose_again(chosen, successor)
        self._silent = False
        self.executeDelayedItemsLayout()  # else it comes after the first paint, and all is painted twice
        self.verticalScrollBar().setValue(offset)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())
        self._tell()

    def forget(self, ids: Collection[int]) -> None:
        """Read these papers again: they changed."""
        self._model.forget(ids)

    def forget_all(self) -> None:
        """Read all papers again."""
        self._model.forget_all()

    def rows_seen(self) -> int:
        """How many rows are seen at once, those in part among them."""
        return self.viewport().height() // self._delegate.measures.height + 2

    # what is chosen

    def current_id(self) -> int | None:
        """The id of the current paper."""
        row = self.currentIndex().row()
        return self._model.ids[row] if 0 <= row < len(self._model.ids) else None

    def selected_ids(self) -> tuple[int, ...]:
        """The ids of all chosen papers in the order of the list."""
        ranges = sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList())
        return tuple(paper_id for top, bottom in ranges for paper_id in self._model.ids[top : bottom + 1])

    def choose(self, paper_id: int) -> bool:
        """Make a paper the current and only chosen one; False where it is not in the list."""
        row = self._model.row_of(paper_id)
        if row < 0:
            return False
        self.selectionModel().setCurrentIndex(self._model.index(row), _CHOOSE)
        return True

    def step(self, rows: int) -> None:
        """Go `rows` papers on, or back where it is negative; the first paper where none is current."""
        count = len(self._model.ids)
        row = self.currentIndex().row()
        if count:
            wanted = 0 if row < 0 else min(max(row + rows, 0), count - 1)
            self.selectionModel().setCurrentIndex(self._model.index(wanted), _CHOOSE)

    # what Qt asks

    def moveCursor(self, action: _Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End go to the first and last row, as the columns of a table mean nothing here."""
        if action in {_Cursor.MoveHome, _Cursor.MoveEnd}:
            row = 0 if action is _Cursor.MoveHome else len(self._model.ids) - 1
            return self._model.index(row)
        return super().moveCursor(action, modifiers)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """J and K are Down and Up; Enter opens."""
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and key in _VI_KEYS:
            super().keyPressEvent(QKeyEvent(event.type(), _VI_KEYS[key], event.modifiers()))
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._emit_current(self.opened)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are keys of actions here, not the beginning of a title."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the star toggles it, and leaves the choice as it is."""
        if not self._click_star(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks open the paper, two on its star toggle it twice."""
        if self._click_star(event):
            return
        super().mouseDoubleClickEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._emit_current(self.opened)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag all chosen papers out, under a small picture that counts them."""
        ids = self.selected_ids()
        if ids:
            drag = QDrag(self)
            drag.setMimeData(self._model.mime_data_of(ids))
            drag.setPixmap(drag_picture(wording.papers(len(ids)), self.devicePixelRatioF()))
            drag.exec(Qt.DropAction.CopyAction)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus without making the first paper current, as Qt would where none is."""
        had_current = self.currentIndex().isValid()
        self._silent = True
        super().focusInEvent(event)
        if not had_current:
            self.selectionModel().clearCurrentIndex()
        self._silent = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or in an empty list what to do about that."""
        super().paintEvent(event)
        if self._model.found is not None and not self._model.ids:
            paint_empty(self.viewport(), *self._empty_words(self._model.found.query.strip()))

    # inner workings

    def _set_up_table(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setWordWrap(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)

    def _set_up_rows(self) -> None:
        self._delegate.renew()
        self.verticalHeader().setDefaultSectionSize(self._delegate.measures.height)
        self.viewport().update()

    def _successor(self, ids: Sequence[int], *, same_question: bool) -> int | None:
        """The paper that is to be current among `ids`."""
        current, row = self.current_id(), self.currentIndex().row()
        if current is None or current in ids:
            return current
        if not same_question:
            return None
        left, before = set(ids), self._model.ids
        after = (paper_id for paper_id in before[row + 1 :] if paper_id in left)
        nearest_above = (paper_id for paper_id in reversed(before[:row]) if paper_id in left)
        return next(after, next(nearest_above, None))

    def _choose_again(self, chosen: tuple[int, ...], current: int | None) -> None:
        selection = QItemSelection()
        for top, bottom in row_ranges(self._model.ids, chosen):
            selection.select(self._model.index(top), self._model.index(bottom))
        if current is not None:
            index = self._model.index(self._model.row_of(current))
            self.selectionModel().setCurrentIndex(index, _Flag.NoUpdate)
            if selection.isEmpty():
                selection.select(index, index)
        self.selectionModel().select(selection, _CHOOSE)

    def _tell(self) -> None:
        """Emit what is different since it was last emitted."""
        if self._silent:
            return
        current, chosen = self.current_id(), self.selected_ids()
        if current != self._told_current:
            self._told_current = current
            self.current_changed.emit(current)
        if chosen != self._told_selection:
            self._told_selection = chosen
            self.selection_changed.emit(chosen)

    def _click_star(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return False
        if not self._delegate.star_rect(self.visualRect(index), self.layoutDirection()).contains(at):
            return False
        self.star_toggled.emit((self._model.ids[index.row()],))
        return True

    def _emit_current(self, signal: SignalInstance) -> None:
        current = self.current_id()
        if current is not None:
            signal.emit(current)

    def _empty_words(self, query: str) -> tuple[str, str]:
        """What an empty list says: a headline, and what to do."""
        if not query:
            return self.tr("No papers here yet"), self.tr("Import a file, drop one on the window, or paste a listing.")
        if _ONE_FILTER.fullmatch(query):
            return self.tr("No papers here"), self.tr("They come here as you sort, star and tag them.")
        advice = self.tr("Try fewer or other words. Esc clears the search.")
        return self.tr("No papers match “{}”").format(query), advice


_ONE_FILTER = re.compile(r'[\w-]+:(?:[^\s"]+|"[^"]*")')  # a place of the library, such as status:inbox
_VI_KEYS = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


def row_ranges(ids: Sequence[int], chosen: Sequence[int]) -> list[tuple[int, int]]:
    """The rows of the chosen papers among `ids` as ranges of first and last row; papers not among them are left out."""
    if not chosen:
        return []
    wanted = set(chosen)
    ranges: list[tuple[int, int]] = []
    for row, paper_id in enumerate(ids):
        if paper_id in wanted:
            if ranges and ranges[-1][1] == row - 1:
                ranges[-1] = (ranges[-1][0], row)
            else:
                ranges.append((row, row))
    return ranges


def _same(one: Sequence[int], other: Sequence[int]) -> bool:
    return one is other or tuple(one) == tuple(other)
