"""Opening a library in a window: banners, recovery, a second start, changes from beside, the end of the last run."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from readinglist import app
from readinglist.errors import DamagedError, ExpectedError
from readinglist.library import crash_reports, recovery
from readinglist.library.base import no_progress
from readinglist.library.library import Library
from readinglist.store import checked
from readinglist.store.database import FILE_NAME
from readinglist.ui import crash_drafts
from readinglist.ui.crash_drafts import Drafts, NoteDraft
from readinglist.ui.import_dialog import ImportDialog
from readinglist.ui.kept_notes import KeptNotes
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from readinglist.ui.opening import Opening
from readinglist.ui.opening_banner import Banner
from readinglist.ui.recovery_dialog import RecoveryDialog
from readinglist.ui.settings import SEEN_NOTICES, Settings
from readinglist.ui.single_window import address, knock
from tests.ui.conftest import settle


@pytest.fixture
def opening(qtbot: QtBot, sample_folder: Path, tmp_path: Path) -> Iterator[Opening]:
    """The opening of a window on a library with the sample listing; not begun yet."""
    with Library(sample_folder) as library:
        library.index_pending()  # and not beside the test
    window = MainWindow(Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    window.resize(1100, 700)
    window.show()
    yield Opening(window, sample_folder)
    window.close()
    crash_reports.keep_in(None)


def window_of(opening: Opening) -> MainWindow:
    window = opening.parent()
    assert isinstance(window, MainWindow)
    return window


def begin(qtbot: QtBot, opening: Opening) -> MainWindow:
    opening.start()
    window = window_of(opening)
    qtbot.waitUntil(lambda: window.desk is not None)
    settle(qtbot, window)
    return window


def banner(qtbot: QtBot, opening: Opening, kind: str) -> Banner:
    guard = opening.guard
    assert guard is not None
    qtbot.waitUntil(lambda: guard.banners.banner(kind) is not None)
    shown = guard.banners.banner(kind)
    assert shown is not None
    return shown


def test_a_library_on_this_machine_opens_without_a_word(qtbot: QtBot, opening: Opening) -> None:
    window = begin(qtbot, opening)
    assert window.findChildren(Banner) == []
    assert window.actions_.action("import-files").isEnabled()


def test_a_library_that_went_is_told_and_edits_wait_until_it_is_back(
    qtbot: QtBot, opening: Opening, sample_folder: Path
) -> None:
    window = begin(qtbot, opening)
    window.panes.list.step(1)
    away = sample_folder.with_name("unplugged")
    sample_folder.rename(away)
    assert opening.guard is not None
    opening.guard.look()
    shown = banner(qtbot, opening, "gone")
    assert "is gone" in shown.sentence.text()
    qtbot.waitUntil(lambda: not window.actions_.action("import-files").isEnabled())
    away.rename(sample_folder)
    opening.guard.look()
    qtbot.waitUntil(lambda: window.actions_.action("import-files").isEnabled())
    assert opening.guard.banners.banner("gone") is None


def test_a_library_that_was_replaced_is_opened_anew_on_request(
    qtbot: QtBot, opening: Opening, sample_folder: Path, tmp_path: Path
) -> None:
    window = begin(qtbot, opening)
    with Library(tmp_path / "other"):
        pass
    (tmp_path / "other" / FILE_NAME).replace(sample_folder / FILE_NAME)
    assert opening.guard is not None
    opening.guard.look()
    qtbot.waitUntil(lambda: "is kept as library-replaced-" in banner(qtbot, opening, "replaced").sentence.text())
    shown = banner(qtbot, opening, "replaced")
    with qtbot.waitSignal(window.anew):
        next(iter(shown.buttons.values())).click()


def test_a_library_that_is_deleted_while_it_is_open_comes_back_whole(
    qtbot: QtBot, opening: Opening, sample_folder: Path
) -> None:
    window = begin(qtbot, opening)
    assert window.desk is not None
    window.desk.library.add_note(1, "Of the last minute")
    (sample_folder / FILE_NAME).unlink()
    assert opening.guard is not None
    opening.guard.look()
    assert not list(sample_folder.glob("library-replaced-*"))  # it may come back
    with qtbot.waitSignal(window.anew):
        next(iter(banner(qtbot, opening, "gone").buttons.values())).click()
    window.close()
    with pytest.raises(DamagedError):
        Library(sample_folder)
    findings = recovery.look(sample_folder, no_progress)
    assert findings.recovered is not None
    recovery.take_recovered(sample_folder, findings.recovered)
    with Library(sample_folder) as library:
        assert [note.text for note in library.papers([1])[0].notes] == ["Of the last minute"]
        assert len(library.find("").ids) > 20


def test_a_library_that_is_cut_off_while_it_is_open_is_told_and_can_be_closed(
    qtbot: QtBot, opening: Opening, sample_folder: Path
) -> None:
    window = begin(qtbot, opening)
    os.truncate(sample_folder / FILE_NAME, 0)
    assert window.desk is not None
    window.desk.editing.toggle_star(window.panes.list.papers.ids[:1])
    for _ in range(3):
        window.panes.list.step(1)
    window.desk.show_query("language")
    assert opening.guard is not None
    opening.guard.look()
    assert "damaged" in banner(qtbot, opening, "damaged").heading.text()
    qtbot.waitUntil(lambda: window.desk is not None and not window.desk.changeable)
    assert window.findChildren(Message) == []
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not Path(address(sample_folder)).exists()


def test_what_a_user_can_mend_is_no_fault_of_the_program(qtbot: QtBot, opening: Opening) -> None:
    window = begin(qtbot, opening)
    window.report(ExpectedError("Error calling Python override of QWidget::event(): The disk is full."))
    (told,) = window.findChildren(Message)
    assert told.accessibleDescription() == "The disk is full."
    assert told.details.isHidden()


def test_damage_found_later_offers_the_recovery(qtbot: QtBot, opening: Opening) -> None:
    window = begin(qtbot, opening)
    assert window.desk is not None
    checked.note(window.desk.library.folder, ["Page 122 is never used"])
    assert opening.guard is not None
    opening.guard.look()
    shown = banner(qtbot, opening, "damaged")
    with qtbot.waitSignal(opening.recovery_wanted):
        next(iter(shown.buttons.values())).click()


def test_a_damaged_library_is_recovered_in_the_window(qtbot: QtBot, opening: Opening, sample_folder: Path) -> None:
    path = sample_folder / FILE_NAME
    path.write_bytes(path.read_bytes()[:-3000])
    opening.start()
    window = window_of(opening)
    qtbot.waitUntil(lambda: bool(window.findChildren(RecoveryDialog)))
    (dialog,) = window.findChildren(RecoveryDialog)
    qtbot.waitUntil(lambda: dialog.table.topLevelItemCount() == 1)
    assert "damaged" in dialog.findChildren(QLabel)[0].text()
    row = dialog.table.topLevelItem(0)
    assert row is not None
    assert int(row.text(1)) > 20
    dialog.take_button.click()
    qtbot.waitUntil(lambda: window.desk is not None)
    settle(qtbot, window)
    assert len(window.panes.list.papers.ids) > 20
    assert list(sample_folder.glob("library-damaged-*.sqlite"))
    assert not list(sample_folder.glob("library-recovered-*"))


def test_leaving_the_recovery_changes_nothing(qtbot: QtBot, opening: Opening, sample_folder: Path) -> None:
    path = sample_folder / FILE_NAME
    path.write_bytes(path.read_bytes()[:-3000])
    before = path.read_bytes()
    opening.start()
    window = window_of(opening)
    qtbot.waitUntil(lambda: bool(window.findChildren(RecoveryDialog)))
    (dialog,) = window.findChildren(RecoveryDialog)
    qtbot.waitUntil(lambda: dialog.table.topLevelItemCount() == 1)
    with qtbot.waitSignal(window.closed):
        dialog.close_button.click()
    assert path.read_bytes() == before
    assert not list(sample_folder.glob("library-*-*.sqlite"))


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_second_start_brings_files_to_the_first_window(
    qtbot: QtBot, opening: Opening, sample_folder: Path, tmp_path: Path
) -> None:
    import threading

    window = begin(qtbot, opening)
    file = tmp_path / "page.txt"
    file.write_text("Mar 20\n\nA Title From Elsewhere\n\nAn abstract that is long enough for one.\n")
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(knock(sample_folder, [file])))
    thread.start()
    qtbot.waitUntil(lambda: bool(window.findChildren(ImportDialog)))
    thread.join()
    assert answers == [True]
    qtbot.waitUntil(lambda: not window.background.works)


def test_what_the_command_line_changes_is_seen_within_a_second(
    qtbot: QtBot, opening: Opening, sample_folder: Path
) -> None:
    window = begin(qtbot, opening)
    assert window.desk is not None
    with Library(sample_folder) as other:
        other.star(other.find("").ids[:3])
    qtbot.waitUntil(lambda: window.desk is not None and window.desk.standing.counts.starred == 3, timeout=2500)


def test_an_unexpected_end_is_told_and_typing_comes_back(qtbot: QtBot, opening: Opening, sample_folder: Path) -> None:
    (sample_folder / "reports").mkdir()
    (sample_folder / "reports" / "running-999999999.txt").write_text("Fatal Python error: Aborted\n")
    crash_drafts.save(sample_folder, Drafts({1: {"year": "20x6"}}, (NoteDraft(1, "", "", "Half a thought"),)))
    window = begin(qtbot, opening)
    shown = banner(qtbot, opening, "ended")
    assert "Nothing that was saved is lost" in shown.sentence.text()
    assert window.desk is not None
    assert [note.text for note in window.desk.library.papers([1])[0].notes] == ["Half a thought"]
    assert window.desk.details.drafts()[0] == {1: {"year": "20x6"}}
    assert list((sample_folder / "reports").glob("report-*.txt"))
    shown.away.click()
    window.close()
    assert not list((sample_folder / "reports").glob("running-*"))
    assert crash_drafts.load(sample_folder).details == {1: {"year": "20x6"}}


@pytest.mark.parametrize("by_itself", [True, False])
def test_an_unexpected_end_that_asks_for_nothing_is_not_told_for_ever(
    qtbot: QtBot, opening: Opening, sample_folder: Path, by_itself: bool
) -> None:
    crash_drafts.save(sample_folder, Drafts({1: {"year": "20x6"}}, (NoteDraft(1, "", "", "Half a thought"),)))
    opening.told_for = 300 if by_itself else opening.told_for
    window = begin(qtbot, opening)
    guard = opening.guard
    assert guard is not None
    if not by_itself:
        words = banner(qtbot, opening, "ended").sentence.text()
        assert "A note that was being written was saved." in words
        assert "the details of 1 paper is" in words
        assert window.desk is not None
        window.desk.editing.toggle_star(window.panes.list.papers.ids[:1])
    qtbot.waitUntil(lambda: guard.banners.banner("ended") is None)


def leave_of_a_paper_that_is_gone(folder: Path) -> Drafts:
    left = Drafts({8888: {"year": "20x6"}}, (NoteDraft(9999, "", "", "Of a paper\nthat is gone"),))
    crash_drafts.save(folder, left)
    return left


def test_what_was_typed_of_a_paper_that_is_gone_is_kept_until_the_reader_decides(
    qtbot: QtBot, opening: Opening, sample_folder: Path
) -> None:
    left = leave_of_a_paper_that_is_gone(sample_folder)
    window = begin(qtbot, opening)
    shown = banner(qtbot, opening, "homeless")
    assert "Of a paper that is gone" in shown.sentence.text()
    shown.buttons["Copy"].click()
    assert QGuiApplication.clipboard().text() == "Of a paper\nthat is gone\n\nyear: 20x6\n"
    assert window.desk is not None
    window.desk.editing.toggle_star(window.panes.list.papers.ids[:1])  # after each edit, what waits is tried again
    settle(qtbot, window)
    shown.away.click()
    window.close()
    assert crash_drafts.load(sample_folder) == left


@pytest.mark.parametrize("way", ["Save as a file…", "Discard…"])
def test_what_was_typed_of_a_paper_that_is_gone_goes_once_the_reader_decided(
    qtbot: QtBot, opening: Opening, sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    leave_of_a_paper_that_is_gone(sample_folder)
    window = begin(qtbot, opening)
    note = tmp_path / "Note.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(note), ""))
    banner(qtbot, opening, "homeless").buttons[way].click()
    if way == "Discard…":
        (question,) = window.findChildren(Message)
        next(each for each in question.findChildren(QPushButton) if each.text() == "Discard").click()
    else:
        assert note.read_text() == "Of a paper\nthat is gone\n\nyear: 20x6\n"
    assert opening.guard is not None
    assert opening.guard.banners.banner("homeless") is None
    window.close()
    assert not crash_drafts.load(sample_folder)


def test_a_note_whose_paper_comes_back_is_saved(qtbot: QtBot, sample_folder: Path) -> None:
    with Library(sample_folder) as library:
        library.undo()  # the import
        notes = KeptNotes(library)
        with qtbot.waitSignal(notes.homeless_changed):
            assert notes.take_up(Drafts({}, (NoteDraft(1, "", "", "Half a thought"),))) == []
        assert [draft.text for draft in notes.homeless.notes] == ["Half a thought"]
        library.redo()
        with qtbot.waitSignal(notes.homeless_changed):
            assert notes.retry() == [1]
        assert not notes.drafts
        assert [note.text for note in library.papers([1])[0].notes] == ["Half a thought"]


def test_a_second_version_from_a_sync_conflict_is_told_and_compared(
    qtbot: QtBot, sample_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Dropbox" / "library"
    shutil.copytree(sample_folder, folder)
    shutil.copyfile(folder / FILE_NAME, folder / "library (Ann's conflicted copy 2026-03-14).sqlite")
    window = MainWindow(Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    window.show()
    opening = Opening(window, folder)
    begin(qtbot, opening)
    assert "Dropbox" in banner(qtbot, opening, "synced").heading.text()
    banner(qtbot, opening, "synced").away.click()
    assert window.settings.get(SEEN_NOTICES).startswith("synced-")  # and it does not come again
    next(iter(banner(qtbot, opening, "conflict").buttons.values())).click()
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)))
    window.close()
    crash_reports.keep_in(None)


def test_the_recovery_of_an_open_library_comes_in_a_window_of_its_own(
    qtbot: QtBot, sample_folder: Path, tmp_path: Path
) -> None:
    before = app.show_window(Settings(tmp_path / "settings"), sample_folder)
    qtbot.waitUntil(lambda: before.desk is not None)
    settle(qtbot, before)
    opening = before.findChild(Opening)
    assert opening is not None
    opening.recovery_wanted.emit()
    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]
    (after,) = [each for each in windows if each is not before]
    qtbot.waitUntil(lambda: bool(after.findChildren(RecoveryDialog)))
    (dialog,) = after.findChildren(RecoveryDialog)
    qtbot.waitUntil(lambda: dialog.table.topLevelItemCount() == 1)
    dialog.close_button.click()  # and the library as it is is opened after all
    qtbot.waitUntil(lambda: after.desk is not None)
    settle(qtbot, after)
    after.close()
    crash_reports.keep_in(None)


def test_a_window_that_comes_again_has_the_door(qtbot: QtBot, opening: Opening, sample_folder: Path) -> None:
    window = begin(qtbot, opening)
    assert Path(address(sample_folder)).exists()
    window.anew.emit("Nothing", lambda _progress: None)
    assert not Path(address(sample_folder)).exists()
