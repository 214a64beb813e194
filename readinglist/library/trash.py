"""Trash: papers stay there for 30 days, then go for good, or by hand; and how they go.

The days are over where the clock says so, and the library too, which counts them itself (`days_lived`) from when it
first saw a paper in its trash while it was looked after. So a clock that goes years ahead or back empties nothing, and
a paper that comes back into the trash by undo has all its days again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from readinglist.library.answers import Progress
from readinglist.library.days import TRASH_DAYS
from readinglist.papers.change import Forgotten, PapersRemoved, Step
from readinglist.papers.edits import count_papers
from readinglist.papers.memory import DifferentPair, Memory, Merge
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore

_KEY = "trash_seen"
_BATCH = 250  # papers in one transaction: an edit made meanwhile waits for one of them at the most


@dataclass(frozen=True, slots=True)
class Emptied:
    """What was deleted for good: how many papers, and what Undo calls it."""

    papers: int
    label: str = ""


def due(store: PaperStore, day: int, now: datetime) -> list[int]:
    """Note which papers are in the trash on a day that the library lived; gives those that were there for 30 days."""
    until = (now - timedelta(days=TRASH_DAYS)).isoformat()
    before: dict[str, list[Any]] = json.loads(store.setting(_KEY) or "{}")
    seen: dict[str, list[Any]] = {}
    for paper in store.papers(store.ids(trashed=True)):
        moved = paper.trashed.isoformat() if paper.trashed is not None else ""  # in UTC, so that texts sort as times
        first, last_moved = before.get(str(paper.id), [day, moved])
        seen[str(paper.id)] = [first if last_moved == moved else day, moved]
    if seen != before:
        store.set_setting(_KEY, json.dumps(seen))
    return [int(paper_id) for paper_id, (first, moved) in seen.items() if day - first >= TRASH_DAYS and moved <= until]


def delete_for_good(store: PaperStore, ids: Sequence[int], now: datetime, progress: Progress) -> Emptied:
    """Delete papers of the trash with all that belonged to them, as one change; those outside it stay.

    Raises:
        CancelledError: `progress` raised it; nothing was deleted.
        ExpectedError: an import is under way, or the library is read only.
    """
    here = set(store.ids(trashed=True))
    gone = [paper_id for paper_id in dict.fromkeys(ids) if paper_id in here]
    if not gone:
        return Emptied(0)
    memories = [*store.memories("merge"), *store.memories("different")]
    work = store.start_import("Delete for good", now)
    try:
        done, rest = 0, iter(gone)
        while batch := list(islice(rest, _BATCH)):
            papers = store.papers(batch)
            work.add(_steps(papers, memories))
            done += len(papers)
            progress(done, len(gone))
        label = f"Delete {count_papers(done)} for good"
        work.finish(label)
    except BaseException:
        work.roll_back()
        raise
    return Emptied(done, label)


def _steps(papers: Sequence[Paper], memories: Sequence[Memory]) -> list[Step]:
    ids = {paper.id for paper in papers}
    return [*(Forgotten(memory) for memory in memories if _speaks_of(memory, ids)), PapersRemoved(tuple(papers))]


def _speaks_of(memory: Memory, ids: set[int]) -> bool:
    """Whether a memory is of these papers; that of two papers goes with the one of them that has the smaller id."""
    match memory:
        case Merge(kept=kept):
            return kept.id in ids
        case DifferentPair(one=one):
            return one in ids
        case _:
            return False
