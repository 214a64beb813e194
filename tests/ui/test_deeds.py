"""What actions do beside the edits: notes, export, the index, web pages, menus; and edits in the order asked for."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from readinglist.ui.background import Background
from readinglist.ui.editing import AT_ONCE, Editing
from readinglist.ui.export_dialog import ExportDialog
from readinglist.ui.link_opening import LinkQuestion
from readinglist.ui.main_window import MainWindow
from tests.ui.conftest import desk_of, settle


def test_a_note_being_typed_is_there_after_the_window_closed(
    qtbot: QtBot, window: MainWindow, library_folder: Path
) -> None:
    window.panes.list.step(1)
    paper_id = window.panes.list.current_id()
    qtbot.keyClick(window.panes.list, Qt.Key.Key_N)
    edit = QApplication.focusWidget()
    assert isinstance(edit, QTextEdit)
    qtbot.keyClicks(edit, "Compare with table 4.")
    window.close()
    with Library(library_folder) as library:
        assert [note.text for note in library.paper(str(paper_id)).notes] == ["Compare with table 4."]


def test_keys_that_mark_papers_are_letters_in_a_note(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.list.step(1)
    qtbot.keyClick(window.panes.list, Qt.Key.Key_N)
    edit = QApplication.focusWidget()
    assert isinstance(edit, QTextEdit)
    qtbot.keyClicks(edit, "s 2 t n / ? j")
    assert edit.toPlainText() == "s 2 t n / ? j"
    settle(qtbot, window)
    paper = window.panes.list.papers.paper_at(0)
    assert paper is not None
    assert (paper.starred, paper.state) == (False, ReadingState.INBOX)


def test_the_details_mark_what_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.list.step(1)
    chosen = window.panes.list.selected_ids()
    details = desk_of(window).details
    details.star_requested.emit(chosen, 1)
    details.state_requested.emit(chosen, ReadingState.READING)
    details.rating_requested.emit(chosen, 4)
    details.tags_requested.emit(chosen, ["nlp"], [])
    settle(qtbot, window)
    paper = window.panes.list.papers.paper_at(0)
    assert paper is not None
    assert (paper.starred, paper.state, paper.rating, paper.tags) == (True, ReadingState.READING, 4, ("nlp",))


def test_export_offers_what_is_chosen_what_is_shown_and_all(qtbot: QtBot, window: MainWindow) -> None:
    def offered() -> list[str]:
        window.actions_.trigger("export")
        dialog = window.findChildren(ExportDialog)[-1]
        words = [button.text() for button in dialog.choices.scope_buttons.buttons()]
        qtbot.waitUntil(lambda: dialog.preview.toPlainText().count("@") > 0)
        dialog.close()
        return words

    everything = len(window.panes.list.papers.ids)
    assert offered() == [f"All papers  ·  {everything}"]
    desk_of(window).show_query("model")
    settle(qtbot, window)
    window.panes.list.selectAll()
    shown = len(window.panes.list.papers.ids)
    assert offered() == [
        f"The selected papers  ·  {shown}",
        f"The papers in the list  ·  {shown}",
        f"All papers  ·  {everything}",
    ]


def test_the_index_is_built_anew(qtbot: QtBot, window: MainWindow) -> None:
    papers = len(window.panes.list.papers.ids)
    window.actions_.trigger("reindex")
    qtbot.waitUntil(lambda: f"{papers} papers" in window.panes.status_line.message(), timeout=20_000)


def test_a_paper_opens_its_web_page(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def take(address: QUrl) -> bool:
        opened.append(address.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    window.panes.list.step(1)
    qtbot.keyClick(window.panes.list, Qt.Key.Key_Return)
    assert opened == []
    assert "No web page" in window.panes.status_line.message()
    desk = desk_of(window)
    desk.library.edit_fields(window.panes.list.selected_ids()[0], {"url": "https://example.org/paper"})
    qtbot.keyClick(window.panes.list, Qt.Key.Key_Return)
    assert opened == []
    (question,) = window.findChildren(LinkQuestion)
    question.open_button.click()
    assert opened == ["https://example.org/paper"]


def test_the_sidebar_narrows_with_control(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    desk.go_to("status:inbox")
    model = window.panes.sidebar.model()
    entry = model.entry(model.find("is:starred"))  # type: ignore[attr-defined]
    window.panes.sidebar.narrowed.emit(entry)
    settle(qtbot, window)
    assert window.panes.search_bar.text() == "status:inbox is:starred"


def test_hidden_details_are_shown_where_they_are_needed(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.list.step(1)
    qtbot.keyClick(window.panes.list, Qt.Key.Key_Space)
    assert not window.panes.details.isVisible()
    qtbot.keyClick(window.panes.list, Qt.Key.Key_N)
    assert window.panes.details.isVisible()


def test_edits_follow_one_another_however_large_they_are(qtbot: QtBot, sample_folder: Path) -> None:
    with Library(sample_folder) as library:
        background = Background()
        editing = Editing(library, background)
        said: list[str] = []
        editing.done.connect(lambda words, _: said.append(words))
        many = list(library.find("").ids) * (AT_ONCE // 20 + 1)
        editing.tag(many, add=["first"])
        editing.tag(many[:1], remove=["first"])
        editing.undo()
        qtbot.waitUntil(lambda: len(said) == 3)
        assert library.papers(many[:1])[0].tags == ("first",)
        assert said[-1].startswith("Undone")
        assert background.close()


def test_an_edit_that_waits_is_done_when_the_window_closes(sample_folder: Path) -> None:
    with Library(sample_folder) as library:
        background = Background()
        editing = Editing(library, background)
        ids = library.find("").ids
        editing.tag(list(ids) * 2, add=["first"])
        editing.add_note(ids[0], "Not to be lost.")
        assert background.close()
        editing.finish()
        assert [note.text for note in library.papers(ids[:1])[0].notes] == ["Not to be lost."]


def test_an_edit_that_changes_nothing_says_nothing(sample_folder: Path) -> None:
    with Library(sample_folder) as library:
        background = Background()
        editing = Editing(library, background)
        said: list[str] = []
        editing.done.connect(lambda words, _: said.append(words))
        ids = library.find("").ids[:1]
        editing.set_state(ids, ReadingState.INBOX)
        editing.star([])
        assert said == []
        editing.star(ids)
        editing.unstar(ids)
        editing.rate(ids, 3)
        editing.rate(ids, 0)
        assert [words.split(" “")[0] for words in said] == [
            "Starred", "Took the star off", "Rated", "Took the rating off",
        ]  # fmt: skip
        assert background.close()


def test_a_tag_that_cannot_be_is_told(sample_folder: Path) -> None:
    with Library(sample_folder) as library:
        background = Background()
        editing = Editing(library, background)
        failed: list[object] = []
        editing.failed.connect(failed.append)
        editing.tag(library.find("").ids[:1], add=["a,b"])
        assert len(failed) == 1
        assert background.close()
