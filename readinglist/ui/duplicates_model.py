"""The list of duplicates, sure ones first: what stands in it, and how a row is drawn."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from readinglist.library.duplicates import Duplicates
from readinglist.papers.duplicates import Match
from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.duplicates_words import sureness_words
from readinglist.ui.readable_text import readable

Index = QModelIndex | QPersistentModelIndex
GROUP_ROLE = Qt.ItemDataRole.UserRole
_KEPT_TITLES = 5000


def order(group: Duplicates) -> tuple[bool, tuple[int, ...]]:
    """Sure ones first, then by the oldest paper."""
    return group.match is not Match.SAME, group.ids


class DuplicatesModel(QAbstractListModel):
    """Groups of papers that are one, surely or perhaps. Titles are read when they are shown."""

    def __init__(self, read: Callable[[Sequence[int]], list[Paper]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read = read
        self._groups: list[Duplicates] = []
        self._titles: dict[int, str] = {}

    @property
    def groups(self) -> Sequence[Duplicates]:
        """What is shown, in its order."""
        return self._groups

    def set_groups(self, groups: Sequence[Duplicates]) -> None:
        """Show these groups."""
        wanted = sorted(groups, key=order)
        if wanted == self._groups:
            return
        self.beginResetModel()
        self._groups = wanted
        self._titles.clear()
        self.endResetModel()

    def add(self, groups: Sequence[Duplicates]) -> None:
        """Show further groups, each at its place."""
        for group in groups:
            row = bisect_left(self._groups, order(group), key=order)
            self.beginInsertRows(QModelIndex(), row, row)
            self._groups.insert(row, group)
            self.endInsertRows()

    def remove(self, row: int) -> None:
        """Show a group no more."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._groups[row]
        self.endRemoveRows()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many groups there are."""
        return 0 if parent is not None and parent.isValid() else len(self._groups)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title of the oldest paper, the group itself, or both in words for a screen reader."""
        group = self._groups[index.row()]
        if role == GROUP_ROLE:
            return group
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._title(group.ids[0])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._title(group.ids[0])}, {sureness_words(group)}"
        return None

    def _title(self, paper_id: int) -> str:
        if paper_id not in self._titles:
            if len(self._titles) > _KEPT_TITLES:
                self._titles.clear()
            papers = self._read([paper_id])
            self._titles[paper_id] = readable(papers[0].title) if papers else ""
        return self._titles[paper_id]


class DuplicatesDelegate(QStyledItemDelegate):
    """Draws a group on two lines: a title, and how sure it is."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Two lines and the room around them."""
        lines = QFontMetrics(theme.font()).height() + QFontMetrics(theme.font(-1)).height()
        return QSize(option.rect.width(), lines + theme.spacing(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        colors = theme.current()
        group: Duplicates = index.data(GROUP_ROLE)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected or option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, colors.selected if selected else colors.hover)
        if selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colors.accent)
        inner = option.rect.adjusted(theme.spacing(3), theme.spacing(2), -theme.spacing(3), -theme.spacing(2))
        painter.setFont(theme.font())
        painter.setPen(colors.text)
        metrics = QFontMetrics(theme.font())
        title = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignTop), title)
        painter.setFont(theme.font(-1))
        painter.setPen(colors.new if group.match is Match.SAME else colors.warning)
        painter.drawText(inner, int(Qt.AlignmentFlag.AlignBottom), sureness_words(group))
        painter.restore()
