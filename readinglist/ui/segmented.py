"""A segmented control: a few choices side by side, one of them taken, as one piece."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from readinglist.ui import theme

_RADIUS = 6.0


class SegmentedControl(QWidget):
    """Radio buttons drawn as one bar. Arrow keys go from one to the next, as in every group of radio buttons."""

    chosen = Signal(object)  # the value that the reader took; None where a second click took the choice back

    can_clear = False
    """Whether a click on the choice that is taken takes it back."""

    def __init__(self, choices: Sequence[tuple[Hashable, str]], parent: QWidget | None = None) -> None:
        """Make a control of `choices`: pairs of a value and its words."""
        super().__init__(parent)
        self._value: Hashable | None = None
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._segments: dict[Hashable, Segment] = {}
        for number, (value, words) in enumerate(choices):
            segment = self.make_segment(words, is_first=number == 0, is_last=number == len(choices) - 1)
            segment.clicked.connect(lambda _checked, value=value: self._clicked(value))
            self._group.addButton(segment)
            self._segments[value] = segment
            layout.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def make_segment(self, words: str, *, is_first: bool, is_last: bool) -> "Segment":
        """The button for one choice."""
        return Segment(words, is_first=is_first, is_last=is_last, parent=self)

    def value(self) -> Hashable | None:
        """The value that is shown as taken; None for none or several."""
        return self._value

    def set_value(self, value: Hashable | None) -> None:
        """Show this value as taken, None for none of them; emits nothing."""
        self._value = value
        # An exclusive group never lets go of its last choice.
        self._group.setExclusive(False)
        for known, segment in self._segments.items():
            segment.setChecked(known == value)
        self._group.setExclusive(True)
        self.update()

    def set_tool_tip(self, value: Hashable, words: str) -> None:
        """Say more about a choice."""
        self._segments[value].setToolTip(words)

    def _clicked(self, value: Hashable) -> None:
        if value != self._value:
            self.set_value(value)
            self.chosen.emit(value)
        elif self.can_clear:
            self.set_value(None)
            self.chosen.emit(None)


class Segment(QRadioButton):
    """One choice of a segmented control."""

    def __init__(self, words: str, *, is_first: bool, is_last: bool, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._is_first, self._is_last = is_first, is_last
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for the words in either weight, so that nothing moves when the choice changes."""
        return self._size(theme.spacing(2))

    def minimumSizeHint(self) -> QSize:
        """The words with hardly any room beside them."""
        return self._size(theme.spacing(0.75))

    def hitButton(self, position: QPoint) -> bool:
        """All of it can be clicked, not only a round knob."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segment: filled where it is taken, with a ring where it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else theme.DISABLED)
        colors, taken = theme.current(), self.isChecked()
        painter.setPen(QPen(colors.edge, 1))
        painter.setBrush(colors.accent if taken else colors.hover if self.underMouse() else colors.window)
        self._draw_ground(painter)
        if self.hasFocus():
            painter.setPen(QPen(colors.on_accent if taken else colors.accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 3, 3)
        painter.setFont(theme.font())
        painter.setPen(colors.on_accent if taken else colors.text)
        words = QFontMetricsF(theme.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 2)
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, words)

    def _size(self, padding: int) -> QSize:
        metrics = QFontMetricsF(theme.font())
        width = round(metrics.horizontalAdvance(self.text())) + 2 * padding
        return QSize(width, round(metrics.height()) + theme.spacing(3.25))

    def _draw_ground(self, painter: QPainter) -> None:
        """A box that goes on beyond the edges shared with a neighbour, so that only outer corners are round."""
        first, last = self._is_first, self._is_last
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            first, last = last, first
        rect = QRectF(self.rect()).adjusted(0.5 if first else -_RADIUS, 0.5, -0.5 if last else _RADIUS, -0.5)
        painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
        if not first:
            painter.drawLine(QPointF(0.5, 1), QPointF(0.5, self.height() - 1))
