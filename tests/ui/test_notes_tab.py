from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.papers.change import Change, FieldChanged
from readinglist.papers.paper import Note, Paper
from readinglist.ui.note_card import PAUSE, NoteCard, NoteReader, NoteSource
from readinglist.ui.notes_tab import NotesTab
from tests.ui.sample_library import child, sample_library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = sample_library(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def first(library: Library) -> int:
    return library.find("").ids[0]


@pytest.fixture
def second(library: Library) -> int:
    return library.find("").ids[1]


@pytest.fixture
def tab(library: Library, first: int, qtbot: QtBot) -> NotesTab:
    """Notes that go into the library and come back from it, as in the window."""
    tab = NotesTab()
    qtbot.addWidget(tab)

    def add(paper_id: int, text: str) -> None:
        library.add_note(paper_id, text)
        refresh(tab, library, paper_id)

    tab.note_added.connect(add)
    tab.note_edited.connect(library.edit_note)
    tab.note_deleted.connect(library.delete_note)
    tab.resize(400, 500)
    tab.show()
    refresh(tab, library, first)
    return tab


def refresh(tab: NotesTab, library: Library, paper_id: int) -> None:
    tab.show_paper(library.papers([paper_id])[0])


def notes(library: Library, paper_id: int) -> list[str]:
    return [note.text for note in library.papers([paper_id])[0].notes]


def source(tab: NotesTab, place: int = 0) -> NoteSource:
    return child(child(tab, NoteCard, place), NoteSource)


def button(widget: QWidget, name: str) -> QToolButton:
    return next(found for found in widget.findChildren(QToolButton) if found.accessibleName() == name)


def type_in(tab: NotesTab, text: str, place: int = 0) -> None:
    QTest.keyClicks(source(tab, place), text)


def test_a_note_saves_by_itself_after_a_pause(tab: NotesTab, library: Library, first: int, qtbot: QtBot) -> None:
    tab.add_note()
    type_in(tab, "Compare with table 4.")
    assert notes(library, first) == []
    qtbot.waitUntil(lambda: notes(library, first) == ["Compare with table 4."], timeout=PAUSE * 4)
    type_in(tab, " And 5.")
    qtbot.waitUntil(lambda: notes(library, first) == ["Compare with table 4. And 5."], timeout=PAUSE * 4)


def test_going_to_another_paper_saves_what_was_typed(tab: NotesTab, library: Library, first: int, second: int) -> None:
    tab.add_note()
    type_in(tab, "In a hurry")
    refresh(tab, library, second)
    assert notes(library, first) == ["In a hurry"]
    assert notes(library, second) == []
    assert tab.findChildren(NoteCard, options=Qt.FindChildOption.FindChildrenRecursively)[0].isHidden()


def test_no_paper_at_all_saves_too(tab: NotesTab, library: Library, first: int) -> None:
    tab.add_note()
    type_in(tab, "Last words")
    tab.show_paper(None)
    assert notes(library, first) == ["Last words"]


def test_going_elsewhere_in_the_window_saves(tab: NotesTab, library: Library, first: int, qtbot: QtBot) -> None:
    tab.add_note()
    type_in(tab, "Then to the list")
    source(tab).clearFocus()
    qtbot.waitUntil(lambda: notes(library, first) == ["Then to the list"])
    assert not tab.findChildren(NoteCard)[0].is_editing


def test_hiding_the_pane_saves(tab: NotesTab, library: Library, first: int) -> None:
    tab.add_note()
    type_in(tab, "Closing")
    tab.hide()
    assert notes(library, first) == ["Closing"]


def test_a_note_is_edited_in_place(tab: NotesTab, library: Library, first: int) -> None:
    library.add_note(first, "First")
    library.add_note(first, "Second")
    refresh(tab, library, first)
    card = tab.findChildren(NoteCard)[1]
    button(card, "Edit the note").click()
    QTest.keyClicks(source(tab, 1), " thoughts")
    QTest.keyClick(source(tab, 1), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert notes(library, first) == ["First", "Second thoughts"]
    assert not card.is_editing


def test_typing_goes_on_while_the_library_answers_late(first: int, library: Library, qtbot: QtBot) -> None:
    tab = NotesTab()
    qtbot.addWidget(tab)
    added: list[str] = []
    edited: list[str] = []
    tab.note_added.connect(lambda _, text: added.append(text))
    tab.note_edited.connect(lambda _, __, text: edited.append(text))
    paper = library.papers([first])[0]
    tab.show_paper(paper)
    tab.add_note()
    type_in(tab, "one")
    tab.save()
    type_in(tab, " two")
    tab.save()
    assert (added, edited) == (["one"], []), "the draft waits for its id"
    library.add_note(first, "one")
    tab.show_paper(library.papers([first])[0])
    assert source(tab).toPlainText() == "one two"
    tab.save()
    assert (added, edited) == (["one"], ["one two"])
    assert len(tab.findChildren(NoteCard)) == 1


def test_a_late_answer_loses_nothing_when_the_paper_changes(
    first: int, second: int, library: Library, qtbot: QtBot
) -> None:
    tab = NotesTab()
    qtbot.addWidget(tab)
    added: list[tuple[int, str]] = []
    tab.note_added.connect(lambda paper, text: added.append((paper, text)))
    refresh(tab, library, first)
    tab.add_note()
    type_in(tab, "one")
    tab.save()
    type_in(tab, " two")
    refresh(tab, library, second)
    assert added == [(first, "one"), (first, "one two")]


def test_what_is_typed_survives_news_of_the_same_note(tab: NotesTab, library: Library, first: int) -> None:
    library.add_note(first, "Begun")
    refresh(tab, library, first)
    tab.findChildren(NoteCard)[0].edit()
    type_in(tab, ", not done")
    library.star([first])
    refresh(tab, library, first)
    assert source(tab).toPlainText() == "Begun, not done"


def test_what_is_typed_survives_the_loss_of_its_note(tab: NotesTab, library: Library, first: int) -> None:
    library.add_note(first, "Begun")
    refresh(tab, library, first)
    tab.findChildren(NoteCard)[0].edit()
    type_in(tab, ", not done")
    library.undo()
    refresh(tab, library, first)
    tab.save()
    assert notes(library, first) == ["Begun, not done"]


def test_undo_of_an_edit_is_shown(tab: NotesTab, library: Library, first: int) -> None:
    library.add_note(first, "Right")
    note_id = library.papers([first])[0].notes[0].id
    library.edit_note(first, note_id, "Wrong")
    refresh(tab, library, first)
    library.undo()
    refresh(tab, library, first)
    assert child(tab, NoteReader).toPlainText() == "Right"
    assert source(tab).toPlainText() == "Right"


def test_a_note_is_deleted_without_a_question_and_comes_back_with_undo(
    tab: NotesTab, library: Library, first: int
) -> None:
    library.add_note(first, "Gone")
    refresh(tab, library, first)
    button(tab, "Delete the note").click()
    assert notes(library, first) == []
    library.undo()
    refresh(tab, library, first)
    assert notes(library, first) == ["Gone"]
    assert [card for card in tab.findChildren(NoteCard) if not card.isHidden()]


def test_an_empty_draft_leaves_nothing(tab: NotesTab, library: Library, first: int) -> None:
    before = library.undo_label()
    tab.add_note()
    QTest.keyClick(source(tab), Qt.Key.Key_Escape)
    assert notes(library, first) == []
    assert all(card.isHidden() for card in tab.findChildren(NoteCard))
    assert library.undo_label() == before


def test_emptying_a_note_deletes_it_only_when_one_leaves_it(tab: NotesTab, library: Library, first: int) -> None:
    library.add_note(first, "Old")
    refresh(tab, library, first)
    tab.findChildren(NoteCard)[0].edit()
    source(tab).selectAll()
    QTest.keyClick(source(tab), Qt.Key.Key_Delete)
    tab.save()
    assert notes(library, first) == ["Old"]
    QTest.keyClick(source(tab), Qt.Key.Key_Escape)
    assert notes(library, first) == []


def test_markdown_is_shown_and_neither_html_nor_pictures_are_loaded(tmp_path: Path, qtbot: QtBot) -> None:
    picture = QImage(QSize(300, 200), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    path = tmp_path / "red.png"
    assert picture.save(str(path))
    address = QUrl.fromLocalFile(str(path)).toString()
    now = datetime(2026, 4, 2, tzinfo=UTC)
    text = f'Some **bold** words <img src="{address}">\n\n![]({address})'
    tab = NotesTab()
    qtbot.addWidget(tab)
    tab.resize(400, 500)
    tab.show_paper(Paper(id=1, notes=(Note("a", text, now, now),)))
    tab.show()
    reader = child(tab, NoteReader)
    assert "bold words" in reader.toPlainText()
    assert "<img" in reader.toPlainText()
    image = reader.grab().toImage()
    red = Qt.GlobalColor.red
    assert not any(
        image.pixelColor(x, y) == red for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)
    )


def test_a_link_in_a_note_is_told_and_not_followed(tab: NotesTab, library: Library, first: int) -> None:
    library.add_note(first, "See [this](https://example.org/a).")
    refresh(tab, library, first)
    told: list[str] = []
    tab.link_requested.connect(told.append)
    child(tab, NoteReader).anchorClicked.emit(QUrl("https://example.org/a"))
    assert told == ["https://example.org/a"]
    assert "this" in child(tab, NoteReader).toPlainText()


@pytest.mark.parametrize("text", ["two\u00a0words", "a\u2028b", "a\x0bb", "\ufeffa"])
def test_to_look_at_a_note_changes_nothing_of_it(
    tab: NotesTab, library: Library, first: int, second: int, text: str, qtbot: QtBot
) -> None:
    paper = library.papers([first])[0]
    note = Note("n", text, datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
    library._store.record(Change("Note", (FieldChanged("notes", (first,), (paper.notes,), ((note,),)),)), note.created)
    refresh(tab, library, first)
    card = child(tab, NoteCard)
    card.edit()
    card.finish()
    assert not card.is_dirty
    assert tab.drafts() == []
    refresh(tab, library, second)
    assert notes(library, first) == [text]
    qtbot.wait(1)
