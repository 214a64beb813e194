"""Fields of papers that no attribute holds: plain text and names in, the same out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.fields import address, names, plain, put, put_names
from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.papers.paper import Author


@given(st.text(st.one_of(st.sampled_from("\\{}$&%#_~^<>\"'`,-\n AB1é"), st.characters(exclude_categories=()))))
def test_any_text_comes_back(text: str) -> None:
    extra: dict[str, str] = {}
    put(extra, "note", text)
    assert plain(extra, "note") == clean_lines(text)
    assert ("note" in extra) is bool(clean_lines(text))


@given(st.text(st.characters(exclude_characters="\\")))
def test_addresses_stay_as_they_are(text: str) -> None:
    extra: dict[str, str] = {}
    put(extra, "url", text)
    assert plain(extra, "URL") == clean_line(text) == extra.get("url", "")


def test_nothing_is_put_where_there_is_nothing() -> None:
    extra: dict[str, str] = {}
    put(extra, "volume", None)
    put(extra, "volume", " ")
    put_names(extra, "editor", ())
    assert extra == {}
    assert (plain(extra, "volume"), names(extra, "editor")) == ("", ())


def test_names_come_back_whatever_the_case_of_the_field() -> None:
    editors = (Author("Beethoven", "Ludwig", "van", "Jr."), Author(literal="Barnes and Noble, Inc."), Author("Plato"))
    extra: dict[str, str] = {}
    put_names(extra, "Editor", editors)
    assert extra == {"Editor": "van Beethoven, Jr., Ludwig and {Barnes and Noble, Inc.} and Plato"}
    assert names(extra, "editor") == editors


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        (r"https://x.org/a\_b\%20c\&d\#e", "https://x.org/a_b%20c&d#e"),
        (r"https://x.org/{\textasciitilde}a", "https://x.org/~a"),
        (r"https://x.org/\~{}a{\_}b", "https://x.org/~a_b"),
        (r"https://x.org/$\sim$a", "https://x.org/~a"),
        (r"\url{https://x.org/~a--b}", "https://x.org/~a--b"),
        ("https://x.org/~a--b", "https://x.org/~a--b"),
    ],
)
def test_escapes_of_other_programs_leave_addresses(raw: str, meant: str) -> None:
    assert address(raw) == meant
