"""The window of feeds, with a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.store import checked
from readinglist.ui.feeds_window import FeedsWindow
from readinglist.ui.library_signals import LibrarySignals
from tests.ui.conftest import OpenWindow, desk_of

OPML = b"""<opml version="2.0"><body>
<outline text="Computation and Language" xmlUrl="https://example.org/cs.CL"/>
<outline text="Another" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as made:
        made.import_texts([InputText("feeds.opml", OPML)])
        yield made


@pytest.fixture
def feeds(library: Library, qtbot: QtBot) -> FeedsWindow:
    made = FeedsWindow(library)
    qtbot.addWidget(made)
    signals = LibrarySignals(library, made)
    signals.changed.connect(made.hear)
    made.show()
    return made


def titles(feeds: FeedsWindow) -> list[str]:
    return [feeds.list.item(row).text() for row in range(feeds.list.count())]


def test_feeds_are_listed_with_the_address_of_the_chosen_one(feeds: FeedsWindow) -> None:
    assert titles(feeds) == ["Another", "Computation and Language"]
    feeds.list.setCurrentRow(1)
    assert feeds.address.text() == "https://example.org/cs.CL"
    feeds.copy_button.click()
    assert QGuiApplication.clipboard().text() == "https://example.org/cs.CL"


def test_only_a_web_address_that_is_shown_is_opened(feeds: FeedsWindow, qtbot: QtBot) -> None:
    assert not feeds.open_button.isEnabled()
    with qtbot.assertNotEmitted(feeds.link_requested):
        feeds.open_address()
    feeds.list.setCurrentRow(1)
    with qtbot.waitSignal(feeds.link_requested) as asked:
        feeds.open_button.click()
    assert asked.args == ["https://example.org/cs.CL"]


def test_feeds_are_removed_and_come_back(feeds: FeedsWindow, library: Library, qtbot: QtBot) -> None:
    feeds.undo_requested.connect(library.undo)
    feeds.list.selectAll()
    qtbot.keyClick(feeds.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: titles(feeds) == [])
    assert library.feeds() == []
    assert not feeds.remove_button.isEnabled()
    library.undo()
    qtbot.waitUntil(lambda: len(titles(feeds)) == 2)


def test_no_feed_is_removed_from_a_library_that_cannot_be_changed(feeds: FeedsWindow, library: Library) -> None:
    assert feeds.remove_button.isEnabled()
    checked.note(library.folder, ["Page 122 is never used"])
    feeds.list.setCurrentRow(1)
    assert not feeds.remove_button.isEnabled()
    assert feeds.copy_button.isEnabled()


def test_the_window_is_opened_from_the_menu(open_window: OpenWindow) -> None:
    window = open_window()
    desk_of(window).deeds.show_feeds()
    (shown,) = window.findChildren(FeedsWindow)
    assert shown.list.isHidden()


def test_when_imports_are_looked_at_is_chosen_in_the_menu(open_window: OpenWindow) -> None:
    window = open_window()
    assert window.actions_.action("look-when-needed").isChecked()
    window.actions_.action("look-never").trigger()
    assert window.actions_.action("look-never").isChecked()
    assert not window.actions_.action("look-when-needed").isChecked()
