"""A small window to put tags on papers and take them off: type to find or make one, Enter to toggle it."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from readinglist.errors import UsageError
from readinglist.papers.edits import clean_tag
from readinglist.ui import theme
from readinglist.ui.tag_row_delegate import TagRowDelegate

_NAME = Qt.ItemDataRole.UserRole
_LIST_KEYS = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class TagEditor(QFrame):
    """Lists all tags with a box each: checked where all papers carry it, half checked where some do."""

    toggled = Signal(str, bool)  # a tag's name, and whether all papers are to carry it

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("tag-editor")
        self._states: dict[str, Qt.CheckState] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Tags"))
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(self.tr("Find or add a tag, such as nlp/parsing"))
        self._field.setAccessibleName(self.tr("Find or add a tag"))
        self._field.setMaxLength(200)
        self._list = QListWidget(self)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setAccessibleName(self.tr("Tags"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setItemDelegate(TagRowDelegate(self._list))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.spacing(2)] * 4)
        layout.setSpacing(theme.spacing(1.5))
        layout.addWidget(self._field)
        layout.addWidget(self._list)
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self._fill)
        self._list.itemClicked.connect(self._toggle)
        self._list.itemActivated.connect(self._toggle)

    def open(self, at: QPoint, known: Iterable[str], carried: Mapping[str, int], papers: int) -> None:
        """Show the editor.

        Args:
            at: its upper left corner on the screen.
            known: the names of all tags of the library.
            carried: how many of the papers carry each tag.
            papers: how many papers there are.
        """
        names = {name.casefold(): name for name in (*carried, *known)}
        self._states = {name: _state(carried.get(name, 0), papers) for name in sorted(names.values(), key=str.casefold)}
        self._field.clear()
        self._fill()
        self.resize(self.sizeHint())
        self.move(self._on_screen(at))
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def sizeHint(self) -> QSize:
        """Wide enough for long names, high enough for what there is to choose."""
        rows = min(10, max(3, len(self._states) + 1))
        return QSize(theme.spacing(64), theme.spacing(15) + rows * theme.spacing(6.5))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move in the list work while typing; Enter toggles the row they stand on."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            if key in _LIST_KEYS:
                self._list.keyPressEvent(event)
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._toggle(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        """List the tags that hold what was typed, and first of all the typed one where it is new."""
        typed = self._field.text().strip()
        self._list.clear()
        words = typed.removeprefix("#").casefold()
        names = [name for name in self._states if words in name.casefold()]
        for name in sorted(names, key=lambda name: not name.casefold().startswith(words)):
            self._add(name, name, self._states[name])
        new = _cleaned(typed)
        if new and new.casefold() not in {name.casefold() for name in self._states}:
            self._add(self.tr("Add “{}”").format(new), new, None)
        self._list.setCurrentRow(0)

    def _add(self, words: str, name: str, state: Qt.CheckState | None) -> None:
        item = QListWidgetItem(words)
        item.setData(_NAME, name)
        if state is not None:
            # Not for the user to check: a click anywhere in the row does it.
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(state)
        self._list.addItem(item)

    def _toggle(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        name = str(item.data(_NAME))
        on = self._states.get(name) is not Qt.CheckState.Checked
        self._states[name] = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        row = self._list.currentRow()
        if self._field.text():
            self._field.clear()
        else:
            self._fill()
            self._list.setCurrentRow(row)
        self.toggled.emit(name, on)

    def _on_screen(self, at: QPoint) -> QPoint:
        room = self.screen().availableGeometry()
        x = min(at.x(), room.right() - self.width())
        y = min(at.y(), room.bottom() - self.height())
        return QPoint(max(room.left(), x), max(room.top(), y))


def _state(carried: int, papers: int) -> Qt.CheckState:
    if not carried:
        return Qt.CheckState.Unchecked
    return Qt.CheckState.Checked if carried == papers else Qt.CheckState.PartiallyChecked


def _cleaned(typed: str) -> str:
    try:
        return clean_tag(typed)
    except UsageError:
        return ""
