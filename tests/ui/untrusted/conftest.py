"""What tests of untrusted text share: what is watched, and a window on a library full of hostile words."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage

from readinglist.library.library import Library
from readinglist.ui.main_window import MainWindow
from tests.ui.conftest import OpenWindow
from tests.ui.untrusted.hostile import Server, Watch, fill, hostile


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


@pytest.fixture(autouse=True)
def server() -> Iterator[Server]:
    """A server of this machine; whatever connects to it fails the test."""
    made = Server()
    yield made
    was_reached = made.was_reached()
    made.close()
    assert not was_reached, "something connected to a server that a text names"


@pytest.fixture
def words(canary: Path, server: Server) -> str:
    """Hostile words that name the canary and the server."""
    return hostile(canary, server.port)


@pytest.fixture
def hostile_window(library_folder: Path, canary: Path, words: str, open_window: OpenWindow) -> MainWindow:
    """A window on a library with hostile words wherever words can be."""
    with Library(library_folder) as library:
        fill(library, words, canary)
    return open_window()
