"""A few lines of text, laid out once and painted often: wrapped, cut short with an ellipsis, hits marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from readinglist.ui import theme

Span = tuple[int, int]
_LEAST_FITTING = 200  # characters


@dataclass(frozen=True, slots=True)
class TextStyle:
    """A font and how far apart its lines are. The distance is fixed, so that a taller script overflows nothing."""

    font: QFont
    metrics: QFontMetricsF
    pitch: float

    @classmethod
    def of(cls, font: QFont, leading: float) -> "TextStyle":
        """The style whose lines are `leading` times the font's height apart."""
        metrics = QFontMetricsF(font)
        return cls(font, metrics, round(metrics.height() * leading))


class MarkedText:
    """At most `most` lines of `text`, `width` pixels wide; `spans` are the starts and ends of the hits in it."""

    def __init__(self, text: str, spans: Sequence[Span], style: TextStyle, width: float, most: int) -> None:
        self._made_of = (text, tuple(spans), style, width, most)
        fitting = most * max(round(width), _LEAST_FITTING)  # no letter is narrower than a pixel
        cut = len(text) > fitting
        if cut:  # a text of megabytes would be shaped as a whole
            text, spans = text[:fitting], [span for span in spans if span[1] <= fitting]
        self._style = style
        self._option = QTextOption()
        self._option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._option.setTextDirection(direction_of(text))
        if self._option.textDirection() is Qt.LayoutDirection.RightToLeft:
            self._option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
        self._spans = qt_spans(text, joined(text, spans))
        self._layout, lines, end = self._lay_out(text, width, most)
        self.elided = cut or end < qt_length(text)
        if end < qt_length(text):
            start = _python_position(text, lines[-1].textStart())
            text = text[:start] + style.metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, width)
            self._spans = [(start, min(end, qt_length(text))) for start, end in self._spans if start < qt_length(text)]
            self._layout, lines, _ = self._lay_out(text, width, most)
        self.lines = len(lines)
        self.height = self.lines * style.pitch
        self._marks = [box for line in lines for box in self._boxes(line)] if self._spans else []

    def is_of(self, text: str, spans: Sequence[Span], style: TextStyle, width: float, most: int) -> bool:
        """Whether this is what these would make."""
        return self._made_of == (text, tuple(spans), style, width, most)

    def paint(self, painter: QPainter, at: QPointF, color: QColor) -> None:
        """Paint in this colour, the hits on rounded boxes in the theme's colour for marks."""
        if self._marks:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().mark)
            for box in self._marks:
                painter.drawRoundedRect(box.translated(at), 2, 2)
        painter.setPen(color)
        self._layout.draw(painter, at)

    def _lay_out(self, text: str, width: float, most: int) -> tuple[QTextLayout, list[QTextLine], int]:
        style = self._style
        layout = QTextLayout(text, style.font)
        layout.setTextOption(self._option)
        layout.setCacheEnabled(True)
        # Set here and not when drawing: a layout drawn with formats of its own takes four times as long.
        layout.setFormats([_in_color(start, end, theme.current().mark_text) for start, end in self._spans])
        lines: list[QTextLine] = []
        end = 0
        baseline = (style.pitch - style.metrics.height()) / 2 + style.metrics.ascent()
        layout.beginLayout()
        while len(lines) < most:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            line.setPosition(QPointF(0, len(lines) * style.pitch + baseline - line.ascent()))
            end = line.textStart() + line.textLength()
            lines.append(line)
        layout.endLayout()
        return layout, lines, end

    def _boxes(self, line: QTextLine) -> list[QRectF]:
        first, last = line.textStart(), line.textStart() + line.textLength()
        boxes = []
        written = line.naturalTextRect()  # without the blank at which the line was broken
        for start, end in self._spans:
            if start < last and end > first:
                left, right = sorted((_x(line, max(start, first)), _x(line, min(end, last))))
                left, right = max(left, written.left()), min(right, written.right())
                middle = line.y() + line.ascent() - self._style.metrics.ascent() + self._style.metrics.height() / 2
                height = min(self._style.metrics.height() + 1, self._style.pitch - 1)
                boxes.append(QRectF(left - 1, middle - height / 2, right - left + 2, height))
        return boxes


def direction_of(text: str) -> Qt.LayoutDirection:
    """The direction of the text's first letter that has one."""
    if not text.isascii():
        for letter in text:
            kind = bidirectional(letter)
            if kind in {"R", "AL"}:
                return Qt.LayoutDirection.RightToLeft
            if kind == "L":
                break
    return Qt.LayoutDirection.LeftToRight


def joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans, those with only blanks between them made one."""
    whole: list[Span] = []
    for start, end in spans:
        if whole and not text[whole[-1][1] : start].strip():
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


def qt_length(text: str) -> int:
    """How long Qt takes the text to be: in units of UTF-16, where 𝒪 is two."""
    return len(text) + sum(letter > "\uffff" for letter in text) if _is_wide(text) else len(text)


def qt_spans(text: str, spans: Sequence[Span]) -> Sequence[Span]:
    """Spans of the text as Qt counts."""
    if not spans or not _is_wide(text):
        return spans
    return [(qt_length(text[:start]), qt_length(text[:end])) for start, end in spans]


def _python_position(text: str, units: int) -> int:
    if not _is_wide(text):
        return units
    return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


def _is_wide(text: str) -> bool:
    return not text.isascii() and max(text) > "\uffff"


def _x(line: QTextLine, position: int) -> float:
    x, _ = cast("tuple[float, int]", line.cursorToX(position))
    return x


def _in_color(start: int, end: int, color: QColor) -> QTextLayout.FormatRange:
    part = QTextLayout.FormatRange()
    part.start = start
    part.length = end - start
    look = QTextCharFormat()
    look.setForeground(color)
    part.format = look
    return part
