"""Backups in the window: listed against today, made, verified, restored into a window that comes again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.app import show_window
from readinglist.errors import ExpectedError
from readinglist.library import backups
from readinglist.library.answers import no_progress
from readinglist.library.backups import Why
from readinglist.library.complete_import import import_whole
from readinglist.library.library import Library
from readinglist.store.backup_set import FOLDER, PACKED
from readinglist.ui import backups_words as words
from readinglist.ui import theme
from readinglist.ui.anew import Between
from readinglist.ui.backups_daily import DailyBackup
from readinglist.ui.backups_desk import BackupsDesk, open_backups, write_library
from readinglist.ui.backups_dialog import BackupsDialog, ConfirmRestore
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from readinglist.ui.settings import Settings
from tests.ui.conftest import desk_of, settle


@pytest.fixture
def backed_up(sample_folder: Path) -> Path:
    """A library with a backup, in which things were done since."""
    backups.back_up(sample_folder, Why.DAILY, no_progress)
    with Library(sample_folder) as library:
        library.add_note(1, "about zebras")
        library.star([2, 3])
    return sample_folder


@pytest.fixture
def shown(backed_up: Path, window: MainWindow, qtbot: QtBot) -> BackupsDesk:
    """The dialog, filled."""
    assert backed_up.is_dir()
    opened = open_backups(desk_of(window))
    qtbot.waitUntil(lambda: opened.dialog.current is not None and opened.settled)
    return opened


def cells(dialog: BackupsDialog, row: int) -> list[str]:
    item = dialog.list.topLevelItem(row)
    assert item is not None
    return [item.text(column) for column in range(dialog.list.columnCount())]


def test_the_list_tells_what_each_holds_against_today(shown: BackupsDesk) -> None:
    today, backup = cells(shown.dialog, 0), cells(shown.dialog, 1)
    assert today[0] == "Today"
    assert (today[2], backup[2]) == ("1", "0 (−1)")
    assert (today[4], backup[4]) == ("2", "0 (−2)")
    assert backup[1] == today[1]
    assert backup[5].endswith("from listing.txt")
    assert backup[6] == "daily"
    assert shown.dialog.details.text().splitlines() == [
        "Restoring it:", "•  2 papers become what they were", "•  1 note goes that came since",
    ]  # fmt: skip


def test_a_damaged_backup_is_told(shown: BackupsDesk, backed_up: Path, qtbot: QtBot) -> None:
    (backup,) = backups.backups(backed_up)
    assert "Damaged" not in shown.dialog.lead.text()
    (backup.folder / "manifest.json").write_text("{", encoding="utf-8")
    shown.refresh()
    qtbot.waitUntil(lambda: f"Damaged, and left as they are: {backup.name}." in shown.dialog.lead.text())
    assert shown.dialog.list.topLevelItemCount() == 1


def test_one_dialog_at_a_time(shown: BackupsDesk, window: MainWindow) -> None:
    assert open_backups(desk_of(window)) is shown


def test_back_up_now(shown: BackupsDesk, window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(shown.dialog.backup_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.dialog.list.topLevelItemCount() == 3)
    qtbot.waitUntil(lambda: shown.settled)
    assert cells(shown.dialog, 1)[6] == "by hand"
    assert shown.dialog.current is not None
    assert shown.dialog.current.why is Why.BY_HAND
    assert "same papers" in shown.dialog.details.text()
    assert window.panes.status_line.message().startswith("Backed up ")


def test_verify(shown: BackupsDesk, backed_up: Path, qtbot: QtBot) -> None:
    qtbot.mouseClick(shown.dialog.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is whole" in shown.dialog.details.text())
    (backup,) = backups.backups(backed_up)
    (backup.folder / PACKED).write_bytes(b"")
    qtbot.mouseClick(shown.dialog.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is not what was written" in shown.dialog.details.text())


def test_stopped_work_says_nothing(shown: BackupsDesk, backed_up: Path, qtbot: QtBot) -> None:
    shown.dialog.backup_requested.emit()
    assert not shown.dialog.restore_button.isEnabled()
    assert not shown.dialog.stop_button.isDefault()
    shown.dialog.stop_requested.emit()
    qtbot.waitUntil(lambda: shown.settled)
    assert shown.dialog.restore_button.isEnabled()
    assert len(backups.backups(backed_up)) in {1, 2}


def test_the_window_comes_again_with_the_older_library(
    backed_up: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    window = show_window(Settings(tmp_path / "settings"), backed_up)
    qtbot.waitUntil(lambda: window.desk is not None)
    settle(qtbot, window)
    opened = open_backups(desk_of(window))
    qtbot.waitUntil(lambda: opened.dialog.current is not None and opened.settled)
    qtbot.mouseClick(opened.dialog.restore_button, Qt.MouseButton.LeftButton)
    (question,) = opened.dialog.findChildren(ConfirmRestore)
    question.agree_button.click()
    qtbot.waitUntil(lambda: any(other is not window for other in _windows(qapp)), timeout=20_000)
    (new,) = (other for other in _windows(qapp) if other is not window)
    qtbot.waitUntil(lambda: new.desk is not None)
    settle(qtbot, new)
    library = desk_of(new).library
    assert library.paper("1").notes == ()
    assert list(library.find("zebras").ids) == []
    assert [each.why for each in backups.backups(backed_up)] == [Why.BEFORE_RESTORE, Why.DAILY]
    assert not [each for each in qapp.topLevelWidgets() if isinstance(each, Between) and each.isVisible()]
    new.close()


def test_what_cannot_be_restored_leaves_the_library_and_says_why(
    backed_up: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    window = show_window(Settings(tmp_path / "settings"), backed_up)
    qtbot.waitUntil(lambda: window.desk is not None)

    def fail(_tell: object) -> None:
        raise ExpectedError("The backup is damaged.")

    window.anew.emit("Restoring the library", fail)
    qtbot.waitUntil(lambda: any(other is not window for other in _windows(qapp)), timeout=20_000)
    (new,) = (other for other in _windows(qapp) if other is not window)
    qtbot.waitUntil(lambda: new.desk is not None)
    settle(qtbot, new)
    (message,) = new.findChildren(Message)
    assert "damaged" in message.accessibleDescription()
    assert len(desk_of(new).library.paper("1").notes) == 1
    message.close()
    new.close()


def _windows(app: QApplication) -> list[MainWindow]:
    return [each for each in app.topLevelWidgets() if isinstance(each, MainWindow) and each.isVisible()]


def test_the_backup_of_the_day_is_made_while_the_window_is_open(
    sample_folder: Path, window: MainWindow, qtbot: QtBot
) -> None:
    daily = desk_of(window).findChild(DailyBackup)
    assert daily is not None
    assert daily.timer.isActive()
    daily.look()
    qtbot.waitUntil(lambda: not window.background.works)
    (made,) = backups.backups(sample_folder)
    assert made.why is Why.DAILY
    daily.look()
    assert not window.background.works


def test_a_backup_of_the_day_that_fails_is_said(sample_folder: Path, window: MainWindow, qtbot: QtBot) -> None:
    (sample_folder / FOLDER).write_bytes(b"in the way")
    daily = desk_of(window).findChild(DailyBackup)
    assert daily is not None
    daily.look()
    qtbot.waitUntil(lambda: "backup could not be made" in window.panes.status_line.message())


@pytest.mark.filterwarnings("ignore:subprocess .* is still running")  # it is meant to outlive who started it
def test_closing_the_window_lets_the_backup_of_the_day_be_made(
    sample_folder: Path, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "")
    window.close()
    qtbot.waitUntil(lambda: len(backups.backups(sample_folder)) == 1, timeout=30_000)


def test_the_whole_library_is_written_and_said(
    sample_folder: Path, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    write_library(desk_of(window), tmp_path / "all.zip", sample_folder)
    qtbot.waitUntil(lambda: "Wrote the whole library" in window.panes.status_line.message())
    import_whole(tmp_path / "all.zip", tmp_path / "again", no_progress)


def test_about_tells_when_the_last_backup_was_made(sample_folder: Path) -> None:
    assert words.newest(sample_folder) == "There is no backup of the library yet."
    made = backups.back_up(sample_folder, Why.BY_HAND, no_progress)
    assert words.newest(sample_folder) == f"Last backup: {words.moment(made.made)}."
    assert words.moment(datetime.now(UTC) - timedelta(days=400)) != words.moment(made.made)


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_dialog_follows_the_theme(shown: BackupsDesk, qapp: QApplication, choice: theme.Choice) -> None:
    theme.use(qapp, choice)
    shown.dialog.list.clearSelection()
    image = shown.dialog.list.viewport().grab().toImage()
    assert image.pixelColor(image.width() - 2, image.height() - 2) == theme.current().window
