"""What an empty list says of a search: why nothing was found, and links to other searches."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from readinglist.ui.main_window import MainWindow
from readinglist.ui.no_hits import NoHits
from readinglist.ui.small_parts import Words
from tests.ui.conftest import desk_of, settle


def page_of(window: MainWindow) -> NoHits:
    return window.panes.list.viewport().findChildren(NoHits)[0]


def search(qtbot: QtBot, window: MainWindow, query: str) -> NoHits:
    """Type a search that finds nothing, and wait until it is said why."""
    box = window.panes.search_bar.box
    box.edit.setFocus()
    box.edit.selectAll()
    qtbot.keyClicks(box.edit, query)
    page = page_of(window)
    qtbot.waitUntil(page.isVisible)
    settle(qtbot, window)
    return page


def said(page: NoHits) -> list[str]:
    return [words.text() for words in page.findChildren(Words) if words.isVisible()]


def test_it_is_said_who_finds_how_many_and_which_part_empties_the_answer(qtbot: QtBot, window: MainWindow) -> None:
    total = len(desk_of(window).library.find("model").ids)
    page = search(qtbot, window, "model status:read")
    assert said(page)[:2] == ["No papers match “model status:read”", "Nothing in the library has “status:read”."]
    assert said(page)[2:] == ["model", f"{total} papers", "status:read", "0 papers"]
    assert [link.text() for link in page.links] == [f"Without “status:read” · {total} papers"]


def test_a_click_searches_for_what_was_meant(qtbot: QtBot, window: MainWindow) -> None:
    page = search(qtbot, window, "langauge modle")
    assert page.links[0].text().startswith("Search for “language model” instead · ")
    qtbot.mouseClick(page.links[0], Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert window.panes.search_bar.text() == "language model"
    assert window.panes.list.papers.ids
    assert not page.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_the_links_are_reached_by_keys(qtbot: QtBot, window: MainWindow, key: Qt.Key) -> None:
    window.activateWindow()
    page = search(qtbot, window, "langauge status:inbox")
    qtbot.keyClick(window.panes.search_bar.box.edit, Qt.Key.Key_Return)
    first, second = page.links
    assert QApplication.focusWidget() is first
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is second
    qtbot.keyClick(second, key)
    settle(qtbot, window)
    assert window.panes.search_bar.text() == "status:inbox"


def test_an_answer_takes_the_place_of_the_page(qtbot: QtBot, window: MainWindow) -> None:
    page = search(qtbot, window, "model xyzzy")
    qtbot.keyClicks(window.panes.search_bar.box.edit, " or model")
    qtbot.waitUntil(lambda: not page.isVisible())
    assert window.panes.list.papers.ids


def test_an_empty_place_of_the_library_is_no_riddle(qtbot: QtBot, window: MainWindow) -> None:
    desk_of(window).show_query("status:read")
    settle(qtbot, window)
    qtbot.wait(100)
    assert not page_of(window).isVisible()


def test_the_page_is_as_large_as_the_list_in_either_theme(qtbot: QtBot, window: MainWindow, qapp: QApplication) -> None:
    page = search(qtbot, window, "model & status:read " + "x" * 90)
    for name in ("light", "dark"):
        theme.use(qapp, name)
        window.resize(900, 620)
        qtbot.waitUntil(lambda: page.size() == window.panes.list.viewport().size())
        assert page.grab().toImage().pixelColor(2, 2) == theme.current().window
