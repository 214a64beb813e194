"""What a search being typed is completed to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.papers.query_completion import FIELDS, Vocabulary, complete
from readinglist.papers.query_tokens import TEST_FIELDS, TEXT_FIELDS

LIBRARY = Vocabulary(
    tags=lambda: ["nlp", "nlp/parsing", "to discuss"],
    listings=lambda: [("2026-03-14#1", "monday.txt"), ("my file.txt", "my file.txt")],
    words=lambda prefix: [word for word in ("language", "langevin", "tag", "state") if word.startswith(prefix.lower())],
)


def after(text: str, cursor: int | None = None) -> list[str]:
    """The whole text after each offer is taken."""
    found = complete(text, len(text) if cursor is None else cursor, LIBRARY)
    return [text[: found.start] + item.text + text[found.end :] for item in found.items]


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("ta", ["tag:", "tag "]),
        ("a -ta", ["a -tag:", "a -tag "]),
        ("(st", ["(status:", "(state "]),
        ("lang", ["language ", "langevin "]),
        ("title:lang", ["title:language ", "title:langevin "]),
        ("l", ["listed:"]),
        ("tag:nl", ["tag:nlp ", "tag:nlp/parsing "]),
        ("tag:pars", ["tag:nlp/parsing "]),
        ("tag:dis", ['tag:"to discuss" ']),
        ('tag:"to d', ['tag:"to discuss" ']),
        ("tag:a,nlp/", ["tag:a,nlp/parsing "]),
        ("in:mon", ["in:2026-03-14#1 "]),
        ("in:my", ['in:"my file.txt" ']),
        ("status:re", ["status:reading ", "status:read ", "status:to-read "]),
        ("has:p", ["has:pdf "]),
        ("sort:y", ["sort:year "]),
        ("added:last-w", ["added:last-week "]),
        ("status:inbox", []),
        ("status:read", []),
        ("tag:nlp", []),
        ("language", []),
        ("year:20", []),
        ('"lang', []),
        ("lang ", []),
        ("", []),
        ("c++", []),
    ],
)
def test_what_is_typed_is_completed(text: str, completed: list[str]) -> None:
    assert after(text) == completed


def test_within_a_word_nothing_is_completed() -> None:
    assert after("lang more", 4) == ["language more", "langevin more"]
    assert after("language", 4) == []


def test_every_field_of_the_language_is_offered_once() -> None:
    assert set(FIELDS) == {*TEST_FIELDS.values(), "title", "abstract", "author", "note", "pdf"}
    assert set(FIELDS) <= {*TEST_FIELDS, *TEXT_FIELDS}


@given(st.text(alphabet='tags:in"(-), x*~é'), st.integers(0, 12))
def test_offers_stand_at_the_cursor_in_any_text(text: str, cursor: int) -> None:
    at = min(cursor, len(text))
    found = complete(text, at, LIBRARY)
    assert 0 <= found.start <= found.end == at
