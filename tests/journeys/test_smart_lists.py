"""A search is kept, nested and used; the program ends; all of it is there again, and can be taken back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.papers.smart_list import DEFAULTS
from readinglist.ui.main_window import MainWindow
from readinglist.ui.sidebar_model import SidebarModel
from readinglist.ui.smart_list_dialog import SmartListDialog
from tests.journeys.test_window import CONTROL, focus, key, load_sample, write
from tests.ui.conftest import OpenWindow, desk_of, light, open_window, settle

__all__ = ["light", "open_window"]  # fixtures that are used here too

NAME = "Language models with code"


def keep(qtbot: QtBot, window: MainWindow) -> None:
    """Search, and keep the search by its key."""
    key(qtbot, window, Qt.Key.Key_Slash)
    write(qtbot, window, "language model has:code")
    key(qtbot, window, Qt.Key.Key_D, CONTROL)
    (dialog,) = window.findChildren(SmartListDialog)
    dialog.name_edit.selectAll()
    qtbot.keyClicks(dialog.name_edit, NAME)
    qtbot.keyClick(dialog.name_edit, Qt.Key.Key_Return)
    settle(qtbot, window)


def nest(qtbot: QtBot, window: MainWindow) -> None:
    """Below the list above it, by its key."""
    window.activateWindow()
    window.panes.sidebar.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.panes.sidebar)
    qtbot.keyClick(focus(), Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle(qtbot, window)


def lists(window: MainWindow) -> list[tuple[str, str]]:
    """Each smart list with the name of the one above it."""
    known = {each.id: each for each in desk_of(window).library.smart_lists()}
    return [(each.name, known[each.parent].name if each.parent else "") for each in known.values()]


def choose(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """By the mouse, in the sidebar."""
    sidebar, model = window.panes.sidebar, window.panes.sidebar.model()
    assert isinstance(model, SidebarModel)
    where = sidebar.visualRect(model.list_index(desk_of(window).library.smart_list(name).id)).center()
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=where)
    settle(qtbot, window)


def test_a_kept_search_outlives_the_program(qtbot: QtBot, open_window: OpenWindow, library_folder: Path) -> None:
    window = open_window()
    load_sample(qtbot, window)
    plain = lists(window)
    keep(qtbot, window)
    nest(qtbot, window)
    found = tuple(window.panes.list.papers.ids)
    assert lists(window)[-1] == (NAME, DEFAULTS[-1].name)
    desk_of(window).show_query("")
    settle(qtbot, window)
    window.close()

    again = open_window()
    assert lists(again)[-1] == (NAME, DEFAULTS[-1].name)
    choose(qtbot, again, NAME)
    assert again.panes.search_bar.text() == "language model has:code"
    assert tuple(again.panes.list.papers.ids) == found
    key(qtbot, again, Qt.Key.Key_Z, CONTROL)
    assert lists(again)[-1] == (NAME, "")
    key(qtbot, again, Qt.Key.Key_Z, CONTROL)
    assert lists(again) == plain
    key(qtbot, again, Qt.Key.Key_Y, CONTROL)
    again.close()
    with Library(library_folder) as library:
        assert library.smart_list(NAME).query == "language model has:code"
        assert library.undo_label() == f"Save smart list “{NAME}”"
