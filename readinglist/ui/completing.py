"""What the search box offers while one types: a list below it, which never takes a key that belongs to the typing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from readinglist.papers.query_completion import Completion, Completions
from readinglist.ui import theme
from readinglist.ui.keyed_rows import KeyedRow, KeyedRows, keyed_list

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

PAUSE_MS = 60  # the search itself is asked first
WIDTH = 95  # in units of theme.spacing
_TAKES = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_LEAVES = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}


class Offers(QFrame):
    """The list of what is offered. It lies over the window and never has the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Suggestions"))
        self._model = KeyedRows(self)
        self.list = keyed_list(self, self._model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Suggestions"))
        page = QVBoxLayout(self)
        page.setContentsMargins(*[theme.spacing(1)] * 4)
        page.addWidget(self.list)
        self.hide()

    def show_items(self, items: tuple[Completion, ...], at: QPoint) -> None:
        """Show these with the upper left corner there; the first one has the key that takes it."""
        rows = [KeyedRow(item.words, item.hint, ("Tab",) if not number else ()) for number, item in enumerate(items)]
        self._model.show_rows(rows)
        height = len(rows) * self.list.sizeHintForRow(0) + 2 * theme.spacing(1)
        self.setGeometry(at.x(), at.y(), theme.spacing(WIDTH), height)
        self.show()
        self.raise_()

    def row(self) -> int:
        """The chosen row, -1 for none."""
        return self.list.currentIndex().row()

    def choose(self, row: int) -> None:
        """Choose a row, and say so: a screen reader follows the focus, which stays in the box. -1 chooses none."""
        index = self._model.index(row) if row >= 0 else QModelIndex()
        self.list.setCurrentIndex(index)
        if index.isValid():
            spoken = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.list, spoken))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.current().star_off)
        painter.setBrush(theme.current().window)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 7, 7)


class Completing(QObject):
    """Offers what a search could go on with.

    Tab takes the chosen offer, or the first. Up and Down go through them, but where nothing but words is offered, Down
    goes to the list of papers as ever. Esc closes the offers before it clears the search.
    """

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._box = desk.panes.search_bar.box
        self._edit = self._box.edit
        self._offered = Completions(0, 0)
        self.offers = Offers(desk.window)
        self.offers.list.clicked.connect(lambda index: self._take(index.row()))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._edit.textEdited.connect(lambda _: self._pause.start())
        self._edit.textChanged.connect(self._close_if_empty)
        self._edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that belong to the offers, while there are any."""
        if watched is self._edit and event.type() in {QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress}:
            self._close()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and self.offers.isVisible():
            return self._key(Qt.Key(event.key()))
        return False

    def _key(self, key: Qt.Key) -> bool:
        row = self.offers.row()
        if key is Qt.Key.Key_Tab or (key in _TAKES and row >= 0):
            self._take(max(row, 0))
        elif key is Qt.Key.Key_Escape:
            self._close()
        elif key is Qt.Key.Key_Up and row >= 0:
            self.offers.choose(row - 1)
        elif key is Qt.Key.Key_Down and not all(item.is_word for item in self._offered.items):
            self.offers.choose(min(row + 1, len(self._offered.items) - 1))
        else:
            if key in _LEAVES or key in _TAKES or key is Qt.Key.Key_Down:
                self._close()
            return False
        return True

    def _ask(self) -> None:
        text, cursor, library = self._edit.text(), self._edit.cursorPosition(), self._desk.library
        asked = self._desk.window.background.ask
        asked("complete", lambda: library.complete(text, cursor), lambda offered: self._show(text, cursor, offered))

    def _show(self, text: str, cursor: int, offered: Completions) -> None:
        if (text, cursor) != (self._edit.text(), self._edit.cursorPosition()):
            return
        if not offered.items or not self._edit.hasFocus():
            self._close()
            return
        self._offered = offered
        below = self._box.mapTo(self._desk.window, QPoint(0, self._box.height() + theme.spacing(1)))
        self.offers.show_items(offered.items, below)

    def _take(self, row: int) -> None:
        """Put an offer in the place of what it was made for, and of letters typed since: one gets what one sees."""
        start, item = self._offered.start, self._offered.items[row]
        cursor = self._edit.cursorPosition()
        self._close()
        if cursor >= start:
            self._edit.setSelection(start, cursor - start)
            self._edit.insert(item.text)

    def _close_if_empty(self, text: str) -> None:
        if not text:
            self._close()

    def _close(self) -> None:
        self._pause.stop()
        self._desk.window.background.drop("complete")
        self.offers.hide()
