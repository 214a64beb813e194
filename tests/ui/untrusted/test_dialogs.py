"""Hostile words in every dialog, menu, message and tooltip: none reads a file, reaches a server or shows markup."""

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from readinglist.errors import ExpectedError
from readinglist.library.recovery import Findings
from readinglist.papers.query_completion import Completion
from readinglist.ui import settings as remembered
from readinglist.ui.completing import Completing
from readinglist.ui.duplicates_apart import TakeApartDialog
from readinglist.ui.duplicates_desk import find_duplicates, merge_selected, take_apart
from readinglist.ui.history_desk import HistoryDesk
from readinglist.ui.import_dialog import ImportDialog
from readinglist.ui.link_opening import Links
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import report_error, tell
from readinglist.ui.recovery_dialog import RecoveryDialog
from readinglist.ui.settings import Settings
from readinglist.ui.sidebar_model import Entry, Kind
from readinglist.ui.tag_menu import TagMenu
from tests.ui.conftest import desk_of, settle
from tests.ui.untrusted.hostile import Watch, assert_harmless, every_index

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def look(qtbot: QtBot, watch: Watch, reached: list[str]) -> "Look":
    watch.opened()
    return Look(qtbot, watch, reached)


class Look:
    """Draws what is on the screen, chooses every row of it, and sees whether that did anything."""

    def __init__(self, qtbot: QtBot, watch: Watch, reached: list[str]) -> None:
        self._qtbot, self._watch, self._reached = qtbot, watch, reached

    def at(self, root: QWidget) -> None:
        for view in root.findChildren(QAbstractItemView):
            if view.isVisible() and view.model() is not None:
                for index in list(every_index(view.model(), QModelIndex()))[:5]:
                    view.setCurrentIndex(index)
                    self._qtbot.wait(5)
        root.grab()
        assert_harmless(root)
        assert not self._watch.opened(), f"{root} read the file"
        assert self._reached == []

    def at_all(self) -> None:
        for shown in list(QApplication.topLevelWidgets()):
            if isValid(shown) and shown.isVisible() and shown.metaObject().className() != "QTipLabel":
                self.at(shown)


def test_messages(hostile_window: MainWindow, words: str, look: Look) -> None:
    tell(hostile_window, ExpectedError(words), words)
    report_error(hostile_window, RuntimeError(words))
    hostile_window.tell(ExpectedError(words))
    desk_of(hostile_window).say(words, undoable=True)
    desk_of(hostile_window).say_why(ExpectedError(words))
    look.at_all()


def test_menus_of_tags_and_lists(hostile_window: MainWindow, words: str, look: Look) -> None:
    desk = desk_of(hostile_window)
    entry = Entry(Kind.TAG, words, words, f"tag:{words}")
    tags = desk.findChildren(TagMenu)[0]
    menus = [tags.menu(entry), desk.smart_lists.menu(entry)]
    for menu in menus:
        menu.popup(QPoint(0, 0))
        look.at_all()
        menu.close()
    tags.rename(words)
    look.at_all()


def test_questions_about_lists_tags_and_days(hostile_window: MainWindow, words: str, look: Look, qtbot: QtBot) -> None:
    desk = desk_of(hostile_window)
    desk.show_query(words)
    settle(qtbot, hostile_window)
    look.at(hostile_window)  # nothing found, and why
    desk.smart_lists.save()
    desk.smart_lists.edit(desk.library.smart_lists()[0].id)
    desk.findChildren(HistoryDesk)[0].ask_for_day()
    look.at_all()


def test_duplicates_are_compared_and_taken_apart(hostile_window: MainWindow, look: Look, qtbot: QtBot) -> None:
    desk = desk_of(hostile_window)
    found = find_duplicates(desk)
    qtbot.waitUntil(lambda: found.settled)
    hostile_window.panes.list.selectAll()
    compared = merge_selected(desk)
    assert compared is not None
    qtbot.waitUntil(lambda: compared.settled and len(compared.window.compare.papers) > 1)
    hostile_window.panes.list.step(1)
    for paper_id in desk.library.find("").ids:
        hostile_window.panes.list.choose(paper_id)
        settle(qtbot, hostile_window)
        take_apart(desk)
    look.at_all()
    assert [each for each in QApplication.topLevelWidgets() if isinstance(each, TakeApartDialog)]


def test_changes_and_conflicts(hostile_window: MainWindow, look: Look, qtbot: QtBot) -> None:
    desk = desk_of(hostile_window)
    history = desk.findChildren(HistoryDesk)[0]
    dialog = history.show_changes()
    qtbot.waitUntil(lambda: dialog.model.rowCount() > 3)
    for row in range(dialog.model.rowCount()):
        dialog.list.setCurrentIndex(dialog.model.index(row, 0))
        settle(qtbot, hostile_window)
        look.at(dialog)
    for change in desk.library.changes()[:3]:
        history.take_back(change.number)
    settle(qtbot, hostile_window)
    look.at_all()


@pytest.mark.parametrize("name", ["one.bib", "one.csv", "one.txt", "one.opml", "one.bin"])
def test_imports_are_looked_at_and_told(
    hostile_window: MainWindow, look: Look, words: str, name: str, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = desk_of(hostile_window)
    dialog = ImportDialog(desk.library, hostile_window.background, hostile_window.settings, hostile_window)
    hostile_window.settings.set(remembered.LOOK_AT_IMPORTS, "always")
    path = tmp_path / f"<img src=x> {name}"
    path.write_bytes(_file(words, path.suffix))
    dialog.import_files([path, tmp_path / f"{words[:50].replace('/', '')} missing.bib"])
    dialog.show()
    settle(qtbot, hostile_window)
    look.at_all()
    if name in {"one.bib", "one.txt"}:
        dialog.preview_page.import_button.click()
        settle(qtbot, hostile_window)
        look.at_all()
    dialog.reject()


def test_recovery_and_what_is_offered_while_typing(
    hostile_window: MainWindow, look: Look, words: str, qtbot: QtBot
) -> None:
    dialog = RecoveryDialog(words, hostile_window)
    dialog.show_findings(Findings(None, words, ()))
    dialog.show()
    completing = hostile_window.findChildren(Completing)[0]
    completing.offers.show_items((Completion(words, words, words),), QPoint(0, 0))
    box = hostile_window.panes.search_bar.box.edit
    for typed in ("tag:<", "in:<", "author:<img"):
        box.setText("")
        qtbot.keyClicks(box, typed)
        qtbot.wait(90)
        settle(qtbot, hostile_window)
        look.at(hostile_window)
    look.at_all()


def test_a_link_is_asked_about_by_mouse_and_keyboard_alone(
    hostile_window: MainWindow, look: Look, words: str, tmp_path: Path
) -> None:
    links = Links(hostile_window, Settings(tmp_path / "other"), tmp_path, desk_of(hostile_window).say)
    for address in (words, "javascript:alert(1)", f"https://example.org/{words}", "https://\u0430rxiv.org/<b>x"):
        links.open(address)
        look.at_all()


def _file(words: str, suffix: str) -> bytes:
    bare = words.replace("{", "").replace("}", "")
    one_line = " ".join(words.split())
    fields = ", ".join(f"{name}={{{bare}}}" for name in ("title", "author", "abstract", "file", "journal"))
    outline = f"<outline type='rss' text={quoteattr(bare)} xmlUrl='javascript:x'/>"
    texts = {
        ".bib": f"@article{{x, {fields}, year=2020}}\n@b{{",
        ".csv": f"Heading,<img src=x>,When\n{one_line.replace(',', '')},<b>,1843\n",
        ".txt": f"Mar 14\n\n{one_line}\n\n{one_line}\n\nAnother Title, As Usual\n\nAn abstract that is long.\n",
        ".opml": f"<opml version='2.0'><body>{outline}</body></opml>",
        ".bin": words.encode("utf-16").decode("latin-1"),
    }
    return texts[suffix].encode()
