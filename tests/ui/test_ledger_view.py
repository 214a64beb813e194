"""The account of an import as one sees it."""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from readinglist.library.ledger import FileLedger, KnownPaper, Ledger, Notice
from readinglist.ui.ledger_rows import Row, row_of
from readinglist.ui.ledger_view import SHOWN_PER_GROUP, LedgerView, new_papers_query

DAY = (date(2025, 3, 14),)
KNOWN = tuple(KnownPaper(place, f"Paper {place}", place, ("12 Mar 2025 #4",)) for place in range(1, 4))
FRESH = FileLedger("000.txt", "hf-listing", DAY, records=5, new=5)
SEEN = FileLedger("001.txt", "hf-listing", DAY, records=5, new=2, known=3, known_papers=KNOWN)
AGAIN = FileLedger("000.txt", "hf-listing", DAY, records=5, known=5, imported_before="2 Apr 2025 as 000.txt")


def view_of(qtbot: QtBot, ledger: Ledger) -> LedgerView:
    view = LedgerView()
    qtbot.addWidget(view)
    view.resize(700, 500)
    view.show_ledger(ledger)
    view.show()
    return view


def row(view: LedgerView, *path: int) -> Row:
    return row_of(view.files.indexFromItem(item(view, *path)))


def item(view: LedgerView, first: int, *path: int) -> QTreeWidgetItem:
    found = view.files.topLevelItem(first)
    for place in path:
        assert found is not None
        found = found.child(place)
    assert found is not None
    return found


def words(view: LedgerView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.isVisible()]


def test_shows_heading_sum_and_a_row_for_every_file(qtbot: QtBot) -> None:
    view = view_of(qtbot, Ledger((FRESH, SEEN)))
    assert "7 new papers" in words(view)
    figures = [text for text in words(view) if text.isdigit() or text in "=+"]
    assert sorted(figures) == sorted(["10", "=", "7", "+", "3", "+", "0", "+", "0"])
    assert row(view, 0) == Row("000.txt", faint="14 Mar 2025", side="5 records: 5 new", strong=True)
    assert row(view, 1).side == "5 records: 2 new, 3 known"


def test_known_papers_say_where_they_were_seen_once_they_are_opened(qtbot: QtBot) -> None:
    view = view_of(qtbot, Ledger((FRESH, SEEN)))
    assert row(view, 1, 0) == Row("Known papers", count=3)
    assert item(view, 1, 0).childCount() == 0
    item(view, 1, 0).setExpanded(True)
    assert row(view, 1, 0, 0) == Row("Paper 1", faint="seen before in 12 Mar 2025 #4 · now #1")
    assert item(view, 1, 0).childCount() == 3


def test_nothing_new_is_said_in_so_many_words_and_leaves_nothing_to_undo(qtbot: QtBot) -> None:
    view = view_of(qtbot, Ledger((AGAIN, AGAIN)))
    assert "These files were imported before. Importing them again adds nothing." in words(view)
    assert not view.show_button.isVisible()
    assert not view.undo_button.isVisible()
    assert view.close_button.isDefault()


def test_known_papers_in_a_new_file_can_be_undone(qtbot: QtBot) -> None:
    assert view_of(qtbot, Ledger((FileLedger("b", "", (), 2, 0, 2),))).undo_button.isVisible()


def test_an_error_is_open_to_see_and_does_not_hide_the_other_files(qtbot: QtBot) -> None:
    error = Notice("thesis.bib", None, "not_recognised", "This looks like a BibTeX file.")
    view = view_of(qtbot, Ledger((FRESH, FileLedger("thesis.bib", "bibtex")), errors=(error,)))
    assert row(view, 0).side == "5 records: 5 new"
    assert row(view, 1).side == "could not be read"
    assert item(view, 1).isExpanded()
    assert row(view, 1, 0) == Row("This looks like a BibTeX file.", icon="error")


def test_errors_of_files_that_were_never_read_have_a_row_too(qtbot: QtBot) -> None:
    error = Notice("gone.txt", None, "unreadable", "The file could not be read: No such file or directory.")
    view = view_of(qtbot, Ledger(errors=(error,)))
    assert row(view, 0) == Row("gone.txt", side="could not be read", strong=True)
    assert item(view, 0).isExpanded()
    assert not view.undo_button.isVisible()


def test_many_warnings_open_quickly_and_the_rest_is_named(qtbot: QtBot) -> None:
    count = SHOWN_PER_GROUP + 200
    warnings = tuple(Notice("000.txt", line, "missing_abstract", f"Warning {line}") for line in range(1, count + 1))
    view = view_of(qtbot, Ledger((FRESH,), warnings))
    group = item(view, 0, 0)
    assert row(view, 0, 0) == Row("Warnings", count=count)
    group.setExpanded(True)
    assert group.childCount() == SHOWN_PER_GROUP + 1
    assert row(view, 0, 0, 0) == Row("Warning 1", faint="000.txt:1", icon="warning")
    assert row(view, 0, 0, SHOWN_PER_GROUP).faint == "200 more. Copy gives you all of them."


def test_copy_puts_the_whole_account_on_the_clipboard(qtbot: QtBot) -> None:
    view = view_of(qtbot, Ledger((FRESH, SEEN)))
    qtbot.mouseClick(view.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "10 records = 7 new + 3 known + 0 changed + 0 skipped" in copied
    assert "Paper 3 (seen before in 12 Mar 2025 #4 · now #3)" in copied


def test_ctrl_c_copies_the_selected_rows(qtbot: QtBot) -> None:
    view = view_of(qtbot, Ledger((FRESH, SEEN)))
    view.files.setCurrentItem(item(view, 1))
    qtbot.keyClick(view.files, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "001.txt, 5 records: 2 new, 3 known, 14 Mar 2025"


def test_buttons_lead_on(qtbot: QtBot) -> None:
    view = view_of(qtbot, Ledger((FRESH,)))
    with qtbot.waitSignal(view.show_query) as asked:
        qtbot.mouseClick(view.show_button, Qt.MouseButton.LeftButton)
    assert asked.args == ["is:new in:000.txt"]
    with qtbot.waitSignal(view.undo_requested):
        qtbot.mouseClick(view.undo_button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.close_requested):
        qtbot.mouseClick(view.close_button, Qt.MouseButton.LeftButton)


def test_the_search_for_new_papers_names_the_files_that_brought_some() -> None:
    spaced = FileLedger("my list.txt", "", (), 1, 1)
    assert new_papers_query(Ledger((FRESH, AGAIN, spaced))) == 'is:new (in:000.txt or in:"my list.txt")'


def test_the_rows_are_a_sound_model_and_can_be_read_aloud(qtbot: QtBot) -> None:
    view = view_of(qtbot, Ledger((FRESH, SEEN)))
    tester = QAbstractItemModelTester(view.files.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    item(view, 1, 0).setExpanded(True)
    view.show_ledger(Ledger((AGAIN,)))
    spoken = view.files.model().index(0, 0, QModelIndex()).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "000.txt, 5 records: 5 known, 14 Mar 2025 · imported before on 2 Apr 2025 as 000.txt"
    assert tester.model() is view.files.model()


def test_a_longer_message_makes_a_higher_row_in_a_narrow_view(qtbot: QtBot) -> None:
    error = Notice("a.txt", None, "not_text", "This is a long sentence about what is wrong with the file. " * 4)
    view = view_of(qtbot, Ledger(errors=(error,)))
    wide = view.files.visualItemRect(item(view, 0, 0)).height()
    view.resize(360, 500)
    qtbot.waitUntil(lambda: view.files.visualItemRect(item(view, 0, 0)).height() > wide)
