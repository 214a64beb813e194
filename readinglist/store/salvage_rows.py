"""Whether the values of a row that was found in a damaged file can be those of one of our tables, and mending them."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, Integer, LargeBinary, Table
from sqlalchemy.types import JSON

from readinglist.papers.paper import ReadingState
from readinglist.store.pages import Row, Value
from readinglist.store.tables import METADATA, UtcTime

_LATEST = 253_402_300_799_000_000  # microseconds since 1970: the end of the year 9999
_BIGGEST = 1 << 48
_FALLBACKS: dict[str, Value] = {
    "time": 0, "integer": 0, "bytes": b"", "packed": zlib.compress(b""), "list": "[]", "object": "{}",
    "day": "1970-01-01", "state": ReadingState.INBOX.value,
}  # fmt: skip
_STATES = frozenset(state.value for state in ReadingState)


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, what kind of values it holds, and what stands for one that makes no sense."""

    name: str
    kind: str
    optional: bool
    fallback: Value


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns in the order of its rows, the one that is its row id, and its key.

    A `clustered` one is kept in the order of its key, as indexes are (WITHOUT ROWID). Of two clustered tables of whole
    numbers none can be told from an index, so `fits` knows those alone that have an own number of columns.
    """

    name: str
    fields: tuple[Field, ...]
    row_id: str
    key: tuple[str, ...]
    clustered: bool = False

    def with_columns(self, columns: Sequence[str]) -> "Shape":
        """The same with the columns of a file, in their order; with all where that is not known."""
        known = {field.name: field for field in self.fields}
        if not columns or not set(self.key) <= set(columns):
            return self
        return replace(
            self, fields=tuple(known.get(name, Field("", "any", optional=True, fallback=None)) for name in columns)
        )

    def fits(self, row: Row) -> bool:
        """Whether a row without a table can be one of this."""
        if len(row) != len(self.fields):
            return False
        return all(
            value is None if field.name == self.row_id else _fits(field, value)
            for field, value in zip(self.fields, row, strict=True)
        )

    def filled(self, known: Mapping[str, Value]) -> dict[str, Value]:
        """A row from what is known of it; what is not has the value that stands for nothing."""
        return {
            field.name: known.get(field.name) if _fits(field, known.get(field.name)) else _instead(field)
            for field in self.fields
        }


def shapes() -> dict[str, Shape]:
    """All our tables by their names, and SQLite's own of the ids that were given."""
    made = {table.name: _shape(table) for table in METADATA.sorted_tables if table.name != "to_index"}
    sequence = (Field("name", "text", optional=False, fallback=""), Field("seq", "integer", optional=False, fallback=0))
    return made | {"sqlite_sequence": Shape("sqlite_sequence", sequence, "", ("name",))}


def as_row(shape: Shape, row_id: int, row: Row) -> tuple[dict[str, Value], bool] | None:
    """A row of a table by its columns, and whether a value that made no sense was exchanged; None where it cannot be.

    A row may be shorter than its table: columns that were added later are missing at its end.
    """
    if len(row) > len(shape.fields):
        return None
    values: dict[str, Value] = {}
    mended = False
    for field, value in zip(shape.fields, row, strict=False):
        if field.name == shape.row_id:
            values[field.name] = row_id
        elif _fits(field, value):
            values[field.name] = value
        elif field.name in shape.key:
            return None
        else:
            values[field.name], mended = _instead(field, value), True
    values.pop("", None)
    if any(values.get(name) is None for name in shape.key) or not 0 <= row_id < _BIGGEST:
        return None
    return values, mended


def _shape(table: Table) -> Shape:
    fields = tuple(map(_field, table.columns))
    keys = tuple(column.name for column in table.primary_key.columns)
    alone = table.primary_key.columns[keys[0]] if len(keys) == 1 else None
    row_id = keys[0] if alone is not None and isinstance(alone.type, Integer) else ""
    return Shape(table.name, fields, row_id, keys, clustered=not table.dialect_options["sqlite"]["with_rowid"])


def _field(column: Column[Any]) -> Field:
    kind = _kind(column)
    return Field(column.name, kind, bool(column.nullable), _FALLBACKS.get(kind, ""))


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, UtcTime):
        return "time"
    if isinstance(column.type, JSON):
        return "object" if column.name in {"extra", "origins", "value"} else "list"
    if isinstance(column.type, Date):
        return "day"
    if isinstance(column.type, LargeBinary):
        return "packed" if column.name in {"text", "raw"} else "bytes"
    if column.table.name == "papers" and column.name == "state":
        return "state"
    return "integer" if column.type.python_type in {int, bool} else "text"


def _instead(field: Field, value: Value = None) -> Value:
    """What stands for a value that makes no sense: of compressed text its beginning, else nothing."""
    if field.kind == "packed" and isinstance(value, bytes):
        return zlib.compress(_beginning(value))
    return None if field.optional else field.fallback


def _beginning(packed: bytes) -> bytes:
    """As much as can be unpacked, up to the last whole line."""
    unpacker, pieces = zlib.decompressobj(), []
    try:
        for place in range(0, len(packed), 256):
            pieces.append(unpacker.decompress(packed[place : place + 256]))  # noqa: PERF401 - what came before an error stays
    except zlib.error:
        text = b"".join(pieces)
        return text[: text.rfind(b"\n") + 1]
    return b"".join(pieces)


def _fits(field: Field, value: Value) -> bool:
    """Whether a value can stand in a column."""
    if value is None:
        return field.optional
    match field.kind:
        case "integer":
            return isinstance(value, int) and abs(value) < _BIGGEST
        case "time":
            return isinstance(value, int) and 0 <= value <= _LATEST
        case "bytes" | "packed":
            return isinstance(value, bytes) and (field.kind == "bytes" or _unpacks(value))
        case "any":
            return True
        case _:
            return isinstance(value, str) and _reads(field.kind, value)


def _reads(kind: str, text: str) -> bool:
    try:
        if kind == "day":
            date.fromisoformat(text)
        elif kind in {"list", "object"}:
            return isinstance(json.loads(text), list if kind == "list" else dict)
        elif kind == "state":
            return text in _STATES
    except ValueError:
        return False
    return True


def _unpacks(data: bytes) -> bool:
    try:
        zlib.decompress(data)
    except zlib.error:
        return False
    return True
