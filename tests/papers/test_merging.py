"""Papers merged and taken apart again, as values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.change import FieldChanged, Forgotten, PapersAdded, PapersRemoved, Remembered
from readinglist.papers.memory import Merge
from readinglist.papers.merging import CHOSEN_FIELDS, merged, merged_paper, richest, take_apart, without
from readinglist.papers.paper import Attachment, Author, Link, LinkKind, Note, Paper, ReadingState, Sighting
from readinglist.papers.richer import is_of_publication
from tests.papers.made_papers import papers

NOW = datetime(2026, 4, 2, 9, 30, tzinfo=UTC)
PREPRINT = Paper(
    1, "Sorting", "We sort…", (Author("Lovelace", "A."),), 2017, "misc", "Sorting", arxiv_id="1706.03762",
    keywords=("files",), extra={"primaryclass": "cs.DS"}, tags=("nlp",), added=NOW, origins={"": 1},
    sightings=(Sighting(1, None, 4),),
)  # fmt: skip
PUBLISHED = Paper(
    2, "Sorting: With Little Memory", "We sort large files.", (Author("Lovelace", "Ada"), Author("Turing", "Alan")),
    2018, "inproceedings", "lovelace18", doi="10.1/a", venue="NeurIPS", keywords=("Files", "memory"),
    extra={"pages": "1--9", "primaryclass": "cs"}, tags=("thesis",), added=NOW - timedelta(days=9), origins={"": 2},
    sightings=(Sighting(2, None, 1),),
)  # fmt: skip


class TestMergedPaper:
    def test_has_the_richer_value_of_each_field_and_tells_its_origin(self) -> None:
        whole = merged_paper(PREPRINT, PUBLISHED)
        assert (whole.id, whole.citation_key, whole.arxiv_id, whole.doi) == (1, "Sorting", "1706.03762", "10.1/a")
        for field in ("title", "abstract", "authors", "year", "entry_type", "venue"):
            assert getattr(whole, field) == getattr(PUBLISHED, field)
            assert whole.origins[field] == 2
        assert whole.origins[""] == 1
        assert "arxiv_id" not in whole.origins
        assert whole.keywords == ("files", "memory")

    def test_the_published_record_does_not_learn_from_the_preprint_what_it_knows_better(self) -> None:
        whole = merged_paper(PUBLISHED, PREPRINT)
        for field in ("title", "abstract", "authors", "year", "entry_type", "venue", "doi"):
            assert getattr(whole, field) == getattr(PUBLISHED, field)
        assert whole.arxiv_id == "1706.03762"

    def test_the_key_that_goes_stays_known(self) -> None:
        whole = merged_paper(PREPRINT, PUBLISHED)
        assert whole.extra == {"primaryclass": "cs.DS", "pages": "1--9", "ids": "lovelace18"}
        chosen = merged_paper(PREPRINT, PUBLISHED, {"citation_key": True})
        assert (chosen.citation_key, chosen.extra["ids"]) == ("lovelace18", "Sorting")

    def test_a_record_that_names_its_journal_is_no_preprint(self) -> None:
        kept = replace(PREPRINT, venue="Neuron", extra={"volume": "7"})
        whole = merged_paper(kept, replace(PUBLISHED, extra={"pages": "1--9"}))
        assert (whole.venue, whole.year) == ("Neuron", 2017)
        assert whole.extra == {"volume": "7", "pages": "1--9", "ids": "lovelace18"}

    def test_what_is_published_is_told_as_a_whole(self) -> None:
        kept = replace(PREPRINT, extra={"publisher": "arXiv", "note": "mine"})
        whole = merged_paper(kept, replace(PUBLISHED, extra={"publisher": "ACM", "note": "theirs"}))
        assert whole.extra == {"publisher": "ACM", "note": "mine", "ids": "lovelace18"}

    def test_the_more_precise_date_stays(self) -> None:
        year, day = replace(PREPRINT, extra={"date": "2017"}), replace(PREPRINT, id=2, extra={"date": "2017-06-12"})
        assert merged_paper(year, day).extra["date"] == merged_paper(day, year).extra["date"] == "2017-06-12"

    def test_what_the_reader_wrote_goes_before_everything(self) -> None:
        kept = replace(PREPRINT, origins={"": 1, "title": 0})
        assert merged_paper(kept, PUBLISHED).title == "Sorting"
        other = replace(PUBLISHED, title="My Title", origins={"title": 0})
        assert merged_paper(PREPRINT, other).title == "My Title"
        assert merged_paper(PREPRINT, other).origins["title"] == 0

    def test_a_choice_goes_before_the_richer_value(self) -> None:
        whole = merged_paper(PREPRINT, PUBLISHED, {"title": False, "year": False, "arxiv_id": True})
        assert (whole.title, whole.year, whole.arxiv_id) == ("Sorting", 2017, "")

    def test_the_arxiv_id_in_a_doi_that_goes_stays(self) -> None:
        kept = replace(PREPRINT, arxiv_id="", doi="10.48550/arXiv.1706.03762")
        whole = merged_paper(kept, PUBLISHED)
        assert (whole.doi, whole.arxiv_id) == ("10.1/a", "1706.03762")

    @pytest.mark.parametrize(
        ("own", "theirs", "after"),
        [
            (ReadingState.INBOX, ReadingState.READ, ReadingState.READ),
            (ReadingState.READING, ReadingState.TO_READ, ReadingState.READING),
            (ReadingState.SKIPPED, ReadingState.INBOX, ReadingState.INBOX),
            (ReadingState.SKIPPED, ReadingState.SKIPPED, ReadingState.SKIPPED),
        ],
    )
    def test_the_further_reading_state_stays(
        self, own: ReadingState, theirs: ReadingState, after: ReadingState
    ) -> None:
        assert merged_paper(replace(PREPRINT, state=own), replace(PUBLISHED, state=theirs)).state is after

    def test_marks_add_up(self) -> None:
        other = replace(
            PUBLISHED, starred=True, rating=4, upvotes=3, looked_at=NOW, state=ReadingState.READ, read_at=NOW
        )
        whole = merged_paper(replace(PREPRINT, rating=2, upvotes=9, trashed=NOW), other)
        assert (whole.starred, whole.rating, whole.upvotes, whole.trashed) == (True, 4, 9, None)
        assert (whole.added, whole.looked_at, whole.read_at) == (PUBLISHED.added, NOW, NOW)


@given(papers(1), papers(2))
def test_nothing_of_either_is_lost(kept: Paper, other: Paper) -> None:
    whole = merged_paper(kept, other)
    for each in (kept, other):
        assert set(each.sightings) <= set(whole.sightings)
        assert {tag.casefold() for tag in each.tags} <= {tag.casefold() for tag in whole.tags}
        assert {word.casefold() for word in each.keywords} <= {word.casefold() for word in whole.keywords}
        assert set(each.notes) <= set(whole.notes)
        assert set(each.links) <= set(whole.links)
        assert set(each.attachments) <= set(whole.attachments)
        assert {name for name in each.extra if not is_of_publication(name)} <= set(whole.extra)
        assert each.citation_key in (whole.citation_key, *whole.extra.get("ids", "").split(","))
        assert whole.starred >= each.starred
        assert whole.rating >= each.rating
        assert all(getattr(whole, field) for field in CHOSEN_FIELDS if getattr(each, field))


@given(papers(1), papers(2), st.dictionaries(st.sampled_from(CHOSEN_FIELDS), st.booleans(), max_size=4))
def test_taking_apart_gives_what_was_before(kept: Paper, other: Paper, choices: dict[str, bool]) -> None:
    merge = Merge("m", kept, other, NOW)
    assert without(merge, merged_paper(kept, other, choices)) == kept


@given(papers(1), papers(2), papers(3))
def test_two_merges_are_taken_apart_in_either_order(one: Paper, two: Paper, three: Paper) -> None:
    merges = [step.memory for step in merged(one, [two, three], NOW).steps if isinstance(step, Remembered)]
    first, second = (merge for merge in merges if isinstance(merge, Merge))
    whole = merged_paper(merged_paper(one, two), three)
    assert without(first, without(second, whole, [two])) == one
    steps = take_apart(first, whole, [first, second]).steps
    again = [step.memory for step in steps if isinstance(step, Remembered)]
    later = again[0] if again else second
    assert isinstance(later, Merge)
    assert later.kept == one
    assert [step.papers for step in steps if isinstance(step, PapersAdded)] == [(two,)]


class TestMerged:
    def test_takes_the_others_out_and_remembers_them_whole(self) -> None:
        change = merged(PREPRINT, [PUBLISHED], NOW)
        assert change.label == "Merge 2 papers into “Sorting: With Little Memory”"
        assert change.steps[0] == PapersRemoved((PUBLISHED,))
        memory = change.steps[-1]
        assert isinstance(memory, Remembered)
        assert isinstance(memory.memory, Merge)
        assert (memory.memory.kept, memory.memory.absorbed) == (PREPRINT, PUBLISHED)

    def test_one_paper_alone_is_no_change(self) -> None:
        assert not merged(PREPRINT, [], NOW)

    def test_a_value_can_be_chosen_of_any_of_several(self) -> None:
        third = replace(PUBLISHED, id=3, title="Sorting: A Third Title", citation_key="third")
        for wanted in (PREPRINT, PUBLISHED, third):
            steps = merged(PREPRINT, [PUBLISHED, third], NOW, {"title": wanted.id}).steps
            titles = [step.after[0] for step in steps if isinstance(step, FieldChanged) and step.field == "title"]
            assert titles == ([] if wanted is PREPRINT else [wanted.title])


class TestTakeApart:
    merge = Merge("m", PREPRINT, PUBLISHED, NOW)

    def test_what_was_edited_since_stays(self) -> None:
        today = replace(merged_paper(PREPRINT, PUBLISHED), title="My Title", tags=("nlp", "since", "thesis"), rating=5)
        after = without(self.merge, today)
        assert (after.title, after.tags, after.rating) == ("My Title", ("nlp", "since"), 5)
        assert after.year == 2017

    def test_a_note_edited_since_goes_with_its_paper(self) -> None:
        note = Note("n", "Before", NOW, NOW)
        merge = replace(self.merge, absorbed=replace(PUBLISHED, notes=(note,)))
        today = replace(merged_paper(PREPRINT, merge.absorbed), notes=(replace(note, text="After"),))
        change = take_apart(merge, today)
        back = next(step for step in change.steps if isinstance(step, PapersAdded)).papers[0]
        assert [each.text for each in back.notes] == ["After"]
        assert without(merge, today).notes == ()
        assert change.steps[-1] == Forgotten(merge)

    def test_what_another_merged_paper_says_too_stays(self) -> None:
        third = replace(PUBLISHED, id=3, citation_key="third", attachments=(Attachment("ab", "a.pdf", 3),))
        other = Merge("later", merged_paper(PREPRINT, PUBLISHED), third, NOW + timedelta(hours=1))
        whole = merged_paper(other.kept, third)
        after = without(self.merge, whole, [third])
        assert (after.doi, after.tags) == (PUBLISHED.doi, ("nlp", "thesis"))
        assert after.extra["ids"] == "third"
        assert after.attachments == third.attachments

    def test_links_and_keywords_of_both_stay(self) -> None:
        code = Link("https://a.org/x", LinkKind.CODE)
        kept, other = replace(PREPRINT, links=(code,)), replace(PUBLISHED, links=(code,))
        after = without(Merge("m", kept, other, NOW), merged_paper(kept, other))
        assert (after.links, after.keywords) == ((code,), ("files",))


def test_the_richest_values_are_told_by_field() -> None:
    owner = richest([PREPRINT, PUBLISHED])
    assert owner["title"] == owner["doi"] == owner["year"] == 2
    assert owner["arxiv_id"] == owner["citation_key"] == 1
