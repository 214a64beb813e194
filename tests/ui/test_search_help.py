"""The page on the search language in the window."""

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from readinglist.ui.main_window import MainWindow
from readinglist.ui.search_help import SearchHelp


def test_the_menu_shows_the_page_beside_the_window(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.trigger("search-help")
    (page,) = window.findChildren(SearchHelp)
    qtbot.waitUntil(page.isVisible)
    assert not page.isModal()
    assert "state space models" in page.page.toPlainText()
    page.reject()


def test_examples_have_the_accent_colour_in_either_theme(qtbot: QtBot, qapp: QApplication) -> None:
    page = SearchHelp()
    qtbot.addWidget(page)
    for name in ("light", "dark"):
        theme.use(qapp, name)
        found = page.page.document().find("recurence~")
        assert found.charFormat().foreground().color() == theme.current().accent
        assert not page.page.document().find("side by side").charFormat().fontFixedPitch()


def test_a_link_is_not_followed_by_itself(qtbot: QtBot) -> None:
    page = SearchHelp()
    qtbot.addWidget(page)
    before = page.page.toPlainText()
    page.page.anchorClicked.emit(QUrl("https://example.org"))
    assert page.page.toPlainText() == before
    assert not page.page.openExternalLinks()
    assert not page.page.openLinks()
