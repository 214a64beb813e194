"""Feeds of papers: arXiv's daily ones (Atom, RSS 2.0, RSS 1.0), answers of its API, and those of journals.

Sources: info.arxiv.org/help/api/user-manual.html, info.arxiv.org/help/rss.html, RFC 4287 (Atom),
rssboard.org/rss-specification, web.resource.org/rss/1.0/spec.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from xml.etree.ElementTree import Element

from readinglist.formats import arxiv_words, journal_feeds
from readinglist.formats.arxiv_dates import day_in, year_of_id
from readinglist.formats.html_text import plain_text
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.xml_text import Found, below, declares, elements, first_text, root_of, text_of, texts
from readinglist.papers.paper import Author, Paper

_ITEMS = ("item", "entry")
# What the feed says of itself, in the order in which it tells the feed's day.
_DAYS = ("pubDate", "updated", "dc:date", "lastBuildDate", "prism:coverDate", "modified")
_AROUND = frozenset({"channel", "feed", "r"})
_RSS_1 = "http://purl.org/rss/1.0/"
_ATOMS = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")

# "arXiv:2303.09407v1 Announce Type: new", above the abstract in today's feeds.
_ANNOUNCED = re.compile(r"\s*arXiv:(\S+)\s+Announce Type:\s*[\w-]+\s*(?:Abstract:\s*)?", re.IGNORECASE)
# ". (arXiv:1902.09859v1 [cs.CL] UPDATED)", behind the title in those of earlier years.
_IN_TITLE = re.compile(r"\.?\s*\((arXiv:\S+)\s*(?:\[([\w.-]+)\])?[\w\s]*\)\s*$", re.IGNORECASE)


def sniff(text: str) -> bool:
    """Whether the document is an RSS or Atom feed."""
    name, tag = root_of(text)
    if name == "RDF":
        return declares(tag, _RSS_1)
    is_feed = name == "feed" and (any(declares(tag, space) for space in _ATOMS) or "xmlns" not in tag)
    return name == "rss" or is_feed


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The entries of a feed in order, each seen on the feed's day; `today` tells a day that has not come."""
    told: dict[str, str] = {}
    position = 0
    day: date | None = None
    for found in elements(text, (*_ITEMS, *_DAYS)):
        if isinstance(found, Problem):
            yield found
        elif found.element.tag not in _ITEMS:
            if found.parent in _AROUND:
                told.setdefault(found.element.tag, text_of(found.element))
        elif message := _error_of(found.element):
            yield Problem("not_recognised", found.line, message)
        else:
            if not position:
                day = _day(told)
                yield from _day_problems(day, told, today)
            paper = paper_of(found.element)
            if not paper.title and not paper.abstract and not paper.url:
                yield Skipped(found.line, "The entry is empty.")
                continue
            position += 1
            yield Record(paper, found.line, position, day)
            yield from _missing(paper, found)


def paper_of(entry: Element) -> Paper:
    """The paper that an entry tells of: from arXiv, or from a journal."""
    arxiv_id = _arxiv_id(entry)
    return _arxiv_paper(entry, arxiv_id) if arxiv_id else journal_feeds.paper_of(entry)


def _error_of(entry: Element) -> str:
    """What arXiv's API answers in place of papers when it was asked wrongly: an entry that is called so."""
    place = first_text(entry, "id")
    if first_text(entry, "title") != "Error" or "/api/errors" not in place:
        return ""
    reason = first_text(entry, "summary") or place
    return f"arXiv answered with an error in place of papers: {reason.rstrip('.')}."


def _day(told: Mapping[str, str]) -> date | None:
    return next(filter(None, (day_in(told[name]) for name in _DAYS if name in told)), None)


def _day_problems(day: date | None, told: Mapping[str, str], today: date) -> Iterator[Problem]:
    if day is not None and day > today:
        yield Problem(
            "future_date", None, f"The feed's day, {day.isoformat()}, has not come yet. It is kept as it is told."
        )
    elif day is None and told:
        written = next(iter(told.values()))[:40]
        yield Problem("invalid_date", None, f"The feed's day, “{written}”, is none. Its papers are kept without a day.")


def _missing(paper: Paper, found: Found) -> Iterator[Problem]:
    """A word on what a paper of arXiv always has; journals often tell no more than its title."""
    if paper.arxiv_id and not paper.abstract:
        yield Problem("missing_abstract", found.line, f"“{paper.title}” has no abstract.")


def _arxiv_id(entry: Element) -> str:
    """The id with its version, as far as any of the places where it stands tells it."""
    about = _ANNOUNCED.match(first_text(entry, "description", "summary"))
    in_title = _IN_TITLE.search(first_text(entry, "title"))
    candidates = [
        first_text(entry, "id", "guid"),
        f"arXiv:{about[1]}" if about else "",
        in_title[1] if in_title else "",
        *_addresses(entry),
    ]
    found = [arxiv_id for text in candidates if _names_arxiv(text) and (arxiv_id := arxiv_words.arxiv_id_of(text))]
    return next((arxiv_id for arxiv_id in found if "v" in arxiv_id), next(iter(found), ""))


def _names_arxiv(text: str) -> bool:
    return "arxiv" in text.lower() and "doi.org" not in text


def _addresses(entry: Element) -> Iterator[str]:
    yield entry.get("rdf:about", "")
    for link in entry.findall("link"):
        yield link.get("href") or text_of(link)


def _arxiv_paper(entry: Element, arxiv_id: str) -> Paper:
    title = first_text(entry, "title")
    in_title = _IN_TITLE.search(title)
    categories = list(dict.fromkeys(_categories(entry)))
    primary = next((each.get("term", "") for each in entry.findall("arxiv:primary_category")), "")
    if in_title and in_title[2]:
        primary = in_title[2]
        categories = categories or [primary]
    return arxiv_words.paper_of(
        arxiv_words.Submission(
            arxiv_id=arxiv_id,
            title=title[: in_title.start()] if in_title else title,
            authors=tuple(_authors(entry)),
            abstract=_abstract(entry),
            categories=categories,
            primary=primary,
            comments=first_text(entry, "arxiv:comment", "arxiv:comments"),
            journal_ref=first_text(entry, "arxiv:journal_ref", "arxiv:journal_reference"),
            doi=first_text(entry, "arxiv:doi", "arxiv:DOI"),
            year=_year(entry, arxiv_id),
        )
    )


def _categories(entry: Element) -> Iterator[str]:
    for category in entry.findall("category"):
        yield category.get("term") or text_of(category)


def _authors(entry: Element) -> Iterator[Author]:
    for name in (*texts(entry, "author/name"), *texts(entry, "dc:creator")):
        yield from arxiv_words.authors_of_line(name)


def _abstract(entry: Element) -> str:
    """The abstract as arXiv has it: its lines stay, unless it is HTML."""
    place = next(iter(below(entry, "summary") + below(entry, "description")), None)
    text = "" if place is None else "".join(place.itertext())
    announced = _ANNOUNCED.match(text)
    text = text[announced.end() :] if announced else text
    return plain_text(text) if "</p>" in text.lower() else text


def _year(entry: Element, arxiv_id: str) -> int | None:
    """The year in which the paper came to arXiv; an announcement may be of a later version, or for other readers."""
    announced = entry.findall("arxiv:announce_type")
    published = day_in(first_text(entry, "published")) if not announced else None
    return published.year if published else year_of_id(arxiv_id)
