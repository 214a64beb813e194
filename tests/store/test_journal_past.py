"""The journal read: for papers, for days; taken back to a moment in a copy; and kept small."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.papers import edits
from readinglist.papers.change import Change, FieldChanged, PapersAdded, PapersRemoved, Remembered
from readinglist.papers.memory import KeptExport
from readinglist.papers.paper import Paper, ReadingState
from readinglist.store.journal_rewinding import rewind_copy
from readinglist.store.paper_store import PaperStore
from tests.store.making import NOW, RICH, filled, many

HOUR = timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PaperStore]:
    opened = PaperStore(tmp_path / "library")
    yield opened
    opened.close()


def at(hours: int) -> datetime:
    return NOW + hours * HOUR


def everything(store: PaperStore) -> list[Paper]:
    return store.papers(sorted(store.ids() + store.ids(trashed=True)))


def as_of(store: PaperStore, folder: Path, moment: datetime) -> list[Paper]:
    folder.mkdir()
    store.copy_to(folder)
    rewind_copy(folder, moment, "Of another day.", lambda _done, _total: None)
    then = PaperStore(folder)
    assert then.read_only == "Of another day."
    papers = everything(then)
    then.close()
    return papers


def star(store: PaperStore, hours: int, *ids: int) -> None:
    store.record(edits.star(store.papers(ids)), at(hours))


def test_changes_are_told_newest_first_and_by_day(store: PaperStore) -> None:
    filled(store)
    star(store, 1, 2)
    store.record(edits.rate(store.papers([1, 2]), 3), at(2))
    store.undo(at(3))
    told = store.entries()
    assert [(each.label, each.undone) for each in told] == [
        ("Rate 2 papers", True), ("Star “Attention Is All You Need”", False), ("Import 3 papers", False),
    ]  # fmt: skip
    assert [each.made for each in store.entries(since=at(1))] == [at(2), at(1)]
    assert [each.made for each in store.entries(since=at(1), until=at(2))] == [at(1)]


def test_a_change_is_told_with_its_steps(store: PaperStore) -> None:
    filled(store)
    star(store, 1, 2)
    known = store.entry(store.entries()[0].id)
    assert known is not None
    assert known.steps == (FieldChanged("starred", (2,), (False,), (True,)),)
    assert store.entry(99) is None


def test_the_changes_of_a_paper_hold_what_was_done_to_it_alone(store: PaperStore) -> None:
    filled(store)
    star(store, 1, 2, 3)
    store.record(edits.rate(store.papers([1]), 2), at(2))
    store.record(edits.set_state(store.papers([2]), ReadingState.READ, at(3)), at(3))
    store.undo(at(4))
    told = store.entries_of({2})
    assert [each.made for each in told] == [at(1), NOW]
    assert told[0].steps == (FieldChanged("starred", (2,), (False,), (True,)),)
    assert told[1].steps == (PapersAdded((Paper(id=2),)),)
    assert [each.made for each in store.entries_of({2}, after=told[1].id)] == [at(1)]


def test_an_id_is_not_found_within_other_numbers(store: PaperStore) -> None:
    store.record(Change("Import", (PapersAdded(many(30)),)), NOW)
    star(store, 1, 12)
    assert len(store.entries_of({2})) == 1
    assert len(store.entries_of({12})) == 2


def test_changes_in_parts_are_told_whole(store: PaperStore) -> None:
    papers = many(6)
    work = store.start_import("Import", NOW)
    work.add((PapersAdded(papers[:3]),))
    work.add((PapersAdded(papers[3:]),))
    assert store.entries() == []
    work.finish("Import 6 papers")
    (told,) = store.entries_of({2, 5})
    assert told.steps == (PapersAdded((Paper(id=2),)), PapersAdded((Paper(id=5),)))


def test_the_library_of_an_earlier_moment(store: PaperStore, tmp_path: Path) -> None:
    filled(store)
    states = {0: everything(store)}
    star(store, 1, 2)
    states[1] = everything(store)
    store.record(edits.trash(store.papers([1]), at(2)), at(2))
    states[2] = everything(store)
    store.record(edits.add_note(store.papers([2])[0], "a note", at(3)), at(3))
    now = everything(store)
    for hours, papers in states.items():
        assert as_of(store, tmp_path / f"{hours}", at(hours) + HOUR / 2) == papers
    assert as_of(store, tmp_path / "before", NOW - HOUR) == []
    assert everything(store) == now


def test_what_was_undone_since_was_there_then(store: PaperStore, tmp_path: Path) -> None:
    filled(store)
    star(store, 1, 2)
    store.record(edits.rate(store.papers([2]), 5), at(2))
    then = everything(store)
    store.undo(at(4))
    store.undo(at(5))
    between = everything(store)
    store.record(edits.rate(store.papers([3]), 1), at(6))
    assert as_of(store, tmp_path / "then", at(3)) == then
    assert as_of(store, tmp_path / "between", at(5)) == between
    assert as_of(store, tmp_path / "now", at(6)) == everything(store)


def test_what_was_done_again_since_was_not_there_then(store: PaperStore, tmp_path: Path) -> None:
    filled(store)
    without = everything(store)
    star(store, 1, 2)
    store.undo(at(2))
    store.redo(at(4))
    assert as_of(store, tmp_path / "then", at(3)) == without
    assert as_of(store, tmp_path / "now", at(5)) == everything(store)


def test_an_import_that_was_undone_comes_back_whole_in_the_library_of_then(store: PaperStore, tmp_path: Path) -> None:
    filled(store)
    then = everything(store)
    store.undo(at(2))
    assert everything(store) == []
    assert as_of(store, tmp_path / "then", at(1)) == then


def test_what_was_seen_first_later_is_new_then(store: PaperStore, tmp_path: Path) -> None:
    filled(store)
    store.look_at(2, at(2))
    (paper,) = (each for each in as_of(store, tmp_path / "then", at(1)) if each.id == 2)
    assert paper.looked_at is None


@pytest.mark.parametrize(("wrong", "asked"), [(at(40_000), at(3)), (at(-40_000), at(3)), (at(40_000), at(0))])
def test_one_wrong_time_does_not_mislead(store: PaperStore, tmp_path: Path, wrong: datetime, asked: datetime) -> None:
    filled(store)
    states = [everything(store)]
    for hours, moment in enumerate((at(1), wrong, at(3), at(4)), start=1):
        store.record(edits.rate(store.papers([2]), hours), moment)
        states.append(everything(store))
    assert as_of(store, tmp_path / "then", asked) == states[3 if asked == at(3) else 0]


def test_a_copy_that_cannot_be_written_is_said(store: PaperStore, tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="could not be written"):
        store.copy_to(tmp_path / "nowhere")


def test_compacting_forgets_the_oldest_changes_and_undo_ends_there(store: PaperStore) -> None:
    filled(store)
    for hours in range(1, 6):
        store.record(edits.rate(store.papers([2]), hours), at(hours))
    numbers = [each.id for each in store.entries()][::-1]
    assert store.newest_change() == numbers[-1]
    assert store.newest_change(before=at(2)) == numbers[1]
    assert store.newest_change(before=at(99)) == numbers[-1]
    assert store.compact_journal(numbers[2]) == 3
    assert store.journal_reach() == at(3)
    before = everything(store)
    while store.undo(at(9)) is not None:
        pass
    assert [paper.rating for paper in store.papers([2])] == [2]
    while store.redo(at(9)) is not None:
        pass
    assert everything(store) == before


def test_compacting_leaves_what_can_be_done_again_and_imports_under_way(store: PaperStore) -> None:
    filled(store)
    star(store, 1, 2)
    store.record(edits.rate(store.papers([2]), 4), at(2))
    store.undo(at(3))
    store.undo(at(3))
    assert store.compact_journal(store.newest_change()) == 1
    assert store.redo(at(4)) is not None
    assert store.redo(at(4)) is not None
    work = store.start_import("Import", at(5))
    work.add((PapersAdded((Paper(id=50, added=NOW),)),))
    assert store.compact_journal(store.newest_change()) == 2
    work.finish("Import 1 paper")
    assert [each.label for each in store.entries()] == ["Import 1 paper"]


def test_the_newest_change_always_stays(store: PaperStore) -> None:
    filled(store)
    star(store, 1, 2)
    assert store.compact_journal(10**9) == 1
    assert len(store.entries()) == 1


def test_by_size_the_oldest_go_first(store: PaperStore) -> None:
    filled(store)
    for hours in range(1, 6):
        store.record(edits.rate(store.papers([2]), hours), at(hours))
    count, size = store.journal_size()
    assert count == 6
    assert store.change_beyond(size) == 0
    first = min(each.id for each in store.entries())
    assert store.change_beyond(size - 1) == first
    assert store.change_beyond(0) == store.newest_change()


def test_a_paper_gone_for_good_is_told_whole(store: PaperStore) -> None:
    filled(store)
    store.record(Change("Delete", (PapersRemoved((RICH,)),)), at(1))
    (gone, _come) = store.entries_of({1})
    assert gone.steps == (PapersRemoved((RICH,)),)


def test_what_is_kept_of_the_library_as_a_whole(store: PaperStore) -> None:
    assert store.setting("colour of the cover") == ""
    store.set_setting("colour of the cover", "red")
    store.set_setting("colour of the cover", "blue")
    assert store.setting("colour of the cover") == "blue"
    assert store.entries() == []


def test_a_library_that_is_read_only_refuses_every_change(store: PaperStore) -> None:
    filled(store)
    store._never_changed = "Read only, for a test."
    before = everything(store)
    change = edits.star(store.papers([2]))
    for act in (
        lambda: store.record(change, NOW),
        lambda: store.undo(NOW),
        lambda: store.redo(NOW),
        lambda: store.start_import("Import", NOW),
        lambda: store.compact_journal(1),
        lambda: store.set_setting("a", "b"),
    ):
        with pytest.raises(ExpectedError, match="Read only"):
            act()
    assert not store.look_at(2, NOW)
    assert everything(store) == before


def test_notes_that_stayed_as_they_were_take_no_room_in_the_journal(store: PaperStore) -> None:
    filled(store)
    for hours in range(20):
        (paper,) = store.papers([2])
        store.record(edits.add_note(paper, f"Note {hours} " + 500 * "long ", at(hours)), at(hours))
    before = everything(store)
    _, size = store.journal_size()
    assert size < 20 * 1000
    while store.undo(at(30)) is not None:
        pass
    assert everything(store) == []
    while store.redo(at(31)) is not None:
        pass
    assert everything(store) == before


def test_an_import_under_way_is_no_part_of_an_earlier_day(store: PaperStore, tmp_path: Path) -> None:
    filled(store)
    then = everything(store)
    work = store.start_import("Import", at(1))
    work.add((PapersAdded((Paper(id=50, added=NOW),)),))
    assert as_of(store, tmp_path / "then", at(2)) == then
    work.finish("Import 1 paper")


def test_files_kept_up_to_date_are_not_written_from_an_earlier_day(store: PaperStore, tmp_path: Path) -> None:
    export = KeptExport("e1", str(tmp_path / "papers.bib"), "bibtex", "", {})
    store.record(Change("Keep a file", (Remembered(export),)), NOW)
    as_of(store, tmp_path / "then", at(2))
    then = PaperStore(tmp_path / "then")
    assert (list(store.memories("export")), list(then.memories("export"))) == ([export], [])
    then.close()
