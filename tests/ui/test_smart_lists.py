"""Smart lists in the window: chosen, counted, saved, renamed, edited, nested, deleted, and taken back."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from readinglist.library.answers import Counts, SmartListCount
from readinglist.library.library import Library
from readinglist.papers.smart_list import DEFAULTS, SmartList, in_order
from readinglist.ui.main_window import MainWindow
from readinglist.ui.sidebar import Sidebar
from readinglist.ui.sidebar_model import LIST_ID, Entry, Kind, SidebarModel
from readinglist.ui.smart_list_dialog import SmartListDialog, proposed_name
from tests.ui.conftest import OpenWindow, desk_of, settle

NEW, SEEN, CODED, STARRED, NOTED = (each.id for each in DEFAULTS)
ALT = Qt.KeyboardModifier.AltModifier


def settled(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the numbers beside the lists are those of the library too."""
    settle(qtbot, window)
    qtbot.waitUntil(lambda: desk_of(window).smart_lists.counts.done)


def model_of(window: MainWindow) -> SidebarModel:
    model = window.panes.sidebar.model()
    assert isinstance(model, SidebarModel)
    return model


def entry(window: MainWindow, list_id: str) -> Entry:
    found = model_of(window).entry(model_of(window).list_index(list_id))
    assert found is not None
    return found


def outline(window: MainWindow) -> list[str]:
    """The smart lists in the sidebar, each below its parent."""

    def level(entries: tuple[Entry, ...], depth: int) -> list[str]:
        return [line for each in entries for line in (f"{'  ' * depth}{each.words}", *level(each.below, depth + 1))]

    model = model_of(window)
    for index in model.all_rows():
        section = model.entry(index)
        if section is not None and section.kind is Kind.SECTION and section.name == "smart-lists":
            return level(section.below, 0)
    return []


def click(qtbot: QtBot, window: MainWindow, list_id: str, *, control: bool = False) -> None:
    sidebar = window.panes.sidebar
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    where = sidebar.visualRect(model_of(window).list_index(list_id)).center()
    qtbot.mouseClick(sidebar.viewport(), Qt.MouseButton.LeftButton, modifier, where)
    sidebar.setFocus()
    settle(qtbot, window)


def place(window: MainWindow) -> str:
    shown = window.panes.sidebar.place()
    return "" if shown is None else shown.words


def save(qtbot: QtBot, window: MainWindow, query: str, name: str) -> None:
    desk_of(window).show_query(query)
    window.actions_.trigger("save-smart-list")
    dialog = window.findChildren(SmartListDialog)[-1]
    dialog.name_edit.setText(name)
    qtbot.keyClick(dialog.name_edit, Qt.Key.Key_Return)
    settle(qtbot, window)


def test_those_that_come_with_a_library_are_shown_and_counted(qtbot: QtBot, window: MainWindow) -> None:
    settled(qtbot, window)
    assert outline(window) == [each.name for each in DEFAULTS]
    library = desk_of(window).library
    assert [entry(window, each.id).count for each in DEFAULTS] == [library.count_found(each.query) for each in DEFAULTS]
    assert (entry(window, NEW).count or 0) > 20


def test_choosing_one_shows_its_query_and_what_it_finds(qtbot: QtBot, window: MainWindow) -> None:
    settled(qtbot, window)
    desk_of(window).show_query("zeppelin")
    click(qtbot, window, CODED)
    assert window.panes.search_bar.text() == "has:code is:unread"
    assert len(window.panes.list.papers.ids) == entry(window, CODED).count
    assert place(window) == "Has code, not read"
    qtbot.keyClick(window.panes.sidebar, Qt.Key.Key_Down)
    assert window.panes.search_bar.text() == "is:starred is:unread"


def test_a_place_of_the_library_leaves_the_list(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, window, CODED)
    desk_of(window).go_to("status:inbox")
    assert window.panes.search_bar.text() == "status:inbox"
    click(qtbot, window, CODED)
    desk_of(window).go_to("")
    assert window.panes.search_bar.text() == ""


def test_a_click_with_control_narrows_down(qtbot: QtBot, window: MainWindow) -> None:
    desk_of(window).show_query("model or language")
    click(qtbot, window, CODED, control=True)
    assert window.panes.search_bar.text() == "(has:code is:unread) model or language"


def test_numbers_follow_edits_without_holding_them_up(qtbot: QtBot, window: MainWindow) -> None:
    settled(qtbot, window)
    assert entry(window, STARRED).count == 0
    window.panes.list.selectAll()
    window.actions_.trigger("star")
    settled(qtbot, window)
    assert entry(window, STARRED).count == len(window.panes.list.papers.ids)
    window.actions_.trigger("undo")
    settled(qtbot, window)
    assert entry(window, STARRED).count == 0


def test_numbers_are_there_at_the_next_start_before_they_are_counted(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow
) -> None:
    settled(qtbot, window)
    number = entry(window, NEW).count
    window.close()
    again = open_window()
    assert entry(again, NEW).count == number


def test_a_search_is_saved_by_its_key_and_marked(qtbot: QtBot, window: MainWindow) -> None:
    edit = window.panes.search_bar.box.edit
    edit.setFocus()
    qtbot.keyClicks(edit, "language  has:code")
    qtbot.keyClick(edit, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChildren(SmartListDialog)[-1]
    assert dialog.name_edit.text() == "language, Has code"
    dialog.icon_box.setCurrentIndex(dialog.icon_box.findData("key"))
    qtbot.keyClick(dialog.name_edit, Qt.Key.Key_Return)
    settled(qtbot, window)
    (kept,) = [each for each in desk_of(window).library.smart_lists() if each.name == "language, Has code"]
    assert (kept.query, kept.icon) == ("language has:code", "key")
    assert place(window) == "language, Has code"
    assert entry(window, kept.id).count == len(window.panes.list.papers.ids)
    assert "Saved the smart list" in window.panes.status_line.message()


def test_nothing_is_saved_without_a_search_or_a_name(qtbot: QtBot, window: MainWindow) -> None:
    window.actions_.trigger("save-smart-list")
    assert window.findChildren(SmartListDialog) == []
    assert "Search for something first" in window.panes.status_line.message()
    desk_of(window).show_query("language")
    window.actions_.trigger("save-smart-list")
    dialog = window.findChildren(SmartListDialog)[-1]
    dialog.name_edit.setText("  ")
    qtbot.keyClick(dialog.name_edit, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()
    assert len(outline(window)) == 5


@pytest.mark.parametrize(
    ("query", "name"),
    [("has:code language -vision", "language -vision, Has code"), ("seen:>=2", "Seen ≥ 2"), ("  a   b ", "a b")],
)
def test_a_name_is_proposed(query: str, name: str) -> None:
    assert proposed_name(query) == name


def test_the_filter_menu_offers_to_save(window: MainWindow) -> None:
    def words() -> list[str]:
        return [action.text() for action in window.panes.search_bar.chips.menu().actions()]

    assert "Save as a smart list…" not in words()
    desk_of(window).show_query("language")
    assert words()[-1] == "Save as a smart list…"
    window.panes.search_bar.chips.menu().actions()[-1].trigger()
    assert len(window.findChildren(SmartListDialog)) == 1


def test_a_list_is_renamed_in_its_place(qtbot: QtBot, window: MainWindow) -> None:
    click(qtbot, window, NOTED)
    qtbot.keyClick(window.panes.sidebar, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert (editor.text(), editor.accessibleName()) == ("With notes", "New name of With notes")
    editor.setText(" My   notes ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: entry(window, NOTED).words == "My notes")
    assert QApplication.focusWidget() is window.panes.sidebar
    settle(qtbot, window)
    assert desk_of(window).library.smart_list(NOTED).name == "My notes"
    window.actions_.trigger("undo")
    settle(qtbot, window)
    assert entry(window, NOTED).words == "With notes"


def test_an_empty_name_is_not_taken(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.sidebar.rename(NOTED)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.clear()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.panes.sidebar)
    assert entry(window, NOTED).words == "With notes"


def test_keys_move_a_list_and_it_stays_chosen(qtbot: QtBot, window: MainWindow) -> None:
    names = [each.name for each in DEFAULTS]
    click(qtbot, window, SEEN)

    def press(key: Qt.Key) -> list[str]:
        qtbot.keyClick(window.panes.sidebar, key, ALT)
        settle(qtbot, window)
        assert place(window) == names[1]
        return outline(window)

    assert press(Qt.Key.Key_Down) == [names[0], names[2], names[1], *names[3:]]
    assert press(Qt.Key.Key_Up) == names
    assert press(Qt.Key.Key_Right) == [names[0], f"  {names[1]}", *names[2:]]
    assert press(Qt.Key.Key_Up) == [names[0], f"  {names[1]}", *names[2:]]
    assert press(Qt.Key.Key_Left) == names
    kept = [each.name for _, each in in_order(desk_of(window).library.smart_lists())]
    assert kept == names


def test_what_moves_below_a_closed_list_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    sidebar = window.panes.sidebar
    sidebar.closed = frozenset({f"smart-list:{NEW}"})
    sidebar.shift(SEEN, Qt.Key.Key_Right)
    settle(qtbot, window)
    assert not sidebar.visualRect(model_of(window).list_index(SEEN)).isEmpty()


def test_closed_lists_stay_closed_at_the_next_start(qtbot: QtBot, window: MainWindow, open_window: OpenWindow) -> None:
    window.panes.sidebar.shift(SEEN, Qt.Key.Key_Right)
    settle(qtbot, window)
    click(qtbot, window, NEW)
    qtbot.keyClick(window.panes.sidebar, Qt.Key.Key_Left)
    assert window.panes.sidebar.visualRect(model_of(window).list_index(SEEN)).isEmpty()
    window.close()
    again = open_window()
    assert again.panes.sidebar.visualRect(model_of(again).list_index(SEEN)).isEmpty()


def test_delete_forgets_the_list_alone_and_undo_brings_it_back(qtbot: QtBot, window: MainWindow) -> None:
    papers = len(window.panes.list.papers.ids)
    click(qtbot, window, SEEN)
    qtbot.keyClick(window.panes.sidebar, Qt.Key.Key_Delete)
    settle(qtbot, window)
    assert "Seen in 2+ listings" not in outline(window)
    assert desk_of(window).standing.counts.all == papers
    window.actions_.trigger("undo")
    settle(qtbot, window)
    assert outline(window) == [each.name for each in DEFAULTS]


def drop(sidebar: Sidebar, list_id: str, where: QPoint) -> None:
    """Drop a smart list at a point of the sidebar, as the mouse does."""
    model = sidebar.model()
    assert isinstance(model, SidebarModel)
    data = model.mimeData([model.list_index(list_id)])
    assert bytes(data.data(LIST_ID).data()).decode() == list_id
    action, button, plain = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    sidebar.dropEvent(QDropEvent(QPointF(where), action, data, button, plain))


def test_a_list_is_dropped_between_and_onto_others(qtbot: QtBot, window: MainWindow) -> None:
    sidebar, model = window.panes.sidebar, model_of(window)
    names = [each.name for each in DEFAULTS]

    def row(list_id: str) -> tuple[QPoint, QPoint, QPoint]:
        rect = sidebar.visualRect(model.list_index(list_id))
        middle = rect.center().x()
        return QPoint(middle, rect.top() + 1), rect.center(), QPoint(middle, rect.bottom() - 1)

    drop(sidebar, NOTED, row(NEW)[0])
    settle(qtbot, window)
    assert outline(window) == [names[4], *names[:4]]
    drop(sidebar, NOTED, row(SEEN)[2])
    settle(qtbot, window)
    assert outline(window) == [names[0], names[1], names[4], names[2], names[3]]
    drop(sidebar, NOTED, row(STARRED)[1])
    settle(qtbot, window)
    assert outline(window) == [*names[:4], f"  {names[4]}"]
    for _ in range(3):
        window.actions_.trigger("undo")
        settle(qtbot, window)
    assert outline(window) == names


def test_a_list_cannot_be_dropped_below_itself_or_among_other_things(qtbot: QtBot, window: MainWindow) -> None:
    model = model_of(window)
    window.panes.sidebar.shift(SEEN, Qt.Key.Key_Right)
    settle(qtbot, window)
    data, move = model.mimeData([model.list_index(NEW)]), Qt.DropAction.MoveAction
    for goal in (model.list_index(NEW), model.list_index(SEEN), model.find("status:inbox"), model.index(0, 0)):
        assert not model.canDropMimeData(data, move, -1, 0, goal)
        assert not model.dropMimeData(data, move, -1, 0, goal)
    assert model.canDropMimeData(data, move, -1, 0, model.list_index(CODED))
    papers = QMimeData()
    papers.setData("application/x-readinglist-ids", b"1,2")
    assert not model.canDropMimeData(papers, move, -1, 0, model.list_index(CODED))


def test_the_menu_does_what_it_says(qtbot: QtBot, window: MainWindow) -> None:
    lists = desk_of(window).smart_lists

    def choose(words: str) -> None:
        menu = lists.menu(entry(window, SEEN))
        actions = {action.text().replace("&", "").partition("\t")[0]: action for action in menu.actions()}
        actions[words].trigger()
        settle(qtbot, window)

    choose("Move up")
    assert outline(window)[0] == "Seen in 2+ listings"
    assert not lists.menu(entry(window, SEEN)).actions()[5].isEnabled()
    choose("Edit the search…")
    dialog = window.findChildren(SmartListDialog)[-1]
    dialog.query_edit.setText("seen:>=3")
    dialog.buttons.accepted.emit()
    settle(qtbot, window)
    assert entry(window, SEEN).filter == "seen:>=3"
    desk_of(window).show_query("language")
    choose("Save the search below this one…")
    window.findChildren(SmartListDialog)[-1].buttons.accepted.emit()
    settle(qtbot, window)
    assert outline(window)[:2] == ["Seen in 2+ listings", "  language"]
    menu = lists.menu(entry(window, SEEN))
    icons = next(action.menu() for action in menu.actions() if isinstance(action.menu(), QMenu))
    assert isinstance(icons, QMenu)
    assert [action.text() for action in icons.actions() if action.isChecked()] == ["Eye"]
    icons.actions()[0].trigger()
    settle(qtbot, window)
    assert entry(window, SEEN).icon == "search"
    choose("Delete")
    assert outline(window)[0] == "language"


def test_the_menu_opens_on_a_list_and_its_heading_alone(window: MainWindow) -> None:
    sidebar, model = window.panes.sidebar, model_of(window)
    told: list[Entry | None] = []
    sidebar.menu_requested.disconnect()
    sidebar.menu_requested.connect(lambda shown, _where: told.append(shown))
    for index in (model.list_index(CODED), model.list_index(CODED).parent(), model.find("status:inbox")):
        where = sidebar.visualRect(index).center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, sidebar.viewport().mapToGlobal(where))
        sidebar.contextMenuEvent(event)
    assert [shown.words for shown in told if shown is not None] == ["Has code, not read", "Smart lists"]


def test_a_change_by_another_program_is_shown(qtbot: QtBot, window: MainWindow, library_folder: Path) -> None:
    with Library(library_folder) as other:
        other.save_smart_list("Theirs", "language", parent=NEW)
    desk_of(window).signals.look()
    settle(qtbot, window)
    assert outline(window)[:2] == ["New this week", "  Theirs"]


def test_screen_readers_hear_name_and_number(qtbot: QtBot, window: MainWindow) -> None:
    settled(qtbot, window)
    index = model_of(window).list_index(SEEN)
    assert model_of(window).data(index, Qt.ItemDataRole.AccessibleTextRole) == "Seen in 2+ listings, 0 papers"


def test_a_name_that_looks_like_rich_text_stays_text(qtbot: QtBot, window: MainWindow) -> None:
    save(qtbot, window, "language", "<img src=x>")
    index = model_of(window).list_index(desk_of(window).library.smart_list("<img src=x>").id)
    tip = model_of(window).data(index, Qt.ItemDataRole.ToolTipRole)
    assert tip == "<img src=x>\nlanguage"


def counted(*lists: SmartList, number: int | None = 3) -> Counts:
    return Counts(smart_lists=tuple(SmartListCount(each, number) for each in lists))


def test_the_model_is_a_right_one_wherever_lists_stand() -> None:
    first, second, third = DEFAULTS[:3]
    model = SidebarModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    nested = replace(second, parent=first.id)
    for lists in ((first, second), (first, nested), (first, nested, replace(third, parent=second.id)), (), (second,)):
        model.show(counted(*lists))
        for each in lists:
            index = model.list_index(each.id)
            assert index.isValid()
            above = model.entry(index.parent())
            assert above is not None
            assert above.name == (each.parent or "smart-lists")
    assert tester.model() is model


def test_a_number_that_is_not_known_is_not_told() -> None:
    model = SidebarModel()
    model.show(counted(DEFAULTS[0], number=None))
    index = model.list_index(NEW)
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "New this week"
    changed = QSignalSpy(model.dataChanged)
    model.show(counted(DEFAULTS[0], number=1))
    assert changed.count() == 1
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "New this week, 1 paper"


def test_a_paper_that_was_looked_at_is_new_no_more(qtbot: QtBot, window: MainWindow) -> None:
    save(qtbot, window, "is:new", "Not looked at")
    settled(qtbot, window)
    library = desk_of(window).library
    kept = library.smart_list("Not looked at").id
    before = entry(window, kept).count
    assert before == len(window.panes.list.papers.ids) > 1
    library.look_at(window.panes.list.papers.ids[0])
    settled(qtbot, window)
    assert entry(window, kept).count == before - 1
