"""Every screen for everyone: each control has a name, each dialog a title and a way out, and none is too large."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from readinglist.ui.main_window import MainWindow
from tests.ui.conftest import OpenWindow, desk_of, settle

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit,
)  # fmt: skip
DIALOGS = (
    "about", "as-of", "backups", "changes", "citation-keys", "cite", "empty-trash", "export", "feeds",
    "find-duplicates", "kept-exports", "keys", "save-smart-list", "search-help",
)  # fmt: skip
SMALL_SCREEN = QSize(900, 600)


@pytest.fixture
def reading(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A window in which someone reads a paper of their own, found by a word, with one more in the trash."""
    desk = desk_of(window)
    first, *_, last = desk.library.find().ids
    desk.library.tag([first], ["a tag"])
    desk.library.add_note(first, "A note.")
    desk.library.trash([last])
    settle(qtbot, window)
    window.panes.list.choose(first)
    settle(qtbot, window)
    return window


def dialogs() -> list[QDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]


def own(widget: QWidget) -> Iterator[QWidget]:
    """The widgets in a window that are shown; not those of which Qt makes its own controls."""
    for each in widget.findChildren(QWidget):
        parts_of_qt = isinstance(each, QScrollBar | QHeaderView) or each.objectName().startswith("qt_")
        within = isinstance(each.parentWidget(), QComboBox | QLineEdit | QTabBar | QCalendarWidget)
        if each.isVisible() and each.window() is widget.window() and not parts_of_qt and not within:
            yield each


def nameless(widget: QWidget) -> list[str]:
    """The controls of which a screen reader could only say what kind they are."""
    labels = {label.buddy() for label in widget.findChildren(QLabel) if label.buddy() is not None}
    return [
        f"{type(each).__name__} in {type(each.parentWidget()).__name__}"
        for each in own(widget)
        if isinstance(each, CONTROLS)
        and not each.accessibleName()
        and not (isinstance(each, QAbstractButton) and each.text())
        and each not in labels
    ]


def test_each_control_of_the_window_has_a_name(reading: MainWindow, qtbot: QtBot) -> None:
    tabs = desk_of(reading).details.tabs
    for tab in range(tabs.count()):
        tabs.setCurrentIndex(tab)
        settle(qtbot, reading)
        assert nameless(reading) == []
    for query in ("is:trashed", "nothinghasthis", "status:no", ""):
        desk_of(reading).show_query(query)
        settle(qtbot, reading)
        assert nameless(reading) == [], query
    for form in ("edit-details", "note"):
        reading.panes.list.step(1)
        reading.handlers[form]()
        settle(qtbot, reading)
        assert nameless(reading) == [], form


def test_each_control_of_the_first_page_has_a_name(open_window: OpenWindow) -> None:
    assert nameless(open_window()) == []


def test_each_dialog_has_names_a_title_and_a_way_out_and_is_not_too_large(reading: MainWindow, qtbot: QtBot) -> None:
    desk_of(reading).show_query("model")
    settle(qtbot, reading)
    reading.panes.list.step(1)
    for action in DIALOGS:
        reading.handlers[action]()
        qtbot.waitUntil(lambda: bool(dialogs()))
        settle(qtbot, reading)
        (dialog,) = dialogs()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        assert dialog.windowTitle(), action
        assert nameless(dialog) == [], action
        least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
        assert least.boundedTo(SMALL_SCREEN) == least, action
        qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: dialogs() == [])
