"""A layout that sets widgets side by side and goes on in the next line where they do not fit."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget


class FlowLayout(QLayout):
    """Widgets in lines, `gap` pixels apart, each line as high as its highest widget."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Add a widget before the item at this place."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())

    def invalidate(self) -> None:
        """Forget the heights: something changed its size."""
        self._heights.clear()
        super().invalidate()

    def count(self) -> int:
        """The number of items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at this place; None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the item at this place out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It asks for no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at this width."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All in one line."""
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest item can be made narrow."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        """Set the widgets into this rectangle."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Fill line by line, each with the first items that still fit into it; give the height of all."""
        left, y = self._shown(), 0
        while left:
            line: list[tuple[QLayoutItem, QRect]] = []
            rest: list[QLayoutItem] = []
            x = 0
            for item in left:
                width = self._width(item, rect.width() - x, alone=not line)
                if width:
                    line.append(
                        (item, QRect(QPoint(rect.x() + x, rect.y() + y), QSize(width, item.sizeHint().height())))
                    )
                    x += width + self._gap
                else:
                    rest.append(item)
            height = max(place.height() for _, place in line)
            self._set(line, rect, height, move=move)
            left, y = rest, y + height + self._gap
        return max(0, y - self._gap)

    def _width(self, item: QLayoutItem, room: int, *, alone: bool) -> int:
        """The width that an item gets in a line with this room; 0 where it must go elsewhere."""
        wanted, least = item.sizeHint().width(), item.minimumSize().width()
        if wanted <= room:
            return wanted
        return max(least, room) if alone or least <= room else 0

    def _set(self, row: list[tuple[QLayoutItem, QRect]], rect: QRect, height: int, *, move: bool) -> None:
        parent = self.parentWidget()
        if not move or parent is None:
            return
        for item, place in row:
            place.translate(0, (height - place.height()) // 2)
            item.setGeometry(QStyle.visualRect(parent.layoutDirection(), rect, place))
