"""What a person reads of a paper, as plain text piece by piece: for the formats that no program reads."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from readinglist.formats.fields import plain
from readinglist.formats.latex_text import clean_line
from readinglist.papers.edits import STATE_NAMES
from readinglist.papers.identifiers import arxiv_page, doi_page
from readinglist.papers.paper import Paper, ReadingState

HEADING = "Reading list"

_WEB = re.compile(r"https?://[^\s/]+(?:/.*)?", re.IGNORECASE)
_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~-._"  # what stays in an address; anything else is written in percent
_MOST_NAMES = 20


def line_of(text: str) -> str:
    """A text on one clean line, without blanks of any kind around it."""
    return clean_line(text).strip()


def web_address(url: str) -> str:
    """An address as a link may have it: of http or https, in ASCII, without blanks and quotes; "" for any other."""
    url = line_of(url)
    return quote(url, safe=_IN_ADDRESS) if _WEB.fullmatch(url) else ""


def page_of(paper: Paper) -> str:
    """Where a paper's title leads to: its own address, or that of its DOI or arXiv id; "" for none."""
    return web_address(paper.url) or next((address for _, address in identifiers_of(paper)), "")


def identifiers_of(paper: Paper) -> Iterator[tuple[str, str]]:
    """DOI and arXiv id, each with the address that it leads to."""
    if paper.doi:
        yield line_of(f"doi:{paper.doi}"), web_address(doi_page(paper.doi))
    if paper.arxiv_id:
        yield line_of(f"arXiv:{paper.arxiv_id}"), web_address(arxiv_page(paper.arxiv_id))


def title_of(paper: Paper) -> str:
    """The title, or what stands in its place."""
    return line_of(paper.title) or "Untitled"


def names_of(paper: Paper) -> str:
    """The authors in reading order, "and" before the last one; of very many the first ones and how many others."""
    names = [name for author in paper.authors if (name := line_of(author.display))]
    if len(names) > _MOST_NAMES:
        return f"{', '.join(names[:_MOST_NAMES])} and {len(names) - _MOST_NAMES:,} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def venue_of(paper: Paper) -> str:
    """Where it appeared."""
    return line_of(paper.venue)


def place_of(paper: Paper) -> str:
    """Volume, issue, pages and year, such as "12 (3), 101-119, 2021"."""
    volume, number, pages = (line_of(plain(paper.extra, name)) for name in ("volume", "number", "pages"))
    issue = f"{volume} ({number})" if volume and number else volume or number
    year = "" if paper.year is None else str(paper.year)
    return ", ".join(filter(None, (issue, pages, year)))


def standing_of(paper: Paper) -> Iterator[str]:
    """How far the reader is with it, and what it is worth to them."""
    if paper.starred:
        yield "★ starred"
    if paper.state is not ReadingState.INBOX:
        yield STATE_NAMES[paper.state].lower()
    if paper.rating:
        yield f"rated {paper.rating} of 5"
    if paper.tags:
        yield f"tags: {', '.join(map(line_of, paper.tags))}"
