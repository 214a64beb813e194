"""An import from its start to its account, with a real library."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from readinglist.library.answers import InputText
from readinglist.library.ledger import Ledger
from readinglist.library.library import Library
from readinglist.store.paper_store import PaperStore
from readinglist.ui.background import Background, Work
from readinglist.ui.import_dialog import ImportDialog
from readinglist.ui.messages import Message
from readinglist.ui.small_parts import Words

LISTING = """Mar 14

Sparse Attention Is Enough

We show that sparse attention suffices for long documents, and measure where it fails.

Tokenizers Without Vocabularies

A tokenizer that needs no vocabulary, trained together with the model that it serves.
"""


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    made = Library(library_folder)
    yield made
    made.close()


@pytest.fixture
def background(library: Library) -> Iterator[Background]:
    made = Background()
    yield made
    assert made.close()
    assert library.counts().all >= 0  # the library outlives the work


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


@pytest.fixture
def dialog(library: Library, background: Background, window: QWidget) -> ImportDialog:
    return ImportDialog(library, background, window)


def listing(folder: Path, name: str = "march.txt", text: str = LISTING) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(dialog: ImportDialog, qtbot: QtBot, *paths: Path) -> Ledger:
    with qtbot.waitSignal(dialog.imported) as done:
        dialog.import_files(paths)
    ledger: Ledger = done.args[0]
    return ledger


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Words) if label.isVisible())


def test_files_are_imported_and_the_account_is_shown(
    dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    ledger = run(dialog, qtbot, listing(tmp_path))
    assert (ledger.records, ledger.new) == (2, 2)
    assert library.counts().all == 2
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert "2 new papers" in words(dialog)


def test_importing_again_adds_nothing_and_says_so(
    dialog: ImportDialog, library: Library, background: Background, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    path = listing(tmp_path)
    run(dialog, qtbot, path)
    again = ImportDialog(library, background, window)
    run(again, qtbot, path)
    assert "Nothing new" in words(again)
    assert "Importing it again adds nothing." in words(again)
    assert library.counts().all == 2


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    ledger = run(dialog, qtbot, tmp_path / "gone.txt", listing(tmp_path), listing(tmp_path, "empty.txt", ""))
    assert ledger.new == 2
    assert {error.file for error in ledger.errors} == {"gone.txt", "empty.txt"}
    assert "2 files could not be read." in words(dialog)


def test_only_a_file_that_cannot_be_read(dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path) -> None:
    run(dialog, qtbot, tmp_path / "gone.txt")
    assert "Nothing could be imported" in words(dialog)
    assert library.undo_label() == ""


def test_a_text_is_imported_under_its_name(dialog: ImportDialog, library: Library, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.imported):
        dialog.import_text(InputText("Clipboard 2026-04-02 09:05", LISTING.encode()))
    assert library.counts().listings[0].name == "Clipboard 2026-04-02 09:05"


def test_the_new_papers_are_found_by_the_search_that_is_offered(
    dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path, "my march list.txt"))
    with qtbot.waitSignal(dialog.show_query) as asked:
        qtbot.mouseClick(dialog.ledger_view.show_button, Qt.MouseButton.LeftButton)
    assert len(library.find(asked.args[0]).ids) == 2


def test_undo_is_asked_for_while_the_import_is_the_last_change(
    dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path))
    dialog.undo_requested.connect(library.undo)
    with qtbot.waitSignal(dialog.undo_requested):
        qtbot.mouseClick(dialog.ledger_view.undo_button, Qt.MouseButton.LeftButton)
    assert library.counts().all == 0


def test_undo_never_takes_back_something_else_instead(
    dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path))
    library.star([1])
    with qtbot.assertNotEmitted(dialog.undo_requested):
        qtbot.mouseClick(dialog.ledger_view.undo_button, Qt.MouseButton.LeftButton)
    assert "Take those back first" in words(dialog.findChildren(Message)[0])


@pytest.mark.skipif(os.name == "nt", reason="holds the work back with a named pipe, which Windows has not")
def test_a_cancelled_import_leaves_nothing_and_says_so(
    dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    pipe = tmp_path / "slow.txt"
    os.mkfifo(pipe)
    works: list[Work] = []
    dialog.started.connect(works.append)
    dialog.import_files([pipe])
    assert works[0].title == "Importing slow.txt"
    qtbot.waitUntil(dialog.isVisible)
    assert "You can go on working meanwhile." in words(dialog)
    with qtbot.waitSignal(dialog.message) as said:
        qtbot.mouseClick(dialog.progress_page.cancel_button, Qt.MouseButton.LeftButton)
        assert "being taken back" in words(dialog)
        pipe.write_text(LISTING, encoding="utf-8")
    assert said.args == ["The import was cancelled; nothing of it was kept."]
    assert library.counts().all == 0
    assert library.undo_label() == ""


@pytest.mark.skipif(os.name == "nt", reason="holds the work back with a named pipe, which Windows has not")
def test_hidden_while_it_runs_it_goes_on_and_comes_back_with_the_account(
    dialog: ImportDialog, library: Library, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    pipe = tmp_path / "slow.txt"
    os.mkfifo(pipe)
    dialog.import_files([pipe])
    qtbot.waitUntil(dialog.isVisible)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    clicked: list[QMouseEvent] = []
    window.mousePressEvent = clicked.append  # type: ignore[method-assign]
    qtbot.mouseClick(window, Qt.MouseButton.LeftButton)
    assert clicked
    with qtbot.waitSignal(dialog.imported):
        pipe.write_text(LISTING, encoding="utf-8")
    assert dialog.isVisible()
    assert library.counts().all == 2


def test_a_quick_import_shows_its_account_without_a_flash_of_progress(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    shown: list[str] = []
    watch = QTimer(dialog)
    watch.timeout.connect(lambda: shown.append(words(dialog)) if dialog.isVisible() else None)
    watch.start(5)
    run(dialog, qtbot, listing(tmp_path))
    qtbot.wait(30)
    assert shown
    assert not any("You can go on" in seen for seen in shown)


@pytest.mark.skipif(os.name == "nt", reason="holds the work back with a named pipe, which Windows has not")
def test_a_second_import_waits_for_the_first(
    dialog: ImportDialog, library: Library, background: Background, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    pipe = tmp_path / "slow.txt"
    os.mkfifo(pipe)
    dialog.import_files([pipe])
    second = ImportDialog(library, background, window)
    with qtbot.waitSignals([dialog.imported, second.imported]):
        second.import_files([listing(tmp_path)])
        qtbot.wait(50)
        assert library.counts().all == 0
        pipe.write_text("Mar 12\n\nAnother Paper Entirely\n\nIts abstract is short, and about another thing.\n")
    assert library.counts().all == 3


def test_what_the_library_refuses_is_told_and_leaves_no_dialog_behind(
    dialog: ImportDialog, library: Library, window: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    elsewhere = PaperStore(library.folder)
    under_way = elsewhere.start_import("Import", datetime.now(UTC))
    dialog.import_files([listing(tmp_path)])
    qtbot.waitUntil(lambda: not isValid(dialog))
    under_way.roll_back()
    elsewhere.close()
    message = window.findChildren(Message)[0]
    assert "The import did not work" in words(message)
    assert "Another import into this library is under way." in words(message)


def test_a_fault_of_the_program_leaves_no_dialog_behind(
    dialog: ImportDialog, background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[BaseException] = []
    background.broke.connect(broken.append)
    monkeypatch.setattr("readinglist.library.inputs.open_text", lambda *_: 1 / 0)
    dialog.import_text(InputText("a.txt", LISTING.encode()))
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert isinstance(broken[0], ZeroDivisionError)
