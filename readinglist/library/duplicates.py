"""Find duplicates: all papers of the library that are surely or perhaps one, without comparing each with each.

Papers that may be one share a mark (`papers/duplicates.marks`). The marks of all papers are numbers in one sorted
array, in which equal ones stand together; only papers that share one are looked at, and only those that look alike then
are read whole and compared.
"""

from array import array
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
_ASKED = 20  # papers of a sure group that must be the same as one that comes to it
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
    """Pairs of papers that share a mark and look alike. Papers go by their places here, from 0."""

    def __init__(self, store: PaperStore, progress: Progress) -> None:
        self._ids: list[int] = []
        self._titles: list[str] = []
        self._keys: list[str] = []
        self._deciding, self._others = _Marks(), _Marks()
        total = 2 * store.size()
        for piece in store.outlines():
            for paper in piece:
                self._put(paper)
            progress(len(self._ids), max(total, 1))

    def pairs(self) -> Iterator[Pair]:
        """The pairs by the papers' ids."""
        for place, other in self._deciding.sharing():
            yield self._ids[place], self._ids[other]
        for place, other in self._others.sharing():
            if self._keys[place] == self._keys[other] or near_titles(self._titles[place], self._titles[other]):
                yield self._ids[place], self._ids[other]

    def _put(self, paper: Paper) -> None:
        place = len(self._ids)
        for mark in marks(paper):
            (self._deciding if mark[0] in _DECIDE else self._others).put(mark, place)
        self._ids.append(paper.id)
        self._titles.append(paper.title)
        self._keys.append(title_key(paper.title))


class _Marks:
    """Marks as numbers, and the places of the papers that have them."""

    def __init__(self) -> None:
        self._numbers = array("q")
        self._owners = array("q")

    def put(self, mark: tuple[str, str], owner: int) -> None:
        self._numbers.append(hash(mark))
        self._owners.append(owner)

    def sharing(self) -> set[Pair]:
        """The places of papers that share a mark."""
        import numpy as np

        numbers = np.frombuffer(self._numbers, np.int64)
        order = np.argsort(numbers, kind="stable")
        pairs: set[Pair] = set()
        for run in _runs(numbers[order], np.frombuffer(self._owners, np.int64)[order]):
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
    home: dict[int, int] = {}
    for paper in papers:
        near = sorted({home[each] for each in neighbours[paper.id] if each in home})
        place = next((place for place in near if _belongs(paper, groups[place], apart)), len(groups))
        if place == len(groups):
            groups.append([])
        groups[place].append(paper)
        home[paper.id] = place
    yield from (Duplicates(Match.SAME, tuple(paper.id for paper in group)) for group in groups if len(group) > 1)
    for one, other in sorted(_links(papers, home, neighbours, apart)):
        if not _told(groups[one], groups[other], apart):
            yield Duplicates(Match.PROBABLE, (groups[one][0].id, groups[other][0].id))


def _links(
    papers: Sequence[Paper], home: dict[int, int], neighbours: dict[int, set[int]], apart: set[Pair]
) -> set[Pair]:
    """Pairs of sure groups, by their places, of which two papers may be the same."""
    whole = {paper.id: paper for paper in papers}
    linked: set[Pair] = set()
    for paper in papers:
        for each in neighbours[paper.id] & whole.keys():
            pair = (home[paper.id], home[each])
            if pair[0] < pair[1] and pair not in linked and _match(paper, whole[each], apart) is not Match.DIFFERENT:
                linked.add(pair)
    return linked


def _belongs(paper: Paper, group: Sequence[Paper], apart: set[Pair]) -> bool:
    return all(_match(paper, each, apart) is Match.SAME for each in group[:_ASKED])


def _told(one: Sequence[Paper], other: Sequence[Paper], apart: set[Pair]) -> bool:
    return bool(apart) and any((min(a.id, b.id), max(a.id, b.id)) in apart for a in one for b in other)


def _match(one: Paper, other: Paper, apart: set[Pair]) -> Match:
    pair = (min(one.id, other.id), max(one.id, other.id))
    return Match.DIFFERENT if pair in apart else compare(one, other)
