"""Puts the parts together: the command line, the window, and the library they work with."""

import builtins
import gc
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from readinglist.errors import ExpectedError
from readinglist.paths import write_then_rename

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from readinglist.library.answers import Progress
    from readinglist.library.library import Library
    from readinglist.ui.main_window import MainWindow
    from readinglist.ui.opening import Opening
    from readinglist.ui.settings import Settings
    from readinglist.ui.theme import Choice

PICTURE_SIZE = (1440, 900)
# Seconds that a thread in the background computes before the window may go on: Python's own 5 ms add up, as the window
# waits for its turn after each word with the database.
GIVE_WAY = 0.0005
COLLECT_AT_LATEST_MS = 10_000
ANSWER_MS = 30_000  # how long a picture waits for the window to fill


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments; gives its exit code."""
    from readinglist.cli.program import main as run_commands

    return run_commands(argv, open_window=open_window, draw_window=draw_window)


def open_window(folder: Path, files: Sequence[Path] = ()) -> int:
    """Show the library in this folder in a window, until it is closed; gives the exit code.

    Where a window shows it already, that comes to the front, and imports the files. A new one paints what it showed
    last before the library, and all that it needs, is even imported.

    Raises:
        ExpectedError: there is no display, or the system lacks a library that the window needs.
    """
    from readinglist.ui.single_window import knock

    if knock(folder, files):
        return 0
    from readinglist.desktop_check import why_no_window

    reason = why_no_window()
    if reason:
        raise ExpectedError(reason)
    gc.disable()
    load_qt()
    from PySide6.QtCore import QTimer

    from readinglist.ui.settings import THEME, Settings
    from readinglist.ui.theme import use

    settings = Settings()
    app = make_application()
    use(app, as_choice(settings.get(THEME)))
    sys.setswitchinterval(GIVE_WAY)
    window = show_window(settings, folder, files)
    window.ready.connect(collect_only_what_comes)
    QTimer.singleShot(COLLECT_AT_LATEST_MS, collect_only_what_comes)  # a library that does not open is never ready
    return app.exec()


def load_qt() -> None:
    """Load Qt without the import hook that PySide6 brings.

    For the names that `from __feature__ import` changes, which nothing here uses, the hook reads the source of every
    module that is imported from then on, and keeps it: a fifth of the start, and 36 MB (napari's issue 8584).
    """
    usual = builtins.__import__
    import PySide6.QtCore  # noqa: F401 - its hook comes with the first module of PySide6

    builtins.__import__ = usual


def show_window(
    settings: "Settings", folder: Path, files: Sequence[Path] = (), *, recover: bool = False
) -> "MainWindow":
    """A new window that opens the library in this folder once it is painted; where it is let go anew, another one.

    With `recover` the reader chooses first what is to take the library's place.
    """
    from readinglist.ui.main_window import MainWindow
    from readinglist.ui.snapshot import load

    window = MainWindow(settings, load(folder))
    report_faults(window)
    close_when_asked(window)
    window.painted.connect(lambda: open_library(window, folder, files, recover=recover))
    window.anew.connect(lambda title, work: open_anew(window, settings, folder, title, work))
    window.show()
    return window


def open_anew(
    window: "MainWindow", settings: "Settings", folder: Path, title: str, work: "Callable[[Progress], object]"
) -> None:
    """Close a window's library, do work for which nobody may have it open, and show another window in its place."""
    from readinglist.ui.anew import begin_anew

    begin_anew(window, title, work, lambda: show_window(settings, folder))


def open_library(window: "MainWindow", folder: Path, files: Sequence[Path] = (), *, recover: bool = False) -> None:
    """Open the library in a window that was painted, and import files; where that fails, say why, and end."""
    from readinglist.ui.opening import Opening

    opening = Opening(window, folder, files)
    opening.recovery_wanted.connect(lambda: recover_anew(window, opening, folder))
    opening.start(recover=recover)


def recover_anew(window: "MainWindow", opening: "Opening", folder: Path) -> None:
    """Close a window's library, and show another window, in which the reader chooses what takes its place."""
    window.remember()
    window.let_go(keep=False)
    opening.close()
    show_window(window.settings, folder, recover=True)
    window.close()


def draw_window(
    folder: Path,
    picture: Path,
    theme: str = "light",
    size: tuple[int, int] = PICTURE_SIZE,
    scale: float = 1.0,
    query: str = "",
    chosen: int = 0,
) -> None:
    """Draw the window of a library into a PNG file. Needs no display.

    Args:
        folder: the library's folder.
        picture: the file to write.
        theme: "light" or "dark".
        size: width and height of the window in its own pixels.
        scale: how many pixels of the picture make one of these.
        query: what the list shows.
        chosen: the row of the paper that is shown, from 0.

    Raises:
        ExpectedError: the picture cannot be written, or the system lacks a library that Qt needs.
    """
    from readinglist.desktop_check import explain_missing, missing_system_libraries

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    missing = missing_system_libraries("offscreen")
    if missing:
        raise ExpectedError(explain_missing(missing))
    from readinglist.ui.main_window import MainWindow
    from readinglist.ui.portrait import portray
    from readinglist.ui.settings import Settings
    from readinglist.ui.theme import use

    use(make_application(), as_choice(theme))
    with tempfile.TemporaryDirectory(prefix="readinglist-") as scratch:
        window = MainWindow(Settings(Path(scratch)))
        window.resize(*size)
        window.attach(_library(folder))
        try:
            image = portray(window, query, chosen, scale, ANSWER_MS)
        finally:
            window.let_go(keep=False)
    write_then_rename(picture, as_png(image))


def as_png(image: "QImage") -> bytes:
    """A picture as the bytes of a PNG file."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def make_application() -> "QApplication":
    """The one QApplication of this process, with the program's names."""
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from readinglist import __version__
    from readinglist.paths import resource

    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["readinglist"])
    app.setApplicationName("readinglist")
    app.setApplicationDisplayName("Reading List")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("readinglist")
    app.setWindowIcon(QIcon(str(resource("icons", "app", "readinglist.svg"))))
    return app


def as_choice(name: str) -> "Choice":
    """The theme of this name; the system's for any other."""
    from readinglist.ui.theme import CHOICES

    return next((choice for choice in CHOICES if choice == name), "system")


def report_faults(window: "MainWindow") -> None:
    """Let every exception that nobody handles be reported in the window, which goes on."""
    shown_before = sys.excepthook
    told = window.background.broke

    def tell(error: BaseException | None) -> None:
        with suppress(RuntimeError):  # the window went meanwhile
            told.emit(error)

    def report(kind: type[BaseException], error: BaseException, trace: object) -> None:
        if not issubclass(kind, Exception):
            shown_before(kind, error, trace)  # type: ignore[arg-type]
            return
        if sys.stderr is not None and not isinstance(error, ExpectedError):
            shown_before(kind, error, trace)  # type: ignore[arg-type]
        tell(error)

    sys.excepthook = report
    threading.excepthook = lambda args: tell(args.exc_value)


def collect_only_what_comes() -> None:
    """Let the garbage collector pass over all that the start made: to look at that took it 75 ms at any moment."""
    gc.freeze()
    gc.enable()


def close_when_asked(window: "MainWindow") -> None:
    """Close the window in order on Ctrl+C in the terminal, and when the system ends the session."""

    def close(_number: int, _frame: FrameType | None) -> None:
        window.close()

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number: int | None = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, close)


def _library(folder: Path) -> "Library":
    from readinglist.library.library import Library

    return Library(folder)
