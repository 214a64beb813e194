"""A row of an import's account: what stands in it, and how it is drawn."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QTreeWidgetItem

from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD
from readinglist.ui.wording import number

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
LINES = 6  # a longer message ends in an ellipsis; Copy gives all of it
NARROW = 110  # in spacings: below this the counts of a file go to a line of their own


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a row: its text, a fainter line below, a remark at its right end, a count in a bubble, an icon."""

    text: str
    faint: str = ""
    side: str = ""
    count: int = 0
    icon: str = ""
    strong: bool = False

    @property
    def spoken(self) -> str:
        """All of it on one line."""
        count = number(self.count) if self.count else ""
        return ", ".join(filter(None, (self.text, count, self.side, self.faint)))


def set_row(item: QTreeWidgetItem, row: Row) -> None:
    """Put a row into a tree."""
    item.setData(0, ROW_ROLE, row)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, row.spoken)


def row_of(index: Index) -> Row:
    """The row that stands at an index."""
    row: Row = index.data(ROW_ROLE)
    return row


class RowPainter(QStyledItemDelegate):
    """Draws rows; the words of a message are wrapped, those of a file shortened in the middle."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the wrapped words."""
        depth = 1
        parent = index.parent()
        while parent.isValid():
            depth += 1
            parent = parent.parent()
        width = self._view.viewport().width() - self._view.indentation() * depth
        return QSize(width, self._height(row_of(index), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row = row_of(index)
        painter.save()
        self._draw_ground(painter, option, row)
        inner = option.rect.adjusted(theme.spacing(1), _edge(row), -theme.spacing(2), -_edge(row))
        inner.setLeft(inner.left() + self._draw_icon(painter, inner, row))
        self._draw_words(painter, inner, row)
        painter.restore()

    def _height(self, row: Row, width: int) -> int:
        words = self._words_height(row, width - theme.spacing(3) - _icon_room(row))
        below = QFontMetrics(theme.font(-1)).height() if _faint(row, width) else 0
        return words + below + 2 * _edge(row)

    def _words_height(self, row: Row, width: int) -> int:
        if not row.text:
            return 0
        metrics = QFontMetrics(_font(row))
        if row.strong:
            return metrics.height()
        wrapped = metrics.boundingRect(QRect(0, 0, width, 10_000), int(Qt.TextFlag.TextWordWrap), row.text)
        return min(wrapped.height(), LINES * metrics.lineSpacing())

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        colors = theme.current()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, colors.selected)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colors.hover)
        if row.strong:
            painter.fillRect(QRect(0, option.rect.top(), option.rect.right() + 1, 1), colors.line)

    def _draw_icon(self, painter: QPainter, inner: QRect, row: Row) -> int:
        if row.icon:
            colors = theme.current()
            side = round(theme.icon_size().width() * 0.9)
            tinted = theme.icon(row.icon, colors.error if row.icon == "error" else colors.warning)
            tinted.paint(painter, QRect(inner.left(), inner.top() + 1, side, side))
        return _icon_room(row)

    def _draw_words(self, painter: QPainter, inner: QRect, row: Row) -> None:
        colors = theme.current()
        font = _font(row)
        metrics = QFontMetrics(font)
        height = self._words_height(row, inner.width())
        top = QRect(inner.left(), inner.top(), inner.width(), height)
        if row.side and not _is_narrow(inner.width()):
            top.setRight(top.right() - self._draw_side(painter, top, row))
        painter.setFont(font)
        painter.setPen(colors.text)
        if row.strong:
            shown = metrics.elidedText(row.text, Qt.TextElideMode.ElideMiddle, top.width())
            painter.drawText(top, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
        else:
            painter.setClipRect(top)
            painter.drawText(top, int(Qt.TextFlag.TextWordWrap), row.text)
            painter.setClipping(False)
        if row.count:
            self._draw_count(painter, top, metrics.horizontalAdvance(row.text), row.count)
        self._draw_faint(painter, inner, top.bottom() + 1, row)

    def _draw_side(self, painter: QPainter, top: QRect, row: Row) -> int:
        painter.setFont(theme.font(-1))
        painter.setPen(theme.current().quiet)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), row.side)
        return QFontMetrics(theme.font(-1)).horizontalAdvance(row.side) + theme.spacing(4)

    def _draw_faint(self, painter: QPainter, inner: QRect, top: int, row: Row) -> None:
        words = _faint(row, inner.width())
        if not words:
            return
        painter.setFont(theme.font(-1))
        painter.setPen(theme.current().faint)
        metrics = QFontMetrics(theme.font(-1))
        place = QRect(inner.left(), top, inner.width(), metrics.height())
        # The line number at the end of a long file name is what one looks for.
        mode = Qt.TextElideMode.ElideMiddle if row.icon else Qt.TextElideMode.ElideRight
        shown = metrics.elidedText(words, mode, place.width())
        painter.drawText(place, int(Qt.TextFlag.TextSingleLine), shown)

    def _draw_count(self, painter: QPainter, top: QRect, left: int, count: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.font(-1)
        metrics = QFontMetrics(font)
        words = number(count)
        width = metrics.horizontalAdvance(words) + theme.spacing(4)
        bubble = QRectF(top.left() + left + theme.spacing(2), top.center().y() - metrics.height() / 2, width, 0)
        bubble.setHeight(metrics.height() + 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().tag)
        painter.drawRoundedRect(bubble, bubble.height() / 2, bubble.height() / 2)
        painter.setPen(theme.current().tag_text)
        painter.setFont(font)
        painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, words)


def _font(row: Row) -> QFont:
    return theme.font(0, SEMIBOLD) if row.strong else theme.font()


def _edge(row: Row) -> int:
    return theme.spacing(2 if row.strong else 1.25)


def _icon_room(row: Row) -> int:
    return theme.spacing(6) if row.icon else 0


def _is_narrow(width: int) -> bool:
    return width < theme.spacing(NARROW)


def _faint(row: Row, width: int) -> str:
    """The fainter line; where it is narrow, what else stands at the right end comes first in it."""
    return " · ".join(filter(None, (row.side if _is_narrow(width) else "", row.faint)))
