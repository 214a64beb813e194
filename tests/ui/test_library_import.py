"""A whole library made of a complete export in the window, in a folder of its own."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from readinglist.library.base import no_progress
from readinglist.library.complete_export import MANIFEST, export_whole
from readinglist.library.library import Library
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from tests.ui.conftest import desk_of


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that were started, which are not in a test."""
    found: list[list[str]] = []
    monkeypatch.setattr(QProcess, "startDetached", lambda program, words: found.append([program, *words]))
    return found


def choose(monkeypatch: pytest.MonkeyPatch, path: Path, folder: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))


@pytest.mark.parametrize("name", ["all.zip", "all"])
def test_a_whole_library_is_made_and_opened_in_another_window(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    started: list[list[str]],
    name: str,
) -> None:
    library = desk_of(window).library
    export_whole(library.folder, tmp_path / name, no_progress)
    again = tmp_path / "again"
    again.mkdir()
    choose(monkeypatch, tmp_path / name if name == "all.zip" else tmp_path / name / MANIFEST, again)
    window.actions_.trigger("import-library")
    qtbot.waitUntil(lambda: bool(started))
    assert started == [[sys.executable, "-m", "readinglist", "--library", str(again)]]
    assert f"in {again}" in window.panes.status_line.message()
    with Library(again) as made:
        assert made.counts().all == library.counts().all


def test_a_folder_that_holds_something_is_refused(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, started: list[list[str]]
) -> None:
    folder = desk_of(window).library.folder
    export_whole(folder, tmp_path / "all.zip", no_progress)
    choose(monkeypatch, tmp_path / "all.zip", folder)
    window.actions_.trigger("import-library")
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)))
    assert started == []
    assert desk_of(window).library.counts().all > 0
