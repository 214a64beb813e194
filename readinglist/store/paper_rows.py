"""From papers to rows: the columns of a paper, those that are derived from others included."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from readinglist.papers.duplicates import title_key
from readinglist.papers.paper import Paper, Sighting
from readinglist.papers.plain import attachments_to_plain, authors_to_plain, links_to_plain
from readinglist.store.tables import microseconds


def columns_of(field: str, value: Any) -> dict[str, Any]:  # noqa: ANN401 - the value has the field's own type
    """The columns that hold a field, derived ones included."""
    match field:
        case "title":
            return {"title": value, "title_key": title_key(value)}
        case "authors":
            return {"authors": authors_to_plain(value)}
        case "links":
            return {"links": links_to_plain(value), "has_code": Paper(links=value).has_code}
        case "keywords":
            return {"keywords": list(value)}
        case "extra" | "origins":
            return {field: dict(value)}
        case "attachments":
            return {"attachments": attachments_to_plain(value)}
        case "state":
            return {"state": value.value}
        case _:
            return {field: value}


# The columns of a paper that is to be added, in the order of `paper_values`.
COLUMNS = (
    "id", "title", "title_key", "year", "entry_type", "citation_key", "doi", "arxiv_id", "url", "venue", "upvotes",
    "state", "starred", "rating", "added", "looked_at", "read_at", "trashed", "has_code", "seen", "listed_day",
    "listed_id", "listed_position", "authors", "keywords", "links", "extra", "abstract", "attachments", "origins",
)  # fmt: skip


def paper_values(paper: Paper) -> tuple[Any, ...]:
    """All columns of a paper that is to be added, as SQLite keeps them: an import spends its time here.

    Tags, notes and sightings have tables of their own.
    """
    last = _last_listed(paper)
    added = _when(paper.added)
    seen = len({sighting.listing_id for sighting in paper.sightings if not sighting.bibliography})
    day = (last and last.day) or added.date()
    return (
        paper.id, paper.title, title_key(paper.title), paper.year, paper.entry_type, paper.citation_key, paper.doi,
        paper.arxiv_id, paper.url, paper.venue, paper.upvotes, paper.state.value, paper.starred, paper.rating,
        microseconds(added), _moment(paper.looked_at), _moment(paper.read_at), _moment(paper.trashed), paper.has_code,
        seen, day.isoformat(), last and last.listing_id, last and last.position,
        _list(authors_to_plain(paper.authors)), _list(paper.keywords), _list(links_to_plain(paper.links)),
        _mapping(paper.extra), paper.abstract, _list(attachments_to_plain(paper.attachments)), _mapping(paper.origins),
    )  # fmt: skip


def _moment(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


def _list(values: Sequence[Any]) -> str:
    return json.dumps(values) if values else "[]"


def _mapping(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values)) if values else "{}"


def _when(added: datetime | None) -> datetime:
    if added is None:
        raise ValueError("a paper comes into a library with the time it was added")
    return added


def _last_listed(paper: Paper) -> Sighting | None:
    """The newest sighting by day, as `applying` finds it again after changes; without days, the last one."""
    return max(paper.sightings, key=lambda seen: (seen.day or date.min, seen.listing_id, -seen.position), default=None)
