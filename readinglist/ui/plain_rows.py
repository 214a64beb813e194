"""How lists of several columns look: rows with air, quiet heads, the theme's own colours for what is chosen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from readinglist.ui import theme


def style_rows(rows: QTreeWidget) -> None:
    """Take the look of a list from the theme in use."""
    colors, air = theme.current(), theme.spacing(2)
    rows.setStyleSheet(
        f"QTreeView {{ border: 1px solid {colors.line.name()}; border-radius: 5px; }}"
        f" QTreeView::item {{ padding: 0 {air}px; border: none; }}"
        f" QTreeView::item:hover {{ background: {colors.hover.name()}; }}"
        f" QTreeView::item:selected {{ background: {colors.selected.name()}; color: {colors.text.name()}; }}"
        f" QHeaderView::section {{ background: {colors.window.name()}; color: {colors.quiet.name()}; border: none;"
        f" border-bottom: 1px solid {colors.line.name()}; padding: {air}px; }}"
    )
    rows.setIconSize(theme.icon_size())


def give_air(item: QTreeWidgetItem, column: int) -> None:
    """Make a row as high as reads well, by the column that stretches and so needs no width of its own."""
    item.setSizeHint(column, QSize(0, theme.spacing(8)))
