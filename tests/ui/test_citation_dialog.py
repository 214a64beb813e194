"""Cite with a real library."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from readinglist.library.library import Library
from readinglist.ui import settings as remembered
from readinglist.ui.background import Background
from readinglist.ui.citation_dialog import CitationDialog
from readinglist.ui.messages import Message
from readinglist.ui.settings import Settings
from tests.library.cited_papers import fill

STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><info><title>House Style</title>'
    '<id>house</id></info><citation><layout prefix="«" suffix="»"><text variable="title"/></layout></citation></style>'
)


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    fill(library_folder)
    with Library(library_folder) as opened:
        yield opened


@pytest.fixture
def background(library: Library) -> Iterator[Background]:
    made = Background()
    yield made
    assert made.close()
    assert library.undo_label() == "Fill"  # citing changes nothing


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dialog(
    library: Library, background: Background, settings: Settings, window: QWidget, qtbot: QtBot
) -> CitationDialog:
    made = CitationDialog(library, background, settings, [4, 9], window)
    made.show()
    qtbot.waitUntil(lambda: "Bishop" in made.preview.toPlainText())
    return made


def test_the_preview_shows_citation_and_bibliography(dialog: CitationDialog) -> None:
    shown = dialog.preview.toPlainText()
    assert "(Bishop, 2006; van Beethoven & de la Fontaine, 2020)" in shown
    assert "Bishop, C. M. (2006). Pattern Recognition and Machine Learning (2nd ed.). Springer." in shown
    assert "Sound & <i>vision</i>: a $O(n^2)$ study" in shown
    assert dialog.preview.isReadOnly()


def test_choosing_a_style_shows_and_remembers_it(dialog: CitationDialog, settings: Settings, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.styles.field, "ieee")
    qtbot.waitUntil(lambda: "[2] L. van Beethoven Jr." in dialog.preview.toPlainText())
    assert settings.get(remembered.CITATION_STYLE) == "ieee"


def test_enter_copies_the_bibliography_as_text_and_rich_text(dialog: CitationDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.message) as said:
        qtbot.keyClick(dialog.styles.field, Qt.Key.Key_Return)
    assert said.args == ["Copied 2 papers to the clipboard"]
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text().splitlines()[0].startswith("Bishop, C. M. (2006). Pattern")
    assert "<i>Pattern Recognition and Machine Learning</i>" in copied.html()
    assert "&lt;i&gt;vision&lt;/i&gt;" in copied.html()
    assert dialog.outcome.isVisible()


def test_one_citation_of_all_papers_is_copied(dialog: CitationDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.message):
        dialog.citation_button.click()
    assert QGuiApplication.clipboard().text() == "(Bishop, 2006; van Beethoven & de la Fontaine, 2020)"


@pytest.mark.parametrize(("name", "begins"), [("list.html", "<!DOCTYPE html>"), ("list.txt", "Bishop, C. M.")])
def test_saves_a_web_page_or_a_text(
    dialog: CitationDialog,
    settings: Settings,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    begins: str,
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), ""))
    with qtbot.waitSignal(dialog.message) as said:
        dialog.save_button.click()
    assert said.args == [f"Wrote 2 papers to {name}"]
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert settings.get(remembered.EXPORT_FOLDER) == str(tmp_path)


def test_a_file_gets_the_suffix_of_its_kind(
    dialog: CitationDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list"), "Text (*.txt)"))
    with qtbot.waitSignal(dialog.message):
        dialog.save_button.click()
    assert (tmp_path / "list.txt").exists()


def test_a_style_is_added_and_chosen(
    dialog: CitationDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "house.csl"
    file.write_text(STYLE, encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    qtbot.mouseClick(dialog.add_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "«Pattern Recognition and Machine Learning" in dialog.preview.toPlainText())
    assert dialog.styles.current is not None
    assert dialog.styles.current.title == "House Style"
    with qtbot.waitSignal(dialog.message):
        dialog.copy()
    assert QGuiApplication.clipboard().text().startswith("«Pattern")


def test_a_file_that_is_no_style_is_told_and_the_choice_stays(
    dialog: CitationDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "page.csl"
    file.write_text("<html></html>", encoding="utf-8")
    dialog.add(file)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Message)))
    assert dialog.styles.current is not None
    assert dialog.styles.current.name == "apa"


def test_a_style_that_went_is_told_in_the_preview(dialog: CitationDialog, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "house.csl"
    file.write_text(STYLE, encoding="utf-8")
    dialog.add(file)
    qtbot.waitUntil(lambda: "«Pattern" in dialog.preview.toPlainText())
    house = dialog.styles.current
    assert house is not None
    house.path.unlink()
    qtbot.keyClicks(dialog.styles.field, "nature")
    qtbot.waitUntil(lambda: "1. Bishop" in dialog.preview.toPlainText())
    dialog.styles.field.setText("house")
    qtbot.waitUntil(lambda: "There is no citation style 'house'" in dialog.preview.toPlainText())


def test_a_file_that_cannot_be_written_is_told_and_the_dialog_stays(
    dialog: CitationDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog.save(tmp_path / "no such folder" / "list.html")
    qtbot.waitUntil(lambda: bool(dialog.findChildren(Message)))
    assert dialog.isVisible()
    assert dialog.copy_button.isEnabled()


def test_of_many_papers_the_first_are_previewed_and_all_are_copied(
    library: Library, background: Background, settings: Settings, window: QWidget, qtbot: QtBot
) -> None:
    settings.set(remembered.CITATION_STYLE, "ieee")
    dialog = CitationDialog(library, background, settings, [*range(1, 11)] * 3, window)
    dialog.show()
    qtbot.waitUntil(lambda: "and 10 papers more" in dialog.preview.toPlainText())
    assert "[20]" in dialog.preview.toPlainText()
    assert "[21]" not in dialog.preview.toPlainText()
    with qtbot.waitSignal(dialog.started) as begun:
        dialog.copy()
    assert begun.args[0].title == "Formatting 30 papers"
    qtbot.waitUntil(dialog.copy_button.isEnabled)
    assert QGuiApplication.clipboard().text().count("\n") == 29


def test_cancelled_nothing_is_copied(
    library: Library, background: Background, settings: Settings, window: QWidget, qtbot: QtBot
) -> None:
    dialog = CitationDialog(library, background, settings, [4, 9] * 200, window)
    dialog.show()
    qtbot.waitUntil(lambda: "Bishop" in dialog.preview.toPlainText())
    QGuiApplication.clipboard().setText("before")
    dialog.started.connect(lambda work: work.cancel())
    dialog.copy()
    qtbot.waitUntil(dialog.copy_button.isEnabled)
    assert QGuiApplication.clipboard().text() == "before"
    assert dialog.outcome.text().startswith("Cancelled")


def test_closed_while_it_writes_it_still_writes_and_is_gone_after(
    dialog: CitationDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    said: list[str] = []
    dialog.message.connect(said.append)
    dialog.save(tmp_path / "late.txt")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not isValid(dialog))
    assert said == ["Wrote 2 papers to late.txt"]
