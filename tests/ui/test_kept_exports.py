"""Files kept up to date while the window is open."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from readinglist.library import kept_exports
from readinglist.library.export_formats import ExportOptions
from readinglist.library.kept_exports import KeptState
from readinglist.ui import kept_exports_desk
from readinglist.ui.kept_exports_window import KeptExportsWindow
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from tests.ui.conftest import OpenWindow, desk_of, settle


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_exports_desk, "AFTER_MS", 20)
    monkeypatch.setattr(kept_exports_desk, "AT_START_MS", 20)
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")


@pytest.fixture
def target(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> Path:
    """A file that is kept with the starred papers."""
    desk = desk_of(window)
    desk.library.star([1])
    desk.library.keep_export(tmp_path / "starred.bib", "is:starred", ExportOptions())
    wait_until_current(window, qtbot)
    return tmp_path / "starred.bib"


def wait_until_current(window: MainWindow, qtbot: QtBot) -> None:
    library = desk_of(window).library
    qtbot.waitUntil(lambda: all(each.state is KeptState.CURRENT for each in library.kept_exports()))


def button(parent: Message | KeptExportsWindow, words: str) -> QPushButton:
    return next(each for each in parent.findChildren(QPushButton) if each.text().replace("&", "") == words)


def test_a_file_is_written_a_moment_after_a_change(window: MainWindow, target: Path, qtbot: QtBot) -> None:
    desk_of(window).editing.star([2, 3])
    qtbot.waitUntil(lambda: target.read_text().count("\n@") == 3)
    settle(qtbot, window)


def test_what_changed_while_no_window_was_open_is_written_at_the_start(
    window: MainWindow, target: Path, qtbot: QtBot, open_window: OpenWindow
) -> None:
    window.close()
    target.unlink()
    open_window()
    qtbot.waitUntil(target.exists)


def test_what_another_program_wrote_is_asked_about_once(window: MainWindow, target: Path, qtbot: QtBot) -> None:
    desk = desk_of(window)
    target.write_text(target.read_text() + "@misc{mine, title={Mine}}")
    desk.editing.star([2])
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)))
    question = window.findChildren(Message)[0]
    desk.editing.star([3])
    qtbot.wait(200)
    assert len(window.findChildren(Message)) == 1
    assert "@misc{mine" in target.read_text()
    qtbot.mouseClick(button(question, "Write anyway"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: target.read_text().count("\n@") == 3)
    assert "@misc{mine" in target.with_name("starred.bib~").read_text()
    settle(qtbot, window)


def test_another_file_instead(
    window: MainWindow, target: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.bib"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(other), ""))
    desk = desk_of(window)
    before = target.read_text()
    (kept,) = desk.library.kept_exports()
    desk.kept_exports.move(kept)
    qtbot.waitUntil(lambda: [each.path for each in desk.library.kept_exports()] == [other])
    settle(qtbot, window)
    assert target.read_text() == other.read_text() == before


def test_a_problem_is_said_once_and_quietly(window: MainWindow, target: Path, qtbot: QtBot, tmp_path: Path) -> None:
    desk, line = desk_of(window), window.panes.status_line
    folder = tmp_path / "gone"
    folder.mkdir()
    desk.library.keep_export(folder / "a.bib", "is:starred", ExportOptions())
    wait_until_current(window, qtbot)
    (folder / "a.bib").unlink()
    folder.rmdir()
    desk.library.star([2])
    qtbot.waitUntil(lambda: "a.bib is not up to date" in line.message())
    line.clear_message()
    desk.library.star([3])
    qtbot.waitUntil(lambda: target.read_text().count("\n@") == 3)
    qtbot.wait(100)
    assert line.message() == ""
    assert not window.findChildren(Message)


def test_the_window_shows_how_files_stand_and_what_can_be_done(window: MainWindow, target: Path, qtbot: QtBot) -> None:
    window.actions_.trigger("kept-exports")
    shown = window.findChildren(KeptExportsWindow)[0]
    qtbot.waitUntil(lambda: shown.list.topLevelItemCount() == 1)
    item = shown.list.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in (0, 1, 2, 4)] == ["starred.bib", "is:starred", "BibTeX", "Up to date"]
    assert item.toolTip(0) == str(target)
    target.write_text("@misc{mine, title={Mine}}")
    desk_of(window).editing.star([2])
    qtbot.waitUntil(lambda: shown.write_button.text() == "&Write anyway")
    qtbot.mouseClick(shown.write_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.write_button.text() == "&Write now")
    assert "mine" in target.with_name("starred.bib~").read_text()
    qtbot.mouseClick(shown.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.list.topLevelItemCount() == 0)
    assert not shown.write_button.isEnabled()
    assert target.exists()
    shown.close()
    settle(qtbot, window)


def test_what_is_stale_when_the_window_closes_is_written_by_another_process(
    window: MainWindow, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path] = []
    monkeypatch.setattr(kept_exports, "start_in_background", started.append)
    desk = desk_of(window)
    folder = desk.library.folder
    desk.library.star([2])
    window.close()
    assert started == [folder]
    assert not list(target.parent.glob("*.part"))
