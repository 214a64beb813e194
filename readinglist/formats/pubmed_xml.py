"""PubMed's XML: articles, books and chapters, in.

Its elements are put into the tags of RIS, and of PubMed's own format (NBIB) where RIS has none, so that a record is the
same paper from either (dtd.nlm.nih.gov/ncbi/pubmed; nlm.nih.gov/bsd/licensee/elements_descriptions.html).
"""

import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from readinglist.formats.loose_values import name_text
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.ris_fields import paper_of
from readinglist.formats.xml_text import below, elements, first_text, text_of, texts
from readinglist.papers.paper import Author

_SNIFFED = re.compile(r"<(?:PubmedArticle|PubmedBookArticle|MedlineCitation)(?:Set)?[\s>]")
_LOOKED_AT = 1 << 16
_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation", "BookDocument")
_SHELF = "https://www.ncbi.nlm.nih.gov/books/{}/"
# Where PubMed has no title in English, it says so in its place.
_NO_TITLE = re.compile(r"\[?(?:not available|in process citation)\.?\]?\.?", re.IGNORECASE)

# Elements of an article or of a book's document, and the tags that say the same.
_ARTICLE = (
    ("Article/Journal/Title", "JF"), ("Article/Journal/ISOAbbreviation", "J2"), ("Article/Journal/ISSN", "SN"),
    ("Article/Journal/JournalIssue/Volume", "VL"), ("Article/Journal/JournalIssue/Issue", "IS"),
    ("Article/GrantList/Grant/GrantID", "nbib-GR"), ("ChemicalList/Chemical/NameOfSubstance", "nbib-RN"),
    ("Article/DataBankList/DataBank/AccessionNumberList/AccessionNumber", "nbib-SI"),
    ("GeneralNote", "nbib-GN"), ("CoiStatement", "nbib-COIS"), ("SpaceFlightMission", "nbib-SFM"),
    ("MeshHeadingList/MeshHeading/DescriptorName", "KW"), ("KeywordList/Keyword", "KW"),
    ("OtherAbstract/AbstractText", "nbib-OAB"), ("Article/Abstract/CopyrightInformation", "nbib-CI"),
    ("MedlineJournalInfo/Country", "nbib-PL"), ("OtherID", "nbib-OID"),
    ("Article/AuthorList/Author/AffiliationInfo/Affiliation", "AD"), ("Article/Affiliation", "AD"),
)  # fmt: skip
_BOOK = (
    ("Book/Publisher/PublisherName", "PB"), ("Book/Publisher/PublisherLocation", "CY"), ("Book/Volume", "VL"),
    ("Book/Edition", "ET"), ("Book/Isbn", "SN"), ("Book/CollectionTitle", "T3"), ("Book/ReportNumber", "nbib-RPRT"),
    ("Book/Medium", "nbib-PHST"), ("KeywordList/Keyword", "KW"), ("LocationLabel", "SE"),
    ("Abstract/CopyrightInformation", "nbib-CI"), ("AuthorList/Author/AffiliationInfo/Affiliation", "AD"),
)  # fmt: skip
_Values = Iterator[tuple[str, str]]


def sniff(text: str) -> bool:
    """Whether a text holds PubMed's records or sets of them."""
    return _SNIFFED.search(text, 0, _LOOKED_AT) is not None


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of the file in order; a damaged record gives what can be read of it."""
    position = 0
    for found in elements(text, _RECORDS):
        if isinstance(found, Problem):
            yield found
            continue
        values = list(_values(found.element))
        if not any(value for tag, value in values if tag != "TY"):
            yield Skipped(found.line, "The record is empty.")
            continue
        position += 1
        paper, problems = paper_of(values, today, found.line)
        yield from problems
        yield Record(paper, found.line, position)


def _values(record: Element) -> _Values:
    """The tags and values of RIS that a record means."""
    book = _part(record, "BookDocument")
    citation = _part(record, "MedlineCitation")
    if book is not None:
        yield from _book_values(book)
    elif citation is not None:
        yield from _article_values(citation)
    for kind in ("PubmedData", "PubmedBookData"):
        yield from _identifiers(record, f"{kind}/ArticleIdList/ArticleId")


def _part(record: Element, name: str) -> Element | None:
    return record if record.tag == name else record.find(name)


def _article_values(citation: Element) -> _Values:
    yield "TY", "JOUR"
    yield from _titles(citation)
    yield from _people(below(citation, "Article/AuthorList"), "AU")
    yield from _told(citation, _ARTICLE)
    yield from _abstract(below(citation, "Article/Abstract/AbstractText"))
    days = below(citation, "Article/Journal/JournalIssue/PubDate") + below(citation, "Article/ArticleDate")
    yield "PY", next(filter(None, map(_day, days)), "")
    yield "LA", ", ".join(texts(citation, "Article/Language"))
    yield from _pmid(citation)
    pages = list(_pages(citation, "Article/Pagination"))
    yield from pages
    yield from _locations(citation, with_number=not pages)


def _book_values(book: Element) -> _Values:
    chapter = first_text(book, "ArticleTitle")
    yield "TY", "CHAP" if chapter else "BOOK"
    yield "TI", chapter or first_text(book, "Book/BookTitle")
    yield ("BT", first_text(book, "Book/BookTitle")) if chapter else ("VT", first_text(book, "VernacularTitle"))
    own = [people for people in book.findall("AuthorList") if people.get("Type") != "editors"]
    of_book = below(book, "Book/AuthorList")
    editors = [people for people in of_book if people.get("Type") == "editors"]
    yield from _people(own or [people for people in of_book if people not in editors], "AU")
    yield from _people(editors, "ED")
    yield from _told(book, _BOOK)
    yield from _abstract(below(book, "Abstract/AbstractText"))
    days = below(book, "Book/PubDate") + book.findall("ContributionDate")
    yield "PY", next(filter(None, map(_day, days)), "")
    yield "LA", ", ".join(texts(book, "Language"))
    yield from _pmid(book)
    yield from _pages(book, "Pagination")
    yield from _identifiers(book, "ArticleIdList/ArticleId")


def _told(element: Element, paths: tuple[tuple[str, str], ...]) -> _Values:
    return ((tag, text) for path, tag in paths for text in texts(element, path))


def _titles(citation: Element) -> _Values:
    """The title; the one in its own language where PubMed has no other, and beside it as a translation's original."""
    title = first_text(citation, "Article/ArticleTitle")
    own = first_text(citation, "Article/VernacularTitle")
    if own and (not title or _NO_TITLE.fullmatch(title)):
        yield "TI", own
    else:
        yield "TI", title
        yield "TT", own


def _people(lists: list[Element], tag: str) -> _Values:
    """The persons and bodies of lists of authors; a name that PubMed has marked as wrong stands there rightly, too."""
    for people in lists:
        for author in people.findall("Author"):
            if author.get("ValidYN") != "N":
                yield tag, _name(author)


def _name(author: Element) -> str:
    family = first_text(author, "LastName")
    given = first_text(author, "ForeName", "FirstName", "Initials")
    suffix = first_text(author, "Suffix")
    if not family:
        return name_text(Author(literal=first_text(author, "CollectiveName") or given))
    return name_text(Author(family, given, suffix=suffix))


def _abstract(parts: list[Element]) -> _Values:
    """The abstract, its parts as paragraphs with their labels."""
    paragraphs = []
    for part in parts:
        label, text = part.get("Label") or "", text_of(part)
        is_told = label and label.upper() != "UNLABELLED"
        paragraphs.append(f"{label}: {text}" if is_told and text else text)
    yield "AB", "\n\n".join(filter(None, paragraphs))


def _day(day: Element) -> str:
    """A day as "2001/Jun/05", "2001/Jun", "1999 Spring" or PubMed's own words."""
    year = first_text(day, "Year")
    if not year:
        return first_text(day, "MedlineDate")
    season = first_text(day, "Season")
    return f"{year} {season}" if season else "/".join(filter(None, (year, *_month_and_day(day))))


def _month_and_day(day: Element) -> tuple[str, ...]:
    month = first_text(day, "Month")
    return (month, first_text(day, "Day")) if month else ()


def _pmid(record: Element) -> _Values:
    """The number in PubMed, the last of its versions."""
    for number in list(texts(record, "PMID"))[-1:]:
        yield "U1", f"{number}[pmid]"


def _pages(record: Element, path: str) -> _Values:
    first = first_text(record, f"{path}/StartPage")
    last = first_text(record, f"{path}/EndPage")
    pages = f"{first}-{last}" if first and last else first or first_text(record, f"{path}/MedlinePgn")
    if pages:
        yield "SP", pages


def _locations(citation: Element, *, with_number: bool) -> _Values:
    """The places of an electronic article: its DOI, and the number that it has in place of pages."""
    for place in below(citation, "Article/ELocationID"):
        kind, text = place.get("EIdType"), text_of(place)
        if place.get("ValidYN") != "N" and kind == "doi":
            yield "DO", text
        elif kind == "pii":
            yield ("C7" if with_number else "nbib-PII"), text


def _identifiers(record: Element, path: str) -> _Values:
    tags = {"doi": "DO", "url": "UR", "pii": "nbib-PII", "mid": "nbib-MID"}
    for identifier in below(record, path):
        kind, text = identifier.get("IdType") or "", text_of(identifier)
        if kind in tags:
            yield tags[kind], text
        elif kind == "pmc":
            yield "U2", f"{text}[pmcid]"
        elif kind == "bookaccession":
            yield "AN", text
            yield "UR", _SHELF.format(text)
