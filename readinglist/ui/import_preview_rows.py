"""How a record of an import is drawn before it is made: what it is, its title, more about it, what becomes of it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readinglist.library.answers import Choice
from readinglist.library.ledger import Notice
from readinglist.ui import theme
from readinglist.ui.import_preview_model import Index, PreviewModel, Row, kind_of
from readinglist.ui.import_preview_words import (
    KIND_COLORS,
    KINDS,
    choice_words,
    detail_words,
    kind_words,
    title_words,
)
from readinglist.ui.small_parts import SEMIBOLD, color

_State = QStyle.StateFlag
_ONE_LINE = Qt.TextFlag.TextSingleLine.value
_NARROW = 90  # in spacings: below this, what a record is stands before its details


class PreviewDelegate(QStyledItemDelegate):
    """Draws a row on two lines, all equally high."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines and the room around them."""
        return QSize(option.rect.width(), self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        model = index.model()
        row = model.row(index) if isinstance(model, PreviewModel) else None
        if not isinstance(model, PreviewModel) or row is None:
            return
        painter.save()
        _paint_ground(painter, option)
        inner = option.rect.adjusted(theme.spacing(3), theme.spacing(2), -theme.spacing(3), -theme.spacing(2))
        wide = option.rect.width() >= theme.spacing(_NARROW)
        if wide:
            self._paint_kind(painter, inner, row)
            inner.setLeft(inner.left() + self._kind_width)
        choice = model.choice(row)
        first = QRect(inner)
        if not isinstance(row, Notice) and choice is not None:
            first.setRight(first.right() - self._paint_choice(painter, inner, choice_words(row, choice), model, row))
        left_out = choice is Choice.LEAVE_OUT
        self._paint_line(painter, first, title_words(row), theme.current().faint if left_out else theme.current().text)
        self._paint_below(painter, inner, row, detail_words(row, model.file_of(row)), with_kind=not wide)
        painter.restore()

    def _measure(self) -> None:
        self._title, self._small = theme.font(0, SEMIBOLD), theme.font(-1)
        self._titles, self._smalls = QFontMetrics(self._title), QFontMetrics(self._small)
        self.height = self._titles.height() + self._smalls.height() + theme.spacing(4.5)
        widest = max(self._smalls.horizontalAdvance(kind_words(kind)) for kind in KINDS)
        self._kind_width = widest + theme.spacing(4)

    def _paint_kind(self, painter: QPainter, inner: QRect, row: Row) -> None:
        painter.setFont(self._small)
        painter.setPen(color(KIND_COLORS[kind_of(row)]))
        place = QRect(inner.left(), inner.top(), self._kind_width, self._titles.height())
        painter.drawText(place, _ONE_LINE | Qt.AlignmentFlag.AlignVCenter.value, kind_words(kind_of(row)))

    def _paint_choice(self, painter: QPainter, inner: QRect, words: str, model: PreviewModel, row: Row) -> int:
        painter.setFont(self._small)
        painter.setPen(theme.current().accent if model.is_chosen(row) else theme.current().quiet)
        place = QRect(inner.left(), inner.top(), inner.width(), self._titles.height())
        painter.drawText(place, _ONE_LINE | (Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight).value, words)
        return self._smalls.horizontalAdvance(words) + theme.spacing(3)

    def _paint_line(self, painter: QPainter, place: QRect, words: str, ink: QColor) -> None:
        painter.setFont(self._title)
        painter.setPen(ink)
        shown = self._titles.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _ONE_LINE | Qt.AlignmentFlag.AlignTop.value, shown)

    def _paint_below(self, painter: QPainter, inner: QRect, row: Row, words: str, *, with_kind: bool) -> None:
        painter.setFont(self._small)
        place = QRect(inner)
        if with_kind:
            kind = kind_words(kind_of(row))
            painter.setPen(color(KIND_COLORS[kind_of(row)]))
            painter.drawText(place, _ONE_LINE | Qt.AlignmentFlag.AlignBottom.value, kind)
            place.setLeft(place.left() + self._smalls.horizontalAdvance(kind + "  "))
        painter.setPen(theme.current().quiet)
        shown = self._smalls.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _ONE_LINE | Qt.AlignmentFlag.AlignBottom.value, shown)


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    colors, rect = theme.current(), option.rect
    if option.state & _State.State_Selected:
        painter.fillRect(rect, colors.selected)
    elif option.state & _State.State_MouseOver:
        painter.fillRect(rect, colors.hover)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.line)
    if option.state & _State.State_HasFocus:
        painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height() - 1), colors.accent)
