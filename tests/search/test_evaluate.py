"""And, or, not over arrays of ids: compared with plain sets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.query import And, FieldTest, Node, Not, Or, Phrase, Word
from readinglist.search.evaluate import evaluate

if TYPE_CHECKING:
    from readinglist.search.evaluate import Ids, Scored

LETTERS = "abcdef"
LEAVES = st.one_of(
    st.sampled_from(LETTERS).map(Word),
    st.sampled_from(LETTERS).map(Phrase),
    st.sampled_from(LETTERS).map(lambda letter: FieldTest("tag", "=", letter)),
    st.just(Word("nothing")),
)
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda parts: And(tuple(parts))),
        st.lists(inner, max_size=4).map(lambda parts: Or(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=12,
)
LIBRARIES = st.dictionaries(
    st.one_of(st.integers(1, 30), st.integers(1, 2**40)), st.frozensets(st.sampled_from(LETTERS)), max_size=25
)


def array(ids: set[int]) -> Ids:
    return np.array(sorted(ids), dtype=np.int64)


def ask(tree: Node, library: dict[int, frozenset[str]]) -> Scored:
    def leaf_scores(*leaves: Word | Phrase) -> Scored | None:
        asked = [leaf.text for leaf in leaves if leaf.text != "nothing"]
        if not asked:
            return None
        ids = array({paper for paper, letters in library.items() if letters.issuperset(asked)})
        return ids, np.full(len(ids), sum(1 + LETTERS.index(text) for text in asked), dtype=np.float32)

    def test_ids(test: FieldTest) -> Ids:
        return array({paper for paper, letters in library.items() if test.value in letters})

    return evaluate(tree, leaf_scores, test_ids, lambda: array(set(library)))


def naive(node: Node, library: dict[int, frozenset[str]]) -> set[int] | None:
    """The same with sets; None for what asks nothing."""
    if isinstance(node, Word | Phrase):
        return None if node.text == "nothing" else {paper for paper, have in library.items() if node.text in have}
    if isinstance(node, FieldTest):
        return {paper for paper, have in library.items() if node.value in have}
    if isinstance(node, Not):
        inner = naive(node.part, library)
        return None if inner is None else set(library) - inner
    answers = [answer for answer in (naive(part, library) for part in node.parts) if answer is not None]
    if not answers:
        return None
    join: Callable[..., set[int]] = set.intersection if isinstance(node, And) else set.union
    return join(*answers)


@given(TREES, LIBRARIES)
def test_answers_are_those_of_sets(tree: Node, library: dict[int, frozenset[str]]) -> None:
    ids, scores = ask(tree, library)
    expected = naive(tree, library)
    assert ids.tolist() == sorted(set(library) if expected is None else expected)
    assert len(scores) == len(ids)
    assert (scores >= 0).all()


LIBRARY = {1: frozenset("ab"), 2: frozenset("a"), 3: frozenset("b"), 4: frozenset()}


@pytest.mark.parametrize(
    ("tree", "scores"),
    [
        (Word("a"), {1: 1, 2: 1}),
        (And((Word("a"), Word("b"))), {1: 3}),
        (Or((Word("a"), Word("b"))), {1: 3, 2: 1, 3: 2}),
        (And((Word("a"), Not(Word("b")))), {2: 1}),
        (And((FieldTest("tag", "=", "b"), Word("a"))), {1: 1}),
        (Not(Word("a")), {3: 0, 4: 0}),
        (And(()), {1: 0, 2: 0, 3: 0, 4: 0}),
        (Or((Word("a"), Not(Word("b")))), {1: 1, 2: 1, 4: 0}),
    ],
)
def test_scores_of_what_is_wanted_are_summed(tree: Node, scores: dict[int, float]) -> None:
    ids, found = ask(tree, LIBRARY)
    assert dict(zip(ids.tolist(), found.tolist(), strict=True)) == scores


def test_nothing_is_asked_once_nothing_is_left() -> None:
    asked: list[str] = []

    def leaf_scores(*leaves: Word | Phrase) -> Scored:
        asked.extend(leaf.text for leaf in leaves)
        return array({1}), np.ones(1, dtype=np.float32)

    tree = And((Word("a"), Not(Word("b")), FieldTest("tag", "=", "x")))
    ids, _ = evaluate(tree, leaf_scores, lambda _: array(set()), lambda: array({1}))
    assert (ids.tolist(), asked) == ([], [])


def test_words_that_must_all_be_there_are_looked_for_together() -> None:
    asked: list[tuple[str, ...]] = []

    def leaf_scores(*leaves: Word | Phrase) -> Scored:
        asked.append(tuple(leaf.text for leaf in leaves))
        return array({1}), np.ones(1, dtype=np.float32)

    tree = And((Phrase("b c"), Word("a"), Or((Word("d"), Word("e"))), Word("f")))
    evaluate(tree, leaf_scores, lambda _: array(set()), lambda: array({1}))
    assert asked == [("a", "f"), ("b c",), ("d",), ("e",)]


def test_far_apart_ids_take_no_table() -> None:
    library = {1: frozenset("ab"), 2**62: frozenset("ab"), 2**61: frozenset("b")}
    assert ask(And((Word("a"), Word("b"))), library)[0].tolist() == [1, 2**62]
    assert ask(Or((Word("a"), Word("b"))), library)[0].tolist() == [1, 2**61, 2**62]
