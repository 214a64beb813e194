"""The journal kept small: by age, by size, by hand; never below 30 days, whatever the clock says."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import UsageError
from readinglist.library.compacting import Limits
from readinglist.library.library import Library
from tests.library.past import Clock, everything, import_sample, library_with_clock

Opened = tuple[Library, Clock]


@pytest.fixture
def opened(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with library_with_clock(library_folder, monkeypatch) as pair:
        import_sample(pair[0])
        yield pair


def rate_daily(library: Library, clock: Clock, days: range) -> None:
    paper_id = library.find().ids[0]
    for day in days:
        clock.day(day)
        library.rate([paper_id], 1 + day % 5)
        library.keep_in_bounds()


def test_by_age_what_is_older_goes_in_idle_time(opened: Opened) -> None:
    library, clock = opened
    library.set_journal_limits(Limits(megabytes=64, days=60))
    rate_daily(library, clock, range(100))
    days = [(clock.now - event.when).days for event in library.changes()]
    assert 60 <= max(days) <= 69
    assert library.compacted_words().startswith("Older changes were compacted on ")


def test_by_size_the_oldest_go_but_never_those_of_the_last_30_days(opened: Opened) -> None:
    library, clock = opened
    library.set_journal_limits(Limits(megabytes=1, days=730))
    paper_id = library.find().ids[0]
    for day in range(0, 84, 7):
        clock.day(day)
        library.add_note(paper_id, random.Random(day).randbytes(200_000).hex())
        library.keep_in_bounds()
    days = [(clock.now - event.when).days for event in library.changes()]
    assert days == [0, 7, 14, 21, 28]
    assert library.journal_size()[1] > 1_000_000


def test_a_journal_within_its_limits_stays_whole(opened: Opened) -> None:
    library, clock = opened
    rate_daily(library, clock, range(40))
    assert len(library.changes()) == 41
    assert library.compacted_words() == ""


@pytest.mark.parametrize("wrong", [4000, -4000])
def test_a_wrong_clock_forgets_nothing(opened: Opened, wrong: int) -> None:
    library, clock = opened
    library.set_journal_limits(Limits(megabytes=1, days=30))
    rate_daily(library, clock, range(20))
    rate_daily(library, clock, range(wrong, wrong + 1))
    rate_daily(library, clock, range(21, 28))
    assert len(library.changes()) == 29


def test_changes_made_by_a_clock_that_stood_in_the_past_have_their_days(opened: Opened) -> None:
    library, clock = opened
    library.set_journal_limits(Limits(megabytes=1, days=30))
    clock.day(-9000)
    library.star(library.find().ids[:1])
    rate_daily(library, clock, range(29))
    assert len(library.changes()) == 31


def test_undo_ends_where_the_journal_was_compacted(opened: Opened) -> None:
    library, clock = opened
    rate_daily(library, clock, range(80))
    now = everything(library)
    done = library.compact(30)
    assert done.changes == 50
    assert done.after < done.before
    steps = 0
    while library.undo() is not None:
        steps += 1
    assert steps == 31
    assert len(library.find().ids) == len(now)
    while library.redo() is not None:
        pass
    assert everything(library) == now
    assert library.compacted_words() != ""


def test_limits_that_forget_the_last_30_days_are_refused(opened: Opened) -> None:
    library, _ = opened
    for wrong in (Limits(64, 29), Limits(0, 730)):
        with pytest.raises(UsageError, match="30 days"):
            library.set_journal_limits(wrong)
    with pytest.raises(UsageError, match="30 days"):
        library.compact(29)
    library.set_journal_limits(Limits(5, 100))
    assert library.journal_limits() == Limits(5, 100)


def test_limits_beyond_all_days_are_refused(opened: Opened) -> None:
    library, _ = opened
    for wrong in (Limits(64, 36_501), Limits(10**20, 730)):
        with pytest.raises(UsageError, match="at the most"):
            library.set_journal_limits(wrong)
    for days in (3_000_000, 10**20):
        with pytest.raises(UsageError, match="No change was made"):
            library.compact(days)
    library.set_journal_limits(Limits(64, 36_500))
    assert library.keep_in_bounds() == 0
    assert library.compact(36_500).changes == 0
