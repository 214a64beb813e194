"""Merge: papers of the library found to be one, made one, told apart, and taken apart again. Part of `Library`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, islice
from typing import Any

from readinglist.errors import UsageError
from readinglist.library import taking_apart
from readinglist.library.answers import News, Progress, no_progress
from readinglist.library.base import LibraryBase, now
from readinglist.library.duplicates import Duplicates, Found, find_duplicates, told_apart
from readinglist.papers.change import Change, FieldChanged, Forgotten, PapersRemoved, Remembered, SightingsAdded, Step
from readinglist.papers.edits import count_papers
from readinglist.papers.memory import Merge
from readinglist.papers.merging import merged
from readinglist.papers.paper import Paper, Sighting, Source

_BATCH = 100  # groups in one transaction: an edit made meanwhile waits for one of them at the most


class Merging(LibraryBase):
    """The verbs for papers that are one. Each edit is applied at once, is one undo step, and gives its change."""

    def find_duplicates(self, progress: Progress = no_progress, found: Found | None = None) -> list[Duplicates]:
        """All duplicates outside the trash, sure ones first; `found` is given each as soon as it is found.

        Raises:
            CancelledError: `progress` raised it.
        """
        return find_duplicates(self._store, progress, found)

    def merge(self, ids: Sequence[int], choices: Mapping[str, int] | None = None) -> Change:
        """Make papers one: the first of them is kept, with all that was of the others.

        Args:
            ids: the papers, at least two.
            choices: for fields of `papers.merging.CHOSEN_FIELDS`, the id of the paper whose value is wanted.

        Raises:
            UsageError: these are not two papers of the library.
        """
        papers = self._papers(ids)
        change = merged(papers[0], papers[1:], now(), choices)
        forgotten = map(Forgotten, taking_apart.pairs_apart(self._store, papers))
        return self._record(Change(change.label, (*change.steps, *forgotten)))

    def merge_all(self, groups: Sequence[Duplicates], progress: Progress = no_progress) -> int:
        """Merge the papers of many groups as one undo step; gives how many groups there were still to merge.

        Raises:
            CancelledError: `progress` raised it; all was taken back.
            ExpectedError: an import is under way.
        """
        moment = now()
        work = self._store.start_import("Merge", moment)
        done: list[int] = []
        try:
            for batch in _batches(_disjoint(groups)):
                papers = [found for group in batch if len(found := self._store.papers(group.ids)) > 1]
                work.add(_joined_steps(merged(each[0], each[1:], moment) for each in papers))
                done += map(len, papers)
                progress(len(done), max(len(done), len(groups)))
            work.finish(f"Merge {count_papers(sum(done))} into {len(done):,}")
        except BaseException:
            work.roll_back()
            raise
        finally:
            self._tell(News(everything=True))
        return len(done)

    def tell_apart(self, ids: Sequence[int]) -> Change:
        """Remember that these papers are not one: they are not offered as duplicates any more.

        Raises:
            UsageError: these are not two papers of the library.
        """
        papers = self._papers(ids)
        known = taking_apart.pairs_apart(self._store, papers)
        new = [pair for pair in taking_apart.pairs(papers) if pair not in known]
        return self._record(Change(f"Keep {count_papers(len(papers))} apart", tuple(map(Remembered, new))))

    def merges(self, paper_id: int) -> list[Merge]:
        """The merges that made a paper what it is, the newest first."""
        return taking_apart.merges_of(self._store, paper_id)

    def take_apart(self, paper_id: int, merge_id: str = "") -> Change:
        """Bring back the paper that a merge took in; of several merges the newest, where none is named.

        The two are told apart from then on.

        Raises:
            UsageError: the paper was not merged so.
        """
        merge = next((each for each in self.merges(paper_id) if merge_id in {"", each.id}), None)
        change, left = taking_apart.apart(self._store, [merge] if merge else [])
        if merge is None or left:
            raise UsageError("No other paper was merged into this one, so there is nothing to take apart.")
        return self._record(change)

    def still_duplicates(self, groups: Sequence[Duplicates]) -> list[Duplicates]:
        """What is left of groups found before: papers that are still there, and were not told apart meanwhile."""
        here, apart = set(self._store.ids()), told_apart(self._store)
        left = (replace(group, ids=tuple(each for each in group.ids if each in here)) for group in groups)
        return [group for group in left if len(group.ids) > 1 and apart.isdisjoint(combinations(sorted(group.ids), 2))]

    def sources_of(self, papers: Iterable[Paper]) -> dict[int, Source]:
        """The files and texts that fields of these papers come from, by id and without their texts."""
        ids = {origin for paper in papers for origin in paper.origins.values()}
        return {source.id: source for source in self._store.sources(sorted(ids))}

    def _papers(self, ids: Sequence[int]) -> list[Paper]:
        papers = self._store.papers(list(dict.fromkeys(ids)))
        if len(papers) < 2:
            raise UsageError("Name two papers at least; one of these is not in the library any more.")
        return papers


def _disjoint(groups: Iterable[Duplicates]) -> Iterator[Duplicates]:
    """The groups, without those that share a paper with one before them."""
    seen: set[int] = set()
    for group in groups:
        if seen.isdisjoint(group.ids):
            seen.update(group.ids)
            yield group


def _batches(groups: Iterable[Duplicates]) -> Iterator[list[Duplicates]]:
    waiting = iter(groups)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _joined_steps(changes: Iterable[Change]) -> list[Step]:
    """The steps of merges of different papers, those of a kind in one: far fewer words with the database."""
    removed: list[Paper] = []
    fields: dict[str, list[tuple[int, Any, Any]]] = defaultdict(list)
    sightings: list[tuple[int, Sighting]] = []
    rest: list[Step] = []
    for step in (step for change in changes for step in change.steps):
        match step:
            case PapersRemoved(papers=papers):
                removed += papers
            case FieldChanged():
                fields[step.field] += zip(step.ids, step.before, step.after, strict=True)
            case SightingsAdded():
                sightings += step.sightings
            case _:
                rest.append(step)
    if not removed:
        return []
    changed = [FieldChanged(field, *zip(*rows, strict=True)) for field, rows in fields.items()]
    seen = [SightingsAdded(tuple(sightings))] if sightings else []
    return [PapersRemoved(tuple(removed)), *changed, *seen, *rest]
