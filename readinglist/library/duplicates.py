"""Find duplicates: all papers of the library that are surely or perhaps one, without comparing each with each.

Papers that may be one share a mark (`papers/duplicates.marks`). The marks of all papers are numbers in one sorted
array, in which equal ones stand together; only papers that share one are looked at, and only those that look alike then
are read whole and compared.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from readinglist.library.answers import Progress
from readinglist.papers.duplicates import Match, compare, marks
from readinglist.papers.memory import DifferentPair, Merge
from readinglist.papers.paper import Paper
from readinglist.papers.titles import near_titles, title_key
from readinglist.store.paper_store import PaperStore

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

Pair = tuple[int, int]

_DECIDE = frozenset({"id", "abstract"})  # marks that need no likeness of titles beside them
_FEW = 40  # papers with one mark of which each is compared with each; of more, each with those next to it
_NEXT = 8
_READ_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Papers that are surely one (`Match.SAME`, two or more) or perhaps (`Match.PROBABLE`, two); the oldest first."""

    match: Match
    ids: tuple[int, ...]


Found = Callable[[Duplicates], None]


def find_duplicates(store: PaperStore, progress: Progress, found: Found | None = None) -> list[Duplicates]:
    """All duplicates outside the trash, sure ones first; pairs that the reader told apart are left out.

    Args:
        store: where the papers are.
        progress: is told how far the search is.
        found: is given each as soon as it is found.

    Raises:
        CancelledError: `progress` raised it.
    """
    pairs = _Candidates(store, progress).pairs()
    apart = told_apart(store)
    groups: list[Duplicates] = []
    neighbours = _neighbours(pair for pair in pairs if pair not in apart)
    done = 0
    for papers in _whole_components(store, neighbours):
        for group in _groups(papers, neighbours, apart):
            groups.append(group)
            if found is not None:
                found(group)
        done += len(papers)
        progress(len(neighbours) + done, 2 * len(neighbours))
    return sorted(groups, key=lambda group: (group.match is not Match.SAME, group.ids))


def told_apart(store: PaperStore) -> set[Pair]:
    """The pairs of ids, the smaller first, that the reader said are not one; also of papers merged into others."""
    pairs = [each for each in store.memories("different") if isinstance(each, DifferentPair)]
    if not pairs:
        return set()
    keepers = {each.absorbed.id: each.kept.id for each in store.memories("merge") if isinstance(each, Merge)}

    def today(paper_id: int) -> int:
        while paper_id in keepers:
            paper_id = keepers[paper_id]
        return paper_id

    told = {(each.one, each.other) for each in pairs} | {(today(each.one), today(each.other)) for each in pairs}
    return {(min(pair), max(pair)) for pair in told}


class _Candidates:
    """Pairs of papers that share a mark and look alike."""

    def __init__(self, store: PaperStore, progress: Progress) -> None:
        self._papers: list[Paper] = []
        self._keys: list[str] = []
        self._numbers: dict[bool, list[int]] = {True: [], False: []}  # of marks that decide, and of others
        self._owners: dict[bool, list[int]] = {True: [], False: []}
        total = 2 * store.size()
        for piece in store.outlines():
            for paper in piece:
                self._put(paper)
            progress(len(self._papers), max(total, 1))

    def pairs(self) -> Iterator[Pair]:
        for place, other in self._sharing(decides=True):
            yield self._papers[place].id, self._papers[other].id
        keys = self._keys
        for place, other in self._sharing(decides=False):
            near = keys[place] == keys[other] or near_titles(self._papers[place].title, self._papers[other].title)
            if near:
                yield self._papers[place].id, self._papers[other].id

    def _put(self, paper: Paper) -> None:
        for mark in marks(paper):
            decides = mark[0] in _DECIDE
            self._numbers[decides].append(hash(mark))
            self._owners[decides].append(len(self._papers))
        self._papers.append(paper)
        self._keys.append(title_key(paper.title))

    def _sharing(self, *, decides: bool) -> set[Pair]:
        """The places of papers that share a mark."""
        import numpy as np

        numbers = np.array(self._numbers[decides], np.int64)
        owners = np.array(self._owners[decides], np.int64)
        order = np.lexsort((owners, numbers))
        pairs: set[Pair] = set()
        for run in _runs(numbers[order], owners[order]):
            pairs.update(combinations(run, 2) if len(run) <= _FEW else _near_places(run))
        return pairs


def _runs(numbers: "Numbers", owners: "Numbers") -> Iterator[list[int]]:
    """The owners of each number that several have."""
    import numpy as np

    borders = np.flatnonzero(np.diff(numbers)) + 1
    starts, ends = np.concatenate(([0], borders)), np.concatenate((borders, [len(numbers)]))
    several = ends - starts > 1
    for start, end in zip(starts[several].tolist(), ends[several].tolist(), strict=True):
        yield list(dict.fromkeys(owners[start:end].tolist()))


def _near_places(run: Sequence[int]) -> Iterator[Pair]:
    for place, one in enumerate(run):
        for other in run[place + 1 : place + 1 + _NEXT]:
            yield one, other


def _neighbours(pairs: Iterable[Pair]) -> dict[int, set[int]]:
    neighbours: dict[int, set[int]] = {}
    for one, other in pairs:
        neighbours.setdefault(one, set()).add(other)
        neighbours.setdefault(other, set()).add(one)
    return neighbours


def _whole_components(store: PaperStore, neighbours: dict[int, set[int]]) -> Iterator[list[Paper]]:
    """The papers that hang together by candidates, read whole; several such sets are read at once."""
    waiting: list[list[int]] = []
    for component in _components(neighbours):
        waiting.append(component)
        if sum(map(len, waiting)) >= _READ_AT_ONCE:
            yield from _read(store, waiting)
            waiting = []
    yield from _read(store, waiting)


def _read(store: PaperStore, components: Sequence[Sequence[int]]) -> Iterator[list[Paper]]:
    papers = {paper.id: paper for paper in store.papers([each for component in components for each in component])}
    for component in components:
        yield [papers[each] for each in component if each in papers]


def _components(neighbours: dict[int, set[int]]) -> Iterator[list[int]]:
    seen: set[int] = set()
    for first in sorted(neighbours):
        component, open_ = [], [first]
        while open_:
            each = open_.pop()
            if each not in seen:
                seen.add(each)
                component.append(each)
                open_ += neighbours[each]
        if component:
            yield sorted(component)


def _groups(papers: Sequence[Paper], neighbours: dict[int, set[int]], apart: set[Pair]) -> Iterator[Duplicates]:
    """Sure groups, in which each is surely the same as each, and pairs of what may be the same beyond them."""
    groups: list[list[Paper]] = []
    for paper in papers:
        home = next(
            (group for group in groups if all(_match(paper, each, apart) is Match.SAME for each in group)), None
        )
        groups.append([paper]) if home is None else home.append(paper)
    for group in groups:
        if len(group) > 1:
            yield Duplicates(Match.SAME, tuple(paper.id for paper in group))
    for one, other in combinations(groups, 2):
        linked = [(a, b) for a in one for b in other if b.id in neighbours[a.id]]
        if any(_match(a, b, apart) is not Match.DIFFERENT for a, b in linked) and not _told(one, other, apart):
            yield Duplicates(Match.PROBABLE, (one[0].id, other[0].id))


def _told(one: Sequence[Paper], other: Sequence[Paper], apart: set[Pair]) -> bool:
    return any((min(a.id, b.id), max(a.id, b.id)) in apart for a in one for b in other)


def _match(one: Paper, other: Paper, apart: set[Pair]) -> Match:
    pair = (min(one.id, other.id), max(one.id, other.id))
    return Match.DIFFERENT if pair in apart else compare(one, other)
