"""XMP: what a document says of itself in Dublin Core and PRISM (ISO 16684-1, section 8)."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from readinglist.formats.latex_text import clean_line
from readinglist.papers.author_names import author_of
from readinglist.papers.identifiers import doi_in
from readinglist.papers.paper import Author

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Description:
    """What is known of a document; empty where its packet says nothing."""

    title: str = ""
    authors: tuple[Author, ...] = ()
    doi: str = ""
    venue: str = ""
    year: int | None = None
    keywords: tuple[str, ...] = ()


def description_of(packet: bytes) -> Description:
    """The description in an XMP packet; an empty one for a packet that cannot be read."""
    if not packet:
        return Description()
    from defusedxml import DefusedXmlException, ElementTree

    try:
        root = ElementTree.fromstring(packet)
    except (ParseError, DefusedXmlException, ValueError, RecursionError):
        return Description()
    published = _first(root, "coverDate", "publicationDate", "coverDisplayDate")
    year = _YEAR.search(published)
    return Description(
        title=_text(root.find(f".//{_DC}title")),
        authors=tuple(author_of(name) for name in _items(root.find(f".//{_DC}creator")) if " " in name),
        doi=doi_in(_first(root, "doi")) or doi_in(_text(root.find(f".//{_DC}identifier"))),
        venue=_first(root, "publicationName"),
        year=int(year[0]) if year else None,
        keywords=tuple(_items(root.find(f".//{_DC}subject"))),
    )


def _first(root: Element, *names: str) -> str:
    """The first value of one of these names, whatever its namespace, as element or as attribute."""
    for element in root.iter():
        if _local(element.tag) in names and element.text and element.text.strip():
            return clean_line(element.text)
        for name, value in element.attrib.items():
            if _local(name) in names and value.strip():
                return clean_line(value)
    return ""


def _local(name: object) -> str:
    return str(name).rpartition("}")[2]


def _text(element: Element | None) -> str:
    return next(iter(_items(element)), "")


def _items(element: Element | None) -> list[str]:
    if element is None:
        return []
    texts = [item.text or "" for item in element.iter(f"{_RDF}li")] or [element.text or ""]
    return [text for text in map(clean_line, texts) if text]
