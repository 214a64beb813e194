"""Hostile words in every field: no view loads, runs or opens anything, and no module speaks to a network."""

import ast
import ctypes
import os
import select
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.ui import theme
from readinglist.ui.main_window import MainWindow
from readinglist.ui.note_card import QuietDocument
from tests.ui.conftest import OpenWindow, desk_of, settle

ROOT = Path(__file__).parents[2]
HOST = "attacker.invalid"

# Which module may speak to what: the door of the single window is a socket of this machine and this user alone.
MAY = {"ui/single_window.py": {"socket"}, "ui/single_window_door.py": {"PySide6.QtNetwork"}}
NETWORKING = {
    "socket", "socketserver", "ssl", "http", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "ftplib",
    "smtplib", "poplib", "imaplib", "telnetlib", "xmlrpc", "asyncio", "webbrowser", "multiprocessing",
    "PySide6.QtNetwork", "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets", "PySide6.QtQml", "PySide6.QtMultimedia",
}  # fmt: skip


def hostile(canary: Path) -> str:
    """Words with all that a view could be tempted by."""
    there = canary.as_uri()
    return (
        f'<img src="{there}"><img src="http://{HOST}/x.png"><script>alert(1)</script>'
        f'<a href="javascript:alert(1)">x</a>'
        f'<iframe src="{there}"></iframe><link rel="stylesheet" href="{there}"><b onmouseover="x()">b</b>'
        f"![p]({there}) ![r]({canary}) ![q](http://{HOST}/q.png) [l](file:///etc/passwd) &lt;img src=x&gt; <h1>big</h1>"
    )


class Watch:
    """Notes whether anybody opens a file (Linux's inotify): not even Qt's own code can do so unseen."""

    def __init__(self, path: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._libc.inotify_init()
        self._libc.inotify_add_watch(self._descriptor, os.fsencode(path), 0x20 | 0x1)  # IN_OPEN | IN_ACCESS

    def opened(self) -> bool:
        """Whether the file was opened since."""
        ready, _, _ = select.select([self._descriptor], [], [], 0)
        return bool(ready) and len(os.read(self._descriptor, 4096)) >= struct.calcsize("iIII")

    def close(self) -> None:
        os.close(self._descriptor)


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    path = tmp_path / "canary.png"
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(path), "PNG")  # type: ignore[call-overload]
    return path


@pytest.fixture
def watch(canary: Path) -> Iterator[Watch]:
    if sys.platform != "linux":
        pytest.skip("only Linux tells who opens a file")
    made = Watch(canary)
    canary.read_bytes()
    assert made.opened()  # or the watch itself is blind
    yield made
    made.close()


@pytest.fixture(autouse=True)
def reached(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where anything of this process tried to go: addresses that were connected to or looked up, links opened."""
    found: list[str] = []

    def connect(_self: socket.socket, address: object) -> None:
        found.append(str(address))
        raise OSError("no network in this test")

    def look_up(host: object, *_arguments: object) -> None:
        found.append(str(host))
        raise OSError("no network in this test")

    def open_url(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


@pytest.fixture
def hostile_window(library_folder: Path, canary: Path, open_window: OpenWindow) -> MainWindow:
    """A window on a library with hostile words wherever words can be."""
    words = hostile(canary)
    bare = words.replace("{", "").replace("}", "")
    with Library(library_folder) as library:
        listing = f"Mar 14\n\n{words}\n\n{words}\n\nAnother Title, As Usual\n\nAn abstract that is long enough here.\n"
        library.import_texts([InputText(f"{words[:80]}.txt", listing.encode())])
        entry = (
            f"@article{{x, title={{{bare}}}, author={{{bare}}}, journal={{{bare}}}, abstract={{{bare}}}, year=2020}}"
        )
        library.import_texts([InputText("x.bib", entry.encode())])
        library.import_texts([InputText("y.bib", entry.replace("{x,", "{y,").replace("2020", "2021").encode())])
        ids = library.find("").ids
        for paper_id in ids:
            fields = {"title": words, "venue": words, "abstract": words, "keywords": words, "authors": f"{{{bare}}}"}
            library.edit_fields(paper_id, fields)
            library.add_note(paper_id, words)
        library.tag(ids, (words[:60], "<b>bold</b>"), ())
        library.save_smart_list(words[:60], "is:starred")
        library.star(ids)
        library.index_pending()
    return open_window()


def rich_texts(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """What is shown as rich text within a widget, each as HTML."""
    for label in root.findChildren(QLabel):
        guessed = label.textFormat() is Qt.TextFormat.AutoText and "<" in label.text()  # what Qt may take for markup
        if guessed or label.textFormat() is Qt.TextFormat.RichText:
            yield label, label.text()
    for edit in root.findChildren(QTextEdit):
        yield edit, edit.document().toHtml()


def assert_harmless(root: QWidget) -> None:
    """No rich text within a widget has a picture, or a link of another's making, or a part that a text brought in."""
    for widget, html in rich_texts(root):
        document = QuietDocument()
        document.setHtml(html)
        block = document.begin()
        while block.isValid():
            fragments = block.begin()
            while not fragments.atEnd():
                shape = fragments.fragment().charFormat()
                fetched = shape.isImageFormat() and not isinstance(widget, QTextEdit)  # a note's picture is refused
                assert not fetched, f"{widget} shows a picture: {html[:200]}"
                link = shape.anchorHref()
                assert not link.startswith("javascript:") or isinstance(widget, QTextEdit), html[:200]
                fragments += 1
            block = block.next()


def every_index(model: QAbstractItemModel, above: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(min(model.rowCount(above), 30)):
        index = model.index(row, 0, above)
        yield index
        yield from every_index(model, index)


def show_every_tip(root: QWidget) -> None:
    """Let every tooltip within a widget be shown."""
    tips = {widget.toolTip() for widget in root.findChildren(QWidget)}
    for view in root.findChildren(QAbstractItemView):
        model = view.model()
        for index in every_index(model, QModelIndex()) if model is not None else ():
            tips.add(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
    for words in filter(None, tips):
        QToolTip.hideText()
        QToolTip.showText(QPoint(20, 20), words, root)
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, QLabel) and shown.metaObject().className() == "QTipLabel":
                assert shown.textFormat() is Qt.TextFormat.PlainText
    QToolTip.hideText()


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
