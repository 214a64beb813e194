"""Rows tell the words that were found in a file alone, once they are seen, and for no other question."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from readinglist.ui.main_window import MainWindow
from readinglist.ui.paper_list_model import PaperListModel
from tests.formats.pdf_making import pdf_of
from tests.ui.conftest import desk_of, settle


@pytest.fixture
def filed(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> int:
    """A paper of the window's library with a file about zeppelins."""
    path = tmp_path / "zeppelins.pdf"
    path.write_bytes(pdf_of([(60, 700, 11, "It was found that zeppelins are slower than sheep.")]))
    library = desk_of(window).library
    paper_id = library.find().ids[3]
    library.attach(paper_id, [path])
    settle(qtbot, window)
    return paper_id


def model_of(window: MainWindow) -> PaperListModel:
    return window.panes.list.papers


def ask(qtbot: QtBot, window: MainWindow, query: str) -> None:
    desk_of(window).show_query(query)
    settle(qtbot, window)


def test_the_words_in_a_file_stand_in_the_place_of_the_abstract(qtbot: QtBot, window: MainWindow, filed: int) -> None:
    ask(qtbot, window, "zeppelin")
    model = model_of(window)
    assert list(model.ids) == [filed]
    qtbot.waitUntil(lambda: "zeppelins are slower than sheep" in model.in_file(filed))
    delegate = window.panes.list._delegate
    qtbot.waitUntil(lambda: delegate._rows[filed].in_file == model.in_file(filed))


def test_they_go_with_the_question(qtbot: QtBot, window: MainWindow, filed: int) -> None:
    ask(qtbot, window, "zeppelin")
    qtbot.waitUntil(lambda: bool(model_of(window).in_file(filed)))
    ask(qtbot, window, "zeppelin or slower")
    qtbot.waitUntil(lambda: bool(model_of(window).in_file(filed)))
    ask(qtbot, window, "")
    assert model_of(window).in_file(filed) == ""
    qtbot.wait(120)
    assert model_of(window).in_file(filed) == ""


def test_what_stands_in_the_abstract_is_shown_from_there(qtbot: QtBot, window: MainWindow, filed: int) -> None:
    (paper,) = desk_of(window).library.papers([filed])
    word = max(paper.abstract.split(), key=len).strip(".,")
    ask(qtbot, window, word)
    qtbot.waitUntil(lambda: filed in desk_of(window).pdf_excerpts._asked)
    qtbot.wait(100)
    assert model_of(window).in_file(filed) == ""
