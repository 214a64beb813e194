"""Papers that may be the same as others are found, and nothing is compared with everything."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from readinglist.papers.change import Change, PapersAdded
from readinglist.papers.duplicates import marks
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore
from tests.store.making import NOW, PLAIN, RICH

HELD = (
    replace(RICH, sightings=()),
    replace(PLAIN, sightings=(), arxiv_id="1706.03762v5"),
    replace(PLAIN, id=3, sightings=(), title="BERT: Pre-training of Deep Bidirectional Transformers", citation_key="c"),
    replace(PLAIN, id=4, sightings=(), title="Unlike All Others", citation_key="d", doi="10.48550/arXiv.2001.00001"),
    replace(PLAIN, id=5, sightings=(), title="Old News", citation_key="e", trashed=NOW),
    replace(PLAIN, id=7, sightings=(), title="", citation_key="g"),
    replace(
        PLAIN, id=6, sightings=(), title="A Book", citation_key="f", entry_type="book", extra={"isbn": "0262035618"}
    ),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PaperStore]:
    made = PaperStore(tmp_path)
    made.record(Change("Add", (PapersAdded(HELD),)), NOW)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (Paper(title="x", doi="10.1000/182"), 1),
        (Paper(title="x", arxiv_id="2212.14052v3"), 1),
        (Paper(title="x", url="https://arxiv.org/abs/1706.03762"), 2),
        (Paper(title="x", arxiv_id="1706.03762v1"), 2),
        (Paper(title="x", arxiv_id="2001.00001"), 4),
        (Paper(title="attention is all you need!"), 2),
        (Paper(title="Attention Is All You Nede"), 2),
        (Paper(title="BERT"), 3),
        (Paper(title="BERT: Pre-training of Deep Bidirectional…"), 3),
        (Paper(title="Pre-training of deep bidirectional transformers"), None),  # only a search of all papers finds it
        (Paper(title="Old news"), 5),
        (Paper(title="Attention Is Not All You Need"), None),
        (Paper(title="Unlikely Events"), None),
        (Paper(), 7),
    ],
)
def test_candidates_are_found(store: PaperStore, record: Paper, found: int | None) -> None:
    assert [paper.id for paper in store.alike([record])] == ([] if found is None else [found])


def test_outlines_hold_what_marks_look_at(store: PaperStore) -> None:
    (piece,) = store.outlines()
    whole = {paper.id: paper for paper in store.papers([1, 2, 3, 4, 6, 7])}
    assert {paper.id: marks(paper) for paper in piece} == {paper.id: marks(paper) for paper in whole.values()}
