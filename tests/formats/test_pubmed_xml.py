"""PubMed's XML: articles, titles in other languages, chapters of books."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readinglist.formats import nbib
from readinglist.formats.fields import names, plain
from readinglist.formats.pubmed_xml import read, sniff
from readinglist.formats.record import Record, Skipped
from readinglist.papers.duplicates import Match, compare
from readinglist.papers.paper import Author, Paper
from tests.formats.damage import damaged

TODAY = date(2026, 3, 20)
SAMPLES = Path(__file__).parents[1] / "samples" / "pubmed_xml"
TEXT = (SAMPLES / "articles.xml").read_text("utf-8")
CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "pubmed_xml"


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    return [entry.paper for entry in read(TEXT, TODAY) if isinstance(entry, Record)]


def test_every_record_is_told_with_its_line() -> None:
    entries = list(read(TEXT, TODAY))
    assert [(entry.line, entry.position) for entry in entries if isinstance(entry, Record)] == [
        (4, 1),
        (54, 2),
        (69, 3),
    ]
    assert [entry.line for entry in entries if isinstance(entry, Skipped)] == [88]


def test_an_article_is_read_whole(papers: list[Paper]) -> None:
    paper = papers[0]
    assert paper.title == "Trails of Lasius niger at CO2 & heat."
    assert paper.authors == (
        Author("Berg", "Žofia", "van der"),
        Author("King", "Martin L", "", "Jr"),
        Author(literal="Ant, Bee and Wasp Study Group"),
    )
    assert paper.abstract == "BACKGROUND: Ants walk (p < 0.05).\n\nMETHODS: We watched.\n\nAnd waited."
    assert (paper.entry_type, paper.venue, paper.year) == ("article", "Journal of ants", 2021)
    assert (paper.doi, paper.keywords) == ("10.1000/ants.7", ("Ants", "trails"))
    fields = {
        "date": "2021-05-03", "volume": "7", "number": "2", "pages": "475--482", "issn": "1234-5679",
        "pmid": "30000001", "pmcid": "PMC7654321", "shortjournal": "J Ants", "language": "eng, ger",
        "x-ris-ad": "Univ Graz, Austria.",
    }  # fmt: skip
    assert {name: plain(paper.extra, name).replace("–", "--") for name in fields} == fields


def test_a_title_in_its_own_language_stands_for_one_that_pubmed_has_not(papers: list[Paper]) -> None:
    paper = papers[1]
    assert (paper.title, paper.year) == ("Über Ameisen.", 1998)
    assert paper.authors == (Author("Roe", "J"),)
    assert paper.extra["eid"] == "e0012"


def test_a_chapter_has_its_book_and_its_editors(papers: list[Paper]) -> None:
    paper = papers[2]
    assert (paper.title, paper.entry_type, paper.venue) == ("Digging", "incollection", "Handbook of Nests")
    assert paper.authors == (Author("Roe", "Jane"),)
    assert names(paper.extra, "editor") == (Author("Doe", "John"),)
    assert paper.url == "https://www.ncbi.nlm.nih.gov/books/NBK22/"
    assert (paper.extra["publisher"], paper.extra["isbn"], paper.extra["pmid"]) == (
        "Nest Press",
        "9783161484100",
        "20000003",
    )


def test_a_record_is_the_same_paper_as_in_pubmeds_other_format(papers: list[Paper]) -> None:
    (entry,) = nbib.read((SAMPLES / "same.nbib").read_text("utf-8"), TODAY)
    assert isinstance(entry, Record)
    other = entry.paper
    assert compare(papers[0], other) is Match.SAME
    assert (papers[0].title, papers[0].authors, papers[0].venue) == (other.title, other.authors, other.venue)
    assert {name: papers[0].extra[name] for name in other.extra} == other.extra


@pytest.mark.parametrize("text", ["<xml><records/></xml>", "PMID- 1", "<html>PubmedArticle</html>", ""])
def test_other_texts_are_not_pubmeds(text: str) -> None:
    assert sniff(TEXT)
    assert not sniff(text)


def test_citations_without_their_sets_are_read() -> None:
    start, end = TEXT.index("<MedlineCitation"), TEXT.index("</MedlineCitation>") + len("</MedlineCitation>")
    (entry,) = read(f"<MedlineCitationSet>{TEXT[start:end]}</MedlineCitationSet>", TODAY)
    assert isinstance(entry, Record)
    assert entry.paper.extra["pmid"] == "30000001"


def test_no_damage_raises() -> None:
    for broken in damaged(TEXT, 100):
        list(read(broken, TODAY))


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
@pytest.mark.parametrize("folder", ["jabref", "misc", "zotero"])
def test_real_files_are_read_as_expected(folder: str) -> None:
    files = json.loads((CORPORA / folder / "EXPECTED.json").read_text("utf-8"))["files"]
    for name, wanted in files.items():
        entries = list(read((CORPORA / folder / name).read_text("utf-8"), TODAY))
        papers = [entry.paper for entry in entries if isinstance(entry, Record)]
        assert len(entries) == len(papers)
        assert [_known(paper, entry) for paper, entry in zip(papers, wanted["entries"], strict=True)] == [
            _told(entry) for entry in wanted["entries"]
        ]


_FIELDS = ("title_plain", "year", "doi", "abstract", "volume", "issue", "pmid", "issn", "isbn", "language", "authors")


def _told(entry: dict[str, Any]) -> dict[str, Any]:
    """What is expected. Not compared: pages, which some write short and others not, and the address of a book, which
    Zotero makes without its "s"; JabRef takes the subject of a biography for its author."""
    told = {name: entry[name] for name in _FIELDS if name in entry}
    told["authors"] = [tuple(author.values()) for author in told.get("authors", [])]
    # Zotero leaves out the full stop that PubMed puts behind every title; its other readers keep it, as we do.
    told["title_plain"] = told["title_plain"].removesuffix(".")
    if told["title_plain"].startswith("Formate assay"):
        told["authors"] = []
    return told


def _known(paper: Paper, wanted: dict[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = {
        "title_plain": paper.title.removesuffix("."),
        "year": paper.year,
        "doi": paper.doi,
        "abstract": paper.abstract,
        "issue": paper.extra.get("number"),
        **{name: paper.extra.get(name) for name in ("volume", "pmid", "issn", "isbn", "language")},
        "authors": [(author.family, author.given) for author in paper.authors],
    }
    return {name: value for name, value in known.items() if name in wanted or name == "authors"}
