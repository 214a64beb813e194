"""Feeds of arXiv in all their forms, answers of its API, and feeds of journals."""

import json
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from readinglist.formats import open_text
from readinglist.formats.arxiv_feeds import read, sniff
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Author, LinkKind, Paper
from tests.formats.damage import damaged

TODAY = date(2026, 3, 20)
SAMPLES = Path(__file__).parents[1] / "samples" / "arxiv_feeds"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def _entries(name: str, today: date = TODAY) -> list[Any]:
    text = (SAMPLES / name).read_text("utf-8")
    assert sniff(text)
    return list(read(text, today))


def _papers(name: str) -> list[Paper]:
    return [entry.paper for entry in _entries(name) if isinstance(entry, Record)]


def test_an_answer_of_the_api_is_read_whole() -> None:
    first, second, missing = _entries("api_answer.xml")
    paper = first.paper
    assert (first.line, first.position, first.listed_on) == (9, 1, date(2024, 3, 14))
    assert paper.title == "Multi-Electron Production at High Transverse Momenta in $ep$ Collisions at HERA"
    assert paper.abstract == (
        "Multi-electron production is studied, after Poincaré. The rate is below 5% and 3 < 4.\n\n"
        "A second paragraph of it."
    )
    assert paper.authors == (Author(literal="H1 Collaboration"), Author("Müller", "J."))
    assert (paper.arxiv_id, paper.doi, paper.year) == ("hep-ex/0307015v2", "10.1140/epjc/s2003-01326-x", 2003)
    assert (paper.entry_type, paper.venue) == ("article", "Eur.Phys.J. C31 (2003) 17-29")
    assert paper.keywords == ("hep-ex", "hep-ph")
    assert [(link.url, link.kind) for link in paper.links] == [("https://github.com/a/h1", LinkKind.CODE)]
    assert paper.extra == {"primaryclass": "hep-ex", "note": "23 pages; code at https://github.com/a/h1"}
    assert second.paper.authors == (Author("Roe", "Jane", "van der"),)
    assert (missing.code, missing.line) == ("missing_abstract", 36)


def test_an_error_of_the_api_is_an_error() -> None:
    opened = open_text("query.xml", (SAMPLES / "api_error.xml").read_bytes(), TODAY)
    assert opened.error is not None
    assert opened.error.code == "not_recognised"
    assert "incorrect id format for 1234.123456" in opened.error.message


def test_an_answer_without_papers_says_so() -> None:
    text = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Query</title><updated>2024-03-14T00:00:00Z</updated></feed>'
    )
    opened = open_text("query.xml", text, TODAY)
    assert opened.error is not None
    assert opened.error.code == "no_papers"


def test_daily_feeds_are_listings_of_their_day() -> None:
    first, second = _entries("daily_rss.xml")
    assert [entry.listed_on for entry in (first, second)] == [date(2024, 3, 14)] * 2
    assert first.paper.title == "Ants that count: $n$ steps & more"
    assert first.paper.abstract == "Ants count their steps. Data: https://zenodo.org/record/1."
    assert first.paper.authors == (Author("Roe", "Jane"), Author("Staden", "Pieter", "van"))
    assert (second.paper.arxiv_id, second.paper.doi) == ("2212.00002v3", "10.1000/ann.3")
    assert second.paper.venue == "Ann. Ants 3 (2023)"


def test_the_year_is_the_papers_own_not_that_of_its_announcement() -> None:
    assert [paper.year for paper in _papers("daily_rss.xml")] == [2024, 2022]


def test_feeds_of_earlier_years_are_read() -> None:
    (entry,) = _entries("old_rss.rdf")
    assert (entry.line, entry.listed_on) == (15, date(2019, 2, 28))
    assert entry.paper.title == "Do ants dream? Yes"
    assert entry.paper.abstract == "They do, and $x < y$ holds for all of them."
    assert entry.paper.authors == (Author("Roe", "Jane"), Author("Doe", "John"))
    assert (entry.paper.arxiv_id, entry.paper.keywords) == ("1902.10001v2", ("q-bio.PE",))


def test_feeds_of_journals_are_read_by_what_they_say_in_fields_or_in_words() -> None:
    entries = _entries("journals.xml")
    nests, told, preprint, medical, physical = (entry.paper for entry in entries if isinstance(entry, Record))
    assert nests.title == "Nests & their builders"
    assert nests.abstract == "Builders build.\n\nThey build high."
    assert (nests.entry_type, nests.venue, nests.doi, nests.year) == (
        "article",
        "Journal of Nests",
        "10.1000/nests.1",
        2024,
    )
    assert nests.authors == (Author("Roe", "Jane"), Author("Doe", "John", "van"))
    assert (nests.extra["pages"], nests.extra["date"], nests.keywords) == ("101--110", "2024-03-13", ("Ecology",))
    assert (told.venue, told.abstract, told.year, told.doi) == ("Ant Letters", "", 2024, "10.1000/letters.5")
    assert told.authors == (Author("Lee", "Ann"), Author("Chen", "Bo"))
    assert preprint.authors == (Author("Roe", "J."), Author("Doe", "A. B."), Author("Li", "C."))
    assert (preprint.abstract, preprint.doi) == ("Ants carry leaves.", "10.1101/2024.03.01.000001")
    assert (medical.abstract, medical.venue, medical.doi) == ("Ants heal.", "Journal of ants", "10.1000/ants.9")
    assert (medical.extra["pmid"], medical.year) == ("30000001", 2024)
    assert (physical.abstract, physical.authors) == ("Ants attract.", (Author("Smith", "A. B."), Author("Jones", "C.")))
    assert [entry.line for entry in entries if isinstance(entry, Skipped)] == [58]


@pytest.mark.parametrize(
    ("today", "told", "code"),
    [
        (date(2024, 3, 1), "2024-03-14T00:00:00-04:00", "future_date"),
        (TODAY, "some day", "invalid_date"),
    ],
)
def test_days_that_cannot_be_are_told(today: date, told: str, code: str) -> None:
    text = (SAMPLES / "api_answer.xml").read_text("utf-8").replace("2024-03-14T00:00:00-04:00", told)
    problems = [entry.code for entry in read(text, today) if isinstance(entry, Problem)]
    assert problems[0] == code


@pytest.mark.parametrize(
    "text",
    [
        '<opml version="2.0"><body/></opml>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
        '<rdf:RDF xmlns:link="http://purl.org/rss/1.0/modules/link/"/>',
        '<feed xmlns="http://example.org/animals"/>',
        "<html><body>rss feed</body></html>",
        "",
    ],
)
def test_other_documents_are_no_feeds(text: str) -> None:
    assert not sniff(text)


def test_no_damage_raises() -> None:
    for sample in sorted(SAMPLES.iterdir()):
        for broken in damaged(sample.read_text("utf-8"), 40):
            list(read(broken, TODAY))


def test_hostile_feeds_end_soon() -> None:
    around = '<rss version="2.0"><channel>{}</channel></rss>'
    for field, hostile in product(
        ("title", "description", "dc:creator", "pubDate"), ("(" * 50_000, "9" * 50_000, "&lt;p" * 20_000)
    ):
        list(read(around.format(f"<item><{field}>{hostile}</{field}></item>"), TODAY))


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
@pytest.mark.parametrize("folder", ["arxiv_atom", "arxiv_rss"])
def test_real_feeds_are_read_as_expected(folder: str) -> None:
    files = json.loads((CORPORA / folder / "EXPECTED.json").read_text("utf-8"))["files"]
    for name, wanted in files.items():
        entries = list(read((CORPORA / folder / name).read_text("utf-8"), date(2027, 1, 1)))
        records = {entry.paper.arxiv_id: entry for entry in entries if isinstance(entry, Record)}
        told = {f"{entry['arxiv']}v{entry['version']}": entry for entry in wanted["entries"]}  # in the order of a mail
        assert len(records) == len(entries) == len(wanted["entries"])
        assert [_known(records[key], entry) for key, entry in told.items()] == list(map(_told, told.values()))


_FIELDS = (
    "arxiv",
    "title",
    "authors",
    "abstract",
    "categories",
    "comments",
    "doi",
    "journal_ref",
    "primary_category",
    "year",
    "date",
)


# The expected abstracts are raw; we show what their TeX means.
_TEX = {"{\\em i)}": "i)", "{\\em ii)}": "ii)", "{\\em iii)}": "iii)", "\\%": "%", "\\$": "$"}


def _told(entry: dict[str, Any]) -> dict[str, Any]:
    """What is expected, as far as a paper holds it."""
    told = {name: entry[name] for name in _FIELDS if name in entry}
    told["arxiv"] = f"{entry['arxiv']}v{entry['version']}"
    for tex, text in _TEX.items():
        if "abstract" in told:
            told["abstract"] = told["abstract"].replace(tex, text)
    return told


def _known(record: Record, wanted: dict[str, Any]) -> dict[str, Any]:
    paper = record.paper
    known: dict[str, Any] = {
        "arxiv": paper.arxiv_id,
        "title": paper.title,
        "authors": [author.display for author in paper.authors],
        "abstract": paper.abstract.replace("\n\n", " "),
        "categories": list(paper.keywords),
        "comments": paper.extra.get("note"),
        "doi": paper.doi,
        "journal_ref": paper.venue,
        "primary_category": paper.extra.get("primaryclass"),
        "year": paper.year,
        "date": record.listed_on.isoformat() if record.listed_on else None,
    }
    return {name: value for name, value in known.items() if name in wanted}
