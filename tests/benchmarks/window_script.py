"""The real window in a process of its own, watched: `python -m tests.benchmarks.window_script WHAT LIBRARY`.

`first` opens it and closes it as a user does, so that it remembers what it showed. `start` ends at the moment the
window is filled and painted. `keystroke` and `star` print how long each key took to the painted list, and how much
processor time that was, as JSON.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist import app

app.load_qt()  # before anything else does, as in the program

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from readinglist.library.answers import Found  # noqa: E402
from readinglist.ui.main_window import MainWindow  # noqa: E402

if TYPE_CHECKING:  # the start is measured here: what the program imports later must not be loaded before
    from readinglist.library.library import Library

PATIENCE_MS = 20_000
LOOKED_AROUND_MS = 5_000  # before the first key: searches are made ready meanwhile
TYPED = ("language model", "attention", "reasoning benchmark", "is:starred", "title:training")


def main() -> int:
    """Do what the first argument says with the library of the second."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    when_filled(DEEDS[what])
    return app.open_window(folder)


def when_filled(deed: Callable[[MainWindow], None]) -> None:
    """Let `deed` be done as soon as the window shows its library."""
    attach = MainWindow.attach

    def attach_and_watch(window: MainWindow, library: "Library") -> None:
        attach(window, library)
        desk = window.desk
        assert desk is not None

        def look(_: object) -> None:
            if desk.settled:
                desk.asking.found.disconnect(look)
                desk.asking.stands.disconnect(look)
                window.panes.list.viewport().repaint()
                deed(window)

        desk.asking.found.connect(look)
        desk.asking.stands.connect(look)

    MainWindow.attach = attach_and_watch  # type: ignore[method-assign, assignment]


def leave(_window: MainWindow) -> None:
    """End at once: what closing costs is not the start."""
    os._exit(0)


def close(window: MainWindow) -> None:
    """Close as a user does."""
    QTimer.singleShot(0, window.close)


def type_queries(window: MainWindow) -> None:
    """Type queries key by key, each time waiting for the painted answer."""
    QTimer.singleShot(0, lambda: report(window, _typing_times(window)))


def star_papers(window: MainWindow) -> None:
    """Star paper after paper with the key."""
    QTimer.singleShot(0, lambda: report(window, _starring_times(window)))


def report(window: MainWindow, times: list[tuple[float, float]]) -> None:
    """Print the times and end."""
    print(json.dumps(times), flush=True)
    window.close()


class Screen(QObject):
    """Tells whether a widget was painted since something happened."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._paints = 0
        self._paints_then: int | None = None
        widget.installEventFilter(self)

    def expect_nothing(self) -> None:
        """Begin anew: nothing has happened."""
        self._paints_then = None

    def happened(self, *_: object) -> None:
        """It happened now; what is painted from here on shows it."""
        self._paints_then = self._paints

    def shows_it(self) -> bool:
        """Whether it happened and was painted."""
        return self._paints_then is not None and self._paints > self._paints_then

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at each event and let it pass."""
        if event.type() is QEvent.Type.Paint:
            self._paints += 1
        return False


def _typing_times(window: MainWindow) -> list[tuple[float, float]]:
    from PySide6.QtTest import QTest

    assert window.desk is not None
    screen = Screen(window.panes.list.viewport())
    edit = window.panes.search_bar.box.edit

    def answered(found: Found) -> None:
        if found.query == edit.text():
            screen.happened()

    window.desk.asking.found.connect(answered)
    edit.setFocus()
    _pause(LOOKED_AROUND_MS)
    times = []
    for text in TYPED:
        for letter in text:
            screen.expect_nothing()
            times.append(_times(partial(QTest.keyClicks, edit, letter), screen))
        edit.selectAll()
    return times[len(TYPED[0]) :]


def _starring_times(window: MainWindow) -> list[tuple[float, float]]:
    from PySide6.QtTest import QTest

    assert window.desk is not None
    papers = window.panes.list
    screen = Screen(papers.viewport())
    window.desk.editing.done.connect(screen.happened)
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    papers.setFocus()
    times = []
    for _ in range(25):
        papers.step(1)
        _pause(60)  # the details of the paper, and the counts after the star before, are shown by then
        screen.expect_nothing()
        times.append(_times(partial(QTest.keyClick, papers, Qt.Key.Key_S), screen))
    return times[5:]


def _times(press: Callable[[], object], screen: Screen) -> tuple[float, float]:
    """Milliseconds from a key to what it shows, and those of processor time, which others do not disturb as much."""
    started, busy = time.perf_counter(), time.process_time()
    press()
    _wait(screen.shows_it)
    return (time.perf_counter() - started) * 1_000, (time.process_time() - busy) * 1_000


def _pause(ms: int) -> None:
    """Handle events for a while. QTest.qWait lets no thread of Python go on meanwhile."""
    over = QTimer()
    over.setSingleShot(True)
    over.start(ms)
    _wait(lambda: not over.isActive())


def _wait(until: Callable[[], bool]) -> None:
    """Handle events until something is so."""
    given_up = QTimer()
    given_up.setSingleShot(True)
    given_up.start(PATIENCE_MS)
    flags = QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    while not until():
        if not given_up.isActive():
            os._exit(3)
        QApplication.processEvents(flags)


DEEDS = {"first": close, "start": leave, "keystroke": type_queries, "star": star_papers}

if __name__ == "__main__":
    sys.exit(main())
