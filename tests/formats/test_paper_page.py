"""Saved pages of one paper, by the tags in their heads."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from readinglist.formats import open_text
from readinglist.formats.paper_page import read, sniff
from readinglist.formats.record import Record
from readinglist.papers.paper import Author, Paper
from tests.formats.damage import damaged
from tests.formats.web_pages import WAYS

TODAY = date(2026, 6, 30)
SAMPLES = Path(__file__).parents[1] / "samples" / "paper_page"
ARXIV, JOURNAL, REPOSITORY = (
    (SAMPLES / name).read_text(encoding="utf-8") for name in ("arxiv_abs.html", "journal.html", "repository.html")
)


def paper(page: str) -> Paper:
    opened = open_text("page.html", page.encode("utf-8", "replace"), TODAY)
    assert (opened.format, opened.error) == ("paper-html", None)
    (record,) = [entry for entry in opened.records if isinstance(entry, Record)]
    assert record.listed_on is None
    return record.paper


def test_an_abstract_page_of_arxiv() -> None:
    found = paper(ARXIV)
    assert (found.arxiv_id, found.year, found.doi) == ("2603.04501", 2026, "10.1234/jss.2026.034")
    assert found.title == "How Small Networks Learn to Count: A Study of $O(\\log n)$ Registers"
    assert found.authors == (
        Author("Ruiz-Ibarra", "Marta"), Author("Meer", "Ludwig", "van der"), Author(literal="The SORT Collaboration"),
    )  # fmt: skip
    assert found.abstract == (
        "We study how small networks learn to count, where 1 < n.\n\nOur second paragraph ends here."
    )
    assert (found.entry_type, found.venue) == ("article", "J. Slow Storage 12 (2026) 34-56")
    assert found.keywords == ("cs.CL", "cs.LG")
    assert found.extra == {
        "primaryclass": "cs.CL", "note": "12 pages, 3 figures", "reportnumber": "IOC-2026-07", "date": "2026-03-11",
    }  # fmt: skip


def test_an_article_of_a_journal() -> None:
    found = paper(JOURNAL)
    assert (found.title, found.year) == ("On Drosophila and CO2: 50 % more", 2024)
    assert found.authors == (Author("Sousa", "Ana"), Author("Meer", "Ludwig", "van der"))
    assert (found.entry_type, found.venue) == ("article", "Journal of Waiting & Rest")
    assert (found.doi, found.url) == ("10.1234/jow.12.34", "https://journal.example.org/articles/12/3/34")
    assert found.abstract == "Flies wait.\n\nSee https://github.com/example/flies."
    assert found.keywords == ("drops", "waiting", "flies")
    assert found.extra == {
        "date": "2024-05-03", "pages": "34--56", "volume": "12", "number": "3", "publisher": "Nowhere Press",
        "issn": "1234-5678", "language": "en", "shortjournal": "J. Wait.",
        "pdf": "https://journal.example.org/articles/12/3/34.pdf",
    }  # fmt: skip


def test_a_thesis_of_a_repository() -> None:
    found = paper(REPOSITORY)
    assert (found.title, found.entry_type, found.venue) == (
        "The Thesis of a Waiting Person", "mastersthesis", "University of Nowhere",
    )  # fmt: skip
    assert found.authors == (Author("Östlund", "Carl Didrik"),)
    assert (found.year, found.extra["date"], found.doi) == (2019, "2019-06", "10.5555/thesis.7")
    assert (found.keywords, found.abstract) == (("waiting", "theses", "rest"), "One waits.")


@pytest.mark.parametrize(
    ("written", "year", "iso"),
    [("2024", 2024, None), ("2024/5", 2024, "2024-05"), ("05/03/2024", 2024, "2024-05-03"), ("2024-13-01", 2024, None),
     ("2024-05-03T10:00:00Z", 2024, "2024-05-03"), ("soon", None, None), ("0000", None, None)],
)  # fmt: skip
def test_dates(written: str, year: int | None, iso: str | None) -> None:
    found = paper(JOURNAL.replace("2024/05/03", written))
    assert (found.year, found.extra.get("date")) == (year, iso)


@pytest.mark.parametrize("way", WAYS)
def test_in_all_ways_of_saving(way: Callable[[str, str], str]) -> None:
    assert paper(way(ARXIV, "https://arxiv.org/abs/2603.04501")) == paper(ARXIV)


def test_nothing_raises() -> None:
    for text in (ARXIV, JOURNAL, REPOSITORY, WAYS[2](JOURNAL, "https://journal.example.org")):
        for broken in damaged(text, 30):
            sniff(broken)
            list(read(broken, TODAY))


@pytest.mark.parametrize(
    "text", ["<div>" * 300_000, "<meta " * 500_000, '<meta name="citation_title" content="x">' * 50_000]
)
def test_odd_pages_take_no_long_time(text: str) -> None:
    page = f'<html><meta name="citation_title" content="x">{text}'
    started = perf_counter()
    assert sniff(page)
    list(read(page, TODAY))
    assert perf_counter() - started < 5


def test_other_pages_are_not_taken_for_it() -> None:
    assert not sniff('<html><head><meta name="DC.title" content="A town\'s page"></head></html>')
    assert not sniff("<html><body>citation_title</body></html>")
