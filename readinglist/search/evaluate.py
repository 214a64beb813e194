"""Joins what words and tests find into one answer: and, or, not over sorted arrays of ids with their scores."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol

from readinglist.papers.query import And, FieldTest, Node, Not, Or, Phrase, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]  # ascending, each once
    Scores = NDArray[np.float32]
    Scored = tuple[Ids, Scores]

    class LeafScores(Protocol):
        """Gives the papers with all of some leaves."""

        def __call__(self, *leaves: Word | Phrase) -> Scored | None:
            """Ids, ascending, and scores."""
            ...


# Nothing but a parser builds trees, and it flattens what nests deeper than this.
DEEPEST = 200


class Evaluation:
    """One question: where the ids of its leaves come from. Scores of the positive words and phrases are summed.

    Args:
        leaf_scores: ids and scores of the papers with a phrase, or with all of some words, which are quicker looked for
            together; None where these have no words, and ask nothing.
        test_ids: ids of a field test, ascending.
        all_ids: all ids there are, ascending.
    """

    def __init__(
        self,
        leaf_scores: LeafScores,
        test_ids: Callable[[FieldTest], Ids],
        all_ids: Callable[[], Ids],
    ) -> None:
        self._leaf_scores = leaf_scores
        self._test_ids = test_ids
        self._all_ids = all_ids

    def run(self, tree: Node) -> Scored:
        """The ids that the tree finds, ascending, and their scores."""
        found = self._node(tree)
        return self._everything() if found is None else found

    def _node(self, node: Node) -> Scored | None:
        """None: the node asks nothing."""
        match node:
            case Word() | Phrase():
                return self._leaf_scores(node)
            case FieldTest():
                return _unscored(self._test_ids(node))
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return self._any_of(parts)
            case Not(part):
                return self._less(None, part)

    def _all_of(self, parts: tuple[Node, ...]) -> Scored | None:
        """Tests first, since they are cheap; then words; then what must not be there, against the rest alone."""
        found: Scored | None = None
        for ask in self._in_order(parts):
            more = ask()
            if more is not None:
                found = more if found is None else _both(found, more)
            if found is not None and not len(found[0]):
                return found
        unwanted = [part.part for part in parts if isinstance(part, Not)]
        for inner in unwanted:
            found = self._less(found, inner)
        return found

    def _in_order(self, parts: tuple[Node, ...]) -> Iterator[Callable[[], Scored | None]]:
        """What asks for the wanted parts, the cheapest first."""
        yield from (partial(self._node, part) for part in parts if isinstance(part, FieldTest))
        words = [part for part in parts if isinstance(part, Word)]
        if words:
            yield partial(self._leaf_scores, *words)
        yield from (partial(self._node, part) for part in parts if isinstance(part, Phrase))
        yield from (partial(self._node, part) for part in parts if isinstance(part, And | Or))

    def _less(self, found: Scored | None, unwanted: Node) -> Scored | None:
        inner = self._node(unwanted)
        if inner is None:
            return found
        return _without(self._everything() if found is None else found, inner[0])

    def _any_of(self, parts: tuple[Node, ...]) -> Scored | None:
        answers = [answer for answer in map(self._node, parts) if answer is not None]
        if not answers:
            return None
        return answers[0] if len(answers) == 1 else _either(answers)

    def _everything(self) -> Scored:
        return _unscored(self._all_ids())


def evaluate(
    tree: Node,
    leaf_scores: LeafScores,
    test_ids: Callable[[FieldTest], Ids],
    all_ids: Callable[[], Ids],
) -> Scored:
    """The ids that a tree finds, ascending, and their scores (0 where no word was asked for): see `Evaluation`."""
    return Evaluation(leaf_scores, test_ids, all_ids).run(tree)


def _unscored(ids: Ids) -> Scored:
    import numpy as np

    return ids, np.zeros(len(ids), dtype=np.float32)


def _without(found: Scored, unwanted: Ids) -> Scored:
    import numpy as np

    ids, scores = found
    kept = np.isin(ids, unwanted, assume_unique=True, invert=True)
    return ids[kept], scores[kept]


def _both(first: Scored, second: Scored) -> Scored:
    small, large = (first, second) if len(first[0]) <= len(second[0]) else (second, first)
    if not len(small[0]):
        return small
    return _both_by_table(small, large) if _tight(small[0], large[0]) else _both_by_search(small, large)


def _both_by_table(small: Scored, large: Scored) -> Scored:
    import numpy as np

    present = np.zeros(_table_size(small[0], large[0]), dtype=bool)
    present[large[0]] = True
    kept = present[small[0]]
    ids = small[0][kept]
    table = np.zeros(len(present), dtype=np.float32)
    table[large[0]] = large[1]
    return ids, small[1][kept] + table[ids]


def _both_by_search(small: Scored, large: Scored) -> Scored:
    import numpy as np

    places = np.searchsorted(large[0], small[0])
    places[places == len(large[0])] = 0
    kept = large[0][places] == small[0]
    return small[0][kept], small[1][kept] + large[1][places[kept]]


def _either(answers: list[Scored]) -> Scored:
    import numpy as np

    arrays = [answer[0] for answer in answers if len(answer[0])]
    if arrays and _tight(*arrays):
        present = np.zeros(_table_size(*arrays), dtype=bool)
        table = np.zeros(len(present), dtype=np.float32)
        for ids, scores in answers:
            present[ids] = True
            table[ids] += scores
        union = np.flatnonzero(present)
        return union, table[union]
    ids = np.concatenate([answer[0] for answer in answers])
    scores = np.concatenate([answer[1] for answer in answers])
    union, places = np.unique(ids, return_inverse=True)
    return union, np.bincount(places, weights=scores, minlength=len(union)).astype(np.float32)


def _tight(*arrays: Ids) -> bool:
    """Whether ids are so close together that a table of all up to the highest is quicker than searching."""
    if any(array[0] < 0 for array in arrays):
        return False
    return _table_size(*arrays) <= 16 * sum(map(len, arrays))


def _table_size(*arrays: Ids) -> int:
    return 1 + max(int(array[-1]) for array in arrays)
