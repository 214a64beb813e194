"""One change taken back, without the later ones; and undone again."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import UsageError
from readinglist.library.answers import InputText
from readinglist.library.duplicates import Duplicates
from readinglist.library.library import Library
from readinglist.papers.duplicates import Match
from readinglist.papers.paper import Paper, ReadingState
from tests.faults.acts import edit
from tests.library.past import everything, import_sample


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        import_sample(opened)
        yield opened


def newest(library: Library) -> int:
    return library.changes()[0].number


def paper_of(library: Library, paper_id: int) -> Paper:
    return library.papers([paper_id])[0]


def test_one_papers_part_of_a_change_goes_and_what_came_later_stays(library: Library) -> None:
    one, two = library.find().ids[:2]
    library.tag([one, two], ["nlp"])
    number = newest(library)
    library.tag([one], ["thesis"])
    library.star([one])
    before = everything(library)
    done = library.take_back(number, one)
    assert done.conflicts == ()
    assert paper_of(library, one).tags == ("thesis",)
    assert paper_of(library, one).starred
    assert paper_of(library, two).tags == ("nlp",)
    assert library.undo_label().startswith("Take back: Tag 2 papers")
    library.undo()
    assert everything(library) == before


def test_all_of_a_change_goes(library: Library) -> None:
    ids = library.find().ids[:3]
    library.set_state(ids, ReadingState.READ)
    number = newest(library)
    library.star(ids[:1])
    library.take_back(number)
    assert all((paper.state, paper.read_at) == (ReadingState.INBOX, None) for paper in library.papers(ids))
    assert paper_of(library, ids[0]).starred


def test_what_was_changed_again_later_stays_and_is_told(library: Library) -> None:
    paper_id = library.find().ids[0]
    title = paper_of(library, paper_id).title
    library.edit_fields(paper_id, {"title": "Second title", "year": "1999"})
    number = newest(library)
    library.edit_fields(paper_id, {"title": "Third title"})
    later = newest(library)
    plan = library.plan_take_back(number, paper_id)
    (conflict,) = plan.conflicts
    assert (conflict.what, [each.id for each in conflict.later]) == ("title", [later])
    assert paper_of(library, paper_id).title == "Third title"
    library.take_back(number, paper_id)
    assert (paper_of(library, paper_id).title, paper_of(library, paper_id).year) == ("Third title", None)
    library.undo()
    library.take_back(number, paper_id, with_later=True)
    assert (paper_of(library, paper_id).title, paper_of(library, paper_id).year) == (title, None)


def test_a_reading_state_changed_again_is_one_conflict(library: Library) -> None:
    paper_id = library.find().ids[0]
    library.set_state([paper_id], ReadingState.READ)
    number = newest(library)
    library.set_state([paper_id], ReadingState.SKIPPED)
    assert [conflict.what for conflict in library.plan_take_back(number).conflicts] == ["state"]
    library.take_back(number)
    assert (paper_of(library, paper_id).state, paper_of(library, paper_id).read_at) == (ReadingState.SKIPPED, None)


def test_a_note_that_was_deleted_comes_back_beside_later_ones(library: Library) -> None:
    paper_id = library.find().ids[0]
    library.add_note(paper_id, "Worth keeping")
    (note,) = paper_of(library, paper_id).notes
    library.delete_note(paper_id, note.id)
    number = newest(library)
    library.add_note(paper_id, "Another")
    library.take_back(number, paper_id)
    assert sorted(each.text for each in paper_of(library, paper_id).notes) == ["Another", "Worth keeping"]


def test_an_import_goes_whole_where_nothing_was_done_since(library: Library) -> None:
    before = everything(library)
    listings = library.listings()
    library.import_texts([InputText("more.bib", b"@misc{new1, title={A new paper about nothing}, year=2020}")])
    number = newest(library)
    library.star([before[0].id])
    library.take_back(number)
    assert [paper.id for paper in everything(library)] == [paper.id for paper in before]
    assert library.listings() == listings
    assert library.preview([InputText("more.bib", b"@misc{new1, title={A new paper about nothing}, year=2020}")])
    library.undo()
    assert len(everything(library)) == len(before) + 1
    assert len(library.listings()) == len(listings) + 1


def test_of_an_import_the_papers_stay_that_were_worked_with(library: Library) -> None:
    text = b"@misc{new1, title={A new paper about nothing}}\n@misc{new2, title={Quite another thing altogether}}"
    library.import_texts([InputText("more.bib", text)])
    number = newest(library)
    new = library.paper("new1")
    library.star([new.id])
    plan = library.take_back(number)
    assert [(conflict.paper_id, conflict.what) for conflict in plan.conflicts] == [(new.id, "paper")]
    assert paper_of(library, new.id).starred
    assert not library.find('title:"quite another thing altogether"').ids
    assert any(listing.name == "more.bib" for listing in library.listings())
    library.undo()
    library.take_back(number, with_later=True)
    assert not library.papers([new.id])
    assert all(listing.name != "more.bib" for listing in library.listings())


def test_a_merge_is_taken_apart(library: Library) -> None:
    one, two = library.find().ids[:2]
    library.merge([one, two])
    number = newest(library)
    library.star([one])
    library.take_back(number, one)
    assert paper_of(library, two).title
    assert paper_of(library, one).starred
    assert library.plan_take_back(number).left == ("This merge was taken apart already.",)
    assert not library.plan_take_back(number).change


def test_a_merge_of_three_is_taken_apart_whole_or_one_by_one(library: Library) -> None:
    one, two, three = library.find().ids[:3]
    before = everything(library)
    library.merge([one, two, three])
    number = newest(library)
    assert library.take_back(number).left == ()
    assert everything(library) == before
    library.undo()
    library.take_back(number, two)
    assert (len(library.papers([two])), library.papers([three])) == (1, [])
    plan = library.take_back(number)
    assert plan.left == ("1 of 2 merges were taken apart already.",)
    assert everything(library) == before


def test_a_merge_into_a_paper_that_was_merged_since_is_told(library: Library) -> None:
    one, two, three = library.find().ids[:3]
    library.merge([one, two])
    number = newest(library)
    title = paper_of(library, one).title
    library.merge([three, one])
    plan = library.plan_take_back(number)
    assert (bool(plan.change), plan.left) == (
        False, (f"“{title}” is not there any more: take back first what took it away.",)
    )  # fmt: skip
    library.take_back(newest(library))
    library.take_back(number)
    assert len(library.papers([one, two, three])) == 3


def test_papers_that_come_back_together_have_keys_of_their_own(library: Library) -> None:
    one, two, three, four = library.find().ids[:4]
    key = paper_of(library, two).citation_key
    library.merge_all([Duplicates(Match.SAME, (one, two)), Duplicates(Match.SAME, (three, four))])
    library.edit_fields(three, {"citation_key": key})
    library.take_back(library.changes()[1].number)
    keys = [paper.citation_key for paper in library.papers([one, two, three, four])]
    assert keys[2] == key
    assert len({each.lower() for each in keys}) == 4


def test_what_was_taken_apart_is_merged_again(library: Library) -> None:
    one, two = library.find().ids[:2]
    library.merge([one, two], {"title": two})
    before, merges = everything(library), library.merges(one)
    library.take_apart(one)
    number = newest(library)
    for part in (None, one, two):
        assert library.take_back(number, part).left == ()
        assert (everything(library), library.merges(one)) == (before, merges)
        library.undo()
    library.add_note(two, "Since")
    library.take_back(number)
    assert library.papers([two]) == []
    assert [note.text for note in paper_of(library, one).notes] == ["Since"]
    library.undo()
    library.trash([two])
    library.empty_trash()
    assert "no longer both there" in library.plan_take_back(number).left[0]


def test_a_merged_paper_deleted_for_good_comes_back_with_its_merges(library: Library) -> None:
    one, two = library.find().ids[:2]
    library.merge([one, two])
    library.trash([one])
    before, merges = everything(library), library.merges(one)
    library.empty_trash()
    library.star(library.find().ids[:1])
    library.unstar(library.find().ids[:1])
    assert library.take_back(library.changes()[2].number).left == ()
    assert (everything(library), library.merges(one)) == (before, merges)


def test_papers_that_are_gone_are_told(library: Library) -> None:
    one, two, three = library.find().ids[:3]
    library.tag([one, two, three], ["nlp"])
    number = newest(library)
    library.merge([one, two])
    plan = library.take_back(number)
    assert plan.left == ("1 paper of this change is no longer there: deleted, or merged into another one.",)
    assert [paper.tags for paper in library.papers([one, three])] == [(), ()]


def test_papers_deleted_for_good_come_back_with_all_that_was_theirs(library: Library) -> None:
    paper_id = library.find().ids[0]
    library.tag([paper_id], ["nlp"])
    library.add_note(paper_id, "A note")
    library.trash([paper_id])
    before = paper_of(library, paper_id)
    library.empty_trash()
    number = newest(library)
    library.star(library.find().ids[:1])
    library.take_back(number)
    assert paper_of(library, paper_id) == before


def test_a_citation_key_that_another_paper_has_by_now_is_not_taken(library: Library) -> None:
    one, two = library.find().ids[:2]
    key = paper_of(library, one).citation_key
    library.edit_fields(one, {"citation_key": "mine"})
    number = newest(library)
    library.edit_fields(two, {"citation_key": key})
    plan = library.take_back(number)
    assert plan.left == (f"The citation key {key} is another paper's now.",)
    assert paper_of(library, one).citation_key == "mine"


def test_changes_beside_the_papers_are_taken_back(library: Library) -> None:
    library.save_smart_list("Mine", "tag:nlp")
    saved = newest(library)
    library.tag(library.find().ids[:1], ["nlp"])
    library.color_tag("nlp", "#123456")
    colored = newest(library)
    library.rename_smart_list(library.smart_list("Mine").id, "Yours")
    library.take_back(colored)
    assert library.counts().tags[0].color != "#123456"
    assert [conflict.what for conflict in library.take_back(saved).conflicts] == ["smart list"]
    assert library.smart_list("Yours")
    library.take_back(saved, with_later=True)
    assert "Yours" not in [each.name for each in library.smart_lists()]
    library.undo()
    assert library.smart_list("Yours").query == "tag:nlp"


def test_what_is_no_change_is_said(library: Library) -> None:
    one, two = library.find().ids[:2]
    library.star([one])
    number = newest(library)
    with pytest.raises(UsageError, match="no change 999"):
        library.take_back(999)
    with pytest.raises(UsageError, match="no change 9223372036854775808"):
        library.take_back(2**63)
    with pytest.raises(UsageError, match="nothing to this paper"):
        library.take_back(number, two)
    library.undo()
    with pytest.raises(UsageError, match="was undone"):
        library.take_back(number)


@pytest.mark.parametrize("seed", range(6))
def test_any_change_can_be_taken_back_and_that_undone(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    ids = sorted(library.find().ids)
    for _ in range(25):
        edit(library, chance, ids)
    for event in chance.sample(library.changes(), 8):
        before = everything(library)
        library.take_back(event.number, with_later=chance.random() < 0.5)
        if everything(library) != before:
            library.undo()
        assert everything(library) == before


def test_taking_the_newest_change_back_is_undoing_it(library: Library) -> None:
    chance = random.Random(5)
    ids = sorted(library.find().ids)
    for _ in range(30):
        before = everything(library)
        count = len(library.changes())
        edit(library, chance, ids)
        if len(library.changes()) == count:
            continue
        plan = library.take_back(newest(library))
        assert (plan.conflicts, plan.left) == ((), ())
        assert everything(library) == before
