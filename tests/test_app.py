"""The parts put together: what the start loads, pictures of the window, faults, an end in order."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from readinglist import app
from readinglist.errors import ExpectedError
from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.paths import resource
from readinglist.ui import theme
from readinglist.ui.main_window import MainWindow
from readinglist.ui.messages import Message
from readinglist.ui.settings import Settings
from readinglist.ui.snapshot import FILE

# What the window can do without until it has been painted.
LATE = {"sqlalchemy", "alembic", "whoosh", "numpy", "readinglist.store", "readinglist.search", "readinglist.formats"}

START = """
import os, signal, sys
from pathlib import Path
import readinglist.app as app

def painted(window, folder, files=(), recover=False):
    from PySide6.QtCore import QTimer
    for name in sorted(sys.modules):
        if name in {late} or name.split(".")[0] in {late}:
            print(name)
    print("painted")
    opened(window, folder)
    poll = QTimer(window)
    poll.timeout.connect(lambda: {end} if window.desk is not None and window.desk.settled else None)
    poll.start(20)

opened, app.open_library = app.open_library, painted
sys.exit(app.open_window(Path(sys.argv[1])))
"""
CLOSE = "window.close()"
SOURCES_READ = "sum('readinglist' in path for path in __import__('linecache').cache)"
# What a filled window can do without until someone looks at a paper's files or its past.
LATER = {
    "readinglist.formats",
    "readinglist.library.history",
    "readinglist.ui.pdf_files",
    "readinglist.ui.pdf_page_view",
}
KILL = "os.kill(os.getpid(), signal.SIGTERM)"


@pytest.fixture
def filled(library_folder: Path) -> Path:
    with Library(library_folder) as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
    return library_folder


def start(folder: Path, end: str) -> subprocess.CompletedProcess[str]:
    """Start the window in a process of its own; once it is filled, `end` it."""
    code = START.replace("{late}", repr(LATE)).replace("{end}", end)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env=environment,
    )


def test_nothing_that_the_first_paint_can_do_without_is_loaded_before_it(filled: Path) -> None:
    run = start(filled, CLOSE)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == ["painted"]
    assert (filled / FILE).exists()  # the library was opened after that, and its list kept for the next start


def test_no_source_is_read_of_what_the_window_imports(filled: Path) -> None:
    run = start(filled, f"(print({SOURCES_READ}), {CLOSE})")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == ["painted", "0"]


def test_what_nobody_looked_at_yet_is_not_loaded(filled: Path) -> None:
    run = start(filled, f"(print(*({LATER!r} & set(sys.modules))), {CLOSE})")
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines() == ["painted", ""]


def test_a_window_needs_a_display(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    from readinglist.desktop_check import why_no_window

    if not why_no_window():
        pytest.skip("this system always has a display")
    with pytest.raises(ExpectedError, match="display"):
        app.open_window(library_folder)


def test_what_the_start_made_is_not_collected_again_and_again() -> None:
    import gc

    assert gc.isenabled()
    frozen = gc.get_freeze_count()
    gc.disable()
    try:
        app.collect_only_what_comes()
        assert gc.isenabled()
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()
        gc.enable()


@pytest.mark.parametrize(("name", "scale"), [("light", 1.0), ("dark", 2.0)])
def test_a_picture_shows_the_window_filled(filled: Path, tmp_path: Path, name: str, scale: float) -> None:
    picture = tmp_path / "window.png"
    app.draw_window(filled, picture, theme=name, size=(1100, 700), scale=scale)
    image = QImage(str(picture))
    assert (image.width(), image.height()) == (1100 * scale, 700 * scale)
    colors = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    shown = theme.load(name)
    assert {shown.window.name(), shown.sidebar.name(), shown.selected.name(), shown.accent_soft.name()} <= colors
    assert not (filled / FILE).exists()  # taking a picture changes nothing


def test_a_picture_that_cannot_be_written_is_told(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="could not be written"):
        app.draw_window(filled, tmp_path / "no" / "window.png")


def test_a_library_that_cannot_be_opened_is_told_and_the_window_closes(
    qtbot: QtBot, library_folder: Path, tmp_path: Path
) -> None:
    library_folder.parent.mkdir(parents=True, exist_ok=True)
    library_folder.write_text("a file where the folder should be")
    app.make_application()
    window = MainWindow(Settings(tmp_path / "settings"))
    qtbot.addWidget(window)
    window.show()
    app.open_library(window, library_folder)
    qtbot.waitUntil(lambda: any(message.isVisible() for message in window.findChildren(Message)))
    with qtbot.waitSignal(window.closed):
        window.findChildren(Message)[0].reject()


def test_faults_are_reported_wherever_they_happen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    window = MainWindow(Settings(tmp_path))
    qtbot.addWidget(window)
    window.show()
    app.report_faults(window)

    def fail() -> None:
        raise RuntimeError("a fault of ours")

    worker = threading.Thread(target=fail)
    worker.start()
    worker.join()
    try:
        fail()
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    qtbot.waitUntil(lambda: any(message.isVisible() for message in window.findChildren(Message)))
    report = window.findChildren(Message)[0]
    assert report.details.toPlainText().count("builtins.RuntimeError") >= 1
    assert "a fault of ours" in capsys.readouterr().err
    report.reject()
    window.close()


def test_an_end_from_outside_closes_the_window_in_order(filled: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows ends programs in another way")
    run = start(filled, KILL)
    assert run.returncode == 0, run.stderr
    assert (filled / FILE).exists()


def test_the_application_has_its_name_and_picture(qapp: QApplication) -> None:
    assert app.make_application() is qapp
    assert qapp.applicationDisplayName() == "Reading List"
    assert not qapp.windowIcon().isNull()
    assert app.as_choice("dark") == "dark"
    assert app.as_choice("purple") == "system"
