"""Compact: the journal is kept small, by age and by size; what is younger than 30 days always stays.

A change is old where the clock says so, and the library too: by marks that it sets while it is looked after, each a day
by its own count (`days_lived`) and the newest change on it. So a clock that goes years ahead makes no change old.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from readinglist.errors import UsageError
from readinglist.library.days import day_words
from readinglist.store.paper_store import PaperStore

LEAST_DAYS, MOST_DAYS = 30, 36_500  # a hundred years are for ever
MOST_MEGABYTES = 1_000_000
_LIMITS, _MARKS, _COMPACTED = "journal_limits", "journal_marks", "journal_compacted"
_MEGABYTE = 1_000_000
_MARK_EVERY = 7


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of the journal is kept: its size in megabytes (1,000,000 bytes), and days."""

    megabytes: int = 64
    days: int = 730


@dataclass(frozen=True, slots=True)
class Compacted:
    """How many changes were forgotten, and how many bytes the journal took before and takes now."""

    changes: int
    before: int
    after: int


def limits(store: PaperStore) -> Limits:
    """The limits of a library."""
    kept = store.setting(_LIMITS).split()
    return Limits(*map(int, kept)) if len(kept) == 2 else Limits()


def set_limits(store: PaperStore, wanted: Limits) -> None:
    """Keep other limits from now on.

    Raises:
        UsageError: they would forget what is younger than 30 days, or are larger than any library needs.
    """
    if wanted.days < LEAST_DAYS or wanted.megabytes < 1:
        raise UsageError(f"Changes are kept for {LEAST_DAYS} days and one megabyte at least.")
    if wanted.days > MOST_DAYS or wanted.megabytes > MOST_MEGABYTES:
        raise UsageError(f"Changes are kept for {MOST_DAYS:,} days and {MOST_MEGABYTES:,} megabytes at the most.")
    store.set_setting(_LIMITS, f"{wanted.megabytes} {wanted.days}")


def keep_small(store: PaperStore, day: int, now: datetime) -> int:
    """Forget what lies beyond the limits, on a day that the library lived; gives how many changes that were."""
    allowed = limits(store)
    marks = _marked(store, day)
    safe, old = (
        min(_newest(marks, day - days), store.newest_change(before=now - timedelta(days=days)))
        for days in (LEAST_DAYS, allowed.days)
    )
    last = min(safe, max(old, store.change_beyond(allowed.megabytes * _MEGABYTE)))
    gone = store.compact_journal(last) if last else 0
    _note(store, gone, now)
    return gone


def compact(store: PaperStore, days: int, now: datetime) -> Compacted:
    """Forget all changes made more than some days ago, by hand; the file of the library becomes smaller too.

    Raises:
        UsageError: these are fewer than 30 days, or more than a hundred years.
    """
    if days < LEAST_DAYS:
        raise UsageError(f"Changes of the last {LEAST_DAYS} days are always kept.")
    if days > MOST_DAYS:
        raise UsageError(f"No change was made more than {MOST_DAYS:,} days ago.")
    _, before = store.journal_size()
    gone = store.compact_journal(store.newest_change(before=now - timedelta(days=days)))
    _note(store, gone, now)
    if gone:
        store.shrink()
    return Compacted(gone, before, store.journal_size()[1])


def compacted_words(store: PaperStore) -> str:
    """When changes were forgotten last, in words; "" where none ever were."""
    kept = store.setting(_COMPACTED)
    return f"Older changes were compacted on {day_words(date.fromisoformat(kept))}." if kept else ""


def _note(store: PaperStore, gone: int, now: datetime) -> None:
    if gone:
        store.set_setting(_COMPACTED, now.astimezone().date().isoformat())


def _marked(store: PaperStore, day: int) -> list[tuple[int, int]]:
    """The marks, each a day and the number of the newest change on it, with a new one where the last is a week old."""
    marks = [(known, number) for known, number in json.loads(store.setting(_MARKS) or "[]")]
    if not marks or day - marks[-1][0] >= _MARK_EVERY:
        marks.append((day, store.newest_change()))
        store.set_setting(_MARKS, json.dumps(marks))
    return marks


def _newest(marks: list[tuple[int, int]], until: int) -> int:
    return max((number for day, number in marks if day <= until), default=0)
