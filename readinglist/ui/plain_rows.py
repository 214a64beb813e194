"""How lists of several columns look: rows with air. Their colours stand in the style sheet, by the name "framed"."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTreeWidgetItem

from readinglist.ui import theme


def give_air(item: QTreeWidgetItem, column: int) -> None:
    """Make a row as high as reads well, by the column that stretches and so needs no width of its own."""
    item.setSizeHint(column, QSize(0, theme.spacing(8)))
