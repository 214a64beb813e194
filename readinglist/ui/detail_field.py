"""One detail of a paper in the form: its name, what is typed, and below it in words why that cannot be."""

from math import ceil

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QTextEdit, QVBoxLayout, QWidget

from readinglist.papers.details import ENTRY_TYPES
from readinglist.ui import theme
from readinglist.ui.small_parts import ChoiceBox, Words
from readinglist.ui.wording import marked

_STAYS = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason}

_TYPE_WORDS = {
    "article": marked("DetailField", "in a journal or a magazine"),
    "inproceedings": marked("DetailField", "a paper at a conference"),
    "book": marked("DetailField", "a book with its publisher"),
    "incollection": marked("DetailField", "a part of a book with a title of its own"),
    "inbook": marked("DetailField", "a chapter or some pages of a book"),
    "proceedings": marked("DetailField", "all papers of a conference"),
    "phdthesis": marked("DetailField", "a doctoral thesis"),
    "mastersthesis": marked("DetailField", "a master's thesis"),
    "techreport": marked("DetailField", "a report of an institution"),
    "manual": marked("DetailField", "technical documentation"),
    "booklet": marked("DetailField", "printed, but without a publisher"),
    "unpublished": marked("DetailField", "not formally published"),
    "misc": marked("DetailField", "anything else, such as a preprint"),
}


def ends_form(event: QKeyEvent) -> bool:
    """Whether a key ends the editing: Ctrl+Enter or Esc."""
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() == Qt.Key.Key_Escape or (control and _is_enter(event))


def _is_enter(event: QKeyEvent) -> bool:
    return event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class LineInput(QLineEdit):
    """A detail on one line; Enter goes on to the next."""

    edited = Signal()
    left = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self.edited)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; Ctrl+Enter is for the form."""
        if not _is_enter(event):
            super().keyPressEvent(event)
        elif ends_form(event):
            event.ignore()
        else:
            self.focusNextChild()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the reader goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.left.emit()


class TextInput(QTextEdit):
    """A detail that takes several lines, and is as high as they need. With `one` it is one paragraph."""

    edited = Signal()
    left = Signal()

    def __init__(self, lines: int, *, one: bool = False) -> None:
        super().__init__()
        self._lines = lines
        self._one = one
        self.setObjectName("framed")
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self.edited)

    def text(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text():
            self.setPlainText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In one paragraph, Enter goes on to the next detail; Ctrl+Enter is for the form."""
        if ends_form(event):
            event.ignore()
        elif _is_enter(event) and self._one:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form scrolls, not its parts."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the lines need in this width."""
        super().resizeEvent(event)
        self._fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the reader goes elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.left.emit()

    def _fit(self) -> None:
        frame = self.height() - self.viewport().height()
        least = self.fontMetrics().lineSpacing() * self._lines
        self.setFixedHeight(max(ceil(self.document().size().height()), least) + frame)


class TypeInput(ChoiceBox):
    """The type of entry: BibTeX's word for it, and plain ones."""

    edited = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for name in ENTRY_TYPES:
            words = QCoreApplication.translate("DetailField", _TYPE_WORDS[name])
            self.addItem(f"{name} – {words}", name)
        self.currentIndexChanged.connect(self.edited)
        self.activated.connect(self.left)

    def text(self) -> str:
        """The chosen type."""
        return str(self.currentData())

    def show_text(self, text: str) -> None:
        """Show a type; one that is none of BibTeX's own comes to the others."""
        place = self.findData(text)
        if place < 0:
            place = self.count()
            self.addItem(text, text)
        self.setCurrentIndex(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form scrolls; no type changes by the way."""
        event.ignore()


Input = LineInput | TextInput | TypeInput


class DetailField(QWidget):
    """The name of a detail above its input, and words below it."""

    def __init__(self, name: str, entry: Input, hint: str = "") -> None:
        super().__init__()
        self.input = entry
        self._label = Words(name, "quiet", -1)
        self._label.setBuddy(entry)
        self._problem = Words("", "error", -1).wrapping()
        self._problem.hide()
        entry.setAccessibleName(name)
        entry.setAccessibleDescription(hint)
        self._hint = hint
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing(1))
        column.addWidget(self._label)
        column.addWidget(entry)
        if hint:
            column.addWidget(Words(hint, "faint", -1).wrapping())
        column.addWidget(self._problem)

    @property
    def problem(self) -> str:
        """Why what is typed cannot be; "" where it can."""
        return self._problem.text()

    def show_problem(self, words: str) -> None:
        """Say why what is typed cannot be, or nothing any more."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.input.setAccessibleDescription(words or self._hint)

    def set_changeable(self, *, on: bool) -> None:
        """Let it be typed in, or only be read."""
        if isinstance(self.input, TypeInput):
            self.input.setEnabled(on)
        else:
            self.input.setReadOnly(not on)

    @property
    def is_current(self) -> bool:
        """Whether typing goes here, or will once the window is active again."""
        return self.window().focusWidget() is self.input
