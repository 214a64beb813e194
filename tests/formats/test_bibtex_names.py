"""Names as BibTeX takes them apart."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats.bibtex_names import read_names, write_names
from readinglist.formats.latex_decoding import to_text
from readinglist.formats.latex_text import clean_line
from readinglist.papers.paper import Author

NAMES = Path(__file__).parents[3] / "shared" / "corpora" / "names" / "bibtex_splitname" / "names.json"


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("Ludwig van Beethoven", [Author("Beethoven", "Ludwig", "van")]),
        ("van Beethoven, Ludwig", [Author("Beethoven", "Ludwig", "van")]),
        ("de la Vall{\\'e}e Poussin, Jr., Charles Louis", [Author("Vallée Poussin", "Charles Louis", "de la", "Jr.")]),
        ("King, Martin Luther, Jr.", [Author("King", "Martin Luther", "", "Jr.")]),
        ("Martin Luther King Jr.", [Author("King", "Martin Luther", "", "Jr.")]),
        ("{Barnes and Noble} and {OpenAI}", [Author(literal="Barnes and Noble"), Author(literal="OpenAI")]),
        ("{van Gogh}, Vincent", [Author("van Gogh", "Vincent")]),
        ("{\\'E}douard Manet", [Author("Manet", "Édouard")]),
        ("D.~E. Knuth", [Author("Knuth", "D. E.")]),
        ("Plato", [Author("Plato")]),
        ("Smith, A. AND Jones, B.", [Author("Smith", "A."), Author("Jones", "B.")]),
        ("Smith, A.\n  and others", [Author("Smith", "A."), Author(literal="others")]),
        ("Smith, A.; Jones, B.", [Author("Smith", "A."), Author("Jones", "B.")]),
        ("Smith, A., Jones, B.", [Author("Smith", "A."), Author("Jones", "B.")]),
        ("Tri Dao, Dan Fu, Atri Rudra, Chris Re", [Author("Dao", "Tri"), Author("Fu", "Dan"), Author("Rudra", "Atri"),
                                                   Author("Re", "Chris")]),
        ("sudhin jacob", [Author("jacob", "sudhin")]),
        ("family=Gruber, given=Hans, prefix=von", [Author("Gruber", "Hans", "von")]),
        ("family={Robert and Sons, Inc.} and given=Ada, family=Byron",
         [Author(literal="Robert and Sons, Inc."), Author("Byron", "Ada")]),
        ("", []), ("and", []), ("{}", []), (" and and , ", []),
    ],
)  # fmt: skip
def test_names_are_taken_apart(raw: str, names: list[Author]) -> None:
    assert read_names(raw) == tuple(names)


@given(st.text(st.sampled_from("{}\\,;~ and'\"=vA\u00a0"), max_size=40))
def test_nothing_raises_and_what_is_read_is_stable(raw: str) -> None:
    names = read_names(raw)
    settled = read_names(write_names(names))
    assert read_names(write_names(settled)) == settled


@pytest.mark.skipif(not NAMES.is_file(), reason="the corpora (../shared/corpora) are not here")
def test_names_split_as_bibtex_splits_them() -> None:
    bodies = 0
    for case in json.loads(NAMES.read_text(encoding="utf-8")):
        parts = {part: clean_line(to_text(" ".join(words))) for part, words in case["expected"].items()}
        (name,) = read_names(case["name"])
        if name.literal:  # a name wholly in braces is one last name to BibTeX, and a body to us
            assert (name.literal, parts["first"], parts["von"], parts["jr"]) == (parts["last"], "", "", "")
            bodies += 1
        else:
            assert (name.family, name.given, name.particle, name.suffix) == (
                parts["last"], parts["first"], parts["von"], parts["jr"],
            )  # fmt: skip
    assert bodies == 2
