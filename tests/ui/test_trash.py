"""The trash in the window, and the menu of tags."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from readinglist.papers import edits
from readinglist.ui.desk import Desk
from readinglist.ui.history_desk import HistoryDesk
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from readinglist.ui.sidebar_model import Entry, Kind
from readinglist.ui.tag_menu import COLORS
from tests.ui.conftest import desk_of, settle


def history_of(window: MainWindow) -> HistoryDesk:
    return desk_of(window).findChildren(HistoryDesk)[0]


def put_in_trash(qtbot: QtBot, window: MainWindow, count: int) -> Sequence[int]:
    desk = desk_of(window)
    ids = list(desk.library.find().ids[:count])
    desk.library.trash(ids)
    desk.go_to("is:trashed")
    settle(qtbot, window)
    return ids


def agree(qtbot: QtBot, window: MainWindow, words: str) -> None:
    question = next(each for each in window.findChildren(Message) if each.isVisible())
    button = next(each for each in question.findChildren(QPushButton) if each.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def in_trash(desk: Desk) -> set[int]:
    return set(desk.library.find("is:trashed").ids)


def test_the_line_above_the_list_is_there_in_the_trash_alone(qtbot: QtBot, window: MainWindow) -> None:
    strip = history_of(window).trash.strip
    assert not strip.isVisible()
    put_in_trash(qtbot, window, 2)
    assert strip.isVisible()
    assert strip.button.isEnabled()
    desk_of(window).go_to("")
    settle(qtbot, window)
    assert not strip.isVisible()


def test_the_trash_is_emptied_after_asking_and_undo_brings_it_back(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    ids = put_in_trash(qtbot, window, 3)
    history_of(window).trash.strip.button.click()
    agree(qtbot, window, "Keep")
    assert in_trash(desk) == set(ids)
    window.actions_.trigger("empty-trash")
    agree(qtbot, window, "Delete for good")
    qtbot.waitUntil(lambda: not in_trash(desk))
    settle(qtbot, window)
    assert window.panes.status_line.message() == "Deleted 3 papers for good"
    window.actions_.trigger("undo")
    qtbot.waitUntil(lambda: in_trash(desk) == set(ids))
    settle(qtbot, window)


def test_selected_papers_are_deleted_for_good(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    put_in_trash(qtbot, window, 3)
    window.panes.list.step(1)
    settle(qtbot, window)
    chosen = desk.selected[0]
    window.actions_.trigger("delete-for-good")
    agree(qtbot, window, "Delete for good")
    qtbot.waitUntil(lambda: chosen not in in_trash(desk))
    assert len(in_trash(desk)) == 2
    settle(qtbot, window)


def test_outside_the_trash_nothing_is_deleted_for_good(window: MainWindow) -> None:
    window.panes.list.step(1)
    assert not window.actions_.action("delete-for-good").isEnabled()


def test_an_empty_trash_says_so(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.trigger("empty-trash")
    assert window.panes.status_line.message() == "The trash is empty."
    settle(qtbot, window)


def test_what_is_due_goes_by_itself_and_is_told(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    store, ids = desk.library._store, desk.library.find().ids[:2]
    moved = datetime.now(UTC) - timedelta(days=31)
    store.record(edits.trash(store.papers(ids), moved), moved)
    store.set_setting("trash_seen", json.dumps({str(paper_id): [-31, moved.isoformat()] for paper_id in ids}))
    history_of(window).trash.look_after()
    qtbot.waitUntil(lambda: "2 papers went" in window.panes.status_line.message())
    settle(qtbot, window)


def tag_entry(window: MainWindow) -> Entry:
    sidebar = window.panes.sidebar
    return next(each for each in sidebar._model._entries if each.kind is Kind.TAG)


def items(menu: QMenu) -> dict[str, QMenu | None]:
    return {action.text(): action.menu() for action in menu.actions() if action.text()}  # type: ignore[misc]


def test_a_tag_is_renamed_coloured_and_deleted_from_its_menu(qtbot: QtBot, window: MainWindow) -> None:
    desk, tags = desk_of(window), history_of(window).tags
    desk.library.tag(desk.library.find().ids[:3], ["nlp"])
    settle(qtbot, window)
    assert list(items(tags.menu(tag_entry(window)))) == ["&Rename or merge…", "&Colour", "&Delete from all papers"]
    dialog = tags.rename("nlp")
    dialog.setTextValue("language")
    dialog.accept()
    qtbot.waitUntil(lambda: [tag.name for tag in desk.library.counts().tags] == ["language"])
    settle(qtbot, window)
    tags._color("language", next(iter(COLORS)))
    qtbot.waitUntil(lambda: tag_entry(window).color == next(iter(COLORS)))
    settle(qtbot, window)
    tags._delete("language")
    qtbot.waitUntil(lambda: not desk.library.counts().tags)
    settle(qtbot, window)
    assert window.panes.status_line.message() == "Delete tag language from 3 papers"
