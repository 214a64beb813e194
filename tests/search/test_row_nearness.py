"""Nearness out of the rows of words, compared with a look into every text."""

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from readinglist.papers.query_parser import parse
from readinglist.search.nearness import LIFT, lift, near_words
from readinglist.search.paper_index import PaperIndex
from readinglist.search.weights import PaperText

WORDS = ("graph", "graphs", "net", "network", "lens", "robot", "study", "studies", "of", "art")


def made_up(number: int) -> dict[int, PaperText]:
    chance = random.Random(5)
    return {
        paper_id: PaperText(paper_id, " ".join(chance.choices(WORDS, k=7)), " ".join(chance.choices(WORDS, k=9)))
        for paper_id in chance.sample(range(1, 10 * number), number)
    }


PAPERS = made_up(120)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[PaperIndex]:
    """Several segments, papers in no order, some replaced."""
    made = PaperIndex(tmp_path / "index", "library")
    papers = list(PAPERS.values())
    made.build([PaperText(paper.id, "robot robot", "net") for paper in papers[:80]])
    made.add(papers[:90])
    made.add(papers[90:])
    yield made
    made.close()


def lifts(index: PaperIndex, query: str, ids: list[int], *, typing: bool = False) -> list[float]:
    words = near_words(parse(query, date(2026, 3, 18), typing=typing).tree)
    found = index.lifts(words, np.array(ids))
    assert found is not None
    return [float(one) for one in found]


@pytest.mark.parametrize(
    "query", ["graph net", "net graph", "study robot graph", "graph graph", "robot study", "of art"]
)
def test_rows_tell_what_the_texts_tell(index: PaperIndex, query: str) -> None:
    ids = list(PAPERS)[::-1]
    words = near_words(parse(query, date(2026, 3, 18)).tree)
    expected = [lift(words, PAPERS[paper_id]) for paper_id in ids]
    assert 1 < max(expected) <= 1 + LIFT
    assert lifts(index, query, ids) == pytest.approx(expected)


def test_a_word_that_is_still_typed_counts_by_its_beginning(index: PaperIndex) -> None:
    words = near_words(parse("graph ne", date(2026, 3, 18), typing=True).tree)
    expected = [lift(words, paper) for paper in PAPERS.values()]
    assert lifts(index, "graph ne", list(PAPERS), typing=True) == pytest.approx(expected)


def test_compounds_are_near_apart_and_as_one(tmp_path: Path) -> None:
    index = PaperIndex(tmp_path / "index", "library")
    titles = ["Multi-modal robots", "Multimodal robot", "Robots that are multimodal", "A robot. Multimodal", "Robots"]
    index.build([PaperText(number, title) for number, title in enumerate(titles, 1)])
    near, close = 1 + LIFT, 1 + LIFT / 2
    assert lifts(index, "multi-modal robot", [1, 2, 3, 4, 5]) == pytest.approx([near, near, close, close, 1])
    index.close()


def test_papers_that_are_not_there_are_not_lifted(index: PaperIndex) -> None:
    assert lifts(index, "graph net", [5_000, 5_001]) == [1, 1]


def test_without_rows_the_texts_have_to_be_asked(index: PaperIndex, tmp_path: Path) -> None:
    index.close()
    next(tmp_path.rglob("*.rows")).unlink()
    words = near_words(parse("graph net", date(2026, 3, 18)).tree)
    assert index.lifts(words, np.array(list(PAPERS))) is None
