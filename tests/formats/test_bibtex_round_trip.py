"""BibTeX and BibLaTeX out and in again: every paper comes back as it was, and files settle at the first writing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.formats import biblatex, bibtex, open_text
from readinglist.formats.latex_text import clean_lines
from readinglist.formats.record import Record, WriteOptions
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState, Sighting
from tests.formats.test_bibtex import FULL, NASTY, any_text, any_word, as_read_back, moments, persons

TODAY = date(2026, 3, 20)
MIDNIGHT = datetime.combine(TODAY, time(), UTC)
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FILES = sorted(CORPORA.glob("bib*/*/*.bib"))
DIALECTS = (bibtex, biblatex)
each_dialect = pytest.mark.parametrize("dialect", DIALECTS, ids=["bibtex", "biblatex"])


def text_of(papers: Sequence[Paper], dialect: object = bibtex, *, personal: bool = True) -> str:
    options = WriteOptions(personal=personal)
    return "".join((bibtex if dialect is bibtex else biblatex).write(papers, options))


def read(text: str) -> list[Paper]:
    return [entry.paper for entry in bibtex.read(text, TODAY) if isinstance(entry, Record)]


def note(text: str) -> Note:
    return Note("", text, MIDNIGHT, MIDNIGHT)


def as_it_comes_back(paper: Paper, key: str) -> Paper:
    notes = tuple(note(text) for n in paper.notes if (text := clean_lines(n.text)))
    return replace(as_read_back(paper), citation_key=paper.citation_key or key, notes=notes, sightings=())


def check(papers: Sequence[Paper], dialect: object) -> None:
    text = text_of(papers, dialect)
    found = read(text)
    assert found == [as_it_comes_back(paper, back.citation_key) for paper, back in zip(papers, found, strict=True)]
    assert text_of([replace(f, sightings=p.sightings) for f, p in zip(found, papers, strict=True)], dialect) == text


@each_dialect
def test_every_field_comes_back(dialect: object) -> None:
    check([FULL], dialect)


@each_dialect
@pytest.mark.parametrize("text", NASTY, ids=ascii)
def test_any_text_comes_back(text: str, dialect: object) -> None:
    check(
        [
            Paper(title=text, abstract=text, venue=text, keywords=(text, "k"), notes=(note(text),), citation_key="a"),
            Paper(title=text, authors=(Author(literal=text), Author("F", text)), tags=(text, "t"), citation_key="b"),
            Paper(title=text + "$x$" + text, abstract=text + text, citation_key="c", entry_type="article"),
        ],
        dialect,
    )


plain_word = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=8)
raw_fields = st.fixed_dictionaries(
    {},
    optional={
        "note": plain_word,
        "month": st.sampled_from(["mar", "March", "3"]),
        "pages": st.just("1--10"),
        "isbn": plain_word,
        "Bdsk-Url-1": st.just("http://x.org/~a"),
        "file": st.just(r":C\:/a_b.pdf:PDF"),
        "x-y": st.just(r"{Kept} \emph{as is} 5\%"),
        "crossref": plain_word,
        "__markedentry": st.just("[me:]"),
        "__1": st.just("at the end \\"),
    },
)
any_paper = st.builds(
    Paper,
    title=any_text,
    abstract=any_text,
    authors=st.lists(persons | any_word.map(lambda text: Author(literal=text)), max_size=3).map(tuple),
    year=st.none() | st.integers(0, 2100),
    entry_type=st.sampled_from(["misc", "article", "inproceedings", "phdthesis", "thesis", "report", "online", "book"]),
    citation_key=st.uuids().map(str),
    doi=st.just("") | st.from_regex(r"10\.\d{4,5}/[a-z0-9<>_%:;()-]{1,12}[a-z0-9]", fullmatch=True),
    arxiv_id=st.sampled_from(["", "2401.00001", "2401.00001v2", "hep-th/9901001"]),
    url=st.just("")
    | st.text(st.sampled_from("abc/:.?&=%#_~-()<>^$'"), max_size=20)
    .filter(lambda t: "^^" not in t)
    .map(lambda t: f"https://{t}"),
    venue=any_text,
    keywords=st.lists(any_text, max_size=3).map(tuple),
    links=st.lists(st.builds(Link, st.sampled_from(["https://a.b/c", "https://d.e"]), st.sampled_from(LinkKind))).map(
        tuple
    ),
    upvotes=st.none() | st.integers(0, 999),
    extra=raw_fields,
    state=st.sampled_from(ReadingState),
    starred=st.booleans(),
    rating=st.integers(0, 5),
    tags=st.lists(any_word, max_size=2, unique=True).map(tuple),
    notes=st.lists(any_text.map(note), max_size=3).map(tuple),
    sightings=st.lists(
        st.builds(Sighting, st.just(0), st.none() | st.dates(date(1990, 1, 1)), st.integers(1, 200)), max_size=3
    ).map(tuple),
    added=moments,
    read_at=moments,
)


@given(st.lists(any_paper, max_size=2, unique_by=lambda paper: paper.citation_key), st.sampled_from(DIALECTS))
def test_any_papers_come_back(papers: list[Paper], dialect: object) -> None:
    check(papers, dialect)


@each_dialect
@pytest.mark.skipif(not FILES, reason="the corpora (../shared/corpora) are not here")
def test_files_of_other_programs_settle_at_the_first_writing(dialect: object) -> None:
    for path in FILES:
        opened = open_text(path.name, path.read_bytes(), TODAY)
        papers = [entry.paper for entry in opened.records if isinstance(entry, Record)]
        text = text_of(papers, dialect)
        back = read(text)
        assert text_of(back, dialect) == text, path
        for paper, again in zip(papers, back, strict=True):
            # Keys are given to entries that have none; an address with braces or ^^ is written in percent.
            expected = replace(paper, citation_key=again.citation_key)
            if "{" in paper.url or "^^" in paper.url:
                expected = replace(expected, url=again.url)
            assert again == expected, (path, paper.citation_key)


@each_dialect
@pytest.mark.parametrize("year", [2021, None])
def test_a_year_that_was_corrected_goes_before_the_date_of_the_imported_entry(
    dialect: object, year: int | None
) -> None:
    paper = Paper(title="T", citation_key="t", year=year, extra={"date": "1998-04-10"})
    (back,) = read(text_of([paper], dialect))
    assert back.year == year
    assert back.extra == {"x-date": "1998-04-10"}
    assert read(text_of([replace(paper, year=1998)], dialect)) == [replace(paper, year=1998)]


@each_dialect
def test_a_field_named_as_the_venue_is_in_the_other_dialect_is_not_taken_for_it(dialect: object) -> None:
    paper = Paper(title="T", citation_key="t", entry_type="thesis", venue="Here", extra={"school": "There"})
    (back,) = read(text_of([paper], dialect))
    assert (back.venue, list(back.extra.values())) == ("Here", ["There"])
