"""A library's database copied by SQLite's online backup, checked, told what it holds, and packed."""

import gzip
import hashlib
import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from readinglist.errors import ExpectedError
from readinglist.store.opening import connected

Progress = Callable[[int, int], None]

PAGES_AT_ONCE = 500  # 2 MB, a few milliseconds: then whoever waits for the disk or the processor has its turn
_CHUNK = 1 << 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a database holds.

    `holds` counts what a reader knows: "papers" (the trash aside), "trashed", "starred", "notes", "tags" (those in
    use), "listings", "smart_lists", "files". `tables` counts the rows of each table. `files` are the attached files by
    digest, name and bytes. The newest change is that of the journal, None where there is none.
    """

    library_id: str
    schema: int
    holds: dict[str, int]
    tables: dict[str, int]
    files: tuple[tuple[str, str, int], ...]
    changed: datetime | None
    change: str


def copy(
    source: sqlite3.Connection, target: Path, progress: Progress, pause: float = 0.0, *, half_imports: bool = False
) -> None:
    """Copy a database as it stands at this moment into a new file that needs no others beside it.

    The source is read within one transaction, so that edits made meanwhile neither come in nor begin it anew. Without a
    write-ahead log that would hold up every edit, so there an edit begins it anew.

    Args:
        source: a connection without an open transaction.
        target: the file to write; readable by its owner alone.
        progress: is told the pages done and all of them.
        pause: seconds to rest between two steps.
        half_imports: whether an import that is not finished may be copied too: opened, the copy takes it back.

    Raises:
        sqlite3.Error: the source cannot be read, or the target cannot be written.
        OSError: the target cannot be made.
        ExpectedError: an import is under way.
    """

    def tell(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)
        time.sleep(pause)

    make_private(target)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # the file is compared with its checksum before it counts
        if source.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            source.execute("BEGIN")
        try:
            if not half_imports:
                _refuse_half_an_import(source)
            source.backup(connection, pages=PAGES_AT_ONCE, progress=tell)
        finally:
            if source.in_transaction:
                source.execute("ROLLBACK")
        connection.execute("PRAGMA journal_mode = DELETE")


def faults(path: Path) -> list[str]:
    """What is wrong with a database, in words; nothing where it is whole."""
    try:
        with connected(path) as connection:
            told = [str(text) for (text,) in connection.execute("PRAGMA integrity_check(20)") if text != "ok"]
            if told:
                return [line for text in told for line in text.splitlines() if not line.startswith("***")]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        return [str(error)]
    return [f"{len(orphans)} rows belong to none"] if orphans else []


def facts(path: Path) -> Facts:
    """What a library's database of any version holds.

    Raises:
        sqlite3.Error: it cannot be read.
        ExpectedError: it can only be read from a copy, which could not be made.
    """
    with connected(path) as connection:
        tables = [name for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )]  # fmt: skip
        (library_id,) = connection.execute("SELECT value FROM library WHERE key = 'library_id'").fetchone()
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        newest = connection.execute(
            "SELECT made, label FROM changes WHERE status = 'done' ORDER BY id DESC LIMIT 1"
        ).fetchone()
        changed, change = newest or (None, "")
        files = _files(connection)
        return Facts(
            library_id,
            schema,
            _holds(connection, tables, len({digest for digest, _, _ in files})),
            {name: _count(connection, f"SELECT count(*) FROM {name}") for name in tables},  # noqa: S608 - our tables
            files,
            None if changed is None else _EPOCH + timedelta(microseconds=changed),
            change,
        )


def pack(source: Path, target: Path, progress: Progress) -> str:
    """Compress a file into a new one that is on the disk afterwards; gives the SHA-256 of the uncompressed bytes.

    Raises:
        OSError: it cannot be written.
    """
    total, done, digest = source.stat().st_size, 0, hashlib.sha256()
    make_private(target)
    with source.open("rb") as plain, target.open("rb+") as stream:
        with gzip.GzipFile("", "wb", compresslevel=1, fileobj=stream, mtime=0) as packed:
            for chunk in chunks(plain):
                digest.update(chunk)
                packed.write(chunk)
                done += len(chunk)
                progress(done, total)
        stream.flush()
        os.fsync(stream.fileno())
    return digest.hexdigest()


def unpack(packed: Path, target: Path | None, progress: Progress, total: int = 0) -> str:
    """Read what `pack` wrote, into a new file that is on the disk afterwards or nowhere; gives its SHA-256.

    Raises:
        OSError, EOFError, zlib.error: it cannot be read or written.
    """
    done, digest = 0, hashlib.sha256()
    if target is not None:
        make_private(target)
    with gzip.open(packed) as stream, (target or Path(os.devnull)).open("rb+" if target else "wb") as plain:
        for chunk in chunks(stream):
            digest.update(chunk)
            plain.write(chunk)
            done += len(chunk)
            progress(done, max(done, total))
        plain.flush()
        if target is not None:
            os.fsync(plain.fileno())
    return digest.hexdigest()


def chunks(stream: BinaryIO | gzip.GzipFile) -> Iterator[bytes]:
    """The bytes of a stream, piece by piece."""
    while chunk := stream.read(_CHUNK):
        yield chunk


def make_private(path: Path) -> None:
    """Make an empty file that only its owner can read.

    Raises:
        OSError: it cannot be made, or there is one already.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def _refuse_half_an_import(connection: sqlite3.Connection) -> None:
    if connection.execute("SELECT 1 FROM changes WHERE status = 'pending'").fetchone():
        raise ExpectedError("An import is under way, so no backup was made. Wait until it is done, and try again.")


def _files(connection: sqlite3.Connection) -> tuple[tuple[str, str, int], ...]:
    if "attachments" not in columns(connection, "papers"):
        return ()
    query = "SELECT attachments FROM papers WHERE attachments != '[]' ORDER BY id"
    found = {tuple(each): None for (plain,) in connection.execute(query) for each in json.loads(plain)}
    return tuple((str(digest), str(name), int(size)) for digest, name, size in found)


def _holds(connection: sqlite3.Connection, tables: Sequence[str], files: int) -> dict[str, int]:
    asked = {
        "papers": "SELECT count(*) FROM papers WHERE trashed IS NULL",
        "trashed": "SELECT count(*) FROM papers WHERE trashed IS NOT NULL",
        "starred": "SELECT count(*) FROM papers WHERE starred AND trashed IS NULL",
        "notes": "SELECT count(*) FROM notes",
        "tags": "SELECT count(DISTINCT tag_id) FROM paper_tags",
        "listings": "SELECT count(*) FROM listings",
    }
    if "smart_lists" in tables:
        asked["smart_lists"] = "SELECT count(*) FROM smart_lists"
    return {name: _count(connection, query) for name, query in asked.items()} | {"files": files}


def _count(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The names of a table's columns."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
