"""What the window does with smart lists: choose, save, rename, edit, move and delete them, and count what they find."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from readinglist.papers.change import Change
from readinglist.papers.smart_list import ICONS, SmartList, one_line
from readinglist.ui import theme
from readinglist.ui.sidebar_model import Entry, Kind
from readinglist.ui.smart_list_counts import SmartListCounts

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk


class SmartLists(QObject):
    """Joins the smart lists of a library to the sidebar of its window."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = desk.library
        self._sidebar = desk.panes.sidebar
        self.counts = SmartListCounts(
            desk.library, desk.window.background, lambda: desk.settled, self._sidebar.shown_numbers(), self
        )
        self._sidebar.moved.connect(self._move)
        self._sidebar.renamed.connect(self._rename)
        self._sidebar.deleted.connect(self._delete)
        self._sidebar.menu_requested.connect(self._show_menu)
        desk.panes.search_bar.save_requested.connect(self.save)

    def is_kept(self, query: str) -> bool:
        """Whether a query is just that of a smart list."""
        return self._sidebar.has_smart_list(one_line(query))

    def save(self, parent: str = "") -> None:
        """Keep the query in the search box as a smart list, below another one where `parent` names one."""
        from readinglist.ui.smart_list_dialog import proposed_name

        query = self._desk.panes.search_bar.text()
        if not query.strip():
            self._desk.say(self.tr("Search for something first: a smart list keeps a search."))
            return
        shown = SmartList("", proposed_name(query), query)
        self._ask(shown, self.tr("Save as a smart list"), partial(self._save, parent))

    def edit(self, list_id: str) -> None:
        """Let the reader change name, search and icon of a list."""
        shown = self._library.smart_list(list_id)
        self._ask(shown, self.tr("Edit the smart list"), partial(self._edit, list_id))

    def menu(self, entry: Entry | None) -> QMenu:
        """What can be done with a smart list, or without one."""
        menu = QMenu(self._sidebar)
        if entry is None or entry.kind is not Kind.SMART_LIST:
            menu.addAction(theme.icon("save"), self.tr("&Save the search as a smart list…"), self.save)
            return menu
        list_id, sidebar = entry.name, self._sidebar
        menu.addAction(self.tr("&Rename") + "\tF2", partial(sidebar.rename, list_id))
        menu.addAction(theme.icon("edit"), self.tr("&Edit the search…"), partial(self.edit, list_id))
        self._add_icons(menu, entry)
        menu.addAction(self.tr("&Save the search below this one…"), partial(self.save, list_id))
        menu.addSeparator()
        for words, key in (
            (self.tr("Move &up") + "\tAlt+↑", Qt.Key.Key_Up),
            (self.tr("Move &down") + "\tAlt+↓", Qt.Key.Key_Down),
            (self.tr("Move &below the one above") + "\tAlt+→", Qt.Key.Key_Right),
            (self.tr("Move &out") + "\tAlt+←", Qt.Key.Key_Left),
        ):
            menu.addAction(words, partial(sidebar.shift, list_id, key)).setEnabled(sidebar.can_shift(list_id, key))
        menu.addSeparator()
        menu.addAction(theme.icon("trash"), self.tr("De&lete") + "\tDel", partial(self._delete, entry))
        return menu

    def _add_icons(self, menu: QMenu, entry: Entry) -> None:
        from readinglist.ui.smart_list_dialog import icon_words

        icons = menu.addMenu(theme.icon(entry.icon), self.tr("&Icon"))
        for icon in ICONS:
            action = icons.addAction(theme.icon(icon), icon_words(icon), partial(self._set_icon, entry.name, icon))
            action.setCheckable(True)
            action.setChecked(icon == entry.icon)

    def _show_menu(self, entry: Entry | None, where: QPoint) -> None:
        if entry is not None and entry.kind is Kind.TAG:
            return
        menu = self.menu(entry)
        menu.setEnabled(not self._library.read_only)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(where)

    def _ask(self, shown: SmartList, title: str, then: Callable[[str, str, str], None]) -> None:
        from readinglist.ui.smart_list_dialog import SmartListDialog

        dialog = SmartListDialog(shown, title, self._desk.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.wanted.connect(then)
        dialog.open()

    def _save(self, parent: str, name: str, query: str, icon: str) -> None:
        said = self.tr("Saved the smart list “{name}”").format(name=name.strip())
        self._do(lambda: self._library.save_smart_list(name, query, icon, parent), said)

    def _edit(self, list_id: str, name: str, query: str, icon: str) -> None:
        said = self.tr("Changed the smart list “{name}”").format(name=name.strip())
        self._do(lambda: self._library.edit_smart_list(list_id, name, query, icon), said)

    def _set_icon(self, list_id: str, icon: str) -> None:
        known = self._library.smart_list(list_id)
        self._edit(list_id, known.name, known.query, icon)

    def _rename(self, list_id: str, name: str) -> None:
        said = self.tr("Renamed the smart list to “{name}”").format(name=name)
        self._do(lambda: self._library.rename_smart_list(list_id, name), said)

    def _move(self, list_id: str, parent: str, place: int) -> None:
        self._do(lambda: self._library.move_smart_list(list_id, parent, place), self.tr("Moved the smart list"))

    def _delete(self, entry: Entry) -> None:
        said = self.tr("Deleted the smart list “{name}”").format(name=entry.words)
        self._do(lambda: self._library.delete_smart_list(entry.name), said)

    def _do(self, edit: Callable[[], Change], said: str) -> None:
        self._desk.editing.change_lists(edit, said)
