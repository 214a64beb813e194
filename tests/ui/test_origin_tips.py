"""Where the fields of the open paper come from is told when one asks with the mouse."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from readinglist.papers.change import Change, FieldChanged
from readinglist.ui.main_window import MainWindow
from readinglist.ui.paper_editor import PaperEditor
from tests.store.making import NOW
from tests.ui.conftest import desk_of, settle


def ask(widget: QWidget) -> str:
    QToolTip.hideText()
    at = QPoint(4, 4)
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    return QToolTip.text() if QToolTip.isVisible() else ""


@pytest.mark.qt_log_ignore("does not support raise")  # Qt's offscreen screen, of a tooltip
def test_the_title_tells_of_all_fields_and_the_form_of_each(window: MainWindow, qtbot: QtBot) -> None:
    desk = desk_of(window)
    (paper,) = desk.library.papers([1])
    origins = FieldChanged("origins", (1,), (dict(paper.origins),), ({"": 1, "abstract": 0},))
    desk.library._store.record(Change("Edit", (origins,)), NOW)
    settle(qtbot, window)
    assert desk.panes.list.choose(1)
    settle(qtbot, window)
    lines = ask(desk.details.title).splitlines()
    assert lines[0].startswith("Title: from listing.txt, ")
    assert "Abstract: yours" in lines
    desk.details.edit(lambda *_: "")
    form = desk.details.currentWidget()
    assert isinstance(form, PaperEditor)
    assert ask(form.fields["abstract"]) == "yours"
    assert ask(form.fields["title"]).startswith("from listing.txt, ")


def test_nothing_is_told_of_several_papers(window: MainWindow, qtbot: QtBot) -> None:
    window.panes.list.selectAll()
    settle(qtbot, window)
    assert ask(desk_of(window).details.title) == ""
