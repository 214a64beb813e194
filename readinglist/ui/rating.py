"""The rating of a paper: five small stars, of which a click or an arrow key fills as many as it is worth."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from readinglist.ui import theme
from readinglist.ui.segmented import Segment, SegmentedControl

BEST = 5


class Rating(SegmentedControl):
    """A rating from 1 to 5; a click on the last filled star takes it away."""

    can_clear = True

    def __init__(self, parent: QWidget | None = None) -> None:
        stars = range(1, BEST + 1)
        super().__init__([(number, str(number)) for number in stars], parent)
        self.setAccessibleName(self.tr("Rating"))
        for number in stars:
            words = self.tr("Rate {} of {}; once more takes the rating away").format(number, BEST)
            self.set_tool_tip(number, words)

    def make_segment(self, words: str, *, is_first: bool, is_last: bool) -> Segment:
        """One star."""
        return RatingStar(words, is_first=is_first, is_last=is_last, parent=self)


class RatingStar(Segment):
    """A star, filled where the rating reaches it."""

    def sizeHint(self) -> QSize:
        """Room to hit it."""
        return QSize(theme.spacing(4.5), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """The same: it cannot be made narrower."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the star."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else theme.DISABLED)
        colors, side = theme.current(), theme.spacing(3.5)
        rating = self.parent()
        value = rating.value() if isinstance(rating, Rating) else None
        filled = isinstance(value, int) and value >= int(self.text())
        icon = theme.icon("star", colors.quiet) if filled else theme.icon("star-outline", colors.star_off)
        place = QRect(0, 0, side, side)
        place.moveCenter(self.rect().center())
        icon.paint(painter, place)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(colors.accent if self.hasFocus() else colors.line, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 4, -2, -5), 4, 4)
