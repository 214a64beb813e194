"""Changing keys in the settings: by pressing them, with clashes told before anything is taken."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui.action_menus import Actions, Situation
from readinglist.ui.actions import ACTIONS
from readinglist.ui.key_editor import MOST_KEYS
from readinglist.ui.key_page import KeysPage
from readinglist.ui.keyed_rows import ROW_ROLE
from readinglist.ui.messages import Message
from readinglist.ui.settings import Settings

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(900, 600)
    return made


@pytest.fixture
def actions(window: QMainWindow, tmp_path: Path) -> Actions:
    made = Actions(window, Settings(tmp_path))
    made.update(Situation(library=True, papers=2, selected=1))
    return made


@pytest.fixture
def page(window: QMainWindow, actions: Actions, qtbot: QtBot) -> KeysPage:
    made = KeysPage(actions)
    window.setCentralWidget(made)
    with qtbot.waitExposed(window):
        window.show()
    return made


def shown(page: KeysPage) -> dict[str, tuple[str, ...]]:
    """The words and the keys of the rows."""
    model = page.list.model()
    rows = [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]
    return {row.words: row.keys for row in rows if not row.heading}


def press(qtbot: QtBot, page: KeysPage, action: str, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    """Choose an action, and press another key for it."""
    page.choose(action)
    page.editor.change_button.click()
    assert page.editor.field.hasFocus()
    qtbot.keyClick(page.editor.field, key, modifiers)


def test_every_action_stands_in_the_table(page: KeysPage) -> None:
    tester = QAbstractItemModelTester(page.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    model = tester.model()
    assert sum(not model.index(row, 0).data(ROW_ROLE).heading for row in range(model.rowCount())) == len(ACTIONS)
    assert shown(page)["Export"] == ("Ctrl+E",)
    assert shown(page)["Import a folder"] == ()


def test_typing_finds_actions_by_words_and_by_keys(page: KeysPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.field, "redo")
    assert list(shown(page)) == ["Redo"]
    assert page.current == "redo"
    page.field.setText("ctrl+e")
    assert "Export" in shown(page)
    page.field.setText("no such thing")
    assert shown(page) == {}
    assert page.current == ""
    assert not page.list.isVisible()
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    assert not page.editor.field.isVisible()
    page.field.clear()
    assert len(shown(page)) > 50


def test_a_pressed_key_holds_at_once_and_after_a_restart(
    page: KeysPage, actions: Actions, tmp_path: Path, qtbot: QtBot
) -> None:
    press(qtbot, page, "export", Qt.Key.Key_F6, SHIFT)
    assert shown(page)["Export"] == ("Shift+F6",)
    assert actions.keys("export") == ("Shift+F6",)
    assert actions.action("export").toolTip() == "Export (Shift+F6)"
    assert [key.toString() for key in actions.action("export").shortcuts()] == ["Shift+F6"]
    assert page.editor.said == "Shift+F6 works in the whole window."
    assert Actions(QMainWindow(), Settings(tmp_path)).keys("export") == ("Shift+F6",)


def test_a_letter_works_in_the_list_and_that_is_said(page: KeysPage, actions: Actions, qtbot: QtBot) -> None:
    press(qtbot, page, "export", Qt.Key.Key_W, Qt.KeyboardModifier.NoModifier)
    assert actions.bindings.in_list("export") == ("W",)
    assert page.editor.said == "W works while the list has the focus."


def test_a_clash_is_told_before_the_key_is_taken(page: KeysPage, actions: Actions, qtbot: QtBot) -> None:
    press(qtbot, page, "merge", Qt.Key.Key_E, CONTROL)
    assert page.editor.said == "Ctrl+E is a key of “Export”."
    assert actions.keys("merge") == ()
    assert actions.keys("export") == ("Ctrl+E",)
    assert page.editor.refuse_button.hasFocus()
    page.editor.agree_button.click()
    assert actions.keys("merge") == ("Ctrl+E",)
    assert actions.keys("export") == ()
    assert shown(page)["Export"] == ()


@pytest.mark.parametrize("way", ["button", "escape"])
def test_a_clash_can_be_left(page: KeysPage, actions: Actions, qtbot: QtBot, way: str) -> None:
    press(qtbot, page, "merge", Qt.Key.Key_E, CONTROL)
    if way == "button":
        page.editor.refuse_button.click()
    else:
        qtbot.keyClick(page.editor.refuse_button, Qt.Key.Key_Escape)
    assert actions.keys("merge") == ()
    assert actions.keys("export") == ("Ctrl+E",)
    assert page.editor.said == ""
    assert page.editor.change_button.isVisible()
    assert page.list.hasFocus()


def test_a_key_that_cannot_be_given_is_refused_with_the_reason(page: KeysPage, actions: Actions, qtbot: QtBot) -> None:
    press(qtbot, page, "export", Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    assert "next" in page.editor.said
    assert page.editor.field.hasFocus()
    qtbot.keyClick(page.editor.field, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    assert page.editor.said == "Alt+F opens the menu “File”. Press another key."
    qtbot.keyClick(page.editor.field, Qt.Key.Key_Control, CONTROL)
    qtbot.keyClick(page.editor.field, Qt.Key.Key_Escape)
    assert actions.keys("export") == ("Ctrl+E",)
    assert page.list.hasFocus()


def test_whoever_goes_elsewhere_wants_no_new_key(page: KeysPage, qtbot: QtBot) -> None:
    page.choose("export")
    page.editor.begin()
    page.field.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(lambda: not page.editor.field.isVisible())


def test_a_second_key_is_added_and_any_is_taken_off(page: KeysPage, actions: Actions, qtbot: QtBot) -> None:
    page.choose("export")
    page.editor.add_button.click()
    qtbot.keyClick(page.editor.field, Qt.Key.Key_W)
    assert actions.keys("export") == ("Ctrl+E", "W")
    page.editor.removed.emit("Ctrl+E")
    assert actions.keys("export") == ("W",)
    page.editor.removed.emit("W")
    assert actions.keys("export") == ()
    assert not page.editor.add_button.isEnabled()


def test_an_action_has_few_keys_and_these_have_room(page: KeysPage, actions: Actions, window: QMainWindow) -> None:
    actions.bindings.give("select-all", [f"Ctrl+Alt+Shift+F1{number}" for number in range(MOST_KEYS)])
    actions.show_keys()
    page.choose("select-all")
    window.resize(600, 500)
    assert not page.editor.add_button.isEnabled()
    assert page.editor.change_button.isEnabled()
    assert page.inner.width() <= page.viewport().width()


def test_one_action_is_reset_and_a_clash_of_that_is_told_too(page: KeysPage, actions: Actions, qtbot: QtBot) -> None:
    press(qtbot, page, "merge", Qt.Key.Key_E, CONTROL)
    page.editor.agree_button.click()
    page.choose("export")
    page.editor.reset_button.click()
    assert page.editor.said == "Ctrl+E is a key of “Merge selected papers”."
    page.editor.agree_button.click()
    assert actions.keys("export") == ("Ctrl+E",)
    assert actions.keys("merge") == ()
    assert not page.editor.reset_button.isEnabled()


def test_all_are_reset_after_a_question(page: KeysPage, window: QMainWindow, actions: Actions, qtbot: QtBot) -> None:
    assert not page.editor.reset_all_button.isEnabled()
    press(qtbot, page, "export", Qt.Key.Key_F6, CONTROL)
    page.editor.reset_all_button.click()
    question = window.findChild(Message)
    assert question is not None
    assert actions.keys("export") == ("Ctrl+F6",)
    agree = next(each for each in question.buttons.buttons() if each.text() == "Reset all keys")
    agree.click()
    assert actions.keys("export") == ("Ctrl+E",)
    assert not page.editor.reset_all_button.isEnabled()


def test_it_is_all_done_by_keyboard(page: KeysPage, actions: Actions, qtbot: QtBot) -> None:
    page.field.setFocus()
    qtbot.keyClicks(page.field, "export the whole")
    qtbot.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.keyClick(page.editor.field, Qt.Key.Key_F6, CONTROL)
    assert actions.keys("export-library") == ("Ctrl+F6",)


def test_new_keys_work_in_list_and_window_and_old_ones_no_more(qtbot: QtBot, tmp_path: Path) -> None:
    window, inside, rows, text = QMainWindow(), QWidget(), QWidget(), QLineEdit()
    qtbot.addWidget(window)
    layout = QVBoxLayout(inside)
    rows.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    for part in (rows, text):
        layout.addWidget(part)
    window.setCentralWidget(inside)
    actions = Actions(window, Settings(tmp_path))
    actions.serve_list(rows)
    actions.update(Situation(library=True, papers=2, selected=1))
    told: list[str] = []
    actions.triggered.connect(told.append)
    with qtbot.waitExposed(window):
        window.show()
    bindings = actions.bindings
    bindings.give("star", ["W", "F6"])  # a key of the list becomes one of the window and one of the list
    bindings.give("export", ["X"])  # and one of the window becomes one of the list
    actions.show_keys()
    rows.setFocus()
    for key, modifiers in ((Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_E, CONTROL)):
        qtbot.keyClick(rows, key, modifiers)
    assert told == []
    for key in (Qt.Key.Key_W, Qt.Key.Key_F6, Qt.Key.Key_X):
        qtbot.keyClick(rows, key)
    assert told == ["star", "star", "export"]
    text.setFocus()
    for key in (Qt.Key.Key_W, Qt.Key.Key_F6, Qt.Key.Key_X):
        qtbot.keyClick(text, key)
    assert told == ["star", "star", "export", "star"]
    assert text.text() == "wx"
    bindings.reset_all()
    actions.show_keys()
    rows.setFocus()
    for key, modifiers in ((Qt.Key.Key_S, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_E, CONTROL)):
        qtbot.keyClick(rows, key, modifiers)
    qtbot.keyClick(rows, Qt.Key.Key_W)
    assert told[4:] == ["star", "export"]
