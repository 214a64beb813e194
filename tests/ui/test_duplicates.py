"""Duplicates in the window: found, gone through by keys, merged, kept apart, undone, taken apart."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.library.duplicates import Duplicates
from readinglist.papers.change import Change, FieldChanged, ListingAdded, PapersAdded, SourceAdded
from readinglist.papers.duplicates import Match
from readinglist.papers.paper import Author, Listing, Paper, Sighting, Source
from readinglist.ui import theme
from readinglist.ui.duplicates_apart import TakeApartDialog
from readinglist.ui.duplicates_compare import ValueCell
from readinglist.ui.duplicates_desk import DuplicatesDesk, find_duplicates, merge_selected, take_apart
from readinglist.ui.duplicates_words import all_origins, differing_html, marks_words, origin_words, reason_words
from readinglist.ui.main_window import MainWindow
from readinglist.ui.small_parts import Words
from tests.ui.conftest import OpenWindow, desk_of, settle
from tests.ui.sample_library import sample_library

NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)
SURE, MISSPELT = 101, 102


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library, with its first paper once more (101), and its second one misspelt (102)."""
    folder = tmp_path_factory.mktemp("twice") / "library"
    with sample_library(folder) as library:
        first, second = library.papers([1, 2])
        source = Source(50, "colleague.bib", "bibtex", "ab", NOW)
        bib = Listing(50, 50, source.name, None, bibliography=True)
        people = (Author("Lovelace", "Ada"),)
        papers = (
            replace(first, id=SURE, citation_key="sure", authors=people, year=2017, tags=("thesis",), origins={"": 50}),
            replace(second, id=MISSPELT, citation_key="misspelt", title=f"{second.title}s", origins={"": 50}),
        )
        seen = [
            replace(paper, sightings=(Sighting(50, None, place, place, bibliography=True),), added=NOW)
            for place, paper in enumerate(papers, 1)
        ]
        steps = (SourceAdded(source), ListingAdded(bib), PapersAdded(tuple(seen)))
        library._store.record(Change("Import a bibliography", steps), NOW)
        by_hand = FieldChanged("origins", (1,), (dict(first.origins),), ({**first.origins, "title": 0},))
        library._store.record(Change("Edit title", (by_hand,)), NOW)
        library.index_pending()
    return folder


@pytest.fixture
def twice_folder(made_once: Path, library_folder: Path) -> Path:
    shutil.copytree(made_once, library_folder)
    return library_folder


@pytest.fixture
def window(twice_folder: Path, open_window: OpenWindow) -> MainWindow:
    assert twice_folder.is_dir()
    return open_window()


@pytest.fixture
def found(window: MainWindow, qtbot: QtBot) -> DuplicatesDesk:
    """The window of duplicates after its search."""
    joined = find_duplicates(desk_of(window))
    qtbot.waitUntil(lambda: joined.settled and bool(joined.window.compare.papers))
    return joined


def groups(joined: DuplicatesDesk) -> list[tuple[Match, tuple[int, ...]]]:
    return [(group.match, group.ids) for group in joined.window.model.groups]


def ids(window: MainWindow) -> set[int]:
    return {paper.id for paper in desk_of(window).library.papers([1, 2, SURE, MISSPELT])}


BOTH = [(Match.SAME, (1, SURE)), (Match.PROBABLE, (2, MISSPELT))]


class TestWindow:
    def test_shows_sure_ones_first_and_compares_the_first(self, found: DuplicatesDesk) -> None:
        assert groups(found) == BOTH
        assert [paper.id for paper in found.window.compare.papers] == [1, SURE]
        assert "1 surely one, 1 perhaps" in [label.text() for label in found.window.findChildren(Words)]
        assert found.window.focusWidget() is found.window.list

    def test_keys_merge_keep_apart_and_undo(self, found: DuplicatesDesk, window: MainWindow, qtbot: QtBot) -> None:
        shown = found.window
        qtbot.keyClick(shown.list, Qt.Key.Key_M)
        assert groups(found) == BOTH[1:]
        qtbot.waitUntil(lambda: found.settled)
        assert [paper.id for paper in shown.compare.papers] == [2, MISSPELT]
        qtbot.keyClick(shown.list, Qt.Key.Key_D)
        assert groups(found) == []
        assert ids(window) == {1, 2, MISSPELT}
        library = desk_of(window).library
        assert library.paper("1").tags == ("thesis",)
        qtbot.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: groups(found) == BOTH[1:])
        qtbot.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: groups(found) == BOTH)
        assert ids(window) == {1, 2, SURE, MISSPELT}
        qtbot.keyClick(shown, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        qtbot.waitUntil(lambda: groups(found) == BOTH[1:])

    def test_space_skips_and_arrows_go_back(self, found: DuplicatesDesk, qtbot: QtBot) -> None:
        shown = found.window
        qtbot.keyClick(shown.list, Qt.Key.Key_Space)
        assert shown.current is not None
        assert shown.current.ids == (2, MISSPELT)
        qtbot.keyClick(shown.list, Qt.Key.Key_Space)
        assert shown.current.ids == (2, MISSPELT)
        qtbot.keyClick(shown.list, Qt.Key.Key_Up)
        assert shown.current.ids == (1, SURE)
        assert groups(found) == BOTH

    def test_a_value_is_chosen_by_a_click_anywhere_on_it(
        self, found: DuplicatesDesk, window: MainWindow, qtbot: QtBot
    ) -> None:
        compare = found.window.compare
        assert compare.choices() == {}
        cell = next(
            each for each in compare.findChildren(ValueCell)
            if each.button.accessibleName() == "Citation key: sure"
        )  # fmt: skip
        with qtbot.waitSignal(compare.chosen):
            qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
        assert compare.choices() == {"citation_key": SURE}
        found.window.merge()
        paper = desk_of(window).library.paper("sure")
        assert paper.id == 1
        assert "ids" in paper.extra

    def test_all_sure_ones_merge_with_one_click(self, found: DuplicatesDesk, window: MainWindow, qtbot: QtBot) -> None:
        assert found.window.all_button.text() == "Merge all sure ones (1)"
        qtbot.mouseClick(found.window.all_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: found.settled and groups(found) == BOTH[1:])
        assert ids(window) == {1, 2, MISSPELT}
        assert not found.window.all_button.isEnabled()
        desk_of(window).editing.undo()
        qtbot.waitUntil(lambda: groups(found) == BOTH)

    def test_what_is_decided_elsewhere_is_not_shown_any_more(
        self, found: DuplicatesDesk, window: MainWindow, qtbot: QtBot
    ) -> None:
        desk_of(window).library.trash([SURE])
        qtbot.waitUntil(lambda: groups(found) == BOTH[1:])

    def test_says_so_where_there_are_none(self, found: DuplicatesDesk) -> None:
        shown = found.window
        shown.keep_apart()
        shown.keep_apart()
        assert "No paper is here twice." in [label.text() for label in shown.findChildren(Words) if label.isVisible()]
        assert shown.close_button.isVisible()
        assert not shown.merge_button.isVisible()

    def test_of_very_many_papers_some_are_compared(self, found: DuplicatesDesk, qtbot: QtBot) -> None:
        found.window.set_groups([Duplicates(Match.SAME, tuple(range(1, 13)))])
        qtbot.waitUntil(lambda: found.window.compared and len(found.window.compare.papers) == 8)
        assert any("8 of 12 papers are shown" in label.text() for label in found.window.findChildren(Words))
        with qtbot.waitSignal(found.window.merge_requested) as asked:
            found.window.merge()
        assert asked.args[0] == tuple(range(1, 13))

    def test_is_opened_once(self, found: DuplicatesDesk, window: MainWindow) -> None:
        assert find_duplicates(desk_of(window)) is found

    def test_follows_the_theme_and_keeps_the_choices(self, found: DuplicatesDesk, light: QApplication) -> None:
        found.window.compare.choose("citation_key", SURE)
        theme.use(light, "dark")
        assert found.window.compare.choices() == {"citation_key": SURE}

    def test_the_search_can_be_stopped(self, window: MainWindow, qtbot: QtBot) -> None:
        joined = find_duplicates(desk_of(window))
        assert joined.window.stop_button.isVisible()
        qtbot.mouseClick(joined.window.stop_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: joined.settled)
        assert not joined.window.stop_button.isVisible()

    def test_closing_lets_go(self, found: DuplicatesDesk, window: MainWindow, qtbot: QtBot) -> None:
        with qtbot.waitSignal(found.destroyed):
            qtbot.keyClick(found.window, Qt.Key.Key_Escape)
        desk_of(window).library.star([1])
        settle(qtbot, window)

    def test_the_program_can_be_closed_during_the_search(self, window: MainWindow) -> None:
        find_duplicates(desk_of(window))
        window.close()
        assert window.desk is None


class TestChosenPapers:
    def test_are_compared_and_merged(self, window: MainWindow, qtbot: QtBot) -> None:
        desk = desk_of(window)
        select(window, qtbot, 1, MISSPELT)
        assert window.actions_.action("merge").isEnabled()
        joined = merge_selected(desk)
        assert joined is not None
        assert [paper.id for paper in joined.window.compare.papers] == [1, MISSPELT]
        assert not joined.window.list.isVisible()
        qtbot.mouseClick(joined.window.merge_button, Qt.MouseButton.LeftButton)
        assert ids(window) == {1, 2, SURE}
        assert not joined.window.isVisible()

    def test_too_many_are_refused_with_a_word(self, window: MainWindow, qtbot: QtBot) -> None:
        window.panes.list.selectAll()
        settle(qtbot, window)
        assert merge_selected(desk_of(window)) is None
        assert "At most 8 papers" in window.panes.status_line.message()

    def test_one_paper_alone_cannot_be_merged(self, window: MainWindow, qtbot: QtBot) -> None:
        select(window, qtbot, 1)
        assert not window.actions_.action("merge").isEnabled()
        assert not window.actions_.action("take-apart").isEnabled()


class TestTakeApart:
    def test_brings_the_chosen_paper_back(self, window: MainWindow, qtbot: QtBot) -> None:
        desk = desk_of(window)
        desk.library.merge([1, SURE, MISSPELT])
        settle(qtbot, window)
        select(window, qtbot, 1)
        assert window.actions_.action("take-apart").isEnabled()
        dialog = take_apart(desk)
        assert isinstance(dialog, TakeApartDialog)
        assert dialog.list.count() == 2
        dialog.list.setCurrentRow(1)
        qtbot.mouseClick(dialog.agree_button, Qt.MouseButton.LeftButton)
        assert ids(window) == {1, 2, SURE}

    def test_says_so_where_nothing_was_merged(self, window: MainWindow, qtbot: QtBot) -> None:
        select(window, qtbot, 1)
        assert take_apart(desk_of(window)) is None


def select(window: MainWindow, qtbot: QtBot, *wanted: int) -> None:
    papers = window.panes.list
    settle(qtbot, window)
    assert papers.choose(wanted[0])
    rows = [list(desk_of(window).found.ids).index(each) for each in wanted]  # type: ignore[union-attr]
    for row in rows[1:]:
        papers.selectionModel().select(papers.model().index(row, 0), papers.selectionModel().SelectionFlag.Select)
    settle(qtbot, window)


class TestWords:
    def test_only_differing_words_are_marked(self) -> None:
        html = differing_html("We sort <large> files", "We sort small files")
        assert html.startswith("We sort <span")
        assert "&lt;large&gt;</span> files" in html
        assert differing_html("We sort files", "Birds of the motorway") == "We sort files"
        assert differing_html("a <b>", "") == "a &lt;b&gt;"
        assert differing_html("same", "same") == "same"

    def test_origins(self) -> None:
        sources = {7: Source(7, "colleague.bib", "bibtex", "", datetime(2026, 3, 14, 12, tzinfo=UTC))}
        paper = Paper(title="Sorting", doi="10.1/a", year=2017, origins={"": 7, "doi": 0, "year": 99})
        assert origin_words(paper, "title", sources) == "from colleague.bib, 14 Mar 2026"
        assert origin_words(paper, "doi", sources) == "yours"
        assert origin_words(paper, "year", sources) == ""
        assert origin_words(Paper(), "title", sources) == ""
        assert all_origins(paper, sources).splitlines()[0] == "Title: from colleague.bib, 14 Mar 2026"

    def test_reasons_and_marks(self) -> None:
        paper = Paper(title="Sorting", doi="10.1/a", tags=("nlp",), rating=3, starred=True)
        assert (
            reason_words([paper, replace(paper, title="x"), replace(paper, doi="")]) == "the same DOI, the same title"
        )
        assert marks_words(paper) == "Inbox · starred · ★★★ · nlp"
