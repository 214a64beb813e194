"""Lists of several columns: rows with air, one of them chosen. Their colours stand in the style sheet ("framed")."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QTreeWidgetItem

from readinglist.ui import theme


def choose_one_row(rows: QTreeView) -> None:
    """Let rows of one height be chosen whole, one at a time."""
    rows.setRootIsDecorated(False)
    rows.setAllColumnsShowFocus(True)
    rows.setUniformRowHeights(True)
    rows.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)


def give_air(item: QTreeWidgetItem, column: int) -> None:
    """Make a row as high as reads well, by the column that stretches and so needs no width of its own."""
    item.setSizeHint(column, QSize(0, theme.spacing(8)))
