"""Papers and changes as plain data that JSON can hold, and back: the form in the journal and in the database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from readinglist.papers.change import (
    FieldChanged,
    Forgotten,
    ListingAdded,
    ListingRemoved,
    PapersAdded,
    PapersRemoved,
    Remembered,
    SightingsAdded,
    SightingsRemoved,
    SmartListAdded,
    SmartListChanged,
    SmartListRemoved,
    SourceAdded,
    SourceRemoved,
    Step,
    TagChanged,
)
from readinglist.papers.memory import DifferentPair, Feed, KeptExport, Memory, Merge, memory_key
from readinglist.papers.paper import (
    Attachment,
    Author,
    Link,
    LinkKind,
    Listing,
    Note,
    Paper,
    ReadingState,
    Sighting,
    Source,
)
from readinglist.papers.smart_list import SmartList

Plain = Any  # what json.dumps takes

_NAME_ORDER = ("given", "particle", "family", "suffix")


def authors_to_plain(authors: Iterable[Author]) -> list[Plain]:
    """Each author as a mapping of the parts it has."""
    return [_parts(author) for author in authors]


def authors_from_plain(plain: Iterable[Mapping[str, str]]) -> tuple[Author, ...]:
    """The authors that `authors_to_plain` wrote."""
    return tuple(Author(**parts) for parts in plain)


def names_from_plain(plain: Iterable[Mapping[str, str]]) -> list[str]:
    """What `Author.display` says of each author that `authors_to_plain` wrote."""
    return [parts.get("literal") or " ".join([parts[name] for name in _NAME_ORDER if name in parts]) for parts in plain]


def links_to_plain(links: Iterable[Link]) -> list[Plain]:
    """Each link as [address, kind]."""
    return [[link.url, link.kind.value] for link in links]


def links_from_plain(plain: Iterable[list[str]]) -> tuple[Link, ...]:
    """The links that `links_to_plain` wrote."""
    return tuple(Link(url, LinkKind(kind)) for url, kind in plain)


def attachments_to_plain(attachments: Iterable[Attachment]) -> list[Plain]:
    """Each attachment as [digest, name, bytes]."""
    return [[each.digest, each.name, each.size] for each in attachments]


def attachments_from_plain(plain: Iterable[list[Any]]) -> tuple[Attachment, ...]:
    """The attachments that `attachments_to_plain` wrote."""
    return tuple(Attachment(digest, name, size) for digest, name, size in plain)


def paper_to_plain(paper: Paper) -> dict[str, Plain]:
    """A paper as a mapping of the fields that differ from an empty paper's."""
    fields = zip(_PAPER_FIELDS, _values(paper), _EMPTY_VALUES, strict=True)
    return {name: value_to_plain(name, value) for name, value, empty in fields if value is not empty and value != empty}


def paper_from_plain(plain: Mapping[str, Plain]) -> Paper:
    """The paper that `paper_to_plain` wrote."""
    return Paper(**{name: value_from_plain(name, value) for name, value in plain.items()})


def value_to_plain(field: str, value: Any) -> Plain:  # noqa: ANN401 - the value has the field's own type
    """One field's value."""
    codec = _CODECS.get(field)
    return value if codec is None or value is None else codec[0](value)


def value_from_plain(field: str, plain: Plain) -> Any:  # noqa: ANN401 - the value has the field's own type
    """The value that `value_to_plain` wrote."""
    codec = _CODECS.get(field)
    return plain if codec is None or plain is None else codec[1](plain)


def step_to_plain(step: Step) -> dict[str, Plain]:
    """A step of a change, with its kind under "step"."""
    kind = type(step).__name__
    match step:
        case FieldChanged():
            return {
                "step": kind,
                "field": step.field,
                "ids": list(step.ids),
                "before": _values_to_plain(step.field, step.before),
                "after": _values_to_plain(step.field, step.after),
            }
        case PapersAdded() | PapersRemoved():
            return {"step": kind, "papers": [paper_to_plain(paper) for paper in step.papers]}
        case SourceAdded() | SourceRemoved():
            return {"step": kind, "source": _source_to_plain(step.source)}
        case ListingAdded() | ListingRemoved():
            return {"step": kind, "listing": _listing_to_plain(step.listing)}
        case SightingsAdded() | SightingsRemoved():
            pairs = [[paper_id, _sighting_to_plain(sighting)] for paper_id, sighting in step.sightings]
            return {"step": kind, "sightings": pairs}
        case SmartListAdded() | SmartListRemoved() | SmartListChanged() | TagChanged() | Remembered() | Forgotten():
            return {"step": kind, **_kept_step_to_plain(step)}


def _kept_step_to_plain(
    step: SmartListAdded | SmartListRemoved | SmartListChanged | TagChanged | Remembered | Forgotten,
) -> dict[str, Plain]:
    """What is kept beside the papers."""
    match step:
        case SmartListChanged():
            return {"before": asdict(step.before), "after": asdict(step.after)}
        case SmartListAdded() | SmartListRemoved():
            return {"list": asdict(step.smart_list)}
        case TagChanged():
            return {"before": list(step.before), "after": list(step.after)}
        case _:
            return {"kind": memory_key(step.memory)[0], "memory": memory_to_plain(step.memory)}


def step_from_plain(plain: Mapping[str, Plain]) -> Step:
    """The step that `step_to_plain` wrote.

    Raises:
        ValueError: the kind of step is not known.
    """
    match plain["step"]:
        case "FieldChanged":
            field = plain["field"]
            before, after = _values_from_plain(field, plain["before"]), _values_from_plain(field, plain["after"])
            return FieldChanged(field, tuple(plain["ids"]), before, after)
        case "PapersAdded" | "PapersRemoved" as kind:
            papers = tuple(paper_from_plain(paper) for paper in plain["papers"])
            return PapersAdded(papers) if kind == "PapersAdded" else PapersRemoved(papers)
        case "SourceAdded" | "SourceRemoved" as kind:
            source = _source_from_plain(plain["source"])
            return SourceAdded(source) if kind == "SourceAdded" else SourceRemoved(source)
        case "ListingAdded" | "ListingRemoved" as kind:
            listing = _listing_from_plain(plain["listing"])
            return ListingAdded(listing) if kind == "ListingAdded" else ListingRemoved(listing)
        case "SightingsAdded" | "SightingsRemoved" as kind:
            pairs = tuple((paper_id, _sighting_from_plain(sighting)) for paper_id, sighting in plain["sightings"])
            return SightingsAdded(pairs) if kind == "SightingsAdded" else SightingsRemoved(pairs)
        case "Remembered" | "Forgotten" as kind:
            memory = memory_from_plain(plain["kind"], plain["memory"])
            return Remembered(memory) if kind == "Remembered" else Forgotten(memory)
        case "TagChanged":
            (name, color), (new_name, new_color) = plain["before"], plain["after"]
            return TagChanged((name, color), (new_name, new_color))
        case kind:
            return _smart_list_step_from_plain(kind, plain)


def memory_to_plain(memory: Memory) -> dict[str, Plain]:
    """A memory as a mapping of its fields."""
    if isinstance(memory, Merge):
        papers = {"kept": paper_to_plain(memory.kept), "absorbed": paper_to_plain(memory.absorbed)}
        return {"id": memory.id, **papers, "made": memory.made.isoformat()}
    return asdict(memory)


def memory_from_plain(kind: str, plain: Mapping[str, Plain]) -> Memory:
    """The memory of a kind that `memory_to_plain` wrote.

    Raises:
        ValueError: the kind is not known.
    """
    match kind:
        case "different":
            return DifferentPair(plain["one"], plain["other"])
        case "merge":
            kept, absorbed = paper_from_plain(plain["kept"]), paper_from_plain(plain["absorbed"])
            return Merge(plain["id"], kept, absorbed, datetime.fromisoformat(plain["made"]))
        case "export":
            return KeptExport(**plain)
        case "feed":
            return Feed(plain["url"], plain["title"])
        case _:
            raise ValueError(f"unknown kind of memory {kind!r}")


def _smart_list_step_from_plain(kind: str, plain: Mapping[str, Plain]) -> Step:
    match kind:
        case "SmartListAdded":
            return SmartListAdded(SmartList(**plain["list"]))
        case "SmartListRemoved":
            return SmartListRemoved(SmartList(**plain["list"]))
        case "SmartListChanged":
            return SmartListChanged(SmartList(**plain["before"]), SmartList(**plain["after"]))
        case _:
            raise ValueError(f"unknown step {kind!r}")


def _parts(author: Author) -> dict[str, str]:
    values = {
        "family": author.family,
        "given": author.given,
        "particle": author.particle,
        "suffix": author.suffix,
        "literal": author.literal,
    }
    return {name: value for name, value in values.items() if value}


def _values_to_plain(field: str, values: tuple[Any, ...]) -> list[Plain]:
    return [value_to_plain(field, value) for value in values]


def _values_from_plain(field: str, plain: list[Plain]) -> tuple[Any, ...]:
    return tuple(value_from_plain(field, value) for value in plain)


def _note_to_plain(note: Note) -> list[Plain]:
    return [note.id, note.text, note.created.isoformat(), note.changed.isoformat()]


def _note_from_plain(plain: list[str]) -> Note:
    return Note(plain[0], plain[1], datetime.fromisoformat(plain[2]), datetime.fromisoformat(plain[3]))


def _sighting_to_plain(sighting: Sighting) -> list[Plain]:
    plain = [sighting.listing_id, _day_to_plain(sighting.day), sighting.position, sighting.line]
    return [*plain, True] if sighting.bibliography else plain


def _sighting_from_plain(plain: list[Plain]) -> Sighting:
    return Sighting(plain[0], _day_from_plain(plain[1]), plain[2], plain[3], len(plain) > 4)


def _listing_to_plain(listing: Listing) -> list[Plain]:
    plain = [listing.id, listing.source_id, listing.name, _day_to_plain(listing.day), listing.number]
    return [*plain, True] if listing.bibliography else plain


def _listing_from_plain(plain: list[Plain]) -> Listing:
    return Listing(plain[0], plain[1], plain[2], _day_from_plain(plain[3]), plain[4], bibliography=len(plain) > 5)


def _source_to_plain(source: Source) -> list[Plain]:
    return [source.id, source.name, source.format, source.digest, source.imported.isoformat(), source.raw]


def _source_from_plain(plain: list[Plain]) -> Source:
    return Source(plain[0], plain[1], plain[2], plain[3], datetime.fromisoformat(plain[4]), plain[5])


def _day_to_plain(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day_from_plain(plain: str | None) -> date | None:
    return None if plain is None else date.fromisoformat(plain)


def _time_codec() -> tuple[Callable[[datetime], str], Callable[[str], datetime]]:
    return datetime.isoformat, datetime.fromisoformat


_PAPER_FIELDS = tuple(field.name for field in fields(Paper))
_values = attrgetter(*_PAPER_FIELDS)
_EMPTY_VALUES = _values(Paper())
_CODECS: Mapping[str, tuple[Callable[[Any], Plain], Callable[[Any], Any]]] = {
    "authors": (authors_to_plain, authors_from_plain),
    "links": (links_to_plain, links_from_plain),
    "keywords": (list, tuple),
    "tags": (list, tuple),
    "extra": (dict, dict),
    "attachments": (attachments_to_plain, attachments_from_plain),
    "origins": (dict, dict),
    "state": (str, ReadingState),
    "notes": (
        lambda notes: [_note_to_plain(note) for note in notes],
        lambda plain: tuple(_note_from_plain(note) for note in plain),
    ),
    "sightings": (
        lambda sightings: [_sighting_to_plain(sighting) for sighting in sightings],
        lambda plain: tuple(_sighting_from_plain(sighting) for sighting in plain),
    ),
    "added": _time_codec(),
    "looked_at": _time_codec(),
    "read_at": _time_codec(),
    "trashed": _time_codec(),
}
