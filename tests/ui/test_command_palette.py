"""The command palette, by keyboard alone."""

from collections.abc import Callable
from datetime import date
from functools import partial
from time import perf_counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from readinglist.library.answers import Counts, SmartListCount, TagCount
from readinglist.papers.paper import Listing
from readinglist.papers.smart_list import SmartList
from readinglist.ui.action_menus import Actions, Situation
from readinglist.ui.command_palette import Command, CommandPalette
from readinglist.ui.commands import action_commands, place_commands
from readinglist.ui.settings import Settings

Run = list[str]


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    field = QLineEdit()
    made.setCentralWidget(field)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    return made


@pytest.fixture
def palette(window: QMainWindow) -> CommandPalette:
    return CommandPalette(window)


def commands(done: Run, *words: str) -> list[Command]:
    def run(word: str) -> Callable[[], None]:
        return lambda: done.append(word)

    return [Command(word, "Tag", run(word)) for word in words]


def shown(palette: CommandPalette) -> list[str]:
    model = palette.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_typing_narrows_and_enter_does_the_best(palette: CommandPalette, qtbot: QtBot, window: QMainWindow) -> None:
    done: Run = []
    palette.open_with(commands(done, "Undo", "Redo", "Export"))
    qtbot.waitUntil(palette.field.hasFocus)
    qtbot.keyClicks(palette.field, "red")
    assert shown(palette) == ["Redo"]
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert done == ["Redo"]
    assert not palette.isVisible()
    assert QApplication.focusWidget() is window.centralWidget()


def test_arrows_go_round(palette: CommandPalette, qtbot: QtBot) -> None:
    done: Run = []
    palette.open_with(commands(done, "One", "Two", "Three"))
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Enter):
        qtbot.keyClick(palette.field, key)
    palette.open_with(commands(done, "One", "Two", "Three"))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(palette.field, key)
    assert done == ["Two", "One"]


def test_escape_closes_without_doing_anything_and_gives_the_focus_back(
    palette: CommandPalette, qtbot: QtBot, window: QMainWindow
) -> None:
    done: Run = []
    palette.open_with(commands(done, "One"))
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert done == []
    assert QApplication.focusWidget() is window.centralWidget()


def test_a_click_elsewhere_closes_it(palette: CommandPalette, qtbot: QtBot, window: QMainWindow) -> None:
    palette.open_with(commands([], "One"))
    qtbot.waitUntil(palette.field.hasFocus)
    window.setFocus()
    assert not palette.isVisible()


def test_a_click_on_a_row_does_it(palette: CommandPalette, qtbot: QtBot) -> None:
    done: Run = []
    palette.open_with(commands(done, "One", "Two"))
    place = palette.list.visualRect(palette.list.model().index(1, 0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert done == ["Two"]


def test_nothing_found_is_said_and_enter_does_nothing(palette: CommandPalette, qtbot: QtBot) -> None:
    done: Run = []
    palette.open_with(commands(done, "One"))
    qtbot.keyClicks(palette.field, "zzz")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert not palette.list.isVisible()
    assert done == []


def test_it_stays_inside_a_small_window(palette: CommandPalette, qtbot: QtBot, window: QMainWindow) -> None:
    palette.open_with(commands([], *(f"Command {number}" for number in range(50))))
    window.resize(400, 240)
    qtbot.waitUntil(lambda: window.rect().contains(palette.geometry()))


def test_opens_and_narrows_at_once_with_2000_entries(palette: CommandPalette) -> None:
    many = commands([], *(f"machine learning/transformers/{number}" for number in range(2000)))
    palette.open_with(many)
    palette.close_palette()

    def took(work: Callable[[], None]) -> float:
        started = perf_counter()
        work()
        QApplication.processEvents()
        return perf_counter() - started

    # Far above what it takes: a guard against going through all entries for each of them, not a measurement.
    assert min(took(lambda: palette.open_with(many)) for _ in range(3)) < 0.5
    assert min(took(partial(palette.field.setText, typed)) for typed in ("tr", "learn 19", "mlt")) < 0.5


def test_rows_are_a_sound_model_and_can_be_read_aloud(palette: CommandPalette, qtbot: QtBot) -> None:
    tester = QAbstractItemModelTester(palette.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    palette.open_with([Command("Undo", "Edit", lambda: None, "Ctrl+Z", "undo")])
    qtbot.keyClicks(palette.field, "un")
    assert tester.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Undo, Edit, Ctrl Z"


def test_actions_that_can_be_done_now_are_offered_with_their_keys(qtbot: QtBot, window: QMainWindow) -> None:
    actions = Actions(window, Settings())
    actions.update(Situation(library=True, papers=3, selected=0, undo="Star 3 papers"))
    offered = {command.words: command for command in action_commands(actions)}
    assert offered["Undo Star 3 papers"].key == "Ctrl+Z"
    assert "Star" not in offered
    assert "Command palette" not in offered
    with qtbot.waitSignal(actions.triggered) as triggered:
        offered["Export…"].run()
    assert triggered.args == ["export"]


def test_places_lead_to_their_searches() -> None:
    counts = Counts(
        listings=(Listing(3, 1, "000.txt", date(2025, 3, 14), 2, 69), Listing(4, 2, "my list.txt", None)),
        tags=(TagCount("nlp/parsing", "#3457d5", 4), TagCount("for thesis", "#3457d5", 1)),
        smart_lists=(SmartListCount(SmartList("a", "Twice", "seen:2")),),
    )
    asked: list[str] = []
    shown: list[str] = []
    for command in place_commands(counts, asked.append, shown.append):
        command.run()
    assert shown == ["seen:2"]
    assert asked == [
        "",
        "status:inbox",
        "status:to-read",
        "status:reading",
        "status:read",
        "status:skipped",
        "is:starred",
        "is:trashed",
        "in:2025-03-14#2",
        'in:"my list.txt"',
        "tag:nlp/parsing",
        'tag:"for thesis"',
    ]
    words = [command.words for command in place_commands(counts, asked.append, shown.append)]
    assert words[-4:] == ["14 Mar 2025 (2)", "my list.txt", "nlp/parsing", "for thesis"]
