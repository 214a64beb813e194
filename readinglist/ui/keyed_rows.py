"""A list whose rows are words at the left and keys at the right: the command palette, and the list of all keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD, draw_key_caps, key_caps, key_caps_width

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """Words, a fainter remark such as the menu they stand in, keys such as "Ctrl+K", an icon; or a heading."""

    words: str
    hint: str = ""
    keys: tuple[str, ...] = ()
    icon: str = ""
    heading: bool = False

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(filter(None, (self.words, self.hint, *(" ".join(key_caps(key)) for key in self.keys))))


class KeyedRows(QAbstractListModel):
    """The rows of such a list. Headings cannot be chosen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[KeyedRow] = ()

    def show_rows(self, rows: Sequence[KeyedRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are only to be read."""
        if not index.isValid() or self._rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A row's words, what a screen reader says of it, and the row itself."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row if role == ROW_ROLE else None


class KeyedRowPainter(QStyledItemDelegate):
    """Draws such rows; with `icons` a column is kept for them."""

    def __init__(self, parent: QWidget, *, icons: bool) -> None:
        super().__init__(parent)
        self._icons = icons

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are equally high, so that a long list is laid out at once."""
        return QSize(theme.spacing(40), theme.spacing(7.5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a row."""
        row: KeyedRow = index.data(ROW_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = option.rect.adjusted(theme.spacing(3), 0, -theme.spacing(3), 0)
        if row.heading:
            painter.setFont(theme.font(-1, SEMIBOLD))
            painter.setPen(theme.current().faint)
            inner.setBottom(inner.bottom() - theme.spacing(1))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft), row.words)
        else:
            self._draw_ground(painter, option)
            inner.setRight(inner.right() - self._draw_keys(painter, inner, row.keys))
            self._draw_words(painter, inner, row)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colors = theme.current()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.selected if chosen else colors.hover)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(4, 1, -4, -1), 5, 5)

    def _draw_keys(self, painter: QPainter, inner: QRect, keys: tuple[str, ...]) -> int:
        """Draw the keys from the right edge, with "or" between them; give the width they took."""
        metrics = QFontMetrics(theme.font(-1))
        between = self.tr("or")
        right = float(inner.right())
        for place, key in enumerate(reversed(keys)):
            if place:
                width = metrics.horizontalAdvance(between) + theme.spacing(4)
                right -= width
                painter.setFont(theme.font(-1))
                painter.setPen(theme.current().faint)
                cell = QRectF(right, inner.top(), width, inner.height())
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, between)
            caps = key_caps(key)
            right -= key_caps_width(caps)
            draw_key_caps(painter, QRectF(right, inner.top(), inner.right() - right, inner.height()), caps)
        return round(inner.right() - right) + (theme.spacing(3) if keys else 0)

    def _draw_words(self, painter: QPainter, inner: QRect, row: KeyedRow) -> None:
        colors = theme.current()
        if self._icons:
            side = round(theme.icon_size().width() * 0.9)
            if row.icon:
                theme.icon(row.icon).paint(painter, QRect(inner.left(), inner.center().y() - side // 2, side, side))
            inner.setLeft(inner.left() + side + theme.spacing(2.5))
        small = QFontMetrics(theme.font(-1))
        hint = small.elidedText(row.hint, Qt.TextElideMode.ElideRight, inner.width() // 2)
        painter.setFont(theme.font(-1))
        painter.setPen(colors.faint)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), hint)
        if hint:
            inner.setRight(inner.right() - small.horizontalAdvance(hint) - theme.spacing(3))
        painter.setFont(theme.font())
        painter.setPen(colors.text)
        shown = painter.fontMetrics().elidedText(row.words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)


def keyed_list(parent: QWidget, rows: KeyedRows, *, icons: bool = False) -> QListView:
    """A list that shows such rows."""
    view = QListView(parent)
    view.setModel(rows)
    view.setItemDelegate(KeyedRowPainter(view, icons=icons))
    view.setUniformItemSizes(True)
    view.setFrameShape(QListView.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
    theme.notifier.changed.connect(view.doItemsLayout)
    return view
