"""What of a paper no variable of CSL-JSON can hold, in the `custom` object of an item under our own name, and back.

The schema leaves the contents of `custom` to programs (csl-data.json, "custom"). Values of other types than ours are
passed over: the file may come from anywhere.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from readinglist.formats.json_text import line_of, lines_of
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState

OWN_NAME = "reading-list"

_NAME_PARTS = ("family", "given", "particle", "suffix", "literal")
_LARGEST = 10**9
PERSONAL = ("state", "starred", "rating", "tags", "notes", "added", "read_at")


def own_values(paper: Paper, read_back: Paper, *, personal: bool) -> dict[str, object]:
    """The values of a paper that its item alone would not give back, by field."""
    values: dict[str, object] = {}
    for name, (write, _) in _FIELDS.items():
        value = getattr(paper, name)
        if value != getattr(read_back, name) and (personal or name not in PERSONAL):
            values[name] = write(value)
    extra = {name: text for name, text in paper.extra.items() if read_back.extra.get(name) != text}
    gone = {name: None for name in read_back.extra if name not in paper.extra}
    return values | ({"extra": {**extra, **gone}} if extra or gone else {})


def with_own(paper: Paper, custom: object, today: date) -> Paper:
    """A paper with the values that `own_values` gave, where its item has them."""
    own = custom.get(OWN_NAME) if isinstance(custom, Mapping) else None
    if not isinstance(own, Mapping):
        return paper
    changed: dict[str, Any] = {}
    for name, (_, read) in _FIELDS.items():
        if name in own:
            value = read(own[name], today)
            if value is not _NO_VALUE:
                changed[name] = value
    extra = own.get("extra")
    if isinstance(extra, Mapping):
        merged = {**paper.extra, **{line_of(name): lines_of(text) for name, text in extra.items()}}
        changed["extra"] = {name: text for name, text in merged.items() if name and text}
    return replace(paper, **changed)


class _NoValue:
    """What a value of the wrong type is read as."""


_NO_VALUE = _NoValue()


def _same(value: Any) -> Any:  # noqa: ANN401 - text or number as it is
    return value


def _line(value: object, _: date) -> str | _NoValue:
    return line_of(value) if isinstance(value, str) else _NO_VALUE


def _lines(value: object, _: date) -> str | _NoValue:
    return lines_of(value) if isinstance(value, str) else _NO_VALUE


def _number(value: object, _: date) -> int | _NoValue | None:
    is_number = isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST
    return value if value is None or is_number else _NO_VALUE  # type: ignore[return-value]


def _rating(value: object, _: date) -> int | _NoValue:
    return value if value in range(6) and isinstance(value, int) else _NO_VALUE


def _truth(value: object, _: date) -> bool | _NoValue:
    return value if isinstance(value, bool) else _NO_VALUE


def _state(value: object, _: date) -> ReadingState | _NoValue:
    return next((state for state in ReadingState if state.value == value), _NO_VALUE)


def _words(value: object, _: date) -> tuple[str, ...] | _NoValue:
    return tuple(filter(None, map(line_of, value))) if isinstance(value, list) else _NO_VALUE


def _time_text(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _time(value: object, _: date) -> datetime | _NoValue | None:
    return None if value is None else time_of(value) or _NO_VALUE


def time_of(value: object) -> datetime | None:
    """The moment of an ISO 8601 text in UTC, which is also what a time without a zone is taken for; None for others."""
    try:
        moment = datetime.fromisoformat(line_of(value))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _names_text(authors: tuple[Author, ...]) -> list[dict[str, str]]:
    return [{part: getattr(author, part) for part in _NAME_PARTS if getattr(author, part)} for author in authors]


def _names(value: object, _: date) -> tuple[Author, ...] | _NoValue:
    if not isinstance(value, list):
        return _NO_VALUE
    entries = (entry for entry in value if isinstance(entry, Mapping))
    authors = (Author(**{part: line_of(entry.get(part)) for part in _NAME_PARTS}) for entry in entries)
    return tuple(author for author in authors if author.display)


def _links_text(links: tuple[Link, ...]) -> list[list[str]]:
    return [[link.kind.value, link.url] for link in links]


def _links(value: object, _: date) -> tuple[Link, ...] | _NoValue:
    if not isinstance(value, list):
        return _NO_VALUE
    kinds = {kind.value: kind for kind in LinkKind}
    pairs = (entry for entry in value if isinstance(entry, list) and len(entry) == 2)
    return tuple(Link(line_of(url), kinds[kind]) for kind, url in pairs if line_of(url) and line_of(kind) in kinds)


def _notes_text(notes: tuple[Note, ...]) -> list[dict[str, str]]:
    return [
        {"text": note.text, "created": note.created.isoformat(), "changed": note.changed.isoformat()} for note in notes
    ]


def _notes(value: object, today: date) -> tuple[Note, ...] | _NoValue:
    if not isinstance(value, list):
        return _NO_VALUE
    entries = (entry for entry in value if isinstance(entry, Mapping))
    notes = (_note(entry, datetime(today.year, today.month, today.day, tzinfo=UTC)) for entry in entries)
    return tuple(note for note in notes if note.text)


def _note(entry: Mapping[str, object], midnight: datetime) -> Note:
    created = time_of(entry.get("created")) or midnight
    return Note("", lines_of(entry.get("text")), created, time_of(entry.get("changed")) or created)


# How each field is written, and how it is read.
_FIELDS: Mapping[str, tuple[Callable[[Any], object], Callable[[object, date], object]]] = MappingProxyType(
    {
        "title": (_same, _line), "abstract": (_same, _lines), "authors": (_names_text, _names),
        "year": (_same, _number), "entry_type": (_same, _line), "doi": (_same, _line), "arxiv_id": (_same, _line),
        "url": (_same, _line), "venue": (_same, _line), "keywords": (list, _words), "links": (_links_text, _links),
        "upvotes": (_same, _number), "state": (lambda state: state.value, _state), "starred": (_same, _truth),
        "rating": (_same, _rating), "tags": (list, _words), "notes": (_notes_text, _notes),
        "added": (_time_text, _time), "read_at": (_time_text, _time),
    }
)  # fmt: skip
