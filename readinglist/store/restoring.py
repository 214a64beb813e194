"""A backup brought back into its place: today's library is backed up before, and the older state follows it."""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.paths import replacing
from readinglist.store import checked
from readinglist.store.aside import unused
from readinglist.store.backup import Progress, columns, faults
from readinglist.store.backup_set import Backup, Why, make, opened, share
from readinglist.store.database import FILE_NAME, SCHEMA_VERSION
from readinglist.store.opening import connected, why_not_written

_WAIT_SECONDS = 5.0  # for a program that is just ending, or for the process that indexes

# What a search finds of a paper: where these differ between two states, the index has to take the paper in again.
_INDEXED = ("title", "abstract", "authors", "attachments")


def restore(library_folder: Path, backup: Backup, progress: Progress) -> Backup | None:
    """Make a library what it was in a backup; gives the backup of today's that was made before, if there was one.

    A crash leaves today's library or the older one, whole. Where there is no database any more, the older one takes
    its place.

    Raises:
        CancelledError: `progress` raised it; nothing was changed.
        ExpectedError: the backup is damaged or from a newer version, today's library is open elsewhere or damaged, or
            there is no room. Nothing was changed.
    """
    refuse(library_folder, backup)
    database = library_folder / FILE_NAME
    with (
        tempfile.TemporaryDirectory(prefix="readinglist-") as scratch,
        opened(backup, Path(scratch), share(progress, 0, 2)) as then,
    ):
        wrong = faults(then)
        if wrong:
            raise ExpectedError(f"The backup {backup.name} is damaged: {wrong[0]}. Take another one.")
        try:
            aside = None
            if database.exists():
                aside = _exchange(library_folder, then, share(progress, 1, 2))
            else:
                _put_in_place(database, then)
        except (sqlite3.Error, OSError) as error:
            raise ExpectedError(
                f"The backup {backup.name} could not be brought back: {error}. The library {database} was left as "
                "it was."
            ) from error
    checked.forget(library_folder)
    return aside


def refuse(library_folder: Path, backup: Backup) -> None:
    """Say why a backup cannot be brought back, as far as that can be told before anything is read or written.

    Raises:
        ExpectedError: it is from a newer version, or the library cannot be written.
    """
    if backup.facts.schema > SCHEMA_VERSION:
        raise ExpectedError(
            f"The backup {backup.name} was made by a newer version of Reading List. Please update Reading List."
        )
    why = why_not_written((library_folder / FILE_NAME).resolve())
    if why:
        raise ExpectedError(f"{why} Nothing was changed.")


def _exchange(library_folder: Path, then: Path, progress: Progress) -> Backup:
    with _alone_with(library_folder / FILE_NAME) as today:
        aside = make(library_folder, library_folder / FILE_NAME, Why.BEFORE_RESTORE, progress, source=today)
        _follow(today, then)
        _put_into(today, then)
    return aside


def _put_in_place(database: Path, then: Path) -> None:
    """Put an older state where there is none, and what is left of a lost one out of its way."""
    with closing(sqlite3.connect(then, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        _ask_to_index(connection, [number for (number,) in connection.execute("SELECT id FROM papers")])
        connection.execute("COMMIT")
    for ending in ("-wal", "-shm"):
        left = database.with_name(f"{database.name}{ending}")
        if left.exists():  # SQLite would take it for this database's own
            left.replace(unused(left.with_name(f"left-{left.name}")))
    with replacing(database, private=True) as stream, then.open("rb") as plain:
        shutil.copyfileobj(plain, stream)


@contextmanager
def _alone_with(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a database that no other program, and no other part of this one, has open meanwhile.

    Raises:
        ExpectedError: another has it open.
    """
    with connected(path, timeout=_WAIT_SECONDS) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        try:
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")  # the lock stays until the connection is closed
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raise ExpectedError(
                f"The library {path.parent} is open in another window or program. Close it there, or wait "
                "until it is done, and try again. Nothing was changed."
            ) from error
        yield connection


def _put_into(today: sqlite3.Connection, then: Path) -> None:
    """Make a database what another one is, in one transaction: after a crash it is either of both, whole.

    Raises:
        sqlite3.Error: it cannot be written; it is as it was.
    """
    today.execute("PRAGMA synchronous = FULL")
    with closing(sqlite3.connect(then)) as source:
        source.backup(today)


def _follow(today: sqlite3.Connection, then: Path) -> None:
    """Prepare an older state to follow today's: ids given since are given to no other paper, the index catches up.

    Raises:
        sqlite3.Error: one of both cannot be read.
    """
    with closing(sqlite3.connect(then, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        _keep_given_ids(connection, dict(today.execute("SELECT name, seq FROM sqlite_sequence").fetchall()))
        _ask_to_index(connection, _differing(today, connection))
        connection.execute("COMMIT")


def _keep_given_ids(connection: sqlite3.Connection, given: dict[str, int]) -> None:
    has = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for name, number in given.items():
        if name in has:
            connection.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, name))
        else:
            connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, number))


def _ask_to_index(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    connection.executemany("INSERT OR REPLACE INTO to_index (paper_id) VALUES (?)", [(number,) for number in ids])


def _differing(today: sqlite3.Connection, then: sqlite3.Connection) -> list[int]:
    """The papers that the index may hold with other words than they had then, in ascending order."""
    words_now, words_then = _words(today, then), _words(then, today)
    ids = {number for number in words_now.keys() | words_then.keys() if words_now.get(number) != words_then.get(number)}
    for connection in (today, then):
        ids.update(number for (number,) in connection.execute("SELECT paper_id FROM to_index"))
    if _read_files(today) != _read_files(then) and "attachments" in columns(then, "papers"):
        ids.update(number for (number,) in then.execute("SELECT id FROM papers WHERE attachments != '[]'"))
    return sorted(ids)


def _read_files(connection: sqlite3.Connection) -> list[str]:
    """The digests of the files whose text is known."""
    if not columns(connection, "attachment_texts"):
        return []
    return [digest for (digest,) in connection.execute("SELECT digest FROM attachment_texts ORDER BY digest")]


def _words(connection: sqlite3.Connection, other: sqlite3.Connection) -> dict[int, bytes]:
    """Of each paper a digest of all its words that both databases have columns for."""
    shared = [name for name in _INDEXED if name in columns(connection, "papers") and name in columns(other, "papers")]
    found: dict[int, bytes] = {}
    for number, *texts in connection.execute(f"SELECT id, {', '.join(shared)} FROM papers"):  # noqa: S608 - our columns
        found[number] = _digest(texts)
    for number, text in connection.execute("SELECT paper_id, text FROM notes ORDER BY paper_id, created, id"):
        found[number] = _digest([found.get(number, b""), text])
    return found


def _digest(texts: Sequence[object]) -> bytes:
    return hashlib.blake2b(repr(texts).encode("utf-8", "surrogatepass"), digest_size=16).digest()
