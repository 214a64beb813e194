"""All that a library's database holds, to be compared: what is packed unpacked, what is derived left out."""

import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from readinglist.store.database import FILE_NAME
from readinglist.store.journal_payload import text_of
from readinglist.store.tables import METADATA

DERIVED = {"to_index"}  # what the index has to take in
_JSON_COLUMNS = {"authors", "keywords", "links", "extra", "attachments", "origins", "value"}


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, packed values unpacked."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        return {
            name: [
                tuple(_unpacked(name, column, value) for column, value in zip(columns, row, strict=True))
                for row in connection.execute(f"SELECT {', '.join(columns)} FROM {name} ORDER BY 1, 2")
            ]
            for name in [*METADATA.tables, "sqlite_sequence"]
            if name not in DERIVED
            for columns in [
                [column[1] for column in connection.execute(f"PRAGMA table_info({name})")] or ["name", "seq"]
            ]
        }


def _unpacked(table: str, column: str, value: Any) -> object:  # noqa: ANN401 - as SQLite has it
    if column == "payload":
        return json.loads(text_of(value).decode("utf-8", "surrogatepass"))
    if isinstance(value, bytes):
        return zlib.decompress(value)
    if column in _JSON_COLUMNS and table != "library":
        return json.loads(value)
    return value
