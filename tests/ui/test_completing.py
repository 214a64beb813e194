"""What the search box offers while one types, and the keys it takes and leaves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from readinglist.ui.completing import Completing
from readinglist.ui.main_window import MainWindow
from tests.ui.conftest import desk_of, settle


@pytest.fixture
def completing(qtbot: QtBot, window: MainWindow) -> Completing:
    """In a window on the sample listing, of which some papers have tags."""
    library = desk_of(window).library
    library.index_pending()
    library.tag(library.find("model").ids[:2], ["nlp/parsing", "to discuss"])
    window.activateWindow()
    edit(window).setFocus()
    settle(qtbot, window)
    return desk_of(window).findChildren(Completing)[0]


def edit(window: MainWindow) -> QLineEdit:
    return window.panes.search_bar.box.edit


def offered(completing: Completing) -> list[str]:
    view = completing.offers.list
    return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]


def write(qtbot: QtBot, window: MainWindow, completing: Completing, text: str) -> list[str]:
    qtbot.keyClicks(edit(window), text)
    wait_for_offers(qtbot, window, completing)
    return offered(completing)


def wait_for_offers(qtbot: QtBot, window: MainWindow, completing: Completing) -> None:
    """Wait until what is offered is offered for all that was typed."""
    end = len(edit(window).text())
    qtbot.waitUntil(lambda: completing.offers.isVisible() and completing._offered.end == end)
    settle(qtbot, window)


def test_fields_come_first_and_words_of_the_library_last(
    qtbot: QtBot, window: MainWindow, completing: Completing
) -> None:
    assert write(qtbot, window, completing, "ta")[0] == "tag:"
    edit(window).clear()
    found = write(qtbot, window, completing, "lan")
    assert "language" in found
    assert not any(word.endswith(":") for word in found)


def test_tab_takes_the_first_offer_and_the_typing_goes_on(
    qtbot: QtBot, window: MainWindow, completing: Completing
) -> None:
    write(qtbot, window, completing, "ta")
    qtbot.keyClick(edit(window), Qt.Key.Key_Tab)
    assert edit(window).text() == "tag:"
    wait_for_offers(qtbot, window, completing)
    assert offered(completing) == ["nlp", "nlp/parsing", "to discuss"]
    assert write(qtbot, window, completing, "dis") == ["to discuss"]
    qtbot.keyClick(edit(window), Qt.Key.Key_Tab)
    settle(qtbot, window)
    assert edit(window).text() == 'tag:"to discuss" '
    assert QApplication.focusWidget() is edit(window)
    assert len(window.panes.list.papers.ids) == 2
    assert not completing.offers.isVisible()


def test_arrows_go_through_the_offers_and_enter_takes_one(
    qtbot: QtBot, window: MainWindow, completing: Completing
) -> None:
    found = write(qtbot, window, completing, "model status:re")
    assert found == ["reading", "read", "to-read"]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return):
        qtbot.keyClick(edit(window), key)
    assert edit(window).text() == "model status:read "


def test_escape_closes_the_offers_first(qtbot: QtBot, window: MainWindow, completing: Completing) -> None:
    write(qtbot, window, completing, "st")
    qtbot.keyClick(edit(window), Qt.Key.Key_Escape)
    assert not completing.offers.isVisible()
    assert edit(window).text() == "st"
    qtbot.keyClick(edit(window), Qt.Key.Key_Escape)
    assert edit(window).text() == ""


def test_down_and_enter_go_to_the_list_where_words_alone_are_offered(
    qtbot: QtBot, window: MainWindow, completing: Completing
) -> None:
    write(qtbot, window, completing, "lang")
    qtbot.keyClick(edit(window), Qt.Key.Key_Down)
    assert QApplication.focusWidget() is window.panes.list
    assert not completing.offers.isVisible()
    assert edit(window).text() == "lang"


def test_a_click_takes_an_offer(qtbot: QtBot, window: MainWindow, completing: Completing) -> None:
    write(qtbot, window, completing, "is:")
    view = completing.offers.list
    at = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert edit(window).text() == "is:new "
    assert QApplication.focusWidget() is edit(window)


def test_a_query_that_was_not_typed_offers_nothing(qtbot: QtBot, window: MainWindow, completing: Completing) -> None:
    desk_of(window).show_query("tag:n")
    settle(qtbot, window)
    qtbot.wait(120)
    assert not completing.offers.isVisible()


def test_letters_typed_since_are_taken_along(qtbot: QtBot, window: MainWindow, completing: Completing) -> None:
    write(qtbot, window, completing, "x tag:di")
    qtbot.keyClicks(edit(window), "sc")
    qtbot.keyClick(edit(window), Qt.Key.Key_Tab)
    assert edit(window).text() == 'x tag:"to discuss" '
