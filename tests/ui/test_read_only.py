"""A library that cannot be changed now: what edits is greyed out, what is typed is kept, and a banner says why."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library import crash_reports
from readinglist.library.library import Library
from readinglist.store import checked
from readinglist.store.database import FILE_NAME
from readinglist.ui import crash_drafts
from readinglist.ui.history_desk import HistoryDesk
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from readinglist.ui.note_card import NoteSource
from readinglist.ui.opening import Opening
from readinglist.ui.opening_banner import Banner
from readinglist.ui.paper_editor import PaperEditor
from readinglist.ui.rating import Rating
from readinglist.ui.settings import Settings
from readinglist.ui.tag_chips import TagChip
from tests.ui.conftest import desk_of, settle

EDITS = (
    "star",
    "tag",
    "note",
    "edit-details",
    "state-read",
    "rate-3",
    "trash",
    "import-files",
    "import-folder",
    "undo",
)


class Unplugged:
    """A window on a library whose folder can be taken away and brought back."""

    def __init__(self, qtbot: QtBot, folder: Path, settings: Path) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.window = MainWindow(Settings(settings))
        qtbot.addWidget(self.window)
        self.window.resize(1100, 700)
        self.window.show()
        self.opening = Opening(self.window, folder)
        self.opening.start()
        qtbot.waitUntil(lambda: self.window.desk is not None)
        settle(qtbot, self.window)
        self.window.panes.list.step(1)
        settle(qtbot, self.window)

    def away(self) -> None:
        self.folder.rename(self.folder.with_name("unplugged"))

    def back(self) -> None:
        self.folder.with_name("unplugged").rename(self.folder)

    def look(self, *, read_only: bool) -> None:
        assert self.opening.guard is not None
        self.opening.guard.look()
        self.qtbot.waitUntil(lambda: self.window.actions_.action("import-files").isEnabled() is not read_only)

    def banner(self, kind: str) -> Banner | None:
        assert self.opening.guard is not None
        return self.opening.guard.banners.banner(kind)


@pytest.fixture
def unplugged(qtbot: QtBot, sample_folder: Path, tmp_path: Path) -> Iterator[Unplugged]:
    with Library(sample_folder) as library:
        first = library.find("").ids[0]
        library.tag([first], ["nlp"])
        library.add_note(first, "First thought")
        library.index_pending()
    made = Unplugged(qtbot, sample_folder, tmp_path / "settings")
    yield made
    made.window.close()
    crash_reports.keep_in(None)


def part(window: MainWindow, kind: type[QWidget], words: str = "") -> QWidget:
    found = [each for each in desk_of(window).details.findChildren(kind) if words in each.accessibleName()]
    return found[0]


def begin_note(window: MainWindow) -> NoteSource:
    window.actions_.trigger("note")
    source = window.focusWidget()
    assert isinstance(source, NoteSource)
    return source


def notes(window: MainWindow) -> list[str]:
    (paper,) = desk_of(window).library.papers(desk_of(window).selected)
    return sorted(note.text for note in paper.notes)


def test_what_edits_is_greyed_out_until_the_library_is_back(unplugged: Unplugged) -> None:
    window = unplugged.window
    window.actions_.trigger("edit-details")
    form = desk_of(window).details.currentWidget()
    assert isinstance(form, PaperEditor)
    desk_of(window).details.tabs.setCurrentIndex(1)
    add = next(each for each in desk_of(window).details.findChildren(QPushButton) if each.text() == "Add a note")
    unplugged.away()
    unplugged.look(read_only=True)
    assert [name for name in EDITS if window.actions_.action(name).isEnabled()] == []
    assert window.actions_.action("copy-bibtex").isEnabled()
    assert not part(window, Rating).isEnabled()
    assert not part(window, TagChip).isEnabled()
    assert part(window, TagChip).accessibleName() == "nlp"
    assert form.fields["year"].input.isReadOnly()  # type: ignore[union-attr]
    assert not form.fields["entry_type"].input.isEnabled()
    assert add.isHidden()
    assert not window.panes.sidebar.acceptDrops()
    unplugged.back()
    unplugged.look(read_only=False)
    assert part(window, Rating).isEnabled()
    assert part(window, TagChip).isEnabled()
    assert not form.fields["year"].input.isReadOnly()  # type: ignore[union-attr]
    assert not add.isHidden()
    assert window.panes.sidebar.acceptDrops()


def test_a_note_that_was_not_saved_is_kept_and_saved_when_the_library_is_back(
    qtbot: QtBot, unplugged: Unplugged
) -> None:
    window = unplugged.window
    source = begin_note(window)
    qtbot.keyClicks(source, "Half a thought")
    unplugged.away()
    qtbot.keyClick(source, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    window.panes.list.step(1)
    unplugged.look(read_only=True)
    told = unplugged.banner("unsaved")
    assert told is not None
    assert "is kept" in told.sentence.text()
    assert window.findChildren(Message) == []
    assert [draft.text for draft in desk_of(window).kept_notes.drafts.notes] == ["Half a thought"]
    unplugged.back()
    unplugged.look(read_only=False)
    assert unplugged.banner("unsaved") is None
    assert not desk_of(window).kept_notes.drafts
    window.panes.list.step(-1)
    assert notes(window) == ["First thought", "Half a thought"]


def test_a_changed_note_that_was_not_saved_takes_its_own_place(unplugged: Unplugged) -> None:
    window = unplugged.window
    desk_of(window).details.tabs.setCurrentIndex(1)
    part(window, NoteSource).setPlainText("First thought, and more")  # type: ignore[attr-defined]
    unplugged.away()
    desk_of(window).details.save()
    unplugged.back()
    desk_of(window).kept_notes.retry()
    assert notes(window) == ["First thought, and more"]
    assert unplugged.banner("unsaved") is None


def test_details_that_were_not_saved_are_in_the_form_again(unplugged: Unplugged) -> None:
    window = unplugged.window
    window.actions_.trigger("edit-details")
    form = desk_of(window).details.currentWidget()
    assert isinstance(form, PaperEditor)
    paper_id = form.paper_id
    form.fields["venue"].input.show_text("Journal of Unplugged Disks")
    unplugged.away()
    window.panes.list.step(1)  # leaves the form, which saves
    assert desk_of(window).details.drafts()[0] == {paper_id: {"venue": "Journal of Unplugged Disks"}}
    assert window.findChildren(Message) == []
    unplugged.back()
    unplugged.look(read_only=False)
    window.panes.list.step(-1)
    window.actions_.trigger("edit-details")
    assert form.fields["venue"].input.text() == "Journal of Unplugged Disks"
    form.save()
    settle(unplugged.qtbot, window)
    assert desk_of(window).library.papers([paper_id])[0].venue == "Journal of Unplugged Disks"
    assert desk_of(window).details.drafts()[0] == {}


def test_typing_survives_a_window_that_closes_while_the_library_is_gone(
    qtbot: QtBot, unplugged: Unplugged, tmp_path: Path
) -> None:
    qtbot.keyClicks(begin_note(unplugged.window), "Half a thought")
    unplugged.away()
    unplugged.window.close()
    unplugged.back()
    assert not (unplugged.folder / crash_drafts.FILE).exists()
    again = Unplugged(qtbot, unplugged.folder, tmp_path / "settings")
    assert notes(again.window) == ["First thought", "Half a thought"]
    again.window.close()
    assert crash_drafts.load(unplugged.folder) == crash_drafts.Drafts()


def test_a_log_that_is_removed_ends_editing_and_what_was_open_is_kept(qtbot: QtBot, unplugged: Unplugged) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows deletes no file that is open")
    desk_of(unplugged.window).library.star(desk_of(unplugged.window).selected)
    for ending in ("-wal", "-shm"):
        (unplugged.folder / f"{FILE_NAME}{ending}").unlink()
    unplugged.look(read_only=True)
    told = unplugged.banner("replaced")
    assert told is not None
    assert "log" in told.sentence.text()
    qtbot.waitUntil(lambda: bool(list(unplugged.folder.glob("library-replaced-*.sqlite"))))

    def kept_is_told() -> bool:
        shown = unplugged.banner("replaced")
        return shown is not None and "library-replaced-" in shown.sentence.text()

    qtbot.waitUntil(kept_is_told)


def test_damage_that_another_program_finds_ends_editing_in_the_window(unplugged: Unplugged) -> None:
    assert desk_of(unplugged.window).changeable
    checked.note(unplugged.folder, ["Page 122 is never used"])
    unplugged.look(read_only=True)
    assert unplugged.banner("damaged") is not None


def test_a_drop_or_a_key_is_refused_quietly(unplugged: Unplugged) -> None:
    window = unplugged.window
    unplugged.away()
    desk_of(window).editing.toggle_star(desk_of(window).selected)  # within the second before the window looks
    assert "is gone" in window.panes.status_line.message()
    assert window.findChildren(Message) == []
    unplugged.back()


def test_the_library_of_an_earlier_day_says_so_and_offers_no_edit(qtbot: QtBot, window: MainWindow) -> None:
    history = window.findChild(HistoryDesk)
    assert history is not None
    history.open_day("today")
    qtbot.waitUntil(lambda: bool(history.windows))
    (day,) = history.windows
    settle(qtbot, day)
    qtbot.waitUntil(lambda: bool(day.findChildren(Banner)))
    (banner,) = day.findChildren(Banner)
    assert banner.heading.text().startswith("As of ")
    assert "Nothing can be changed here" in banner.sentence.text()
    assert banner.away.isHidden()
    day.panes.list.step(1)
    settle(qtbot, day)
    assert [name for name in EDITS if day.actions_.action(name).isEnabled()] == []
    assert not part(day, Rating).isEnabled()
    day.close()
