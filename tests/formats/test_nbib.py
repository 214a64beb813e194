"""PubMed's own format: articles and books with full names, bodies and identifiers."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from readinglist.formats import open_text
from readinglist.formats.nbib import read, sniff
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.duplicates import title_key
from readinglist.papers.paper import Author, Paper
from tests.formats.damage import damaged

TODAY = date(2026, 3, 14)
SAMPLES = Path(__file__).parents[1] / "samples" / "nbib"
CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "nbib"


def entries(text: str) -> list[Record | Skipped | Problem]:
    return list(read(text, TODAY))


def sample() -> list[Paper]:
    opened = open_text("file.txt", (SAMPLES / "pubmed.nbib").read_bytes(), TODAY)
    assert opened.format == "nbib"
    found = list(opened.records)
    assert [(entry.line, entry.position) for entry in found if isinstance(entry, Record)] == [(1, 1), (46, 2)]
    return [entry.paper for entry in found if isinstance(entry, Record)]


def test_an_article() -> None:
    paper = sample()[0]
    assert paper.title == "Interactive and scalable reading of lists using a slow method."
    assert paper.abstract == "BACKGROUND: We read lists. METHODS: Slowly, with x < 5. RESULTS: None."
    assert paper.authors == (
        Author("Bolen", "Evan"),
        Author("Hooft", "Justin J J", "van der"),
        Author(literal="Slow Reading Consortium"),
        Author("Smith", "JA", suffix="Jr"),
    )
    assert (paper.entry_type, paper.venue, paper.year) == ("article", "Nature reading", 2019)
    assert paper.doi == "10.5555/s41587-019-0209-9"
    assert paper.keywords == ("*Algorithms", "Reading/*methods", "lists")
    assert dict(paper.extra) == {
        "shortjournal": "Nat Read", "date": "2019-09-03", "volume": "37", "number": "9", "language": "eng",
        "pages": "1052--1057", "issn": "1546-1696, 1087-0156", "pmid": "31452104", "pmcid": "PMC7015180",
        "x-ris-ad": "Department of Lists, North University.", "x-nbib-pl": "United States",
        "x-nbib-ci": "(c) 2019 The Readers.", "x-nbib-auid": "ORCID: 0000-0003-4353-670X",
        "x-nbib-gr": "R01 GM000001/GM/NIGMS NIH HHS/United States",
    }  # fmt: skip


def test_a_chapter() -> None:
    paper = sample()[1]
    assert (paper.title, paper.venue, paper.entry_type) == (
        "Margins and notes.",
        "Handbook of Slow Reading",
        "incollection",
    )
    assert paper.extra["editor"] == "Roth, Jonas"
    assert (paper.extra["isbn"], paper.extra["series"]) == ("9783161484100", "Reading Handbooks")


def test_a_book_has_its_own_title() -> None:
    paper = next(entry.paper for entry in entries("PMID- 1\nBTI - A book\nPT  - Book") if isinstance(entry, Record))
    assert (paper.title, paper.entry_type) == ("A book", "book")


def test_records_follow_one_another_without_an_empty_line() -> None:
    found = entries("PMID- 1\nTI  - One\nPMID- 2\nTI  - Two\n\nOWN - NLM\nDCOM- 20200101\n")
    assert [entry.paper.title for entry in found if isinstance(entry, Record)] == ["One", "Two"]
    assert [entry.line for entry in found if isinstance(entry, Skipped)] == [6]


def test_names_without_their_full_form() -> None:
    found = entries("PMID- 1\nTI  - T\nAU  - Smith JA\nAU  - NASA\nCN  - Group, North")
    paper = next(entry.paper for entry in found if isinstance(entry, Record))
    assert paper.authors == (Author("Smith", "JA"), Author(literal="NASA"), Author(literal="Group, North"))


@pytest.mark.parametrize(
    "text", ["PMID- 1\nTI  - T", "\n\nPMID-22664220\nPT  - X", "PMCR- 1\nTI  - T", "OWN - NLM\nTI  - x"]
)
def test_sniff(text: str) -> None:
    assert sniff(text)


@pytest.mark.parametrize(
    "text", ["", "TY  - JOUR\nTI  - T", "TI  - T\nAU  - A", "Text\nPMID- 1", "WHO - a body\nNATO- another", "PMID: 1"]
)
def test_sniff_others(text: str) -> None:
    assert not sniff(text)


def test_no_text_raises() -> None:
    for text in damaged((SAMPLES / "pubmed.nbib").read_text(encoding="utf-8")):
        sniff(text)
        entries(text)


def test_long_values_cost_no_more_than_their_length() -> None:
    text = (
        "PMID- 1\nTI  - "
        + "x\n" * 100_000
        + "AU  - A B\n" * 10_000
        + "PG  - "
        + "1-" * 100_000
        + "\nDP  - "
        + "9" * 5000
    )
    assert len(entries(text)) > 0


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
    assert opened.format == "nbib"
    found = [entry.paper for entry in opened.records if isinstance(entry, Record)]
    assert len(found) == expected["n_entries"]
    for paper, entry in zip(found, expected["entries"], strict=True):
        assert title_key(paper.title) == title_key(entry["title_plain"] or "")
        # Zotero puts a full stop behind a single initial.
        assert [(author.family, author.given) for author in paper.authors] == [
            (author["family"], author["given"].rstrip(".")) for author in entry["authors"]
        ]
        assert (paper.year, paper.doi) == (entry["year"], entry.get("doi", ""))
        assert paper.venue == entry.get("container", "")
        assert paper.abstract.split() == entry.get("abstract", "").split()
        assert paper.extra.get("pmid") == entry.get("pmid")
        if "keywords" in entry:
            assert set(paper.keywords) == set(entry["keywords"])
