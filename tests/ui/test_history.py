"""The History tab, the window of all changes, taking back, and the library of another day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.library.answers import InputText
from readinglist.library.history import Event
from readinglist.library.history_words import Detail
from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.actions import EDITS
from readinglist.ui.changes_conflicts import ConflictsDialog
from readinglist.ui.changes_dialog import ChangesDialog
from readinglist.ui.changes_model import ChangesModel
from readinglist.ui.history_desk import HistoryDesk
from readinglist.ui.history_tab import SHOWN_FIRST, HistoryRow, HistoryTab
from readinglist.ui.history_words import detail_html, details_html
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from readinglist.ui.opening_banner import Banner
from tests.ui.conftest import desk_of, settle

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
PAPER, OTHER = Paper(id=7, title="One"), Paper(id=8, title="Other")


def event(number: int, *details: Detail, label: str = "Edit") -> Event:
    return Event(number, NOW - timedelta(hours=number), label, details)


def rows(tab: HistoryTab) -> list[HistoryRow]:
    return [row for row in tab.findChildren(HistoryRow) if row.isVisible()]


@pytest.fixture
def tab(qtbot: QtBot) -> HistoryTab:
    tab = HistoryTab()
    qtbot.addWidget(tab)
    tab.resize(400, 300)
    return tab


def history_of(window: MainWindow) -> HistoryDesk:
    return desk_of(window).findChildren(HistoryDesk)[0]


def test_it_asks_only_where_someone_looks_and_again_when_the_paper_changed(tab: HistoryTab) -> None:
    wanted: list[int] = []
    tab.wanted.connect(wanted.append)
    tab.show_paper(PAPER)
    assert wanted == []
    tab.show()
    tab.show_paper(PAPER)
    assert wanted == [7]
    tab.show_paper(Paper(id=7, title="One, corrected"))
    assert wanted == [7, 7]


def test_an_answer_for_a_paper_passed_by_is_not_shown(tab: HistoryTab) -> None:
    tab.show()
    tab.show_paper(OTHER)
    tab.show_events(7, [event(1, Detail("Starred"))], "")
    assert rows(tab) == []


def test_rows_tell_what_was_done_and_take_it_back(tab: HistoryTab) -> None:
    asked: list[tuple[int, int]] = []
    tab.take_back_requested.connect(lambda number, paper: asked.append((number, paper)))
    tab.show()
    tab.show_paper(PAPER)
    tab.show_events(7, [event(3, Detail("Title", "A <b>", "B")), event(0, Detail("Seen", after="x"))], "The end.")
    first, last = rows(tab)
    assert "A &lt;b&gt;" in first.text()
    assert "take-back" not in last.text()
    first.linkActivated.emit("take-back")
    assert asked == [(3, 7)]
    tab.changeable = False
    tab.show_events(7, [event(3, Detail("Starred"))], "")
    assert "take-back" not in rows(tab)[0].text()


def test_of_a_long_life_the_newest_changes_come_first(qtbot: QtBot, tab: HistoryTab) -> None:
    tab.show()
    tab.show_paper(PAPER)
    tab.show_events(7, [event(number, Detail("Starred")) for number in range(1, SHOWN_FIRST + 6)], "")
    assert len(rows(tab)) == SHOWN_FIRST
    assert tab._more.text() == "Show 5 older changes"
    qtbot.mouseClick(tab._more, Qt.MouseButton.LeftButton)
    assert len(rows(tab)) == SHOWN_FIRST + 5
    assert not tab._more.isVisible()


def test_nothing_of_a_text_becomes_markup() -> None:
    hostile = '<img src="https://evil.example/x.png">'
    for detail in (
        Detail(hostile, hostile, hostile),
        Detail(hostile, before=hostile),
        Detail(hostile, lines=(("+", hostile), ("-", hostile), (" ", hostile))),
    ):
        assert "<img" not in detail_html(detail)
    assert "<img" not in details_html(Event(1, NOW, hostile))


def test_long_texts_are_cut_and_short_parts_stand_on_one_line() -> None:
    tags = detail_html(Detail("Tags", lines=(("+", "nlp"), ("-", "old"))))
    assert "<br>" not in tags
    text = detail_html(Detail("Note edited", lines=tuple(("+", f"A rather long line {n}") for n in range(40))))
    assert text.count("<br>") == 13
    assert "and 28 more" in text


def test_colours_follow_the_theme(qapp: QApplication, tab: HistoryTab) -> None:
    tab.show()
    tab.show_paper(PAPER)
    tab.show_events(7, [event(1, Detail("Tags", lines=(("+", "nlp"),)))], "")
    theme.use(qapp, "dark")
    assert theme.current().new.name() in rows(tab)[0].text()


def test_changes_are_a_sound_model_narrowed_by_words(qtbot: QtBot) -> None:
    model = ChangesModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.QtTest)
    model.show([event(2, label="Star 3 papers"), Event(1, NOW, "Rate 2 papers", undone=True)])
    assert [model.data(model.index(row, 1)) for row in range(2)] == ["Star 3 papers", "Rate 2 papers (undone)"]
    assert model.data(model.index(1, 1), Qt.ItemDataRole.ForegroundRole) == theme.current().faint
    model.narrow("papers STAR")
    assert [event.number for event in model.shown] == [2]
    model.narrow("nothing such")
    assert model.rowCount() == 0
    qtbot.wait(1)


def test_the_dialog_keeps_the_chosen_change_and_asks(qtbot: QtBot) -> None:
    dialog = ChangesDialog()
    qtbot.addWidget(dialog)
    chosen: list[int] = []
    back: list[int] = []
    since: list[str] = []
    dialog.chosen.connect(chosen.append)
    dialog.take_back_requested.connect(back.append)
    dialog.since_changed.connect(since.append)
    dialog.show()
    events = [event(3), event(2), Event(1, NOW, "Old", undone=True)]
    dialog.show_changes(events, "Older changes were compacted on 1 Mar 2026.")
    assert "3 changes. Older" in dialog.count.text()
    dialog.list.setCurrentIndex(dialog.model.index(1, 0))
    dialog.show_changes([event(4), *events], "")
    assert chosen[-1] == 2
    qtbot.mouseClick(dialog.take_back_button, Qt.MouseButton.LeftButton)
    assert back == [2]
    dialog.list.setCurrentIndex(dialog.model.index(3, 0))
    assert not dialog.take_back_button.isEnabled()
    dialog.show_change(Event(1, NOW, "Old <i>", papers=(7, 8, 9), undone=True), [PAPER])
    assert "Old &lt;i&gt;" in dialog.details.text()
    assert "and 2 more" in dialog.details.text()
    dialog.days.setCurrentIndex(dialog.days.findData("monday"))
    assert since == ["monday"]


def test_in_the_window_a_change_is_taken_back_from_the_tab(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    paper_id = desk.library.find().ids[0]
    desk.library.tag([paper_id], ["nlp"])
    desk.library.star([paper_id])
    desk.relating.go_to_paper(paper_id)
    settle(qtbot, window)
    tab = desk.details.history
    desk.details.tabs.setCurrentIndex(desk.details.tabs.count() - 1)
    qtbot.waitUntil(lambda: len(rows(tab)) == 3)
    rows(tab)[1].linkActivated.emit("take-back")
    qtbot.waitUntil(lambda: desk.library.papers([paper_id])[0].tags == ())
    settle(qtbot, window)
    assert desk.library.papers([paper_id])[0].starred
    qtbot.waitUntil(lambda: len(rows(tab)) == 4)


def test_a_merge_of_three_goes_whole_and_what_took_one_apart_too(qtbot: QtBot, window: MainWindow) -> None:
    desk = desk_of(window)
    library = desk.library
    ids = library.find("").ids[:3]
    before = library.papers(sorted(ids))
    library.merge(ids)
    merged = library.changes()[0].number
    history_of(window).take_back(merged, ids[0])
    qtbot.waitUntil(lambda: library.papers(sorted(ids)) == before)
    settle(qtbot, window)
    taken = library.changes()[0].number
    history_of(window).take_back(taken, None)
    qtbot.waitUntil(lambda: len(library.papers(ids)) == 1)
    settle(qtbot, window)


def test_a_conflict_is_asked_about(qtbot: QtBot, window: MainWindow) -> None:
    library = desk_of(window).library
    paper_id = library.find().ids[0]
    library.edit_fields(paper_id, {"year": "1999", "venue": "ICLR"})
    number = library.changes()[0].number
    library.edit_fields(paper_id, {"year": "2001"})

    def asked() -> ConflictsDialog:
        history_of(window).take_back(number, paper_id)
        qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(ConflictsDialog)))
        return next(each for each in window.findChildren(ConflictsDialog) if each.isVisible())

    qtbot.mouseClick(asked().rest_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.papers([paper_id])[0].venue == "")
    assert library.papers([paper_id])[0].year == 2001
    settle(qtbot, window)
    library.undo()
    qtbot.mouseClick(asked().whole_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: library.papers([paper_id])[0].year is None)
    settle(qtbot, window)


def test_all_changes_are_shown_and_follow_edits(qtbot: QtBot, window: MainWindow) -> None:
    desk, history = desk_of(window), history_of(window)
    window.actions_.trigger("changes")
    dialog = history.changes
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 1)
    desk.library.star(desk.library.find().ids[:2])
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    dialog.list.setCurrentIndex(dialog.model.index(0, 0))
    qtbot.waitUntil(lambda: "Star 2 papers" in dialog.details.text())
    assert dialog.details.text().count("<a href") == 2
    dialog.details.linkActivated.emit(str(desk.library.find().ids[1]))
    qtbot.waitUntil(lambda: window.panes.list.current_id() == desk.library.find().ids[1])
    dialog.close()
    assert history.changes is None


def test_another_day_opens_in_a_window_that_cannot_change_it(qtbot: QtBot, window: MainWindow) -> None:
    desk, history = desk_of(window), history_of(window)
    desk.library.star(desk.library.find().ids[:1])
    day = history.ask_for_day()
    qtbot.mouseClick(day.agree_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(history.windows) and desk_of(history.windows[0]).settled, timeout=10_000)
    other = history.windows[0]
    folder = desk_of(other).library.folder
    other.panes.list.selectAll()
    settle(qtbot, other)
    assert "Read only" in other.windowTitle()
    qtbot.waitUntil(lambda: any("As of" in each.heading.text() for each in other.findChildren(Banner)))
    assert [name for name in EDITS if other.actions_.action(name).isEnabled()] == []
    assert other.actions_.action("export").isEnabled()
    other.close()
    qtbot.waitUntil(lambda: not history.windows)
    assert not folder.exists()
    assert desk.library.find("is:starred").ids


def test_no_day_before_the_journal_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    library = desk_of(window).library
    library._store.set_setting("journal_compacted", "2026-03-01")
    library.import_texts([InputText("more.bib", b"@misc{a, title={A}}")])
    history_of(window).open_day("2020-01-01")
    qtbot.waitUntil(lambda: bool(window.findChildren(Message)))
    assert "The journal reaches back to" in window.findChildren(Message)[0].accessibleDescription()
    settle(qtbot, window)
    assert list(tmp_path.glob("readinglist-as-of-*")) == []
