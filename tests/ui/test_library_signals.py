"""The library's news as signals: in the GUI thread, at once from there, and also of other programs."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from readinglist.library.answers import News
from readinglist.library.library import Library
from readinglist.ui.library_signals import LibrarySignals


@pytest.fixture
def heard() -> list[tuple[News, threading.Thread]]:
    return []


@pytest.fixture
def signals(library: Library, heard: list[tuple[News, threading.Thread]]) -> LibrarySignals:
    made = LibrarySignals(library)
    made.changed.connect(lambda news: heard.append((news, threading.current_thread())))
    return made


@pytest.fixture
def library(sample_folder: Path) -> Library:
    return Library(sample_folder)


def test_an_edit_here_is_told_at_once(
    signals: LibrarySignals, library: Library, heard: list[tuple[News, threading.Thread]]
) -> None:
    ids = library.find("").ids[:2]
    library.star(ids)
    assert [news.paper_ids for news, _ in heard] == [frozenset(ids)]
    signals.close()


def test_an_edit_in_another_thread_is_told_in_this_one(
    qtbot: QtBot, signals: LibrarySignals, library: Library, heard: list[tuple[News, threading.Thread]]
) -> None:
    ids = library.find("").ids[:1]
    worker = threading.Thread(target=library.star, args=(ids,))
    worker.start()
    worker.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][1] is threading.main_thread()
    signals.close()


def test_what_another_program_wrote_is_told_while_the_window_is_in_use(
    qtbot: QtBot, signals: LibrarySignals, sample_folder: Path, heard: list[tuple[News, threading.Thread]]
) -> None:
    signals.watch(seen=True)
    with Library(sample_folder) as other:
        other.star(other.find("").ids[:1])
    qtbot.waitUntil(lambda: any(news.everything for news, _ in heard))
    signals.watch(seen=False)
    signals.close()


def test_nothing_is_told_after_the_end(
    signals: LibrarySignals, library: Library, heard: list[tuple[News, threading.Thread]]
) -> None:
    signals.close()
    library.star(library.find("").ids[:1])
    signals.look()
    assert heard == []
