"""The page of the settings with the keys of all actions: each is changed by pressing another one."""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from readinglist.ui.action_menus import Actions
from readinglist.ui.actions import ACTIONS, BY_ID, MENUS
from readinglist.ui.fuzzy import fold
from readinglist.ui.key_bindings import Keys, default_keys
from readinglist.ui.key_editor import KeyEditor
from readinglist.ui.key_help import searched
from readinglist.ui.key_rules import in_list_only, menu_keys, native, why_not
from readinglist.ui.keyed_rows import KeyedRow, KeyedRows, keyed_list
from readinglist.ui.questions import ask
from readinglist.ui.settings_rows import Page
from readinglist.ui.small_parts import Words
from readinglist.ui.wording import number, without_mnemonic

translate = QCoreApplication.translate
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeysPage(Page):
    """All actions with their keys, narrowed by typing, and below them what changes the keys of the chosen one."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(
            translate("Keys", "Keys"),
            translate("Keys", "Single letters and digits work while the list has the focus, never while you type."),
            parent,
        )
        self._actions = actions
        self._bindings = actions.bindings
        self._shown: list[str] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(translate("Keys", "Find an action or a key"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.field.setClearButtonEnabled(True)
        self._rows = KeyedRows(self)
        self.list = keyed_list(self, self._rows)
        self.list.setObjectName("framed")
        self.list.setAccessibleName(translate("Keys", "Actions and their keys"))
        self._nothing = Words(translate("Keys", "No action has to do with these letters."), tone="faint")
        self.editor = KeyEditor()
        self.add(self.field)
        self.add(self._nothing)
        self.fill(self.list)
        self.add(self.editor)
        self._connect()
        self._show()

    def _connect(self) -> None:
        editor = self.editor
        self.field.textChanged.connect(self._show)
        for watched in (self.field, self.list, self.list.viewport()):
            watched.installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(self._follow)
        self.list.doubleClicked.connect(lambda _index: editor.begin())
        editor.taken.connect(self._take)
        editor.removed.connect(self._remove)
        editor.agreed.connect(lambda wanted: self._give(wanted, take=True))
        editor.ended.connect(self.list.setFocus)
        editor.reset_button.clicked.connect(lambda: self._want(default_keys(self.current)))
        editor.reset_all_button.clicked.connect(self._ask_to_reset)
        self._actions.keys_changed.connect(self._show)

    @property
    def current(self) -> str:
        """The id of the action that is chosen; "" where none is shown."""
        row = self.list.currentIndex().row()
        return self._shown[row] if 0 <= row < len(self._shown) else ""

    def choose(self, action_id: str) -> None:
        """Choose an action."""
        index = self._rows.index(self._shown.index(action_id))
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that move go from the field to the list; Enter asks for another key."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in _ENTERS and self.current:
                self.editor.begin()
                return True
            if watched is self.field and event.key() in _MOVES:
                QApplication.sendEvent(self.list, event)
                return True
        if event.type() is QEvent.Type.Resize and watched is self.list.viewport():
            QTimer.singleShot(0, self._follow_size)
        return super().eventFilter(watched, event)

    def _follow_size(self) -> None:
        """Keep the chosen action in sight while there is less room."""
        self.list.scrollTo(self.list.currentIndex())

    def _show(self) -> None:
        """Show the actions that have to do with what was typed, with the keys that they have now."""
        before = self.current
        found = list(_rows(self._actions, self.field.text()))
        self._shown = [action for _row, action in found]
        self._rows.show_rows([row for row, _action in found])
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        first = next((action for action in self._shown if action), "")
        if first:
            self.choose(before if before in self._shown else first)
        self._follow()

    def _follow(self) -> None:
        action, changed = self.current, any(self._bindings.is_changed(each.id) for each in ACTIONS)
        if action:
            self.editor.show_action(_words(action), self._bindings.keys(action), self._bindings.is_changed(action))
        self.editor.setEnabled(bool(action) or changed)
        self.editor.reset_all_button.setEnabled(changed)

    def _take(self, key: str, others: Keys) -> None:
        """A key was pressed for the chosen action, which is to have it with these others."""
        refused = why_not(key, menu_keys())
        if refused:
            self.editor.say(translate("Keys", "{why} Press another key.").format(why=refused))
        else:
            self._want((*others, key))

    def _want(self, wanted: Keys) -> None:
        clashes = self._bindings.clashes(self.current, wanted)
        if not clashes:
            self._give(wanted)
            return
        has = translate("Keys", "{key} is a key of “{action}”.")
        said = " ".join(has.format(key=native(each.key), action=_words(each.action)) for each in clashes)
        self.editor.ask(said, wanted)

    def _remove(self, key: str) -> None:
        self._give(tuple(each for each in self._bindings.keys(self.current) if each != key))
        self.list.setFocus()

    def _give(self, wanted: Keys, *, take: bool = False) -> None:
        action = self.current
        before = set(self._bindings.keys(action))
        self._bindings.give(action, wanted, take=take)
        self.editor.end()
        self._actions.show_keys()
        self.editor.say(_where([key for key in self._bindings.keys(action) if key not in before]))

    def _ask_to_reset(self) -> None:
        count = sum(self._bindings.is_changed(each.id) for each in ACTIONS)
        one = translate("Keys", "You changed the keys of 1 action.")
        several = translate("Keys", "You changed the keys of {count} actions.").format(count=number(count))
        ask(
            self.window(),
            translate("Keys", "Reset all keys?"),
            one if count == 1 else several,
            [(translate("Keys", "Reset all keys"), self.reset_all)],
            translate("Keys", "Keep them"),
        )

    def reset_all(self) -> None:
        """Let all actions have the keys that they had at first."""
        self._bindings.reset_all()
        self._actions.show_keys()


def _rows(actions: Actions, typed: str) -> Iterator[tuple[KeyedRow, str]]:
    """The actions under headings by their menus, each with its id; only those that all the typed words stand in."""
    wanted = fold(typed).split()
    for menu, menu_words in MENUS.items():
        heading = without_mnemonic(translate("Actions", menu_words))
        found = [
            (_row(actions, action.id), action.id)
            for action in ACTIONS
            if action.menu == menu and _fits(heading, _row(actions, action.id), wanted)
        ]
        if found:
            yield KeyedRow(heading, heading=True), ""
            yield from found


def _row(actions: Actions, action_id: str) -> KeyedRow:
    bindings = actions.bindings
    hint = translate("Keys", "changed") if bindings.is_changed(action_id) else ""
    return KeyedRow(_words(action_id), hint, bindings.keys(action_id))


def _fits(heading: str, row: KeyedRow, wanted: list[str]) -> bool:
    text = searched(heading, row)
    return all(word in text for word in wanted)


def _words(action_id: str) -> str:
    return without_mnemonic(translate("Actions", BY_ID[action_id].words)).removesuffix("…")


def _where(new: list[str]) -> str:
    """Where new keys work."""
    if not new:
        return ""
    keys = ", ".join(native(key) for key in new)
    if all(in_list_only(key) for key in new):
        return translate("Keys", "{keys} works while the list has the focus.").format(keys=keys)
    return translate("Keys", "{keys} works in the whole window.").format(keys=keys)
