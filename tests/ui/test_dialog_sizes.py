"""Dialogs come again as large as they were left."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from readinglist.ui.dialog_sizes import keep_size
from readinglist.ui.main_window import MainWindow
from readinglist.ui.search_help import SearchHelp
from readinglist.ui.settings import DIALOG_SIZES, Settings


class Small(QDialog):
    """A dialog."""


class Other(QDialog):
    """Another one."""


def shown(kind: type[QDialog], settings: Settings, qtbot: QtBot) -> QDialog:
    dialog = kind()
    qtbot.addWidget(dialog)
    keep_size(dialog, settings)
    dialog.show()
    return dialog


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


def test_each_dialog_has_a_size_of_its_own(settings: Settings, qtbot: QtBot) -> None:
    for kind, size in ((Small, QSize(311, 222)), (Other, QSize(333, 244)), (Small, QSize(355, 266))):
        dialog = shown(kind, settings, qtbot)
        dialog.resize(size)
        dialog.close()
    assert shown(Small, settings, qtbot).size() == QSize(355, 266)
    assert shown(Other, settings, qtbot).size() == QSize(333, 244)


def test_a_size_of_a_larger_screen_is_brought_down(settings: Settings, qtbot: QtBot) -> None:
    settings.set(DIALOG_SIZES, "Small 9000 222")
    dialog = shown(Small, settings, qtbot)
    assert dialog.height() == 222
    assert dialog.width() <= dialog.screen().availableSize().width()


@pytest.mark.parametrize("kept", ["Small", "Small 1", "Small a 2", "Small 0 -3", "Small 999999 1", "\n \n"])
def test_what_cannot_be_a_size_is_left_out(settings: Settings, qtbot: QtBot, kept: str) -> None:
    usual = shown(Other, settings, qtbot).size()
    settings.set(DIALOG_SIZES, kept)
    assert shown(Small, settings, qtbot).size() == usual


def test_the_help_comes_again_as_large_as_it_was(window: MainWindow) -> None:
    window.show_search_help()
    (page,) = window.findChildren(SearchHelp)
    page.resize(444, 333)
    page.close()
    window.show_search_help()
    assert window.findChildren(SearchHelp)[-1].size() == QSize(444, 333)
