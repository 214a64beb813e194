"""The trash: what comes back from it, and when it is emptied, whatever the clock says."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import InputText
from readinglist.library.days import goes_on
from readinglist.library.library import Library
from readinglist.papers.change import Change
from readinglist.papers.edits import set_fields
from readinglist.papers.memory import DifferentPair
from readinglist.papers.paper import Attachment, Paper, ReadingState
from tests.library.past import START, Clock, everything, import_sample, library_with_clock

Opened = tuple[Library, Clock]


@pytest.fixture
def opened(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with library_with_clock(library_folder, monkeypatch) as pair:
        import_sample(pair[0])
        yield pair


def trashed(library: Library) -> set[int]:
    return set(library.find("is:trashed").ids)


def worked_with(library: Library) -> Paper:
    """A paper with something in every field that a reader can fill."""
    paper_id = library.find().ids[0]
    library.tag([paper_id], ["nlp/parsing", "thesis"])
    library.add_note(paper_id, "A note\n\nof two paragraphs")
    library.star([paper_id])
    library.rate([paper_id], 5)
    library.set_state([paper_id], ReadingState.READ)
    library.edit_fields(paper_id, {"year": "1999", "venue": "ICLR", "doi": "10.1000/182", "keywords": "a, b"})
    library.import_texts([InputText("more.bib", b"@misc{more, title={Attention Is All You Need}, doi={10.1000/182}}")])
    library._edit([paper_id], lambda papers: _with_file(papers[0]))
    return library.papers([paper_id])[0]


def _with_file(paper: Paper) -> Change:
    return set_fields(paper, {"attachments": (Attachment("ab" * 32, "paper.pdf", 5),)})


def test_restoring_brings_every_field_back(opened: Opened) -> None:
    library, clock = opened
    before = worked_with(library)
    assert before.sightings
    clock.day(3)
    library.trash([before.id])
    assert library.papers([before.id])[0].trashed is not None
    clock.day(8)
    library.restore([before.id])
    assert library.papers([before.id])[0] == before


def test_undo_brings_back_whole_what_was_deleted_for_good(opened: Opened) -> None:
    library, _ = opened
    paper = worked_with(library)
    one, two = library.find().ids[3:5]
    library.merge([paper.id, one])
    library.tell_apart([paper.id, two])
    library.trash([paper.id])
    before, merges = everything(library), library.merges(paper.id)
    done = library.empty_trash()
    assert (done.papers, done.label) == (1, "Delete 1 paper for good")
    assert not library.papers([paper.id])
    assert not library.merges(paper.id)
    library.undo()
    assert everything(library) == before
    assert library.merges(paper.id) == merges
    assert DifferentPair(*sorted((paper.id, two))) in library._store.memories("different")


def test_only_what_is_in_the_trash_is_deleted(opened: Opened) -> None:
    library, _ = opened
    ids = library.find().ids
    library.trash(ids[:3])
    assert library.empty_trash(ids[2:6]).papers == 1
    assert trashed(library) == set(ids[:2])
    assert library.empty_trash([]).papers == 0
    assert library.undo_label() == "Delete 1 paper for good"


def test_deleting_can_be_cancelled(opened: Opened) -> None:
    library, _ = opened
    library.trash(library.find().ids[:3])
    before = everything(library)

    def stop(_done: int, _total: int) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        library.empty_trash(progress=stop)
    assert everything(library) == before


def test_papers_go_after_30_days_of_which_the_library_saw_the_last(opened: Opened) -> None:
    library, clock = opened
    ids = library.find().ids
    library.trash(ids[:2])
    clock.day(10)
    library.trash(ids[2:3])
    for day in range(10, 40):  # on day 10, it first saw them
        clock.day(day)
        assert library.keep_in_bounds() == 0
    clock.day(40)
    assert library.keep_in_bounds() == 3
    assert trashed(library) == set()


def test_a_paper_goes_on_the_thirtieth_day_where_it_is_looked_after_daily(opened: Opened) -> None:
    library, clock = opened
    library.trash(library.find().ids[:1])
    went = []
    for day in range(35):
        clock.day(day)
        if library.keep_in_bounds():
            went.append(day)
    assert went == [30]
    assert goes_on(START) == date(2026, 4, 8)
    assert library.undo_label() == "Delete 1 paper for good"


def test_a_clock_years_ahead_for_a_day_empties_nothing(opened: Opened) -> None:
    library, clock = opened
    library.trash(library.find().ids[:2])
    for day in (0, 1, 2, 4000, 4000.2, 3, 4, -4000, 5, 6):
        clock.day(day)
        assert library.keep_in_bounds() == 0
    assert len(trashed(library)) == 2


def test_a_paper_trashed_by_a_clock_that_stood_in_the_past_has_its_days(opened: Opened) -> None:
    library, clock = opened
    clock.day(-9000)
    library.trash(library.find().ids[:1])
    for day in range(29):
        clock.day(day)
        assert library.keep_in_bounds() == 0


def test_what_comes_back_by_undo_has_all_its_days_again(opened: Opened) -> None:
    library, clock = opened
    library.trash(library.find().ids[:1])
    for day in range(31):
        clock.day(day)
        library.keep_in_bounds()
    library.undo()
    assert len(trashed(library)) == 1
    for day in range(31, 60):
        clock.day(day)
        assert library.keep_in_bounds() == 0


def test_a_paper_trashed_again_counts_from_then(opened: Opened) -> None:
    library, clock = opened
    ids = library.find().ids[:1]
    library.trash(ids)
    library.keep_in_bounds()
    clock.day(25)
    library.restore(ids)
    library.trash(ids)
    for day in range(25, 50):
        clock.day(day)
        assert library.keep_in_bounds() == 0


def test_a_library_that_is_read_only_keeps_its_trash(opened: Opened) -> None:
    library, _ = opened
    library.trash(library.find().ids[:1])
    library._store._never_changed = "Read only, for a test."
    with pytest.raises(ExpectedError, match="Read only"):
        library.empty_trash()
    assert len(trashed(library)) == 1


def test_a_library_that_is_seldom_opened_keeps_its_trash_for_longer(opened: Opened) -> None:
    library, clock = opened
    library.trash(library.find().ids[:1])
    went = []
    for day in range(0, 400, 40):
        clock.day(day)
        if library.keep_in_bounds():
            went.append(day)
    assert went == [200]  # each time counts as a week
