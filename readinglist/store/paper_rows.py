"""From papers to rows: the columns of a paper, those that are derived from others included."""

from datetime import date, datetime
from typing import Any

from readinglist.papers.duplicates import title_key
from readinglist.papers.paper import Paper, Sighting
from readinglist.papers.plain import attachments_to_plain, authors_to_plain, links_to_plain


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


def paper_row(paper: Paper) -> dict[str, Any]:
    """All columns of a paper that is to be added; tags, notes and sightings have tables of their own."""
    last = _last_listed(paper)
    added = _when(paper.added)
    return {
        "id": paper.id,
        "title": paper.title,
        "title_key": title_key(paper.title),
        "year": paper.year,
        "entry_type": paper.entry_type,
        "citation_key": paper.citation_key,
        "doi": paper.doi,
        "arxiv_id": paper.arxiv_id,
        "url": paper.url,
        "venue": paper.venue,
        "upvotes": paper.upvotes,
        "state": paper.state.value,
        "starred": paper.starred,
        "rating": paper.rating,
        "added": added,
        "looked_at": paper.looked_at,
        "read_at": paper.read_at,
        "trashed": paper.trashed,
        "has_code": paper.has_code,
        "seen": len({sighting.listing_id for sighting in paper.sightings if not sighting.bibliography}),
        "listed_day": (last and last.day) or added.date(),
        "listed_id": last and last.listing_id,
        "listed_position": last and last.position,
        "authors": authors_to_plain(paper.authors),
        "keywords": list(paper.keywords),
        "links": links_to_plain(paper.links),
        "extra": dict(paper.extra),
        "abstract": paper.abstract,
        "attachments": attachments_to_plain(paper.attachments),
        "origins": dict(paper.origins),
    }


def _when(added: datetime | None) -> datetime:
    if added is None:
        raise ValueError("a paper comes into a library with the time it was added")
    return added


def _last_listed(paper: Paper) -> Sighting | None:
    """The newest sighting by day, as `applying` finds it again after changes; without days, the last one."""
    return max(paper.sightings, key=lambda seen: (seen.day or date.min, seen.listing_id, -seen.position), default=None)
