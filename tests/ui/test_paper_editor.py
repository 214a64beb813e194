"""The form for the details of a paper, with a real library behind a real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.papers.details import NAMES
from readinglist.papers.paper import Author, Paper
from readinglist.ui.detail_field import TypeInput
from readinglist.ui.main_window import MainWindow
from readinglist.ui.note_card import NoteSource
from readinglist.ui.paper_editor import PaperEditor
from tests.ui.conftest import desk_of, settle
from tests.ui.sample_library import child


@pytest.fixture
def editor(qtbot: QtBot, window: MainWindow) -> PaperEditor:
    """The form for the first paper of the list, opened as readers do."""
    window.panes.list.step(1)
    qtbot.keyClick(window.panes.list, Qt.Key.Key_F2)
    return child(window, PaperEditor)


def current(window: MainWindow) -> Paper:
    return desk_of(window).library.papers(window.panes.list.selected_ids())[0]


def put(editor: PaperEditor, name: str, text: str) -> None:
    """Type over what a field says, and leave it."""
    entry = editor.fields[name].input
    entry.setFocus()
    entry.selectAll()  # type: ignore[union-attr]
    QTest.keyClick(entry, Qt.Key.Key_Delete)
    for line, words in enumerate(text.split("\n")):
        if line:
            QTest.keyClick(entry, Qt.Key.Key_Return)
        QTest.keyClicks(entry, words)
    QTest.keyClick(entry, Qt.Key.Key_Tab)


def text(editor: PaperEditor, name: str) -> str:
    return editor.fields[name].input.text()


def press(key: Qt.Key) -> None:
    """Press a key where typing goes now."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def test_the_form_holds_all_that_is_known(editor: PaperEditor, window: MainWindow) -> None:
    paper = current(window)
    assert editor.isVisible()
    assert list(editor.fields) == list(NAMES)
    assert text(editor, "title") == paper.title
    assert text(editor, "abstract") == paper.abstract
    assert text(editor, "citation_key") == paper.citation_key
    assert text(editor, "entry_type") == "misc"
    assert QApplication.focusWidget() is editor.fields["title"].input


def test_a_field_is_saved_when_it_is_left(qtbot: QtBot, editor: PaperEditor, window: MainWindow) -> None:
    before = current(window)
    put(editor, "authors", "Vaswani, Ashish\nLudwig van Beethoven\n{Google Brain}")
    put(editor, "year", "2017")
    put(editor, "doi", "https://doi.org/10.1145/3292500")
    settle(qtbot, window)
    paper = current(window)
    names = (Author("Vaswani", "Ashish"), Author("Beethoven", "Ludwig", "van"), Author(literal="Google Brain"))
    assert (paper.authors, paper.year, paper.doi) == (names, 2017, "10.1145/3292500")
    assert text(editor, "doi") == "10.1145/3292500"
    assert text(editor, "authors") == "Vaswani, Ashish\nvan Beethoven, Ludwig\n{Google Brain}"
    assert "Edited the details" in window.panes.status_line.message()
    for _ in range(3):
        desk_of(window).editing.undo()
        settle(qtbot, window)
    assert (current(window).authors, current(window).year) == ((), None)
    qtbot.waitUntil(lambda: (text(editor, "authors"), text(editor, "year")) == ("", ""))
    assert current(window).title == before.title


def test_list_and_search_follow(qtbot: QtBot, editor: PaperEditor, window: MainWindow) -> None:
    put(editor, "title", "Hungry Hippos")
    press(Qt.Key.Key_Escape)
    settle(qtbot, window)
    row = window.panes.list.papers.paper_at(0)
    assert row is not None
    assert row.title == "Hungry Hippos"
    desk_of(window).show_query("title:hippos")
    settle(qtbot, window)
    assert len(window.panes.list.papers.ids) == 1


def test_esc_saves_and_leads_back_to_the_list(editor: PaperEditor, window: MainWindow) -> None:
    QTest.keyClicks(editor.fields["title"].input, " ")
    entry = editor.fields["venue"].input
    entry.setFocus()
    QTest.keyClicks(entry, "NeurIPS")
    QTest.keyClick(entry, Qt.Key.Key_Escape)
    assert not editor.isVisible()
    assert window.panes.list.hasFocus()
    assert current(window).venue == "NeurIPS"
    assert desk_of(window).library.undo_label().startswith("Edit venue of ")


def test_enter_goes_on_and_control_enter_ends(editor: PaperEditor, window: MainWindow) -> None:
    title, year = editor.fields["title"].input, editor.fields["year"].input
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is editor.fields["authors"].input
    year.setFocus()
    QTest.keyClicks(year, "2017")
    QTest.keyClick(year, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is editor.fields["entry_type"].input
    assert current(window).year == 2017
    press(Qt.Key.Key_Return)
    assert editor.isVisible()
    QTest.keyClick(editor.fields["abstract"].input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not editor.isVisible()


def test_what_cannot_be_is_said_beside_its_field(editor: PaperEditor, window: MainWindow) -> None:
    year = editor.fields["year"]
    put(editor, "year", "20x")
    assert "four digits" in year.problem
    assert year.input.accessibleDescription() == year.problem
    put(editor, "venue", "NeurIPS")
    assert (current(window).venue, current(window).year) == ("NeurIPS", None)
    QTest.keyClick(year.input, Qt.Key.Key_Backspace)
    assert "four digits" in year.problem
    QTest.keyClicks(year.input, "17")
    assert year.problem == ""


def test_a_citation_key_that_is_taken_names_its_paper(editor: PaperEditor, window: MainWindow) -> None:
    library = desk_of(window).library
    other = next(paper for paper in library.papers(library.find().ids) if paper.id != editor.paper_id)
    put(editor, "citation_key", other.citation_key)
    assert other.title in editor.fields["citation_key"].problem
    assert current(window).citation_key != other.citation_key


def test_an_emptied_citation_key_comes_back_new(qtbot: QtBot, editor: PaperEditor, window: MainWindow) -> None:
    put(editor, "authors", "Vaswani, Ashish")
    put(editor, "year", "2017")
    put(editor, "citation_key", "")
    qtbot.waitUntil(lambda: text(editor, "citation_key") == "Vaswani2017")
    assert current(window).citation_key == "Vaswani2017"


def test_what_cannot_be_saved_is_kept_as_a_draft(qtbot: QtBot, editor: PaperEditor, window: MainWindow) -> None:
    year = editor.fields["year"].input
    year.setFocus()
    QTest.keyClicks(year, "soon")
    window.panes.list.step(1)
    settle(qtbot, window)
    assert not editor.isVisible()
    assert "kept in the form" in window.panes.status_line.message()
    window.actions_.trigger("edit-details")
    assert text(editor, "year") == ""
    assert editor.fields["year"].problem == ""
    window.panes.list.step(-1)
    settle(qtbot, window)
    window.actions_.trigger("edit-details")
    assert text(editor, "year") == "soon"
    assert "four digits" in editor.fields["year"].problem
    assert QApplication.focusWidget() is year


def test_another_paper_takes_nothing_that_was_typed(qtbot: QtBot, editor: PaperEditor, window: MainWindow) -> None:
    paper_id = editor.paper_id
    venue = editor.fields["venue"].input
    venue.setFocus()
    QTest.keyClicks(venue, "NeurIPS")
    window.panes.list.step(1)
    settle(qtbot, window)
    assert not editor.isVisible()
    assert current(window).id != paper_id
    assert current(window).venue == ""
    assert desk_of(window).library.papers([paper_id])[0].venue == "NeurIPS"


def test_the_form_follows_edits_made_elsewhere_but_keeps_what_is_typed(
    qtbot: QtBot, editor: PaperEditor, window: MainWindow
) -> None:
    title = editor.fields["title"].input
    QTest.keyClicks(title, "My own ")
    desk_of(window).library.edit_fields(editor.paper_id, {"title": "Theirs", "venue": "Theirs"})
    qtbot.waitUntil(lambda: text(editor, "venue") == "Theirs")
    assert "My own " in text(editor, "title")
    window.panes.list.setFocus()
    assert "My own " in current(window).title


def test_what_is_typed_is_there_after_the_window_closed(
    editor: PaperEditor, window: MainWindow, library_folder: Path
) -> None:
    paper_id, abstract = editor.paper_id, editor.fields["abstract"].input
    abstract.setFocus()
    QTest.keyClicks(abstract, "In short: ")
    window.close()
    with Library(library_folder) as library:
        assert library.paper(str(paper_id)).abstract.startswith("In short: ")


def test_a_note_or_a_tag_leads_back_to_the_paper(qtbot: QtBot, editor: PaperEditor, window: MainWindow) -> None:
    window.panes.list.setFocus()
    qtbot.keyClick(window.panes.list, Qt.Key.Key_F2)
    assert QApplication.focusWidget() is editor.fields["title"].input
    QTest.keyClicks(editor.fields["title"].input, "My ")
    window.panes.list.setFocus()
    qtbot.keyClick(window.panes.list, Qt.Key.Key_N)
    assert not editor.isVisible()
    assert isinstance(QApplication.focusWidget(), NoteSource)
    assert "My " in current(window).title


def test_opening_and_leaving_changes_nothing(editor: PaperEditor, window: MainWindow) -> None:
    label = desk_of(window).library.undo_label()
    for _ in editor.fields:
        press(Qt.Key.Key_Tab)
    editor.done_button.click()
    assert desk_of(window).library.undo_label() == label
    assert label.startswith("Import")


def test_a_type_of_another_program_stays(qtbot: QtBot, editor: PaperEditor, window: MainWindow) -> None:
    entry = editor.fields["entry_type"].input
    assert isinstance(entry, TypeInput)
    desk_of(window).library.edit_fields(editor.paper_id, {"entry_type": "dataset"})
    qtbot.waitUntil(lambda: text(editor, "entry_type") == "dataset")
    entry.setFocus()
    QTest.keyClick(entry, Qt.Key.Key_Home)
    window.panes.list.setFocus()
    assert current(window).entry_type == "article"


def test_the_details_have_a_button_for_it(window: MainWindow) -> None:
    window.panes.list.step(1)
    buttons = window.panes.details.findChildren(QToolButton)
    edit = next(button for button in buttons if button.accessibleName() == "Edit details")
    assert edit.isVisible()
    edit.click()
    assert child(window, PaperEditor).isVisible()
    window.panes.list.selectAll()
    assert not edit.isVisible()
    assert not window.actions_.action("edit-details").isEnabled()


def test_a_doi_opens_a_paper_that_has_no_page_of_its_own(
    qtbot: QtBot, editor: PaperEditor, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def take(address: QUrl) -> bool:
        opened.append(address.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    put(editor, "doi", "10.1145/3292500")
    press(Qt.Key.Key_Escape)
    qtbot.keyClick(window.panes.list, Qt.Key.Key_Return)
    assert opened == ["https://doi.org/10.1145/3292500"]
