from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState, Sighting
from readinglist.ui import theme, wording
from readinglist.ui.abstract_view import AbstractView
from readinglist.ui.note_card import NoteSource
from readinglist.ui.paper_details import PaperDetails
from readinglist.ui.paper_header import about
from readinglist.ui.rating import Rating
from readinglist.ui.segmented import Segment, SegmentedControl
from tests.ui.sample_library import child, sample_library

NOW = datetime(2026, 4, 2, tzinfo=UTC)
THIS_YEAR = date.today().year  # noqa: DTZ011 - days of this year are shown without it
PAPER = Paper(
    id=7,
    title=r"Hippos <b>and</b> $\alpha$-Attention",
    abstract=r"We write <script>x</script> and use $n^2$ attention heads.",
    authors=(Author("Fu", "Daniel"), Author("Dao & Co", "Tri")),
    year=2022,
    arxiv_id="2212.14052",
    doi="10.48550/arXiv.2212.14052",
    links=(Link("https://github.com/HazyResearch/H3", LinkKind.CODE), Link("javascript:alert(1)", LinkKind.DATA)),
    state=ReadingState.TO_READ,
    tags=("ssm",),
    sightings=(Sighting(2, date(THIS_YEAR, 6, 5), 31), Sighting(1, date(THIS_YEAR, 3, 14), 2)),
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = sample_library(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def details(qtbot: QtBot) -> PaperDetails:
    details = PaperDetails()
    qtbot.addWidget(details)
    details.resize(600, 700)
    details.show()
    return details


def texts(details: PaperDetails) -> str:
    return "\n".join(label.text() for label in details.findChildren(QLabel) if label.isVisible())


def marked(details: PaperDetails) -> list[str]:
    """The parts of the abstract that are marked."""
    block = child(details, AbstractView).document().firstBlock()
    words, part = [], block.begin()
    while not part.atEnd():
        if part.fragment().charFormat().background().color() == theme.current().mark:
            words.append(part.fragment().text())
        part += 1
    return words


def segment(details: PaperDetails, words: str) -> Segment:
    return next(found for found in details.findChildren(Segment) if found.text() == words)


def button(widget: QWidget, name: str) -> QAbstractButton:
    return next(found for found in widget.findChildren(QAbstractButton) if found.accessibleName() == name)


def test_without_a_paper_useful_keys_are_shown(details: PaperDetails) -> None:
    details.show_papers([])
    assert "No paper is open" in texts(details)
    assert "Command palette" in texts(details)


def test_all_that_is_known_of_a_paper_is_shown(details: PaperDetails) -> None:
    details.show_papers([PAPER])
    shown = texts(details)
    assert "Hippos <b>and</b> α-Attention" in shown
    assert "Daniel Fu, Tri Dao &amp; Co · 2022" in shown
    assert "seen 14 Mar (#2), 5 Jun (#31)" in shown
    assert 'href="https://arxiv.org/abs/2212.14052"' in shown
    assert 'href="https://doi.org/10.48550/arXiv.2212.14052"' in shown
    assert "github.com/HazyResearch/H3</a>" in shown
    assert 'href="javascript' not in shown


def test_the_abstract_is_plain_text_with_readable_mathematics(details: PaperDetails) -> None:
    details.show_papers([PAPER])
    view = child(details, AbstractView)
    assert view.toPlainText() == "We write <script>x</script> and use n² attention heads."


def test_hits_are_marked_in_the_abstract(details: PaperDetails, library: Library) -> None:
    found = library.find("attention")
    paper = next(paper for paper in library.papers(found.ids) if "attention" in paper.abstract)
    details.show_papers([paper], found.hits)
    assert "attention" in {words.casefold() for words in marked(details)}
    details.show_papers([paper], library.find("").hits)
    assert marked(details) == []


def test_marks_stand_right_behind_characters_beyond_the_first_plane(details: PaperDetails, library: Library) -> None:
    paper = replace(PAPER, abstract="𝒪(n) and 𝒪(1) attention")
    details.show_papers([paper], library.find("attention").hits)
    assert marked(details) == ["attention"]


def test_a_paper_without_abstract_and_title_says_so(details: PaperDetails) -> None:
    details.show_papers([Paper(id=3)])
    assert child(details, AbstractView).toPlainText() == "This paper has no abstract."
    assert "Untitled" in texts(details)


def test_star_state_and_rating_are_asked_for(details: PaperDetails) -> None:
    asked: list[object] = []
    details.star_requested.connect(lambda ids, on: asked.append((ids, on)))
    details.state_requested.connect(lambda ids, state: asked.append((ids, state)))
    details.rating_requested.connect(lambda ids, rating: asked.append((ids, rating)))
    details.show_papers([PAPER])
    button(details, "Starred").click()
    segment(details, "Reading").click()
    segment(details, "4").click()
    details.show_papers([replace(PAPER, rating=4)])
    segment(details, "4").click()
    assert asked == [((7,), True), ((7,), ReadingState.READING), ((7,), 4), ((7,), 0)]


def test_a_click_shows_nothing_that_did_not_come_about(details: PaperDetails) -> None:
    details.show_papers([PAPER])
    segment(details, "Reading").click()
    segment(details, "4").click()
    button(details, "Starred").click()
    assert segment(details, "To read").isChecked()
    assert not segment(details, "4").isChecked()
    assert not button(details, "Starred").isChecked()


def test_what_is_shown_is_what_the_paper_says(details: PaperDetails) -> None:
    details.show_papers([replace(PAPER, starred=True, rating=3)])
    state, rating = details.findChildren(SegmentedControl)
    assert (state.value(), rating.value()) == (ReadingState.TO_READ, 3)
    assert segment(details, "To read").isChecked()
    assert isinstance(rating, Rating)
    assert button(details, "Starred").isChecked()
    details.show_papers([PAPER])
    assert rating.value() is None
    assert not button(details, "Starred").isChecked()


def test_arrow_keys_choose_a_reading_state(details: PaperDetails) -> None:
    asked: list[ReadingState] = []
    details.state_requested.connect(lambda _, state: asked.append(state))
    details.show_papers([PAPER])
    segment(details, "To read").setFocus()
    QTest.keyClick(segment(details, "To read"), Qt.Key.Key_Right)
    assert asked == [ReadingState.READING]


def test_a_click_on_a_link_is_told(details: PaperDetails) -> None:
    told: list[str] = []
    details.link_requested.connect(told.append)
    details.show_papers([PAPER])
    label = next(label for label in details.findChildren(QLabel) if "arxiv.org" in label.text())
    label.linkActivated.emit("https://arxiv.org/abs/2212.14052")
    assert told == ["https://arxiv.org/abs/2212.14052"]


def link_label(details: PaperDetails) -> QLabel:
    return next(label for label in details.findChildren(QLabel) if "github.com/Hazy" in label.text())


def test_links_take_the_colour_of_another_theme(details: PaperDetails, qapp: QApplication, qtbot: QtBot) -> None:
    details.show_papers([PAPER])
    link_label(details).grab()
    theme.use(qapp, "dark")
    fresh = PaperDetails()
    qtbot.addWidget(fresh)
    fresh.resize(details.size())
    fresh.show()
    fresh.show_papers([PAPER])
    assert link_label(details).grab().toImage() == link_label(fresh).grab().toImage()


def test_cite_offers_what_can_be_copied_and_the_dialog(details: PaperDetails) -> None:
    told: list[str] = []
    details.copy_requested.connect(told.append)
    details.show_papers([PAPER])
    cite = button(details, "Cite")
    assert isinstance(cite, QToolButton)
    menu = cite.menu()
    assert isinstance(menu, QMenu)
    for action in menu.actions():
        action.trigger()
    assert told == ["citation", "key", "bibtex", "cite"]


def test_several_papers_share_their_controls(details: PaperDetails) -> None:
    asked: list[object] = []
    details.tags_requested.connect(lambda ids, add, remove: asked.append((ids, add, remove)))
    details.star_requested.connect(lambda ids, on: asked.append((ids, on)))
    other = replace(PAPER, id=8, starred=True, state=ReadingState.READ, tags=())
    details.show_papers([PAPER, other])
    assert "2 papers selected" in texts(details)
    assert details.findChildren(SegmentedControl)[0].value() is None
    assert not details.tabs.isVisible()
    assert button(details, "Take the tag “ssm” off").text() == "ssm 1 of 2"
    button(details, "Take the tag “ssm” off").click()
    button(details, "Starred").click()
    assert asked == [((7, 8), (), ("ssm",)), ((7, 8), True)]
    details.show_papers([PAPER, replace(PAPER, id=8, tags=())], ids=range(500))
    assert button(details, "Take the tag “ssm” off").text() == "ssm on some"


def test_of_very_many_papers_some_stand_for_all(details: PaperDetails) -> None:
    asked: list[object] = []
    details.star_requested.connect(lambda ids, on: asked.append((len(ids), on)))
    details.show_papers([PAPER], None, range(1, 100_001))
    assert f"{wording.papers(100_000)} selected" in texts(details)
    button(details, "Starred").click()
    assert asked == [(100_000, True)]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_tag_editor_opens_with_the_tags_of_the_library(details: PaperDetails) -> None:
    asked: list[object] = []
    details.tags_requested.connect(lambda ids, add, remove: asked.append((ids, add, remove)))
    details.set_known_tags(["nlp", "ssm"])
    details.show_papers([PAPER])
    details.edit_tags()
    editor = details.findChild(QWidget, "tag-editor")
    assert editor is not None
    assert editor.isVisible()
    field = child(editor, QLineEdit)
    for name in ("nlp", "ssm"):
        QTest.keyClicks(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)
    editor.close()
    assert asked == [((7,), ("nlp",), ()), ((7,), (), ("ssm",))]


def test_a_note_begins_in_its_tab_and_is_saved_with_the_window(details: PaperDetails) -> None:
    added: list[object] = []
    details.note_added.connect(lambda paper, text: added.append((paper, text)))
    details.show_papers([PAPER])
    details.add_note()
    QTest.keyClicks(child(details, NoteSource), "Remember")
    details.save()
    assert added == [(7, "Remember")]


def test_the_number_of_notes_stands_in_the_tab(details: PaperDetails) -> None:
    note = Note("a", "text", NOW, NOW)
    details.show_papers([replace(PAPER, notes=(note, replace(note, id="b")))])
    assert details.tabs.tabText(1) == "Notes 2"
    details.show_papers([PAPER])
    assert details.tabs.tabText(1) == "Notes"


def test_a_tab_can_be_added(details: PaperDetails) -> None:
    page = QLabel("Twin papers")
    details.add_tab(page, "Twins")
    details.tabs.setCurrentIndex(details.tabs.count() - 1)
    details.show_papers([PAPER])
    assert page.isVisible()


def test_everything_can_be_reached_by_tab_key_and_has_a_name(details: PaperDetails) -> None:
    details.show_papers([PAPER])
    buttons = [found for found in details.findChildren(QAbstractButton) if found.isVisible()]
    assert all(found.text() or found.accessibleName() for found in buttons)
    unreachable = [found for found in buttons if not found.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert all(found.parent() is details.tabs.tabBar() for found in unreachable)


@pytest.mark.parametrize("width", [320, 1200])
def test_the_pane_can_be_narrow_and_wide(details: PaperDetails, width: int) -> None:
    details.show_papers([PAPER])
    details.resize(width, 700)
    state = details.findChildren(SegmentedControl)[0]
    assert details.minimumSizeHint().width() <= 320
    assert state.mapTo(details, state.rect().topRight()).x() < width


def test_esc_leaves_from_the_abstract_and_from_a_note_that_is_being_written(
    details: PaperDetails, qtbot: QtBot
) -> None:
    details.show_papers([PAPER])
    with qtbot.waitSignal(details.left):
        QTest.keyClick(child(details, AbstractView), Qt.Key.Key_Escape)
    details.add_note()
    source = child(details, NoteSource)
    QTest.keyClicks(source, "table 4")
    added: list[str] = []
    details.note_added.connect(lambda _, text: added.append(text))
    with qtbot.waitSignal(details.left):
        QTest.keyClick(source, Qt.Key.Key_Escape)
    assert added == ["table 4"]


def test_the_files_that_a_paper_stands_in_are_named() -> None:
    seen = (Sighting(1, None, 3, bibliography=True), Sighting(2, None, 9, bibliography=True))
    paper = Paper(id=1, title="T", sightings=seen)
    assert about(paper, {1: "<thesis>.bib", 5: "other.bib"}) == "in &lt;thesis&gt;.bib"
    assert about(paper, {}) == ""


def test_a_name_turns_nothing_around_but_itself() -> None:
    paper = Paper(authors=(Author(literal="abc\u202edef"),), year=2020)
    assert about(paper, {}) == "\u2068abc\u202edef\u2069 · 2020"
    assert about(Paper(authors=(Author(literal="Gödel"),), year=1931), {}) == "Gödel · 1931"
