"""A change of a value taken back on its own."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.paper import Attachment, Link, LinkKind, Note
from readinglist.papers.taking_back import text_back, value_back
from tests.store.making import NOW

CODE, DATA = Link("https://a.org/code", LinkKind.CODE), Link("https://a.org/data", LinkKind.DATA)
FILE, OTHER = Attachment("aa", "one.pdf", 1), Attachment("bb", "two.pdf", 2)


def note(name: str, text: str, days: int = 0) -> Note:
    return Note(name, text, NOW, NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("field", "before", "after", "today", "wanted"),
    [
        ("title", "A", "B", "B", "A"),
        ("title", "A", "B", "A", "A"),
        ("starred", False, True, True, False),
        ("tags", ("a",), ("a", "b"), ("a", "b", "c"), ("a", "c")),
        ("tags", ("a", "b"), ("b",), ("b", "c"), ("a", "b", "c")),
        ("tags", ("a",), ("a", "b"), ("a",), ("a",)),
        ("tags", ("a",), (), ("A",), ("A",)),
        ("keywords", ("z", "a"), ("a",), ("a",), ("z", "a")),
        ("links", (), (CODE,), (CODE, DATA), (DATA,)),
        ("attachments", (FILE,), (), (OTHER,), (OTHER, FILE)),
        ("extra", {"a": "1"}, {"a": "2", "b": "3"}, {"a": "2", "b": "3", "c": "4"}, {"a": "1", "c": "4"}),
        ("notes", (), (note("n", "x"),), (note("n", "x"), note("m", "y")), (note("m", "y"),)),
        ("notes", (note("n", "x"),), (), (note("m", "y"),), (note("m", "y"), note("n", "x"))),
        ("notes", (note("n", "x"),), (note("n", "y", 1),), (note("n", "y", 1),), (note("n", "x"),)),
    ],
)
def test_what_does_not_conflict_is_taken_back(
    field: str, before: object, after: object, today: object, wanted: object
) -> None:
    back = value_back(field, before, after, today)
    assert (back.value, back.whole, back.conflicts) == (wanted, wanted, False)


@pytest.mark.parametrize(
    ("field", "before", "after", "today", "whole"),
    [
        ("title", "A", "B", "C", "A"),
        ("rating", 0, 3, 5, 0),
        ("extra", {"a": "1"}, {"a": "2"}, {"a": "3", "b": "4"}, {"a": "1", "b": "4"}),
        ("notes", (), (note("n", "x"),), (note("n", "z", 2),), ()),
        ("notes", (note("n", "x"),), (note("n", "y", 1),), (note("n", "z", 2),), (note("n", "x"),)),
        ("notes", (note("n", "x"),), (note("n", "y", 1),), (), (note("n", "x"),)),
    ],
)
def test_what_was_changed_again_stays_unless_that_is_taken_back_too(
    field: str, before: object, after: object, today: object, whole: object
) -> None:
    back = value_back(field, before, after, today)
    assert (back.value, back.whole, back.conflicts) == (today, whole, True)


def test_other_lines_of_a_note_stay_as_they_were_written_later() -> None:
    before = "First\nSecond\nThird\nFourth\n"
    after = "First\nSecond, better\nThird\nFourth\n"
    today = "A title\nFirst\nSecond, better\nThird\nFourth\nFifth\n"
    assert text_back(before, after, today) == "A title\nFirst\nSecond\nThird\nFourth\nFifth\n"
    (merged,) = value_back("notes", (note("n", before),), (note("n", after, 1),), (note("n", today, 2),)).value
    assert merged.text == "A title\nFirst\nSecond\nThird\nFourth\nFifth\n"


def test_the_same_line_written_anew_is_a_conflict() -> None:
    assert text_back("a\nb\nc\n", "a\nB\nc\n", "a\nanother\nc\n") is None


_LINES = st.lists(st.sampled_from("abcdef"), max_size=8).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(_LINES, _LINES)
def test_a_text_that_nobody_changed_since_is_as_it_was(before: str, after: str) -> None:
    assert text_back(before, after, after) == before


@given(_LINES, _LINES)
def test_taking_nothing_back_changes_nothing(before: str, today: str) -> None:
    assert text_back(before, before, today) == today


@given(st.lists(_LINES, min_size=3, max_size=3))
def test_changes_of_far_lines_do_not_disturb_each_other(parts: list[str]) -> None:
    first, second, third = parts
    wall = "1\n2\n3\n4\n"
    assert text_back(first + wall + third, second + wall + third, second + wall + first) == first + wall + first
