"""What a key is, where one works, and which cannot be given to an action."""

from collections.abc import Mapping
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from readinglist.ui.actions import MENUS
from readinglist.ui.wording import marked, without_mnemonic

translate = QCoreApplication.translate
_PORTABLE = QKeySequence.SequenceFormat.PortableText
_Key, _Modifier = Qt.Key, Qt.KeyboardModifier
_COMMAND = _Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier

# What the sidebar does with the smart list one is at.
SMART_LIST_KEYS = (
    (marked("Actions", "Rename"), ("F2",)),
    (marked("Actions", "Move up"), ("Alt+Up",)),
    (marked("Actions", "Move down"), ("Alt+Down",)),
    (marked("Actions", "Move below the one above"), ("Alt+Right",)),
    (marked("Actions", "Move out"), ("Alt+Left",)),
    (marked("Actions", "Delete"), ("Del",)),
)
# These mean something while one types, in the sidebar or beside a page of a PDF, and go on doing so there.
_ELSEWHERE = frozenset(
    {
        "Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+Ins", "Shift+Ins", "Shift+Del", "Ctrl+Del", "Ctrl+Backspace",
        "Ctrl+Return", "Ctrl+Enter", "+", "-", "=", *(key for _words, keys in SMART_LIST_KEYS for key in keys),
    }
)  # fmt: skip
_MOVES = frozenset(
    {
        _Key.Key_Up, _Key.Key_Down, _Key.Key_Left, _Key.Key_Right, _Key.Key_PageUp, _Key.Key_PageDown, _Key.Key_Home,
        _Key.Key_End,
    }
)  # fmt: skip
_LEAVES = frozenset({_Key.Key_Tab, _Key.Key_Backtab})


def canonical(text: str) -> str:
    """A key as it is written down, such as "Ctrl+Shift+K" for "shift+ctrl+k"; "" where the text is no single key."""
    sequence = QKeySequence(text, _PORTABLE)
    if sequence.count() != 1:
        return ""
    combination = _combination(sequence)
    return _written(combination.key().value, combination.keyboardModifiers())


def pressed(event: QKeyEvent) -> str:
    """The key that was pressed; "" for one that is none by itself, such as Shift."""
    return _written(event.key(), event.modifiers())


@lru_cache(maxsize=512)
def in_list_only(key: str) -> bool:
    """Whether a key works only while a list has the focus: letters, digits, and what means something elsewhere."""
    combination = _combination(QKeySequence(key, _PORTABLE))
    if key in _ELSEWHERE:
        return True
    if combination.keyboardModifiers() & _COMMAND:
        return False
    number = combination.key().value
    is_function = _Key.Key_F1.value <= number <= _Key.Key_F35.value
    return not is_function and not _is_sign(number)


def menu_keys() -> dict[str, str]:
    """The keys that open the menus of the window, and what these are called."""
    words = [translate("Actions", words) for menu, words in MENUS.items() if "/" not in menu]
    return {QKeySequence.mnemonic(each).toString(_PORTABLE): without_mnemonic(each) for each in words}


def why_not(key: str, menus: Mapping[str, str]) -> str:
    """Why a key cannot be given to any action, in words; "" where it can.

    Args:
        key: as `canonical` and `pressed` give it.
        menus: what `menu_keys` gives.
    """
    combination = _combination(QKeySequence(key, _PORTABLE))
    own, plain = (
        combination.key(),
        not combination.keyboardModifiers() & (_Modifier.AltModifier | _Modifier.MetaModifier),
    )
    if key in menus:
        return translate("Keys", "{key} opens the menu “{menu}”.").format(key=native(key), menu=menus[key])
    if own in _LEAVES:
        return translate("Keys", "{key} goes from one part of the window to the next.").format(key=native(key))
    if own in _MOVES and plain:
        return translate("Keys", "{key} moves through the list.").format(key=native(key))
    if own is _Key.Key_Menu or key == "Shift+F10":
        return translate("Keys", "{key} opens the menu of what one is at.").format(key=native(key))
    if " " in key:
        return translate("Keys", "{key} belongs to the system.").format(key=native(key))
    return ""


def native(key: str) -> str:
    """A key as it is called on this system."""
    return QKeySequence(key, _PORTABLE).toString(QKeySequence.SequenceFormat.NativeText)


def _combination(sequence: QKeySequence) -> QKeyCombination:
    first: QKeyCombination = sequence[0]  # type: ignore[index] # which PySide6's types do not know
    return first


def _written(number: int, modifiers: Qt.KeyboardModifier) -> str:
    kept = modifiers & (_COMMAND | _Modifier.ShiftModifier)
    if _is_sign(number):
        kept &= ~_Modifier.ShiftModifier  # Shift made the sign: with it, Qt would not know the key again
    if number == _Key.Key_Backtab.value:
        kept |= _Modifier.ShiftModifier
    if number in _BY_THEMSELVES:
        return ""
    return QKeySequence(number | kept.value).toString(_PORTABLE)


def _is_sign(number: int) -> bool:
    """Whether this is the key of a character that is neither letter, nor digit, nor blank."""
    return 0x20 < number < 0x110000 and not chr(number).isalnum()


_BY_THEMSELVES = frozenset(
    {
        0, _Key.Key_unknown.value, _Key.Key_Shift.value, _Key.Key_Control.value, _Key.Key_Alt.value,
        _Key.Key_Meta.value, _Key.Key_AltGr.value, _Key.Key_Super_L.value, _Key.Key_Super_R.value,
        _Key.Key_Hyper_L.value, _Key.Key_Hyper_R.value, _Key.Key_CapsLock.value, _Key.Key_NumLock.value,
        _Key.Key_ScrollLock.value, _Key.Key_Multi_key.value, _Key.Key_Mode_switch.value,
        *range(_Key.Key_Dead_Grave.value, _Key.Key_Dead_Longsolidusoverlay.value + 1),
    }
)  # fmt: skip
