"""Work off the GUI thread: newest answer only, progress, cancelling, failures, an orderly end."""

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from readinglist.errors import CancelledError, ExpectedError
from readinglist.ui.background import Background, Progress


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    assert made.close()
    assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("readinglist")]


def test_work_is_done_elsewhere_and_answered_here(qtbot: QtBot, background: Background) -> None:
    threads: list[threading.Thread] = []
    background.ask("c", threading.current_thread, lambda worker: threads.extend([worker, threading.current_thread()]))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_only_the_newest_answer_counts(qtbot: QtBot, background: Background) -> None:
    answers: list[int] = []
    done: list[int] = []
    hold = threading.Event()

    def work(number: int) -> int:
        hold.wait(5)
        done.append(number)
        return number

    for number in range(10):
        background.ask("c", lambda number=number: work(number), answers.append)  # type: ignore[misc]
    hold.set()
    qtbot.waitUntil(lambda: answers == [9])
    # Of those that waited while one was worked at, only the newest was begun.
    assert len(done) <= 3


def test_channels_do_not_push_each_other_out(qtbot: QtBot, background: Background) -> None:
    answers: list[str] = []
    for channel in ("a", "b", "c"):
        background.ask(channel, lambda channel=channel: channel, answers.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: sorted(answers) == ["a", "b", "c"])


def test_a_dropped_question_is_not_answered(qtbot: QtBot, background: Background) -> None:
    answers: list[int] = []
    hold = threading.Event()
    background.ask("c", lambda: hold.wait(5) and 1, answers.append)
    background.drop("c")
    hold.set()
    background.ask("d", lambda: 2, answers.append)
    qtbot.waitUntil(lambda: 2 in answers)
    assert answers == [2]


def test_long_work_tells_its_progress_and_its_end(qtbot: QtBot, background: Background) -> None:
    told: list[tuple[int, int]] = []
    ended: list[str] = []

    watched = threading.Event()

    def work(progress: Progress) -> str:
        watched.wait(5)
        for done in range(1, 1001):
            progress(done, 1000)
        return "all"

    running = background.run("Counting", work, ended.append)
    running.progressed.connect(lambda done, total: told.append((done, total)))
    watched.set()
    assert list(background.works) == [running]
    qtbot.waitUntil(lambda: ended == ["all"])
    assert told[-1] == (1000, 1000)
    assert len(told) < 100  # not more often than one can see
    assert list(background.works) == []


def test_work_stops_when_it_is_cancelled(qtbot: QtBot, background: Background) -> None:
    failed: list[ExpectedError] = []
    started = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            progress(0, 0)
            started.set()

    running = background.run("Counting for ever", work, lambda _: None, failed.append)
    started.wait(5)
    with qtbot.waitSignal(running.ended):
        running.cancel()
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], CancelledError)
    assert "Counting for ever" in str(failed[0])


def test_what_a_user_can_mend_goes_to_who_asked(qtbot: QtBot, background: Background) -> None:
    failed: list[ExpectedError] = []

    def work() -> None:
        raise ExpectedError("The disk is full.")

    background.ask("c", work, lambda _: None, failed.append)
    qtbot.waitUntil(lambda: [str(error) for error in failed] == ["The disk is full."])


def test_a_failure_that_nobody_asked_for_is_told_all_the_same(qtbot: QtBot, background: Background) -> None:
    def work() -> None:
        raise ExpectedError("The disk is full.")

    with qtbot.waitSignal(background.failed) as told:
        background.ask("c", work, lambda _: None)
    assert str(told.args[0]) == "The disk is full."
    with qtbot.waitSignal(background.failed):
        background.run("Work", lambda _: work(), lambda _: None)


def test_a_fault_is_reported_even_where_failures_are_handled(qtbot: QtBot, background: Background) -> None:
    failed: list[ExpectedError] = []
    with qtbot.waitSignal(background.broke) as told:
        background.ask("c", lambda: 1 // 0, lambda _: None, failed.append)
    assert isinstance(told.args[0], ZeroDivisionError)
    with qtbot.waitSignal(background.broke):
        background.run("Work", lambda _: 1 // 0, lambda _: None, failed.append)
    assert failed == []
    answers: list[int] = []
    background.ask("c", lambda: 3, answers.append)
    qtbot.waitUntil(lambda: answers == [3])


def test_closing_stops_work_and_answers_nothing_more(qtbot: QtBot) -> None:
    background = Background()
    answers: list[object] = []
    started = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            started.set()
            progress(0, 0)

    background.run("Work", work, answers.append, answers.append)
    background.ask("c", lambda: 1, answers.append)
    started.wait(5)
    assert background.close()
    assert background.ask("c", lambda: 2, answers.append) == 0
    qtbot.wait(50)
    assert answers == []
