"""The tab of files by itself: rows, buttons, the page of a PDF document, and what stands there without files."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from readinglist.papers.paper import Attachment, Paper
from readinglist.ui import theme
from readinglist.ui.pdf_files import FileRow, pages_words, size_words
from readinglist.ui.pdf_tab import PdfTab

FIRST = Attachment("ab" * 32, "first <b>.pdf", 1_300_000)
SECOND = Attachment("cd" * 32, "figures.zip", 999)
PAPER = Paper(id=7, title="Attention", attachments=(FIRST, SECOND))
BARE = Paper(id=8, title="Memory")


@pytest.fixture
def tab(qtbot: QtBot) -> PdfTab:
    tab = PdfTab()
    qtbot.addWidget(tab)
    tab.resize(500, 600)
    return tab


def wanted_of(tab: PdfTab) -> list[tuple[Attachment, int, int]]:
    """What is asked for from now on."""
    wanted: list[tuple[Attachment, int, int]] = []
    tab.page_wanted.connect(lambda attachment, page, width: wanted.append((attachment, page, width)))
    return wanted


def picture(width: int = 400) -> QImage:
    """A page in the shape of A4."""
    image = QImage(width, round(width * 1.414), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def rows(tab: PdfTab) -> list[FileRow]:
    return [row for row in tab.findChildren(FileRow) if row.isVisible()]


def button(tab: PdfTab, words: str) -> QAbstractButton:
    """The visible button with these words."""
    return next(
        found
        for found in tab.findChildren(QAbstractButton)
        if found.isVisible() and words in (found.text(), found.accessibleName())
    )


def texts(tab: PdfTab) -> list[str]:
    return [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]


def sheet(tab: PdfTab) -> QWidget:
    """What shows the page."""
    found = area(tab).widget()
    assert found is not None
    return found


def open_tab(qtbot: QtBot, tab: PdfTab, paper: Paper = PAPER, page: int = 0) -> list[tuple[Attachment, int, int]]:
    """Show a paper's files to someone, with a page of three; gives what is asked for after that."""
    wanted = wanted_of(tab)
    tab.show_paper(paper)
    tab.show()
    qtbot.waitUntil(lambda: bool(wanted))
    qtbot.waitUntil(lambda: wanted[-1][2] == area(tab).viewport().width() * round(tab.devicePixelRatioF()))
    tab.show_picture(FIRST, page, 3, picture())
    wanted.clear()
    return wanted


def area(tab: PdfTab) -> QScrollArea:
    return tab.page_view.findChildren(QScrollArea)[0]


def test_nothing_is_made_or_asked_for_those_who_do_not_look(qtbot: QtBot, tab: PdfTab) -> None:
    wanted = wanted_of(tab)
    tab.show_paper(PAPER)
    assert not tab.findChildren(FileRow)
    tab.show()
    assert [row.accessibleName() for row in rows(tab)] == ["first <b>.pdf, 1.2 MB", "figures.zip, 999 bytes"]
    qtbot.waitUntil(lambda: bool(wanted))
    assert [(attachment, page) for attachment, page, _ in wanted] == [(FIRST, 0)]


def test_the_page_is_as_wide_as_the_pane_and_sharp_on_every_screen(qtbot: QtBot, tab: PdfTab) -> None:
    wanted = wanted_of(tab)
    tab.show_paper(PAPER)
    tab.show()
    qtbot.waitUntil(lambda: bool(wanted))
    width = wanted[-1][2]
    assert width == area(tab).viewport().width() * round(tab.devicePixelRatioF())
    tab.resize(700, 600)
    qtbot.waitUntil(lambda: wanted[-1][2] > width)
    tab.show_picture(FIRST, 0, 12, picture())
    assert sheet(tab).width() == area(tab).viewport().width()
    assert sheet(tab).height() == pytest.approx(sheet(tab).width() * 1.414, abs=3)


def test_pages_are_turned_by_buttons_and_keys(qtbot: QtBot, tab: PdfTab) -> None:
    wanted = open_tab(qtbot, tab)
    assert "Page 1 of 3" in texts(tab)
    assert "1.2 MB · 3 pages" in texts(tab)
    assert not button(tab, "Previous page").isEnabled()
    button(tab, "Next page").click()
    tab.show_picture(FIRST, 1, 3, picture())
    assert "Page 2 of 3" in texts(tab)
    qtbot.keyClick(area(tab), Qt.Key.Key_Right)
    tab.show_picture(FIRST, 2, 3, picture())
    assert not button(tab, "Next page").isEnabled()
    qtbot.keyClick(area(tab), Qt.Key.Key_Right)
    qtbot.keyClick(area(tab), Qt.Key.Key_Left)
    assert [page for _, page, _ in wanted] == [1, 2, 1]


def test_scrolling_beyond_the_end_turns_the_page_and_back_shows_its_end(qtbot: QtBot, tab: PdfTab) -> None:
    wanted = open_tab(qtbot, tab)
    bar = area(tab).verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(area(tab), Qt.Key.Key_PageDown)
    assert (bar.value() > 0, wanted) == (True, [])
    bar.setValue(bar.maximum())
    turn(tab, -120)
    assert [page for _, page, _ in wanted] == [1]
    tab.show_picture(FIRST, 1, 3, picture())
    assert bar.value() == 0
    turn(tab, 120)
    tab.show_picture(FIRST, 0, 3, picture())
    assert bar.value() == bar.maximum()
    qtbot.keyClick(area(tab), Qt.Key.Key_Space)
    assert [page for _, page, _ in wanted] == [1, 0, 1]


def turn(tab: PdfTab, angle: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Turn the wheel of the mouse over the page."""
    event = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003 - PySide takes it by its place alone
    )  # fmt: skip
    QApplication.sendEvent(area(tab).viewport(), event)


def test_coming_nearer_asks_for_a_larger_picture_and_fit_width_for_the_usual_one(qtbot: QtBot, tab: PdfTab) -> None:
    wanted = open_tab(qtbot, tab)
    usual = area(tab).viewport().width() * round(tab.devicePixelRatioF())
    button(tab, "Zoom in").click()
    assert sheet(tab).width() > area(tab).viewport().width()
    qtbot.waitUntil(lambda: bool(wanted) and wanted[-1][2] == round(usual * 1.25))
    turn(tab, 120, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: wanted[-1][2] > usual * 1.5)
    qtbot.keyClick(area(tab), Qt.Key.Key_0)
    qtbot.waitUntil(lambda: wanted[-1][2] == usual)
    for _ in range(20):
        tab.page_view.come_near(1)
    assert not button(tab, "Zoom in").isEnabled()
    qtbot.waitUntil(lambda: wanted[-1][2] == usual * 4)
    for _ in range(20):
        qtbot.keyClick(area(tab), Qt.Key.Key_Minus)
    assert not button(tab, "Zoom out").isEnabled()


def test_other_kinds_of_files_have_no_pages(qtbot: QtBot, tab: PdfTab) -> None:
    wanted = open_tab(qtbot, tab)
    rows(tab)[1].click()
    assert "This kind of file has no preview." in texts(tab)
    assert not tab.page_view.isVisible()
    tab.show_picture(FIRST, 0, 3, picture())  # it comes too late
    assert not tab.page_view.pages
    assert wanted == []
    rows(tab)[0].click()
    qtbot.waitUntil(lambda: [attachment for attachment, _, _ in wanted] == [FIRST])


def test_why_a_page_cannot_be_shown_is_said(tab: PdfTab) -> None:
    tab.show_paper(PAPER)
    tab.show()
    tab.show_trouble(SECOND, "of another file")
    tab.show_trouble(FIRST, "This PDF document is damaged.")
    assert "This PDF document is damaged." in texts(tab)
    assert "of another file" not in texts(tab)
    rows(tab)[1].click()
    rows(tab)[0].click()
    assert "This PDF document is damaged." not in texts(tab)


def test_buttons_say_what_is_to_be_done_with_the_chosen_file(tab: PdfTab) -> None:
    told: list[object] = []
    for signal in (tab.open_requested, tab.reveal_requested, tab.save_requested, tab.choose_requested):
        signal.connect(told.append)
    tab.detach_requested.connect(lambda paper, digest: told.append((paper, digest)))
    tab.show_paper(PAPER)
    tab.show()
    button(tab, "Open").click()
    rows(tab)[1].click()
    for words in ("Show in folder", "Save a copy…", "Detach", "Attach file…"):
        button(tab, words).click()
    assert told == [FIRST, SECOND, SECOND, (7, SECOND.digest), 7]


def test_an_edit_keeps_the_open_page_and_a_new_file_is_shown(qtbot: QtBot, tab: PdfTab) -> None:
    wanted = open_tab(qtbot, tab, page=2)
    tab.show_paper(replace(PAPER, starred=True))
    assert "Page 3 of 3" in texts(tab)
    assert wanted == []
    third = Attachment("ef" * 32, "third.pdf", 5)
    tab.show_paper(replace(PAPER, attachments=(FIRST, SECOND, third)))
    assert [row.isChecked() for row in rows(tab)] == [False, False, True]
    qtbot.waitUntil(lambda: [attachment for attachment, _, _ in wanted] == [third])
    tab.show_paper(replace(PAPER, attachments=(SECOND, third)))
    assert [row.isChecked() for row in rows(tab)] == [False, True]
    tab.show_paper(replace(PAPER, attachments=(SECOND,)))
    assert [row.isChecked() for row in rows(tab)] == [True]


def test_a_paper_without_files_has_a_place_to_drop_one_on(tab: PdfTab) -> None:
    asked: list[object] = []
    tab.choose_requested.connect(asked.append)
    tab.show_paper(BARE)
    tab.show()
    assert "Drop a PDF here" in texts(tab)
    button(tab, "Attach file…").click()
    assert asked == [8]
    tab.show_paper(PAPER)
    assert "Drop a PDF here" not in texts(tab)


def test_a_file_that_the_entry_names_is_shown_before_it_is_offered(tab: PdfTab) -> None:
    asked: list[tuple[int, str]] = []
    tab.named_requested.connect(lambda paper, path: asked.append((paper, path)))
    tab.show()
    tab.show_paper(replace(BARE, extra={"file": r":/home/<i>ada</i>/a\_b.pdf:PDF"}))
    assert "/home/<i>ada</i>/a_b.pdf" in texts(tab)
    assert asked == []
    button(tab, "Attach the file named in this entry…").click()
    assert asked == [(8, "/home/<i>ada</i>/a_b.pdf")]
    tab.show_paper(BARE)
    assert not any("entry names" in text for text in texts(tab))


def test_colours_follow_the_theme(qapp: QApplication, tab: PdfTab) -> None:
    tab.show_paper(PAPER)
    tab.show()
    theme.use(qapp, "dark")
    assert theme.current().selected.name() in rows(tab)[0].styleSheet()
    assert theme.current().surface.name() in rows(tab)[1].styleSheet()


def test_words_for_sizes_and_pages() -> None:
    assert (size_words(0), size_words(2048), size_words(3 << 30)) == ("0 bytes", "2.0 kB", "3.0 GB")
    assert (pages_words(1), pages_words(12)) == ("1 page", "12 pages")
