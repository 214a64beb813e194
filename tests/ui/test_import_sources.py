"""Where an import comes from."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from readinglist.library.answers import InputText
from readinglist.ui.import_sources import distinct_names, files_in, read_files, text_in

NOW = datetime(2026, 4, 2, 9, 5, tzinfo=UTC)


def test_files_are_read_and_those_that_cannot_be_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfeA\0")
    texts, unreadable = read_files([tmp_path / "a.txt", tmp_path / "gone.txt", tmp_path])
    assert texts == [InputText("a.txt", b"\xff\xfeA\0")]
    assert [(notice.file, notice.code) for notice in unreadable] == [
        ("gone.txt", "unreadable"),
        (tmp_path.name, "unreadable"),
    ]
    assert unreadable[0].message == "The file could not be read: No such file or directory."


@pytest.mark.skipif(os.name == "nt", reason="paths are written with forward slashes here")
def test_files_of_the_same_name_are_told_apart_by_their_folders() -> None:
    paths = [Path("/x/march/list.txt"), Path("/x/april/list.txt"), Path("/x/other.txt")]
    assert distinct_names(paths) == ["march/list.txt", "april/list.txt", "other.txt"]
    assert distinct_names([Path("/a/c/list.txt"), Path("/b/c/list.txt")]) == ["a/c/list.txt", "b/c/list.txt"]


def test_only_files_of_this_computer_are_taken_from_what_was_dropped(tmp_path: Path) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.txt")), QUrl("https://example.org/paper.txt")])
    assert files_in(dropped) == [tmp_path / "a b.txt"]
    assert files_in(QMimeData()) == []


def test_the_clipboard_is_named_by_the_moment() -> None:
    clipboard = QMimeData()
    clipboard.setText("Titel: Größe")
    assert text_in(clipboard, NOW) == InputText("Clipboard 2026-04-02 09:05", "Titel: Größe".encode())


def test_an_empty_clipboard_is_no_text() -> None:
    clipboard = QMimeData()
    assert text_in(clipboard, NOW) is None
    clipboard.setText(" \n\t ")
    assert text_in(clipboard, NOW) is None
