"""All duplicates of a library are found, those that the reader told apart are not, and it is quick."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from readinglist.errors import CancelledError
from readinglist.library.duplicates import Duplicates, find_duplicates
from readinglist.papers.author_names import authors_of
from readinglist.papers.change import Change, PapersAdded, Remembered
from readinglist.papers.duplicates import Match
from readinglist.papers.memory import DifferentPair
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore
from tests.benchmarks import duplicates as benchmark
from tests.papers.judged_pairs import ABSTRACT, JUDGED
from tests.store.making import NOW

LONG = "Reading Long Documents in One Pass"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PaperStore]:
    made = PaperStore(tmp_path / "library")
    yield made
    made.close()


def paper(number: int, title: str = LONG, authors: str = "", **fields: Any) -> Paper:  # noqa: ANN401 - its fields
    names = authors_of(authors)
    return Paper(id=number, title=title, authors=names, citation_key=f"key{number}", added=NOW, **fields)


def fill(store: PaperStore, *papers: Paper) -> None:
    store.record(Change("Fill", (PapersAdded(papers),)), NOW)


def find(store: PaperStore) -> list[Duplicates]:
    return find_duplicates(store, lambda _done, _total: None)


def test_sure_ones_come_first_and_the_oldest_paper_is_kept(store: PaperStore) -> None:
    fill(
        store,
        paper(1, "Deep Residual Learning for Image Recognition", "He, Kaiming"),
        paper(2, "Deep Residual Learning for Image Recogntion", "He, Kaiming"),
        paper(3), paper(4, "Songs of Birds"), paper(5, abstract=ABSTRACT), paper(6, doi="10.1/a"),
    )  # fmt: skip
    assert find(store) == [Duplicates(Match.SAME, (3, 5, 6)), Duplicates(Match.PROBABLE, (1, 2))]


def test_a_record_without_authors_does_not_make_one_of_two_works(store: PaperStore) -> None:
    fill(store, paper(1), paper(2, authors="Lee, Ann", year=2010), paper(3, authors="Fox, Bea", year=2020))
    assert find(store) == [Duplicates(Match.SAME, (1, 2)), Duplicates(Match.PROBABLE, (1, 3))]


def test_the_trash_is_left_out(store: PaperStore) -> None:
    fill(store, paper(1), paper(2, trashed=NOW))
    assert find(store) == []


def test_what_was_told_apart_is_not_offered_again(store: PaperStore) -> None:
    fill(store, paper(1), paper(2), paper(3))
    store.record(Change("Apart", (Remembered(DifferentPair(1, 2)),)), NOW)
    assert find(store) == [Duplicates(Match.SAME, (1, 3))]
    store.record(Change("Apart", (Remembered(DifferentPair(1, 3)), Remembered(DifferentPair(2, 3)))), NOW)
    assert find(store) == []
    store.undo(NOW)
    store.undo(NOW)
    assert find(store) == [Duplicates(Match.SAME, (1, 2, 3))]


def test_each_is_told_as_soon_as_it_is_found_and_progress_never_falls(store: PaperStore) -> None:
    fill(store, *(paper(number, f"A Story of {number // 2} Birds") for number in range(2, 42)))
    told: list[Duplicates] = []
    steps: list[tuple[int, int]] = []
    groups = find_duplicates(store, lambda done, total: steps.append((done, total)), told.append)
    assert sorted(told, key=lambda group: group.ids) == groups
    assert len(groups) == 20
    assert all(done <= total for done, total in steps)
    assert steps[-1][0] == steps[-1][1]
    shares = [done / total for done, total in steps]
    assert shares == sorted(shares)


def test_the_search_can_be_cancelled(store: PaperStore) -> None:
    fill(store, paper(1), paper(2))

    def cancel(_done: int, _total: int) -> None:
        raise CancelledError("Cancelled.")

    with pytest.raises(CancelledError):
        find_duplicates(store, cancel)


def test_an_empty_library_has_none(store: PaperStore) -> None:
    assert find(store) == []


def test_very_many_papers_of_one_title_take_no_time(store: PaperStore) -> None:
    columns = (paper(number, "Editorial", year=1900 + number, venue="Neuron") for number in range(1, 1501))
    fill(store, *columns, *(paper(2000 + number, "Sorting Large Files") for number in range(1500)))
    started = perf_counter()
    groups = find(store)
    assert perf_counter() - started < 10  # to compare each with each would take minutes
    assert [len(group.ids) for group in groups if group.match is Match.SAME] == [1500]


def test_judged_pairs_are_found(store: PaperStore) -> None:
    for why, one, other, match in JUDGED:
        fill(store, *(replace(each, id=n, citation_key=f"key{n}", added=NOW) for n, each in enumerate((one, other), 1)))
        assert find(store) == ([] if match is Match.DIFFERENT else [Duplicates(match, (1, 2))]), why
        store.undo(NOW)


def test_nothing_that_was_planted_is_missed(store: PaperStore) -> None:
    planted = benchmark._fill(store, 2000)
    found = {(group.ids[0], other): group.match for group in find(store) for other in group.ids[1:]}
    assert found == planted
