"""From rows to papers: the only way that papers come out of the database."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, Row, bindparam, select

from readinglist.errors import DamagedError
from readinglist.papers.paper import NO_FIELDS, NO_ORIGINS, Listing, Note, Paper, ReadingState, Sighting, Source
from readinglist.papers.plain import attachments_from_plain, authors_from_plain, links_from_plain
from readinglist.store.tables import ListingRow, NoteRow, PaperRow, PaperTagRow, SightingRow, SourceRow, TagRow

T = TypeVar("T")
_CHUNK = 500  # ids in one IN (...); also bounds the memory of a long read

# Put together once: for one paper that takes as long as asking. `ids` are the papers that are wanted.
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_PAPERS = select(PaperRow.__table__).where(PaperRow.id.in_(_IDS))
_WORDS = select(PaperRow.id, PaperRow.title, PaperRow.abstract, PaperRow.authors).where(PaperRow.id.in_(_IDS))
_TAGS = select(PaperTagRow.paper_id, TagRow.name).join(TagRow).where(PaperTagRow.paper_id.in_(_IDS))
_NOTES = select(NoteRow.__table__).where(NoteRow.paper_id.in_(_IDS)).order_by(NoteRow.created, NoteRow.id)
_SIGHTINGS = (
    select(
        SightingRow.paper_id,
        SightingRow.listing_id,
        ListingRow.day,
        SightingRow.position,
        SightingRow.line,
        ListingRow.bibliography,
    )
    .join(ListingRow)
    .where(SightingRow.paper_id.in_(_IDS))
)


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
        try:
            rows = connection.execute(_PAPERS, {"ids": chunk}).all()
            tags, notes, sightings = _tags(connection, chunk), _notes(connection, chunk), _sightings(connection, chunk)
            for row in rows:
                papers[row.id] = _paper(row, tags.get(row.id, ()), notes.get(row.id, ()), sightings.get(row.id, ()))
        except (TypeError, ValueError, KeyError, OverflowError) as error:
            raise DamagedError(
                "The library is damaged: there are papers whose details make no sense. `readinglist recover` shows "
                "what can be brought back, and so does the window."
            ) from error
    return [papers[paper_id] for paper_id in ids if paper_id in papers]


def read_words(connection: Connection, ids: Sequence[int]) -> list[PaperWords]:
    """The words of the papers with these ids; ids that are gone are left out."""
    notes = _notes(connection, ids)
    return [
        PaperWords(
            paper_id,
            title,
            abstract,
            ", ".join(author.display for author in authors_from_plain(authors)),
            "\n\n".join(note.text for note in notes.get(paper_id, ())),
        )
        for paper_id, title, abstract, authors in connection.execute(_WORDS, {"ids": ids})
    ]


def read_source(connection: Connection, source_id: int) -> Source | None:
    """A source with its text, or None where there is none with this id."""
    row = connection.execute(select(SourceRow.__table__).where(SourceRow.id == source_id)).one_or_none()
    if row is None:
        return None
    raw = zlib.decompress(row.raw).decode("utf-8", "surrogatepass")
    return Source(row.id, row.name, row.format, row.digest, row.imported, raw)


def read_listings(connection: Connection) -> list[Listing]:
    """All listings, newest day first, those without a day last; without their counts."""
    table = ListingRow.__table__
    rows = connection.execute(select(table).order_by(ListingRow.day.desc().nulls_last(), ListingRow.number))
    return [
        Listing(row.id, row.source_id, row.name, row.day, row.number, bibliography=row.bibliography) for row in rows
    ]


def _paper(row: Row[Any], tags: Iterable[str], notes: Iterable[Note], sightings: Iterable[Sighting]) -> Paper:
    return Paper(
        id=row.id,
        title=row.title,
        abstract=row.abstract,
        authors=authors_from_plain(row.authors),
        year=row.year,
        entry_type=row.entry_type,
        citation_key=row.citation_key,
        doi=row.doi,
        arxiv_id=row.arxiv_id,
        url=row.url,
        venue=row.venue,
        keywords=tuple(row.keywords),
        links=links_from_plain(row.links),
        upvotes=row.upvotes,
        extra=row.extra or NO_FIELDS,
        state=ReadingState(row.state),
        starred=row.starred,
        rating=row.rating,
        tags=tuple(tags),
        notes=tuple(notes),
        attachments=attachments_from_plain(row.attachments) if row.attachments else (),
        origins=row.origins or NO_ORIGINS,
        sightings=tuple(sightings),
        added=row.added,
        looked_at=row.looked_at,
        read_at=row.read_at,
        trashed=row.trashed,
    )


def _tags(connection: Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for paper_id, name in connection.execute(_TAGS, {"ids": ids}):
        found[paper_id].append(name)
    for names in found.values():
        names.sort(key=str.casefold)
    return found


def _notes(connection: Connection, ids: Sequence[int]) -> dict[int, list[Note]]:
    found: dict[int, list[Note]] = defaultdict(list)
    for row in connection.execute(_NOTES, {"ids": ids}):
        found[row.paper_id].append(Note(row.id, row.text, row.created, row.changed))
    return found


def _sightings(connection: Connection, ids: Sequence[int]) -> dict[int, list[Sighting]]:
    found: dict[int, list[Sighting]] = defaultdict(list)
    for paper_id, listing_id, day, position, line, bibliography in connection.execute(_SIGHTINGS, {"ids": ids}):
        found[paper_id].append(Sighting(listing_id, day, position, line, bibliography))
    for sightings in found.values():
        sightings.sort(key=lambda sighting: (sighting.day or date.min, sighting.listing_id, sighting.position))
    return found
