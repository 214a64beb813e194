from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from readinglist.library.citation_styles import CitationStyle, styles
from readinglist.ui.citation_style_list import StyleList


@pytest.fixture
def shown(qtbot: QtBot) -> StyleList:
    made = StyleList()
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show()
    return made


def titles(shown: StyleList) -> list[str]:
    model = shown.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_all_styles_are_shown_and_the_wanted_one_is_chosen(qtbot: QtBot, shown: StyleList) -> None:
    QAbstractItemModelTester(shown.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    with qtbot.waitSignal(shown.chosen) as told:
        shown.show_styles(styles(), "ieee")
    assert told.args[0].name == "ieee"
    assert shown.current is not None
    assert shown.current.name == "ieee"
    assert titles(shown) == [style.title for style in styles()]
    assert shown.list.currentIndex().data().startswith("IEEE")
    assert shown.list.currentIndex().data(Qt.ItemDataRole.ToolTipRole) == shown.current.title


def test_a_style_that_is_gone_gives_way_to_the_usual_one(shown: StyleList) -> None:
    shown.show_styles(styles(), "gone")
    assert shown.current is not None
    assert shown.current.name == "apa"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mla", "MLA Handbook"), ("vancouver", "NLM/Vancouver"), ("LNCS", "Springer"), ("style 18 notes", "Chicago"),
        ("nature", "Nature"),
    ],
)  # fmt: skip
def test_typing_finds_by_title_name_and_short_name(qtbot: QtBot, shown: StyleList, typed: str, first: str) -> None:
    shown.show_styles(styles(), "ieee")
    qtbot.keyClicks(shown.field, typed)
    assert len(titles(shown)) == 1
    assert titles(shown)[0].startswith(first)
    assert shown.current is not None
    assert shown.current.title == titles(shown)[0]


def test_where_nothing_fits_that_is_said_and_the_choice_stays(qtbot: QtBot, shown: StyleList) -> None:
    shown.show_styles(styles(), "ieee")
    qtbot.keyClicks(shown.field, "zzz")
    assert not shown.list.isVisible()
    assert shown.current is not None
    assert shown.current.name == "ieee"
    shown.field.clear()
    assert shown.list.isVisible()
    assert shown.list.currentIndex().data().startswith("IEEE")


def test_arrows_in_the_field_move_in_the_list(qtbot: QtBot, shown: StyleList) -> None:
    shown.show_styles([CitationStyle(name, name.upper(), Path()) for name in ("apa", "b", "c")], "apa")
    told: list[CitationStyle] = []
    shown.chosen.connect(told.append)
    qtbot.keyClick(shown.field, Qt.Key.Key_Down)
    qtbot.keyClick(shown.field, Qt.Key.Key_Down)
    qtbot.keyClick(shown.field, Qt.Key.Key_Up)
    assert [style.name for style in told] == ["b", "c", "b"]
