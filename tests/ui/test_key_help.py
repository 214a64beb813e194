"""All keys on one page."""

from collections.abc import Iterable
from itertools import takewhile

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from readinglist.ui.actions import ACTIONS, BY_ID
from readinglist.ui.key_help import KeyHelp, key_rows
from readinglist.ui.key_rules import SMART_LIST_KEYS
from readinglist.ui.keyed_rows import KeyedRow
from readinglist.ui.small_parts import key_caps


def keys_of(action_id: str) -> tuple[str, ...]:
    return BY_ID[action_id].keys + BY_ID[action_id].list_keys


def of_actions(rows: Iterable[KeyedRow]) -> list[KeyedRow]:
    """The rows before those of the smart lists, which are no actions of the window."""
    return list(takewhile(lambda row: row.words != "Smart lists, in the sidebar", rows))


def test_every_action_with_a_key_stands_there_once_under_its_menu() -> None:
    rows = of_actions(key_rows(keys_of))
    with_keys = [action for action in ACTIONS if keys_of(action.id)]
    assert len([row for row in rows if not row.heading]) == len(with_keys)
    assert sorted(row.keys for row in rows if not row.heading) == sorted(keys_of(action.id) for action in with_keys)
    assert [row.words for row in rows if row.heading][:3] == ["File", "Edit", "Paper"]
    undo = next(row for row in rows if row.words == "Undo")
    assert undo.keys == ("Ctrl+Z",)


def test_keys_changed_by_the_reader_are_the_ones_shown() -> None:
    rows = of_actions(key_rows(lambda action_id: ("Ctrl+U",) if action_id == "undo" else ()))
    assert [(row.words, row.keys) for row in rows] == [("Edit", ()), ("Undo", ("Ctrl+U",))]


def test_typing_finds_by_words_menu_and_key() -> None:
    def found(typed: str) -> list[str]:
        return [row.words for row in key_rows(keys_of, typed) if not row.heading]

    assert found("citation key") == ["Copy citation key"]
    assert "Redo" in found("ctrl shift z")
    assert "Redo" in found("Ctrl+Y")
    assert "Undo" in found("edit")
    assert found("no such thing") == []
    assert found("smart list") == ["Save the search as a smart list", *(words for words, _ in SMART_LIST_KEYS)]
    assert found("sidebar f2") == ["Rename"]


def test_the_dialog_narrows_as_one_types_and_says_when_nothing_fits(qtbot: QtBot) -> None:
    dialog = KeyHelp(keys_of)
    qtbot.addWidget(dialog)
    tester = QAbstractItemModelTester(dialog.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    dialog.show()
    qtbot.waitUntil(dialog.field.hasFocus)
    qtbot.keyClicks(dialog.field, "citation key")
    assert tester.model().rowCount() == 2
    qtbot.keyClicks(dialog.field, "zzz")
    assert not dialog.list.isVisible()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_arrows_in_the_field_scroll_the_list(qtbot: QtBot) -> None:
    dialog = KeyHelp(keys_of)
    qtbot.addWidget(dialog)
    dialog.resize(500, 300)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.verticalScrollBar().maximum() > 0)
    qtbot.keyClick(dialog.field, Qt.Key.Key_PageDown)
    assert dialog.list.verticalScrollBar().value() > 0


def test_caps_of_keys() -> None:
    assert key_caps("Ctrl+Shift+K") == ("Ctrl", "Shift", "K")
    assert key_caps("Ctrl++") == ("Ctrl", "+")
    assert key_caps("/") == ("/",)
    assert key_caps("") == ()
