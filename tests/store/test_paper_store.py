from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import ExpectedError
from readinglist.papers import edits
from readinglist.papers.change import Change, FieldChanged, ListingAdded, PapersAdded, SightingsAdded, SourceAdded
from readinglist.papers.paper import Author, Listing, Paper, ReadingState, Sighting, Source
from readinglist.papers.query import DateRange, FieldTest
from readinglist.store.paper_store import PaperStore
from tests.store.making import DAY, LISTING, NOW, PLAIN, RICH, SOURCE, TRASHED, filled, import_step, many


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PaperStore]:
    opened = PaperStore(tmp_path)
    yield filled(opened)
    opened.close()


def everything(store: PaperStore) -> list[Paper]:
    return store.papers(sorted(store.ids() + store.ids(trashed=True)))


def test_papers_come_out_as_they_went_in(store: PaperStore) -> None:
    assert store.papers([3, 1, 2]) == [TRASHED, RICH, PLAIN]


def test_ids_that_are_gone_are_left_out(store: PaperStore) -> None:
    assert [paper.id for paper in store.papers([99, 2])] == [2]


def test_the_text_of_a_source_is_kept(store: PaperStore) -> None:
    store.undo(NOW)
    store.redo(NOW)
    found = store.source_with(SOURCE.digest)
    assert found is not None
    assert found == (replace(SOURCE, raw=""), [LISTING])


EDITS: list[Callable[[list[Paper]], Change]] = [
    edits.star,
    edits.unstar,
    lambda papers: edits.rate(papers, 5),
    lambda papers: edits.set_state(papers, ReadingState.READ, NOW),
    lambda papers: edits.set_state(papers, ReadingState.SKIPPED, NOW),
    lambda papers: edits.tag(papers, add=["nlp/ssm", "for-thesis", "ünïcode/tief"]),
    lambda papers: edits.tag(papers, add=["x"], remove=["architecture", "nlp/ssm"]),
    lambda papers: edits.add_note(papers[0], "Compare with *table 4*.", NOW + timedelta(minutes=5)),
    lambda papers: edits.edit_note(papers[0], "n1", "Other words.", NOW + timedelta(days=3)),
    lambda papers: edits.delete_note(papers[0], "n1"),
    lambda papers: edits.trash(papers, NOW),
    edits.restore,
    lambda papers: edits.set_fields(papers[0], {"title": "H3"}),
    lambda papers: edits.set_fields(papers[0], {"authors": (Author("Dao", "Tri"),)}),
    lambda papers: edits.set_fields(papers[0], {"links": ()}),
    lambda papers: edits.set_fields(papers[0], {"extra": {"a": "b"}}),
    lambda papers: edits.set_fields(papers[0], {"year": None}),
    lambda papers: edits.set_fields(papers[0], {"keywords": ("one",)}),
]


@pytest.mark.parametrize("number", range(len(EDITS)))
def test_every_edit_is_kept_undone_and_redone(store: PaperStore, tmp_path: Path, number: int) -> None:
    before = everything(store)
    change = EDITS[number](store.papers([1, 2, 3]))
    store.record(change, NOW)
    after = everything(store)
    assert after != before
    for step in change.steps:
        assert isinstance(step, FieldChanged)
        values = dict(zip(step.ids, step.after, strict=True))
        assert {p.id: getattr(p, step.field) for p in after if p.id in values} == values
    store.undo(NOW)
    assert everything(store) == before
    again = PaperStore(tmp_path)
    assert again.undo_labels() == ("Import 3 papers", change.label)
    again.redo(NOW)
    assert everything(again) == after
    again.close()


@given(st.lists(st.tuples(st.sampled_from(EDITS), st.booleans()), max_size=12))
def test_any_edits_can_be_undone_to_the_first_and_done_again(
    tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[Callable[[list[Paper]], Change], bool]]
) -> None:
    store = filled(PaperStore(tmp_path_factory.mktemp("library")))
    states = [everything(store)]
    for edit, all_of_them in plan:
        change = edit(store.papers([1, 2, 3] if all_of_them else [1]))
        if change:
            store.record(change, NOW)
            states.append(everything(store))
    for state in reversed(states[:-1]):
        assert store.undo(NOW) is not None
        assert everything(store) == state
    for state in states[1:]:
        assert store.redo(NOW) is not None
        assert everything(store) == state
    store.close()


def test_undoing_an_import_leaves_an_empty_library_and_redoing_brings_all_back(store: PaperStore) -> None:
    before = everything(store)
    store.undo(NOW)
    assert store.size() == 0
    assert store.source_with(SOURCE.digest) is None
    assert store.count().listings == ()
    store.redo(NOW)
    assert everything(store) == before


def test_an_import_of_two_files_that_share_a_paper_is_undone_and_done_again(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    work = store.start_import("Import", NOW)
    work.add((SourceAdded(SOURCE), ListingAdded(LISTING), PapersAdded((RICH, PLAIN))))
    second = Listing(2, 2, "tuesday.txt", DAY, 2)
    work.add((SourceAdded(Source(2, "tuesday.txt", "hf-listing", "ffff", NOW)), ListingAdded(second)))
    work.add((SightingsAdded(((2, Sighting(2, DAY, 1)),)),))
    work.finish("Import 2 papers")
    before = everything(store)
    store.undo(NOW)
    assert store.size() == 0
    store.redo(NOW)
    assert everything(store) == before
    store.close()


def test_a_new_change_ends_what_could_be_redone(store: PaperStore) -> None:
    store.record(edits.star([PLAIN]), NOW)
    store.undo(NOW)
    store.record(edits.rate([PLAIN], 3), NOW)
    assert store.redo(NOW) is None
    store.undo(NOW)
    assert store.undo_labels()[0] == "Import 3 papers"


def test_nothing_to_undo_is_no_error(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    assert store.undo(NOW) is None
    assert store.redo(NOW) is None
    assert store.undo_labels() == ("", "")
    store.close()


def test_an_undone_tag_leaves_the_tags_that_another_program_added(store: PaperStore, tmp_path: Path) -> None:
    other = PaperStore(tmp_path)
    store.record(edits.tag([PLAIN], add=["ours"]), NOW)
    other.record(edits.tag([PLAIN], add=["theirs"]), NOW)  # made from the paper as it was before
    assert other.papers([2])[0].tags == ("ours", "theirs")
    other.undo(NOW)
    assert store.papers([2])[0].tags == ("ours",)
    other.close()


def test_ids_are_never_given_again(store: PaperStore) -> None:
    work = store.start_import("Import", NOW)
    assert work.next_ids() == (4, 2, 2)
    work.roll_back()
    store.undo(NOW)
    work = store.start_import("Import", NOW)
    assert work.next_ids() == (4, 2, 2)
    work.roll_back()


def test_an_import_stopped_half_way_is_taken_back_at_the_next_opening(store: PaperStore, tmp_path: Path) -> None:
    before = everything(store)
    work = store.start_import("Import", NOW)
    listing = Listing(2, 2, "b.txt", DAY, 2)
    work.add((SourceAdded(Source(2, "b.txt", "hf-listing", "ffff", NOW)), ListingAdded(listing)))
    work.add((PapersAdded((replace(PLAIN, id=4, citation_key="four", sightings=()),)),))
    work.add((SightingsAdded(((2, Sighting(2, DAY, 7)),)),))
    assert store.size() == 4
    store.close()  # as when the program is killed: the lock goes, the change stays open
    again = PaperStore(tmp_path)
    assert everything(again) == before
    assert again.undo_labels() == ("Import 3 papers", "")
    again.close()


def test_an_import_under_way_in_another_program_is_left_alone(store: PaperStore, tmp_path: Path) -> None:
    work = store.start_import("Import", NOW)
    work.add((PapersAdded((replace(PLAIN, id=4, citation_key="four", sightings=()),)),))
    other = PaperStore(tmp_path)
    assert other.size() == 4
    with pytest.raises(ExpectedError, match="under way"):
        other.start_import("Import", NOW)
    other.close()
    work.finish("Import 1 paper")
    assert store.undo_labels()[0] == "Import 1 paper"


def test_an_import_without_anything_new_leaves_no_trace(store: PaperStore) -> None:
    store.record(edits.star([PLAIN]), NOW)
    store.undo(NOW)
    store.start_import("Import", NOW).finish("Import 0 papers")
    assert store.undo_labels() == ("Import 3 papers", "Star “Attention Is All You Need”")


def test_sightings_order_the_papers_and_count(store: PaperStore) -> None:
    listing = Listing(2, 1, "later", date(2026, 5, 1), 1)
    steps = (
        ListingAdded(listing),
        SightingsAdded(((2, Sighting(2, listing.day, 1)), (2, Sighting(2, listing.day, 9)))),
    )
    store.record(Change("See again", steps), NOW)
    assert store.ids() == [2, 1]
    assert store.ids_where(FieldTest("seen", ">=", 2)) == [2]
    assert [s.position for s in store.papers([2])[0].sightings] == [3, 1, 9]
    store.undo(NOW)
    assert store.ids() == [1, 2]
    assert store.ids_where(FieldTest("seen", ">=", 2)) == []


def test_the_papers_of_a_listing_come_in_its_order(store: PaperStore) -> None:
    listing = Listing(2, 1, "later", date(2026, 5, 1), 1)
    seen = ((2, Sighting(2, listing.day, 1)), (1, Sighting(2, listing.day, 2)))
    store.record(Change("See again", (ListingAdded(listing), SightingsAdded(seen))), NOW)
    assert store.ids_in_listing_order(FieldTest("in", "=", "2026-05-01#1")) == [2, 1]
    assert store.ids_in_listing_order(FieldTest("in", "=", "2026-03-14#1")) == [1, 2]
    assert store.ids_in_listing_order(FieldTest("in", "=", "monday")) == [2, 1]


def test_orders(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    papers = [replace(p, year=2000 + n % 3, rating=n % 2) for n, p in enumerate(many(6))]
    store.record(Change("Import", (PapersAdded(tuple(papers)),)), NOW)
    assert store.ids("title") == [1, 2, 3, 4, 5, 6]
    assert store.ids("year") == [3, 6, 2, 5, 1, 4]
    assert store.ids("rating") == [2, 4, 6, 1, 3, 5]
    assert store.ids("added") == [6, 5, 4, 3, 2, 1]
    store.close()


@pytest.mark.parametrize(
    ("test", "ids"),
    [
        (FieldTest("status", "=", "read"), [1]),
        (FieldTest("is", "=", "starred"), [1]),
        (FieldTest("is", "=", "new"), [1, 2, 3]),
        (FieldTest("is", "=", "unread"), [2, 3]),
        (FieldTest("is", "=", "trashed"), [3]),
        (FieldTest("has", "=", "code"), [1]),
        (FieldTest("has", "=", "note"), [1]),
        (FieldTest("has", "=", "tag"), [1]),
        (FieldTest("has", "=", "doi"), [1]),
        (FieldTest("has", "=", "authors"), [1]),
        (FieldTest("has", "=", "abstract"), [1]),
        (FieldTest("rating", ">=", 4), [1]),
        (FieldTest("rating", "=", 0), [2, 3]),
        (FieldTest("seen", ">=", 1), [1, 2]),
        (FieldTest("year", "=", 2022), [1]),
        (FieldTest("year", "<", 2022), []),
        (FieldTest("year", "=", DateRange(date(2020, 1, 1), date(2022, 12, 31))), [1]),
        (FieldTest("venue", "=", "iclr"), [1]),
        (FieldTest("doi", "=", "10.1000"), [1]),
        (FieldTest("arxiv", "=", "2212.14052"), [1]),
        (FieldTest("key", "=", "fu2022"), [1]),
        (FieldTest("key", "=", "%"), []),
        (FieldTest("tag", "=", "NLP"), [1]),
        (FieldTest("tag", "=", "nlp/ssm"), [1]),
        (FieldTest("tag", "=", "nl"), []),
        (FieldTest("tag", "=", "nl*"), [1]),
        (FieldTest("tag", "=", "zz*"), []),
        (FieldTest("tag", "=", "nl", unfinished=True), [1]),
        (FieldTest("tag", "=", "nlp", unfinished=True), [1]),
        (FieldTest("tag", "=", "zz", unfinished=True), []),
        (FieldTest("has", "=", "pdf"), []),
        (FieldTest("in", "=", "2026-03"), [1, 2]),
        (FieldTest("in", "=", "2026-04"), []),
        (FieldTest("in", "=", "2026-03-14"), [1, 2]),
        (FieldTest("in", "=", "2026-03-14#1"), [1, 2]),
        (FieldTest("in", "=", "2026-03-14#2"), []),
        (FieldTest("in", "=", "monday"), [1, 2]),
        (FieldTest("in", "=", "2026-02-30"), []),
        (FieldTest("listed", "=", DateRange(DAY, DAY)), [1, 2]),
        (FieldTest("listed", "=", DateRange(DAY + timedelta(days=1), None)), []),
        (FieldTest("added", "=", DateRange(date(2026, 4, 1), date(2026, 4, 3))), [1, 2, 3]),
        (FieldTest("added", "=", DateRange(None, date(2026, 3, 31))), []),
        (FieldTest("read", "=", DateRange(date(2026, 4, 1), None)), [1]),
        (FieldTest("of-a-later-version", "=", "x"), []),
    ],
)
def test_tests_of_the_search_language(store: PaperStore, test: FieldTest, ids: list[int]) -> None:
    assert store.ids_where(test) == ids


def test_counts_leave_out_the_trash(store: PaperStore) -> None:
    tallies = store.count()
    assert tallies.states[ReadingState.READ] == 1
    assert tallies.states[ReadingState.INBOX] == 1
    assert (tallies.starred, tallies.trashed) == (1, 1)
    assert [(listing.name, listing.papers) for listing in tallies.listings] == [("monday.txt", 2)]
    assert [(name, papers) for name, _, papers in tallies.tags] == [("architecture", 1), ("nlp", 1), ("nlp/ssm", 1)]
    assert store.tag_names() == ["architecture", "nlp", "nlp/ssm"]
    store.record(edits.trash([RICH], NOW), NOW)
    assert store.count().tags == ()
    assert store.tag_names() == []
    assert [listing.papers for listing in store.count().listings] == [1]


def test_the_first_look_at_a_paper_is_remembered_and_no_undo_step(store: PaperStore) -> None:
    assert store.look_at(2, NOW)
    assert not store.look_at(2, NOW + timedelta(days=1))
    assert store.papers([2])[0].looked_at == NOW
    assert store.undo_labels()[0] == "Import 3 papers"


def test_words_that_changed_wait_to_be_indexed(store: PaperStore) -> None:
    pending = store.to_index()
    assert [entry.paper_id for entry in pending] == [1, 2, 3]
    store.record(edits.add_note(PLAIN, "a note", NOW), NOW)
    store.indexed(pending)  # the index holds the paper as it was before the note
    assert [entry.paper_id for entry in store.to_index()] == [2]
    store.record(edits.star([PLAIN]), NOW)
    assert len(store.to_index()) == 1


def test_papers_alike_are_found_by_what_they_share(store: PaperStore) -> None:
    def alike(paper: Paper) -> list[int]:
        return [found.id for found in store.alike([paper])]

    assert alike(Paper(title="attention is all you need!")) == [2]
    assert alike(Paper(title="Other", doi="10.1000/182")) == [1]
    assert alike(Paper(title="Other", arxiv_id="2212.14052")) == [1]
    assert alike(Paper(title="Other")) == []


def test_citation_keys_name_papers_whatever_their_case(store: PaperStore) -> None:
    assert store.id_of_key("FU2022") == 1
    assert store.id_of_key("nobody") is None
    assert store.id_of_key("") is None
    assert store.citation_keys() == {"fu2022", "attention", "old"}


def test_a_thousand_papers_are_starred_by_few_statements(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    store.record(Change("Import", (PapersAdded(many(1200)),)), NOW)
    store.record(edits.star(store.papers(store.ids())), NOW)
    assert len(store.ids_where(FieldTest("is", "=", "starred"))) == 1200
    store.undo(NOW)
    assert store.ids_where(FieldTest("is", "=", "starred")) == []
    store.close()


def test_a_star_writes_four_pages_at_the_most(tmp_path: Path) -> None:
    store = PaperStore(tmp_path)
    store.record(Change("Import", import_step(*many(300))), NOW)
    log = tmp_path / "library.sqlite-wal"
    before = log.stat().st_size
    store.record(edits.star(store.papers([150])), NOW)
    assert log.stat().st_size - before <= 4 * (4096 + 24)
    store.close()


def test_a_tag_being_typed_is_what_begins_so_until_it_is_whole(store: PaperStore) -> None:
    store.record(edits.tag([PLAIN], add=["nlp2"]), NOW)
    assert store.ids_where(FieldTest("tag", "=", "nl", unfinished=True)) == [1, 2]
    assert store.ids_where(FieldTest("tag", "=", "nlp", unfinished=True)) == [1]
    assert store.ids_where(FieldTest("tag", "=", "nlp*")) == [1, 2]
