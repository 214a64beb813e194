"""Paints a row of the sidebar: a heading, or an entry with its icon or dot, its words and its count."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from readinglist.ui import theme, wording
from readinglist.ui.sidebar_model import ENTRY_ROLE, Entry, Kind

_BOLD = QFont.Weight.DemiBold


class SidebarDelegate(QStyledItemDelegate):
    """Draws headings and entries."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.toggled: set[str] = set()
        """The keys of the entries whose rows below are hidden."""
        self.renew()

    def renew(self) -> None:
        """Take sizes and fonts from the theme in use."""
        self._plain, self._bold = theme.font(), theme.font(0, _BOLD)
        self._small, self._heading = theme.font(-1), theme.font(-1, _BOLD)
        self._row = theme.spacing(6.75)
        self._step = theme.spacing(4)

    def is_closed(self, entry: Entry) -> bool:
        """Whether the rows below an entry are hidden: `toggled` are those that are not as they start."""
        return (entry.key in self.toggled) != entry.starts_closed

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A heading has air above it."""
        entry: Entry = index.data(ENTRY_ROLE)
        if entry.kind is Kind.SECTION:
            return QSize(0, theme.spacing(11 if index.row() == 0 else 9))
        return QSize(0, self._row)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw a row."""
        entry: Entry = index.data(ENTRY_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if entry.kind is Kind.SECTION:
            self._draw_heading(painter, rect, entry)
        else:
            self._draw_entry(painter, rect, entry, option.state, depth_of(index))
        painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """A line to write another name in."""
        editor = QLineEdit(parent)
        editor.setObjectName("in-place")
        editor.setFont(self._plain)
        editor.setAccessibleName(self.tr("New name of {name}").format(name=index.data()))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Where the words stand."""
        entry: Entry = index.data(ENTRY_ROLE)
        left = self._left(depth_of(index)) + (self._step if entry.below else 0)
        rect: QRect = option.rect
        begin = rect.left() + left + theme.icon_size().width()
        editor.setGeometry(QRect(begin, rect.top(), rect.right() - theme.spacing(2) - begin, rect.height()))

    def chevron_rect(self, rect: QRect, entry: Entry, depth: int) -> QRect:
        """Where a click opens and closes the rows below an entry."""
        if entry.kind is Kind.SECTION:
            return rect
        return QRect(rect.left(), rect.top(), self._left(depth) + self._step, rect.height())

    def _draw_heading(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        area = rect.adjusted(theme.spacing(4), 0, -theme.spacing(4), -theme.spacing(1.5))
        painter.setFont(self._heading)
        painter.setPen(theme.current().faint)
        painter.drawText(area, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, entry.words)
        if self.is_closed(entry):
            side = QFontMetrics(self._heading).height()
            where = QRect(area.right() - side, area.bottom() - side + 1, side, side)
            theme.icon("chevron-right", theme.current().faint).paint(painter, where)

    def _draw_entry(self, painter: QPainter, rect: QRect, entry: Entry, state: QStyle.StateFlag, depth: int) -> None:
        colors = theme.current()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        self._draw_ground(painter, rect, state, chosen=chosen)
        ink = colors.accent if chosen else colors.text
        left = self._draw_picture(
            painter, rect, entry, ink if chosen else colors.quiet, rect.left() + self._left(depth)
        )
        right = rect.right() - theme.spacing(4)
        painter.setFont(self._small if not chosen else theme.font(-1, _BOLD))
        painter.setPen(ink if chosen else colors.faint)
        is_told = entry.count is not None and (entry.count > 0 or entry.kind is not Kind.TRASH)
        count = wording.number(entry.count or 0) if is_told else ""
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), _RIGHT, count)
        right -= painter.fontMetrics().horizontalAdvance(count) + theme.spacing(2)
        font = self._bold if chosen else self._plain
        painter.setFont(font)
        painter.setPen(ink)
        words = QFontMetrics(font).elidedText(entry.words, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), _LEFT, words)

    def _draw_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, chosen: bool) -> None:
        colors = theme.current()
        pill = QRectF(rect).adjusted(theme.spacing(2), 0.5, -theme.spacing(2), -0.5)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent_soft)
            painter.drawRoundedRect(pill, 6, 6)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_between(colors.sidebar, colors.line))
            painter.drawRoundedRect(pill, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            painter.setPen(colors.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _draw_picture(self, painter: QPainter, rect: QRect, entry: Entry, ink: QColor, left: int) -> int:
        """Draw chevron, icon and dot; gives where the words begin."""
        side = theme.icon_size().width()
        top = rect.top() + (rect.height() - side) // 2
        if entry.below:
            name = "chevron-right" if self.is_closed(entry) else "chevron-down"
            small = round(side * 0.75)
            theme.icon(name, ink).paint(
                painter, QRect(left - 2, rect.top() + (rect.height() - small) // 2, small, small)
            )
            left += self._step
        if entry.icon:
            theme.icon(entry.icon, ink).paint(painter, QRect(left - 1, top, side, side))
            return left + side + theme.spacing(1.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(entry.color or theme.current().faint))
        radius = theme.spacing(1.15)
        painter.drawEllipse(QPointF(left + radius, rect.center().y() + 1), radius, radius)
        return left + 2 * radius + theme.spacing(2)

    def _left(self, depth: int) -> int:
        return theme.spacing(4) + depth * theme.spacing(7)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def depth_of(index: QModelIndex | QPersistentModelIndex) -> int:
    """How many entries stand above one, its section not counted."""
    depth, above = -1, index.parent()
    while above.isValid():
        depth, above = depth + 1, above.parent()
    return depth


def _between(one: QColor, other: QColor) -> QColor:
    return QColor(*((a + b) // 2 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)))  # type: ignore[index]
