"""What the actions copy, in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from readinglist.ui import settings as remembered
from readinglist.ui.citation_dialog import CitationDialog
from readinglist.ui.copying import AT_ONCE
from readinglist.ui.main_window import MainWindow
from tests.library.cited_papers import BOOK, THESIS, fill
from tests.ui.conftest import OpenWindow, desk_of, settle


@pytest.fixture
def window(library_folder: Path, open_window: OpenWindow) -> MainWindow:
    fill(library_folder, [BOOK, THESIS])
    made = open_window()
    made.panes.list.selectAll()
    return made


def copied(qtbot: QtBot, window: MainWindow, action: str) -> str:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    window.actions_.trigger(action)
    qtbot.waitUntil(lambda: bool(clipboard.text()))
    return clipboard.text()


def test_ctrl_shift_c_copies_text_and_rich_text_in_the_style_used_last(qtbot: QtBot, window: MainWindow) -> None:
    window.settings.set(remembered.CITATION_STYLE, "ieee")
    QGuiApplication.clipboard().clear()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.panes.list, Qt.Key.Key_C, modifiers)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    copied = QGuiApplication.clipboard().mimeData()
    assert sorted(line[:3] for line in copied.text().splitlines()) == ["[1]", "[2]"]
    assert "<i>Pattern Recognition and Machine Learning</i>" in copied.html()
    assert window.panes.status_line.message().startswith("Copied: [1] ")


@pytest.mark.parametrize(
    ("action", "wanted"),
    [
        ("copy-in-text", {"(Bishop, 2006; Kowalska, 1991)"}),
        ("copy-latex", {"\\cite{Bishop2006,Kowalska1991}", "\\cite{Kowalska1991,Bishop2006}"}),
        ("copy-pandoc", {"[@Bishop2006; @Kowalska1991]", "[@Kowalska1991; @Bishop2006]"}),
        ("copy-typst", {"@Bishop2006 @Kowalska1991", "@Kowalska1991 @Bishop2006"}),
    ],
)
def test_other_ways_to_cite(qtbot: QtBot, window: MainWindow, action: str, wanted: set[str]) -> None:
    assert copied(qtbot, window, action) in wanted


def test_titles_are_copied_with_their_links(qtbot: QtBot, window: MainWindow) -> None:
    text = copied(qtbot, window, "copy-links")
    assert set(text.split("\n\n")) == {BOOK.title, THESIS.title}
    assert f"<p>{BOOK.title}</p>" in QGuiApplication.clipboard().mimeData().html()


def test_a_style_that_is_gone_gives_way_to_the_usual_one(qtbot: QtBot, window: MainWindow) -> None:
    window.settings.set(remembered.CITATION_STYLE, "gone")
    assert "Bishop, C. M. (2006)." in copied(qtbot, window, "copy-citation")


def test_a_style_without_bibliography_copies_its_citations(qtbot: QtBot, window: MainWindow, home: Path) -> None:
    folder = home / ".local" / "share" / "readinglist" / "styles"
    folder.mkdir(parents=True)
    (folder / "house.csl").write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note"><info><title>House</title><id>h</id>'
        '</info><citation><layout delimiter="; "><text variable="title"/></layout></citation></style>',
        encoding="utf-8",
    )
    window.settings.set(remembered.CITATION_STYLE, "house")
    assert set(copied(qtbot, window, "copy-citation").split("; ")) == {BOOK.title, THESIS.title}


def test_very_many_papers_show_their_progress(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    ids = list(window.panes.list.selected_ids()) * AT_ONCE
    QGuiApplication.clipboard().clear()
    desk.deeds.copying.copy_bibliography(ids)
    assert [work.title for work in window.background.works] == [f"Formatting {len(ids)} papers"]
    settle(qtbot, window)
    assert QGuiApplication.clipboard().text().count("\n") == len(ids) - 1


def test_the_menu_of_the_details_copies_too(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    desk_of(window).details.copy_requested.emit("citation")
    qtbot.waitUntil(lambda: "Bishop" in QGuiApplication.clipboard().text())


def test_c_in_the_list_opens_the_dialog_for_what_is_chosen(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.panes.list, Qt.Key.Key_C)
    (dialog,) = window.findChildren(CitationDialog)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: "Bishop" in dialog.preview.toPlainText())
    dialog.reject()
