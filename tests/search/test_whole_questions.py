"""Typed questions answered by the index, compared with looking at every paper in plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.query import And, FieldTest, Node, Not, Phrase, Word
from readinglist.papers.query_parser import parse
from readinglist.search.evaluate import evaluate
from readinglist.search.paper_index import PaperIndex
from readinglist.search.scan import match
from readinglist.search.terms import needs_text, plan
from tests.search.making import made_up

if TYPE_CHECKING:
    from readinglist.search.evaluate import Ids, Scored

PAPERS = {paper.id: paper for paper in made_up(150)}
EVEN = {paper_id for paper_id in PAPERS if paper_id % 2 == 0}

WORDS = [
    "ba",
    "co",
    "multi-modal",
    "multimodal",
    "gpt-4",
    "mueller",
    "x2",
    "学习",
    "kleba",
    "ba*",
    "ha*",
    "multi-m*",
    "klebaa~",
    "multi modal",
    "muller",
    "halcodi~",
    "mulit-modal~",
    "…",
]
PIECES = [
    *WORDS,
    *(
        f"{field}:{word}"
        for field in ("title", "abstract", "author", "note", "pdf")
        for word in ("ba", "co*", "studies", "bacco~")
    ),
    *('"ba co"', 'title:"ba di"', 'pdf:"co ba"', '"klebafu co"', "tag:even", "is:banana", "foo:ba"),
]
QUESTIONS = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" or ".join),
        inner.map("-({})".format),
        inner.map("({})".format),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperIndex]:
    made = PaperIndex(tmp_path_factory.mktemp("index"), "library")
    papers = list(PAPERS.values())
    made.build(papers[50:100])
    made.add(papers[:60])
    made.add(papers[100:])
    made.remove([7])
    made.add([PAPERS[7]])
    yield made
    made.close()


@given(question=QUESTIONS)
def test_answers_are_those_of_a_look_at_every_paper(index: PaperIndex, question: str) -> None:
    def leaf_scores(*leaves: Word | Phrase) -> Scored | None:
        found = index.scores(*leaves)
        if found is None or not needs_text(leaves[0]):
            return found
        sure = np.array([stands(leaves[0], paper_id) for paper_id in found[0].tolist()], dtype=bool)
        return found[0][sure], found[1][sure]

    def array(ids: set[int]) -> Ids:
        return np.array(sorted(ids), dtype=np.int64)

    tree = parse(question, date(2026, 3, 18)).tree
    ids, scores = evaluate(tree, leaf_scores, lambda _: array(EVEN), lambda: array(set(PAPERS)))
    assert set(ids.tolist()) == {paper_id for paper_id in PAPERS if answers(tree, paper_id) is not False}
    assert ids.tolist() == sorted(ids.tolist())
    assert (scores >= 0).all()


@cache
def stands(leaf: Word | Phrase, paper_id: int) -> bool:
    """Whether a paper's text holds a word or phrase."""
    return match(leaf, PAPERS[paper_id]) > 0


def answers(node: Node, paper_id: int) -> bool | None:
    """Whether a paper answers a question; None where nothing was asked."""
    if isinstance(node, Word | Phrase):
        return stands(node, paper_id) if plan(node) else None
    if isinstance(node, FieldTest):
        return paper_id in EVEN
    if isinstance(node, Not):
        inner = answers(node.part, paper_id)
        return None if inner is None else not inner
    parts = [answer for answer in (answers(part, paper_id) for part in node.parts) if answer is not None]
    if not parts:
        return None
    return all(parts) if isinstance(node, And) else any(parts)
