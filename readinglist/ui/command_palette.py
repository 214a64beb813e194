"""The command palette: every action, state, listing and tag by a few typed letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.fuzzy import best, fold
from readinglist.ui.keyed_rows import KeyedRow, KeyedRows, keyed_list
from readinglist.ui.small_parts import Words

ROWS = 12
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS - 1, Qt.Key.Key_PageUp: 1 - ROWS}


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done or gone to: its words, where it belongs ("Tag"), what to call, its key and icon."""

    words: str
    hint: str
    run: Callable[[], object]
    key: str = ""
    icon: str = ""


class CommandPalette(QFrame):
    """Lies over its window while it is open. Typing narrows the list, Enter does the chosen one, Esc closes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: Sequence[Command] = ()
        self._rows: list[KeyedRow] = []
        self._folded: list[str] = []
        self._found: list[int] = []
        self._return_to: QWidget | None = None
        self.setAccessibleName(self.tr("Commands"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Type a command, a tag, a listing…"))
        self.field.setAccessibleName(self.tr("Command"))
        self.field.textChanged.connect(self._narrow)
        self.field.installEventFilter(self)
        self._model = KeyedRows(self)
        self.list = keyed_list(self, self._model, icons=True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.clicked.connect(self._run_at)
        self._nothing = Words(self.tr("No command has these letters."), tone="faint")
        self._nothing.setContentsMargins(*[theme.spacing(3)] * 4)
        self._page = page = QVBoxLayout(self)
        page.setContentsMargins(*[theme.spacing(2.5)] * 4)
        page.setSpacing(theme.spacing(2))
        page.addWidget(self.field)
        page.addWidget(self.list)
        page.addWidget(self._nothing)
        window.installEventFilter(self)
        self.hide()

    def open_with(self, commands: Sequence[Command]) -> None:
        """Open over the window with these commands."""
        self._commands = commands
        self._rows = [
            KeyedRow(command.words, command.hint, (command.key,) if command.key else (), command.icon)
            for command in commands
        ]
        self._folded = [fold(f"{command.words} {command.hint}") for command in commands]
        if not self.isVisible():
            self._return_to = QApplication.focusWidget()
        self.field.clear()
        self._narrow("")
        self.show()
        self.raise_()
        self.field.setFocus()

    def close_palette(self) -> None:
        """Close, and give the focus back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._return_to is not None:
            self._return_to.setFocus()
        self._return_to = None

    def run_chosen(self) -> None:
        """Close, and do what is chosen."""
        self._run_at(self.list.currentIndex())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys in the field move in the list; the palette keeps its place when the window changes its size."""
        if watched is self.field:
            if event.type() is QEvent.Type.FocusOut and QApplication.focusWidget() is not self.field:
                self.hide()
            if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
                return self._key(event)
        elif event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.current().line)
        painter.setBrush(theme.current().window)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 10, 10)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run_chosen()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)  # there is nowhere else to go
        return True

    def _move(self, rows: int) -> None:
        last = self._model.rowCount() - 1
        if last < 0:
            return
        wanted = self.list.currentIndex().row() + rows
        if abs(rows) == 1:
            wanted %= last + 1
        self._choose(min(max(wanted, 0), last))

    def _choose(self, row: int) -> None:
        """Choose a row, and say so: a screen reader follows the focus, which stays in the field."""
        index = self._model.index(row)
        self.list.setCurrentIndex(index)
        spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, spoken))

    def _narrow(self, typed: str) -> None:
        self._found = best(self._folded, typed)
        self._model.show_rows([self._rows[place] for place in self._found])
        self.list.setVisible(bool(self._found))
        self._nothing.setVisible(not self._found)
        if self._found:
            self._choose(0)
        self._place()

    def _run_at(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        chosen = self._commands[self._found[index.row()]]
        self.close_palette()
        chosen.run()

    def _frame_height(self) -> int:
        """What the palette needs beside its rows."""
        margins = self._page.contentsMargins()
        return self.field.sizeHint().height() + self._page.spacing() + margins.top() + margins.bottom()

    def _place(self) -> None:
        window = self._window
        edge = theme.spacing(4)
        width = min(theme.spacing(150), window.width() - 2 * edge)
        rows = min(max(len(self._found), 1), ROWS)
        row_height = self.list.sizeHintForRow(0) if self._found else theme.spacing(8)
        height = min(self._frame_height() + rows * row_height, window.height() - 2 * edge)
        self.setGeometry((window.width() - width) // 2, min(theme.spacing(18), window.height() // 10), width, height)
