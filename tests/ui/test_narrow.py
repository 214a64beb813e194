"""Nothing is cut, and no window grows by itself, where room is scarce and words are long."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.papers.paper import Author, Note, Paper
from readinglist.ui.head_area import HeadArea
from readinglist.ui.no_hits import Suggestion
from readinglist.ui.paper_details import PaperDetails
from readinglist.ui.paper_header import PaperHeader
from readinglist.ui.paper_row import Measures, lay_out
from readinglist.ui.rating import Rating
from readinglist.ui.segmented import Segment
from readinglist.ui.small_parts import Words, breakable
from readinglist.ui.tag_chips import TagChip
from readinglist.ui.tag_editor import TagEditor
from tests.ui.conftest import OpenWindow, desk_of, settle
from tests.ui.sample_library import child

NOW = datetime(2026, 4, 2, tzinfo=UTC)
UNBREAKABLE = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 3
LONG = Paper(
    id=1,
    title=f"On {UNBREAKABLE} " * 4,
    abstract=UNBREAKABLE * 20,
    authors=tuple(Author(f"Lastname{number}", "Firstname") for number in range(40)),
    venue=UNBREAKABLE,
    year=2024,
    tags=(UNBREAKABLE, *(f"a tag with many words, as nobody gives them {number}" for number in range(12))),
    notes=(Note("a", UNBREAKABLE, NOW, NOW),),
)
SMALL = QSize(900, 600)


@pytest.fixture
def details(qtbot: QtBot) -> PaperDetails:
    shown = PaperDetails()
    qtbot.addWidget(shown)
    shown.resize(320, 560)
    shown.show()
    return shown


def cut_labels(widget: QWidget) -> list[str]:
    """The words that have fewer lines than they need."""
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    return [label.text() for label in labels if label.heightForWidth(label.width()) > label.height() + 1]


def cut_tabs(bar: QTabBar) -> list[str]:
    return [bar.tabText(tab) for tab in range(bar.count()) if bar.tabRect(tab).right() > bar.width()]


def test_a_line_may_end_within_a_long_word_and_the_words_stay_what_they_are(qtbot: QtBot) -> None:
    label = Words(f"see {UNBREAKABLE} there").wrapping()
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < label.fontMetrics().horizontalAdvance(UNBREAKABLE) / 3
    assert label.text() == f"see {UNBREAKABLE} there"
    assert breakable("https://example.org/a-path/of/many-parts?and=so&forth=1") == (
        "https://example.org/a-path/of/many-parts?and=so&forth=1"
    )


def test_long_words_do_not_widen_the_details(details: PaperDetails, qtbot: QtBot) -> None:
    details.show_papers([replace(LONG, tags=("a", "b"))])
    plain = details.minimumSizeHint().width()
    details.show_papers([LONG])
    assert details.minimumSizeHint().width() == plain
    assert details.width() == 320
    qtbot.waitUntil(lambda: cut_labels(details) == [])


def test_a_long_head_leaves_room_for_the_tabs_and_can_be_scrolled(details: PaperDetails, qtbot: QtBot) -> None:
    details.show_papers([LONG])
    area = child(details, HeadArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    assert details.tabs.height() >= 140
    assert cut_tabs(details.tabs.tabBar()) == []
    area.verticalScrollBar().setValue(40)
    details.show_papers([replace(LONG, id=2)])
    assert area.verticalScrollBar().value() == 0


def test_a_short_head_is_as_high_as_it_needs(details: PaperDetails, qtbot: QtBot) -> None:
    details.show_papers([replace(LONG, title="Short", authors=(), venue="", tags=())])
    area = child(details, HeadArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
    assert details.tabs.geometry().top() - area.geometry().bottom() < 30


def test_a_head_that_fits_has_no_bar_at_any_width(details: PaperDetails, qtbot: QtBot) -> None:
    details.show_papers([replace(LONG, title="Short", authors=(), venue="", tags=("one", "two", "three"))])
    area = child(details, HeadArea)
    head = child(details, PaperHeader)
    for width in (*range(320, 700, 20), *range(700, 320, -20)):
        details.resize(width, 700)
        qtbot.waitUntil(lambda: area.height() >= head.heightForWidth(area.width()))
        assert not area.verticalScrollBar().isVisible()


def test_a_small_pane_shows_all_controls_in_order(details: PaperDetails, qtbot: QtBot) -> None:
    details.show_papers([replace(LONG, title="Short", authors=(), venue="")])
    qtbot.waitUntil(lambda: child(details, TagChip).isVisible())
    area = child(details, HeadArea).viewport()
    chips = [chip for chip in details.findChildren(TagChip) if chip.isVisible()]
    controls = (*details.findChildren(Segment), child(details, Rating), *chips)
    places = [control.mapTo(area, QPoint()) for control in controls]
    assert all(place.x() + control.width() <= area.width() for place, control in zip(places, controls, strict=True))
    assert places[0].y() < places[-1].y()


def test_a_small_window_cuts_no_tab_and_does_not_grow(
    open_window: OpenWindow, library_folder: Path, qtbot: QtBot
) -> None:
    text = f"@article{{a, title={{{UNBREAKABLE}}}, keywords={{{UNBREAKABLE}}}, year={{2024}}}}"
    with Library(library_folder) as library:
        library.import_texts([InputText("a.bib", text.encode())])
        library.add_note(1, UNBREAKABLE)
    window = open_window()
    window.resize(SMALL)
    window.panes.list.step(1)
    settle(qtbot, window)
    tabs = desk_of(window).details.tabs
    for tab in range(tabs.count()):
        tabs.setCurrentIndex(tab)
        settle(qtbot, window)
        QGuiApplication.processEvents()
        assert window.size() == SMALL
        qtbot.waitUntil(lambda: cut_tabs(tabs.tabBar()) == [])


def test_a_long_fact_ends_where_its_row_ends() -> None:
    measures = Measures()
    row = lay_out(LONG, None, 300, measures)
    room = 300 - measures.text_left - measures.margin
    assert row.pieces[0].text.endswith("…") or row.pieces[0].width <= room
    assert all(piece.x + piece.width <= room + 1 for piece in row.pieces)


def test_a_link_to_another_search_gives_way_in_its_middle(qtbot: QtBot) -> None:
    words = f"Search for “{UNBREAKABLE}” & more · 7 papers"
    link = Suggestion(words)
    qtbot.addWidget(link)
    link.resize(200, 30)
    link.show()
    shown = link.text()
    assert shown.startswith("Search")
    assert shown.endswith("papers")
    assert "…" in shown
    assert link.accessibleName() == words
    link.resize(link.sizeHint())
    assert link.text() == words.replace("&", "&&")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_tag_editor_opens_where_its_button_is_seen(details: PaperDetails, qtbot: QtBot) -> None:
    details.show_papers([LONG])
    area = child(details, HeadArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    details.edit_tags()
    assert area.verticalScrollBar().value() > 0
    child(details, TagEditor).close()
