"""The search box, its chips, and what they do to the query."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library.answers import Found, TagCount
from readinglist.papers.query import QueryProblem
from readinglist.ui import theme, wording
from readinglist.ui.filter_chips import ChipButton
from readinglist.ui.places import go_to, sorted_by
from readinglist.ui.search_bar import SearchBar
from readinglist.ui.search_box import field_words
from readinglist.ui.snapshot import NoHits


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[SearchBar]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = SearchBar(QMenu(holder))
    layout = QVBoxLayout(holder)
    layout.addWidget(made)
    layout.addStretch(1)
    holder.resize(600, 300)
    with qtbot.waitExposed(holder):
        holder.show()
    yield made
    holder.close()


def asked(bar: SearchBar) -> list[str]:
    told: list[str] = []
    bar.asked.connect(told.append)
    return told


def chip_words(bar: SearchBar) -> list[str]:
    layout = bar.chips.layout()
    assert layout is not None
    widgets = [item.widget() for place in range(layout.count()) if (item := layout.itemAt(place))]
    words = [widget.text() for widget in widgets if isinstance(widget, ChipButton)]
    return [text.removesuffix(" ×") for text in words if text.endswith("×")]


def problems(bar: SearchBar) -> str:
    from readinglist.ui.small_parts import Words

    return "\n".join(label.text() for label in bar.findChildren(Words) if label.wordWrap() and label.isVisible())


def found(query: str, *ids: int, problem: str = "") -> Found:
    return Found(query, ids, {}, NoHits(), "best", 6.4, (QueryProblem(0, 1, problem),) if problem else ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("status:inbox model", ["status:"]),
        ("-tag:nlp (is:starred or title:bert)", ["tag:", "is:", "title:"]),
        ('"status:inbox" model', []),
        ("https://arxiv.org note: 12:30", ["note:"]),
        ("STATUS:read prestatus:x", ["STATUS:"]),
        ("", []),
    ],
)
def test_field_words_are_known_by_their_colon(text: str, words: list[str]) -> None:
    assert [text[start:end] for start, end in field_words(text)] == words


def test_each_key_asks(qtbot: QtBot, bar: SearchBar) -> None:
    told = asked(bar)
    qtbot.keyClicks(bar.box.edit, "bert")
    assert told == ["b", "be", "ber", "bert"]


def test_field_words_are_shown_in_the_accent_color(qtbot: QtBot, bar: SearchBar) -> None:
    qtbot.keyClicks(bar.box.edit, "status:inbox")
    for name in ("light", "dark"):
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.use(app, name)
        picture = bar.box.edit.grab().toImage()
        used = {picture.pixelColor(x, y).name() for x in range(60) for y in range(picture.height())}
        assert theme.current().accent.name() in used
    assert bar.text() == "status:inbox"


def test_text_that_is_being_composed_is_left_to_the_input_method(bar: SearchBar) -> None:
    QApplication.sendEvent(bar.box.edit, QInputMethodEvent("に", []))
    assert bar.text() == ""
    committed = QInputMethodEvent()
    committed.setCommitString("日本")
    QApplication.sendEvent(bar.box.edit, committed)
    assert bar.text() == "日本"


def test_escape_clears_and_then_leaves(qtbot: QtBot, bar: SearchBar) -> None:
    qtbot.keyClicks(bar.box.edit, "bert")
    told = asked(bar)
    qtbot.keyClick(bar.box.edit, Qt.Key.Key_Escape)
    assert told == [""]
    with qtbot.waitSignal(bar.left):
        qtbot.keyClick(bar.box.edit, Qt.Key.Key_Escape)


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Return])
def test_down_and_enter_go_to_the_list(qtbot: QtBot, bar: SearchBar, key: Qt.Key) -> None:
    with qtbot.waitSignal(bar.left):
        qtbot.keyClick(bar.box.edit, key)


def test_chips_mirror_the_query_and_edit_it(qtbot: QtBot, bar: SearchBar) -> None:
    bar.show_text("bert status:inbox is:starred")
    assert chip_words(bar) == ["Inbox", "Starred"]
    told = asked(bar)
    inbox = next(chip for chip in bar.findChildren(ChipButton) if chip.text() == "Inbox ×")
    qtbot.mouseClick(inbox, Qt.MouseButton.LeftButton)
    assert told == ["bert is:starred"]
    assert bar.text() == "bert is:starred"
    assert chip_words(bar) == ["Starred"]


def test_chips_follow_the_typing(qtbot: QtBot, bar: SearchBar) -> None:
    qtbot.keyClicks(bar.box.edit, "is:starred x")
    assert chip_words(bar) == ["Starred"]
    bar.clear()
    assert chip_words(bar) == []


def test_a_chip_stays_while_words_before_it_are_typed(bar: SearchBar) -> None:
    bar.show_text("is:starred")
    chip = next(chip for chip in bar.findChildren(ChipButton) if chip.text() == "Starred ×")
    bar.show_text("graph is:starred")
    assert next(each for each in bar.findChildren(ChipButton) if each.text() == "Starred ×") is chip
    chip.click()
    assert bar.text() == "graph"


def test_a_filter_is_added_from_the_menu(bar: SearchBar) -> None:
    bar.set_tags([TagCount("to discuss", "", 2), TagCount("R&D", "", 1)])
    bar.show_text("bert status:inbox")
    told = asked(bar)
    menu = bar.chips.menu()
    entries = {action.text(): action for action in menu.actions() if action.text()}
    entries["Read"].trigger()
    assert told == ["bert status:read"]
    entries["Has code"].trigger()
    assert told[-1] == "bert status:read has:code"
    tags = entries["Tag"].menu()
    assert isinstance(tags, QMenu)
    assert [action.text() for action in tags.actions()] == ["to discuss", "R&&D"]
    tags.actions()[0].trigger()
    assert told[-1].endswith('tag:"to discuss"')


def test_count_and_time_stand_at_the_end_of_the_box(bar: SearchBar) -> None:
    from readinglist.ui.small_parts import Words

    def shown() -> str:
        return " ".join(label.text() for label in bar.box.findChildren(Words))

    bar.show_found(found("bert", 1, 2, 3), 1371)
    assert shown() == f"3 of {wording.number(1371)} · 6 ms"
    bar.show_found(found("", 1, 2, 3), 3)
    assert shown() == ""


def test_problems_are_told_below_the_box_in_words(bar: SearchBar) -> None:
    bar.show_found(found("rating:9", problem="A rating is a number from 1 to 5."), 3)
    assert problems(bar) == "A rating is a number from 1 to 5."
    bar.show_found(found("rating:4"), 3)
    assert problems(bar) == ""


def test_chips_that_do_not_fit_go_on_the_next_line(qtbot: QtBot, bar: SearchBar) -> None:
    bar.show_text("status:inbox is:starred has:code has:note tag:nlp tag:vision tag:speech seen:>=2 rating:>3")
    bar.window().resize(340, 300)
    qtbot.waitUntil(lambda: len({chip.mapTo(bar, QPoint(0, 0)).y() for chip in bar.findChildren(ChipButton)}) > 2)
    qtbot.waitUntil(
        lambda: all(
            bar.rect().contains(chip.geometry().translated(bar.chips.pos())) for chip in bar.findChildren(ChipButton)
        )
    )


@pytest.mark.parametrize(
    ("query", "place", "then"),
    [
        ("", "status:inbox", "status:inbox"),
        ("bert", "status:inbox", "bert status:inbox"),
        ("status:inbox bert", "status:read", "bert status:read"),
        ("status:inbox tag:nlp bert", "in:2026-03-14#2", "bert in:2026-03-14#2"),
        ("is:trashed", "is:starred", "is:starred"),
        ("bert is:new status:inbox", "", "bert is:new"),
        ("bert -tag:nlp", "tag:vision", "bert -tag:nlp tag:vision"),
        ("tag:nlp", 'tag:"to discuss"', 'tag:"to discuss"'),
        ("tag:nlp", "tag:nlp", "tag:nlp"),
    ],
)
def test_going_to_a_place_keeps_words_and_other_filters(query: str, place: str, then: str) -> None:
    assert go_to(query, place) == then


@pytest.mark.parametrize(
    ("query", "sort", "then"),
    [("bert", "title", "bert"), ("sort:year bert", "title", "bert sort:title"), ("bert sort:year", "", "bert")],
)
def test_an_order_is_exchanged_where_the_query_asks_for_one(query: str, sort: str, then: str) -> None:
    assert sorted_by(query, sort) == then
