"""The proof of exports: right texts pass, whatever the papers hold; wrong ones do not, whatever is wrong with them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.formats import FORMATS, Format, WriteOptions
from readinglist.library.exporting import bare
from readinglist.library.proving import Proof, ProofError, differences
from readinglist.papers.paper import Author, Paper
from tests.formats.any_paper import papers
from tests.formats.test_bibtex_round_trip import any_paper

WRITTEN = [known for known in FORMATS if known.writes]
LOSSLESS = [known for known in WRITTEN if known.name not in {"markdown", "html"}]
KNOWN_DOI = "10.1145/3292500"
RICH = Paper(
    title="On Names", authors=(Author("Gogh", "Vincent", "van"), Author(literal="IBM")), year=2020, citation_key="a",
    entry_type="article", venue="Journal", keywords=("k",), extra={"volume": "7", "x-thing": "{Kept}"}, tags=("t",),
)  # fmt: skip


def parts(written: Format, given_papers: list[Paper], *, personal: bool) -> tuple[str, str]:
    """The head of the text, and the rest."""
    pieces = list(written.write(given_papers, WriteOptions(personal)))
    head = pieces.pop(0) if written.name not in {"ris", "csl-json"} else ""
    return head, "".join(pieces)


def prove(written: Format, given_papers: list[Paper], *, personal: bool = True) -> None:
    Proof(written, personal=personal).check(given_papers, *parts(written, given_papers, personal=personal))


@settings(suppress_health_check=list(HealthCheck), max_examples=40)
@given(st.lists(papers | any_paper, max_size=2, unique_by=lambda paper: paper.citation_key.casefold()), st.booleans())
def test_what_is_written_of_any_papers_is_proven(given_papers: list[Paper], personal: bool) -> None:
    known = [replace(paper, doi=paper.doi and KNOWN_DOI) for paper in given_papers]
    shown = known if personal else list(map(bare, known))
    for written in WRITTEN:
        prove(written, shown, personal=personal)


@pytest.mark.parametrize("written", LOSSLESS, ids=lambda written: written.name)
@pytest.mark.parametrize(
    "change",
    [
        lambda paper: replace(paper, authors=(Author("van Gogh", "Vincent"), Author(literal="IBM"))),
        lambda paper: replace(paper, authors=paper.authors[:1]),
        lambda paper: replace(paper, title="On names"),
        lambda paper: replace(paper, year=None),
        lambda paper: replace(paper, entry_type="book"),
        lambda paper: replace(paper, venue="journal"),
        lambda paper: replace(paper, keywords=("k", "t"), tags=()),
        lambda paper: replace(paper, rating=1),
        lambda paper: replace(paper, extra={"volume": "7"}),
        lambda paper: replace(paper, extra={"volume": "8", "x-thing": "{Kept}"}),
        lambda paper: replace(paper, citation_key="b"),
    ],
)  # fmt: skip
def test_a_text_that_says_something_else_is_refused(written: Format, change: Callable[[Paper], Paper]) -> None:
    head, text = parts(written, [change(RICH)], personal=True)
    with pytest.raises(ProofError, match="of the entry a: meant is"):
        Proof(written, personal=True).check([RICH], head, text)


@pytest.mark.parametrize("written", WRITTEN, ids=lambda written: written.name)
@pytest.mark.parametrize("found", [[], [RICH], [RICH, RICH, RICH], [replace(RICH, title="Another")] * 2])
def test_entries_too_few_and_too_many_are_refused(written: Format, found: list[Paper]) -> None:
    meant = [RICH, replace(RICH, citation_key="c")]
    head, text = parts(written, found, personal=True)
    with pytest.raises(ProofError):
        Proof(written, personal=True).check(meant, head, text)


@pytest.mark.parametrize("written", LOSSLESS, ids=lambda written: written.name)
def test_a_text_cut_off_is_refused(written: Format) -> None:
    head, text = parts(written, [RICH], personal=True)
    for end in range(len(text) // 2, len(text.rstrip("\n]} ")) - 8, 7):
        with pytest.raises(ProofError):
            Proof(written, personal=True).check([RICH], head, text[:end])


@pytest.mark.parametrize(
    ("field", "value"),
    [("added", None), ("notes", ()), ("links", ()), ("upvotes", 3), ("doi", KNOWN_DOI), ("url", "https://a.org")],
)
def test_each_difference_is_named(field: str, value: Any) -> None:  # noqa: ANN401 - of any field
    other = replace(RICH, **{field: value})
    named = [each.field for each in differences(RICH, other, personal=True)]
    assert named == ([] if other == RICH else [field])
