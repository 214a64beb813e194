"""JSON of the Hugging Face papers page: the daily papers, one paper, or the answer to a search, as its API gives them.

Source: huggingface.co/docs/hub/api, and answers of 2024 (the listing's day is the outer `publishedAt`) and of 2026
(`submittedOnDailyAt`).
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from readinglist.formats.arxiv_words import abstract_of, authors_of_line, title_of
from readinglist.formats.json_text import Item, line_of, lines_of, records
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.identifiers import arxiv_id_in
from readinglist.papers.links import find_links, kind_of
from readinglist.papers.paper import Author, Link, LinkKind, Paper

# What holds the papers where the text is one object: pages and programs that keep answers wrap them so.
LISTS = ("dailyPapers", "searchResults", "papers", "results", "items", "data")

_PAPER = re.compile(r'"(?:upvotes|submittedOnDailyAt|submittedOnDailyBy|discussionId|dailyPapers)"\s*:')
_ALSO = re.compile(r'"(?:paper|summary|authors)"\s*:')
_LOOKED_AT = 1 << 20  # one paper can have thousands of authors, and all that is known of them
_MARKUP = re.compile(r"</\w|<(?:br|p)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?")
_LONGEST_KEYWORD = 80
_MOST_UPVOTES = 1 << 53


def sniff(text: str) -> bool:
    """Whether a text is such JSON: by the names that only this page gives to what it tells."""
    head = text[:_LOOKED_AT]
    return _PAPER.search(head) is not None and _ALSO.search(head) is not None


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of an answer, each with the day on which it was listed."""
    positions: dict[date | None, int] = {}
    for entry in records(text, LISTS):
        if not isinstance(entry, Item):
            yield entry
            continue
        paper = paper_of(entry.value)
        if paper is None:
            yield Skipped(entry.line, "This is not a paper: it has neither an id nor a title.")
            continue
        day = day_of(entry.value)
        positions[day] = positions.get(day, 0) + 1
        yield from told(Record(paper, entry.line, positions[day], day), today)


def told(record: Record, today: date) -> Iterator[Record | Problem]:
    """A record, and what a reader should know of it."""
    yield record
    name = record.paper.title or record.paper.arxiv_id
    if not record.paper.abstract:
        yield Problem("missing_abstract", record.line, f"“{name}” has no abstract.")
    if record.listed_on is not None and record.listed_on > today and record.position == 1:
        message = f"The day {record.listed_on.isoformat()} has not come yet. It is kept as it is told."
        yield Problem("future_date", record.line, message)


def paper_of(value: object) -> Paper | None:
    """The paper that an object of the API tells of; None where it is none."""
    outer = value if isinstance(value, Mapping) else {}
    inner = outer.get("paper")
    about = inner if isinstance(inner, Mapping) else outer
    arxiv_id = arxiv_id_in(line_of(about.get("id")))
    title = title_of(_plain(line_of(about.get("title")) or line_of(outer.get("title"))))
    if not arxiv_id and not title:
        return None
    abstract = abstract_of(_plain(lines_of(about.get("summary")) or lines_of(outer.get("summary"))))
    published = _time(about.get("publishedAt"))
    return Paper(
        title=title,
        abstract=abstract,
        authors=_authors(about.get("authors")),
        year=published.year if published else None,
        arxiv_id=arxiv_id,
        url="" if arxiv_id else _page_of(line_of(about.get("id"))),
        keywords=_keywords(about.get("ai_keywords")),
        links=_links(about, abstract),
        upvotes=_upvotes(about.get("upvotes", outer.get("upvotes"))),
        extra={"date": published.date().isoformat()} if published else {},
    )


def day_of(value: object) -> date | None:
    """The day on which the page listed a paper; None where it was never listed, as in answers to a search."""
    outer = value if isinstance(value, Mapping) else {}
    inner = outer.get("paper")
    about = inner if isinstance(inner, Mapping) else outer
    listed = _time(about.get("submittedOnDailyAt")) or _time(outer.get("submittedOnDailyAt"))
    if listed is not None:
        return listed.date()
    published, shown = _time(about.get("publishedAt")), _time(outer.get("publishedAt"))
    # Later answers repeat here the paper's own day, which says nothing of a listing.
    later = about is not outer and shown is not None and (published is None or shown > published)
    return shown.date() if shown is not None and later else None


def _plain(text: str) -> str:
    """The text without markup; most is plain, and `<EOS>` in it is text."""
    if _MARKUP.search(text) is None:
        return text
    from readinglist.formats.html_text import plain_text

    return plain_text(text)


def _authors(value: object) -> tuple[Author, ...]:
    """The authors; of a name the page's users have beside it their own, which may be a mere nickname."""
    found: list[Author] = []
    for entry in value if isinstance(value, list) else []:
        about = entry if isinstance(entry, Mapping) else {"name": entry}
        user = about.get("user")
        name = line_of(about.get("name")) or line_of(user.get("fullname") if isinstance(user, Mapping) else "")
        found += (Author(literal=name),) if "," in name else authors_of_line(name)
    return tuple(found)


def _keywords(value: object) -> tuple[str, ...]:
    words = (line_of(word) for word in value if isinstance(word, str)) if isinstance(value, list) else ()
    return tuple(dict.fromkeys(word for word in words if 0 < len(word) <= _LONGEST_KEYWORD))


def _links(about: Mapping[object, object], abstract: str) -> tuple[Link, ...]:
    """The links that the page names, then those of the abstract."""
    links: dict[str, Link] = {}
    for name in ("githubRepo", "projectPage"):
        address = line_of(about.get(name))
        if _ADDRESS.fullmatch(address):
            address = address if "://" in address else f"https://{address}"
            links.setdefault(address, Link(address, LinkKind.CODE if name == "githubRepo" else kind_of(address, "")))
    for link in find_links(abstract):
        links.setdefault(link.url, link)
    return tuple(links.values())


def _upvotes(value: object) -> int | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if isinstance(value, int) and whole and 0 <= value < _MOST_UPVOTES else None


def _time(value: object) -> datetime | None:
    """A moment such as "2026-07-28T00:00:00.000Z", or a day; in UTC."""
    try:
        moment = datetime.fromisoformat(line_of(value)[:40])
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _page_of(name: str) -> str:
    return f"https://huggingface.co/papers/{name}" if re.fullmatch(r"[\w.-]{1,60}", name) else ""
