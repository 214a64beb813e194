"""The table of actions: keys that do not clash, menus, tooltips, when each can be done."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget
from pytestqt.qtbot import QtBot

from readinglist.paths import resource
from readinglist.ui.action_menus import Actions, Situation, tip
from readinglist.ui.actions import ACTIONS, BY_ID, MENUS, RATING_ACTIONS, SORT_ACTIONS, STATE_ACTIONS, Needs
from readinglist.ui.settings import Settings


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(window: QMainWindow, tmp_path: Path) -> Actions:
    return Actions(window, Settings(tmp_path))


def test_no_key_means_two_things() -> None:
    keys = Counter(
        QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
        for action in ACTIONS
        for key in action.keys + action.list_keys
    )
    assert "" not in keys
    assert [key for key, count in keys.items() if count > 1] == []


def test_no_key_opens_a_menu_too(actions: Actions, window: QMainWindow) -> None:
    actions.fill(window.menuBar())
    mnemonics = {QKeySequence.mnemonic(menu.title()).toString() for menu in window.menuBar().findChildren(QMenu)}
    keys = {QKeySequence(key).toString() for action in ACTIONS for key in action.keys + action.list_keys}
    assert not mnemonics & keys


def test_single_letters_and_digits_belong_to_the_list() -> None:
    assert not [action.id for action in ACTIONS for key in action.keys if len(key) == 1 and key.isalnum()]


@pytest.mark.parametrize(
    ("key", "action"),
    [
        ("/", "search"), ("Ctrl+F", "search"), ("Esc", "clear-search"), ("J", "next"), ("K", "previous"),
        ("Return", "open"), ("Ctrl+K", "commands"), ("Ctrl+Shift+P", "commands"), ("Ctrl+I", "import-files"),
        ("Ctrl+V", "import-clipboard"), ("Ctrl+Shift+K", "copy-key"), ("S", "star"), ("1", "state-inbox"),
        ("2", "state-to-read"), ("3", "state-reading"), ("4", "state-read"), ("5", "state-skipped"), ("T", "tag"),
        ("N", "note"), ("Del", "trash"), ("Ctrl+Del", "trash"), ("Ctrl+Z", "undo"), ("Ctrl+Shift+Z", "redo"),
        ("Ctrl+E", "export"), ("?", "keys"),
    ],
)  # fmt: skip
def test_keys_are_those_that_the_field_is_used_to(key: str, action: str) -> None:
    assert key in BY_ID[action].keys + BY_ID[action].list_keys


def test_every_action_stands_in_a_menu_that_there_is() -> None:
    assert {action.menu for action in ACTIONS} <= set(MENUS)
    assert len(BY_ID) == len(ACTIONS)


def test_every_icon_is_there() -> None:
    assert [
        action.icon for action in ACTIONS if action.icon and not resource("icons", f"{action.icon}.svg").exists()
    ] == []


def test_groups_of_actions_are_in_the_table() -> None:
    assert {*STATE_ACTIONS, *RATING_ACTIONS, *SORT_ACTIONS} <= set(BY_ID)


def test_mnemonics_of_one_menu_differ() -> None:
    for menu in MENUS:
        letters = [
            QKeySequence.mnemonic(words).toString()
            for words in [action.words for action in ACTIONS if action.menu == menu]
            + [words for name, words in MENUS.items() if name.rpartition("/")[0] == menu]
        ]
        assert all(letters), menu
        assert [letter for letter, count in Counter(letters).items() if count > 1] == [], menu


def test_the_menu_bar_holds_every_action_once(actions: Actions, window: QMainWindow) -> None:
    actions.fill(window.menuBar())
    held = Counter(
        action.objectName()
        for menu in window.menuBar().findChildren(QMenu)
        for action in menu.actions()
        if not action.isSeparator() and action.menu() is None
    )
    assert held == Counter(BY_ID.keys())


def test_choosing_an_entry_tells_its_id(qtbot: QtBot, actions: Actions) -> None:
    with qtbot.waitSignal(actions.triggered) as told:
        actions.trigger("quit")
    assert told.args == ["quit"]


def test_nothing_can_be_done_to_papers_without_a_library(actions: Actions) -> None:
    actions.update(Situation())
    enabled = {action.id for action in ACTIONS if actions.action(action.id).isEnabled()}
    assert enabled == {action.id for action in ACTIONS if action.needs is Needs.NOTHING}


@pytest.mark.parametrize(
    ("situation", "action", "can"),
    [
        (Situation(library=True), "star", False),
        (Situation(library=True, papers=2, selected=1), "star", True),
        (Situation(library=True, papers=2, selected=1), "note", True),
        (Situation(library=True, papers=2, selected=2), "note", False),
        (Situation(library=True, papers=0), "export", False),
        (Situation(library=True, papers=1), "export", True),
        (Situation(library=True, papers=1, selected=1), "restore", False),
        (Situation(library=True, papers=1, selected=1, in_trash=True), "restore", True),
        (Situation(library=True), "undo", False),
        (Situation(library=True, undo="Star 3 papers"), "undo", True),
        (Situation(library=True, undo="Star 3 papers"), "redo", False),
    ],
)
def test_actions_can_be_done_when_they_mean_something(
    actions: Actions, situation: Situation, action: str, *, can: bool
) -> None:
    actions.update(situation)
    assert actions.action(action).isEnabled() is can


def test_the_menu_says_what_undo_would_undo(actions: Actions) -> None:
    actions.update(Situation(library=True, undo="Tag 3 papers with R&D"))
    assert actions.action("undo").text() == "&Undo Tag 3 papers with R&&D"
    actions.update(Situation(library=True))
    assert actions.action("undo").text() == "&Undo"


def test_tooltips_show_the_key(actions: Actions) -> None:
    assert actions.tip("star") == "Star (S)"
    assert actions.action("import-files").toolTip() == "Import files (Ctrl+I)"
    assert tip("Nothing", ()) == "Nothing"


def test_keys_can_be_chosen(window: QMainWindow, tmp_path: Path) -> None:
    store = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    store.setValue("keys/export", "Ctrl+Alt+E F6")
    store.sync()
    actions = Actions(window, Settings(tmp_path))
    assert actions.keys("export") == ("Ctrl+Alt+E", "F6")
    assert [key.toString() for key in actions.action("export").shortcuts()] == ["Ctrl+Alt+E", "F6"]


def test_keys_of_the_list_work_in_the_list_alone(qtbot: QtBot, actions: Actions, window: QMainWindow) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QVBoxLayout

    both, in_list, outside = QWidget(), QWidget(), QWidget()
    for widget in (in_list, outside):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout = QVBoxLayout(both)
    layout.addWidget(in_list)
    layout.addWidget(outside)
    window.setCentralWidget(both)
    actions.serve_list(in_list)
    actions.update(Situation(library=True, papers=1, selected=1))
    told: list[str] = []
    actions.triggered.connect(told.append)
    with qtbot.waitExposed(window):
        window.show()
    for widget in (outside, in_list):
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_S)
        qtbot.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert told == ["star", "import-clipboard"]
    qtbot.keyClick(outside, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert told[-1] == "search"
