"""The line at the foot of the window."""

import threading

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QProgressBar, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from readinglist.errors import ExpectedError
from readinglist.ui import status_line
from readinglist.ui.background import Background, Progress
from readinglist.ui.small_parts import Words
from readinglist.ui.status_line import StatusLine


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    made.resize(1200, 26)
    made.show()
    return made


def words(line: StatusLine) -> list[str]:
    return [label.text() for label in line.findChildren(Words) if label.isVisible() and label.text()]


def button(line: StatusLine, text: str) -> QPushButton:
    return next(found for found in line.findChildren(QPushButton) if found.text() == text)


def cancel_button(line: StatusLine) -> QToolButton:
    return line.findChildren(QToolButton)[0]


def test_counts(line: StatusLine) -> None:
    line.set_counts(1, 0)
    assert words(line) == ["1 paper"]
    line.set_counts(23, 2)
    assert words(line) == ["23 papers · 2 selected"]


def test_a_message_goes_by_itself(line: StatusLine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_line, "MESSAGE_MS", 20)
    line.show_message("Wrote 3 papers")
    assert "Wrote 3 papers" in words(line)
    assert not button(line, "Undo").isVisible()
    qtbot.waitUntil(lambda: line.message() == "")
    assert "Wrote 3 papers" not in words(line)


def test_what_can_be_undone_offers_undo_once(line: StatusLine, qtbot: QtBot) -> None:
    line.show_message("Starred 3 papers", undoable=True)
    assert button(line, "Undo").isVisible()
    with qtbot.waitSignal(line.undo_requested):
        qtbot.mouseClick(button(line, "Undo"), Qt.MouseButton.LeftButton)
    assert line.message() == ""
    assert not button(line, "Undo").isVisible()


def test_undo_stays_while_it_has_the_focus(line: StatusLine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_line, "UNDOABLE_MS", 10)
    monkeypatch.setattr(status_line, "MESSAGE_MS", 10)
    line.activateWindow()
    line.show_message("Starred 3 papers", undoable=True)
    button(line, "Undo").setFocus()
    qtbot.waitUntil(button(line, "Undo").hasFocus)
    qtbot.wait(60)
    assert line.message() == "Starred 3 papers"
    button(line, "commands").setFocus()
    qtbot.waitUntil(lambda: line.message() == "")


def test_running_work_shows_how_far_it_is(line: StatusLine) -> None:
    bar = line.findChildren(QProgressBar)[0]
    work = line.work_started("Importing 003.txt")
    assert "Importing 003.txt" in words(line)
    assert not bar.isVisible()
    work.progress(89, 143)
    assert "89 of 143" in words(line)
    assert (bar.value(), bar.maximum()) == (89, 143)
    work.finished()
    work.finished()
    assert words(line) == ["0 papers"]
    assert not bar.isVisible()


def test_the_oldest_of_several_works_is_shown_with_the_number_of_the_others(line: StatusLine, qtbot: QtBot) -> None:
    first, second = line.work_started("Importing"), line.work_started("Exporting")
    assert "Importing and 1 more" in words(line)
    with qtbot.waitSignal(line.cancel_requested) as cancelled:
        qtbot.mouseClick(cancel_button(line), Qt.MouseButton.LeftButton)
    assert cancelled.args == [first]
    first.finished()
    assert "Exporting" in words(line)
    second.finished()
    assert not cancel_button(line).isVisible()


def test_background_work_can_be_followed_and_cancelled(line: StatusLine, qtbot: QtBot) -> None:
    background = Background()
    failures: list[ExpectedError] = []
    cancelled = threading.Event()

    def work(progress: Progress) -> None:
        for _ in range(2000):
            progress(1, 10)
            cancelled.wait(0.005)

    line.follow(background.run("Rebuilding", work, print, failures.append))
    qtbot.waitUntil(lambda: "1 of 10" in words(line))
    qtbot.mouseClick(cancel_button(line), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], ExpectedError)
    assert words(line) == ["0 papers"]
    assert background.close()
    assert isinstance(background, QObject)


def test_in_a_narrow_window_the_least_goes_first_and_nothing_is_cut(line: StatusLine, qtbot: QtBot) -> None:
    line.set_counts(100_000, 99)
    line.show_message("Moved 99 papers to the trash", undoable=True)
    line.work_started("Importing a-very-long-file-name-that-somebody-kept.txt").progress(1, 1000)
    line.resize(500, 26)
    qtbot.waitUntil(lambda: not button(line, "commands").isVisible())
    assert button(line, "Undo").isVisible()
    assert cancel_button(line).isVisible()
    visible = [part for part in line.findChildren(QPushButton) + line.findChildren(Words) if part.isVisible()]
    assert all(part.geometry().right() <= line.width() for part in visible)
    line.resize(1400, 26)
    qtbot.waitUntil(lambda: button(line, "commands").isVisible())


def test_words_that_look_like_markup_are_shown_as_they_are(line: StatusLine) -> None:
    line.show_message("<b>Importing</b>")
    label = next(found for found in line.findChildren(Words) if found.text() == "<b>Importing</b>")
    assert label.textFormat() is Qt.TextFormat.PlainText
