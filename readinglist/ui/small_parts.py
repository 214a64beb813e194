"""Small parts that pages and dialogs are made of: labels that follow the theme, key caps, links, choices."""

import re
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from readinglist.ui import theme

ColorName = Literal["text", "quiet", "faint", "accent", "error", "warning", "new", "line"]
SEMIBOLD = QFont.Weight.DemiBold
_LONG_WORD = re.compile(r"[^\s/-]{24}(?=[^\s/-]{2})")
_MOST_SHOWN = 10_000  # characters of a label
_BREAK = "\u200b"  # of no width: a line may end here


def color(name: ColorName) -> QColor:
    """The colour of this name in the theme in use."""
    found: QColor = getattr(theme.current(), name)
    return found


def breakable(text: str) -> str:
    """The text with places where a line may end within words that are longer than a narrow line.

    Of a text of megabytes, such as a damaged file can make of a title, only as much as one might read is shown.
    """
    text = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    return _LONG_WORD.sub(lambda found: found[0] + _BREAK, text)


class Words(QLabel):
    """Plain words in a colour and a size of the theme; what papers and file names hold is never taken for markup."""

    def __init__(
        self,
        text: str = "",
        tone: ColorName = "text",
        step: int = 0,
        weight: QFont.Weight = QFont.Weight.Normal,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone: ColorName = tone
        self._step = step
        self._weight = weight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.apply_theme()
        theme.notifier.changed.connect(self.apply_theme)

    def text(self) -> str:
        """The words, as they were given."""
        return super().text().replace(_BREAK, "")

    def apply_theme(self) -> None:
        """Take colour and font from the theme in use."""
        # Not by the palette: inside a button or a list the application's style sheet would go before it.
        self.setStyleSheet(f"color: {color(self._tone).name()}")
        self.setFont(theme.font(self._step, self._weight))

    def set_tone(self, tone: ColorName) -> None:
        """Show the words in another colour of the theme."""
        self._tone = tone
        self.apply_theme()

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(breakable(text) if self.wordWrap() else text)

    def set_step(self, step: int) -> None:
        """Show the words at another step of the type scale."""
        if step != self._step:
            self._step = step
            self.setFont(theme.font(step, self._weight))

    def wrapping(self) -> "Words":
        """The same label, with its words on as many lines as they need."""
        self.setWordWrap(True)
        self.setText(self.text())
        return self


class ElidedWords(Words):
    """Words on one line that give way where it is narrow: an ellipsis stands for what does not fit."""

    elide = Qt.TextElideMode.ElideRight
    least = 8
    """The width that it keeps, in spacings, where its words are that long."""

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may become."""
        return QSize(min(theme.spacing(self.least), self.sizeHint().width()), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """As wide as all the words."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2
        return QSize(width, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(color(self._tone))
        rect = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self.elide, rect.width())
        painter.drawText(rect, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


def key_caps(key: str) -> tuple[str, ...]:
    """The keys of a shortcut as they are printed on caps: "Ctrl+Shift+K" is ("Ctrl", "Shift", "K")."""
    text = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    plus = text.endswith("++") or text == "+"
    parts = [part for part in text.split("+") if part]
    return (*parts, "+") if plus else tuple(parts)


def key_caps_width(caps: tuple[str, ...]) -> float:
    """The width in pixels of key caps drawn by `draw_key_caps`."""
    gap = theme.spacing(1)
    return sum(_cap_width(cap) + gap for cap in caps) - gap if caps else 0.0


def draw_key_caps(painter: QPainter, rect: QRectF, caps: tuple[str, ...]) -> None:
    """Draw key caps from the left edge of `rect`, in the middle of its height."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font(-1))
    height = QFontMetricsF(theme.font(-1)).height() + 2
    left = rect.left()
    for cap in caps:
        box = QRectF(round(left) + 0.5, round(rect.center().y() - height / 2) + 0.5, _cap_width(cap) - 1, height - 1)
        painter.setPen(color("line"))
        painter.setBrush(theme.current().window)
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(color("faint"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap)
        left += _cap_width(cap) + theme.spacing(1)
    painter.restore()


def _cap_width(cap: str) -> float:
    metrics = QFontMetricsF(theme.font(-1))
    return max(metrics.height() + 2, metrics.horizontalAdvance(cap) + theme.spacing(2.5))


class KeyCaps(QWidget):
    """The keys of a shortcut, drawn as caps."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_key(key)
        theme.notifier.changed.connect(self.updateGeometry)

    def set_key(self, key: str) -> None:
        """Show another shortcut; "" shows none."""
        self._caps = key_caps(key)
        self.setVisible(bool(self._caps))
        self.setAccessibleName(" ".join(self._caps))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All caps on one line."""
        return QSize(round(key_caps_width(self._caps)) + 1, round(QFontMetricsF(theme.font(-1)).height()) + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the caps."""
        draw_key_caps(QPainter(self), QRectF(self.rect()), self._caps)


class LinkButton(QPushButton):
    """A button that looks like a link in running text."""

    def __init__(self, text: str = "", tone: ColorName = "accent", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._tone: ColorName = tone
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.apply_theme()
        theme.notifier.changed.connect(self.apply_theme)

    def apply_theme(self) -> None:
        """Take the link's colour from the theme in use."""
        accent = color("accent").name()
        self.setStyleSheet(
            f"QPushButton {{ color: {color(self._tone).name()}; background: transparent;"
            " border: 1px solid transparent; border-radius: 3px; padding: 1px 3px; }"
            " QPushButton:hover { text-decoration: underline; }"
            f" QPushButton:focus {{ border-color: {accent}; }}"
            f" QPushButton:disabled {{ color: {color('faint').name()}; }}"
        )


def icon_button(icon: str, words: str) -> QPushButton:
    """A button with an icon as large as its words."""
    button = QPushButton(theme.icon(icon), words)
    button.setIconSize(theme.icon_size())
    return button


class ChoiceBox(QComboBox):
    """A choice among a few; the arrow is the theme's own."""

    def sizeHint(self) -> QSize:
        """Room for the words and for the arrow."""
        hint = super().sizeHint()
        hint.setWidth(hint.width() + theme.icon_size().width() // 2)
        return hint

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow on top, which a style sheet cannot tint."""
        super().paintEvent(event)
        side = theme.icon_size().width() * 3 // 4
        left = self.width() - side - theme.spacing(2)
        theme.icon("chevron-down").paint(QPainter(self), QRect(left, (self.height() - side) // 2, side, side))


def dialog_page(dialog: QWidget, *, edge: float, between: float) -> QVBoxLayout:
    """The layout of a dialog or of what fills one: air at its edges and between its parts, by `theme.spacing`."""
    page = QVBoxLayout(dialog)
    air = theme.spacing(edge)
    page.setContentsMargins(air, air, air, theme.spacing(4))
    page.setSpacing(theme.spacing(between))
    return page


def scroll_quietly(area: QScrollArea) -> None:
    """Let a page scroll up and down as if it stood in the window itself: without a frame or a focus of its own."""
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
