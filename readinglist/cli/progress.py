"""Long work on the command line: a progress bar on a terminal, none in a pipe, and Ctrl+C that takes back cleanly."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import click

from readinglist.errors import CancelledError
from readinglist.library.answers import Progress


@contextmanager
def progress(label: str, stopped: str) -> Iterator[Progress]:
    """A function to tell how far the work is.

    After Ctrl+C that function raises `CancelledError`, with `stopped` as its message, at a moment when the work can
    take back what it did. A second Ctrl+C does not wait for that.
    """
    with ExitStack() as ending:
        interrupted = ending.enter_context(_interrupts())
        bar = _Bar(label, ending) if sys.stderr.isatty() else None

        def tell(done: int, total: int) -> None:
            if interrupted.is_set():
                raise CancelledError(stopped)
            if bar is not None and total:
                bar.show(done, total)

        yield tell


class _Bar:
    """A progress bar on standard error that appears with the first piece of work."""

    def __init__(self, label: str, ending: ExitStack) -> None:
        self._bar = click.progressbar(length=1, label=label, file=sys.stderr, show_eta=False)
        self._ending = ending
        self._shown = False

    def show(self, done: int, total: int) -> None:
        if not self._shown:
            self._ending.enter_context(self._bar)
            self._shown = True
        # Set, not advanced: with several files the work starts again from 0, with another total.
        self._bar.length, self._bar.pos, self._bar.finished = max(total, 1), done, done >= total
        self._bar.render_progress()


@contextmanager
def _interrupts() -> Iterator[threading.Event]:
    """An event that the first Ctrl+C sets; the next one interrupts as ever."""
    asked = threading.Event()

    def note(_signal: int, _frame: FrameType | None) -> None:
        asked.set()
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
