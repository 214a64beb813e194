"""The tab of related papers, alone and in a window."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.papers.paper import Paper
from readinglist.papers.related import Related
from readinglist.ui import theme
from readinglist.ui.main_window import MainWindow
from readinglist.ui.related_tab import RelatedRow, RelatedTab
from tests.ui.conftest import desk_of, settle

PAPER = Paper(id=7, title="Attention <b>is</b> $x^2$")
OTHER = Paper(id=9, title="Memory")


@pytest.fixture
def tab(qtbot: QtBot) -> RelatedTab:
    tab = RelatedTab()
    qtbot.addWidget(tab)
    tab.resize(400, 300)
    return tab


def rows(tab: RelatedTab) -> list[RelatedRow]:
    return [row for row in tab.findChildren(RelatedRow) if row.isVisible()]


def test_it_asks_only_where_someone_looks_and_once_for_a_paper(tab: RelatedTab) -> None:
    wanted: list[int] = []
    tab.wanted.connect(wanted.append)
    tab.show_paper(PAPER)
    assert wanted == []
    tab.show()
    assert wanted == [7]
    tab.hide()
    tab.show()
    assert wanted == [7]
    tab.show_paper(OTHER)
    assert wanted == [7, 9]


def test_rows_tell_title_and_words_and_lead_there(tab: RelatedTab) -> None:
    papers: list[int] = []
    words: list[str] = []
    tab.paper_chosen.connect(papers.append)
    tab.word_chosen.connect(words.append)
    tab.show()
    tab.show_paper(OTHER)
    tab.show_related(9, [(Related(7, 0.5, ("GPT-4", "<i>")), PAPER)])
    (row,) = rows(tab)
    assert "Attention &lt;b&gt;is&lt;/b&gt; x²" in row.text()
    assert "&lt;i&gt;" in row.text()
    row.linkActivated.emit("paper")
    row.linkActivated.emit("word1")
    assert (papers, words) == ([7], ["<i>"])


def test_an_answer_for_a_paper_passed_by_is_not_shown(tab: RelatedTab) -> None:
    tab.show()
    tab.show_paper(OTHER)
    tab.show_related(7, [(Related(9, 0.5, ()), OTHER)])
    assert rows(tab) == []


def test_nothing_related_is_said(tab: RelatedTab) -> None:
    tab.show()
    tab.show_paper(PAPER)
    tab.show_related(7, [(Related(9, 0.5, ()), OTHER)])
    assert len(rows(tab)) == 1
    tab.show_paper(OTHER)
    tab.show_related(9, [])
    assert rows(tab) == []
    assert any("has much in common" in text for text in shown(tab))


def test_colours_follow_the_theme(qapp: QApplication, tab: RelatedTab) -> None:
    tab.show()
    tab.show_paper(OTHER)
    tab.show_related(9, [(Related(7, 0.5, ("memory",)), PAPER)])
    theme.use(qapp, "dark")
    assert theme.current().text.name() in rows(tab)[0].text()


def test_keys_reach_the_links(qtbot: QtBot, tab: RelatedTab) -> None:
    papers: list[int] = []
    tab.paper_chosen.connect(papers.append)
    tab.show()
    tab.show_paper(OTHER)
    tab.show_related(9, [(Related(7, 0.5, ("memory",)), replace(PAPER, title="Memory again"))])
    row = rows(tab)[0]
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow)
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Qt.Key.Key_Tab)
    qtbot.keyClick(row, Qt.Key.Key_Return)
    assert papers == [7]


def test_in_the_window_a_click_goes_to_the_paper_and_a_word_is_searched(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    desk.library.index_pending()
    panes, tab = window.panes, desk.details.related
    panes.list.step(1)
    settle(qtbot, window)
    desk.details.tabs.setCurrentIndex(3)
    qtbot.waitUntil(lambda: bool(rows(tab)))
    near = desk.library.related(panes.list.current_id() or 0)
    rows(tab)[0].linkActivated.emit("paper")
    assert panes.list.current_id() == near[0].paper_id
    qtbot.waitUntil(lambda: panes.list.current_id() not in [row._paper.id for row in rows(tab) if row._paper])
    rows(tab)[0].linkActivated.emit("word0")
    settle(qtbot, window)
    assert panes.search_bar.text() in rows(tab)[0]._words
    assert panes.list.papers.ids


def test_a_related_paper_that_the_list_lacks_is_shown_among_all(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    first, second = desk.library.find("").ids[:2]
    desk.library.star([first])
    desk.show_query("is:starred")
    settle(qtbot, window)
    desk.relating.go_to_paper(second)
    settle(qtbot, window)
    assert window.panes.search_bar.text() == ""
    assert window.panes.list.current_id() == second


def shown(tab: RelatedTab) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]
