"""Fuzzy matching of typed letters."""

import pytest

from readinglist.ui.fuzzy import best, fold

PHRASES = ("Undo", "Copy citation key", "To read", "Read", "Rebuild the search index", "nlp/parsing", "Café au lait")


def found(typed: str) -> list[str]:
    return [PHRASES[place] for place in best([fold(phrase) for phrase in PHRASES], typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("und", "Undo"),
        ("read", "Read"),
        ("key copy", "Copy citation key"),
        ("cck", "Copy citation key"),
        ("pars", "nlp/parsing"),
        ("dex", "Rebuild the search index"),
        ("CAFE", "Café au lait"),
        ("rbld", "Rebuild the search index"),
    ],
)
def test_finds_by_beginnings_words_initials_parts_and_letters(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_the_shorter_of_equals_comes_first() -> None:
    assert found("re") == ["Read", "Rebuild the search index", "To read"]


def test_nothing_typed_keeps_all_in_order() -> None:
    assert found("  ") == list(PHRASES)


@pytest.mark.parametrize("typed", ["xyz", "undoo", "rdx", "\0"])
def test_letters_that_are_not_there_or_far_apart_find_nothing(typed: str) -> None:
    assert found(typed) == []
