"""The box one searches in: field words in the accent colour, count and time at its end, a button that clears it."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QTextCharFormat,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QWidget

from readinglist.papers.query_tokens import TEST_FIELDS, TEXT_FIELDS
from readinglist.ui import theme
from readinglist.ui.small_parts import Words

# A quoted text, or a field word such as status: with its colon.
_FIELDS = "|".join(sorted({*TEXT_FIELDS, *TEST_FIELDS}, key=len, reverse=True))
_FIELD_WORD = re.compile(rf'"[^"]*"?|(?<![^\s(-])(?P<field>(?:{_FIELDS}):)', re.IGNORECASE)


class QueryEdit(QLineEdit):
    """A line of text in the search language."""

    focus_changed = Signal()
    down = Signal()
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composing = False
        self.setFrame(False)
        self.setStyleSheet("QLineEdit { border: none; background: transparent; padding: 0; }")
        self.textChanged.connect(self.color_fields)

    def color_fields(self) -> None:
        """Show the field words in the accent colour.

        A QLineEdit has no formats of its own; it takes them from the input method, as for text being composed.
        """
        if self._composing:
            return
        look = QTextCharFormat()
        look.setForeground(theme.current().accent)
        look.setFontWeight(QFont.Weight.DemiBold)
        kind = QInputMethodEvent.AttributeType.TextFormat
        attributes = [
            QInputMethodEvent.Attribute(kind, start - self.cursorPosition(), end - start, look)
            for start, end in field_words(self.text())
        ]
        super().inputMethodEvent(QInputMethodEvent("", attributes))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Leave the formats to the input method while it composes."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        self.color_fields()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame around the line shows the focus."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame around the line shows the focus."""
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go to the list, Esc clears or leaves."""
        signals = {
            Qt.Key.Key_Down: self.down,
            Qt.Key.Key_Return: self.down,
            Qt.Key.Key_Enter: self.down,
            Qt.Key.Key_Escape: self.escaped,
        }
        signal = signals.get(Qt.Key(event.key()))
        if signal is not None:
            signal.emit()
        else:
            super().keyPressEvent(event)


class SearchBox(QFrame):
    """The box with all that stands in it."""

    typed = Signal(str)
    """The text, after each key and each other change by the reader."""
    left = Signal()
    """The reader is done typing: on to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QueryEdit()
        self.edit.setPlaceholderText(self.tr('Search: words, "phrases", -not, title: tag: is:'))
        self.edit.setAccessibleName(self.tr("Search"))
        self.setFocusProxy(self.edit)
        self._picture = QLabel()
        self._count = Words(tone="faint")
        self._clear = QToolButton()
        self._clear.setAccessibleName(self.tr("Clear the search"))
        self._clear.setToolTip(self.tr("Clear the search (Esc)"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.edit.textEdited.connect(self.typed)
        self.edit.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self.edit.focus_changed.connect(self.update)
        self.edit.down.connect(self.left)
        self.edit.escaped.connect(self._escape)
        self._lay_out()
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)

    def text(self) -> str:
        """What stands in the box."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put another query in, as when a filter was chosen; the reader's typing goes on behind it."""
        if text != self.edit.text():
            self.edit.setText(text)

    def clear(self) -> None:
        """Empty the box as the reader would."""
        self.edit.clear()
        self.edit.setFocus()
        self.typed.emit("")

    def show_count(self, words: str) -> None:
        """Show how many papers were found, and how fast."""
        self._count.setText(words)

    def sizeHint(self) -> QSize:
        """As high as a line with air around it."""
        return QSize(super().sizeHint().width(), theme.spacing(8))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, in the accent colour while one types."""
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.edit.hasFocus()
        painter.setPen(QPen(colors.accent if focused else colors.edge, 1.2))
        painter.setBrush(colors.window)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.6, 0.6, -0.6, -0.6), 7, 7)

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._picture)
        self._row.addWidget(self.edit, 1)
        self._row.addWidget(self._count)
        self._row.addWidget(self._clear)

    def _apply_theme(self) -> None:
        size = theme.icon_size()
        self._row.setContentsMargins(theme.spacing(2.75), 1, theme.spacing(1.5), 1)
        self._row.setSpacing(theme.spacing(2))
        self._picture.setPixmap(theme.icon("search").pixmap(size, self.devicePixelRatioF()))
        self._clear.setIcon(theme.icon("clear"))
        self._clear.setIconSize(size * 0.85)
        palette = self.edit.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.current().faint)
        self.edit.setPalette(palette)
        self.edit.setFont(theme.font())
        self.setFixedHeight(theme.spacing(8))
        self.edit.color_fields()

    def _escape(self) -> None:
        if self.edit.text():
            self.clear()
        else:
            self.left.emit()


def field_words(text: str) -> Iterator[tuple[int, int]]:
    """Where the field words of a query start and end, such as status: in "status:inbox"."""
    for found in _FIELD_WORD.finditer(text):
        if found["field"]:
            yield found.span()
