"""An entry of a journal's feed to a paper: PRISM and Dublin Core as far as it has them, else what its text says.

Sources: prismstandard.org (PRISM 2.0), dublincore.org; and the feeds of Elsevier, Nature, Wiley, Springer, Cold Spring
Harbor and the American Physical Society, which write authors and places of publication into their texts.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from readinglist.formats.arxiv_dates import day_in
from readinglist.formats.arxiv_words import authors_of_line
from readinglist.formats.fields import put
from readinglist.formats.html_text import plain_line, plain_text
from readinglist.formats.loose_values import Day, day_of, different, doi_of, is_page_of, is_short_name, pages_of, people
from readinglist.formats.xml_text import first_text, text_of, texts
from readinglist.papers.author_names import author_of
from readinglist.papers.identifiers import arxiv_id_in
from readinglist.papers.links import find_links
from readinglist.papers.paper import Author, Paper

_VENUES = ("prism:publicationName", "dc:source")
_OWN_DAYS = ("prism:publicationDate", "prism:coverDate", "published", "dc:date", "pubDate", "issued", "updated")
_DOIS = ("prism:doi", "dc:identifier", "id", "guid", "link", "dc:source")
_TEXTS = ("dc:description", "description", "summary", "content:encoded", "content")
_FIELDS = (
    ("volume", "prism:volume"), ("number", "prism:number"), ("issn", "prism:issn"), ("publisher", "dc:publisher"),
    ("language", "dc:language"), ("eid", "prism:articleNumber"),
)  # fmt: skip

# Paragraphs that are about the paper and no part of its abstract: what they are called, and where they say it.
_AUTHORS = re.compile(r"authors?(?:\(s\))?\s*:\s*", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:publication date|source|published online|doi|pmid|keywords?)\s*:|\[[^\]]{1,100}\] published\b|"
    r".{0,200}\b(?:published online|ahead of print|volume \d+,|vol\. \d+,|early ?view)\b.{0,200}$|"
    r".{0,200}\bdoi:\s*10\.\d+\S*$",
    re.IGNORECASE | re.DOTALL,
)
_PMID = re.compile(r"pmid:\s*(\d{1,12})", re.IGNORECASE)
_CAME_OUT = re.compile(r"publication date\s*:\s*(.+)", re.IGNORECASE)
_SOURCE = re.compile(r"source\s*:\s*([^,\n]+)", re.IGNORECASE)
_HEADING = re.compile(r"(?:abstract|summary)\s*:?\s*(?:\n+|\s)", re.IGNORECASE)


def paper_of(entry: Element) -> Paper:
    """The paper that an entry of RSS or Atom tells of, as far as it tells."""
    abstract, about = _told(entry)
    places = (_address(place) for name in _DOIS for place in entry.findall(name))
    doi = next(filter(None, map(doi_of, (*places, *about))), "")
    arxiv_id = next(filter(None, (arxiv_id_in(text) for text in texts(entry, "dc:identifier"))), "")
    venue = _venue(entry, about)
    extra = _fields(entry, about)
    day = _day(entry, about)
    put(extra, "date", day.text)
    url = _page(entry)
    return Paper(
        title=" ".join(next(_texts(entry, "title", "dc:title"), "").split()),
        abstract=abstract,
        authors=tuple(dict.fromkeys(_authors(entry, about))),
        year=day.year,
        entry_type="article" if venue or "volume" in extra else "misc",
        doi=doi,
        arxiv_id=arxiv_id,
        url="" if is_page_of(url, doi, arxiv_id) else url,
        venue=venue,
        keywords=different(_keywords(entry)),
        links=find_links(abstract),
        extra=extra,
    )


def _told(entry: Element) -> tuple[str, list[str]]:
    """The abstract, and the paragraphs around it that say where the paper appeared and who wrote it."""
    longest = max(_texts(entry, *_TEXTS), key=len, default="")
    paragraphs = longest.split("\n\n") if longest else []
    lines = [
        line for paragraph in paragraphs for line in (paragraph.split("\n") if _is_about(paragraph) else [paragraph])
    ]
    about = [line for line in lines if _is_about(line)]
    abstract = "\n\n".join(line for line in lines if not _is_about(line))
    heading = _HEADING.match(abstract)
    return abstract[heading.end() :] if heading else abstract, about


def _is_about(paragraph: str) -> bool:
    return _AUTHORS.match(paragraph) is not None or (len(paragraph) < 400 and _ABOUT.match(paragraph) is not None)


def _texts(entry: Element, *names: str) -> Iterator[str]:
    return filter(None, (_text(place) for name in names for place in entry.findall(name)))


def _text(place: Element) -> str:
    """The text of a description: it is HTML, escaped or not (RSS), unless it says that it is none (Atom)."""
    kind = place.get("type", "html")
    if len(place):
        return plain_text(tostring(place, encoding="unicode"))
    text = "".join(place.itertext())
    return plain_text(text if kind != "text" else text.replace("&", "&amp;"))


def _authors(entry: Element, about: list[str]) -> Iterator[Author]:
    names = [*texts(entry, "author/name"), *texts(entry, "dc:creator")]
    if not names:
        names = [text for text in texts(entry, "author") if "@" not in text] or [*texts(entry, "authors")]
    for name in names or [_AUTHORS.sub("", line, count=1) for line in about if _AUTHORS.match(line)]:
        yield from _authors_in(name)


def _authors_in(text: str) -> Iterator[Author]:
    """The authors of "Jane Doe, John Roe", "Doe, J., Roe, R.", "Doe, Jane; Roe, Richard" or one name alone."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if ";" in text or (len(parts) > 1 and not all(" " in part for part in parts)):
        yield from people(text)
    elif len(parts) > 1 or re.search(r"\s(?:and|&)\s", text):
        yield from authors_of_line(text)
    elif parts:
        yield from people(text) if is_short_name(parts[0]) else [author_of(parts[0])]


def _venue(entry: Element, about: list[str]) -> str:
    venue = first_text(entry, *_VENUES)
    if venue:
        return venue.split(", Published online")[0]
    sources = (_SOURCE.match(line) for line in about)
    return next((found[1].strip() for found in sources if found), "")


def _fields(entry: Element, about: list[str]) -> dict[str, str]:
    extra: dict[str, str] = {}
    for name, path in _FIELDS:
        put(extra, name, first_text(entry, path))
    first, last = first_text(entry, "prism:startingPage"), first_text(entry, "prism:endingPage")
    put(extra, "pages", pages_of(first, last) or pages_of(first_text(entry, "prism:pageRange")))
    if "pages" in extra:
        extra["pages"] = extra["pages"].replace("-{}-", "--")
    numbered = (_PMID.fullmatch(text) for text in texts(entry, "dc:identifier"))
    put(extra, "pmid", next((found[1] for found in numbered if found), ""))
    put(extra, "note", "; ".join(different(plain_line(line) for line in about if not _AUTHORS.match(line))))
    return extra


def _day(entry: Element, about: list[str]) -> Day:
    """The day, or as much of it as is known, on which the paper came out."""
    told = [first_text(entry, name) for name in _OWN_DAYS]
    told += [found[1] for line in about if (found := _CAME_OUT.match(line))]
    for text in filter(None, told):
        whole = day_in(text)
        day = Day(whole.year, whole.isoformat()) if whole else day_of(text)
        if day.year is not None:
            return day
    return Day()


def _page(entry: Element) -> str:
    """The address of the paper's page: the link that is no other one's, or what stands for it."""
    links = [link for link in entry.findall("link") if link.get("rel", "alternate") == "alternate"]
    addresses = [*map(_address, links), first_text(entry, "prism:url", "guid", "id"), entry.get("rdf:about", "")]
    return next((address for address in addresses if address.startswith(("http://", "https://"))), "")


def _address(place: Element) -> str:
    return place.get("href") or text_of(place)


def _keywords(entry: Element) -> Iterator[str]:
    for category in entry.findall("category"):
        yield category.get("label") or category.get("term") or text_of(category)
    yield from texts(entry, "dc:subject")
    yield from texts(entry, "prism:keyword")
