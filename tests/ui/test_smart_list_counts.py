"""The numbers beside smart lists are counted when nothing else is to be done, and old ones stand until then."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from readinglist.library.library import Library
from readinglist.papers.smart_list import DEFAULTS
from readinglist.ui.background import Background
from readinglist.ui.smart_list_counts import IDLE_MS, SmartListCounts

QUERIES = [each.query for each in DEFAULTS]


class Desk:
    """Whether the window is idle, as a test wants."""

    idle = True


@pytest.fixture
def library(sample_folder: Path) -> Iterator[Library]:
    with Library(sample_folder) as opened:
        yield opened


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def counter(library: Library, desk: Desk) -> Iterator[SmartListCounts]:
    background = Background()
    yield SmartListCounts(library, background, lambda: desk.idle, {QUERIES[0]: 7})
    background.close()


def numbers(counter: SmartListCounts, library: Library) -> list[int | None]:
    return [each.papers for each in counter.filled(library.counts()).smart_lists]


def test_old_numbers_stand_until_the_new_ones_are_known(
    qtbot: QtBot, counter: SmartListCounts, library: Library
) -> None:
    assert numbers(counter, library) == [7, None, None, None, None]
    counter.count(library.counts())
    assert numbers(counter, library) == [7, None, None, None, None]
    qtbot.waitUntil(lambda: counter.done)
    assert numbers(counter, library) == [library.count_found(query, typing=True) for query in QUERIES]


def test_nothing_is_counted_while_the_reader_waits_for_something(
    qtbot: QtBot, counter: SmartListCounts, library: Library, desk: Desk
) -> None:
    desk.idle = False
    counter.count(library.counts())
    qtbot.wait(2 * IDLE_MS + 50)
    assert numbers(counter, library) == [7, None, None, None, None]
    desk.idle = True
    qtbot.waitUntil(lambda: counter.done)
    assert None not in numbers(counter, library)


def test_a_change_in_between_is_counted_from_the_start(
    qtbot: QtBot, counter: SmartListCounts, library: Library
) -> None:
    counter.count(library.counts())
    with qtbot.waitSignal(counter.counted):
        pass
    library.star(library.find("").ids)
    counter.count(library.counts())
    qtbot.waitUntil(lambda: counter.done)
    assert numbers(counter, library) == [library.count_found(query, typing=True) for query in QUERIES]
    assert (numbers(counter, library)[3] or 0) > 20


def test_it_tells_only_what_changed(qtbot: QtBot, counter: SmartListCounts, library: Library) -> None:
    counter.count(library.counts())
    qtbot.waitUntil(lambda: counter.done)
    told: list[bool] = []
    counter.counted.connect(lambda: told.append(True))
    counter.count(library.counts())
    qtbot.waitUntil(lambda: counter.done)
    assert told == []


def test_closed_it_counts_no_more(qtbot: QtBot, counter: SmartListCounts, library: Library) -> None:
    counter.count(library.counts())
    counter.close()
    qtbot.wait(IDLE_MS + 50)
    assert numbers(counter, library) == [7, None, None, None, None]
