"""Papers of a real library merged, told apart and taken apart, with undo."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from readinglist.errors import CancelledError, UsageError
from readinglist.library.answers import InputText, News
from readinglist.library.duplicates import Duplicates
from readinglist.library.library import Library
from readinglist.papers.change import Change, ListingAdded, PapersAdded, SourceAdded
from readinglist.papers.duplicates import Match
from readinglist.papers.paper import Author, Listing, Paper, Sighting, Source
from readinglist.store.paper_store import PaperStore
from tests.papers.made_papers import ordered, papers
from tests.store.making import NOW

LISTING = """Mar 14

Sorting Large Files with Little Memory

We sort files that are larger than memory, in half of the time that was needed before.

Birds of the Motorway

Birds that live beside motorways sing higher than those of the forest.
"""
OTHER = Paper(
    id=3,
    title="Sorting Large File with Little Memory",
    abstract="We sort files that are larger than memory, in half of the time that was needed before.",
    authors=(Author("Lovelace", "Ada"),),
    year=2018,
    entry_type="inproceedings",
    citation_key="lovelace18",
    venue="Proceedings of Sorting",
    extra={"pages": "1--9"},
    sightings=(Sighting(2, None, 1, 1, bibliography=True),),
    added=NOW,
)


@pytest.fixture
def library(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")
    with Library(library_folder) as opened:
        opened.import_texts([InputText("march.txt", LISTING.encode())])
        source = Source(2, "colleague.bib", "bibtex", "ab", NOW)
        listing = Listing(2, 2, source.name, None, bibliography=True)
        steps = (SourceAdded(source), ListingAdded(listing), PapersAdded((OTHER,)))
        opened._store.record(Change("Import a bibliography", steps), NOW)
        yield opened


def all_papers(library: Library) -> list[Paper]:
    return library.papers(range(1, 10))


def test_a_merge_is_one_step_and_undo_brings_both_back(library: Library) -> None:
    before = all_papers(library)
    told: list[News] = []
    library.listen(told.append)
    library.tag([3], ["thesis"])
    library.add_note(3, "From the bibliography.")
    marked = all_papers(library)
    change = library.merge([1, 3])
    assert change.label == "Merge 2 papers into “Sorting Large Files with Little Memory”"
    (paper, _) = all_papers(library)
    assert (paper.id, paper.tags, [note.text for note in paper.notes]) == (1, ("thesis",), ["From the bibliography."])
    assert (paper.authors, paper.year, paper.extra["ids"]) == (before[2].authors, 2018, "lovelace18")
    assert len(paper.sightings) == 2
    assert told[-1].everything
    library.undo()
    assert all_papers(library) == marked
    library.redo()
    assert all_papers(library)[0] == paper
    for _ in range(3):
        library.undo()
    assert all_papers(library) == before


def test_the_merged_paper_is_found_by_the_words_of_both(library: Library) -> None:
    library.add_note(3, "Ostrich")
    library.merge([1, 3])
    for _ in range(2):
        assert list(library.find("ostrich large").ids) == [1]
        assert list(library.find("author:lovelace").ids) == [1]
        library.index_pending()


def test_values_can_be_chosen(library: Library) -> None:
    library.merge([1, 3], {"title": 3, "citation_key": 3, "year": 1})
    paper = library.paper("lovelace18")
    assert (paper.id, paper.title, paper.year) == (1, "Sorting Large File with Little Memory", None)
    assert paper.extra["ids"] == "SortingLargeFiles"


def test_a_merge_is_taken_apart_and_that_is_undone(library: Library) -> None:
    before = all_papers(library)
    library.merge([1, 3])
    merged = all_papers(library)
    (merge,) = library.merges(1)
    assert library.merges(3) == []
    library.take_apart(1, merge.id)
    assert all_papers(library) == before
    assert library.merges(1) == []
    assert library.find_duplicates() == []  # told apart by that
    library.undo()
    assert all_papers(library) == merged
    assert library.merges(1) == [merge]


def test_a_key_that_another_paper_got_meanwhile_is_made_unique(library: Library) -> None:
    library.merge([1, 3])
    library.edit_fields(2, {"citation_key": "lovelace18"})
    library.take_apart(1)
    assert [paper.citation_key for paper in all_papers(library)][1:] == ["lovelace18", "lovelace18a"]


def test_three_are_merged_and_taken_apart_in_any_order(library: Library) -> None:
    before = all_papers(library)
    library.merge([1, 3, 2])
    assert len(all_papers(library)) == 1
    newest, oldest = library.merges(1)
    assert (newest.absorbed, oldest.absorbed) == (before[1], before[2])
    library.take_apart(1, oldest.id)
    library.take_apart(1)
    assert all_papers(library) == before


def test_what_is_told_apart_and_then_merged_is_not_apart_any_more(library: Library) -> None:
    assert library.find_duplicates() == [Duplicates(Match.PROBABLE, (1, 3))]
    library.tell_apart([3, 1])
    assert library.find_duplicates() == []
    assert not library.tell_apart([1, 3])
    library.merge([1, 3])
    library.undo()
    library.undo()
    assert library.find_duplicates() == [Duplicates(Match.PROBABLE, (1, 3))]


def test_what_is_left_of_groups_is_told(library: Library) -> None:
    groups = [Duplicates(Match.SAME, (1, 2, 3)), Duplicates(Match.PROBABLE, (1, 2))]
    assert library.still_duplicates(groups) == groups
    library.trash([3])
    assert library.still_duplicates(groups) == [Duplicates(Match.SAME, (1, 2)), groups[1]]
    library.tell_apart([1, 2])
    assert library.still_duplicates(groups) == []
    library.undo()
    library.undo()
    assert library.still_duplicates(groups) == groups


def test_where_fields_come_from_is_told(library: Library) -> None:
    (paper,) = library.papers([3])
    assert library.sources_of([paper]) == {}
    told = library.sources_of([replace(paper, origins={"": 2, "title": 0, "doi": 99})])
    assert {number: source.name for number, source in told.items()} == {2: "colleague.bib"}


def test_one_paper_alone_cannot_be_merged(library: Library) -> None:
    with pytest.raises(UsageError, match="two papers"):
        library.merge([1, 1])
    with pytest.raises(UsageError, match="two papers"):
        library.tell_apart([1, 99])
    with pytest.raises(UsageError, match="nothing to take apart"):
        library.take_apart(1)


class TestMergeAll:
    groups = (Duplicates(Match.SAME, (1, 3)), Duplicates(Match.SAME, (2, 4)), Duplicates(Match.SAME, (3, 4)))

    @pytest.fixture(autouse=True)
    def _a_fourth_paper(self, library: Library) -> None:
        text = LISTING.replace("Birds of the Motorway", "A Fourth Paper").replace("forest", "city")
        library.import_texts([InputText("april.txt", text.encode())])

    def test_is_one_undo_step(self, library: Library) -> None:
        before = all_papers(library)
        assert library.merge_all(self.groups) == 2
        assert [paper.id for paper in all_papers(library)] == [1, 2]
        assert library.undo_label() == "Merge 4 papers into 2"
        library.undo()
        assert all_papers(library) == before
        library.redo()
        library.take_apart(2)
        assert [paper.id for paper in all_papers(library)] == [1, 2, 4]

    def test_does_what_single_merges_do(self, library: Library) -> None:
        library.merge([1, 3])
        library.merge([2, 4])
        singly = all_papers(library)
        library.undo()
        library.undo()
        library.merge_all(self.groups)
        assert all_papers(library) == singly

    def test_cancelled_it_leaves_no_trace(self, library: Library) -> None:
        before, label = all_papers(library), library.undo_label()

        def cancel(_done: int, _total: int) -> None:
            raise CancelledError("Cancelled.")

        with pytest.raises(CancelledError):
            library.merge_all(self.groups, cancel)
        assert (all_papers(library), library.undo_label()) == (before, label)

    def test_papers_that_are_gone_are_passed_over(self, library: Library) -> None:
        assert library.merge_all([Duplicates(Match.SAME, (1, 99))]) == 0
        assert not library.undo_label().startswith("Merge")


@pytest.fixture
def with_listings(library_folder: Path) -> Iterator[Library]:
    """A library that knows the listings of made papers."""
    store = PaperStore(library_folder)
    for number in (1, 2, 3):
        source = Source(number, f"{number}.txt", "hf-listing", str(number), NOW)
        listing = Listing(number, number, source.name, date(2026, 3, number))
        store.record(Change("Know a listing", (SourceAdded(source), ListingAdded(listing))), NOW)
    store.close()
    with Library(library_folder) as opened:
        yield opened


@given(papers(1), papers(2))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_two_papers_come_back_as_they_were(with_listings: Library, one: Paper, other: Paper) -> None:
    library = with_listings
    library._store.record(Change("Add", (PapersAdded((one, other)),)), NOW)
    before = library.papers([1, 2])
    assert before == [ordered(one), ordered(other)]
    library.merge([1, 2])
    library.undo()
    assert library.papers([1, 2]) == before
    library.redo()
    library.take_apart(1)
    assert library.papers([1, 2]) == before
    library.undo()
    library.undo()
    assert library.papers([1, 2]) == before
    library.undo()
