"""The sidebar and its model: entries, counts, tags within tags, keys, clicks, drops."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from readinglist.library.answers import Counts, TagCount
from readinglist.papers.paper import Listing, ReadingState
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.sidebar_model import ENTRY_ROLE, Entry, Kind, SidebarModel, entries

COUNTS = Counts(
    all=1419,
    states={ReadingState.INBOX: 1371, ReadingState.READ: 17},
    starred=31,
    trashed=5,
    listings=(
        Listing(3, 2, "b.txt", date(2026, 3, 14), 2, 69),
        Listing(1, 1, "a.txt", date(2026, 3, 14), 1, 115),
        Listing(2, 1, "my notes.txt", None, 1, 3),
    ),
    tags=(
        TagCount("architecture", "#3157d5", 12),
        TagCount("nlp", "#1f8f4e", 37),
        TagCount("nlp/tokens", "#1f8f4e", 9),
        TagCount("nlp/tokens/bpe", "#1f8f4e", 2),
        TagCount("to discuss", "#b8432f", 6),
    ),
)


@pytest.fixture
def model() -> SidebarModel:
    made = SidebarModel()
    made.show(COUNTS)
    return made


@pytest.fixture
def sidebar(qtbot: QtBot) -> Sidebar:
    made = Sidebar()
    qtbot.addWidget(made)
    made.resize(240, 700)
    made.show_counts(COUNTS)
    made.show_place("")
    with qtbot.waitExposed(made):
        made.show()
    made.setFocus()
    return made


def outline(level: tuple[Entry, ...], depth: int = 0) -> list[str]:
    lines = []
    for entry in level:
        lines += [f"{'  ' * depth}{entry.words} {entry.count} [{entry.filter}]", *outline(entry.below, depth + 1)]
    return lines


def model_of(sidebar: Sidebar) -> SidebarModel:
    found = sidebar.model()
    assert isinstance(found, SidebarModel)
    return found


def rect_centre(sidebar: Sidebar, place: str) -> QPoint:
    return sidebar.visualRect(model_of(sidebar).find(place)).center()


def entry_of(index: QModelIndex) -> Entry:
    found = index.data(ENTRY_ROLE)
    assert isinstance(found, Entry)
    return found


def test_entries_are_what_the_library_holds() -> None:
    assert outline(entries(COUNTS)) == [
        "Library 0 []",
        "  All papers 1419 []",
        "  Inbox 1371 [status:inbox]",
        "  To read 0 [status:to-read]",
        "  Reading 0 [status:reading]",
        "  Read 17 [status:read]",
        "  Skipped 0 [status:skipped]",
        "  Starred 31 [is:starred]",
        "  Trash 5 [is:trashed]",
        "Listings 0 []",
        "  14 Mar 2026 (2) 69 [in:2026-03-14#2]",
        "  14 Mar 2026 115 [in:2026-03-14#1]",
        '  my notes.txt 3 [in:"my notes.txt"]',
        "Tags 0 []",
        "  architecture 12 [tag:architecture]",
        "  nlp 37 [tag:nlp]",
        "    tokens 9 [tag:nlp/tokens]",
        "      bpe 2 [tag:nlp/tokens/bpe]",
        '  to discuss 6 [tag:"to discuss"]',
    ]


def test_an_empty_library_has_no_dead_sections() -> None:
    assert [section.words for section in entries(Counts())] == ["Library"]


def test_a_level_that_is_no_tag_itself_is_shown_as_one() -> None:
    tags = entries(Counts(tags=(TagCount("a/b/c", "#123456", 4),)))[-1]
    assert outline(tags.below) == ["a 4 [tag:a]", "  b 4 [tag:a/b]", "    c 4 [tag:a/b/c]"]


def test_the_model_is_a_right_one_whatever_it_shows() -> None:
    model = SidebarModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for counts in (Counts(), COUNTS, Counts(all=3), COUNTS):
        model.show(counts)
    assert tester.model() is model


def test_counts_change_where_they_stand(model: SidebarModel) -> None:
    changed, reset = QSignalSpy(model.dataChanged), QSignalSpy(model.modelReset)
    model.show(replace(COUNTS, starred=32))
    assert changed.count() == 1
    assert reset.count() == 0
    entry = model.entry(model.find("is:starred"))
    assert entry is not None
    assert entry.count == 32


def test_a_new_tag_makes_a_new_row(model: SidebarModel) -> None:
    model.show(replace(COUNTS, tags=(*COUNTS.tags, TagCount("zeta", "", 1))))
    assert model.find("tag:zeta").isValid()


def test_headings_cannot_be_chosen_and_places_can(model: SidebarModel) -> None:
    heading = model.index(0, 0)
    assert model.flags(heading) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.find("")) & Qt.ItemFlag.ItemIsSelectable
    assert model.entry(model.find("")).kind is Kind.ALL  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("place", "can"),
    [
        ("", False), ("status:to-read", True), ("is:starred", True), ("is:trashed", True),
        ("in:2026-03-14#1", False), ("tag:nlp/tokens", True),
    ],
)  # fmt: skip
def test_papers_can_be_dropped_where_it_means_something(model: SidebarModel, place: str, *, can: bool) -> None:
    from PySide6.QtCore import QMimeData

    papers, other = QMimeData(), QMimeData()
    papers.setData("application/x-readinglist-ids", b"3,5,8")
    other.setText("3,5,8")
    index, copy = model.find(place), Qt.DropAction.CopyAction
    told = QSignalSpy(model.dropped)
    assert bool(model.flags(index) & Qt.ItemFlag.ItemIsDropEnabled) is can
    assert model.dropMimeData(papers, copy, -1, -1, index) is can
    assert not model.dropMimeData(other, copy, -1, -1, index)
    assert told.count() == int(can)
    if can:
        assert told.at(0)[1] == (3, 5, 8)


def test_screen_readers_hear_the_count(model: SidebarModel) -> None:
    assert model.data(model.find("is:starred"), Qt.ItemDataRole.AccessibleTextRole) == "Starred, 31 papers"


def test_the_place_shown_is_marked_in_any_spelling(sidebar: Sidebar) -> None:
    sidebar.show_place("tag:NLP/Tokens")
    place = sidebar.place()
    assert place is not None
    assert place.name == "nlp/tokens"
    sidebar.show_place(None)
    assert sidebar.place() is None


def test_the_place_stays_marked_when_rows_come_and_go(sidebar: Sidebar) -> None:
    sidebar.show_place("tag:nlp/tokens/bpe")
    sidebar.show_counts(replace(COUNTS, tags=(TagCount("aaa", "", 1), *COUNTS.tags)))
    place = sidebar.place()
    assert place is not None
    assert place.words == "bpe"
    assert not sidebar.visualRect(model_of(sidebar).find("tag:nlp/tokens/bpe")).isEmpty()


def test_a_click_chooses_and_a_click_with_control_narrows(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=rect_centre(sidebar, "status:read"))
    assert chosen.args[0].filter == "status:read"
    with qtbot.waitSignal(sidebar.narrowed) as narrowed:
        qtbot.mouseClick(
            sidebar.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier,
            rect_centre(sidebar, "tag:nlp"),
        )
    assert narrowed.args[0].filter == "tag:nlp"
    assert sidebar.place() == chosen.args[0]


def test_arrows_choose_and_skip_headings(qtbot: QtBot, sidebar: Sidebar) -> None:
    told: list[str] = []
    sidebar.chosen.connect(lambda entry: told.append(entry.filter))
    sidebar.show_place("is:starred")
    for _ in range(3):
        qtbot.keyClick(sidebar, Qt.Key.Key_Down)
    qtbot.keyClick(sidebar, Qt.Key.Key_Up)
    assert told == ["is:trashed", "in:2026-03-14#2", "in:2026-03-14#1", "in:2026-03-14#2"]


def test_rows_below_are_closed_and_opened_by_key_and_click(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.show_place("tag:nlp")
    qtbot.keyClick(sidebar, Qt.Key.Key_Left)
    assert sidebar.closed == {"tag:nlp"}
    assert sidebar.visualRect(model_of(sidebar).find("tag:nlp/tokens")).isEmpty()
    qtbot.keyClick(sidebar, Qt.Key.Key_Right)
    assert sidebar.closed == frozenset()
    heading = sidebar.visualRect(model_of(sidebar).index(1, 0)).center()
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert sidebar.closed == {"section:listings"}


def test_what_was_closed_comes_back_closed(sidebar: Sidebar) -> None:
    sidebar.closed = frozenset({"section:tags"})
    sidebar.show_counts(replace(COUNTS, tags=COUNTS.tags[:2]))
    assert not sidebar.isExpanded(model_of(sidebar).index(2, 0))
    assert sidebar.isExpanded(model_of(sidebar).index(1, 0))


def test_typing_letters_finds_an_entry(qtbot: QtBot, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(sidebar.chosen) as chosen:
        qtbot.keyClicks(sidebar, "arch")
    assert chosen.args[0].filter == "tag:architecture"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_enter_and_escape_go_on_to_the_list(qtbot: QtBot, sidebar: Sidebar, key: Qt.Key) -> None:
    with qtbot.waitSignal(sidebar.left):
        qtbot.keyClick(sidebar, key)


def test_it_is_painted_in_both_themes(sidebar: Sidebar) -> None:
    from PySide6.QtWidgets import QApplication

    from readinglist.ui import theme

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for name in ("light", "dark"):
        theme.use(app, name)
        picture = sidebar.grab().toImage()
        assert picture.pixelColor(2, picture.height() - 2) == theme.current().sidebar
        chosen = sidebar.visualRect(model_of(sidebar).find("")).center()
        assert picture.pixelColor(sidebar.width() // 2, chosen.y()) == theme.current().accent_soft
    assert QAccessible.queryAccessibleInterface(sidebar).text(QAccessible.Text.Name) == "Library"


def test_an_index_of_nothing_is_nothing(model: SidebarModel) -> None:
    assert model.entry(QModelIndex()) is None
    assert not model.find("tag:unknown").isValid()


def test_files_of_others_stand_apart_from_listings_and_are_closed(qtbot: QtBot, sidebar: Sidebar) -> None:
    thesis = Listing(4, 3, "thesis.bib", None, 1, 40, bibliography=True)
    counts = replace(COUNTS, listings=(*COUNTS.listings, thesis))
    sections = {section.name: section for section in entries(counts)}
    assert [entry.words for entry in sections["listings"].below][-1] == "my notes.txt"
    assert outline(sections["files"].below) == ["thesis.bib 40 [in:thesis.bib]"]
    sidebar.show_counts(counts)
    (files,) = (index for index in model_of(sidebar).all_rows() if entry_of(index).name == "files")
    assert not sidebar.isExpanded(files)
    assert sidebar.closed == frozenset()
    at_heading = sidebar.visualRect(files).center()
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=at_heading)
    assert sidebar.isExpanded(files)
    assert sidebar.closed == {"section:files"}
    sidebar.show_counts(COUNTS)
    sidebar.show_counts(counts)
    assert sidebar.isExpanded(model_of(sidebar).find("in:thesis.bib").parent())


def test_very_many_listings_are_put_together_by_month(qtbot: QtBot, sidebar: Sidebar) -> None:
    days = [date(2026, 3, 14) - timedelta(days=number) for number in range(45)]
    listings = tuple(Listing(number, 1, "a.txt", day, 1, 9) for number, day in enumerate(days, 1))
    undated = Listing(99, 2, "notes.txt", None, 1, 3)
    sidebar.show_counts(replace(COUNTS, listings=(*listings[:30], undated)))
    assert not any(entry_of(index).kind is Kind.MONTH for index in model_of(sidebar).all_rows())
    sidebar.show_counts(replace(COUNTS, listings=(*listings, undated)))
    months = [index for index in model_of(sidebar).all_rows() if entry_of(index).kind is Kind.MONTH]
    assert [(entry_of(index).words, entry_of(index).filter) for index in months] == [
        ("March 2026", "in:2026-03"), ("February 2026", "in:2026-02"), ("January 2026", "in:2026-01"),
    ]  # fmt: skip
    assert [sidebar.isExpanded(index) for index in months] == [True, False, False]
    assert months[0].siblingAtRow(3).data() == "notes.txt"
    told: list[str] = []
    sidebar.chosen.connect(lambda entry: told.append(entry.filter))
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, pos=sidebar.visualRect(months[1]).center())
    assert told == ["in:2026-02"]
    assert sidebar.model().rowCount(months[1]) == 28
