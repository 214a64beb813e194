"""The steps of a change, carried out on the database within the caller's transaction."""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from readinglist.papers.change import (
    TEXT_FIELDS,
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
from readinglist.papers.paper import Note, Sighting
from readinglist.store.memories import forget, remember
from readinglist.store.paper_rows import COLUMNS, columns_of, paper_values
from readinglist.store.reading import in_chunks
from readinglist.store.smart_lists import add_smart_list, change_smart_list, remove_smart_list
from readinglist.store.tables import (
    LISTINGS,
    NOTES,
    PAPER_TAGS,
    PAPERS,
    SIGHTINGS,
    SOURCES,
    TAGS,
)

# What an import runs for each of many papers, as text: put together by SQLAlchemy it would take twice as long.
_INSERT_PAPER = f"INSERT INTO papers ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
_INSERT_SIGHTING = """
INSERT INTO sightings (paper_id, listing_id, position, line) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)
_ASK_TO_INDEX = "INSERT OR REPLACE INTO to_index (paper_id) VALUES (?)"
_REFRESH_SEEN = """
UPDATE papers SET
  seen = (SELECT count(DISTINCT s.listing_id) FROM sightings s JOIN listings l ON l.id = s.listing_id
          WHERE s.paper_id = papers.id AND NOT l.bibliography),
  (listed_day, listed_id, listed_position) = (
    SELECT coalesce(max(day), date(papers.added / 1000000, 'unixepoch')), listing_id, position
    FROM (SELECT l.day AS day, s.listing_id AS listing_id, s.position AS position
          FROM sightings s JOIN listings l ON l.id = s.listing_id WHERE s.paper_id = papers.id
          ORDER BY l.day DESC NULLS LAST, s.listing_id DESC, s.position LIMIT 1))
WHERE id = :id
"""


def apply_step(connection: Connection, step: Step) -> None:
    """Carry out one step of a change.

    Raises:
        sqlalchemy.exc.DatabaseError: the database refuses it; the caller's transaction is to be rolled back.
    """
    _DO[type(step)](connection, step)


def _change_field(connection: Connection, step: FieldChanged) -> None:
    if step.field == "tags":
        _change_tags(connection, step)
    elif step.field == "notes":
        _change_notes(connection, step)
    else:
        _change_columns(connection, step)
    if step.field == "added":  # the day of a paper that no listing dates
        _refresh_seen(connection, step.ids)
    if step.field in TEXT_FIELDS:
        _ask_to_index(connection, step.ids)


def _change_columns(connection: Connection, step: FieldChanged) -> None:
    if len(set(map(repr, step.after))) == 1:
        values = columns_of(step.field, step.after[0])
        for ids in in_chunks(step.ids):
            connection.execute(update(PAPERS).where(PAPERS.c.id.in_(ids)).values(values))
        return
    rows = [{"paper": i, **columns_of(step.field, value)} for i, value in zip(step.ids, step.after, strict=True)]
    setters: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "paper"}
    connection.execute(update(PAPERS).where(PAPERS.c.id == bindparam("paper")).values(setters), rows)


def _change_tags(connection: Connection, step: FieldChanged) -> None:
    for paper_id, before, after in zip(step.ids, step.before, step.after, strict=True):
        gone = [name for name in before if name not in after]
        if gone:
            ids = select(TAGS.c.id).where(TAGS.c.name.in_(gone))
            query = delete(PAPER_TAGS).where(PAPER_TAGS.c.paper_id == paper_id, PAPER_TAGS.c.tag_id.in_(ids))
            connection.execute(query)
    come = {
        paper_id: [name for name in after if name not in before]
        for paper_id, before, after in zip(step.ids, step.before, step.after, strict=True)
    }
    _add_tags(connection, come)


def _add_tags(connection: Connection, tags: Mapping[int, Sequence[str]]) -> None:
    names = sorted({name for each in tags.values() for name in each})
    if not names:
        return
    connection.execute(sqlite_insert(TAGS).on_conflict_do_nothing(), [{"name": name} for name in names])
    query = select(TAGS.c.name, TAGS.c.id).where(TAGS.c.name.in_(names))
    ids = {_as_one(name): tag_id for name, tag_id in connection.execute(query).all()}
    rows = [{"paper_id": paper_id, "tag_id": ids[_as_one(name)]} for paper_id, each in tags.items() for name in each]
    connection.execute(sqlite_insert(PAPER_TAGS).on_conflict_do_nothing(), rows)


def _as_one(name: str) -> str:
    """What names of one row have in common: to the database, small and large are letters of ASCII alone."""
    return name.translate(_SMALL)


def _change_tag(connection: Connection, step: TagChanged) -> None:
    (old, _), (name, color) = step.before, step.after
    connection.execute(sqlite_insert(TAGS).values(name=old).on_conflict_do_nothing())
    connection.execute(update(TAGS).where(TAGS.c.name == old).values(name=name, color=color))


def _change_notes(connection: Connection, step: FieldChanged) -> None:
    for paper_id, before, after in zip(step.ids, step.before, step.after, strict=True):
        old, new = {note.id: note for note in before}, {note.id: note for note in after}
        gone = [note_id for note_id in old if note_id not in new]
        connection.execute(delete(NOTES).where(NOTES.c.id.in_(gone)))
        _write_notes(connection, paper_id, [note for note in after if old.get(note.id) != note])


def _write_notes(connection: Connection, paper_id: int, notes: Iterable[Note]) -> None:
    for note in notes:
        row = {
            "id": note.id, "paper_id": paper_id, "text": note.text, "created": note.created, "changed": note.changed,
        }  # fmt: skip
        statement = sqlite_insert(NOTES).values(row)
        connection.execute(statement.on_conflict_do_update(index_elements=[NOTES.c.id], set_=row))


def _add_papers(connection: Connection, step: PapersAdded) -> None:
    papers = step.papers
    if not papers:
        return
    connection.exec_driver_sql(_INSERT_PAPER, [paper_values(paper) for paper in papers])
    _insert_sightings(connection, [(paper.id, sighting) for paper in papers for sighting in paper.sightings])
    _add_tags(connection, {paper.id: paper.tags for paper in papers if paper.tags})
    for paper in papers:
        _write_notes(connection, paper.id, paper.notes)
    _ask_to_index(connection, [paper.id for paper in papers])


def _remove_papers(connection: Connection, step: PapersRemoved) -> None:
    ids = [paper.id for paper in step.papers]
    for chunk in in_chunks(ids):
        connection.execute(delete(PAPERS).where(PAPERS.c.id.in_(chunk)))
    _ask_to_index(connection, ids)


def _add_source(connection: Connection, step: SourceAdded) -> None:
    source = step.source
    row = {
        "id": source.id,
        "name": source.name,
        "format": source.format,
        "digest": source.digest,
        "imported": source.imported,
        "raw": zlib.compress(source.raw.encode("utf-8", "surrogatepass"), 6),
    }
    connection.execute(insert(SOURCES).values(row))


def put_source_text(connection: Connection, source_id: int, packed: bytes) -> None:
    """Keep the text of a source, as UTF-8 compressed by zlib."""
    connection.execute(update(SOURCES).where(SOURCES.c.id == source_id).values(raw=packed))


def _remove_source(connection: Connection, step: SourceRemoved) -> None:
    connection.execute(delete(SOURCES).where(SOURCES.c.id == step.source.id))


def _add_listing(connection: Connection, step: ListingAdded) -> None:
    listing = step.listing
    row = {
        "id": listing.id,
        "source_id": listing.source_id,
        "name": listing.name,
        "day": listing.day,
        "number": listing.number,
        "bibliography": listing.bibliography,
    }
    connection.execute(insert(LISTINGS).values(row))


def _remove_listing(connection: Connection, step: ListingRemoved) -> None:
    listing_id = step.listing.id
    query = select(SIGHTINGS.c.paper_id).where(SIGHTINGS.c.listing_id == listing_id).distinct()
    ids = connection.execute(query).scalars().all()
    connection.execute(delete(LISTINGS).where(LISTINGS.c.id == listing_id))
    _refresh_seen(connection, ids)


def _add_sightings(connection: Connection, step: SightingsAdded) -> None:
    _insert_sightings(connection, step.sightings)
    _refresh_seen(connection, {paper_id for paper_id, _ in step.sightings})


def _insert_sightings(connection: Connection, sightings: Iterable[tuple[int, Sighting]]) -> None:
    rows = [(paper_id, seen.listing_id, seen.position, seen.line) for paper_id, seen in sightings]
    if rows:
        connection.exec_driver_sql(_INSERT_SIGHTING, rows)


def _remove_sightings(connection: Connection, step: SightingsRemoved) -> None:
    for paper_id, seen in step.sightings:
        connection.execute(
            delete(SIGHTINGS).where(
                SIGHTINGS.c.paper_id == paper_id,
                SIGHTINGS.c.listing_id == seen.listing_id,
                SIGHTINGS.c.position == seen.position,
            )
        )
    _refresh_seen(connection, {paper_id for paper_id, _ in step.sightings})


def _refresh_seen(connection: Connection, ids: Iterable[int]) -> None:
    rows = [{"id": paper_id} for paper_id in ids]
    if rows:
        connection.execute(text(_REFRESH_SEEN), rows)


def _ask_to_index(connection: Connection, ids: Iterable[int]) -> None:
    rows = [(paper_id,) for paper_id in ids]
    if rows:
        connection.exec_driver_sql(_ASK_TO_INDEX, rows)


_DO: Mapping[type[Step], Callable[[Connection, Any], None]] = {
    FieldChanged: _change_field,
    PapersAdded: _add_papers,
    PapersRemoved: _remove_papers,
    SourceAdded: _add_source,
    SourceRemoved: _remove_source,
    ListingAdded: _add_listing,
    ListingRemoved: _remove_listing,
    SightingsAdded: _add_sightings,
    SightingsRemoved: _remove_sightings,
    SmartListAdded: add_smart_list,
    SmartListRemoved: remove_smart_list,
    SmartListChanged: change_smart_list,
    TagChanged: _change_tag,
    Remembered: remember,
    Forgotten: forget,
}
