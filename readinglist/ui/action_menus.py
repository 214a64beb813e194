"""Makes the menus, the keys and the tooltips out of the table of actions."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from readinglist.ui import theme
from readinglist.ui.actions import ACTIONS, BY_ID, EDITS, MENUS, Action, Needs
from readinglist.ui.key_bindings import KeyBindings, Keys
from readinglist.ui.settings import Settings
from readinglist.ui.wording import without_mnemonic


@dataclass(frozen=True, slots=True)
class Situation:
    """What the window is about now, as far as it decides which actions can be done."""

    library: bool = False
    papers: int = 0
    selected: int = 0
    in_trash: bool = False
    merged: bool = False
    undo: str = ""
    redo: str = ""
    read_only: bool = False

    def allows(self, needs: Needs) -> bool:
        """Whether an action with these needs can be done."""
        if needs is Needs.NOTHING:
            return True
        return self.library and {
            Needs.LIBRARY: True,
            Needs.PAPERS: self.papers > 0,
            Needs.SELECTION: self.selected > 0,
            Needs.SEVERAL: self.selected > 1,
            Needs.MERGED: self.selected == 1 and self.merged,
            Needs.ONE_PAPER: self.selected == 1,
            Needs.TRASHED: self.selected > 0 and self.in_trash,
            Needs.UNDO: bool(self.undo),
            Needs.REDO: bool(self.redo),
        }.get(needs, False)


class Actions(QObject):
    """The QActions of one window. `triggered` tells which was chosen, by its id."""

    triggered = Signal(str)
    keys_changed = Signal()

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._groups: dict[str, QActionGroup] = {}
        self.bindings = KeyBindings(settings)
        self._lists: list[QWidget] = []
        self._served: list[tuple[QWidget, str]] = []
        self._shortcuts: dict[tuple[QWidget, str], list[QShortcut]] = {}
        self._actions = {action.id: self._make(action) for action in ACTIONS}

    def action(self, action_id: str) -> QAction:
        """The QAction of an entry of the table."""
        return self._actions[action_id]

    def keys(self, action_id: str) -> Keys:
        """All keys of an action, those of the whole window first."""
        return self.bindings.keys(action_id)

    def show_keys(self) -> None:
        """Let the keys that the bindings have now work, and show them in menus and tooltips."""
        for action_id, action in self._actions.items():
            self._set_keys(action_id, action)
        for widget in self._lists:
            self._serve_list(widget)
        for widget, action_id in self._served:
            self._serve(widget, action_id)
        self.keys_changed.emit()

    def trigger(self, action_id: str) -> None:
        """Do it, where it can be done now."""
        self._actions[action_id].trigger()

    def fill(self, bar: QMenuBar) -> None:
        """Put all menus into a menu bar."""
        for menu_id in MENUS:
            if "/" not in menu_id:
                bar.addMenu(self.menu(menu_id, bar))

    def menu(self, menu_id: str, parent: QWidget) -> QMenu:
        """A new menu with the actions of one menu of the table, and the menus within it."""
        menu = QMenu(QCoreApplication.translate("Actions", MENUS[menu_id]), parent)
        menu.setToolTipsVisible(False)
        inner: dict[str, QMenu] = {}
        for action in ACTIONS:
            if action.menu == menu_id:
                if action.starts:
                    menu.addSeparator()
                menu.addAction(self._actions[action.id])
            elif action.menu.startswith(f"{menu_id}/"):
                if action.menu not in inner:
                    inner[action.menu] = menu.addMenu(QCoreApplication.translate("Actions", MENUS[action.menu]))
                inner[action.menu].addAction(self._actions[action.id])
        return menu

    def serve_list(self, widget: QWidget) -> None:
        """Let the keys that belong to lists work while this widget has the focus."""
        self._lists.append(widget)
        self._serve_list(widget)

    def serve(self, widget: QWidget, action_id: str) -> None:
        """Let the list keys of one action work while this widget, which may go before the window, has the focus."""
        served = (widget, action_id)
        self._served.append(served)
        widget.destroyed.connect(lambda: self._forget(served))
        self._serve(widget, action_id)

    def update(self, situation: Situation) -> None:
        """Enable what can be done, and say in the menu what undo and redo would do."""
        allowed = {needs: situation.allows(needs) for needs in Needs}  # once for all: each key in the search asks
        for action_id, action in self._actions.items():
            refused = situation.read_only and action_id in EDITS
            action.setEnabled(allowed[BY_ID[action_id].needs] and not refused)
        for action_id, label in (("undo", situation.undo), ("redo", situation.redo)):
            words = QCoreApplication.translate("Actions", BY_ID[action_id].words)
            self._actions[action_id].setText(f"{words} {label.replace('&', '&&')}" if label else words)

    def check(self, action_id: str, *, on: bool) -> None:
        """Show a switch or a choice as on or off, without doing anything."""
        self._actions[action_id].setChecked(on)

    def tip(self, action_id: str) -> str:
        """What a tooltip says: "Star (S)"."""
        return tip(
            without_mnemonic(QCoreApplication.translate("Actions", BY_ID[action_id].words)), self.keys(action_id)
        )

    def _make(self, row: Action) -> QAction:
        action = QAction(QCoreApplication.translate("Actions", row.words), self._window)
        action.setObjectName(row.id)
        if row.icon:
            action.setIcon(theme.icon(row.icon))
            action.setIconVisibleInMenu(True)
        action.setCheckable(row.checkable)
        action.setMenuRole(_ROLES.get(row.id, QAction.MenuRole.NoRole))
        if row.group:
            self._groups.setdefault(row.group, QActionGroup(self)).addAction(action)
        self._set_keys(row.id, action)
        action.triggered.connect(lambda _checked, action_id=row.id: self.triggered.emit(action_id))
        return action

    def _set_keys(self, action_id: str, action: QAction) -> None:
        everywhere, in_list = self.bindings.everywhere(action_id), self.bindings.in_list(action_id)
        action.setShortcuts([QKeySequence(key) for key in everywhere or in_list])
        action.setToolTip(self.tip(action_id))
        if everywhere:
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._window.addAction(action)
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._window.removeAction(action)

    def _serve_list(self, widget: QWidget) -> None:
        for action_id, action in self._actions.items():
            if self.bindings.everywhere(action_id):
                widget.removeAction(action)
                self._serve(widget, action_id)
            else:
                self._release(widget, action_id)
                (widget.addAction if self.keys(action_id) else widget.removeAction)(action)

    def _serve(self, widget: QWidget, action_id: str) -> None:
        self._release(widget, action_id)
        made = self._shortcuts[widget, action_id] = []
        for key in self.bindings.in_list(action_id):
            shortcut = QShortcut(QKeySequence(key), widget)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._actions[action_id].trigger)
            made.append(shortcut)

    def _forget(self, served: tuple[QWidget, str]) -> None:
        self._served.remove(served)
        self._shortcuts.pop(served, None)

    def _release(self, widget: QWidget, action_id: str) -> None:
        for shortcut in self._shortcuts.pop((widget, action_id), ()):
            shortcut.setParent(None)
            shortcut.deleteLater()


def tip(words: str, keys: Iterable[str]) -> str:
    """Words for a tooltip, with the first key in brackets."""
    for key in keys:
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        return f"{words.removesuffix('…')} ({native})"
    return words.removesuffix("…")


# Where macOS wants these in its own menu.
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "about": QAction.MenuRole.AboutRole,
    "settings": QAction.MenuRole.PreferencesRole,
}
