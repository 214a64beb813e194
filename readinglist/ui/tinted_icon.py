"""An icon drawn from a one-colour SVG in the colour of the moment, crisp at every scale of the screen."""

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QRect, QSize
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QImageReader, QPainter, QPixmap

from readinglist.paths import resource


class TintedIcon(QIconEngine):
    """Draws resources/icons/NAME.svg; `color` is asked each time, so that an icon follows the theme."""

    def __init__(self, name: str, color: Callable[[QIcon.Mode], QColor]) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        """Draw the icon as a square in the middle of `rect`."""
        side = min(rect.width(), rect.height())
        square = QRect(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, side, side)
        ratio = painter.device().devicePixelRatio()
        painter.drawImage(square, draw(self._name, self._color(mode).name(), round(side * ratio)))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon for a screen of the plain kind."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        """The icon for a place of `size` pixels on a screen where `scale` device pixels make one."""
        side = max(1, round(min(size.width(), size.height()) * scale))
        pixmap = QPixmap.fromImage(draw(self._name, self._color(mode).name(), side))
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def clone(self) -> QIconEngine:
        """Another engine for the same icon."""
        return TintedIcon(self._name, self._color)

    def key(self) -> str:
        """The name of this kind of engine."""
        return "readinglist-tinted"


@lru_cache(maxsize=1024)
def draw(name: str, color: str, side: int) -> QImage:
    """The icon as a square of `side` device pixels.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", color)
    data = QByteArray(text.encode())
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(side, side))
    return reader.read()
