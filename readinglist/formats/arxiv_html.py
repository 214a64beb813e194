"""arXiv's lists as saved pages: new and recent papers, months, authors, search results; today's markup and the old.

Source: the templates of arXiv (github.com/arXiv/arxiv-browse, browse/templates/list), and pages of earlier years.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from readinglist.formats.arxiv_dates import day_in, year_of_id
from readinglist.formats.arxiv_words import Submission, arxiv_id_of, authors_of_line, categories_of, paper_of, title_of
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.saved_page import is_too_deep, page_of, text_of
from readinglist.papers.paper import Author, Paper

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ENTRY = re.compile(
    r"<dt\b(?=[^>]*>(?:(?!<d[dt]\b).){0,3000}?/abs/)|<li\b[^<>]*\bclass=\"?arxiv-result|<h[1-4]\b[^<>]*>|</(?:dl|ol)\s*>",
    re.IGNORECASE | re.DOTALL,
)
_LIST_END = re.compile(r"</(?:dl|ol)\s*>", re.IGNORECASE)
_ADDRESS = re.compile(r"/abs/([^?#\"'<>\s]+)", re.IGNORECASE)
_HEADING_END = re.compile(r"</h", re.IGNORECASE)
_LONGEST_HEADING = 600
_LABEL = re.compile(
    r"(title|authors?|comments?|subjects|subj-class|journal-ref|report-no|doi|msc-class|acm-class)\s*:\s*(.*)",
    re.IGNORECASE,
)
_HIDDEN_ADDRESS = re.compile(r"this (?:https?|ftp) URL", re.IGNORECASE)
_AND_OTHERS = re.compile(r"\bet al\b")
_SUBMITTED = re.compile(r"\bSubmitted\W+(\d{1,2}) (\w+),? (\d{4})")
_OLD_TITLE = re.compile(r"<b>\s*Title\s*:?\s*</b>", re.IGNORECASE)  # before 2007 entries had labels alone


def sniff(text: str) -> bool:
    """Whether a text is such a page, however it was saved."""
    markup = page_of(text).markup
    known = "list-title" in markup or "arxiv-result" in markup or _OLD_TITLE.search(markup) is not None
    return known and any(not found[0].startswith(("<h", "<H", "</")) for found in _ENTRY.finditer(markup))


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of a page; the day of each is that of the heading above it."""
    page = page_of(text)
    day: date | None = None
    positions: dict[date | None, int] = {}
    last, line = -1, 1
    for start, markup in _pieces(page.markup):
        if markup[1] in "hH":
            day = _day_of(markup) or day
            continue
        last, line = start, page.line_at(start, _id_in(markup))
        if is_too_deep(markup):
            yield Skipped(line, "Its elements stand in one another too deeply to be read.")
            continue
        paper = _paper_of(markup)
        if paper is None:
            yield Skipped(line, "An entry without an arXiv id and without a title.")
            continue
        positions[day] = positions.get(day, 0) + 1
        if day is not None and day > today and positions[day] == 1:
            yield Problem("future_date", line, f"The day {day.isoformat()} has not come yet. It is kept as it is told.")
        yield Record(paper, line, positions[day], day)
    if last >= 0 and _LIST_END.search(page.markup, last) is None:
        message = "The page ends before its list does: it was perhaps cut off, and more papers are missing."
        yield Problem("possibly_truncated", line, message)


def _pieces(markup: str) -> Iterator[tuple[int, str]]:
    """The headings and entries of a page in order, each with its place."""
    start = -1
    for border in _ENTRY.finditer(markup):
        if start >= 0:
            yield start, markup[start : border.start()]
        start = -1 if border[0].startswith("</") else border.start()
    if start >= 0:
        yield start, markup[start:]


def _day_of(heading: str) -> date | None:
    from readinglist.formats.html_text import plain_line

    return day_in(plain_line(_HEADING_END.split(heading[:_LONGEST_HEADING], maxsplit=1)[0]))


def _id_in(markup: str) -> str:
    found = _ADDRESS.search(markup)
    return arxiv_id_of(found[1]) if found else ""


def _paper_of(markup: str) -> Paper | None:
    from selectolax.lexbor import LexborHTMLParser

    entry = LexborHTMLParser(markup)
    if entry.css_first(".arxiv-result") is not None:
        told = _search_result(entry)
    elif entry.css_first(".list-title") is not None:
        told = _list_entry(entry)
    else:
        told = _old_entry(entry)
    arxiv_id = _id_in(markup)
    if not arxiv_id and not told.title:
        return None
    return paper_of(replace(told, arxiv_id=arxiv_id, year=told.year or year_of_id(arxiv_id)))


def _list_entry(entry: "LexborHTMLParser") -> Submission:
    return Submission(
        title=_text(entry, ".list-title"),
        authors=_authors(entry, ".list-authors"),
        abstract=_text(entry, "p.mathjax, .meta > p").replace("\n", "\n\n"),
        categories=categories_of(_text(entry, ".list-subjects")),
        comments=_text(entry, ".list-comments"),
        journal_ref=_text(entry, ".list-journal-ref"),
        doi=_text(entry, ".list-doi"),
        report_number=_text(entry, ".list-report-no"),
    )


def _search_result(entry: "LexborHTMLParser") -> Submission:
    told = text_of(entry.body) if entry.body is not None else ""
    submitted = _SUBMITTED.search(" ".join(told.split()))
    for button in entry.css(".abstract a.is-size-7"):
        button.decompose()
    comments = [_without_label(text_of(node)) for node in entry.css("p.comments") if "comments" in _first_word(node)]
    journals = [_without_label(text_of(node)) for node in entry.css("p.comments") if "journal" in _first_word(node)]
    return Submission(
        title=_text(entry, "p.title"),
        authors=_authors(entry, "p.authors"),
        abstract=_text(entry, ".abstract-full") or _text(entry, ".abstract"),
        categories=categories_of(" ".join(text_of(tag) for tag in entry.css(".tag[data-tooltip]"))),
        comments=comments[0] if comments else "",
        journal_ref=journals[0] if journals else "",
        doi=_text(entry, '.tag a[href*="doi.org/"]'),
        year=int(submitted[3]) if submitted else None,
    )


def _first_word(node: "LexborNode") -> str:
    return text_of(node)[:12].lower()


def _without_label(text: str) -> str:
    return text.partition(":")[2].strip()


def _old_entry(entry: "LexborHTMLParser") -> Submission:
    """An entry of lines with labels: what stands without one is the abstract."""
    about = entry.css_first("dd")
    told: dict[str, str] = {}
    abstract: list[str] = []
    for line in text_of(about).split("\n") if about is not None else []:
        labelled = _LABEL.match(line)
        if labelled is not None:
            told.setdefault(labelled[1].lower().removesuffix("s"), labelled[2])
        elif line:
            abstract.append(line)
    return Submission(
        title=told.get("title", ""),
        authors=authors_of_line(told.get("author", "")),
        abstract="\n\n".join(abstract),
        categories=categories_of(told.get("subject", "")),
        comments=told.get("comment", ""),
        journal_ref=told.get("journal-ref", ""),
        doi=told.get("doi", ""),
        report_number=told.get("report-no", ""),
    )


def _text(entry: "LexborHTMLParser", selector: str) -> str:
    """The text of the first such element, without the label in it."""
    node = entry.css_first(selector)
    if node is None:
        return ""
    for label in node.css(".descriptor"):
        label.decompose()
    for link in node.css("a[href]"):
        if _HIDDEN_ADDRESS.fullmatch(link.text().strip()):
            link.replace_with(link.attributes["href"] or "")
    return text_of(node)


def _authors(entry: "LexborHTMLParser", selector: str) -> tuple[Author, ...]:
    """The authors by their links, since names may hold commas; by the text where there are no links."""
    node = entry.css_first(selector)
    if node is None:
        return ()
    text = _text(entry, selector)
    names = [text_of(link) for link in node.css("a")]
    if not names:
        return authors_of_line(title_of(text))
    others = (Author(literal="others"),) if _AND_OTHERS.search(text) else ()
    return tuple(author for name in names for author in authors_of_line(name)) + others
