"""A paper as a line of a complete export, and back; every value is checked, for the line may be anybody's."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from readinglist.papers.paper import Attachment, Author, Link, LinkKind, Note, Paper, ReadingState, Sighting
from readinglist.papers.plain import authors_to_plain
from readinglist.papers.shapes import check_time

Row = dict[str, Any]

DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST = 2**63


def paper_to_row(paper: Paper) -> Row:
    """All fields of a paper by their names, also those that are empty."""
    return {name: _write(name, getattr(paper, name)) for name in _FIELDS}


def paper_from_row(row: Mapping[str, Any], days: Mapping[int, tuple[date | None, bool]]) -> Paper:
    """The paper of a line.

    Args:
        row: what `paper_to_row` gave.
        days: of each listing, by its id, its day and whether it is a bibliography.

    Raises:
        ValueError, TypeError, KeyError: a field is missing, unknown, or holds what it cannot.
    """
    if row.keys() != set(_FIELDS):
        raise ValueError(f"it has {sorted(row)}, and should have {sorted(_FIELDS)}")
    values = {name: _read(name, row[name]) for name in _FIELDS if name != "sightings"}
    sightings = tuple(_sighting(seen, days) for seen in _list(row["sightings"]))
    return Paper(sightings=sightings, **values)


def _write(name: str, value: Any) -> Any:  # noqa: ANN401 - the value has the field's own type
    match name:
        case "authors":
            return authors_to_plain(value)
        case "links":
            return [{"url": link.url, "kind": link.kind.value} for link in value]
        case "notes":
            return [
                {"id": note.id, "text": note.text, "created": note.created.isoformat(),
                 "changed": note.changed.isoformat()}
                for note in value
            ]  # fmt: skip
        case "attachments":
            return [{"digest": each.digest, "name": each.name, "bytes": each.size} for each in value]
        case "sightings":
            return [{"listing": seen.listing_id, "position": seen.position, "line": seen.line} for seen in value]
        case "keywords" | "tags":
            return list(value)
        case "extra" | "origins":
            return dict(value)
        case _:
            return value.isoformat() if isinstance(value, datetime) else value


def _read(name: str, plain: Any) -> Any:  # noqa: ANN401 - the value has the field's own type
    return _READERS[name](plain)


def _text(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError(f"{plain!r:.50} is no text")
    return plain


def _number(plain: object) -> int:
    if not isinstance(plain, int) or isinstance(plain, bool) or abs(plain) >= _LARGEST:
        raise TypeError(f"{plain!r:.50} is no number")
    return plain


def _number_or_none(plain: object) -> int | None:
    return None if plain is None else _number(plain)


def _flag(plain: object) -> bool:
    if not isinstance(plain, bool):
        raise TypeError(f"{plain!r:.50} is neither true nor false")
    return plain


def _time(plain: object) -> datetime:
    moment = datetime.fromisoformat(_text(plain))
    check_time(moment)
    return moment


def _time_or_none(plain: object) -> datetime | None:
    return None if plain is None else _time(plain)


def _list(plain: object) -> Sequence[Any]:
    if not isinstance(plain, list):
        raise TypeError(f"{plain!r:.50} is no list")
    return plain


def _texts(plain: object) -> tuple[str, ...]:
    return tuple(_text(each) for each in _list(plain))


def _author(plain: Mapping[str, Any]) -> Author:
    return Author(**{name: _text(part) for name, part in plain.items()})


def _link(plain: Mapping[str, Any]) -> Link:
    return Link(_text(plain["url"]), LinkKind(plain["kind"]))


def _note(plain: Mapping[str, Any]) -> Note:
    return Note(_text(plain["id"]), _text(plain["text"]), _time(plain["created"]), _time(plain["changed"]))


def _attachment(plain: Mapping[str, Any]) -> Attachment:
    digest = _text(plain["digest"])
    if DIGEST.fullmatch(digest) is None:
        raise ValueError(f"{digest!r:.80} is no SHA-256")
    return Attachment(digest, _text(plain["name"]), _number(plain["bytes"]))


def _sighting(plain: Mapping[str, Any], days: Mapping[int, tuple[date | None, bool]]) -> Sighting:
    listing = _number(plain["listing"])
    day, bibliography = days[listing]
    return Sighting(listing, day, _number(plain["position"]), _number(plain["line"]), bibliography)


def _several(read: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda plain: tuple(read(each) for each in _list(plain))


_FIELDS = tuple(field.name for field in fields(Paper))
_READERS: Mapping[str, Callable[[Any], object]] = {
    **dict.fromkeys(("title", "abstract", "entry_type", "citation_key", "doi", "arxiv_id", "url", "venue"), _text),
    **dict.fromkeys(("id", "rating"), _number),
    **dict.fromkeys(("year", "upvotes"), _number_or_none),
    **dict.fromkeys(("keywords", "tags"), _texts),
    **dict.fromkeys(("looked_at", "read_at", "trashed"), _time_or_none),
    "added": _time,
    "starred": _flag,
    "state": ReadingState,
    "authors": _several(_author),
    "links": _several(_link),
    "notes": _several(_note),
    "attachments": _several(_attachment),
    "extra": lambda plain: {_text(name): _text(value) for name, value in plain.items()},
    "origins": lambda plain: {_text(name): _number(source) for name, source in plain.items()},
}
