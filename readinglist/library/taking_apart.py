"""Take apart: merges taken back long after they were made, one or several at once; and papers merged again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import combinations

from readinglist.papers.change import Change, Forgotten, Remembered, Step
from readinglist.papers.citation_key import unique_key
from readinglist.papers.memory import DifferentPair, Merge
from readinglist.papers.merging import merged, take_apart, without
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore


def merges_of(store: PaperStore, paper_id: int) -> list[Merge]:
    """The merges that made a paper what it is, the newest first."""
    found = (each for each in store.memories("merge", paper_id) if isinstance(each, Merge))
    return sorted(found, key=lambda merge: merge.made, reverse=True)


def pairs(papers: Iterable[Paper]) -> list[DifferentPair]:
    """Each two of some papers."""
    ids = sorted(paper.id for paper in papers)
    return [DifferentPair(one, other) for one, other in combinations(ids, 2)]


def pairs_apart(store: PaperStore, papers: Iterable[Paper]) -> list[DifferentPair]:
    """Each two of some papers that were told apart."""
    known = set(store.memories("different"))
    return [pair for pair in pairs(papers) if pair in known]


def apart(store: PaperStore, merges: Sequence[Merge]) -> tuple[Change, list[Merge]]:
    """The change that brings back the papers that merges took in, and those of the merges that stand no more.

    The papers are told apart from then on.
    """
    wanted: dict[int, list[Merge]] = defaultdict(list)
    for merge in merges:
        wanted[merge.kept.id].append(merge)
    papers = {paper.id: paper for paper in store.papers(list(wanted))}
    keys = _Keys(store)
    changes: list[Change] = []
    left: list[Merge] = []
    for paper_id, group in wanted.items():
        known = merges_of(store, paper_id) if paper_id in papers else []
        standing = {each.id for each in known}
        left += [each for each in group if each.id not in standing]
        changes += _all_apart(papers[paper_id], known, {each.id for each in group}, keys) if known else []
    labels = {change.label for change in changes}
    label = labels.pop() if len(labels) == 1 else "Take merges apart"
    return Change(label, tuple(step for change in changes for step in change.steps)), left


def again(store: PaperStore, merges: Sequence[Merge], moment: datetime) -> tuple[list[Step], list[Merge]]:
    """The steps that merge papers again that were taken apart, as they are by now; and what cannot be merged so."""
    steps: list[Step] = []
    left: list[Merge] = []
    wanted: dict[int, list[Merge]] = defaultdict(list)
    for merge in merges:
        wanted[merge.kept.id].append(merge)
    for paper_id, group in wanted.items():
        papers = {paper.id: paper for paper in store.papers([paper_id, *(each.absorbed.id for each in group)])}
        both = [each for each in group if paper_id in papers and each.absorbed.id in papers]
        left += [each for each in group if each not in both]
        if both:
            joined = [papers[paper_id], *(papers[each.absorbed.id] for each in both)]
            steps += merged(joined[0], joined[1:], moment).steps
            steps += map(Forgotten, pairs_apart(store, joined))
    return steps, left


def _all_apart(paper: Paper, known: Sequence[Merge], wanted: set[str], keys: "_Keys") -> Iterable[Change]:
    """One change for each of the merges of a paper that is wanted, the newest first."""
    for merge in [each for each in known if each.id in wanted]:
        change = take_apart(merge, paper, known, keys.free(merge))
        told = map(Remembered, pairs([paper, merge.absorbed]))
        yield Change(change.label, (*change.steps, *told))
        paper = without(merge, paper, [each.absorbed for each in known if each.id != merge.id])
        news = {step.memory.id: step.memory for step in change.steps
                if isinstance(step, Remembered) and isinstance(step.memory, Merge)}  # fmt: skip
        known = [news.get(each.id, each) for each in known if each.id != merge.id]


class _Keys:
    """Gives papers that come back their citation keys, or others where papers have these in the meantime."""

    def __init__(self, store: PaperStore) -> None:
        self._store = store
        self._given: set[str] = set()

    def free(self, merge: Merge) -> str:
        key = merge.absorbed.citation_key
        is_taken = self._store.id_of_key(key) not in {None, merge.kept.id} or key.lower() in self._given
        if key and is_taken:
            key = unique_key(key, {*self._store.citation_keys(), *self._given})
        self._given.add(key.lower())
        return key
