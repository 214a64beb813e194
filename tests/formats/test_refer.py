"""EndNote's tagged files and those of refer: each record is read, in both orders of names."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readinglist.formats import open_text
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.refer import read, sniff
from readinglist.papers.duplicates import title_key
from readinglist.papers.paper import Author, Paper
from tests.formats.damage import damaged

TODAY = date(2026, 3, 14)
SAMPLES = Path(__file__).parents[1] / "samples" / "refer"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "endnote_refer"


def entries(text: str) -> list[Record | Skipped | Problem]:
    return list(read(text, TODAY))


def records(text: str) -> list[Record]:
    return [entry for entry in entries(text) if isinstance(entry, Record)]


def sample(name: str) -> list[Paper]:
    data = (SAMPLES / name).read_bytes()
    opened = open_text("file.txt", data, TODAY)
    assert opened.format == "refer"
    return [entry.paper for entry in opened.records if isinstance(entry, Record)]


def test_an_article_of_endnote() -> None:
    paper = sample("endnote.enw")[0]
    assert (paper.title, paper.venue, paper.year) == ("Tides of papers", "Journal of Tides", 2012)
    assert paper.authors == (Author("Meer", "Jan", "van der"), Author(literal="Slow Reading Society"))
    assert paper.keywords == ("tides", "moon")
    assert paper.abstract == "An abstract over two lines."
    assert (paper.doi, paper.url) == ("10.5555/tides.7.12", "https://tides.example.org/7/12")
    assert paper.citation_key == "vandermeer2012tides"
    assert [note.text for note in paper.notes] == ["Read it at the sea."]
    assert dict(paper.extra) == {
        "date": "2012-05-03", "urldate": "2015-01-02", "volume": "7", "number": "2", "pages": "12--19",
        "issn": "1234-5678",
    }  # fmt: skip


def test_other_types_of_endnote() -> None:
    talk, thesis = sample("endnote.enw")[1:]
    assert (talk.entry_type, talk.venue) == ("inproceedings", "Advances in List Processing")
    assert (talk.extra["editor"], talk.extra["series"]) == ("Ito, Kenji", "Lecture Lists")
    assert (thesis.entry_type, thesis.venue) == ("phdthesis", "University of Ibadan")


def test_refer_without_types_and_with_names_in_reading_order() -> None:
    book, article = sample("refer.txt")
    assert book.authors == (Author("Reader", "Brian W."), Author("Shelf", "Dennis M."))
    assert (book.entry_type, book.venue, book.keywords) == ("book", "Prentice Shelf", ("reading", "language"))
    assert (article.entry_type, article.venue, article.extra["date"]) == ("article", "CACM", "1978-08")
    assert article.extra["pages"] == "666--677"


def test_lines_and_positions() -> None:
    text = "\n%0 Book\n%T One\n\n%0 Book\n\n%0 Book\n%T Two\n%X A\n\nparagraph\n"
    found = entries(text)
    assert [entry.line for entry in found if not isinstance(entry, Problem)] == [2, 5, 7]
    assert found[1] == Skipped(5, "The record is empty.")
    assert [(record.position, record.paper.abstract) for record in records(text)] == [(1, ""), (2, "A\n\nparagraph")]


@pytest.mark.parametrize("text", ["%0 Book\n%T T", "\n\ufeff%A A. Name\n%T T", "%T T\n%D 1999"])
def test_sniff(text: str) -> None:
    assert sniff(text)


@pytest.mark.parametrize(
    "text",
    ["", "% A comment\n% T", "%A only", "%PDF-1.4\n%T x", "TY  - JOUR\n%T x", "Text\n%0 Book\n%T T", "100 %T\n%A"],
)
def test_sniff_others(text: str) -> None:
    assert not sniff(text)


def test_no_text_raises() -> None:
    for path in SAMPLES.iterdir():
        for text in damaged(path.read_text(encoding="utf-8")):
            sniff(text)
            entries(text)


def test_long_values_cost_no_more_than_their_length() -> None:
    text = "%0 Book\n" + "%T x\n" * 50_000 + "%K " + "a\n" * 50_000 + "%A " + "a, " * 50_000 + "\n%P " + "1-" * 100_000
    assert len(records(text)) == 1


# --- real files, where they are


def _expected() -> list[Any]:
    return [
        pytest.param(folder / name, expected, id=name)
        for folder in sorted(CORPORA.glob("*"))
        for name, expected in json.loads((folder / "EXPECTED.json").read_text(encoding="utf-8"))["files"].items()
    ]


@pytest.mark.skipif(not CORPORA.is_dir(), reason="the corpora (../shared/corpora) are not here")
@pytest.mark.parametrize(("path", "expected"), _expected())
def test_real_files(path: Path, expected: dict[str, Any]) -> None:
    opened = open_text(path.name, path.read_bytes(), TODAY)
    assert opened.format == "refer"
    found = [entry.paper for entry in opened.records if isinstance(entry, Record)]
    assert len(found) == expected["n_entries"]
    for paper, entry in zip(found, expected["entries"], strict=True):
        assert title_key(paper.title) == title_key(entry["title_plain"])
        assert [(author.family, author.given) for author in paper.authors] == [
            (author["family"], author["given"]) for author in entry["authors"]
        ]
        assert (paper.year, paper.venue, paper.url) == (entry["year"], entry["publisher"], entry["url"])
        assert paper.entry_type == entry["type"]
        if "keywords" in entry:
            assert sorted(paper.keywords) == sorted(entry["keywords"])
        if "notes" in entry:
            assert [note.text for note in paper.notes] == entry["notes"]
