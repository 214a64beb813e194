"""Which kept files a library's database names: its papers, its notes, the steps of its journal, its memories."""

import re
import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from contextlib import closing
from pathlib import Path

from readinglist.store.backup import columns
from readinglist.store.journal_payload import text_of

_DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_PACKED = (("changes", "payload"), ("change_parts", "payload"))
_PLAIN = (("papers", "attachments"), ("papers", "extra"), ("papers", "links"), ("notes", "text"), ("memories", "value"))


def named_in(connection: sqlite3.Connection, wanted: AbstractSet[str]) -> set[str]:
    """Those of some digests that a library's database of any version names: papers, notes, journal, memories.

    Raises:
        sqlite3.Error, zlib.error: it cannot be read.
    """
    found: set[str] = set()
    if wanted:
        for text in _texts(connection):
            found |= wanted & {digest.decode() for digest in _DIGEST.findall(text)}
            if len(found) == len(wanted):
                break
    return found


def every_digest_in(database: Path) -> list[str]:
    """All digests that a library's database names, in order.

    Raises:
        sqlite3.Error, zlib.error: it cannot be read.
    """
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return sorted({digest.decode() for text in _texts(connection) for digest in _DIGEST.findall(text)})


def _texts(connection: sqlite3.Connection) -> Iterator[bytes]:
    for table, column in (*_PLAIN, *_PACKED):
        if column in columns(connection, table):
            for (value,) in connection.execute(f"SELECT CAST({column} AS BLOB) FROM {table}"):  # noqa: S608 - our tables
                yield text_of(value or b"") if (table, column) in _PACKED else value or b""
