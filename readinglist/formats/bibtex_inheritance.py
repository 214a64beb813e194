"""What an entry has from another: `crossref` (btxdoc, section 4; biblatex manual, appendix B) and `xdata`."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from readinglist.formats.bibtex_entries import RawEntry, scan_pieces
from readinglist.formats.bibtex_fields import VENUE_FIELDS

_REFERENCE = re.compile(r'\b(?:crossref|xdata)\s*=\s*[{"]([^{}"]*)', re.IGNORECASE)
# Spellings of the two, looked for first: that is ten times as fast.
_WORDS = ("crossref", "Crossref", "CrossRef", "crossRef", "CROSSREF", "xdata", "Xdata", "XData", "XDATA")
_DEPTH = 5  # a parent's parent's parent ...; entries that refer to each other in a ring end here

# What a part has from the whole. What names or describes the whole alone, such as its DOI, its abstract and its
# address, would make its parts look like one paper.
_INHERITED = frozenset(
    {
        "author", "editor", "editora", "editorb", "editorc", "editortype", "translator", "publisher", "address",
        "location", "year", "month", "date", "series", "volume", "number", "isbn", "issn", "edition", "organization",
        "institution", "school", "eventtitle", "eventdate", "venue", "language", "langid", "chapter", "booktitle",
        "booksubtitle", "booktitleaddon", "bookauthor", "journal", "journaltitle", "journalsubtitle", "issue",
        "issuetitle", "maintitle", "mainsubtitle", "maintitleaddon", "volumes", "howpublished",
    }
)  # fmt: skip
_WITHIN_BOOKS = frozenset(name for name, field in VENUE_FIELDS.items() if field == "booktitle")
_TITLES = ("title", "subtitle", "titleaddon")
_BOOK_TITLES = MappingProxyType(dict(zip(_TITLES, ("booktitle", "booksubtitle", "booktitleaddon"), strict=True)))
_JOURNAL_TITLES = MappingProxyType({"title": "journaltitle", "subtitle": "journalsubtitle"})
_MAIN_TITLES = MappingProxyType(dict(zip(_TITLES, ("maintitle", "mainsubtitle", "maintitleaddon"), strict=True)))
# Names of one thing: an entry that has one of them has no need of the other.
_SAME = MappingProxyType(
    {
        "journal": "journaltitle", "journaltitle": "journal", "address": "location", "location": "address",
        "year": "date", "date": "year",
    }
)  # fmt: skip


def parents_of(pieces: Callable[[], Iterable[str]]) -> Mapping[str, RawEntry]:
    """The entries, by key in lower case, that others of a .bib file refer to; `pieces()` gives its text anew."""
    keys = {key for piece in pieces() for key in _referred_to(piece)}
    if not keys:
        return {}
    found: dict[str, RawEntry] = {}
    for entry in scan_pieces(pieces()):
        if entry.key.lower() in keys:
            found.setdefault(entry.key.lower(), entry)
    return found


def _referred_to(text: str) -> Iterator[str]:
    if any(word in text for word in _WORDS):
        for keys in _REFERENCE.findall(text):
            yield from (key.strip().lower() for key in keys.split(","))


def inherit(entry: RawEntry, parents: Mapping[str, RawEntry], depth: int = _DEPTH) -> None:
    """Add to an entry, in place, the fields that it has from those that it refers to and not itself."""
    if not depth or not parents:
        return
    _, containers = entry.fields.pop("xdata", ("", ""))
    for key in containers.split(","):
        container = _complete(parents.get(key.strip().lower()), parents, depth)
        for name, field in container.items():
            entry.fields.setdefault(name, field)
    _, reference = entry.fields.get("crossref", ("", ""))
    parent = parents.get(reference.strip().lower())
    if parent is not None and parent is not entry:
        _add_missing(entry, parent.entry_type, _complete(parent, parents, depth))


def _complete(parent: RawEntry | None, parents: Mapping[str, RawEntry], depth: int) -> dict[str, tuple[str, str]]:
    if parent is None:
        return {}
    whole = RawEntry(parent.entry_type, parent.key, dict(parent.fields), parent.line)
    inherit(whole, parents, depth - 1)
    return whole.fields


def _add_missing(entry: RawEntry, parent_type: str, fields: Mapping[str, tuple[str, str]]) -> None:
    own = set(entry.fields)
    titles = _titles_for(entry.entry_type, parent_type)
    for name, field in fields.items():
        if name in _INHERITED and not _has(own, name):
            entry.fields[name] = field
    # A parent's own booktitle, which BibTeX needs there, goes before its title.
    for name, wanted in titles.items():
        if name in fields and not _has(entry.fields, wanted):
            entry.fields[wanted] = wanted, fields[name][1]
    if entry.entry_type in {"inbook", "bookinbook", "suppbook"} and parent_type in {"book", "mvbook"}:
        entry.fields.setdefault("bookauthor", ("bookauthor", fields.get("author", ("", ""))[1]))
    if not titles and "title" in fields:
        entry.fields.setdefault("title", fields["title"])


def _has(names: Iterable[str], name: str) -> bool:
    return name in names or _SAME.get(name, name) in names


def _titles_for(entry_type: str, parent_type: str) -> Mapping[str, str]:
    """What a parent's title is to its child."""
    if parent_type.startswith("mv"):
        return _MAIN_TITLES
    if entry_type in _WITHIN_BOOKS:
        return _BOOK_TITLES
    if parent_type == "periodical" or entry_type == "suppperiodical":
        return _JOURNAL_TITLES
    return {}
