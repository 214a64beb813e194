"""Near spellings: which slips are forgiven, and that the terms of an index are found by them, all and soon."""

import random
from itertools import product
from pathlib import Path
from time import perf_counter

import numpy as np
import pytest

from readinglist.papers.query import Word
from readinglist.search.near_terms import NearTerms
from readinglist.search.paper_index import PaperIndex
from readinglist.search.snippets import Hits
from readinglist.search.spelling import is_near, slips
from readinglist.search.weights import PaperText


@pytest.mark.parametrize(
    ("word", "term", "near"),
    [
        ("model", "model", True),
        ("modle", "model", True),
        ("odel", "model", True),
        ("moddel", "model", True),
        ("nodel", "model", True),
        ("omdle", "model", False),
        ("langauge", "language", True),
        ("lnagauge", "language", True),
        ("langwich", "language", False),
        ("ai", "al", False),
        ("ai", "ai", True),
        ("bet", "bert", True),
        ("учение", "обучение", False),
        ("обучние", "обучение", True),
    ],
)
def test_slips_are_forgiven_by_the_length_of_the_word(word: str, term: str, near: bool) -> None:
    assert is_near(word, term) is near


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("ab", "ba", 1), ("ca", "abc", 3), ("kitten", "sitting", 3)],
)
def test_slips_are_counted(one: str, other: str, count: int) -> None:
    assert slips(one, other, 9) == count


def lexicon(words: set[str]) -> NearTerms:
    ordered = sorted(words, key=str.encode)
    return NearTerms("\n".join(["", *ordered, ""]).encode(), np.arange(1, len(ordered) + 1, dtype=np.uint32))


def test_no_near_term_is_missed() -> None:
    words = {"".join(letters) for size in (3, 4) for letters in product("abжc1", repeat=size)} | {
        "abcabcab",
        "bacbacba",
    }
    terms = lexicon(words)
    for word in ("abc", "жab", "c1ba", "zzz", "abcbacab", "ab"):
        assert set(terms.near(word)) == {term for term in words if is_near(word, term)}


def test_an_empty_index_has_no_near_terms() -> None:
    assert NearTerms(b"", np.empty(0, np.uint32)).near("model") == {}


def test_a_large_lexicon_is_looked_through_while_one_types() -> None:
    dice = random.Random(5)
    letters = "etaoinshrdlucmfwypvbgkqjxz"
    words = {"".join(dice.choices(letters, range(26, 0, -1), k=dice.randint(4, 12))) for _ in range(200_000)}
    terms = lexicon(words | {"transformer"})
    terms.near("warmup")
    started = perf_counter()
    assert "transformer" in terms.near("trasnfromer")
    assert perf_counter() - started < 0.5  # a few milliseconds, on a machine that may be busy


def test_near_terms_are_found_and_marked_with_and_without_notes(tmp_path: Path) -> None:
    index = PaperIndex(tmp_path / "index", "library")
    index.build([PaperText(1, "Attention for language models"), PaperText(2, "Robots")])
    leaf = Word("langauge", near=True)
    for _ in range(2):
        found = index.scores(leaf)
        assert found is not None
        assert found[0].tolist() == [1]
        assert index.near("langauge") == {"language": 1}
        index.close()
        for notes in (tmp_path / "index").rglob("*.notes"):
            notes.unlink()
    text = "One language, two tongues"
    assert [text[start:end] for start, end in Hits.of(leaf).spans(text)] == ["language"]
