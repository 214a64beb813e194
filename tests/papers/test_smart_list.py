from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import UsageError
from readinglist.papers import smart_list_edits as edits
from readinglist.papers.change import Change, SmartListAdded, SmartListChanged, SmartListRemoved
from readinglist.papers.plain import step_from_plain, step_to_plain
from readinglist.papers.smart_list import DEFAULTS, ICONS, SmartList, below, in_order
from readinglist.paths import resource

A = SmartList("a", "Thesis", "tag:thesis", "tag", "", 0)
B = SmartList("b", "Unread", "tag:thesis is:unread", "search", "a", 0)
C = SmartList("c", "Coded", "has:code", "code", "", 1)
D = SmartList("d", "Unread", "is:unread", "search", "c", 0)
ALL = (D, C, B, A)


def applied(lists: tuple[SmartList, ...], change: Change) -> tuple[SmartList, ...]:
    by_id = {each.id: each for each in lists}
    for step in change.steps:
        match step:
            case SmartListAdded(smart_list=new):
                by_id[new.id] = new
            case SmartListRemoved(smart_list=gone):
                del by_id[gone.id]
            case SmartListChanged(before=before, after=after):
                assert by_id[before.id] == before
                by_id[after.id] = after
            case _:
                pytest.fail(f"{step} is about no smart list")
    return tuple(by_id.values())


def outline(lists: tuple[SmartList, ...]) -> list[str]:
    return [f"{'  ' * depth}{each.id}" for depth, each in in_order(lists)]


def test_lists_stand_below_one_another_in_order() -> None:
    assert outline(ALL) == ["a", "  b", "c", "  d"]


def test_lists_with_a_broken_chain_stand_at_the_top() -> None:
    orphan, first, second = replace(C, parent="gone"), replace(A, parent="b"), replace(B, parent="a")
    assert outline((orphan, first, second, D)) == ["a", "b", "c", "  d"]
    assert outline((replace(A, parent="a"),)) == ["a"]


def test_a_saved_search_is_the_last_below_its_parent() -> None:
    after = applied(ALL, edits.save(ALL, "  Short   ones ", " year:>=2020 ", parent="c"))
    new = below(after, "c")[-1]
    assert (new.name, new.query, new.icon, new.position) == ("Short ones", "year:>=2020", "search", 1)
    assert len(new.id) == 32


@pytest.mark.parametrize(
    ("name", "query", "icon"),
    [("", "x", ""), ("  ", "x", ""), ("x", " ", ""), ("x", "y", "no-such-icon"), ("x" * 121, "y", "")],
)
def test_what_cannot_be_a_list_is_refused(name: str, query: str, icon: str) -> None:
    with pytest.raises(UsageError):
        edits.save(ALL, name, query, icon)


def test_names_queries_and_icons_change() -> None:
    after = applied(ALL, edits.edit(ALL, "b", "Later", "status:to-read", "to-read"))
    assert replace(B, name="Later", query="status:to-read", icon="to-read") in after
    assert not edits.rename(ALL, "b", " Unread ")
    assert edits.rename(ALL, "b", "Soon").label == "Rename smart list “Unread”"


@pytest.mark.parametrize(
    ("moved", "parent", "place", "expected"),
    [
        ("c", "", 0, ["c", "  d", "a", "  b"]),
        ("a", "", 9, ["c", "  d", "a", "  b"]),
        ("b", "", 1, ["a", "b", "c", "  d"]),
        ("c", "a", 0, ["a", "  c", "    d", "  b"]),
        ("d", "a", 1, ["a", "  b", "  d", "c"]),
    ],
)
def test_lists_move(moved: str, parent: str, place: int, expected: list[str]) -> None:
    change = edits.move(ALL, moved, parent, place)
    after = applied(ALL, change)
    assert outline(after) == expected
    assert sorted(applied(after, change.inverse()), key=str) == sorted(ALL, key=str)


@pytest.mark.parametrize("goal", ["a", "b"])
def test_a_list_cannot_stand_below_itself(goal: str) -> None:
    with pytest.raises(UsageError, match="below itself"):
        edits.move(ALL, "a", goal, 0)


def test_lists_below_a_deleted_one_take_its_place() -> None:
    change = edits.delete(ALL, "a")
    after = applied(ALL, change)
    assert outline(after) == ["b", "c", "  d"]
    assert sorted(applied(after, change.inverse()), key=str) == sorted(ALL, key=str)


def test_lists_of_another_library_come_behind_and_known_ones_stay() -> None:
    others = (replace(A, name="Other"), SmartList("e", "E", "e", parent="a"), SmartList("f", "F", "f", parent="gone"))
    change = edits.add(ALL, others)
    assert change.label == "Import 2 smart lists"
    after = applied(ALL, change)
    assert A in after
    assert outline(after) == ["a", "  b", "  e", "c", "  d", "f"]


def test_lists_are_named_by_id_name_and_path() -> None:
    assert edits.find(ALL, "thesis") == A
    assert edits.find(ALL, "b") == B
    other = replace(A, id="From-Elsewhere", name="Mine")
    assert edits.find((*ALL, other), "From-Elsewhere") == other
    assert edits.find(ALL, "Coded/unread") == D
    with pytest.raises(UsageError, match=r"Thesis/Unread \(b\)"):
        edits.find(ALL, "unread")
    with pytest.raises(UsageError, match="no smart list"):
        edits.find(ALL, "nothing")


def test_steps_survive_json() -> None:
    for step in (SmartListAdded(A), SmartListRemoved(B), SmartListChanged(C, D)):
        assert step_from_plain(step_to_plain(step)) == step
        assert step.inverse().inverse() == step


def test_edits_of_lists_touch_no_paper() -> None:
    change = edits.delete(ALL, "a")
    assert not change.paper_ids()
    assert not change.comes_or_goes()


def test_what_comes_with_a_library_is_in_order() -> None:
    assert [each for _, each in in_order(DEFAULTS)] == list(DEFAULTS)
    assert len({each.id for each in DEFAULTS}) == len(DEFAULTS)
    assert {each.icon for each in DEFAULTS} <= set(ICONS)


def test_every_icon_is_there() -> None:
    assert [icon for icon in ICONS if not resource("icons", f"{icon}.svg").exists()] == []


IDS = st.sampled_from("abcdef")


@given(st.lists(st.tuples(IDS, IDS | st.just(""), st.integers(0, 3)), unique_by=lambda made: made[0]))
def test_every_list_is_shown_once_whatever_stands_above_it(made: list[tuple[str, str, int]]) -> None:
    lists = tuple(SmartList(list_id, list_id, "q", parent=parent, position=place) for list_id, parent, place in made)
    assert sorted(each.id for _, each in in_order(lists)) == sorted(list_id for list_id, _, _ in made)


@given(st.lists(st.tuples(IDS, IDS | st.just(""), st.integers(0, 6), st.booleans()), max_size=12))
def test_moving_and_deleting_keeps_the_others_and_goes_back(asked: list[tuple[str, str, int, bool]]) -> None:
    lists = tuple(SmartList(letter, letter, "q", position=number) for number, letter in enumerate("abcdef"))
    for list_id, parent, place, deletes in asked:
        try:
            change = edits.delete(lists, list_id) if deletes else edits.move(lists, list_id, parent, place)
        except UsageError:
            continue
        after = applied(lists, change)
        assert sorted(applied(after, change.inverse()), key=str) == sorted(lists, key=str)
        assert len(list(in_order(after))) == len(lists) - deletes
        lists = after
