"""The whole story in the window: bring in, find, mark, note, take back, close, open again, write out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from readinglist.papers.paper import Paper, ReadingState
from readinglist.ui.export_dialog import ExportDialog
from readinglist.ui.import_dialog import ImportDialog
from readinglist.ui.main_window import MainWindow
from tests.ui.conftest import OpenWindow, desk_of, light, open_window, settle

__all__ = ["light", "open_window"]  # fixtures that are used here too

PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def key(qtbot: QtBot, window: MainWindow, which: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """Press a key where the focus is, and wait for what follows."""
    qtbot.keyClick(focus(), which, modifiers)
    settle(qtbot, window)


def write(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Type where the focus is."""
    qtbot.keyClicks(focus(), text)
    settle(qtbot, window)


def focus() -> QWidget:
    """The widget that gets the keys."""
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def current(window: MainWindow) -> Paper:
    """The paper one is at."""
    row = window.panes.list.currentIndex().row()
    paper = window.panes.list.papers.paper_at(row)
    assert paper is not None
    return paper


def marks(paper: Paper) -> tuple[bool, ReadingState, tuple[str, ...], list[str]]:
    """What the reader did to a paper."""
    return paper.starred, paper.state, paper.tags, [note.text for note in paper.notes]


def load_sample(qtbot: QtBot, window: MainWindow) -> None:
    """From the empty library's page."""
    assert window.panes.welcome is not None
    with qtbot.waitSignal(desk_of(window).in_and_out.imported) as ended:
        window.actions_.trigger("import-sample")
    assert ended.args[0].new == ended.args[0].records > 20
    settle(qtbot, window)
    for account in window.findChildren(ImportDialog):
        account.reject()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.panes.list)


def find_first(qtbot: QtBot, window: MainWindow) -> str:
    """By words, and into the list; gives the title."""
    key(qtbot, window, Qt.Key.Key_Slash)
    write(qtbot, window, "language model")
    found = len(window.panes.list.papers.ids)
    key(qtbot, window, Qt.Key.Key_Down)
    assert 0 < found < desk_of(window).standing.counts.all
    assert QApplication.focusWidget() is window.panes.list
    return current(window).title


def mark(qtbot: QtBot, window: MainWindow) -> None:
    """Star, state, tag and note, each by its key."""
    key(qtbot, window, Qt.Key.Key_S)
    key(qtbot, window, Qt.Key.Key_3)
    key(qtbot, window, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    write(qtbot, window, "nlp/models")
    key(qtbot, window, Qt.Key.Key_Return)
    if QApplication.focusWidget() is not window.panes.list:
        key(qtbot, window, Qt.Key.Key_Escape)
    window.activateWindow()
    window.panes.list.setFocus()
    key(qtbot, window, Qt.Key.Key_N)
    write(qtbot, window, "Read again.")
    window.panes.list.setFocus()
    qtbot.waitUntil(lambda: [note.text for note in current(window).notes] == ["Read again."])
    settle(qtbot, window)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of popups, where there is no screen
def test_a_reading_list_is_kept_from_the_first_import_to_the_bibliography(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window()
    load_sample(qtbot, window)
    title = find_first(qtbot, window)
    mark(qtbot, window)
    done = (True, ReadingState.READING, ("nlp/models",), ["Read again."])
    assert marks(current(window)) == done

    before: tuple[tuple[bool, ReadingState, tuple[str, ...], list[str]], ...] = (
        (True, ReadingState.READING, ("nlp/models",), []),
        (True, ReadingState.READING, (), []),
        (True, ReadingState.INBOX, (), []),
        (False, ReadingState.INBOX, (), []),
    )
    for after in before:
        key(qtbot, window, Qt.Key.Key_Z, CONTROL)
        assert marks(current(window)) == after
    for _ in range(4):
        key(qtbot, window, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert marks(current(window)) == done
    window.close()

    again = open_window()
    again.panes.list.setFocus()
    key(qtbot, again, Qt.Key.Key_Slash)
    write(qtbot, again, "is:starred")
    key(qtbot, again, Qt.Key.Key_Down)
    assert current(again).title == title
    assert marks(current(again)) == done

    again.actions_.trigger("export")
    dialog = again.findChildren(ExportDialog)[-1]
    with qtbot.waitSignal(dialog.message):
        dialog.save(tmp_path / "starred.bib")
    assert (tmp_path / "starred.bib").read_text(encoding="utf-8").count("\n@") <= 1
    assert title.split()[0] in (tmp_path / "starred.bib").read_text(encoding="utf-8")
    dialog.reject()
