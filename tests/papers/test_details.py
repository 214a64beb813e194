from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.errors import UsageError
from readinglist.papers.change import EDITABLE_FIELDS
from readinglist.papers.details import ENTRY_TYPES, NAMES, text_of, value_of
from readinglist.papers.paper import Author, Paper

PAPER = Paper(
    id=1,
    title="Hungry Hungry Hippos",
    abstract="State space models.\n\nWe ask why.",
    authors=(Author("Dao", "Tri"), Author(literal="Open AI"), Author("Beethoven", "Ludwig", "van", "Jr.")),
    year=2022,
    entry_type="inproceedings",
    citation_key="Dao2022",
    doi="10.1145/3292500",
    arxiv_id="2212.14052v2",
    url="https://example.org/h3",
    venue="ICLR",
    keywords=("state space", "speech, language"),
)


def test_every_detail_is_a_field_that_an_edit_can_set() -> None:
    assert set(NAMES) <= EDITABLE_FIELDS
    assert set(NAMES) <= {field.name for field in fields(Paper)}


@pytest.mark.parametrize("field", NAMES)
def test_a_detail_that_is_written_and_read_again_is_the_same(field: str) -> None:
    assert value_of(field, text_of(PAPER, field)) == getattr(PAPER, field)


@pytest.mark.parametrize("field", sorted(NAMES.keys() - {"title", "entry_type"}))
def test_a_detail_can_be_emptied(field: str) -> None:
    assert value_of(field, " ") == getattr(Paper(), field)
    assert text_of(Paper(), field) == ""


@given(st.lists(st.text(st.sampled_from("ab,; é"), min_size=1).map(lambda text: " ".join(text.split())), unique=True))
def test_keywords_survive_their_commas(words: list[str]) -> None:
    keywords = tuple(filter(None, words))
    assert value_of("keywords", text_of(Paper(keywords=keywords), "keywords")) == keywords


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("title", "  Hungry\nHungry\x00 Hippos ", "Hungry Hungry Hippos"),
        ("title", "Re\u0301sume\u0301", "Résumé"),
        ("year", " 2022 ", 2022),
        ("entry_type", "@InProceedings", "inproceedings"),
        ("doi", "https://doi.org/10.1145/3292500", "10.1145/3292500"),
        ("arxiv_id", "https://arxiv.org/abs/2212.14052", "2212.14052"),
        ("url", "www.example.org/a?b", "https://www.example.org/a?b"),
        ("url", "HTTP://example.org", "HTTP://example.org"),
        ("keywords", "one; two, one\nthree ,", ("one", "two", "three")),
        ("citation_key", " Dao:2022/h-3 ", "Dao:2022/h-3"),
        ("abstract", " One. \r\n\r\nTwo.\n", "One.\n\nTwo."),
    ],
)
def test_what_is_typed_is_cleaned(field: str, typed: str, value: object) -> None:
    assert value_of(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", " "), ("year", "22"), ("year", "2022a"), ("year", "0999"), ("year", "9999"), ("year", "²⁰²²"),
        ("entry_type", ""), ("entry_type", "comment"), ("entry_type", "two words"),
        ("doi", "Hippos"), ("arxiv_id", "Hippos"), ("url", "see my page"), ("url", "javascript:alert(1)"),
        ("citation_key", "two words"), ("citation_key", "a,b"), ("citation_key", "42"),
    ],
)  # fmt: skip
def test_what_a_detail_cannot_be_is_refused_in_words(field: str, typed: str) -> None:
    with pytest.raises(UsageError, match=r"^(A|An) .*\.$"):
        value_of(field, typed)


def test_the_entry_types_are_bibtexs() -> None:
    assert [value_of("entry_type", name) for name in ENTRY_TYPES] == list(ENTRY_TYPES)
    assert Paper().entry_type in ENTRY_TYPES
