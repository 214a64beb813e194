"""Paints a row of the tag editor: a box that is checked, half checked or empty, and the tag's name."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from readinglist.ui import theme

_CHOSEN = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver


class TagRowDelegate(QStyledItemDelegate):
    """Draws the box itself: the style's own is hard to see on a dark ground."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(0, theme.spacing(6.5))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row; one without a box offers to add a tag."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors, rect = theme.current(), option.rect
        if option.state & _CHOSEN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.selected if option.state & QStyle.StateFlag.State_Selected else colors.hover)
            painter.drawRoundedRect(rect, 5, 5)
        side, gap = theme.spacing(3.5), theme.spacing(2)
        box = QRect(rect.left() + gap, rect.top() + (rect.height() - side) // 2, side, side)
        words = rect.adjusted(2 * gap + side, 0, -gap, 0)
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        visual = QStyle.visualRect(option.direction, rect, box)
        if state is None:
            theme.icon("add", colors.accent).paint(painter, visual)
        else:
            _draw_box(painter, QRectF(visual), Qt.CheckState(state))
        painter.setFont(theme.font())
        painter.setPen(colors.selected_text if option.state & QStyle.StateFlag.State_Selected else colors.text)
        name = str(index.data(Qt.ItemDataRole.DisplayRole))
        text = QFontMetrics(theme.font()).elidedText(name, Qt.TextElideMode.ElideMiddle, words.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(QStyle.visualRect(option.direction, rect, words), flags, text)
        painter.restore()


def _draw_box(painter: QPainter, box: QRectF, state: Qt.CheckState) -> None:
    colors = theme.current()
    filled = state is not Qt.CheckState.Unchecked
    painter.setPen(QPen(colors.accent if filled else colors.faint, 1))
    painter.setBrush(colors.accent if filled else colors.window)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setPen(QPen(colors.on_accent, 1.6))
    side = box.width()
    if state is Qt.CheckState.PartiallyChecked:
        middle = box.center().y()
        painter.drawLine(QPointF(box.left() + side * 0.25, middle), QPointF(box.right() - side * 0.25, middle))
    elif filled:
        tick = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
        painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x * side, y * side) for x, y in tick]))
