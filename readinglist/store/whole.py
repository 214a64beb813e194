"""All that a database holds, at one moment, as plain values that JSON can hold; and a new database made of such values.

What can be found again from the rest is in neither: what is derived from a paper's fields, and the full-text index.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Boolean, Column, Connection, Date, Integer, Table, delete, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import JSON

from readinglist.errors import ExpectedError
from readinglist.papers.change import PapersAdded
from readinglist.papers.paper import Paper
from readinglist.papers.plain import memory_from_plain, step_from_plain
from readinglist.papers.shapes import check, check_step, check_time
from readinglist.store.applying import apply_step
from readinglist.store.database import Database
from readinglist.store.journal_payload import pack_text, text_of
from readinglist.store.reading import in_chunks, read_papers
from readinglist.store.tables import (
    ATTACHMENT_TEXTS,
    CHANGE_PARTS,
    CHANGES,
    METADATA,
    PAPERS,
    SOURCES,
    UtcTime,
)

T = TypeVar("T")
Row = dict[str, Any]

# The tables that are given row by row, by their columns. `sources` is given without its text, which has its own way.
ROWS: tuple[str, ...] = ("library", "tags", "sources", "listings", "smart_lists", "memories")
IDS = ("papers", "sources", "listings")  # whose numbers are never given twice
_BATCH = 500
_CHUNK = 1 << 20


@contextmanager
def whole(folder: Path) -> "Iterator[Whole]":
    """The library in a folder as it stands at this moment, whatever is edited meanwhile.

    Raises:
        ExpectedError: it cannot be read, or an import is under way.
    """
    with closing(Database(folder)) as database, database.reading() as connection:
        yield Whole(connection)


@contextmanager
def rebuilding(folder: Path) -> "Iterator[Rebuilding]":
    """A new library in a folder, to be filled.

    Raises:
        ExpectedError: it cannot be written.
    """
    with closing(Database(folder)) as database:
        yield Rebuilding(database)


class Whole:
    """A library at one moment, for as long as its connection lasts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        if connection.execute(select(CHANGES.c.id).where(CHANGES.c.status == "pending")).first():
            raise ExpectedError("An import is under way. Wait until it is done, and try again.")

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        tables = METADATA.sorted_tables
        return {
            table.name: self._connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }

    def last_ids(self) -> dict[str, int]:
        """The last numbers that were given to papers, sources and listings."""
        rows = self._connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        given = {str(row[0]): int(row[1]) for row in rows}
        return {name: given.get(name, 0) for name in IDS}

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of one of the tables in ROWS."""
        table = _table(name)
        columns = [column for column in table.columns if column.name != "raw"]
        names = [column.name for column in columns]
        for row in self._connection.execute(select(*columns).order_by(*table.primary_key.columns)):
            yield dict(zip(names, map(_to_plain, row), strict=True))

    def source_text(self, source_id: int) -> Iterator[bytes]:
        """The text of a source in UTF-8, piece by piece."""
        raw = self._connection.execute(select(SOURCES.c.raw).where(SOURCES.c.id == source_id)).scalar_one()
        unpacking = zlib.decompressobj()
        for start in range(0, len(raw), _CHUNK):
            piece = raw[start : start + _CHUNK]
            while piece:
                yield unpacking.decompress(piece, _CHUNK)
                piece = unpacking.unconsumed_tail
        yield unpacking.flush()

    def papers(self) -> Iterator[Paper]:
        """All papers, those in the trash too, by their ids."""
        ids = list(self._connection.execute(select(PAPERS.c.id).order_by(PAPERS.c.id)).scalars())
        for chunk in in_chunks(ids):
            yield from read_papers(self._connection, chunk)

    def attachment_texts(self) -> Iterator[Row]:
        """The texts of attached files, by the digests of those."""
        for digest, packed in self._connection.execute(
            select(ATTACHMENT_TEXTS.c.digest, ATTACHMENT_TEXTS.c.text).order_by(ATTACHMENT_TEXTS.c.digest)
        ):
            yield {"digest": digest, "text": zlib.decompress(packed).decode("utf-8", "surrogatepass")}

    def changes(self) -> Iterator[Row]:
        """The journal: each change, followed by its further parts."""
        parts = select(CHANGE_PARTS.c.number, CHANGE_PARTS.c.payload).order_by(CHANGE_PARTS.c.number)
        for row in self._connection.execute(select(CHANGES).order_by(CHANGES.c.id)):
            yield {
                "id": row.id, "made": row.made.isoformat(), "label": row.label, "status": row.status,
                **_payload_to_plain(row.payload),
            }  # fmt: skip
            for number, payload in self._connection.execute(parts.where(CHANGE_PARTS.c.change_id == row.id)):
                yield {"change": row.id, "part": number, **_payload_to_plain(payload)}


class Rebuilding:
    """Fills the database of a new library. Values that cannot be are refused with ValueError, TypeError or KeyError."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.writing() as connection:
            for name in ("library", "smart_lists"):
                connection.execute(delete(_table(name)))

    def rows(self, name: str, rows: Iterable[Row]) -> None:
        """Fill one of the tables in ROWS, but for sources."""
        if name == "memories":
            rows = map(_checked_memory, rows)
        elif name == "library":
            rows = _with_its_name(rows)
        table = _table(name)
        self._insert(table, (_from_plain(table, row) for row in rows))

    def source(self, row: Row, text: Iterable[bytes]) -> None:
        """Add a source with its text in UTF-8."""
        packing = zlib.compressobj(6)
        raw = b"".join([packing.compress(piece) for piece in text]) + packing.flush()
        table = _table("sources")
        self._insert(table, [_from_plain(table, row) | {"raw": raw}])

    def papers(self, papers: Iterable[Paper]) -> None:
        """Add papers, with tags, notes and sightings; their tags and listings are there already."""
        for batch in _batches(papers):
            with self._writing() as connection:
                apply_step(connection, PapersAdded(tuple(batch)))

    def attachment_texts(self, rows: Iterable[Row]) -> None:
        """Add texts of attached files."""
        packed = (
            {"digest": _text(row["digest"]), "text": zlib.compress(_text(row["text"]).encode("utf-8", "surrogatepass"))}
            for row in rows
        )
        self._insert(ATTACHMENT_TEXTS, packed)

    def changes(self, rows: Iterable[Row]) -> None:
        """Fill the journal."""
        for row in rows:
            payload = _payload_from_plain(row)
            if "part" in row:
                part = {"change_id": _number(row["change"]), "number": _number(row["part"]), "payload": payload}
                self._insert(CHANGE_PARTS, [part])
            else:
                change = {name: row[name] for name in ("id", "made", "label", "status")}
                self._insert(CHANGES, [_from_plain(CHANGES, change) | {"payload": payload}])

    def last_ids(self, given: Mapping[str, int]) -> None:
        """Let no number be given again."""
        with self._writing() as connection:
            for name in IDS:
                values = {"name": name, "seq": _number(given[name])}
                connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
                connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :seq)"), values)

    def _insert(self, table: Table, rows: Iterable[Row]) -> None:
        for batch in _batches(rows):
            with self._writing() as connection:
                connection.execute(insert(table), batch)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction; what the database refuses is a value that cannot be."""
        try:
            with self._database.writing() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise ValueError(str(getattr(error, "orig", error)).partition("\n")[0]) from error


def _table(name: str) -> Table:
    return METADATA.tables[name]


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(values)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _to_plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _from_plain(table: Table, row: Row) -> Row:
    columns = {column.name: column for column in table.columns if column.name not in {"payload", "raw"}}
    if row.keys() != columns.keys():
        raise ValueError(f"it has {sorted(row)}, and should have {sorted(columns)}")
    return {name: _column_value(column, row[name]) for name, column in columns.items()}


def _column_value(column: Column[Any], plain: object) -> object:
    if plain is None and column.nullable:
        return None
    for kind, read in _READERS:
        if isinstance(column.type, kind):
            return read(plain)
    return _text(plain)


def _text(plain: object) -> str:
    if not isinstance(plain, str):
        raise TypeError(f"{plain!r:.50} is no text")
    return plain


def _number(plain: object) -> int:
    if not isinstance(plain, int) or isinstance(plain, bool) or abs(plain) >= 2**63:
        raise TypeError(f"{plain!r:.50} is no number")
    return plain


def _flag(plain: object) -> bool:
    if not isinstance(plain, bool):
        raise TypeError(f"{plain!r:.50} is neither true nor false")
    return plain


def _time(plain: object) -> datetime:
    moment = datetime.fromisoformat(_text(plain))
    check_time(moment)
    return moment


def _mapping(plain: object) -> Row:
    if not isinstance(plain, dict):
        raise TypeError(f"{plain!r:.50} has no names")
    return plain


_READERS: Sequence[tuple[Any, Callable[[Any], object]]] = (
    (UtcTime, _time),
    (Date, lambda plain: date.fromisoformat(_text(plain))),
    (Boolean, _flag),
    (Integer, _number),
    (JSON, _mapping),
)


def _checked_memory(row: Row) -> Row:
    memory = memory_from_plain(_text(row["kind"]), row["value"])
    check(memory, type(memory))
    return row


def _with_its_name(rows: Iterable[Row]) -> Iterator[Row]:
    name = ""
    for row in rows:
        name = row["value"] if row["key"] == "library_id" else name
        yield row
    if not name:
        raise ValueError("it does not say which library it is")


def _payload_to_plain(payload: bytes) -> Row:
    plain: Row = json.loads(text_of(payload).decode("utf-8", "surrogatepass"))
    return plain


def _payload_from_plain(row: Row) -> bytes:
    plain = {name: row[name] for name in ("turns", "steps") if name in row}
    for step in row["steps"]:
        check_step(step_from_plain(step), undone=row.get("status", "done") != "done")
    for turn in row.get("turns", ()):
        _time(turn)
    return pack_text(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))
