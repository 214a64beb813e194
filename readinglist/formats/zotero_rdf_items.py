"""One node of Zotero's RDF to an item as Zotero has it in JSON.

The words are those that Zotero's own export writes (github.com/zotero/translators, "Zotero RDF"): Dublin Core, PRISM,
FOAF, bib: (purl.org/net/biblio) and z: (its own).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from readinglist.formats.xml_text import below, first_text, text_of, texts

RESOURCE = "rdf:resource"
# Nodes in which papers stand, where they are no item themselves.
CONTAINERS = frozenset(
    {"bib:Journal", "bib:Periodical", "bib:Series", "bib:Newspaper", "bib:Magazine", "bib:Proceedings",
     "bib:Conference", "bib:CourtReporter", "z:Website", "z:Blog", "z:Forum", "foaf:Person", "foaf:Organization"}
)  # fmt: skip

# The nodes' names, where they do not tell their type.
_TYPES = MappingProxyType(
    {
        "bib:Article": "journalArticle", "bib:Book": "book", "bib:BookSection": "bookSection", "bib:Thesis": "thesis",
        "bib:Letter": "letter", "bib:Manuscript": "manuscript", "bib:Interview": "interview",
        "bib:MotionPicture": "film", "bib:Illustration": "artwork", "bib:Image": "map", "bib:Document": "document",
        "bib:Report": "report", "bib:Legislation": "statute", "bib:Patent": "patent", "bib:Recording": "audioRecording",
        "bib:Data": "computerProgram", "bib:Memo": "note", "z:Attachment": "attachment",
    }
)  # fmt: skip
_FIELDS = (
    ("dc:title", "title"), ("dcterms:abstract", "abstractNote"), ("dc:date", "date"), ("bib:pages", "pages"),
    ("prism:volume", "volume"), ("prism:edition", "edition"), ("bib:edition", "edition"),
    ("z:shortTitle", "shortTitle"), ("dc:language", "language"), ("dc:rights", "rights"),
    ("dcterms:dateSubmitted", "accessDate"),
    ("dcterms:alternative", "journalAbbreviation"), ("dc:coverage", "archiveLocation"), ("dc:source", "archive"),
    ("dcterms:medium", "medium"), ("dc:medium", "medium"), ("dcterms:extent", "numPages"), ("z:type", "type"),
    ("prism:section", "section"),
    ("dc:subject/dcterms:LCC/rdf:value", "callNumber"), ("dc:identifier/dcterms:URI/rdf:value", "url"),
    ("dc:publisher/foaf:Organization/foaf:name", "publisher"),
    ("dc:publisher/foaf:Organization/vcard:adr/vcard:Address/vcard:locality", "place"),
)  # fmt: skip
# Its own words that are no fields of an item, or stand above.
_NO_FIELDS = frozenset({"z:itemType", "z:shortTitle", "z:type", "z:linkMode", "z:charset", "z:path", "z:AutomaticTag"})
_IN_JOURNALS = frozenset({"journalArticle", "magazineArticle", "newspaperArticle"})
_IDENTIFIER = re.compile(r"(DOI|ISBN|ISSN|PMID|PMCID)[\s:]+(\S.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around an item: the nodes that it may point to, by address; the collections that it stands in."""

    nodes: Mapping[str, Element]
    collections: tuple[str, ...] = ()


def item_type_of(node: Element) -> str:
    """The type of an item: as it says itself, or by the name of its node; "" for a node that is no item."""
    said = first_text(node, "z:itemType") or first_text(node, "dc:type")
    return said or _TYPES.get(node.tag, "document" if node.find("dc:title") is not None else "")


def item_of(node: Element, kind: str, around: Surroundings) -> dict[str, Any]:
    """The item that a node is; what it has more than one of, such as subjects, in lists."""
    item: dict[str, Any] = {}
    for path, name in _FIELDS:
        _set(item, name, first_text(node, path))
    _set(item, "number" if kind not in _IN_JOURNALS else "issue", first_text(node, "prism:number"))
    for publisher in node.findall("dc:publisher"):
        _set(item, "publisher", "" if len(publisher) else text_of(publisher))
    _put_identifiers(item, node)
    _put_surroundings(item, node, kind, around)
    for own in node:
        if own.tag.startswith("z:") and own.tag not in _NO_FIELDS and not len(own):
            _set(item, own.tag[2:], text_of(own))
    item["extra"] = "\n".join("".join(each.itertext()) for each in node.findall("dc:description"))
    item["creators"] = list(_creators(node))
    item["tags"] = [*_tags(node), *({"tag": name} for name in around.collections)]
    item["notes"] = list(_notes(node, around))
    item["attachments"] = list(_attachments(node, around))
    return {"itemType": kind, **{name: value for name, value in item.items() if value}}


def _set(item: dict[str, Any], name: str, value: str) -> None:
    if value:
        item.setdefault(name, value)


def _pointed(node: Element, name: str, around: Surroundings) -> Iterator[Element]:
    """The nodes that a property holds or points to."""
    for place in node.findall(name):
        yield from place
        target = around.nodes.get(place.get(RESOURCE, ""))
        if target is not None:
            yield target


def _put_identifiers(item: dict[str, Any], node: Element) -> None:
    """DOI, ISSN and the like, which name themselves; an address by itself is the page."""
    for text in texts(node, "dc:identifier"):
        found = _IDENTIFIER.fullmatch(text)
        if found:
            _set(item, found[1].upper(), found[2])
        elif text.startswith(("http://", "https://")):
            _set(item, "url", text)


def _put_surroundings(item: dict[str, Any], node: Element, kind: str, around: Surroundings) -> None:
    """What the journals, books, series and conferences tell in which the paper appeared."""
    for container in _pointed(node, "dcterms:isPartOf", around):
        _put_container(item, container, kind)
        for series in _pointed(container, "dcterms:isPartOf", around):
            _put_container(item, series, kind)
    for conference in _pointed(node, "bib:presentedAt", around):
        _set(item, "conferenceName", first_text(conference, "dc:title"))
    if kind == "conferencePaper":
        _set(item, "publicationTitle", item.get("conferenceName", ""))


def _put_container(item: dict[str, Any], container: Element, kind: str) -> None:
    """What a journal, book or series tells of the paper that stands in it."""
    title = first_text(container, "dc:title")
    number = first_text(container, "prism:number")
    if container.tag == "bib:Series":
        _set(item, "series", title)
        named = [text for text in texts(container, "dc:identifier") if not _IDENTIFIER.fullmatch(text)]
        _set(item, "seriesNumber", number or next(iter(named), ""))
        return
    _set(item, "publicationTitle", title)
    _set(item, "journalAbbreviation", first_text(container, "dcterms:alternative"))
    _set(item, "volume", first_text(container, "prism:volume"))
    _set(item, "issue" if kind in _IN_JOURNALS or container.tag != "bib:Book" else "number", number)
    _put_identifiers(item, container)


def _creators(node: Element) -> Iterator[dict[str, str]]:
    """The persons and bodies of lists such as bib:authors and z:seriesEditors, in order."""
    for place in node:
        prefix, _, name = place.tag.rpartition(":")
        if prefix not in {"bib", "z"} or not name.endswith("s"):
            continue
        for person in below(place, "rdf:Seq/rdf:li/foaf:Person"):
            yield {
                "creatorType": name[:-1],
                "lastName": first_text(person, "foaf:surname", "foaf:familyName", "foaf:name"),
                "firstName": first_text(person, "foaf:givenName", "foaf:givenname", "foaf:firstName"),
            }
    for text in texts(node, "dc:creator"):
        family, comma, given = text.partition(", ")
        yield {"lastName": family, "firstName": given} if comma else {"name": text}


def _tags(node: Element) -> Iterator[dict[str, Any]]:
    """The reader's own tags, and those that Zotero took over with the paper (type 1)."""
    for subject in node.findall("dc:subject"):
        automatic = [*texts(subject, "z:AutomaticTag/rdf:value")]
        yield from ({"tag": text, "type": 1} for text in automatic)
        if not len(subject) and (text := text_of(subject)):
            yield {"tag": text}


def _notes(node: Element, around: Surroundings) -> Iterator[dict[str, str]]:
    """The notes of an item, and those of its attachments."""
    for place in (node, *_pointed(node, "link:link", around)):
        for memo in _pointed(place, "dcterms:isReferencedBy", around):
            text = "\n".join("".join(value.itertext()) for value in memo.findall("rdf:value"))
            yield {"note": text or first_text(memo, "dc:description", "dc:title")}
        if place is not node:
            yield {"note": first_text(place, "dc:description")}


def _attachments(node: Element, around: Surroundings) -> Iterator[dict[str, str]]:
    """Where attachments lie: their path beside the file, or their address."""
    for attachment in _pointed(node, "link:link", around):
        path = next((each.get(RESOURCE, "") for each in attachment.findall(RESOURCE)), "")
        yield {"path": path or first_text(attachment, "z:path"), "url": first_text(attachment, "dc:identifier")}
