"""What changes the keys of one action: its keys, each with a cross, a field for another, and what stands against it."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.filter_chips import CHIP_HEIGHT, ChipButton
from readinglist.ui.flow_layout import FlowLayout
from readinglist.ui.key_bindings import Keys
from readinglist.ui.key_field import KeyField
from readinglist.ui.key_rules import native
from readinglist.ui.small_parts import SEMIBOLD, Words

translate = QCoreApplication.translate
MOST_KEYS = 3  # of one action: more are neither remembered nor shown well


class KeyEditor(QWidget):
    """The keys of one action. It decides nothing: what a key may be is asked and answered outside."""

    taken = Signal(str, object)
    """A key was pressed; and the keys that the action is to have beside it."""
    removed = Signal(str)
    """A key that the action is not to have any more."""
    agreed = Signal(object)
    """The keys that the action is to have although others have them."""
    ended = Signal()
    """No key is waited for any more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: Keys = ()
        self._others: Keys = ()
        self._wanted: Keys = ()
        self._waiting = False
        self._asking = False
        self._chips: list[ChipButton] = []
        self._title = Words(weight=SEMIBOLD)
        self.field = KeyField()
        self._said = Words(tone="quiet").wrapping()
        self._said.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.change_button = _button(translate("Keys", "C&hange key…"))
        self.add_button = _button(translate("Keys", "A&dd a key…"))
        self.reset_button = _button(translate("Keys", "&Reset"))
        self.reset_all_button = _button(translate("Keys", "Reset &all keys…"))
        self.agree_button = _button(translate("Keys", "&Take it from there"))
        self.refuse_button = _button(translate("Keys", "&Leave it there"))
        self._lay_out()
        self._connect()
        self._show_state()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing(2))
        head = QWidget()
        head.setMinimumHeight(theme.spacing(CHIP_HEIGHT))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        head.setSizePolicy(policy)
        self._flow = FlowLayout(head, theme.spacing(2))
        self._flow.addWidget(self._title)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.spacing(2))
        for button in (self.agree_button, self.refuse_button, self.change_button, self.add_button, self.reset_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.reset_all_button)
        column.addWidget(head)
        column.addWidget(self.field)
        column.addWidget(self._said)
        column.addLayout(buttons)

    def _connect(self) -> None:
        self.change_button.clicked.connect(self.begin)
        self.add_button.clicked.connect(lambda: self.begin(add=True))
        self.field.taken.connect(lambda key: self.taken.emit(key, self._others))
        self.field.left.connect(lambda: self._leave() if self._waiting else None)
        self.agree_button.clicked.connect(lambda: self.agreed.emit(self._wanted))
        self.refuse_button.clicked.connect(self._leave)

    def show_action(self, words: str, keys: Keys, changed: bool) -> None:
        """Show the keys of an action, and whether these are others than at first."""
        self._keys = keys
        self._title.setText(words)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(key) for key in keys]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self.reset_button.setEnabled(changed)
        self.add_button.setEnabled(0 < len(keys) < MOST_KEYS)
        self.end()

    def begin(self, *, add: bool = False) -> None:
        """Wait for a key, which is to be the only one of the action, or with `add` one more."""
        self._others = self._keys if add else ()
        self.field.clear()
        self.say("")
        self._show_state(waiting=True)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, said: str, wanted: Keys) -> None:
        """Tell who has keys that are wanted, and ask whether they are to be taken."""
        self._wanted = wanted
        self._show_state(asking=True)
        self.say(said)
        self.refuse_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def end(self) -> None:
        """Wait for no key any more."""
        self.say("")
        self._show_state()

    def say(self, words: str) -> None:
        """Say something about the key that was pressed."""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    @property
    def said(self) -> str:
        """What is said about the key that was pressed."""
        return self._said.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a key where it is, before it closes the window."""
        if event.key() == Qt.Key.Key_Escape and self._asking:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.end()
        self.ended.emit()

    def _show_state(self, *, waiting: bool = False, asking: bool = False) -> None:
        self._waiting, self._asking = waiting, asking
        self.field.setHidden(not waiting)
        for button in (self.agree_button, self.refuse_button):
            button.setHidden(not asking)
        for button in (self.change_button, self.add_button, self.reset_button, self.reset_all_button):
            button.setHidden(asking)

    def _chip(self, key: str) -> ChipButton:
        chip = ChipButton(f"{native(key)} ×")
        chip.setAccessibleName(translate("Keys", "Take the key {key} off").format(key=native(key)))
        chip.setToolTip(chip.accessibleName())
        chip.clicked.connect(partial(self.removed.emit, key))
        return chip


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    return button
