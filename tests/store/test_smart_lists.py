from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.papers import smart_list_edits as edits
from readinglist.papers.change import Change
from readinglist.papers.smart_list import DEFAULTS, SmartList
from readinglist.store.paper_store import PaperStore
from tests.store.making import NOW


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PaperStore]:
    opened = PaperStore(tmp_path)
    yield opened
    opened.close()


def everything(store: PaperStore) -> list[SmartList]:
    return sorted(store.smart_lists(), key=lambda each: each.id)


def test_a_new_library_has_a_few_and_no_undo_step_for_them(store: PaperStore) -> None:
    assert everything(store) == sorted(DEFAULTS, key=lambda each: each.id)
    assert store.undo_labels() == ("", "")


def test_every_edit_is_kept_undone_and_redone(store: PaperStore, tmp_path: Path) -> None:
    states = [everything(store)]
    first, second, third = (each.id for each in DEFAULTS[:3])

    def do(change: Change) -> None:
        store.record(change, NOW)
        states.append(everything(store))

    do(edits.save(store.smart_lists(), "Zeppelins", "zeppelin", "key", parent=first))
    do(edits.edit(store.smart_lists(), second, "Twice", "seen:2", "listing"))
    do(edits.move(store.smart_lists(), third, second, 0))
    do(edits.delete(store.smart_lists(), first))
    do(edits.add(store.smart_lists(), [SmartList("f" * 32, "Theirs", "is:new")]))
    assert len({str(state) for state in states}) == len(states)
    other = PaperStore(tmp_path)
    for state in reversed(states[:-1]):
        assert other.undo(NOW) is not None
        assert everything(other) == state
    other.close()
    for state in states[1:]:
        assert store.redo(NOW) is not None
        assert everything(store) == state


def test_two_programs_that_edit_one_list_keep_both_edits(store: PaperStore, tmp_path: Path) -> None:
    lists = store.smart_lists()
    other = PaperStore(tmp_path)
    other.record(edits.rename(lists, DEFAULTS[0].id, "Fresh"), NOW)
    store.record(edits.move(lists, DEFAULTS[0].id, DEFAULTS[1].id, 0), NOW)
    (both,) = [each for each in store.smart_lists() if each.id == DEFAULTS[0].id]
    assert (both.name, both.parent) == ("Fresh", DEFAULTS[1].id)
    other.close()
