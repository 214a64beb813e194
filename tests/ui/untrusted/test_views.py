"""Hostile words in every field: no view loads, runs or opens anything, and no module speaks to a network."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from readinglist.ui import theme
from readinglist.ui.main_window import MainWindow
from tests.ui.conftest import desk_of, settle
from tests.ui.untrusted.hostile import Watch, assert_harmless, hostile, show_every_tip

ROOT = Path(__file__).parents[3]

# Which module may speak to what: the door of the single window is a socket of this machine and this user alone.
MAY = {"ui/single_window.py": {"socket"}, "ui/single_window_door.py": {"PySide6.QtNetwork"}}
NETWORKING = {
    "socket", "socketserver", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib",
    "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc", "asyncio", "webbrowser", "multiprocessing",
    "PySide6.QtNetwork", "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets", "PySide6.QtQml", "PySide6.QtMultimedia",
}  # fmt: skip


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_no_view_of_hostile_papers_fetches_or_opens_anything(
    qtbot: QtBot, hostile_window: MainWindow, watch: Watch, reached: list[str]
) -> None:
    window, desk = hostile_window, desk_of(hostile_window)
    watch.opened()
    window.panes.list.step(1)
    settle(qtbot, window)
    for tab in range(desk.details.tabs.count()):
        desk.details.tabs.setCurrentIndex(tab)
        settle(qtbot, window)
        window.grab()
        assert_harmless(window)
    for action in (
        "tag", "edit-details", "note", "find-duplicates", "commands", "cite", "export", "changes", "backups", "keys",
        "search-help", "about", "save-smart-list", "feeds", "kept-exports", "citation-keys",
    ):  # fmt: skip
        if action in window.handlers:
            window.actions_.trigger(action)
            settle(qtbot, window)
            window.grab()
            assert not watch.opened(), f"{action} read the file"
    desk.show_query("<img src=x> <b>nothing</b>")
    settle(qtbot, window)
    for shown in QApplication.topLevelWidgets():
        if shown.isVisible():
            shown.grab()
            assert_harmless(shown)
            assert not watch.opened(), f"{shown} read the file"
            show_every_tip(shown)
            assert not watch.opened(), f"a tooltip of {shown} read the file"
    assert reached == []
    for dialog in QApplication.topLevelWidgets():
        if dialog is not window and dialog.isVisible():
            dialog.close()


def test_what_is_copied_and_exported_is_text(hostile_window: MainWindow, qtbot: QtBot, watch: Watch) -> None:
    window = hostile_window
    window.panes.list.selectAll()
    watch.opened()
    window.actions_.trigger("copy-citation")

    def copied() -> str:
        # Qt gives null where nothing was copied, which its types do not say.
        held: QMimeData | None = QGuiApplication.clipboard().mimeData()
        return held.html().lower() if held is not None else ""

    qtbot.waitUntil(lambda: bool(copied()))
    html = copied()
    for mark in ("<img", "<script", "<iframe", "<link", "<h1", 'javascript:alert(1)"', 'href="javascript'):
        assert mark not in html
    data = window.panes.list.papers.mime_data_of(window.panes.list.papers.ids)
    assert not data.hasHtml() or "<img" not in data.html().lower()
    assert not watch.opened()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_tooltip_shows_markup_as_it_stands(qapp: QApplication, canary: Path, watch: Watch, qtbot: QtBot) -> None:
    theme.use(qapp, "light")
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    watch.opened()
    QToolTip.showText(QPoint(10, 10), hostile(canary), widget)
    tips = [each for each in QApplication.topLevelWidgets() if each.metaObject().className() == "QTipLabel"]
    assert [tip.textFormat() for tip in tips if isinstance(tip, QLabel)] == [Qt.TextFormat.PlainText]
    QToolTip.hideText()
    assert not watch.opened()


def test_the_watch_sees_what_a_careless_view_does(qtbot: QtBot, canary: Path, watch: Watch) -> None:
    watch.opened()
    label = QLabel(hostile(canary))
    qtbot.addWidget(label)
    label.grab()
    assert watch.opened()


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_no_module_speaks_to_a_network() -> None:
    package = ROOT / "readinglist"
    for path in package.rglob("*.py"):
        allowed = MAY.get(path.relative_to(package).as_posix(), set())
        names = {
            name for name in imports_of(path) for each in NETWORKING if name == each or name.startswith(f"{each}.")
        }
        speaking = {name for name in names if not any(name == each or name.startswith(f"{each}.") for each in allowed)}
        assert not speaking, f"{path} imports {speaking}"
