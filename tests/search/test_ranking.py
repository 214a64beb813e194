"""Whether the order of answers is one that a reader agrees with, by the judgements written down beside this."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.papers.paper import Paper
from readinglist.search.analysis import tokens
from tests.search.judged_queries import JUDGED

LISTINGS = Path(__file__).resolve().parents[2].parent / "shared" / "listings"
Ranking = Callable[[str], Sequence[int]]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    files = sorted(LISTINGS.glob("*.txt"))
    if not files:
        pytest.skip("the listings that the judgements are about are not beside this checkout (../shared/listings)")
    with Library(tmp_path_factory.mktemp("judged") / "library") as opened:
        opened.import_texts([InputText(path.name, path.read_bytes()) for path in files])
        opened.index_pending()
        yield opened


@pytest.fixture(scope="module")
def papers(library: Library) -> list[Paper]:
    return library.papers(library.find("").ids)


def wanted(papers: Sequence[Paper], query: str) -> set[int]:
    found = {paper.id for paper in papers for title in JUDGED[query] if paper.title.startswith(title)}
    assert len(found) == len(JUDGED[query]), f"{query}: each beginning of a title is to name one paper"
    return found


def quality(papers: Sequence[Paper], ranking: Ranking) -> tuple[float, float]:
    """Mean reciprocal rank of the first wanted paper, and the share of wanted ones on the first places.

    As many places are looked at as there are wanted papers (the R-precision of information retrieval).
    """
    reciprocal, share = 0.0, 0.0
    for query in JUDGED:
        right, ids = wanted(papers, query), ranking(query)
        reciprocal += next((1 / place for place, found in enumerate(ids, 1) if found in right), 0.0)
        share += len(right & set(ids[: len(right)])) / len(right)
    return reciprocal / len(JUDGED), share / len(JUDGED)


def plain_bm25(papers: Sequence[Paper]) -> Ranking:
    """BM25 as in the textbook, over title and abstract as one text, of papers that hold all words."""
    texts = {paper.id: Counter(tokens(f"{paper.title}\n{paper.abstract}")) for paper in papers}
    usual = sum(text.total() for text in texts.values()) / len(texts)
    holding = Counter(term for text in texts.values() for term in text)

    def rank(query: str) -> list[int]:
        terms = tokens(query)
        scores: dict[int, float] = {}
        for paper_id, text in texts.items():
            if all(term in text for term in terms):
                norm = 1.2 * (0.25 + 0.75 * text.total() / usual)
                scores[paper_id] = sum(
                    math.log(1 + (len(texts) - holding[term] + 0.5) / (holding[term] + 0.5))
                    * 2.2 * text[term] / (text[term] + norm)
                    for term in terms
                )  # fmt: skip
        return sorted(scores, key=lambda paper_id: -scores[paper_id])

    return rank


def test_readers_would_agree_with_the_order(library: Library, papers: list[Paper]) -> None:
    assert len(JUDGED) == 30
    first, share = quality(papers, lambda query: library.find(query).ids)
    first_plain, share_plain = quality(papers, plain_bm25(papers))
    print(f"first wanted {first:.3f} (plain BM25 {first_plain:.3f}), share {share:.3f} ({share_plain:.3f})")
    assert first_plain < 0.95 <= first
    assert share_plain < 0.87 <= share
