"""Saved pages of the Hugging Face papers: a day, a week, a month, what is trending, a search, or one paper.

The pages carry their papers as JSON in `data-props`, told more fully than shown; where that is gone, what is shown is
read. Source: pages of 2024 to 2026.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from readinglist.formats.arxiv_words import abstract_of, authors_of_line, title_of
from readinglist.formats.huggingface_json import day_of, paper_of, told
from readinglist.formats.listing_days import written_day
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.saved_page import SavedPage, is_too_deep, page_of, text_of
from readinglist.papers.identifiers import arxiv_id_in
from readinglist.papers.paper import Author, Link, LinkKind, Paper

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DATA = re.compile(r"data-target=\"?(?:DailyPapers|PaperContent)\b|&quot;dailyPapers&quot;")
_CARD = re.compile(r"<article\b.{0,1000}?href=\"?(?:https://huggingface\.co)?/papers/\d{4}\.\d{4,5}\b", re.DOTALL)
_PAPER = re.compile(r"/papers/\d{4}\.\d{4,5}\b|&quot;paper&quot;")
_NAME = re.compile(r"/papers/([\w.-]+)(?:[?#].*)?$")
_DAY = re.compile(r"(?:/papers/date/|[?&]date=)(\d{4}-\d\d-\d\d)")
_NUMBER = re.compile(r"\d{1,6}")
_MOST_ELEMENTS = 60  # elements with data that are looked at; a page has about ten


def sniff(text: str) -> bool:
    """Whether a text is such a page, however it was saved."""
    markup = page_of(text).markup
    if _DATA.search(markup) is None and ("huggingface" not in markup or _CARD.search(markup) is None):
        return False
    return _PAPER.search(markup) is not None


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of a page in their order, with the day of the page or, over weeks and months, the day of each."""
    from selectolax.lexbor import LexborHTMLParser

    page = page_of(text)
    if is_too_deep(page.markup):
        yield Problem("skipped_entry", 1, "The elements of this page stand in one another too deeply to be read.")
        return
    tree = LexborHTMLParser(page.markup)
    values, day = _data(tree)
    if values:
        yield from _told_by_data(values, page, day, today)
    else:
        yield from _shown(tree, page, _day_of_page(tree, page, today))


def _data(tree: "LexborHTMLParser") -> tuple[Sequence[object], date | None]:
    """The papers in the data of the page's elements, and the day of the page where it is that of one day."""
    from readinglist.formats.json_text import load

    for node in tree.css("[data-props]")[:_MOST_ELEMENTS]:
        raw = node.attributes["data-props"] or ""
        try:
            about = load(raw) if '"title"' in raw else None
        except ValueError:
            continue
        if isinstance(about, Mapping) and (values := _values(about)):
            return values, _day_of_data(about)
    return [], None


def _values(about: Mapping[str, object]) -> Sequence[object]:
    """The one paper of a page of its own; else the answer to a search before the papers of the day."""
    if isinstance(about.get("paper"), Mapping):
        return [about] if paper_of(about) else []
    lists = (about.get(name) for name in ("searchResults", "dailyPapers", "papers"))
    return next((value for value in lists if isinstance(value, list) and any(map(paper_of, value))), [])


def _day_of_data(about: Mapping[str, object]) -> date | None:
    if about.get("periodType") not in {None, "day", "date"}:
        return None
    try:
        return date.fromisoformat(str(about.get("dateString"))[:10])
    except ValueError:
        return None


def _told_by_data(
    values: Sequence[object], page: SavedPage, day: date | None, today: date
) -> Iterator[Record | Skipped | Problem]:
    positions: dict[date | None, int] = {}
    for value in values:
        paper = paper_of(value)
        if paper is None:
            yield Skipped(1, "This is not a paper: it has neither an id nor a title.")
            continue
        listed = day or day_of(value)
        positions[listed] = positions.get(listed, 0) + 1
        yield from told(Record(paper, page.line_of(paper.arxiv_id), positions[listed], listed), today)


def _shown(tree: "LexborHTMLParser", page: SavedPage, day: date | None) -> Iterator[Record]:
    """The papers as shown: of a list titles and votes alone, which is how such pages are, and no damage."""
    papers = [_paper_of_article(article) for article in tree.css("article")]
    if not any(papers):
        papers = [_paper_of_own_page(tree, page)]
    for position, paper in enumerate(filter(None, papers), start=1):
        yield Record(paper, page.line_of(paper.arxiv_id), position, day)


def _paper_of_article(article: "LexborNode") -> Paper | None:
    link = article.css_first('h3 a[href*="/papers/"]') or article.css_first('a.line-clamp-3[href*="/papers/"]')
    if link is None:
        return None
    name = _NAME.search(link.attributes["href"] or "")
    votes = _NUMBER.fullmatch(_text(article, "div.leading-none"))
    return Paper(
        title=title_of(text_of(link)),
        arxiv_id=arxiv_id_in(name[1]) if name else "",
        upvotes=int(votes[0]) if votes else None,
        links=_code_links(article),
    )


def _paper_of_own_page(tree: "LexborHTMLParser", page: SavedPage) -> Paper | None:
    """The paper of a page of its own: /papers/2603.04501."""
    name = _NAME.search(page.address)
    main = tree.css_first("main") or tree.body
    title = _text(main, "h1") if main is not None else ""
    if main is None or not title or name is None:
        return None
    abstract = next((heading.parent for heading in main.css("h2") if heading.text().strip() == "Abstract"), None)
    authors = [text_of(node) for node in main.css(".author")]
    return Paper(
        title=title_of(title),
        abstract=abstract_of(text_of(abstract).removeprefix("Abstract").strip()) if abstract is not None else "",
        authors=tuple(author for entry in authors for author in _author(entry)),
        arxiv_id=arxiv_id_in(name[1]),
        links=_code_links(main),
    )


def _author(name: str) -> tuple[Author, ...]:
    """The author of an entry, behind whose name a comma stands."""
    return authors_of_line(name.strip(" ,\n"))


def _code_links(node: "LexborNode") -> tuple[Link, ...]:
    addresses = (link.attributes["href"] or "" for link in node.css('a[href^="https://github.com/"]'))
    return tuple(Link(address, LinkKind.CODE) for address in dict.fromkeys(addresses))


def _day_of_page(tree: "LexborHTMLParser", page: SavedPage, today: date) -> date | None:
    """The day of a page by its address, or by the heading that shows it."""
    address = _DAY.search(page.address)
    if address is not None:
        try:
            return date.fromisoformat(address[1])
        except ValueError:
            pass
    for node in tree.css("time, h1, h2, header div, section div")[:200]:
        day = written_day(" ".join((node.text() or "").split())[:60])
        if day is not None:
            return day.resolve(today)
    return None


def _text(node: "LexborNode", selector: str) -> str:
    found = node.css_first(selector)
    return " ".join(text_of(found).split()) if found is not None else ""
