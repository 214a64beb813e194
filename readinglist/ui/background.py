"""The only way to run work off the GUI thread: questions whose newest answer counts, and long work with progress.

Answers, progress and failures arrive in the GUI thread. A failure always has a handler: what a user can mend is told
by the caller or by `failed`, and everything else is a fault of the program and goes to `broke`.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from readinglist.errors import CancelledError, ExpectedError

Answer = TypeVar("Answer")
Progress = Callable[[int, int], None]

TELL_EVERY = 0.05  # seconds between two words on progress: more often is not seen
CLOSING = 10.0  # seconds that closing waits for work to stop


@dataclass(frozen=True, slots=True)
class Question(Generic[Answer]):
    """One piece of work on a channel, its number there, and what follows."""

    channel: str
    number: int
    work: Callable[[], Answer]
    then: Callable[[Answer], None]
    failed: Callable[[ExpectedError], None] | None


class Work(QObject):
    """A long piece of work that runs in a thread of its own."""

    progressed = Signal(int, int)
    """How much is done of how much; of 0 where that is not known."""
    ended = Signal()
    """It is over, well or not; nothing more comes."""

    def __init__(self, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self.title = title
        self._cancelled = threading.Event()
        self._told = 0.0

    def cancel(self) -> None:
        """Ask the work to stop; it does so where it next tells its progress."""
        self._cancelled.set()

    def tell(self, done: int, total: int) -> None:
        """Called by the work, in its thread.

        Raises:
            CancelledError: the user does not want it any more.
        """
        if self._cancelled.is_set():
            raise CancelledError(f"{self.title} was cancelled. Nothing was changed.")
        now = monotonic()
        if done >= total or now - self._told >= TELL_EVERY:
            self._told = now
            self.progressed.emit(done, total)


class _Channel:
    """A thread that answers the newest question and lets older ones fall."""

    def __init__(self, name: str, answered: Callable[[Question[Any], Any, BaseException | None], None]) -> None:
        self.asked = 0
        self._answered = answered
        self._waiting: Question[Any] | None = None
        self._closing = False
        self._busy = False
        self._condition = threading.Condition()
        self.thread = threading.Thread(target=self._answer_all, name=f"readinglist {name}", daemon=True)
        self.thread.start()

    def ask(self, question: Question[Any]) -> None:
        with self._condition:
            self._waiting = question
            self._condition.notify()

    def close(self) -> None:
        with self._condition:
            self._waiting = None
            self._closing = True
            self._condition.notify()

    def _next(self) -> Question[Any] | None:
        with self._condition:
            while self._waiting is None and not self._closing:
                self._condition.wait()
            question, self._waiting = self._waiting, None
            return question

    def _answer_all(self) -> None:
        while (question := self._next()) is not None:
            answer, fault = None, None
            try:
                answer = question.work()
            except BaseException as error:  # noqa: BLE001 - handed to the GUI thread, which tells or reports it
                fault = error
            if self._closing:
                return  # nobody listens any more
            self._answered(question, answer, fault)


class Background(QObject):
    """Runs work for one window. Close it before the library that its work uses."""

    failed = Signal(object)
    """An `ExpectedError` that no caller handled: tell the user."""
    broke = Signal(object)
    """An exception that nobody expected: a fault of the program, to be reported."""
    _answered = Signal(object, object, object)
    _finished = Signal(object, object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._channels: dict[str, _Channel] = {}
        self._works: dict[Work, threading.Thread] = {}
        self._closed = False
        self._answered.connect(self._take_answer, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._take_end, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        channel: str,
        work: Callable[[], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[ExpectedError], None] | None = None,
    ) -> int:
        """Ask a question, and give its number; `then` gets the answer unless a newer one is asked on the channel."""
        if self._closed:
            return 0
        if channel not in self._channels:
            self._channels[channel] = _Channel(channel, self._answered.emit)
        asked = self._channels[channel]
        asked.asked += 1
        asked.ask(Question(channel, asked.asked, work, then, failed))
        return asked.asked

    def drop(self, channel: str) -> None:
        """Let the answer to the newest question of a channel fall too."""
        if channel in self._channels:
            self._channels[channel].asked += 1

    def run(
        self,
        title: str,
        work: Callable[[Progress], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[ExpectedError], None] | None = None,
    ) -> Work:
        """Start a long piece of work. It is given a function to tell its progress with, which also stops it.

        Args:
            title: what the work is called, as in "Importing 003.txt".
            work: what to do.
            then: gets what the work gives.
            failed: gets what went wrong in a way that the user can mend, `CancelledError` among it.
        """
        running = Work(title, self)
        thread = threading.Thread(
            target=self._carry_out, args=(running, work, then, failed), name=f"readinglist {title}", daemon=True
        )
        self._works[running] = thread
        thread.start()
        return running

    @property
    def works(self) -> tuple[Work, ...]:
        """The long pieces of work that run now."""
        return tuple(self._works)

    def close(self) -> bool:
        """Drop all questions, cancel all work, wait until it has stopped. False where some did not in time."""
        self._closed = True
        for running in self._works:
            running.cancel()
        for channel in self._channels.values():
            channel.close()
        threads = [channel.thread for channel in self._channels.values()] + list(self._works.values())
        until = monotonic() + CLOSING
        for thread in threads:
            thread.join(max(0.0, until - monotonic()))
        return not any(thread.is_alive() for thread in threads)

    def _carry_out(
        self,
        running: Work,
        work: Callable[[Progress], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[ExpectedError], None] | None,
    ) -> None:
        try:
            answer = work(running.tell)
        except BaseException as error:  # noqa: BLE001 - handed to the GUI thread, which tells or reports it
            self._finished.emit(running, failed, None, error)
        else:
            self._finished.emit(running, then, answer, None)

    def _take_answer(self, question: Question[Any], answer: object, error: BaseException | None) -> None:
        if self._closed or self._channels[question.channel].asked != question.number:
            return
        if error is None:
            question.then(answer)
        else:
            self._handle(error, question.failed)

    def _take_end(
        self, running: Work, follow: Callable[[Any], None] | None, answer: object, error: BaseException | None
    ) -> None:
        self._works.pop(running).join()  # it has done its last: this only lets it go
        running.ended.emit()
        running.deleteLater()
        if self._closed:
            return
        if error is not None:
            self._handle(error, follow)
        elif follow is not None:
            follow(answer)

    def _handle(self, error: BaseException, failed: Callable[[ExpectedError], None] | None) -> None:
        if not isinstance(error, ExpectedError):
            self.broke.emit(error)
        elif failed is not None:
            failed(error)
        else:
            self.failed.emit(error)
