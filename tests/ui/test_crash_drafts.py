"""What is typed and not saved survives a crash, an error and the end of the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.paths import settings_folder
from readinglist.store import checked
from readinglist.ui import crash_drafts
from readinglist.ui.crash_drafts import DraftKeeper, Drafts, NoteDraft
from readinglist.ui.main_window import MainWindow
from readinglist.ui.note_card import NoteSource
from tests.ui.conftest import OpenWindow, desk_of, settle

DRAFTS = Drafts({3: {"year": "20x6"}}, (NoteDraft(3, "", "", "Half a thought"),))


def test_drafts_come_back_as_they_were_kept(tmp_path: Path) -> None:
    assert crash_drafts.load(tmp_path) == Drafts()
    assert crash_drafts.save(tmp_path, DRAFTS)
    assert crash_drafts.load(tmp_path) == DRAFTS
    assert (tmp_path / crash_drafts.FILE).stat().st_mode & 0o077 == 0
    assert crash_drafts.save(tmp_path, Drafts())
    assert not (tmp_path / crash_drafts.FILE).exists()


def test_drafts_that_could_not_be_kept_with_the_library_are_the_newer_ones(tmp_path: Path) -> None:
    folder, away = tmp_path / "library", tmp_path / "away"
    folder.mkdir()
    earlier = Drafts({}, (NoteDraft(3, "", "", "Half"),))
    assert crash_drafts.save(folder, earlier)
    folder.rename(away)
    assert crash_drafts.save(folder, DRAFTS)
    away.rename(folder)
    assert crash_drafts.load(folder) == DRAFTS
    assert crash_drafts.load(tmp_path / "other") == Drafts()
    assert crash_drafts.save(folder, earlier)
    assert crash_drafts.load(folder) == earlier
    assert not list(settings_folder().rglob("*.json"))


def test_where_no_place_takes_drafts_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config").write_text("a file where a folder is expected")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert not crash_drafts.save(tmp_path / "gone", DRAFTS)


@pytest.mark.parametrize("text", ["", "[]", '{"form": 2}', '{"form": 1, "details": [], "notes": 3}', "\x00"])
def test_a_file_that_cannot_be_read_is_put_aside(tmp_path: Path, text: str) -> None:
    (tmp_path / crash_drafts.FILE).write_text(text)
    assert not crash_drafts.load(tmp_path)
    assert crash_drafts.save(tmp_path, Drafts())
    assert (tmp_path / "drafts-not-read.json").read_text() == text


def test_notes_that_were_being_written_are_saved_at_the_next_start(sample_folder: Path) -> None:
    with Library(sample_folder) as library:
        for text in ("first", "second"):
            library.add_note(1, text)
        first, second = library.papers([1])[0].notes
        library.edit_note(1, second.id, "second, changed elsewhere")
        left = Drafts(
            {},
            (
                NoteDraft(1, first.id, "first", "first, and more"),
                NoteDraft(1, second.id, "second", "second, and more"),
                NoteDraft(2, "", "", "a new one"),
                NoteDraft(2, "", "", "  "),
                NoteDraft(999, "", "", "of a paper that is gone"),
            ),
        )
        assert crash_drafts.save_notes(library, left) == [1, 1, 2]
        texts = [note.text for note in library.papers([1])[0].notes]
        assert sorted(texts) == ["first, and more", "second, and more", "second, changed elsewhere"]
        assert [note.text for note in library.papers([2])[0].notes] == ["a new one"]
        assert crash_drafts.save_notes(library, left) == []
        library.undo()
        assert library.papers([2])[0].notes == ()


def keeper(window: MainWindow) -> DraftKeeper:
    desk = desk_of(window)

    def collect() -> Drafts:
        details, notes = desk.details.drafts()
        return Drafts(details, tuple(NoteDraft(*note) for note in notes))

    return DraftKeeper(desk.library.folder, collect, window.background, window)


def test_a_note_is_on_the_disk_while_it_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    keeping = keeper(window)
    folder = desk_of(window).library.folder
    window.panes.list.step(1)
    window.actions_.trigger("note")
    source = QApplication.focusWidget()
    assert isinstance(source, NoteSource)
    qtbot.keyClicks(source, "Half a thought")
    keeping.look()
    qtbot.waitUntil((folder / crash_drafts.FILE).exists)
    (draft,) = crash_drafts.load(folder).notes
    assert (draft.note_id, draft.text) == ("", "Half a thought")
    qtbot.keyClick(source, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    keeping.look()
    qtbot.waitUntil(lambda: not (folder / crash_drafts.FILE).exists())


def test_a_note_that_could_not_be_saved_is_kept(qtbot: QtBot, window: MainWindow) -> None:
    keeping = keeper(window)
    desk = desk_of(window)
    window.panes.list.step(1)
    window.actions_.trigger("note")
    source = QApplication.focusWidget()
    assert isinstance(source, NoteSource)
    qtbot.keyClicks(source, "Nowhere to go")
    checked.note(desk.library.folder, ["Page 122 is never used"])
    qtbot.keyClick(source, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.close()
    keeping.close()
    (draft,) = crash_drafts.load(desk.library.folder).notes
    assert draft.text == "Nowhere to go"


def test_typing_is_on_another_disk_from_the_moment_on_that_the_folder_does_not_take_it(
    qtbot: QtBot, window: MainWindow
) -> None:
    keeping = keeper(window)
    folder = desk_of(window).library.folder
    (folder / crash_drafts.FILE).mkdir()
    window.panes.list.step(1)
    window.actions_.trigger("note")
    source = QApplication.focusWidget()
    assert isinstance(source, NoteSource)
    qtbot.keyClicks(source, "Half a thought")
    keeping.look()
    qtbot.waitUntil(lambda: bool(crash_drafts.load(folder)))  # and no end of the window was needed
    assert [draft.text for draft in crash_drafts.load(folder).notes] == ["Half a thought"]
    qtbot.keyClick(source, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, window)
    keeping.look()
    qtbot.waitUntil(lambda: not crash_drafts.load(folder))


def test_a_detail_that_cannot_be_saved_is_there_again_in_the_next_window(
    window: MainWindow, open_window: OpenWindow
) -> None:
    keeping = keeper(window)
    folder = desk_of(window).library.folder
    window.panes.list.step(1)
    current = window.panes.list.current_id()
    assert current is not None
    window.actions_.trigger("edit-details")
    editor = desk_of(window).details.currentWidget()
    editor.fields["year"].input.setText("20x6")  # type: ignore[union-attr]
    window.close()
    keeping.close()
    assert crash_drafts.load(folder).details == {current: {"year": "20x6"}}
    again = open_window()
    details = desk_of(again).details
    details.restore_drafts(crash_drafts.load(folder).details)
    assert details.drafts()[0] == {current: {"year": "20x6"}}
    again.panes.list.step(1)
    again.actions_.trigger("edit-details")
    form = details.currentWidget()
    assert form.fields["year"].input.text() == "20x6"  # type: ignore[union-attr]
    assert form.fields["year"].problem  # type: ignore[union-attr]
