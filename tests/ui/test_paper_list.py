from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from readinglist.ui import theme
from readinglist.ui.paper_list import PaperList, row_ranges
from tests.ui.sample_library import Counting, many, sample_library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = sample_library(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def shown(library: Library, qtbot: QtBot) -> PaperList:
    paper_list = PaperList(library)
    qtbot.addWidget(paper_list)
    paper_list.resize(600, 700)
    paper_list.show()
    paper_list.show_found(library.find(""))
    return paper_list


def press(paper_list: PaperList, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(paper_list, key, modifier)


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_at_first_no_paper_is_current(shown: PaperList) -> None:
    assert shown.current_id() is None
    assert shown.selected_ids() == ()


def test_j_and_k_and_arrows_go_from_paper_to_paper(shown: PaperList, library: Library) -> None:
    ids = library.find("").ids
    press(shown, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_J)
    assert shown.current_id() == ids[2]
    press(shown, Qt.Key.Key_K, Qt.Key.Key_Up)
    assert shown.current_id() == ids[0]
    press(shown, Qt.Key.Key_End)
    assert shown.current_id() == ids[-1]
    press(shown, Qt.Key.Key_Home)
    assert shown.selected_ids() == (ids[0],)


def test_shift_and_j_choose_several(shown: PaperList, library: Library) -> None:
    ids = library.find("").ids
    press(shown, Qt.Key.Key_Home)
    press(shown, Qt.Key.Key_J, Qt.Key.Key_J, modifier=Qt.KeyboardModifier.ShiftModifier)
    assert shown.selected_ids() == tuple(ids[:3])


def test_steps_end_at_the_ends(shown: PaperList, library: Library) -> None:
    ids = library.find("").ids
    shown.step(1)
    assert shown.current_id() == ids[0]
    shown.step(-5)
    assert shown.current_id() == ids[0]
    shown.step(10_000)
    assert shown.current_id() == ids[-1]


def test_letters_do_not_search_titles(shown: PaperList) -> None:
    press(shown, Qt.Key.Key_Home)
    before = shown.current_id()
    press(shown, Qt.Key.Key_B, Qt.Key.Key_S, Qt.Key.Key_L)
    assert shown.current_id() == before


def test_what_is_chosen_is_told_once(shown: PaperList, library: Library) -> None:
    ids = library.find("").ids
    current: list[int | None] = []
    chosen: list[Sequence[int]] = []
    shown.current_changed.connect(current.append)
    shown.selection_changed.connect(chosen.append)
    press(shown, Qt.Key.Key_J, Qt.Key.Key_J)
    assert current == [ids[0], ids[1]]
    assert chosen == [(ids[0],), (ids[1],)]


def test_enter_and_two_clicks_open(shown: PaperList, library: Library) -> None:
    ids = library.find("").ids
    opened: list[int] = []
    shown.opened.connect(opened.append)
    press(shown, Qt.Key.Key_J, Qt.Key.Key_Return)
    place = shown.visualRect(shown.papers.index(1)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [ids[0], ids[1]]


def test_a_click_on_the_star_asks_for_it_and_chooses_nothing(shown: PaperList, library: Library) -> None:
    ids = library.find("").ids
    asked: list[Sequence[int]] = []
    shown.star_toggled.connect(asked.append)
    press(shown, Qt.Key.Key_J)
    corner = shown.visualRect(shown.papers.index(2)).topLeft() + QPoint(18, 18)
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=corner)
    assert asked == [(ids[2],)]
    assert shown.selected_ids() == (ids[0],)


def test_all_of_a_long_list_are_chosen_without_reading_them(library: Library, qtbot: QtBot) -> None:
    source = Counting(library)
    paper_list = PaperList(source)
    qtbot.addWidget(paper_list)
    paper_list.show_found(many(library.find(""), 100_000))
    paper_list.selectAll()
    assert len(paper_list.selected_ids()) == 100_000
    assert source.asked == []


def test_when_a_paper_leaves_the_list_the_next_one_is_current(shown: PaperList, library: Library) -> None:
    shown.show_found(library.find("status:inbox"))
    ids = library.find("status:inbox").ids
    shown.choose(ids[3])
    library.set_state([ids[3]], ReadingState.TO_READ)
    current: list[int | None] = []
    shown.current_changed.connect(current.append)
    shown.show_found(library.find("status:inbox"))
    assert shown.current_id() == ids[4]
    assert shown.selected_ids() == (ids[4],)
    assert current == [ids[4]]


def test_when_the_last_paper_leaves_the_one_before_it_is_current(shown: PaperList, library: Library) -> None:
    shown.show_found(library.find("status:inbox"))
    ids = library.find("status:inbox").ids
    shown.choose(ids[-1])
    library.set_state([ids[-1]], ReadingState.READ)
    shown.show_found(library.find("status:inbox"))
    assert shown.current_id() == ids[-2]


def test_several_papers_stay_chosen_when_the_order_changes(shown: PaperList, library: Library) -> None:
    ids = library.find("").ids
    shown.choose(ids[0])
    press(shown, Qt.Key.Key_J, modifier=Qt.KeyboardModifier.ShiftModifier)
    by_title = library.find("", sort="title")
    shown.show_found(by_title)
    assert set(shown.selected_ids()) == set(ids[:2])
    assert shown.current_id() == ids[1]


def test_an_answer_is_painted_once(shown: PaperList, library: Library, qapp: QApplication) -> None:
    qapp.processEvents()
    paints = Paints(shown.viewport())
    shown.show_found(library.find("language"))
    for _ in range(5):
        qapp.processEvents()
    assert paints.count == 1


def test_the_same_ids_again_disturb_nothing(shown: PaperList, library: Library) -> None:
    shown.step(3)
    shown.verticalScrollBar().setValue(77)
    told: list[object] = []
    shown.current_changed.connect(told.append)
    shown.selection_changed.connect(told.append)
    shown.show_found(library.find(""))
    assert shown.verticalScrollBar().value() == 77
    assert told == []


def test_another_question_keeps_a_paper_that_is_in_its_answer(shown: PaperList, library: Library) -> None:
    attention = library.find("attention").ids
    shown.choose(attention[0])
    shown.show_found(library.find("attention"))
    assert shown.current_id() == attention[0]


def test_another_question_without_the_paper_has_none_current(shown: PaperList, library: Library) -> None:
    told: list[int | None] = []
    shown.choose(library.find("").ids[0])
    shown.current_changed.connect(told.append)
    shown.show_found(library.find("no-such-word-anywhere"))
    assert shown.current_id() is None
    assert told == [None]


def test_a_paper_that_is_not_in_the_list_cannot_be_chosen(shown: PaperList) -> None:
    assert not shown.choose(987_654)


def test_an_empty_list_says_what_to_do(shown: PaperList, library: Library) -> None:
    shown.show_found(library.find("no-such-word-anywhere"))
    no_match = shown.viewport().grab().toImage()
    assert dark_pixels(no_match) > 100
    shown.show_found(library.find("status:read"))
    no_papers_there = shown.viewport().grab().toImage()
    assert dark_pixels(no_papers_there) > 100
    assert no_papers_there != no_match


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_tool_tip_tells_what_the_star_does(shown: PaperList, library: Library) -> None:
    rect = shown.visualRect(shown.papers.index(0))
    shown.viewport().grab()

    def tip(at: QPoint) -> str:
        QToolTip.hideText()
        event = QHelpEvent(QEvent.Type.ToolTip, at, shown.viewport().mapToGlobal(at))
        QApplication.sendEvent(shown.viewport(), event)
        return QToolTip.text()

    assert tip(rect.topLeft() + QPoint(18, 18)) == "Star"
    library.star(library.find("").ids[:1])
    shown.forget(library.find("").ids[:1])
    shown.viewport().grab()
    assert tip(rect.topLeft() + QPoint(18, 18)) == "Take the star off"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_tool_tip_tells_a_title_that_is_cut_short_on_lines_and_as_it_is(shown: PaperList, library: Library) -> None:
    title = "A <b>title</b> of " + "very " * 60 + "many words"
    first = library.find("").ids[0]
    library.edit_fields(first, {"title": title})
    shown.forget([first])
    shown.viewport().grab()
    rect = shown.visualRect(shown.papers.index(0))
    at = rect.center()
    QToolTip.hideText()
    QApplication.sendEvent(shown.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, shown.viewport().mapToGlobal(at)))
    lines = QToolTip.text().split("\n")
    assert " ".join(lines) == title
    assert max(map(len, lines)) <= 72
    QToolTip.hideText()


def test_a_star_is_painted_when_the_paper_is_forgotten(shown: PaperList, library: Library) -> None:
    before = shown.viewport().grab().toImage()
    library.star(library.find("").ids[:1])
    assert shown.viewport().grab().toImage() == before
    shown.forget(library.find("").ids[:1])
    assert shown.viewport().grab().toImage() != before


def test_rows_follow_the_theme(shown: PaperList, qapp: QApplication) -> None:
    theme.use(qapp, "light")
    light = shown.viewport().grab().toImage()
    theme.use(qapp, "dark")
    dark = shown.viewport().grab().toImage()
    theme.use(qapp, "light")
    assert dark.pixelColor(5, 300).lightness() < 80 < light.pixelColor(5, 300).lightness()
    assert shown.viewport().grab().toImage() == light


def test_hits_are_marked_in_the_rows(shown: PaperList, library: Library) -> None:
    mark = theme.current().mark
    assert not count_pixels(shown.viewport().grab().toImage(), mark.rgb())
    shown.show_found(library.find("attention"))
    assert count_pixels(shown.viewport().grab().toImage(), mark.rgb()) > 50


def test_all_rows_are_equally_high(shown: PaperList) -> None:
    assert len({shown.rowHeight(row) for row in range(shown.papers.rowCount())}) == 1


@pytest.mark.parametrize(
    ("chosen", "ranges"), [((), []), ((1,), []), ((10,), [(0, 0)]), ((12, 11, 14), [(1, 2), (4, 4)])]
)
def test_chosen_rows_are_told_as_ranges(chosen: tuple[int, ...], ranges: list[tuple[int, int]]) -> None:
    assert row_ranges((10, 11, 12, 13, 14), chosen) == ranges


def dark_pixels(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def count_pixels(image: QImage, color: int) -> int:
    return sum(image.pixel(x, y) == color for x in range(0, image.width(), 2) for y in range(0, image.height(), 2))
