"""Zotero's RDF, in: items with their notes, attachments and collections, which point to each other by addresses.

A node becomes one of Zotero's items as JSON, so that a library gives the same papers from either. The file is gone
through twice: what an item points to may stand behind it, and nothing but such nodes is held.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element

from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.xml_text import Found, declares, elements, first_text, root_of
from readinglist.formats.zotero_json import paper_of
from readinglist.formats.zotero_rdf_items import CONTAINERS, RESOURCE, Surroundings, item_of, item_type_of

_LOOKED_AT = 1 << 16
_ABOUT = "rdf:about"
_SPACES = ("http://www.zotero.org/namespaces/export#", "http://purl.org/net/biblio#")
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_OTHERS = {"note": "a note", "attachment": "an attachment"}
_LEVELS = 20  # of collections within collections: circles end there


@dataclass(slots=True)
class _Graph:
    """The nodes that items point to, by their addresses; and which of them any item points to."""

    nodes: dict[str, Element] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    names: dict[str, str] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def sniff(text: str) -> bool:
    """Whether the document is RDF with Zotero's words, or in the Dublin Core that it writes as well."""
    name, tag = root_of(text)
    if name != "RDF" or declares(tag, "http://purl.org/rss/1.0/"):
        return False
    head = text[:_LOOKED_AT]
    return any(space in head for space in _SPACES) or (_DUBLIN_CORE in head and "dc:type" in head)


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of the file in order; notes and attachments of no paper are told."""
    graph = _graph(text)
    position = 0
    for found in elements(text, None):
        if isinstance(found, Problem):
            yield found
            continue
        entry = _entry(found, graph, position + 1, today)
        position += any(isinstance(each, Record) for each in entry)
        yield from entry


def _entry(found: Found, graph: _Graph, position: int, today: date) -> list[Record | Skipped | Problem]:
    node = found.element
    kind = item_type_of(node)
    address = node.get(_ABOUT, "")
    if node.tag == "z:Collection" or _is_container(node, kind, address in graph.claimed):
        return []
    if kind in _OTHERS:
        if address in graph.claimed:
            return []
        return [Skipped(found.line, f"it is {_OTHERS[kind]} in Zotero that belongs to no paper of this file.")]
    item = item_of(node, kind, Surroundings(graph.nodes, tuple(graph.tags.get(address, ()))))
    if not kind or len(item) == 1:
        reason = "the item is empty." if kind else "it is a node of RDF, but none that describes a paper."
        return [Skipped(found.line, reason)]
    paper, wrong_dates = paper_of(item, today)
    message = "The date “{}” is no day of the calendar; what could be read of it was kept."
    problems = [Problem("invalid_date", found.line, message.format(name)) for name in wrong_dates]
    return [*problems, Record(paper, found.line, position)]


def _is_container(node: Element, kind: str, claimed: bool) -> bool:
    """Whether a node is the journal, book or series in which papers stand, not one itself."""
    if node.find("z:itemType") is not None:
        return False
    return node.tag in CONTAINERS or (claimed and kind not in _OTHERS)


def _graph(text: str) -> _Graph:
    graph = _Graph()
    for found in elements(text, None):
        if isinstance(found, Found):
            _put(graph, found.element)
    tops = set(graph.names) - {part for parts in graph.parts.values() for part in parts}
    for collection in tops or graph.names:
        _tag(graph, collection, ())
    return graph


def _put(graph: _Graph, node: Element) -> None:
    address = node.get(_ABOUT, "")
    if node.tag == "z:Collection":
        graph.names[address] = first_text(node, "dc:title")
        graph.parts[address] = [part.get(RESOURCE, "") for part in node.findall("dcterms:hasPart")]
        return
    kind = item_type_of(node)
    for name in ("dcterms:isReferencedBy", "link:link", "dcterms:isPartOf", "bib:presentedAt"):
        graph.claimed.update(each.get(RESOURCE, "") for each in node.findall(name))
    if kind in _OTHERS or node.find("z:itemType") is None:
        graph.nodes[address] = node


def _tag(graph: _Graph, collection: str, above: tuple[str, ...]) -> None:
    """Note for each item of a collection, and of those below it, where it stands: "Thesis/Chapter 2"."""
    if len(above) > _LEVELS:
        return
    path = (*above, graph.names[collection])
    for part in graph.parts[collection]:
        if part in graph.names:
            _tag(graph, part, path)
        else:
            graph.tags[part].append("/".join(filter(None, path)))
