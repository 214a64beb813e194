"""What tests of the window share: the theme in use, and the sample listing in a library of its own, in a window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.paths import resource
from readinglist.ui import theme
from readinglist.ui.desk import Desk
from readinglist.ui.main_window import MainWindow
from readinglist.ui.settings import Settings
from readinglist.ui.snapshot import load

OpenWindow = Callable[[], MainWindow]


@pytest.fixture(autouse=True)
def light(qapp: QApplication) -> QApplication:
    """Every test begins in the light theme."""
    theme.use(qapp, "light")
    return qapp


@pytest.fixture(scope="session", autouse=True)
def clipboard_emptied_at_the_end(qapp: QApplication) -> Iterator[None]:
    """Without a screen Qt holds what was copied until Python is gone, of which it is made: the run would end badly."""
    yield
    qapp.clipboard().clear()


@pytest.fixture
def sample_folder(library_folder: Path) -> Path:
    """The folder of a library with the sample listing in it."""
    with Library(library_folder) as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
    return library_folder


@pytest.fixture
def open_window(qtbot: QtBot, library_folder: Path, tmp_path: Path) -> Iterator[OpenWindow]:
    """Opens windows on the library, one after the other, as often as a test wants."""
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(Settings(tmp_path / "settings"), load(library_folder))
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1100, 700)
        window.attach(Library(library_folder))
        window.show()
        settle(qtbot, window)
        return window

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def window(sample_folder: Path, open_window: OpenWindow) -> MainWindow:
    """A window on a library with the sample listing."""
    assert sample_folder.is_dir()
    return open_window()


def desk_of(window: MainWindow) -> Desk:
    """The desk of a window that has a library."""
    assert window.desk is not None
    return window.desk


def settle(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until the window shows what it was asked for last, and nothing runs any more."""
    qtbot.waitUntil(lambda: desk_of(window).settled and not window.background.works, timeout=20_000)
