"""A saved page of one paper: the `citation_...` and Dublin Core tags that publishers and archives put into its head.

Source: Google Scholar's inclusion guidelines (scholar.google.com/intl/en/scholar/inclusion.html), whose tags arXiv,
publishers and repositories write; of arXiv's abstract pages, also what is shown.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from readinglist.formats.arxiv_words import Submission, arxiv_id_of, authors_of_line, categories_of
from readinglist.formats.arxiv_words import paper_of as paper_of_arxiv
from readinglist.formats.latex_text import escape
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.saved_page import SavedPage, is_too_deep, page_of, text_of
from readinglist.papers.author_names import authors_of
from readinglist.papers.clean_text import clean
from readinglist.papers.identifiers import doi_in
from readinglist.papers.links import find_links
from readinglist.papers.paper import Author, Paper

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

Tags = dict[str, list[str]]

_TITLE = re.compile(
    r"<meta\b[^<>]*\b(?:name|property)\s*=\s*[\"']?(?:bepress_)?(?:citation_title|eprints\.title)\b", re.IGNORECASE
)
_DC_TITLE = re.compile(r"<meta\b[^<>]*\bname\s*=\s*[\"']?dc(?:terms)?\.title\b", re.IGNORECASE)
_DC_CREATOR = re.compile(r"<meta\b[^<>]*\bname\s*=\s*[\"']?dc(?:terms)?\.creator\b", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d\d?)(?:[-/.](?P<day>\d\d?))?)?(?!\d)")
_YEAR_LAST = re.compile(r"(?:(?P<month>\d\d?)/(?P<day>\d\d?)/)?(?P<year>\d{4})(?!\d)")
_BETWEEN_KEYWORDS = re.compile(r"\s*;\s*")
_MASTER = re.compile(r"\bmaster|\bM\.?\s?(?:Sc|A|S)\b", re.IGNORECASE)

# Which tags tell where a paper appeared, with the type of entry that this makes it.
_VENUES = (
    ("citation_dissertation_institution", "phdthesis"),
    ("citation_technical_report_institution", "techreport"),
    ("citation_conference_title", "inproceedings"),
    ("citation_inbook_title", "incollection"),
    ("citation_journal_title", "article"),
    ("prism.publicationname", "article"),
    ("eprints.publication", "article"),
)
_FIELDS = {
    "volume": ("citation_volume", "prism.volume", "eprints.volume"),
    "number": ("citation_issue", "citation_technical_report_number", "prism.number", "eprints.number"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "eprints.publisher"),
    "issn": ("citation_issn", "prism.issn", "eprints.issn"),
    "isbn": ("citation_isbn", "eprints.isbn"),
    "pmid": ("citation_pmid",),
    "language": ("citation_language", "dc.language", "dcterms.language"),
    "shortjournal": ("citation_journal_abbrev",),
    "pdf": ("citation_pdf_url", "eprints.document_url"),
}


def sniff(text: str) -> bool:
    """Whether a text is a page that tells of one paper, however it was saved."""
    markup = page_of(text).markup
    if _TITLE.search(markup) is not None:
        return True
    return _DC_TITLE.search(markup) is not None and _DC_CREATOR.search(markup) is not None


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:  # noqa: ARG001 - as every reader
    """The one paper of a page."""
    from selectolax.lexbor import LexborHTMLParser

    page = page_of(text)
    if is_too_deep(page.markup):
        yield Skipped(1, "The elements of this page stand in one another too deeply to be read.")
        return
    tree = LexborHTMLParser(page.markup)
    tags = _tags(tree)
    if not _first(tags, "title"):
        yield Skipped(1, "This page does not tell the title of a paper.")
        return
    arxiv_id = arxiv_id_of(_first(tags, "citation_arxiv_id") or page.address)
    paper = _of_arxiv(tree, tags, arxiv_id) if arxiv_id else _of_publisher(tags, page)
    yield Record(paper, 1, 1)


def _tags(tree: "LexborHTMLParser") -> Tags:
    """What the head tells, by name in lower case; under "title" the title, whoever's tags tell it."""
    from readinglist.formats.html_text import plain_text

    tags: Tags = defaultdict(list)
    for node in tree.css("meta[content]"):
        name = (node.attributes.get("name") or node.attributes.get("property") or "").lower()
        name = (
            name.removeprefix("bepress_").replace("dcterms.title", "dc.title").replace("dcterms.creator", "dc.creator")
        )
        content = plain_text(node.attributes["content"] or "")
        if name and content:
            tags[name].append(content)
    for name in ("citation_title", "eprints.title", "dc.title"):
        tags["title"] += tags.get(name, [])
    return tags


def _first(tags: Tags, *names: str) -> str:
    return next((tags[name][0] for name in names if tags.get(name)), "")


def _of_arxiv(tree: "LexborHTMLParser", tags: Tags, arxiv_id: str) -> Paper:
    """The paper of an abstract page of arXiv, whose subjects and comments no tag tells."""

    def shown(selector: str) -> str:
        node = tree.css_first(selector)
        for label in node.css(".descriptor") if node is not None else ():
            label.decompose()
        return text_of(node) if node is not None else ""

    year, day = _date(tags)
    paper = paper_of_arxiv(
        Submission(
            arxiv_id=arxiv_id,
            title=_first(tags, "title"),
            authors=_authors(tags),
            abstract=shown("blockquote.abstract").replace("\n", "\n\n") or _first(tags, "citation_abstract"),
            categories=categories_of(shown("td.subjects")),
            comments=shown("td.comments"),
            journal_ref=shown("td.jref"),
            doi=_first(tags, "citation_doi"),
            report_number=shown("td.report-number"),
            year=year,
        )
    )
    return replace(paper, extra={**paper.extra, "date": day}) if day else paper


def _of_publisher(tags: Tags, page: SavedPage) -> Paper:
    entry_type, venue = _appeared(tags)
    abstract = _paragraphs(_first(tags, "citation_abstract", "dcterms.abstract", "dc.description"))
    return Paper(
        title=clean(_first(tags, "title")),
        abstract=abstract,
        authors=_authors(tags),
        year=_date(tags)[0],
        entry_type=entry_type,
        doi=_doi(tags),
        url=_address(_first(tags, "citation_abstract_html_url", "citation_public_url") or page.address),
        venue=venue,
        keywords=_keywords(tags),
        links=find_links(abstract),
        extra=_extra(tags),
    )


def _paragraphs(text: str) -> str:
    """A text with each of its paragraphs repaired."""
    return "\n\n".join(filter(None, map(clean, text.split("\n\n"))))


def _appeared(tags: Tags) -> tuple[str, str]:
    """The type of the entry, and where it appeared."""
    for name, entry_type in _VENUES:
        venue = _first(tags, name)
        if venue:
            is_master = entry_type == "phdthesis" and _MASTER.search(_first(tags, "citation_dissertation_name"))
            return "mastersthesis" if is_master else entry_type, clean(venue)
    if _first(tags, "citation_isbn"):
        return "book", clean(_first(tags, "citation_publisher"))
    return "misc", ""


def _authors(tags: Tags) -> tuple[Author, ...]:
    names = tags.get("citation_author") or [
        name for names in tags.get("citation_authors", []) for name in names.split(";")
    ]
    names = names or tags.get("eprints.creators_name") or tags.get("dc.creator") or []
    return tuple(author for name in names for author in (authors_of(name) if "," in name else authors_of_line(name)))


def _date(tags: Tags) -> tuple[int | None, str]:
    """The year, and the date as ISO 8601 where more than the year is told."""
    text = _first(
        tags, "citation_publication_date", "citation_date", "citation_year", "prism.publicationdate", "dcterms.issued",
        "dc.date.issued", "dc.date", "eprints.date", "citation_online_date",
    )  # fmt: skip
    found = _YEAR_FIRST.match(text) or _YEAR_LAST.match(text)
    if found is None:
        return None, ""
    year, month, day = int(found["year"]), int(found["month"] or 0), int(found["day"] or 0)
    try:
        whole = date(year, month or 1, day or 1)
    except ValueError:
        return (year or None), ""
    return year, whole.isoformat() if day else f"{year:04}-{month:02}" if month else ""


def _doi(tags: Tags) -> str:
    told = (*tags.get("citation_doi", ()), *tags.get("prism.doi", ()), *tags.get("dc.identifier", ()))
    return next(filter(None, map(doi_in, told)), "")


def _keywords(tags: Tags) -> tuple[str, ...]:
    told: Sequence[str] = tags.get("citation_keywords") or tags.get("dc.subject") or ()
    words = [clean(word) for text in told for word in _BETWEEN_KEYWORDS.split(text)]
    return tuple(dict.fromkeys(filter(None, words)))


def _extra(tags: Tags) -> dict[str, str]:
    from readinglist.formats.fields import put

    extra: dict[str, str] = {}
    put(extra, "date", _date(tags)[1])
    first, last = _first(tags, "citation_firstpage"), _first(tags, "citation_lastpage")
    if first or last:
        extra["pages"] = "--".join(escape(page) for page in dict.fromkeys((first, last)) if page)
    for field, names in _FIELDS.items():
        value = _first(tags, *names)
        put(extra, field, _address(value) if field == "pdf" else clean(value))
    if _appeared(tags)[0] == "book":
        extra.pop("publisher", None)
    return extra


def _address(text: str) -> str:
    return text if re.match(r"https?://\S+$", text) else ""
