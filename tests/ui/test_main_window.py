"""The window as one uses it: real library, real widgets, keys and clicks."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.papers.paper import Paper, ReadingState
from readinglist.ui import theme
from readinglist.ui.actions import ACTIONS, Needs
from readinglist.ui.import_dialog import ImportDialog
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from tests.ui.conftest import OpenWindow, desk_of, settle


def first(window: MainWindow) -> Paper:
    """The paper in the first row."""
    paper = window.panes.list.papers.paper_at(0)
    assert paper is not None
    return paper


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier | None = None) -> None:
    """Press a key in the list, and wait for what follows."""
    qtbot.keyClick(window.panes.list, key, modifiers or Qt.KeyboardModifier.NoModifier)
    settle(qtbot, window)


def ask(qtbot: QtBot, window: MainWindow, query: str) -> None:
    """Type a query into the search box."""
    edit = window.panes.search_bar.box.edit
    edit.clear()
    qtbot.keyClicks(edit, query)
    settle(qtbot, window)


def close_account(qtbot: QtBot, window: MainWindow) -> None:
    """Close the account of an import, and go back to the list."""
    for dialog in window.findChildren(ImportDialog):
        dialog.reject()
    window.activateWindow()
    window.panes.list.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.panes.list)


def counts(window: MainWindow) -> dict[str, int]:
    """The sidebar's counts by filter."""
    model = window.panes.sidebar.model()
    found = {}
    for index in model.all_rows():  # type: ignore[attr-defined]
        entry = model.entry(index)  # type: ignore[attr-defined]
        found[entry.filter or entry.key] = entry.count
    return found


def test_a_filled_library_shows_its_papers_and_counts(window: MainWindow) -> None:
    assert len(window.panes.list.papers.ids) == counts(window)["all:"] == counts(window)["status:inbox"] > 20
    assert window.panes.welcome is None


def test_an_empty_library_says_what_to_do_and_is_filled_from_there(qtbot: QtBot, open_window: OpenWindow) -> None:
    window = open_window()
    page = window.panes.welcome
    assert page is not None
    assert page.isVisible()
    with qtbot.waitSignal(desk_of(window).in_and_out.imported):
        page.load_sample.emit()
    qtbot.waitUntil(lambda: window.panes.welcome is None and bool(window.panes.list.papers.ids))
    settle(qtbot, window)
    assert counts(window)["all:"] == len(window.panes.list.papers.ids) > 20
    close_account(qtbot, window)
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.panes.welcome is not None)


def test_typing_finds_at_once_and_escape_clears_and_then_leaves(qtbot: QtBot, window: MainWindow) -> None:
    everything = len(window.panes.list.papers.ids)
    qtbot.keyClick(window.panes.list, Qt.Key.Key_Slash)
    edit = QApplication.focusWidget()
    assert edit is window.panes.search_bar.box.edit
    ask(qtbot, window, "model")
    assert 0 < len(window.panes.list.papers.ids) < everything
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    settle(qtbot, window)
    assert len(window.panes.list.papers.ids) == everything
    qtbot.keyClick(edit, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.panes.list


def test_single_letters_mark_papers_in_the_list_and_are_letters_in_the_search(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.list.step(1)
    press(qtbot, window, Qt.Key.Key_S)
    assert first(window).starred
    assert counts(window)["is:starred"] == 1
    ask(qtbot, window, "s1")
    assert window.panes.search_bar.text() == "s1"
    assert counts(window)["is:starred"] == 1


def test_a_star_is_undone_and_done_again(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.list.step(1)
    press(qtbot, window, Qt.Key.Key_S)
    assert window.panes.status_line.message().startswith("Starred “")
    assert "Star" in window.actions_.action("undo").text()
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not first(window).starred
    assert "Star" in window.actions_.action("redo").text()
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert first(window).starred


@pytest.mark.parametrize(
    ("key", "state"),
    [
        (Qt.Key.Key_2, ReadingState.TO_READ),
        (Qt.Key.Key_3, ReadingState.READING),
        (Qt.Key.Key_4, ReadingState.READ),
        (Qt.Key.Key_5, ReadingState.SKIPPED),
    ],
)
def test_digits_set_the_reading_state(qtbot: QtBot, window: MainWindow, key: Qt.Key, state: ReadingState) -> None:
    window.panes.list.step(1)
    press(qtbot, window, key)
    assert first(window).state is state
    assert counts(window)[f"status:{state.value}"] == 1


def test_a_paper_that_leaves_the_place_hands_on_to_the_next(qtbot: QtBot, window: MainWindow) -> None:
    desk_of(window).go_to("status:inbox")
    settle(qtbot, window)
    window.panes.list.setFocus()
    window.panes.list.step(1)
    second = window.panes.list.papers.ids[1]
    press(qtbot, window, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: window.panes.list.current_id() == second)
    assert window.panes.list.selected_ids() == (second,)
    assert QApplication.focusWidget() is window.panes.list


def test_an_edit_of_all_selected_papers_is_one_step(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    papers = len(window.panes.list.papers.ids)
    assert len(window.panes.list.selected_ids()) == papers
    press(qtbot, window, Qt.Key.Key_S)
    assert counts(window)["is:starred"] == papers
    assert window.panes.status_line.message() == f"Starred {papers} papers"
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counts(window)["is:starred"] == 0


def test_trash_takes_away_and_restore_brings_back(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.list.step(1)
    gone = window.panes.list.current_id()
    assert gone is not None
    press(qtbot, window, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: gone not in window.panes.list.papers.ids)
    assert not window.actions_.action("restore").isEnabled()
    desk_of(window).go_to("is:trashed")
    settle(qtbot, window)
    assert list(window.panes.list.papers.ids) == [gone]
    window.panes.list.step(1)
    assert window.actions_.action("restore").isEnabled()
    window.actions_.trigger("restore")
    settle(qtbot, window)
    assert counts(window)["is:trashed"] == 0


def test_choosing_a_place_edits_the_query_and_keeps_its_words(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "model status:read")
    desk_of(window).go_to("status:inbox")
    assert window.panes.search_bar.text() == "model status:inbox"
    place = window.panes.sidebar.place()
    assert place is not None
    assert place.filter == "status:inbox"
    desk_of(window).go_to("")
    assert window.panes.search_bar.text() == "model"


def test_papers_dropped_on_places_are_marked(qtbot: QtBot, window: MainWindow) -> None:
    from PySide6.QtCore import QModelIndex

    sidebar, ids = window.panes.sidebar, window.panes.list.papers.ids[:3]
    model = sidebar.model()
    data = window.panes.list.papers.mime_data_of(ids)
    for place in ("status:to-read", "is:starred"):
        index: QModelIndex = model.find(place)  # type: ignore[attr-defined]
        assert model.canDropMimeData(data, Qt.DropAction.CopyAction, -1, -1, index)
        assert model.dropMimeData(data, Qt.DropAction.CopyAction, -1, -1, index)
        settle(qtbot, window)
    assert counts(window)["status:to-read"] == counts(window)["is:starred"] == 3


def test_what_another_program_does_is_seen(qtbot: QtBot, window: MainWindow, library_folder: Path) -> None:
    with Library(library_folder) as other:
        other.star(other.find("").ids[:2])
    desk_of(window).signals.look()
    qtbot.waitUntil(lambda: counts(window)["is:starred"] == 2)


def test_files_dropped_on_the_window_are_imported(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window()
    file = tmp_path / "page.txt"
    file.write_text("Mar 14\n\nSparse Attention Is Enough\n\nWe show that it suffices for long documents.\n")
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(file))])
    where = QPointF(200, 200)
    copy, left, no = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where.toPoint(), copy, dragged, left, no)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(desk_of(window).in_and_out.imported) as ended:
        QApplication.sendEvent(window, QDropEvent(where, copy, dragged, left, no))
    assert ended.args[0].new == 1


def test_the_clipboard_is_imported_from_the_list(qtbot: QtBot, window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("Mar 15\n\nA Title Never Seen Before\n\nAn abstract that is long enough.\n")
    with qtbot.waitSignal(desk_of(window).in_and_out.imported) as ended:
        qtbot.keyClick(window.panes.list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert ended.args[0].new == 1
    settle(qtbot, window)


def test_an_empty_clipboard_is_told_quietly(window: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    window.actions_.trigger("import-clipboard")
    assert "clipboard" in window.panes.status_line.message()
    assert not window.findChildren(ImportDialog)


def test_bibtex_and_keys_go_to_the_clipboard(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.list.step(1)
    key = first(window).citation_key
    qtbot.keyClick(window.panes.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: f"{{{key}," in QGuiApplication.clipboard().text())
    window.actions_.trigger("copy-key")
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == key)


def test_the_order_is_chosen_and_kept(qtbot: QtBot, window: MainWindow, open_window: OpenWindow) -> None:
    window.actions_.trigger("sort-title")
    settle(qtbot, window)
    titles = [window.panes.list.papers.paper_at(row).title for row in range(5)]  # type: ignore[union-attr]
    assert titles == sorted(titles, key=str.casefold)
    window.close()
    again = open_window()
    assert again.actions_.action("sort-title").isChecked()


def test_an_order_in_the_query_is_exchanged_there(qtbot: QtBot, window: MainWindow) -> None:
    ask(qtbot, window, "sort:year model")
    window.actions_.trigger("sort-title")
    settle(qtbot, window)
    assert "sort:title" in window.panes.search_bar.text()
    assert window.actions_.action("sort-title").isChecked()


def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, window: MainWindow, open_window: OpenWindow) -> None:
    ask(qtbot, window, "model")
    window.actions_.trigger("show-sidebar")
    found = list(window.panes.list.papers.ids)
    window.close()
    again = open_window()
    assert not again.panes.sidebar.isVisible()
    assert not again.actions_.action("show-sidebar").isChecked()
    assert again.panes.search_bar.text() == "model"
    assert list(again.panes.list.papers.ids) == found


def test_the_snapshot_is_painted_before_the_library_is_open(
    qtbot: QtBot, window: MainWindow, library_folder: Path, tmp_path: Path
) -> None:
    from readinglist.ui.settings import Settings
    from readinglist.ui.snapshot import load

    ask(qtbot, window, "model")
    shown, there = list(window.panes.list.papers.ids), counts(window)
    window.close()
    before = MainWindow(Settings(tmp_path / "others"), load(library_folder))
    qtbot.addWidget(before)
    before.show()
    assert list(before.panes.list.papers.ids) == shown
    assert first(before).title
    assert counts(before) == there
    assert before.panes.search_bar.text() == "model"
    assert not before.actions_.action("star").isEnabled()
    before.close()


def test_what_changed_since_the_snapshot_is_shown(
    qtbot: QtBot, window: MainWindow, library_folder: Path, tmp_path: Path
) -> None:
    from readinglist.ui.settings import Settings
    from readinglist.ui.snapshot import load

    window.close()
    with Library(library_folder) as library:
        library.star(library.find("").ids[:1])
    again = MainWindow(Settings(tmp_path / "others"), load(library_folder))
    qtbot.addWidget(again)
    assert not first(again).starred
    again.attach(Library(library_folder))
    settle(qtbot, again)
    assert first(again).starred
    again.close()


def test_every_action_does_something(window: MainWindow) -> None:
    assert set(window.handlers) == {action.id for action in ACTIONS}


def test_what_needs_no_library_is_done_without_one(qtbot: QtBot, tmp_path: Path) -> None:
    from readinglist.ui.settings import Settings

    window = MainWindow(Settings(tmp_path))
    qtbot.addWidget(window)
    assert set(window.handlers) == {action.id for action in ACTIONS if action.needs is Needs.NOTHING}
    enabled = {action.id for action in ACTIONS if window.actions_.action(action.id).isEnabled()}
    assert enabled == set(window.handlers)
    window.close()


def test_themes_are_exchanged_while_running(window: MainWindow) -> None:
    window.actions_.trigger("theme-dark")
    assert theme.current().dark
    assert window.actions_.action("theme-dark").isChecked()
    window.actions_.trigger("theme-light")
    assert not theme.current().dark


def test_a_fault_is_reported_and_the_window_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    window.background.ask("test", lambda: 1 / 0, lambda _: None)
    qtbot.waitUntil(lambda: any(message.isVisible() for message in window.findChildren(Message)))
    report = window.findChildren(Message)[0]
    assert "ZeroDivisionError" in report.details.toPlainText()
    report.reject()
    press(qtbot, window, Qt.Key.Key_J)
    assert window.panes.list.current_id() is not None


def test_the_palette_offers_actions_and_places(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.panes.list, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    edit = QApplication.focusWidget()
    assert isinstance(edit, QLineEdit)
    qtbot.keyClicks(edit, "starred")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.panes.search_bar.text() == "is:starred"


def test_looking_at_a_paper_takes_its_newness(qtbot: QtBot, window: MainWindow) -> None:
    assert first(window).looked_at is None
    window.panes.list.step(1)
    qtbot.waitUntil(lambda: first(window).looked_at is not None)


def test_every_control_has_a_name_for_those_who_do_not_see(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox

    kinds = (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox)
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisibleTo(window)
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
        and not widget.objectName().startswith("qt_")
    ]
    assert not nameless


def test_tab_goes_through_all_panes(qtbot: QtBot, window: MainWindow) -> None:
    window.panes.list.setFocus()
    seen = set()
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.add(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert {window.panes.list, window.panes.sidebar, window.panes.search_bar.box.edit} <= seen


def test_what_a_command_changes_shows_while_another_window_is_in_use(qtbot: QtBot, window: MainWindow) -> None:
    terminal = QLineEdit()
    qtbot.addWidget(terminal)
    terminal.show()
    terminal.activateWindow()
    qtbot.waitUntil(lambda: not window.isActiveWindow())
    starred = counts(window)["is:starred"]
    with Library(desk_of(window).library.folder) as command:
        command.star(command.find("-is:starred").ids[:1])
    qtbot.waitUntil(lambda: counts(window)["is:starred"] == starred + 1)
