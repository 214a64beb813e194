"""What the pages of the settings are made of: a page with its title, and rows of words, a control and a remark."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD, ChoiceBox, Words, scroll_quietly
from readinglist.ui.wording import without_mnemonic

Offered = Sequence[tuple[Hashable, str]]
"""The values of a choice, and what each is called."""
_WORDS = 42  # the width of the words of a row, in units of theme.spacing


class Page(QScrollArea):
    """A page of the settings: its title, and rows below each other. What does not fit is scrolled to."""

    def __init__(self, title: str, lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scroll_quietly(self)
        self.inner = QWidget()
        self.inner.setAccessibleName(title)
        self._column = QVBoxLayout(self.inner)
        edge = theme.spacing(6)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(theme.spacing(2))
        self.setWidget(self.inner)
        self.add(Words(title, step=4, weight=SEMIBOLD))
        if lead:
            self.add(Words(lead, tone="quiet").wrapping())
        self._column.addSpacing(theme.spacing(3))
        self._begun = False

    def add(self, part: QWidget) -> None:
        """Put something across the whole page."""
        self._column.addWidget(part)
        self._begun = True

    def fill(self, part: QWidget | None = None) -> None:
        """Let something, or nothing, take the height that is left."""
        if part is None:
            self._column.addStretch(1)
        else:
            self._column.addWidget(part, 1)

    def add_heading(self, words: str) -> None:
        """Begin a part of the page."""
        if self._begun:
            self._column.addSpacing(theme.spacing(4))
        self.add(Words(words, step=2, weight=SEMIBOLD))

    def add_row(self, words: str, control: QWidget, remark: str = "") -> None:
        """Put a control beside its words, "" where it has its own, and a remark below it."""
        label = Words(words, tone="quiet").wrapping()
        label.setBuddy(control)
        label.setFixedWidth(theme.spacing(_WORDS))
        self._across(label, control)
        if remark:
            said = Words(remark, tone="faint", step=-1).wrapping()
            said.setContentsMargins(theme.spacing(_WORDS + 3), 0, 0, theme.spacing(2))
            self.add(said)
            control.setAccessibleDescription(remark)

    def add_line(self, *parts: QWidget) -> None:
        """Put buttons and the like beside each other."""
        self._across(*parts)

    def _across(self, *parts: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.spacing(3))
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        self._column.addLayout(row)


class Choice(ChoiceBox):
    """A choice among a few values. The wheel scrolls the page, and never chooses."""

    chosen = Signal(object)
    """The value that the reader chose."""

    def __init__(self, words: str, offered: Offered = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[Hashable] = []
        self.setAccessibleName(words)
        self.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(offered)
        self.activated.connect(lambda place: self.chosen.emit(self._values[place]))

    @property
    def value(self) -> Hashable:
        """The value that is shown."""
        return self._values[self.currentIndex()]

    def offer(self, offered: Offered) -> None:
        """Offer these values."""
        self.clear()
        self._values = [value for value, _words in offered]
        self.addItems([words for _value, words in offered])

    def show_value(self, value: Hashable, otherwise: Hashable = None) -> None:
        """Show a value as the chosen one; one that is not offered is shown as another one, else as the first."""
        shown = value if value in self._values else otherwise
        if self._values:
            self.setCurrentIndex(self._values.index(shown) if shown in self._values else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not for this, but for the page."""
        event.ignore()


class Forget(QPushButton):
    """A button that lets something be forgotten, as long as there is something."""

    chosen = Signal(object)
    """What is to be known instead."""

    def __init__(self, words: str, button: str, nothing: object, parent: QWidget | None = None) -> None:
        super().__init__(button, parent)
        self.setAutoDefault(False)
        self.setAccessibleName(f"{words}: {without_mnemonic(button)}")
        self.clicked.connect(lambda: self.chosen.emit(nothing))


class Switch(QCheckBox):
    """Something that is on or off."""

    chosen = Signal(object)
    """Whether the reader switched it on."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.clicked.connect(self._tell)

    def _tell(self, on: bool) -> None:
        self.chosen.emit(on)
