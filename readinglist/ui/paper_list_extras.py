"""What the list draws beside its rows: the words of an empty list, and the small picture under a drag."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from readinglist.ui import theme


def paint_empty(widget: QWidget, headline: str, advice: str) -> None:
    """A headline and a line of advice in the upper third of an otherwise empty widget."""
    painter = QPainter(widget)
    colors, margin = theme.current(), theme.spacing(6)
    box = widget.rect().adjusted(margin, widget.height() // 4, -margin, 0)
    flags = Qt.AlignmentFlag.AlignHCenter.value | Qt.TextFlag.TextWordWrap.value
    for words, font, color in (
        (headline, theme.font(2, QFont.Weight.DemiBold), colors.text),
        (advice, theme.font(), colors.quiet),
    ):
        painter.setFont(font)
        painter.setPen(color)
        used = painter.drawText(box, flags, words)
        box.setTop(used.bottom() + theme.spacing(2))
    painter.end()


def drag_picture(words: str, ratio: float) -> QPixmap:
    """A chip with these words, for a screen where `ratio` device pixels make one."""
    font = theme.font(0, QFont.Weight.DemiBold)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(words) + theme.spacing(6), metrics.height() + theme.spacing(3)
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(0, 0, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().accent)
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(theme.current().on_accent)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return picture
