"""The store: all that the rest of the program may ask of the database, in plain values."""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Select, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from readinglist.errors import ExpectedError, ReadOnlyError
from readinglist.papers.change import Change
from readinglist.papers.memory import Memory
from readinglist.papers.paper import Attachment, Listing, Paper, Source
from readinglist.papers.query import FieldTest
from readinglist.papers.smart_list import SmartList
from readinglist.paths import acquire
from readinglist.store import (
    attachment_texts,
    conditions,
    counting,
    journal,
    journal_compacting,
    likeness,
)
from readinglist.store.checking import faults
from readinglist.store.database import Database, Trouble
from readinglist.store.journal_reader import JournalReader
from readinglist.store.library_state import read_state
from readinglist.store.memories import read_memories
from readinglist.store.naming import named_in
from readinglist.store.open_import import OpenImport
from readinglist.store.places import Place, conflict_copies
from readinglist.store.reading import PaperWords, in_chunks, read_listings, read_papers, read_source, read_words
from readinglist.store.smart_lists import read_smart_lists
from readinglist.store.tables import (
    LIBRARY,
    LISTINGS,
    PAPERS,
    READ_ONLY,
    SIGHTINGS,
    SOURCES,
    TAGS,
    TO_INDEX,
)

_ORDERS: dict[str, tuple[Any, ...]] = {
    "listed": (text("listed_day DESC"), text("listed_id DESC"), PAPERS.c.listed_position, PAPERS.c.id),
    "added": (PAPERS.c.added.desc(), PAPERS.c.id.desc()),
    "title": (text("title COLLATE NOCASE"), PAPERS.c.id),
    "year": (text("year DESC"), PAPERS.c.id),
    "rating": (PAPERS.c.rating.desc(), PAPERS.c.id),
}


@dataclass(frozen=True, slots=True)
class ToIndex:
    """A paper whose words the full-text index does not hold yet; `revision` names the state of its words."""

    revision: int
    paper_id: int


class PaperStore(JournalReader):
    """A library's database. Methods can be called from any thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._database = Database(folder)
        self._import_lock = FileLock(folder / "import.lock", mode=0o600)
        self._never_changed = self.setting(READ_ONLY)  # words that a copy of an earlier day says of itself
        try:
            self._roll_back_abandoned()
        except ExpectedError:
            self._database.close()
            raise

    @property
    def read_only(self) -> str:
        """Why nothing can be changed now, in words; "" where it can."""
        return self._never_changed or self._database.why_not_written

    @property
    def is_of_an_earlier_day(self) -> bool:
        """Whether this is a copy of a library as it was on an earlier day."""
        return bool(self._never_changed)

    @property
    def place(self) -> Place:
        """What kind of place the library lies in."""
        return self._database.place

    def conflict_copies(self) -> list[Path]:
        """The copies that sync programs put beside the database where two machines changed it."""
        return conflict_copies(self._database.path)

    @property
    def trouble(self) -> Trouble:
        """What keeps edits from being written now."""
        return Trouble.READ_ONLY if self._never_changed else self._database.trouble

    def take_log_away(self) -> Path | None:
        """Where the file was moved away or exchanged, leave no log of it there; gives the copy of it that is kept."""
        return self._database.take_log_away()

    def note_check(self, found: Sequence[str]) -> None:
        """Note what a check found wrong with the database, where it is ours to write; a damaged one stays as it is."""
        if self.trouble in {Trouble.NONE, Trouble.DAMAGED}:
            self._database.note_check(found)

    @property
    def library_id(self) -> str:
        """The library's identity, made with it."""
        return self._database.library_id

    # reading

    def papers(self, ids: Sequence[int]) -> list[Paper]:
        """The papers with these ids, in this order; ids that are gone are left out."""
        with self._database.reading() as connection:
            return read_papers(connection, ids)

    def ids(self, sort: str = "listed", *, trashed: bool = False) -> list[int]:
        """All ids in an order: "listed", "added", "title", "year", "rating"; those in the trash only if asked for."""
        place = PAPERS.c.trashed.is_not(None) if trashed else PAPERS.c.trashed.is_(None)
        with self._database.reading() as connection:
            return _ids(connection, select(PAPERS.c.id).where(place).order_by(*_ORDERS[sort]))

    def ids_where(self, test: FieldTest) -> list[int]:
        """The papers, the trash included, that pass a test of the search language; in ascending order."""
        with self._database.reading() as connection:
            # sorted here: asked to sort, SQLite reads the whole table in its order and leaves the indexes aside
            return sorted(_ids(connection, select(PAPERS.c.id).where(conditions.condition(test))))

    def ids_in_listing_order(self, test: FieldTest) -> list[int]:
        """The papers of the listings that an in: test names, in the order of the listings."""
        with self._database.reading() as connection:
            query = (
                select(SIGHTINGS.c.paper_id)
                .join(LISTINGS)
                .where(LISTINGS.c.id.in_(conditions.in_listings(test)))
                .order_by(LISTINGS.c.day.desc(), LISTINGS.c.id, SIGHTINGS.c.position)
            )
            return list(dict.fromkeys(_ids(connection, query)))

    def id_of_key(self, citation_key: str) -> int | None:
        """The paper with this citation key, case aside."""
        with self._database.reading() as connection:
            query = select(PAPERS.c.id).where(PAPERS.c.citation_key == citation_key, PAPERS.c.citation_key != "")
            return connection.execute(query).scalar_one_or_none()

    def id_of_alias(self, key: str) -> int | None:
        """The paper that is known by this key too (BibLaTeX's `ids`), case aside. All papers are looked at."""
        with self._database.reading() as connection:
            return likeness.id_of_alias(connection, key)

    def citation_keys(self) -> set[str]:
        """All citation keys in lower case."""
        with self._database.reading() as connection:
            keys = connection.execute(select(PAPERS.c.citation_key).where(PAPERS.c.citation_key != "")).scalars()
            return {key.lower() for key in keys}

    def alike(self, papers: Sequence[Paper]) -> list[Paper]:
        """The papers that may be one of these: by DOI, arXiv id or title, or by a near title that begins alike."""
        with self._database.reading() as connection:
            return read_papers(connection, likeness.alike(connection, papers))

    def outlines(self) -> Iterator[Sequence[Paper]]:
        """All papers outside the trash, piece by piece, with their identifiers, titles and how abstracts begin."""
        after = 0
        while True:
            with self._database.reading() as connection:
                piece = likeness.outlines(connection, after)
            if not piece:
                return
            after = piece[-1].id
            yield piece

    def sources(self, ids: Sequence[int]) -> list[Source]:
        """The files and texts with these ids that were imported, without their texts."""
        query = select(SOURCES.c.id, SOURCES.c.name, SOURCES.c.format, SOURCES.c.digest, SOURCES.c.imported)
        with self._database.reading() as connection:
            return [
                Source(*row)
                for chunk in in_chunks(ids)
                for row in connection.execute(query.where(SOURCES.c.id.in_(chunk)))
            ]

    def source(self, source_id: int) -> Source | None:
        """A file or text that was imported, with its text; None where it is gone."""
        with self._database.reading() as connection:
            return read_source(connection, source_id)

    def papers_in(self, listings: Sequence[int]) -> list[tuple[int, int]]:
        """Pairs of a listing's id and that of a paper in it, for some listings."""
        query = select(SIGHTINGS.c.listing_id, SIGHTINGS.c.paper_id)
        with self._database.reading() as connection:
            return [
                (listing_id, paper_id)
                for chunk in in_chunks(listings)
                for listing_id, paper_id in connection.execute(query.where(SIGHTINGS.c.listing_id.in_(chunk)))
            ]

    def spelled_tags(self, names: Sequence[str]) -> list[str]:
        """Those of these tags that the library knows, as it spells them."""
        with self._database.reading() as connection:
            return list(connection.execute(select(TAGS.c.name).where(TAGS.c.name.in_(names))).scalars())

    def tag_colors(self) -> dict[str, str]:
        """All tags that papers ever carried, with the colours that were chosen for them, "" for none."""
        with self._database.reading() as connection:
            return counting.tag_colors(connection)

    def tag_names(self) -> list[str]:
        """The names of all tags that papers outside the trash carry, and of those above them."""
        with self._database.reading() as connection:
            return counting.tag_names(connection)

    def count(self) -> counting.Tallies:
        """How many papers stand where."""
        with self._database.reading() as connection:
            return counting.count(connection)

    def size(self) -> int:
        """How many papers there are, the trash included."""
        with self._database.reading() as connection:
            return connection.execute(select(func.count()).select_from(PAPERS)).scalar_one()

    def listings(self) -> list[Listing]:
        """All listings, newest day first, without their counts."""
        with self._database.reading() as connection:
            return read_listings(connection)

    def smart_lists(self) -> list[SmartList]:
        """All smart lists, in no order."""
        with self._database.reading() as connection:
            return read_smart_lists(connection)

    def memories(self, kind: str, paper_id: int | None = None) -> Sequence[Memory]:
        """All memories of a kind ("different", "merge", "export", "feed"), or those of one paper."""
        with self._database.reading() as connection:
            return read_memories(connection, kind, paper_id)

    def source_with(self, digest: str) -> tuple[Source, list[Listing]] | None:
        """The source whose text has this digest, without the text, and its listings."""
        with self._database.reading() as connection:
            query = select(SOURCES.c.id, SOURCES.c.name, SOURCES.c.format, SOURCES.c.digest, SOURCES.c.imported)
            row = connection.execute(query.where(SOURCES.c.digest == digest)).first()
            if row is None:
                return None
            return Source(*row), [listing for listing in read_listings(connection) if listing.source_id == row.id]

    # changes

    def record(self, change: Change, now: datetime) -> None:
        """Apply a change and keep it in the journal, in one transaction. One without steps does nothing."""
        if change:
            with self._editing() as connection:
                journal.record(connection, change, now)

    def undo(self, now: datetime) -> Change | None:
        """Take the newest change back; gives what was applied."""
        with self._editing() as connection:
            return journal.undo(connection, now)

    def redo(self, now: datetime) -> Change | None:
        """Do the change that was undone last again; gives it."""
        with self._editing() as connection:
            return journal.redo(connection, now)

    def undo_labels(self) -> tuple[str, str]:
        """What undo and redo would do next, "" where nothing."""
        with self._database.reading() as connection:
            return journal.labels(connection)

    def look_at(self, paper_id: int, now: datetime) -> bool:
        """Remember when the reader first saw a paper; whether this was the first time."""
        if self.read_only:
            return False
        with self._database.writing() as connection:
            query = update(PAPERS).where(PAPERS.c.id == paper_id, PAPERS.c.looked_at.is_(None))
            return connection.execute(query.values(looked_at=now)).rowcount > 0

    def put_attachment_text(self, digest: str, text: str) -> None:
        """Keep the text of an attached file. What can be read from the file again is in no undo step."""
        with self._database.writing() as connection:
            attachment_texts.write_attachment_text(connection, digest, text)

    def attachment_texts(self, digests: Sequence[str]) -> dict[str, str]:
        """The texts of attached files, by the digests of those; what has none is left out."""
        with self._database.reading() as connection:
            return attachment_texts.read_attachment_texts(connection, digests)

    def attachments(self) -> dict[Attachment, tuple[int, ...]]:
        """All attached files, and the papers of each, those in the trash included."""
        with self._database.reading() as connection:
            return attachment_texts.read_attachments(connection)

    def attached_to(self, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The digests of the files of some papers, by paper; papers without files are left out."""
        with self._database.reading() as connection:
            return attachment_texts.read_attachments_of(connection, ids)

    def named_files(self, wanted: AbstractSet[str]) -> set[str]:
        """Those of some files, by their digests, that a paper, a note, a step of the journal or a memory names.

        Raises:
            ExpectedError: the journal is damaged.
        """
        with self._database.reading() as connection:
            try:
                return named_in(cast("sqlite3.Connection", connection.connection.dbapi_connection), wanted)
            except (sqlite3.Error, zlib.error) as error:
                raise ExpectedError(f"The journal of {self._database.path} cannot be read: {error}.") from error

    def forget_attachment_texts(self, digests: Sequence[str]) -> None:
        """Drop the texts of files that are gone for good."""
        if digests:
            with self._editing() as connection:
                attachment_texts.forget_texts(connection, digests)

    def start_import(self, label: str, now: datetime) -> OpenImport:
        """Begin an import, which is one change made in many transactions.

        Raises:
            ExpectedError: another import into this library is under way, or it is read only.
        """
        self._refuse_if_read_only()
        try:
            acquire(self._import_lock, 0)
        except Timeout:
            raise ExpectedError(
                "Another import into this library is under way. Wait until it is done, and try again."
            ) from None
        with self._database.writing() as connection:
            return OpenImport(self._database, journal.begin(connection, label, now), self._import_lock.release)

    def state(self) -> str:
        """A word for what the papers are now, whichever program made them so; the same as long as they are the same."""
        with self._database.reading() as connection:
            return read_state(connection)

    def version(self) -> int:
        """A number that is another one after each change of the library, by whatever program."""
        return self._database.version()

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote to the library since this was last asked."""
        return self._database.changed_elsewhere()

    # the journal, which `JournalReader` reads

    def compact_journal(self, last: int) -> int:
        """Forget the oldest changes, up to number `last` at the most; gives how many, all in one transaction."""
        with self._editing() as connection:
            return journal_compacting.compact(connection, last)

    # what is kept of the library as a whole, in no undo step

    def setting(self, key: str) -> str:
        """What is kept under a key; "" where nothing is."""
        with self._database.reading() as connection:
            query = select(LIBRARY.c.value).where(LIBRARY.c.key == key)
            return connection.execute(query).scalar_one_or_none() or ""

    def set_setting(self, key: str, value: str) -> None:
        """Keep a text under a key."""
        with self._editing() as connection:
            statement = sqlite_insert(LIBRARY).values(key=key, value=value)
            connection.execute(statement.on_conflict_do_update(index_elements=[LIBRARY.c.key], set_={"value": value}))

    # what the full-text index has to catch up on

    def to_index(self) -> list[ToIndex]:
        """The papers whose words the index does not hold yet, or that are gone while it still does."""
        with self._database.reading() as connection:
            rows = connection.execute(select(TO_INDEX.c.revision, TO_INDEX.c.paper_id).order_by(TO_INDEX.c.revision))
            return [ToIndex(revision, paper_id) for revision, paper_id in rows]

    def indexed(self, entries: Sequence[ToIndex]) -> None:
        """The index holds these states now."""
        with self._database.writing() as connection:
            for chunk in in_chunks([entry.revision for entry in entries]):
                connection.execute(delete(TO_INDEX).where(TO_INDEX.c.revision.in_(chunk)))

    def texts(self, ids: Sequence[int], *, pdf: bool = False) -> Iterator[PaperWords]:
        """The words of the papers with these ids, read piece by piece; ids that are gone are left out.

        Those of attached files, which are many, come only with `pdf`.
        """
        for chunk in in_chunks(ids):
            with self._database.reading() as connection:
                words = read_words(connection, chunk)
                files = attachment_texts.read_pdf_texts(connection, chunk) if pdf else {}
            yield from (replace(each, pdf=files[each.id]) if each.id in files else each for each in words)

    def faults(self) -> list[str]:
        """What is wrong with the database, in words; reads all of it. Nothing where it is whole."""
        with self._database.reading() as connection:
            return faults(connection)

    def close(self) -> None:
        """Let go of the database."""
        self._import_lock.release(force=True)
        self._database.close()

    @contextmanager
    def _editing(self) -> Iterator[Connection]:
        """A transaction of the reader's own changes.

        Raises:
            ExpectedError: the library is read only, or cannot be written.
        """
        self._refuse_if_read_only()
        with self._database.writing() as connection:
            yield connection

    def _refuse_if_read_only(self) -> None:
        if self.read_only:
            raise ReadOnlyError(f"{self.read_only} Nothing was changed.")

    def _roll_back_abandoned(self) -> None:
        """Take back imports whose program is gone: it would hold the lock otherwise."""
        if self.read_only:
            return
        with self._database.reading() as connection:
            if not journal.pending(connection):
                return
        try:
            with acquire(self._import_lock, 0), self._database.writing() as connection:
                for change_id in journal.pending(connection):
                    journal.roll_back(connection, change_id)
        except Timeout:
            return  # its program is still at it


def _ids(connection: Connection, query: Select[int]) -> list[int]:
    """All ids of a query, in its order, as one value: row by row, sqlite3 would wait for other threads each time."""
    rows = query.subquery()
    found = connection.execute(select(func.json_group_array(rows.c[0]))).scalar_one()
    return list(json.loads(found))
