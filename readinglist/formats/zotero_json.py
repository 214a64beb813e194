"""Zotero's own items as JSON: files of Better BibTeX ("BetterBibTeX JSON") and answers of Zotero's web interface.

An item becomes one of CSL-JSON by the mapping that Zotero itself has, so that both exports of one library give the same
papers; what is the reader's own, tags, notes and collections, is added.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType

from readinglist.formats.csl_custom import time_of
from readinglist.formats.csl_names import read_names
from readinglist.formats.csl_reading import read_item
from readinglist.formats.fields import put, put_names
from readinglist.formats.html_text import plain_text
from readinglist.formats.json_text import Item, any_text, line_of, lines_of, member, records
from readinglist.formats.reading import Entry
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.zotero_json_tables import ALWAYS_MAIN, CREATORS, MAIN_CREATORS, TYPES, VARIABLES
from readinglist.papers.paper import Author, Note, Paper

_AT = ("items",)
_SNIFFED = 1 << 20  # characters within which the first item must end
_BETTER_BIBTEX = re.compile(r'"label"\s*:\s*"BetterBibTeX JSON"')
_NO_PAPERS = MappingProxyType({"note": "a note", "attachment": "an attachment", "annotation": "an annotation"})
_LEVELS = 20  # of collections within collections: circles end there
_PREFIX = "x-zotero-"
# What is handled by itself, or says something of Zotero's own library alone.
_NOT_KEPT = frozenset({
    "itemType", "creators", "tags", "notes", "attachments", "extra", "collections", "key", "version", "itemID",
    "itemKey", "libraryID", "uri", "select", "dateAdded", "dateModified", "parentItem", "inPublications", "deleted",
    "autoJournalAbbreviation", "multi", "uniqueFields", "__citekey__", "seeAlso", "links", "citationKey", "citekey",
})  # fmt: skip

_Object = Mapping[str, object]


@dataclass(slots=True)
class _Library:
    """What stands outside of an item and belongs to it: its notes and attachments, its collections."""

    children: dict[str, list[_Object]] = field(default_factory=lambda: defaultdict(list))
    parents: set[str] = field(default_factory=set)
    collections: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def sniff(text: str) -> bool:
    """Whether the items are Zotero's, which alone have an "itemType"."""
    beginning = text[:_SNIFFED]
    if _BETTER_BIBTEX.search(beginning):
        return True
    first = next((entry.value for entry in records(beginning, _AT) if isinstance(entry, Item)), None)
    return '"itemType"' in beginning and "itemType" in _data(first)


def read(text: str, today: date) -> Iterator[Entry]:
    """The papers of a file; notes and attachments belong to their papers, or are told. Never raises."""
    library = _library(text)
    position = 0
    for entry in records(text, _AT):
        if not isinstance(entry, Item):
            yield entry
            continue
        item = _data(entry.value)
        kind = line_of(item.get("itemType"))
        if kind in _NO_PAPERS:
            if line_of(item.get("parentItem")) not in library.parents:
                yield Skipped(entry.line, f"This is {_NO_PAPERS[kind]} that belongs to no paper of this file.")
        elif not item:
            yield Skipped(entry.line, "This is a JSON value, but no item of Zotero.")
        else:
            position += 1
            paper, wrong_dates = _paper(item, library, today)
            for name in wrong_dates:
                message = f"The date “{name}” is no day of the calendar; what could be read of it was kept."
                yield Problem("invalid_date", entry.line, message)
            yield Record(paper, entry.line, position)


def paper_of(item: Mapping[str, object], today: date) -> tuple[Paper, tuple[str, ...]]:
    """The paper of one item with all that belongs to it, and the dates in it that are none. Never raises."""
    return _paper(item, _Library(), today)


def _data(value: object) -> _Object:
    """An item; in an answer of the web interface its fields lie in an object of their own. Empty for anything else."""
    item = value if isinstance(value, Mapping) else {}
    data = item.get("data")
    return {"key": item.get("key"), **data} if isinstance(data, Mapping) and "itemType" in data else item


def _library(text: str) -> _Library:
    library = _Library()
    if '"parentItem"' in text:
        for entry in records(text, _AT):
            item = _data(entry.value) if isinstance(entry, Item) else {}
            if line_of(item.get("itemType")) in _NO_PAPERS:
                library.children[line_of(item.get("parentItem"))].append(item)
            elif item:
                library.parents.add(line_of(item.get("key")))
        library.parents.discard("")
    collections = member(text, "collections")
    if isinstance(collections, Mapping):
        for key in collections:
            _put_collection(library, collections, key)
    return library


def _put_collection(library: _Library, collections: _Object, key: str) -> None:
    """The name of a collection with those around it, such as "Thesis/Chapter 2", for each of its items."""
    names: list[str] = []
    at: object = key
    while isinstance(at, str) and len(names) < _LEVELS:
        collection = collections.get(at)
        if not isinstance(collection, Mapping):
            break
        names.insert(0, line_of(collection.get("name")))
        at = collection.get("parent") or collection.get("parentCollection")
    path = "/".join(filter(None, names))
    own = collections[key]
    items = own.get("items") if isinstance(own, Mapping) else None
    for item in items if path and isinstance(items, list) else ():
        library.collections[line_of(item)].append(path)


def _paper(item: _Object, library: _Library, today: date) -> tuple[Paper, tuple[str, ...]]:
    """The paper of an item, and the dates in it that are none."""
    taken = read_item(_csl(item), today)
    extra = dict(taken.paper.extra)
    _put_creators(item, extra)
    _put_others(item, extra)
    children = library.children.get(line_of(item.get("key")), [])
    put(extra, "file", ";".join(_files(item, children)))
    tags, keywords = _tags(item, library)
    paper = replace(
        taken.paper,
        extra=extra,
        tags=tags,
        keywords=tuple(dict.fromkeys((*taken.paper.keywords, *keywords))),
        notes=tuple(_notes(item, children, today)),
        added=time_of(item.get("dateAdded")),
    )
    return paper, taken.wrong_dates


def _csl(item: _Object) -> dict[str, object]:
    """The item in the words of CSL."""
    kind = line_of(item.get("itemType"))
    found: dict[str, object] = {"type": TYPES.get(kind, "document")}
    for name, variable in VARIABLES.items():
        value = item.get(name)
        if value and variable not in found:
            found[variable] = value
    extra = item.get("extra")
    found["note"] = "\n".join(map(line_of, extra)) if isinstance(extra, list) else lines_of(extra)
    for creator, names in _creators(item):
        variable = "author" if _is_main(creator, kind) else CREATORS.get(creator, "")
        if variable:
            found[variable] = [*_listed(found.get(variable)), names]
    return found


def _is_main(creator: str, kind: str) -> bool:
    return creator in ALWAYS_MAIN or kind in MAIN_CREATORS.get(creator, ())


def _creators(item: _Object) -> Iterator[tuple[str, dict[str, str]]]:
    """What each creator is, and its name as CSL has it; one that is not taken apart is a body's."""
    for creator in _listed(item.get("creators")):
        if not isinstance(creator, Mapping):
            continue
        family, given = line_of(creator.get("lastName")), line_of(creator.get("firstName"))
        whole = line_of(creator.get("name")) or ("" if given else family)
        name = {"literal": whole} if whole else {"family": family, "given": given}
        yield line_of(creator.get("creatorType")) or "author", name


def _put_creators(item: _Object, extra: dict[str, str]) -> None:
    """The creators that CSL has no variable for."""
    kind = line_of(item.get("itemType"))
    others: dict[str, list[Author]] = defaultdict(list)
    for creator, name in _creators(item):
        if creator not in CREATORS and not _is_main(creator, kind):
            others[creator].extend(read_names(name))
    for creator, authors in others.items():
        put_names(extra, f"{_PREFIX}{creator.lower()}", authors)


def _put_others(item: _Object, extra: dict[str, str]) -> None:
    """The fields that CSL has no variable for."""
    for name, value in item.items():
        if value and name not in VARIABLES and name not in _NOT_KEPT:
            put(extra, f"{_PREFIX}{line_of(name).lower()}", any_text(value))


def _files(item: _Object, children: list[_Object]) -> Iterator[str]:
    """Where the attachments are: their paths, or their addresses."""
    attachments = [*_listed(item.get("attachments")), *children]
    for attachment in attachments:
        if isinstance(attachment, Mapping) and attachment.get("itemType") in {None, "attachment"}:
            texts = (line_of(attachment.get(name)) for name in ("path", "localPath", "filename", "url"))
            yield from filter(None, [next(filter(None, texts), "")])


def _tags(item: _Object, library: _Library) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The reader's own tags, with the collections; and the keywords that Zotero took from elsewhere (type 1)."""
    tags: list[str] = []
    keywords: list[str] = []
    for tag in _listed(item.get("tags")):
        is_automatic = isinstance(tag, Mapping) and tag.get("type") == 1
        (keywords if is_automatic else tags).append(line_of(tag.get("tag") if isinstance(tag, Mapping) else tag))
    for name in ("itemID", "key", "itemKey"):
        tags += library.collections.get(line_of(item.get(name)), []) if item.get(name) else []
    return tuple(filter(None, dict.fromkeys(tags))), tuple(filter(None, dict.fromkeys(keywords)))


def _notes(item: _Object, children: list[_Object], today: date) -> Iterator[Note]:
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    for note in [*_listed(item.get("notes")), *children]:
        told = note if isinstance(note, Mapping) else {"note": note}
        text = plain_text(lines_of(told.get("note")))
        if text and told.get("itemType") in {None, "note"}:
            created = time_of(told.get("dateAdded")) or midnight
            yield Note("", text, created, time_of(told.get("dateModified")) or created)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []
