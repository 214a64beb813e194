"""The parts of a typed search, and where their values stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.query_parts import parts


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("", []),
        ("a b", ["a", "b"]),
        ('title:"a b" -tag:x,y', ['title:"a b"', "-tag:x,y"]),
        ("a or b and c", ["a", "b", "c"]),
        ("(a b) -(c or (d e)) f", ["(a b)", "-(c or (d e))", "f"]),
        ("status:(inbox read) x", ["status:(inbox read)", "x"]),
        ("a sort:title b", ["a", "b"]),
        ("(a b", ["(a b"]),
        ("a) b", ["a", "b"]),
        ('a "b c', ["a", '"b c']),
    ],
)
def test_parts_are_what_stands_in_no_brackets(text: str, texts: list[str]) -> None:
    found = list(parts(text))
    assert [text[part.start : part.end] for part in found] == texts
    assert [part.negated for part in found if part.token] == [
        value.startswith("-") for value, part in zip(texts, found, strict=True) if part.token
    ]


@pytest.mark.parametrize(
    ("text", "value"), [("title:word", "word"), ('-note:"a b"', "a b"), ('"open', "open"), ("tag:x", "x"), ("a", "a")]
)
def test_a_value_is_found_in_the_text(text: str, value: str) -> None:
    (part,) = parts(text)
    assert text[part.value_start :].startswith(value)


@given(st.text(alphabet='ab :-()|"~*,ortile'))
def test_parts_of_any_text_lie_in_order_within_it(text: str) -> None:
    end = 0
    for part in parts(text):
        assert end <= part.start < part.end <= len(text)
        end = part.end
