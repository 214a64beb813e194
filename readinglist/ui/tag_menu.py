"""The menu of a tag in the sidebar: rename or merge it, colour it, take it off all papers."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QInputDialog, QLabel, QMenu

from readinglist.ui import theme
from readinglist.ui.sidebar_model import Entry, Kind
from readinglist.ui.wording import marked, translate

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

# Eight hues that can be told apart on light and on dark ground.
COLORS = {
    "#3157d5": marked("TagMenu", "Blue"),
    "#1f8f4e": marked("TagMenu", "Green"),
    "#b8432f": marked("TagMenu", "Red"),
    "#8a4fc4": marked("TagMenu", "Purple"),
    "#b57a00": marked("TagMenu", "Amber"),
    "#0f8a9d": marked("TagMenu", "Teal"),
    "#c2427f": marked("TagMenu", "Pink"),
    "#5f6b7a": marked("TagMenu", "Grey"),
}


class TagMenu(QObject):
    """Offers what can be done with a tag on all papers that carry it."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = desk.library
        desk.panes.sidebar.menu_requested.connect(self._show)

    def menu(self, entry: Entry) -> QMenu:
        """What can be done with a tag."""
        menu, name = QMenu(self._desk.panes.sidebar), entry.name
        menu.addAction(theme.icon("edit"), self.tr("&Rename or merge…"), partial(self.rename, name))
        colors = menu.addMenu(theme.icon("tag"), self.tr("&Colour"))
        for color, words in COLORS.items():
            action = colors.addAction(_swatch(color), translate("TagMenu", words), partial(self._color, name, color))
            action.setCheckable(True)
            action.setChecked(color == entry.color)
        colors.addSeparator()
        colors.addAction(self.tr("As its &name gives"), partial(self._color, name, ""))
        menu.addSeparator()
        menu.addAction(theme.icon("trash"), self.tr("&Delete from all papers"), partial(self._delete, name))
        menu.setEnabled(not self._library.read_only)
        return menu

    def rename(self, name: str) -> QInputDialog:
        """Ask for another name of a tag; that of another tag makes them one."""
        dialog = QInputDialog(self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Rename or merge a tag"))
        words = self.tr("Another name for “{tag}”. Where there is a tag of that name, the two become one.")
        dialog.setLabelText("…")
        label = dialog.findChildren(QLabel)[0]
        label.setTextFormat(Qt.TextFormat.PlainText)  # before it is given the name, which may look like markup
        label.setText(words.format(tag=name))
        dialog.setTextValue(name)
        dialog.resize(theme.spacing(110), dialog.sizeHint().height())
        dialog.textValueSelected.connect(partial(self._rename, name))
        dialog.open()
        return dialog

    def _rename(self, name: str, wanted: str) -> None:
        if wanted.strip() and wanted != name:
            self._desk.editing.change_tag(partial(self._library.rename_tag, name, wanted))

    def _color(self, name: str, color: str) -> None:
        self._desk.editing.change_tag(partial(self._library.color_tag, name, color))

    def _delete(self, name: str) -> None:
        self._desk.editing.change_tag(partial(self._library.delete_tag, name))

    def _show(self, entry: Entry | None, where: QPoint) -> None:
        if entry is None or entry.kind is not Kind.TAG:
            return
        menu = self.menu(entry)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)


def _swatch(color: str) -> QIcon:
    picture = QPixmap(theme.icon_size() * 0.8)
    picture.fill(QColor(color))
    return QIcon(picture)
