"""Files of papers in the window: dropped, chosen, drawn, opened, saved, taken off, and back by Undo."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from readinglist.library.answers import InputText
from readinglist.papers.paper import Attachment
from readinglist.ui.attachments_drop import attachable
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from readinglist.ui.paper_mime_data import IDS
from tests.formats.pdf_making import pdf_with_pages
from tests.ui.conftest import desk_of, settle
from tests.ui.test_pdf_tab import button, rows, texts


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A document of three pages."""
    path = tmp_path / "zeppelins.pdf"
    path.write_bytes(pdf_with_pages(["Zeppelins", "are slower", "than sheep"]))
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system is asked to open."""
    asked: list[str] = []

    def open_url(url: QUrl) -> bool:
        asked.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return asked


def open_first(qtbot: QtBot, window: MainWindow) -> int:
    """Open the first paper, at its files; gives its id."""
    window.panes.list.step(1)
    settle(qtbot, window)
    desk_of(window).details.show_files()
    return window.panes.list.current_id() or 0


def files_of(window: MainWindow, paper_id: int) -> tuple[Attachment, ...]:
    (paper,) = desk_of(window).library.papers([paper_id])
    return paper.attachments


def dragged(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(window: MainWindow, data: QMimeData) -> bool:
    """Drag data over the details; let it fall there if it says that it would be attached, and tell whether it did."""
    details = desk_of(window).details
    where, modifiers = QPoint(20, 20), Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        details, QDragEnterEvent(where, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, modifiers)
    )
    hint = next(label for label in details.findChildren(QLabel) if label.text() == "Drop to attach to this paper")
    if not hint.isVisible():
        return False
    fall = QDropEvent(QPointF(where), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, modifiers)
    QApplication.sendEvent(details, fall)
    assert not hint.isVisible()
    return fall.isAccepted()


def test_a_pdf_dropped_on_the_details_is_attached_and_shown_and_undo_takes_it_off(
    qtbot: QtBot, window: MainWindow, pdf: Path
) -> None:
    paper_id = open_first(qtbot, window)
    tab = desk_of(window).details.pdf
    assert "Drop a PDF here" in texts(tab)
    assert drop(window, dragged(pdf))
    qtbot.waitUntil(lambda: "Page 1 of 3" in texts(tab))
    assert [row.accessibleName().partition(",")[0] for row in rows(tab)] == ["zeppelins.pdf"]
    assert desk_of(window).details.tabs.tabText(2) == "PDF 1"
    button(tab, "Next page").click()
    qtbot.waitUntil(lambda: "Page 2 of 3" in texts(tab))
    settle(qtbot, window)
    window.actions_.trigger("undo")
    qtbot.waitUntil(lambda: "Drop a PDF here" in texts(tab))
    assert files_of(window, paper_id) == ()
    assert desk_of(window).details.tabs.tabText(2) == "PDF"


def test_what_is_dropped_on_no_single_paper_or_is_a_bibliography_is_left_to_the_window(
    qtbot: QtBot, window: MainWindow, pdf: Path, tmp_path: Path
) -> None:
    assert not drop(window, dragged(pdf))
    open_first(qtbot, window)
    bib, archive = tmp_path / "a.bib", tmp_path / "a.zip"
    bib.write_text("@misc{a}")
    archive.write_bytes(b"PK")
    assert attachable(dragged(pdf, archive)) == [pdf, archive]
    assert not drop(window, dragged(bib))
    assert not drop(window, dragged(pdf, bib))
    assert not drop(window, dragged(tmp_path))
    own = dragged(pdf)
    own.setData(IDS, b"1")
    assert not drop(window, own)
    window.panes.list.selectAll()
    settle(qtbot, window)
    assert not drop(window, dragged(pdf))


def test_files_are_chosen_and_the_same_again_changes_nothing(
    qtbot: QtBot, window: MainWindow, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper_id = open_first(qtbot, window)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(pdf)], ""))
    window.actions_.trigger("attach-file")
    qtbot.waitUntil(lambda: len(files_of(window, paper_id)) == 1)
    settle(qtbot, window)
    button(desk_of(window).details.pdf, "Attach file…").click()
    qtbot.waitUntil(lambda: "has that file already" in window.panes.status_line.message())
    assert len(files_of(window, paper_id)) == 1
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    window.actions_.trigger("attach-file")
    assert not window.background.works


def test_a_file_that_cannot_be_attached_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    paper_id = open_first(qtbot, window)
    desk_of(window).attachments.attach(paper_id, [tmp_path / "none.pdf"])
    qtbot.waitUntil(lambda: any(message.isVisible() for message in window.findChildren(Message)))
    window.findChildren(Message)[0].reject()


def test_a_file_is_opened_shown_in_its_folder_saved_and_taken_off(
    qtbot: QtBot, window: MainWindow, pdf: Path, tmp_path: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper_id = open_first(qtbot, window)
    desk = desk_of(window)
    desk.library.attach(paper_id, [pdf])
    (attachment,) = files_of(window, paper_id)
    kept = desk.library.attached_file(attachment)
    tab = desk.details.pdf
    qtbot.waitUntil(lambda: bool(rows(tab)))
    window.panes.list.setFocus()
    qtbot.keyClick(window.panes.list, Qt.Key.Key_O)
    button(tab, "Open").click()
    if os.name == "posix":
        button(tab, "Show in folder").click()
        assert opened[2:] == [str(kept.parent)]
    assert opened[:2] == [str(kept), str(kept)]
    copy = tmp_path / "copy.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    button(tab, "Save a copy…").click()
    qtbot.waitUntil(copy.exists)
    assert copy.read_bytes() == pdf.read_bytes()
    button(tab, "Detach").click()
    settle(qtbot, window)
    assert files_of(window, paper_id) == ()
    window.panes.list.setFocus()
    qtbot.keyClick(window.panes.list, Qt.Key.Key_O)
    assert "has no file" in window.panes.status_line.message()
    window.actions_.trigger("undo")
    qtbot.waitUntil(lambda: len(files_of(window, paper_id)) == 1)


def test_programs_and_missing_files_are_not_opened_but_said(
    qtbot: QtBot, window: MainWindow, pdf: Path, tmp_path: Path, opened: list[str]
) -> None:
    paper_id = open_first(qtbot, window)
    desk = desk_of(window)
    program = tmp_path / "run.sh"
    program.write_text("#!/bin/sh\n")
    desk.library.attach(paper_id, [program, pdf])
    tab = desk.details.pdf
    qtbot.waitUntil(lambda: len(rows(tab)) == 2)
    rows(tab)[0].click()
    button(tab, "Open").click()
    assert "is a program" in window.panes.status_line.message()
    desk.library.attached_file(files_of(window, paper_id)[1]).unlink()
    rows(tab)[1].click()
    button(tab, "Open").click()
    button(tab, "Show in folder").click()
    assert "is missing" in window.panes.status_line.message()
    qtbot.waitUntil(lambda: any("is missing" in text for text in texts(tab)))
    assert opened == []


def test_a_named_file_is_attached_once_asked_for_and_looked_for_where_it_is_not(
    qtbot: QtBot, window: MainWindow, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(window)
    entries = (
        f"@misc{{a, title={{Absolute}}, file={{:{pdf}:PDF}}}}\n@misc{{b, title={{Relative}}, file={{:x/y.pdf:PDF}}}}"
    )
    desk.library.import_texts([InputText("named.bib", entries.encode())])
    asked: list[str] = []

    def choose(_parent: object, title: str, _folder: str) -> tuple[str, str]:
        asked.append(title)
        return str(pdf), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    for word, titles in (("absolute", []), ("relative", ["Find y.pdf"])):
        desk.show_query(f"title:{word}")
        settle(qtbot, window)
        window.panes.list.step(1)
        settle(qtbot, window)
        desk.details.show_files()
        paper_id = window.panes.list.current_id() or 0
        assert files_of(window, paper_id) == ()
        button(desk.details.pdf, "Attach the file named in this entry…").click()
        qtbot.waitUntil(lambda paper_id=paper_id: len(files_of(window, paper_id)) == 1)  # type: ignore[misc]
        settle(qtbot, window)
        assert asked == titles


def test_the_window_sweeps_by_itself_and_quietly_where_it_cannot(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    assert desk.attachments._sweeping.isActive()
    left_over = desk.library.folder / "files" / "ab" / f".{'ab' * 32}.pdf.x.part"
    left_over.parent.mkdir(parents=True)
    left_over.write_bytes(b"part")
    os.utime(left_over, (0, 0))
    desk.attachments.sweep()
    qtbot.waitUntil(lambda: "part" in desk.library._store.setting("unnamed_files"))
    desk.library._store._never_changed = "Read only."
    desk.attachments.sweep()
    qtbot.wait(50)
    assert not any(message.isVisible() for message in window.findChildren(Message))
