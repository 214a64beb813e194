"""What the window asks the library for in the background."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from readinglist.library.answers import Found
from readinglist.library.library import Library
from readinglist.ui.asking import PAUSE_MS, Asking
from readinglist.ui.background import Background
from readinglist.ui.paper_list import PaperList
from tests.ui.sample_library import Counting


class Watched(Library):
    """A library that remembers what it was asked."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked: list[str] = []

    def warm(self) -> Iterator[str]:
        """Note each step."""
        for step in super().warm():
            self.asked.append(step)
            yield step


@pytest.fixture
def library(sample_folder: Path) -> Iterator[Watched]:
    with Watched(sample_folder) as opened:
        opened.index_pending()
        yield opened


@pytest.fixture
def asking(qtbot: QtBot, library: Library) -> Iterator[Asking]:
    background, papers = Background(), PaperList(library)
    qtbot.addWidget(papers)
    yield Asking(library, background, papers)
    background.close()


def test_the_newest_question_is_answered(qtbot: QtBot, asking: Asking) -> None:
    found: list[Found] = []
    asking.found.connect(found.append)
    for query in ("a", "at", "att", "attention"):
        asking.ask(query, "")
    assert not asking.answered
    qtbot.waitUntil(lambda: asking.answered)
    assert found[-1].query == "attention"


def test_what_is_typed_first_is_asked_before_piece_by_piece(
    qtbot: QtBot, asking: Asking, library: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readinglist.library.finding._FIRST_TYPED", ("a", '"of the"', "b"))
    with qtbot.waitSignal(asking.warmed):
        asking.warm()
    assert library.asked == ["a"]
    qtbot.waitUntil(lambda: library.asked == ["a", '"of the"', "b"])


def test_warming_waits_while_something_is_asked(qtbot: QtBot, asking: Asking, library: Watched) -> None:
    with qtbot.waitSignal(asking.warmed):
        asking.warm()
    asking._open.add("search")
    asked = len(library.asked)
    qtbot.wait(3 * PAUSE_MS)
    assert len(library.asked) == asked
    asking._open.clear()
    qtbot.waitUntil(lambda: len(library.asked) > asked)


def test_an_answer_is_painted_without_reading(qtbot: QtBot, library: Watched) -> None:
    source, background = Counting(library), Background()
    papers = PaperList(source)
    qtbot.addWidget(papers)
    papers.resize(500, 400)
    asking = Asking(library, background, papers)
    asking.found.connect(papers.show_found)
    asking.ask("language", "")
    qtbot.waitUntil(lambda: asking.answered)
    read = len(source.asked)
    assert not papers.grab().isNull()
    assert papers.papers.rowCount() > 3
    assert (read, len(source.asked)) == (1, 1)
    background.close()
