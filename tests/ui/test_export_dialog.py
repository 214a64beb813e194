"""Export with a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from readinglist.library.answers import InputText
from readinglist.library.export_formats import EXPORT_FORMATS
from readinglist.library.library import Library
from readinglist.ui.background import Background
from readinglist.ui.export_choices import Scope
from readinglist.ui.export_dialog import ExportDialog
from readinglist.ui.messages import Message
from readinglist.ui.settings import EXPORT_FOLDER, EXPORT_FORMAT, Settings
from readinglist.ui.small_parts import Words

LISTING = "Mar 14\n\n" + "\n\n".join(
    f"Sparse Attention in Part {part}\n\nWe show that sparse attention suffices, and where it fails, part {part}."
    for part in range(1, 6)
)


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    made = Library(library_folder)
    made.import_texts([InputText("march.txt", LISTING.encode())])
    yield made
    made.close()


@pytest.fixture
def background(library: Library) -> Iterator[Background]:
    made = Background()
    yield made
    assert made.close()
    assert library.counts().all == 5  # exporting changes nothing


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "settings")
    made.set(EXPORT_FOLDER, str(tmp_path))
    return made


@pytest.fixture
def dialog(library: Library, background: Background, window: QWidget, settings: Settings) -> ExportDialog:
    scopes = (
        Scope("The selection", 0, "selection", list),
        Scope("This search: part 2", 1, "search", lambda: library.find("title:2").ids, "title:2"),
        Scope("The whole library", 5, "library", lambda: library.find().ids, ""),
    )
    made = ExportDialog(library, background, settings, scopes, window)
    made.show()
    return made


def words(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(Words) if label.isVisible()]


def test_the_first_scope_with_papers_is_chosen_and_previewed(dialog: ExportDialog, qtbot: QtBot) -> None:
    buttons = dialog.choices.scope_buttons.buttons()
    assert [button.isEnabled() for button in buttons] == [False, True, True]
    assert dialog.choices.scope is not None
    assert dialog.choices.scope.file_name == "search"
    assert buttons[2].accessibleName() == "The whole library, 5 papers"
    qtbot.waitUntil(lambda: dialog.preview.toPlainText().count("@misc") == 1)
    buttons[2].click()
    qtbot.waitUntil(lambda: dialog.preview.toPlainText().count("@misc") == 3)
    assert "The first 3 of 5 papers" in words(dialog)


def test_saves_to_the_chosen_file_and_says_so(
    dialog: ExportDialog, library: Library, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: QWidget, _title: str, proposed: str, _pattern: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "starred.bib"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    dialog.choices.scope_buttons.buttons()[2].click()
    with qtbot.waitSignal(dialog.message) as said:
        qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert asked == [str(tmp_path / "library.bib")]
    assert said.args == ["Wrote 5 papers to starred.bib"]
    assert dialog.outcome.isVisible()
    assert dialog.folder_link.isVisible()
    written = (tmp_path / "starred.bib").read_text(encoding="utf-8")
    assert written == library.export(library.find().ids, "bibtex")
    assert written.count("@misc") == 5


def test_giving_up_the_choice_of_a_file_writes_nothing(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert not list(tmp_path.glob("*.bib"))
    assert dialog.save_button.isEnabled()


def test_copies_to_the_clipboard(dialog: ExportDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.message) as said:
        qtbot.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
    assert said.args == ["Copied 1 paper to the clipboard"]
    assert "Sparse Attention in Part 2" in QGuiApplication.clipboard().text()
    assert not dialog.folder_link.isVisible()


def test_a_file_that_cannot_be_written_is_told_and_the_dialog_stays(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.save(tmp_path / "no such folder" / "starred.bib")
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Message)))
    message = dialog.findChildren(Message)[0]
    assert words(message)[0] == "The papers were not written"
    assert "could not be written" in words(message)[1]
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()


def test_closed_while_it_writes_it_still_writes_and_is_gone_after(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    dialog.message.connect(said.append)
    dialog.save(tmp_path / "late.bib")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert said == ["Wrote 1 paper to late.bib"]
    assert (tmp_path / "late.bib").read_text(encoding="utf-8").count("@misc") == 1


def test_closing_says_so_and_nothing_stays_behind(dialog: ExportDialog, qtbot: QtBot) -> None:
    finished: list[int] = []
    dialog.finished.connect(finished.append)
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert finished == [0]


def test_an_empty_library_has_nothing_to_export(
    library: Library, background: Background, window: QWidget, settings: Settings
) -> None:
    dialog = ExportDialog(library, background, settings, [Scope("The whole library", 0, "library", list)], window)
    dialog.show()
    assert not dialog.save_button.isEnabled()
    assert not dialog.copy_button.isEnabled()
    assert "There are no papers to export yet." in words(dialog)


def test_what_is_the_readers_own_can_be_left_out(dialog: ExportDialog, library: Library, qtbot: QtBot) -> None:
    library.tag(library.find("title:2").ids, ["for-thesis"])
    dialog.choices.personal_box.click()
    qtbot.waitUntil(lambda: "@misc" in dialog.preview.toPlainText())
    assert "for-thesis" not in dialog.preview.toPlainText()
    dialog.choices.personal_box.click()
    qtbot.waitUntil(lambda: "for-thesis" in dialog.preview.toPlainText())
    library.undo()


def choose_format(dialog: ExportDialog, name: str) -> None:
    names = [form.name for form in EXPORT_FORMATS]
    dialog.choices.format_box.setCurrentIndex(names.index(name))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("biblatex", "@misc{"), ("ris", "TY  - "), ("csl-json", '"id"'), ("csv", "Title,Authors"), ("markdown", "## "),
        ("html", "<!DOCTYPE html>"), ("bibliography", "Sparse Attention in Part 2."), ("bibliography-html", "<p"),
    ],
)  # fmt: skip
def test_each_format_is_explained_previewed_and_remembered(
    dialog: ExportDialog, qtbot: QtBot, settings: Settings, name: str, shown: str
) -> None:
    qtbot.waitUntil(lambda: dialog.choices.style_box.count() > 0)
    choose_format(dialog, name)
    qtbot.waitUntil(lambda: shown.lower() in dialog.preview.toPlainText().lower())
    assert dialog.choices.use.text().endswith(".")
    assert dialog.choices.style_box.isVisible() is name.startswith("bibliography")
    assert dialog.choices.personal_box.isVisible() is not name.startswith("bibliography")
    assert settings.get(EXPORT_FORMAT) == name


def test_another_style_is_another_bibliography(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.choices.style_box.count() > 0)
    choose_format(dialog, "bibliography")
    dialog.choices.style_box.setCurrentIndex(dialog.choices.style_box.findData("ieee"))
    qtbot.waitUntil(lambda: dialog.preview.toPlainText().startswith("[1]"))


def test_a_file_of_other_entries_is_replaced_only_when_the_reader_says_so(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    target = tmp_path / "mine.bib"
    target.write_text("@book{knuth1984, title={The TeXbook}, author={Knuth, Donald E.}}")
    dialog.save(target)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Message)))
    question = dialog.findChildren(Message)[0]
    assert words(question)[0] == "mine.bib holds something else"
    assert "knuth1984" in words(question)[1]
    assert "mine.bib~" in words(question)[1]
    assert "TeXbook" in target.read_text()
    replace = next(button for button in question.findChildren(QPushButton) if button.text() == "Replace it")
    with qtbot.waitSignal(dialog.message) as said:
        qtbot.mouseClick(replace, Qt.MouseButton.LeftButton)
    assert said.args == ["Wrote 1 paper to mine.bib; what stood there is mine.bib~ now"]
    assert "Sparse Attention" in target.read_text()
    assert "TeXbook" in target.with_name("mine.bib~").read_text()


def test_a_file_is_kept_up_to_date_for_a_search_but_not_for_a_selection(
    dialog: ExportDialog, library: Library, qtbot: QtBot, tmp_path: Path
) -> None:
    assert dialog.choices.keep_box.isEnabled()
    dialog.choices.keep_box.click()
    with qtbot.waitSignal(dialog.message):
        dialog.save(tmp_path / "kept.bib")
    (kept,) = library.kept_exports()
    assert (kept.export.path, kept.export.query, kept.export.format) == (
        str(tmp_path / "kept.bib"),
        "title:2",
        "bibtex",
    )


def test_a_selection_cannot_be_kept_up_to_date(
    library: Library, background: Background, window: QWidget, settings: Settings
) -> None:
    dialog = ExportDialog(library, background, settings, [Scope("The selection", 1, "selection", lambda: [1])], window)
    assert not dialog.choices.keep_box.isEnabled()
    assert dialog.choices.keep_box.toolTip()
    dialog.reject()


def test_a_name_without_a_suffix_is_given_one(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "papers"), ""))
    choose_format(dialog, "ris")
    with qtbot.waitSignal(dialog.message):
        dialog.save_as()
    assert (tmp_path / "papers.ris").exists()
