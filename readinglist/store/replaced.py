"""A database that was moved away or exchanged while it was open: its log is not left to the one that stands there next.

SQLite tells a log from that of another database by nothing: opened with it, the new database would be a mixture of both
("How To Corrupt An SQLite Database File", 1.4). SQLite leaves the log where the file was moved, so we take it away.
"""

import os
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from readinglist.store.backup import copy

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """What tells a file from any other at its path; None where none is there."""
    with suppress(OSError):
        status = os.stat(path)  # noqa: PTH116 - before each edit
        return status.st_dev, status.st_ino
    return None


class OwnLog:
    """The write-ahead log of an open database, and its shared memory, as they stand when this is made."""

    def __init__(self, database: Path) -> None:
        self._database = database
        beside = (database.with_name(database.name + suffix) for suffix in ("-wal", "-shm"))
        self._files = [(path, found) for path in beside if (found := identity(path)) is not None]

    def take_away(self, source: sqlite3.Connection) -> Path | None:
        """Keep the database with its log in a file of its own, where the log was left behind, and remove that.

        Args:
            source: a connection that was opened before the database was moved away.

        Returns:
            The file; None where no log was left behind.
        """
        left = [path for path, known in self._files if identity(path) == known]
        if not left:
            return None
        kept = self._free_name()
        try:
            copy(source, kept, lambda _done, _total: None, half_imports=True)
        except (OSError, sqlite3.Error):
            kept.unlink(missing_ok=True)
            for path in left:  # there is no room for more
                path.replace(kept.with_name(kept.name + path.name.removeprefix(self._database.name)))
            return None
        for path in left:
            path.unlink()
        return kept

    def _free_name(self) -> Path:
        stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
        free, number = self._database.with_stem(f"{self._database.stem}-replaced-{stamp}"), 1
        while free.exists():
            number += 1
            free = self._database.with_stem(f"{self._database.stem}-replaced-{stamp}-{number}")
        return free
