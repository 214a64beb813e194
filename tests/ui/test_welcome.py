"""The page of an empty library."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from readinglist.ui.small_parts import Words
from readinglist.ui.welcome import ChoiceButton, WelcomePage


@pytest.fixture
def page(qtbot: QtBot) -> WelcomePage:
    made = WelcomePage()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def choices(page: WelcomePage) -> list[ChoiceButton]:
    return page.findChildren(ChoiceButton)


def test_three_ways_each_by_mouse_and_by_keyboard(page: WelcomePage, qtbot: QtBot) -> None:
    signals = (page.import_file, page.paste_clipboard, page.load_sample)
    for choice, signal in zip(choices(page), signals, strict=True):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(choice, Qt.MouseButton.LeftButton)
        choice.setFocus()
        with qtbot.waitSignal(signal):
            qtbot.keyClick(choice, Qt.Key.Key_Space)


def test_says_that_dropping_works_and_names_its_parts(page: WelcomePage) -> None:
    assert any("drop files" in label.text() for label in page.findChildren(Words))
    assert [choice.accessibleName() for choice in choices(page)] == [
        "Import a file…",
        "Paste the clipboard",
        "Load the sample listing",
    ]
    page.show_keys("Ctrl+I", "Ctrl+V")
    assert "Ctrl I" in choices(page)[0].accessibleDescription()


@pytest.mark.parametrize("width", [500, 1400])
def test_nothing_is_cut_and_all_stands_in_the_middle(page: WelcomePage, qtbot: QtBot, width: int) -> None:
    page.resize(width, 700)
    qtbot.waitUntil(lambda: page.width() == width)
    for choice in choices(page):
        middle = choice.mapTo(page, choice.rect().center()).x()
        assert abs(middle - width // 2) <= 2
        assert all(choice.rect().contains(label.geometry()) for label in choice.findChildren(Words))
    tops = [choice.mapTo(page, choice.rect().topLeft()).y() for choice in choices(page)]
    bottoms = [choice.mapTo(page, choice.rect().bottomLeft()).y() for choice in choices(page)]
    assert all(bottom < top for bottom, (_, top) in zip(bottoms, pairwise(tops), strict=False))


def test_follows_the_theme_at_once(page: WelcomePage, qapp: QApplication) -> None:
    theme.use(qapp, "light")
    label = page.findChildren(Words)[0]
    light = label.palette().color(label.foregroundRole())
    theme.use(qapp, "dark")
    dark = label.palette().color(label.foregroundRole())
    theme.use(qapp, "light")
    assert light == theme.load("light").text
    assert dark == theme.load("dark").text
