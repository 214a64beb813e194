"""Where an import comes from."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl

from readinglist.library.answers import InputText
from readinglist.ui.import_sources import files_in, name_filters, texts_in

NOW = datetime(2026, 4, 2, 9, 5, tzinfo=UTC)


def test_only_files_of_this_computer_are_taken_from_what_was_dropped(tmp_path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.txt")), QUrl("https://example.org/paper.txt")])
    assert files_in(dropped) == [tmp_path / "a b.txt"]
    assert files_in(QMimeData()) == []


def test_the_clipboard_is_named_by_the_moment() -> None:
    clipboard = QMimeData()
    clipboard.setText("Titel: Größe")
    assert texts_in(clipboard, NOW) == [InputText("Clipboard 2026-04-02 09:05", "Titel: Größe".encode())]


def test_a_copied_page_is_taken_as_text_and_as_html() -> None:
    clipboard = QMimeData()
    clipboard.setText("A Title")
    clipboard.setHtml("<p>A Title</p>")
    assert [text.data for text in texts_in(clipboard, NOW)] == [b"A Title", b"<p>A Title</p>"]


def test_an_empty_clipboard_is_no_text() -> None:
    clipboard = QMimeData()
    assert texts_in(clipboard, NOW) == []
    clipboard.setText(" \n\t ")
    assert texts_in(clipboard, NOW) == []


def test_the_file_dialog_offers_all_formats_each_by_itself_and_all_files() -> None:
    filters = name_filters()
    assert filters[0].startswith("All that can be imported (*.pdf *.json")
    assert "BibTeX files (*.bib *.bibtex)" in filters
    assert filters[-1] == "All files (*)"
    assert all(each.count("(") == 1 for each in filters)
