"""CSL-JSON in and out: what Zotero, Mendeley, pandoc and the answers of DOI agencies hold of papers.

What has no variable of CSL is written to `custom` under our name, so that reading it back gives the same papers; the
rest of a file is what any other program reads. Schema: csl-data.json of CSL 1.0.2.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from readinglist.formats import csl_tables as tables
from readinglist.formats.csl_custom import OWN_NAME, own_values
from readinglist.formats.csl_reading import read_item
from readinglist.formats.csl_writing import csl_item
from readinglist.formats.fields import plain
from readinglist.formats.json_text import Item, line_of, load, records, without_surrogates
from readinglist.formats.reading import Entry
from readinglist.formats.record import Problem, Record, Skipped, WriteOptions
from readinglist.papers.citation_key import unique_key
from readinglist.papers.paper import Paper, ReadingState

__all__ = ["csl_item", "read", "sniff", "write"]

_AT = ("items", "references", "message", "citationItems")
_SNIFFED = 1 << 20  # characters within which the first item must end
_TYPE = re.compile(r'"type"\s*:\s*"([a-z_-]{3,30})"')
_TYPES = tables.ENTRY_TYPES.keys() | tables.DEPOSITED_TYPES.keys()
# Mathematics in a title, whose letters no style may make capitals of.
_MATH = re.compile(r"\$(?=[^\s$])[^$]+(?<=[^\s\\])\$(?!\d)")
_MARKS = frozenset({"issued", "container-title", "citation-key", "DOI", "publisher-place", "author", "title", "id"})
_encode = json.JSONEncoder(ensure_ascii=False).encode
_SOME_DAY = date(2000, 1, 1)
# The words of the reading-list plugin of Zotero, which knows no others.
_READ_STATUS = {
    ReadingState.TO_READ: "To Read", ReadingState.READING: "In Progress", ReadingState.READ: "Read",
    ReadingState.SKIPPED: "Not Reading",
}  # fmt: skip


def sniff(text: str) -> bool:
    """Whether the first item is one of CSL-JSON."""
    beginning = text[:_SNIFFED]
    items = (_unwrapped(entry.value) for entry in records(beginning, _AT) if isinstance(entry, Item))
    item = next(items, None)
    if item is not None:
        return _is_item(item)
    # The first item is damaged, or longer than what is looked at.
    return any(name in _TYPES for name in _TYPE.findall(beginning)) and '"itemType"' not in beginning


def _is_item(item: Mapping[str, object]) -> bool:
    kind = line_of(item.get("type"))
    if "itemType" in item:
        return False
    if kind in _TYPES:
        return bool(_MARKS & item.keys())
    return not kind and ("issued" in item or "container-title" in item or _has_csl_names(item.get("author")))


def read(text: str, today: date) -> Iterator[Entry]:
    """The papers of a file, and what is wrong with it. Never raises."""
    position = 0
    keys: set[str] = set()
    for entry in records(text, _AT):
        item = _unwrapped(entry.value) if isinstance(entry, Item) else None
        if not isinstance(entry, Item):
            yield entry
        elif item is None:
            yield Skipped(entry.line, "This is a JSON value, but no item of CSL-JSON.")
        else:
            taken = read_item(item, today)
            if taken.paper == Paper():
                yield Skipped(entry.line, "Nothing in this item tells of a paper.")
                continue
            position += 1
            yield from _problems(taken.paper, taken.wrong_dates, entry.line, keys)
            yield Record(taken.paper, entry.line, position)


def write(papers: Iterable[Paper], options: WriteOptions) -> Iterator[str]:
    """The text of a file, item by item. Keys are unique as in BibTeX. Same papers, same text."""
    taken: set[str] = set()
    start = "[\n"
    for paper in papers:
        item = csl_item(paper, options)
        key = unique_key(line_of(item["id"]), taken)
        taken.add(key.casefold())
        item |= {"id": key, "citation-key": key}
        yield start + _text(_completed(item, paper, options))
        start = ",\n"
    yield "\n]\n" if taken else "[]\n"


def _unwrapped(value: object) -> Mapping[str, object] | None:
    """An item; in the citations of a document it lies in an object of its own."""
    if isinstance(value, Mapping) and isinstance(value.get("itemData"), Mapping):
        value = value["itemData"]
    return value if isinstance(value, Mapping) else None


def _has_csl_names(value: object) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, Mapping) and bool({"family", "literal"} & first.keys())


def _problems(paper: Paper, wrong_dates: Iterable[str], line: int, keys: set[str]) -> Iterator[Problem]:
    for name in wrong_dates:
        message = f"The date “{name}” is no day of the calendar; what could be read of it was kept."
        yield Problem("invalid_date", line, message)
    key = paper.citation_key
    if key and key in keys:
        yield Problem("duplicate_key", line, f"The key {key} stands before another item as well; both are read.")
    keys.add(key)


def _completed(item: dict[str, object], paper: Paper, options: WriteOptions) -> dict[str, object]:
    """The item with all that it does not say by itself."""
    note = "\n".join(_note_lines(item, paper, options))
    if note:
        item["note"] = note
    title = item.get("title")
    if isinstance(title, str):
        item["title"] = _MATH.sub(r'<span class="nocase">\g<0></span>', title)
    custom = _kept_custom(paper)
    if custom:
        item["custom"] = custom
    own = own_values(paper, read_item(item, _SOME_DAY).paper, personal=options.personal)
    return {**item, "custom": {**custom, OWN_NAME: own}} if own else item


def _note_lines(item: Mapping[str, object], paper: Paper, options: WriteOptions) -> Iterator[str]:
    """The lines that Zotero and its plugins understand in what becomes their Extra field; then the paper's note."""
    if paper.arxiv_id and not line_of(item.get("number")).startswith("arXiv:"):
        yield f"arXiv: {line_of(paper.arxiv_id)}"
    if options.personal and paper.state in _READ_STATUS:
        yield f"Read_Status: {_READ_STATUS[paper.state]}"
    note = item.get("note")
    if isinstance(note, str):
        yield note


def _kept_custom(paper: Paper) -> dict[str, object]:
    """What another program kept in `custom`."""
    kept = plain(paper.extra, f"{tables.PREFIX}custom")
    try:
        custom = load(kept) if kept else None
    except ValueError:
        return {}
    return dict(custom) if isinstance(custom, dict) else {}


def _text(item: Mapping[str, object]) -> str:
    """One variable a line, so that changes of a file can be seen."""
    lines = (f'    "{name}": {_encode(value)}' for name, value in item.items())
    return without_surrogates("  {\n" + ",\n".join(lines) + "\n  }")
