"""A database that went or was exchanged while it was open, or its log: what was open is kept, and mixes with none.

SQLite tells a log from that of another database by nothing: opened with it, the new database would be a mixture of both
("How To Corrupt An SQLite Database File", 1.4). SQLite leaves the log where the file was moved, so we take it away.
A log that is removed is written on where nobody finds it, while other programs begin another one (4.2): what either
wrote would be overwritten by the one that is closed last.
"""

import sqlite3
from pathlib import Path

from readinglist.store.aside import free_name
from readinglist.store.backup import copy
from readinglist.store.in_use import identity
from readinglist.store.opening import REPLACED


class OwnLog:
    """The write-ahead log of an open database, and its shared memory, as they stand when this is made."""

    def __init__(self, database: Path) -> None:
        self._database = database
        beside = (database.with_name(database.name + suffix) for suffix in ("-wal", "-shm"))
        self._files = [(path, found) for path in beside if (found := identity(path)) is not None]
        self._is_kept = False

    @property
    def is_lost(self) -> bool:
        """Whether one of both is no longer where it was."""
        return any(identity(path) != known for path, known in self._files)

    def take_away(self, source: sqlite3.Connection, *, is_left: bool) -> Path | None:
        """Keep the database with its log in a file of its own, once.

        Args:
            source: a connection that was opened before the database was moved away.
            is_left: whether the log belongs to a database that is no longer there, and is removed.

        Returns:
            The file; None where no log was left behind or lost, as where all of it was moved together.
        """
        left = [path for path, known in self._files if identity(path) == known] if is_left else []
        if self._is_kept or not self._database.parent.is_dir() or not (left or self.is_lost):
            return None
        kept = free_name(self._database, REPLACED)
        try:
            copy(source, kept, lambda _done, _total: None, half_imports=True)
        except (OSError, sqlite3.Error):
            kept.unlink(missing_ok=True)
            for path in left:  # there is no room for more
                path.replace(kept.with_name(kept.name + path.name.removeprefix(self._database.name)))
            return None
        self._is_kept = True
        for path in left:
            path.unlink()
        return kept
