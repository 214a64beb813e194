"""What a key is, where it works, and which cannot be given away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from readinglist.ui.actions import ACTIONS
from readinglist.ui.key_rules import SMART_LIST_KEYS, canonical, in_list_only, menu_keys, pressed, why_not

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
KEYPAD, NONE = Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ctrl+shift+k", "Ctrl+Shift+K"), ("Shift+Ctrl+K", "Ctrl+Shift+K"), ("?", "?"), ("Shift+?", "?"),
        ("Ctrl+Shift+?", "Ctrl+?"),
        ("s", "S"), ("Shift+S", "Shift+S"), ("Escape", "Esc"), ("Ctrl++", "Ctrl++"), ("Ctrl+,", "Ctrl+,"),
        ("Num+1", "1"), ("Ctrl+Ж", "Ctrl+Ж"), ("é", "É"),
        ("", ""), ("Ctrl", ""), ("Ctrl+", ""), ("Foo", ""), ("Ctrl+K, Ctrl+S", ""), ("a b", ""), ("Shift", ""),
    ],
)  # fmt: skip
def test_keys_are_written_in_one_way(text: str, key: str) -> None:
    assert canonical(text) == key


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_none(text: str) -> None:
    key = canonical(text)
    assert canonical(key) == key
    if key:
        in_list_only(key)
        why_not(key, menu_keys())


@pytest.mark.parametrize(
    ("number", "modifiers", "key"),
    [
        (Qt.Key.Key_K, CONTROL | SHIFT, "Ctrl+Shift+K"), (Qt.Key.Key_Question, SHIFT, "?"),
        (Qt.Key.Key_Plus, CONTROL | SHIFT, "Ctrl++"), (Qt.Key.Key_At, CONTROL | SHIFT, "Ctrl+@"),
        (Qt.Key.Key_S, NONE, "S"),
        (Qt.Key.Key_S, SHIFT, "Shift+S"), (Qt.Key.Key_Enter, KEYPAD, "Enter"), (Qt.Key.Key_1, KEYPAD, "1"),
        (Qt.Key.Key_Backtab, SHIFT, "Shift+Backtab"), (Qt.Key.Key_F5, ALT, "Alt+F5"), (0x416, CONTROL, "Ctrl+Ж"),
        (Qt.Key.Key_Shift, SHIFT, ""), (Qt.Key.Key_Control, CONTROL, ""), (Qt.Key.Key_AltGr, NONE, ""),
        (Qt.Key.Key_Dead_Acute, NONE, ""), (Qt.Key.Key_unknown, NONE, ""), (Qt.Key.Key_CapsLock, NONE, ""),
    ],
)  # fmt: skip
def test_what_is_pressed_is_a_key_unless_it_is_none_by_itself(
    number: int, modifiers: Qt.KeyboardModifier, key: str
) -> None:
    assert pressed(QKeyEvent(QEvent.Type.KeyPress, number, modifiers)) == key


def test_the_table_has_each_key_where_the_rules_have_it() -> None:
    assert [key for action in ACTIONS for key in action.keys if in_list_only(key)] == []
    assert [key for action in ACTIONS for key in action.list_keys if not in_list_only(key)] == []


def test_the_table_has_no_key_that_cannot_be_given_and_writes_each_as_it_is_read() -> None:
    keys = [key for action in ACTIONS for key in action.keys + action.list_keys]
    assert [key for key in keys if why_not(key, menu_keys())] == []
    assert [canonical(key) for key in keys] == keys


@pytest.mark.parametrize("key", ["S", "1", "É", "Ж", "Shift+S", "Space", "Del", "Return", "Ctrl+C", "Ctrl+V", "Ctrl+A"])
def test_what_is_typed_or_edits_text_belongs_to_the_list(key: str) -> None:
    assert in_list_only(key)


@pytest.mark.parametrize("key", [key for _words, keys in SMART_LIST_KEYS for key in keys])
def test_keys_of_the_sidebar_go_on_working_there(key: str) -> None:
    assert in_list_only(key)


@pytest.mark.parametrize("key", ["Ctrl+E", "Alt+0", "F5", "Shift+F5", "/", "?", "Ctrl+Shift+Z", "Meta+S"])
def test_commands_and_signs_work_in_the_whole_window(key: str) -> None:
    assert not in_list_only(key)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("Alt+F", "opens the menu “File”"), ("Tab", "next"), ("Shift+Backtab", "next"), ("Up", "list"),
        ("Shift+Down", "list"), ("PgDown", "list"), ("Ctrl+Home", "list"), ("Menu", "menu"), ("Shift+F10", "menu"),
        ("Volume Down", "system"), ("Alt+Up", ""), ("Ctrl+E", ""), ("Alt+Q", ""),
    ],
)  # fmt: skip
def test_keys_that_mean_something_else_cannot_be_given(key: str, said: str) -> None:
    reason = why_not(key, menu_keys())
    assert said in reason
    assert bool(reason) is bool(said)
