"""An import from its start to its account, with a real library."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from readinglist.library.answers import Choice, InputText
from readinglist.library.ledger import Ledger
from readinglist.library.library import Library
from readinglist.store.paper_store import PaperStore
from readinglist.ui.background import Background, Work
from readinglist.ui.import_dialog import ImportDialog, columns_in, remember_columns
from readinglist.ui.import_preview import PreviewPage
from readinglist.ui.messages import Message
from readinglist.ui.settings import LOOK_AT_IMPORTS, TABLE_COLUMNS, Settings
from readinglist.ui.small_parts import Words

LISTING = """Mar 14

Sparse Attention Is Enough

We show that sparse attention suffices for long documents, and measure where it fails.

Tokenizers Without Vocabularies

A tokenizer that needs no vocabulary, trained together with the model that it serves.
"""

NewDialog = Callable[[], ImportDialog]


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
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings")


@pytest.fixture
def new_dialog(library: Library, background: Background, window: QWidget, settings: Settings) -> NewDialog:
    return lambda: ImportDialog(library, background, settings, window)


@pytest.fixture
def dialog(new_dialog: NewDialog) -> ImportDialog:
    return new_dialog()


def listing(folder: Path, name: str = "march.txt", text: str = LISTING) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def run(dialog: ImportDialog, qtbot: QtBot, *paths: Path) -> Ledger:
    with qtbot.waitSignal(dialog.imported) as done:
        dialog.import_files(paths)
    ledger: Ledger = done.args[0]
    return ledger


def look(dialog: ImportDialog, qtbot: QtBot, *paths: Path) -> PreviewPage:
    """Show what an import of some files would do."""
    dialog.import_files(paths)
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.preview_page.isVisible())
    return dialog.preview_page


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
    dialog: ImportDialog, new_dialog: NewDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    path = listing(tmp_path)
    run(dialog, qtbot, path)
    again = new_dialog()
    run(again, qtbot, path)
    assert "Nothing new" in words(again)
    assert "Importing it again adds nothing." in words(again)
    assert library.counts().all == 2


def test_a_file_that_cannot_be_read_does_not_stop_the_others(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    page = look(dialog, qtbot, tmp_path / "gone.txt", listing(tmp_path), listing(tmp_path, "empty.txt", ""))
    assert page.model.counts == {"not read": 2, "new": 2}
    with qtbot.waitSignal(dialog.imported) as done:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    ledger: Ledger = done.args[0]
    assert ledger.new == 2
    assert {error.file for error in ledger.errors} == {"gone.txt", "empty.txt"}
    assert "2 files could not be read." in words(dialog)


def test_only_a_file_that_cannot_be_read(dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path) -> None:
    run(dialog, qtbot, tmp_path / "gone.txt")
    assert "Nothing could be imported" in words(dialog)
    assert library.undo_label() == ""


def test_a_text_is_imported_under_its_name(dialog: ImportDialog, library: Library, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.imported):
        dialog.import_texts([InputText("Clipboard 2026-04-02 09:05", LISTING.encode())])
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
    dialog: ImportDialog, new_dialog: NewDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    pipe = tmp_path / "slow.txt"
    os.mkfifo(pipe)
    dialog.import_files([pipe])
    second = new_dialog()
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
    dialog.import_texts([InputText("a.txt", LISTING.encode())])
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert isinstance(broken[0], ZeroDivisionError)


SURE = """@article{sparse, title = {Sparse Attention Is Enough}, author = {Lovelace, Ada}, year = 2024, groups = {nlp}}
@article{other, title = {Tokenizers Without Vocabularies}, author = {Curie, Marie},
  abstract = {A tokenizer that needs no sugar, cooked together with the pear that it serves, and eaten at once.}}
@article{fresh, title = {Gardens of Forking Parsers}, author = {Borges, Jorge Luis}, year = 1941}
@article{bad,
"""


def bibliography(folder: Path, text: str = SURE) -> Path:
    return listing(folder, "thesis.bib", text)


def verdicts(page: PreviewPage) -> list[str]:
    return [str(page.model.data(page.model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)).split(",")[0]
            for row in range(page.model.rowCount())]  # fmt: skip


def test_what_asks_for_a_decision_is_shown_first_and_nothing_is_written(
    dialog: ImportDialog, new_dialog: NewDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path))
    label = library.undo_label()
    page = look(new_dialog(), qtbot, bibliography(tmp_path))
    assert verdicts(page) == ["completes", "perhaps known", "new", "skipped"]
    assert page.import_button.text() == "Import 3 records"
    assert library.undo_label() == label
    assert library.counts().all == 2


def test_given_up_nothing_is_written_and_that_is_said(
    dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    page = look(dialog, qtbot, bibliography(tmp_path))
    with qtbot.waitSignal(dialog.message) as said:
        qtbot.keyClick(page.table, Qt.Key.Key_Escape)
    assert said.args == ["Nothing was imported."]
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert library.counts().all == 0
    assert library.undo_label() == ""


def test_records_are_chosen_for_by_keys_and_enter_imports(
    dialog: ImportDialog, new_dialog: NewDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path))
    second = new_dialog()
    page = look(second, qtbot, bibliography(tmp_path))
    page.table.setCurrentIndex(page.model.index(1, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_M)
    page.table.setCurrentIndex(page.model.index(2, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.model.read_choices() == {(0, 2): Choice.MERGE, (0, 3): Choice.LEAVE_OUT}
    assert page.import_button.text() == "Import 2 records"
    with qtbot.waitSignal(second.imported) as done:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    ledger: Ledger = done.args[0]
    assert (ledger.new, ledger.changed, ledger.left, ledger.skipped) == (0, 2, 1, 1)
    assert "left out" in words(second)
    assert library.counts().all == 2


def test_one_click_chooses_for_all_of_a_kind(
    dialog: ImportDialog, new_dialog: NewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path))
    page = look(new_dialog(), qtbot, bibliography(tmp_path))
    qtbot.mouseClick(page.leave_known, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.merge_probable, Qt.MouseButton.LeftButton)
    assert page.model.read_choices() == {(0, 1): Choice.LEAVE_OUT, (0, 2): Choice.MERGE}
    qtbot.mouseClick(page.keep_all, Qt.MouseButton.LeftButton)
    assert page.model.read_choices() == {}
    assert not page.keep_all.isVisible()


def test_a_choice_for_all_that_is_shown_goes_where_there_is_that_choice(
    dialog: ImportDialog, new_dialog: NewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path))
    page = look(new_dialog(), qtbot, bibliography(tmp_path))
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_M)
    assert page.model.read_choices() == {(0, 1): Choice.MERGE, (0, 2): Choice.MERGE}
    assert page.import_button.text() == "Import 3 records"
    page.show_kind("new")
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_L)
    assert page.model.read_choices()[0, 3] is Choice.LEAVE_OUT
    assert page.import_button.text() == "Import 2 records"


def test_chips_show_the_records_of_one_kind(
    dialog: ImportDialog, new_dialog: NewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path))
    page = look(new_dialog(), qtbot, bibliography(tmp_path))
    assert [chip.text() for chip in page.chips.values()] == [
        "all 4", "perhaps known 1", "skipped 1", "new 1", "completes 1",
    ]  # fmt: skip
    qtbot.mouseClick(page.chips["new"], Qt.MouseButton.LeftButton)
    assert verdicts(page) == ["new"]
    assert page.table.hasFocus()


def test_a_record_is_shown_beside_the_paper_that_it_may_be(
    dialog: ImportDialog, new_dialog: NewDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    run(dialog, qtbot, listing(tmp_path))
    page = look(new_dialog(), qtbot, bibliography(tmp_path))
    page.table.setCurrentIndex(page.model.index(1, 0))
    qtbot.waitUntil(lambda: "In your library, listed" in words(page.details))
    html = "".join(label.text() for label in page.details.findChildren(QLabel))
    assert re.search(r">[^<>]*sugar[^<>]*</span>", html)
    assert re.search(r">[^<>]*serves\.[^<>]*</span>", html)
    assert "Marie Curie" in html


def test_what_other_readers_did_can_be_left_out(
    dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    page = look(dialog, qtbot, bibliography(tmp_path))
    assert page.personal.isVisible()
    page.personal.click()
    qtbot.waitUntil(page.isVisible)
    with qtbot.waitSignal(dialog.imported):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert library.counts().tags == ()


def test_the_reader_says_when_to_look(
    dialog: ImportDialog, new_dialog: NewDialog, settings: Settings, qtbot: QtBot, tmp_path: Path
) -> None:
    settings.set(LOOK_AT_IMPORTS, "always")
    page = look(dialog, qtbot, listing(tmp_path))
    with qtbot.waitSignal(dialog.look_changed) as told:
        page.look_box.setCurrentIndex(page.look_box.findData("never"))
    settings.set(LOOK_AT_IMPORTS, told.args[0])
    assert run(new_dialog(), qtbot, bibliography(tmp_path)).skipped == 1


def test_a_folder_is_imported_with_how_many_files_were_looked_at(
    dialog: ImportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "drop").mkdir()
    listing(tmp_path / "drop")
    listing(tmp_path / "drop", "notes.txt", "milk, bread")
    run(dialog, qtbot, tmp_path / "drop")
    assert "2 files in folders were looked at." in words(dialog)


NAMELESS = "Heading,Who,When\nCounting Sheep in the Dark,Ada Lovelace,1843\nOf Mice and Models,Kurt Gödel,1931\n"


def test_the_columns_of_a_table_are_asked_for_once(
    dialog: ImportDialog, new_dialog: NewDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.import_files([listing(tmp_path, "a.csv", NAMELESS)])
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.mapping_page.isVisible())
    page = dialog.mapping_page
    assert not page.done_button.isEnabled()
    for header, box in page.boxes:
        box.setCurrentIndex(box.findData({"Heading": "title", "Who": "authors", "When": "year"}[header]))
    qtbot.mouseClick(page.done_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.preview_page.isVisible)
    with qtbot.waitSignal(dialog.imported):
        qtbot.mouseClick(dialog.preview_page.import_button, Qt.MouseButton.LeftButton)
    assert [paper.year for paper in library.papers(library.find("", sort="title").ids)] == [1843, 1931]
    more = NAMELESS.replace("Mice", "Men")
    assert run(new_dialog(), qtbot, listing(tmp_path, "b.csv", more)).new == 1


def test_a_table_can_be_left_out(dialog: ImportDialog, library: Library, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.import_files([listing(tmp_path, "a.csv", NAMELESS), listing(tmp_path)])
    qtbot.waitUntil(lambda: dialog.isVisible() and dialog.mapping_page.isVisible())
    qtbot.mouseClick(dialog.mapping_page.skip_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.preview_page.isVisible)
    assert dialog.preview_page.model.counts == {"new": 2}
    dialog.reject()
    assert library.counts().all == 0


def test_columns_that_were_remembered_and_cannot_be_understood_are_forgotten(settings: Settings) -> None:
    remember_columns(settings, ("Heading",), {"Heading": "title"})
    assert columns_in(settings) == {("Heading",): {"Heading": "title"}}
    settings.set(TABLE_COLUMNS, "[[1, 2]]")
    assert columns_in(settings) == {}


def test_the_form_of_the_clipboard_that_tells_most_is_taken(
    dialog: ImportDialog, library: Library, qtbot: QtBot
) -> None:
    page = resource_page()
    with qtbot.waitSignal(dialog.imported):
        dialog.import_texts([InputText("Clipboard", b"Some words"), InputText("Clipboard", page)])
    assert library.counts().all == 1


def resource_page() -> bytes:
    return (Path(__file__).parents[1] / "samples" / "paper_page" / "arxiv_abs.html").read_bytes()
