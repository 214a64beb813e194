"""All keys on one page, from the table of actions, narrowed by typing."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLineEdit, QPushButton, QWidget

from readinglist.ui import theme
from readinglist.ui.actions import ACTIONS, MENUS
from readinglist.ui.fuzzy import fold
from readinglist.ui.key_rules import SMART_LIST_KEYS
from readinglist.ui.keyed_rows import KeyedRow, KeyedRows, keyed_list
from readinglist.ui.small_parts import SEMIBOLD, Words, dialog_page, key_caps
from readinglist.ui.wording import without_mnemonic

translate = QCoreApplication.translate
_SCROLLS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def key_rows(keys_of: Callable[[str], tuple[str, ...]], typed: str = "") -> Iterator[KeyedRow]:
    """The actions that have keys, under headings by their menus; only those that the typed letters stand in.

    Args:
        keys_of: the keys of an action by its id, as they are now.
        typed: letters of an action's words, of its menu, or of its keys.
    """
    wanted = fold(typed).split()
    for menu, menu_words in MENUS.items():
        heading = without_mnemonic(translate("Actions", menu_words))
        found = []
        for action in ACTIONS:
            keys = keys_of(action.id) if action.menu == menu else ()
            row = KeyedRow(without_mnemonic(translate("Actions", action.words)).removesuffix("…"), keys=keys)
            if keys and all(part in searched(heading, row) for part in wanted):
                found.append(row)
        if found:
            yield KeyedRow(heading, heading=True)
            yield from found
    yield from _smart_list_rows(wanted)


def _smart_list_rows(wanted: Sequence[str]) -> Iterator[KeyedRow]:
    """The keys that the sidebar has for the smart list one is at."""
    heading = translate("Actions", "Smart lists, in the sidebar")
    rows = [KeyedRow(translate("Actions", words), keys=keys) for words, keys in SMART_LIST_KEYS]
    found = [row for row in rows if all(part in searched(heading, row) for part in wanted)]
    if found:
        yield KeyedRow(heading, heading=True)
        yield from found


def searched(heading: str, row: KeyedRow) -> str:
    """What typed letters are looked for in: the words of a row, the heading above it, and its keys."""
    caps = (" ".join(key_caps(key)) for key in row.keys)
    return fold(" ".join((heading, row.words, *row.keys, *caps)))


class KeyHelp(QDialog):
    """Shows all keys. It never blocks the window: one can try a key while reading."""

    change_requested = Signal()
    """The reader wants other keys."""

    def __init__(self, keys_of: Callable[[str], tuple[str, ...]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys_of = keys_of
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Words(self.tr("All keys"), step=4, weight=SEMIBOLD)
        self._lead = Words(
            self.tr("Single letters work while the list has the focus, never while you type."), tone="quiet"
        ).wrapping()
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find a key"))
        self.field.setAccessibleName(self.tr("Find a key"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self.narrow)
        self.field.installEventFilter(self)
        self._model = KeyedRows(self)
        self.list = keyed_list(self, self._model)
        self.list.setAccessibleName(self.tr("Keys"))
        self._nothing = Words(self.tr("No key has to do with these letters."), tone="faint")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.change_button = QPushButton(self.tr("Change &keys…"))
        self.change_button.setAutoDefault(False)
        self.change_button.clicked.connect(self.change_requested)
        buttons.addButton(self.change_button, QDialogButtonBox.ButtonRole.ActionRole)
        page = dialog_page(self, edge=6, between=2.5)
        for part in (self._title, self._lead, self.field, self._nothing):
            page.addWidget(part)
        page.addWidget(self.list, 1)
        page.addWidget(buttons)
        self.narrow("")
        self.field.setFocus()

    def sizeHint(self) -> QSize:
        """Room for two dozen keys."""
        return QSize(theme.spacing(130), theme.spacing(170))

    def show_keys(self) -> None:
        """Show the keys as they are now."""
        self.narrow(self.field.text())

    def narrow(self, typed: str) -> None:
        """Show the keys that have to do with what was typed."""
        rows = list(key_rows(self._keys_of, typed))
        self._model.show_rows(rows)
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the field scroll the list."""
        pressed = event if watched is self.field and isinstance(event, QKeyEvent) else None
        if pressed is not None and event.type() is QEvent.Type.KeyPress and Qt.Key(pressed.key()) in _SCROLLS:
            QApplication.sendEvent(self.list.verticalScrollBar(), event)
            return True
        return super().eventFilter(watched, event)
