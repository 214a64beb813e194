"""What the status line says of the backup of the day and of the check of the whole library."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from readinglist.library import backups, guarding
from readinglist.library.backups import Why
from readinglist.library.base import no_progress
from readinglist.store.backup_set import FOLDER
from readinglist.ui.backups_daily import Care, DailyBackup, backed_up_words, care_tip
from readinglist.ui.backups_dialog import BackupsDialog
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from tests.ui.conftest import OpenWindow, desk_of

TODAY = date(2026, 3, 14)


def care_button(window: MainWindow, words: str) -> QPushButton | None:
    buttons = window.panes.status_line.findChildren(QPushButton)
    return next((each for each in buttons if words in each.text() and each.isVisible()), None)


def click_care(qtbot: QtBot, window: MainWindow, words: str) -> None:
    qtbot.waitUntil(lambda: care_button(window, words) is not None)
    button = care_button(window, words)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_last_backup_is_told_by_its_day() -> None:
    noon = datetime(2026, 3, 14, 12, 5).astimezone()
    assert backed_up_words(noon.astimezone(UTC), TODAY).startswith("Backed up today, 12:05")
    assert backed_up_words(noon - timedelta(days=1), TODAY) == "Backed up yesterday"
    assert backed_up_words(noon - timedelta(days=30), TODAY) == "Backed up 12 Feb 2026"
    tip = care_tip(Care(noon, TODAY - timedelta(days=1)), TODAY)
    assert tip.splitlines() == [
        "Last backup: 14 Mar 2026, 12:05.",
        "The whole library was checked yesterday, and is well.",
    ]


def test_a_new_library_says_nothing(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.wait(50)
    assert care_button(window, "ack") is None


def test_the_last_backup_stands_on_the_status_line_and_leads_to_all(
    sample_folder: Path, open_window: OpenWindow, qtbot: QtBot
) -> None:
    backups.back_up(sample_folder, Why.DAILY, no_progress)
    assert guarding.check_if_due(sample_folder)
    window = open_window()
    qtbot.waitUntil(lambda: care_button(window, "Backed up today") is not None)
    button = care_button(window, "Backed up today")
    assert button is not None
    assert "checked today, and is well" in button.toolTip()
    click_care(qtbot, window, "Backed up today")
    qtbot.waitUntil(lambda: bool(window.findChildren(BackupsDialog)))


def test_a_backup_that_failed_is_told_until_one_is_made(sample_folder: Path, window: MainWindow, qtbot: QtBot) -> None:
    (sample_folder / FOLDER).write_bytes(b"in the way")
    daily = desk_of(window).findChild(DailyBackup)
    assert daily is not None
    daily.look()
    click_care(qtbot, window, "Backup failed")
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)))
    (told,) = window.findChildren(Message)
    assert "backup could not be made" in told.accessibleDescription()
    told.close()
    (sample_folder / FOLDER).unlink()
    qtbot.waitUntil(lambda: not window.background.works)
    daily.look()
    qtbot.waitUntil(lambda: care_button(window, "Backed up today") is not None)
    assert care_button(window, "Backup failed") is None
