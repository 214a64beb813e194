"""From rows to papers: the only way that papers come out of the database."""

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, select, text

from readinglist.errors import DamagedError
from readinglist.papers.paper import NO_FIELDS, NO_ORIGINS, Listing, Note, Paper, ReadingState, Sighting, Source
from readinglist.papers.plain import attachments_from_plain, authors_from_plain, links_from_plain, names_from_plain
from readinglist.store.paper_rows import COLUMNS
from readinglist.store.tables import LISTINGS, SOURCES, moment_of

T = TypeVar("T")
_CHUNK = 500  # ids in one IN (...); also bounds the memory of a long read

# Put together once: for one paper that takes as long as asking. `ids` are the papers that are wanted, as JSON.
_PAPERS = text(f"SELECT {', '.join(COLUMNS)} FROM papers WHERE id IN (SELECT value FROM json_each(:ids))")  # noqa: S608 - ours
_TAGS = text("""
SELECT paper_id, name FROM paper_tags JOIN tags ON tags.id = tag_id
WHERE paper_id IN (SELECT value FROM json_each(:ids))
""")
_NOTES = text("""
SELECT paper_id, id, text, created, changed FROM notes
WHERE paper_id IN (SELECT value FROM json_each(:ids)) ORDER BY created, id
""")
_SIGHTINGS = text("""
SELECT paper_id, listing_id, day, position, line, bibliography FROM sightings JOIN listings ON listings.id = listing_id
WHERE paper_id IN (SELECT value FROM json_each(:ids))
""")
_WORDS = text("""
SELECT id, title, abstract, authors FROM papers WHERE id IN (SELECT value FROM json_each(:ids))
""")

_STATES = {state.value: state for state in ReadingState}


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What can be searched for in a paper: authors by their names in reading order, notes one below the other.

    `pdf` is the text of its files, where it was asked for.
    """

    id: int
    title: str
    abstract: str
    authors: str
    notes: str
    pdf: str = ""


def in_chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values in pieces that fit one statement."""
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


def read_papers(connection: Connection, ids: Sequence[int]) -> list[Paper]:
    """The papers with these ids, in this order; ids that are gone are left out.

    Raises:
        DamagedError: a row holds what no version of the program writes.
    """
    papers: dict[int, Paper] = {}
    for chunk in in_chunks(ids):
        wanted = _wanted(chunk)
        try:
            tags, notes, sightings = (
                _tags(connection, wanted),
                _notes(connection, wanted),
                _sightings(connection, wanted),
            )
            for row in connection.execute(_PAPERS, wanted).all():
                of = row[0]
                papers[of] = _paper(row, tags.get(of, ()), notes.get(of, ()), sightings.get(of, ()))
        except (TypeError, ValueError, KeyError, OverflowError) as error:
            raise DamagedError(
                "The library is damaged: there are papers whose details make no sense. `readinglist recover` shows "
                "what can be brought back, and so does the window."
            ) from error
    return [papers[paper_id] for paper_id in ids if paper_id in papers]


def read_words(connection: Connection, ids: Sequence[int]) -> list[PaperWords]:
    """The words of the papers with these ids; ids that are gone are left out."""
    wanted = _wanted(ids)
    notes = _notes(connection, wanted)
    return [
        PaperWords(
            paper_id,
            title,
            abstract,
            ", ".join(names_from_plain(json.loads(authors))),
            "\n\n".join(note.text for note in notes.get(paper_id, ())),
        )
        for paper_id, title, abstract, authors in connection.execute(_WORDS, wanted).all()
    ]


def read_source(connection: Connection, source_id: int) -> Source | None:
    """A source with its text, or None where there is none with this id."""
    row = connection.execute(select(SOURCES).where(SOURCES.c.id == source_id)).one_or_none()
    if row is None:
        return None
    raw = zlib.decompress(row.raw).decode("utf-8", "surrogatepass")
    return Source(row.id, row.name, row.format, row.digest, row.imported, raw)


def read_listings(connection: Connection) -> list[Listing]:
    """All listings, newest day first, those without a day last; without their counts."""
    table = LISTINGS
    rows = connection.execute(select(table).order_by(LISTINGS.c.day.desc().nulls_last(), LISTINGS.c.number))
    return [
        Listing(row.id, row.source_id, row.name, row.day, row.number, bibliography=row.bibliography) for row in rows
    ]


def _wanted(ids: Sequence[int]) -> dict[str, str]:
    return {"ids": json.dumps(list(ids))}


def _paper(row: Sequence[Any], tags: Iterable[str], notes: Iterable[Note], sightings: Iterable[Sighting]) -> Paper:
    """A paper from a row of `_PAPERS`: the columns as SQLite keeps them, in the order of `COLUMNS`."""
    (
        paper_id, title, _, year, entry_type, citation_key, doi, arxiv_id, url, venue, upvotes,
        state, starred, rating, added, looked_at, read_at, trashed, _, _, _,
        _, _, authors, keywords, links, extra, abstract, attachments, origins,
    ) = row  # fmt: skip
    return Paper(
        id=paper_id,
        title=title,
        abstract=abstract,
        authors=authors_from_plain(json.loads(authors)),
        year=year,
        entry_type=entry_type,
        citation_key=citation_key,
        doi=doi,
        arxiv_id=arxiv_id,
        url=url,
        venue=venue,
        keywords=tuple(_values(keywords)),
        links=links_from_plain(_values(links)),
        upvotes=upvotes,
        extra=NO_FIELDS if extra == "{}" else json.loads(extra),
        state=_STATES[state],
        starred=bool(starred),
        rating=rating,
        tags=tuple(tags),
        notes=tuple(notes),
        attachments=attachments_from_plain(_values(attachments)),
        origins=NO_ORIGINS if origins == "{}" else json.loads(origins),
        sightings=tuple(sightings),
        added=moment_of(added),
        looked_at=_moment(looked_at),
        read_at=_moment(read_at),
        trashed=_moment(trashed),
    )


def _values(plain: str) -> Sequence[Any]:
    """A list that is kept as JSON; nearly all of them are empty."""
    return () if plain == "[]" else json.loads(plain)


def _moment(kept: int | None) -> datetime | None:
    return None if kept is None else moment_of(kept)


def _tags(connection: Connection, wanted: Mapping[str, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for paper_id, name in connection.execute(_TAGS, wanted):
        found[paper_id].append(name)
    for names in found.values():
        names.sort(key=str.casefold)
    return found


def _notes(connection: Connection, wanted: Mapping[str, str]) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = defaultdict(list)
    for paper_id, note_id, words, created, changed in connection.execute(_NOTES, wanted):
        found[paper_id].append(Note(note_id, words, moment_of(created), moment_of(changed)))
    return found


def _sightings(connection: Connection, wanted: Mapping[str, str]) -> dict[int, list[Sighting]]:
    found: dict[int, list[Sighting]] = defaultdict(list)
    days: dict[str, date] = {}
    for paper_id, listing_id, kept, position, line, bibliography in connection.execute(_SIGHTINGS, wanted).all():
        day = days.setdefault(kept, date.fromisoformat(kept)) if kept else None
        found[paper_id].append(Sighting(listing_id, day, position, line, bool(bibliography)))
    for sightings in found.values():
        if len(sightings) > 1:
            sightings.sort(key=lambda sighting: (sighting.day or date.min, sighting.listing_id, sighting.position))
    return found
