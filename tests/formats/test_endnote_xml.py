"""EndNote's XML as EndNote and Mendeley write it, with and without styles."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readinglist.formats import refer
from readinglist.formats.endnote_xml import read, sniff
from readinglist.formats.fields import names, plain
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Author, Paper
from tests.formats.damage import damaged

TODAY = date(2026, 3, 20)
SAMPLES = Path(__file__).parents[1] / "samples" / "endnote_xml"
TEXT = (SAMPLES / "library.xml").read_text("utf-8")
CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "endnote_xml"


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    return [entry.paper for entry in read(TEXT, TODAY) if isinstance(entry, Record)]


def test_every_record_is_told_with_its_line() -> None:
    entries = list(read(TEXT, TODAY))
    assert [(entry.line, entry.position) for entry in entries if isinstance(entry, Record)] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (4, 4),
    ]
    assert [entry.line for entry in entries if isinstance(entry, Skipped)] == [3]
    assert [(entry.code, entry.line) for entry in entries if isinstance(entry, Problem)] == [("invalid_date", 4)]


def test_an_article_is_read_without_its_styles(papers: list[Paper]) -> None:
    paper = papers[0]
    assert paper.title == "Trails of Lasius niger at CO2 & heat"
    assert paper.authors == (
        Author("Berg", "Žofia", "van der"),
        Author("King", "Martin Luther", "", "Jr."),
        Author(literal="World Health Organization"),
    )
    assert paper.abstract == "BACKGROUND: Ants walk (p < 0.05).\n\nMETHODS: We watched."
    assert (paper.entry_type, paper.venue, paper.year) == ("article", "Journal of Ants", 2021)
    assert (paper.doi, paper.url) == ("10.1000/ants.7", "https://example.org/ants")
    assert paper.keywords == ("ants", "trails", "heat", "cold")
    assert [note.text for note in paper.notes] == ["Read the appendix.\nTwice."]


def test_other_fields_are_kept(papers: list[Paper]) -> None:
    extra = papers[0].extra
    fields = {
        "date": "2021-05-03", "volume": "7", "number": "2", "pages": "475--482", "issn": "1234-5679",
        "shortjournal": "J. Ants", "language": "eng", "urldate": "2022-01-04", "pmid": "33333333",
        "pmcid": "PMC7654321", "file": "internal-pdf://0123/Berg 2021.pdf", "x-ris-lb": "A1",
        "x-endnote-modified-date": "yes",
    }  # fmt: skip
    assert {name: plain(extra, name).replace("–", "--") for name in fields} == fields


def test_chapters_and_theses_have_their_books_and_schools(papers: list[Paper]) -> None:
    chapter, thesis, talk = papers[1:]
    assert (chapter.entry_type, chapter.venue) == ("incollection", "Handbook of Nests")
    assert names(chapter.extra, "editor") == (Author("Doe", "John"),)
    assert [note.text for note in chapter.notes] == ["Borrowed from Jane"]
    assert (thesis.entry_type, thesis.venue) == ("mastersthesis", "University of Graz")
    assert (talk.entry_type, talk.venue, talk.year) == ("inproceedings", "Ants 2018", None)


def test_a_record_is_the_same_paper_as_in_endnotes_tagged_file(papers: list[Paper]) -> None:
    (entry,) = refer.read((SAMPLES / "same.enw").read_text("utf-8"), TODAY)
    assert isinstance(entry, Record)
    assert replace(papers[1], extra=dict(papers[1].extra)) == replace(entry.paper, extra=dict(entry.paper.extra))


@pytest.mark.parametrize(
    "text",
    [
        "<collection><record><leader>00000</leader></record></collection>",
        "<records></records>",
        "I keep my <record> of records and <titles>",
        "",
    ],
)
def test_other_documents_are_not_endnotes(text: str) -> None:
    assert sniff(TEXT)
    assert not sniff(text)


def test_no_damage_raises() -> None:
    for broken in damaged(TEXT, 100):
        list(read(broken, TODAY))


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
@pytest.mark.parametrize("folder", ["jabref", "zotero"])
def test_real_files_are_read_as_expected(folder: str) -> None:
    files = json.loads((CORPORA / folder / "EXPECTED.json").read_text("utf-8"))["files"]
    for name, wanted in files.items():
        entries = list(read((CORPORA / folder / name).read_text("utf-8"), TODAY))
        papers = [entry.paper for entry in entries if isinstance(entry, Record)]
        assert len(entries) == len(papers)
        assert list(map(_known, papers)) == list(map(_told, wanted["entries"]))


def _told(entry: dict[str, Any]) -> tuple[Any, ...]:
    authors = [tuple(author.values()) for author in entry["authors"]]
    pages = entry.get("pages", "").replace("-", "--") if "Available" not in entry.get("pages", "") else entry["pages"]
    return entry["title_plain"], authors, entry["year"], entry.get("volume", ""), entry.get("issue", ""), pages


def _known(paper: Paper) -> tuple[Any, ...]:
    authors = [(author.family, author.given) for author in paper.authors]
    numbers = (paper.extra.get(name, "") for name in ("volume", "number", "pages"))
    return paper.title, authors, paper.year, *numbers
