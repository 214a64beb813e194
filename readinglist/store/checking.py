"""Whether a database is whole, by SQLite's own checks, and what a second version of it holds."""

import re
import sqlite3
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from readinglist.errors import DamagedError, ExpectedError
from readinglist.store import backup, checked
from readinglist.store.comparing import Difference, compare
from readinglist.store.database import Database
from readinglist.store.explaining import is_damage
from readinglist.store.opening import connected

_MOST_TOLD = 20
_OF_FILE = re.compile(r"\b(page|tree|btree|freelist|freeblock|cell|rowid|malformed)\b", re.IGNORECASE)
_RESTING = 0.02  # seconds between two steps of copying


def faults(connection: Connection) -> list[str]:
    """What is wrong with the database, in words; nothing where it is whole.

    SQLite's `integrity_check` reads all of the file; `foreign_key_check` looks for rows that belong to none.
    """
    found = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_TOLD})").scalars().all()
    lines = [line for each in found for line in str(each).splitlines()]
    told = [line for line in lines if line != "ok" and not line.startswith("***")]  # those only name the database
    orphans: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        orphans[table, parent] = orphans.get((table, parent), 0) + 1
    told += [f"{count} rows of {table} belong to no row of {parent}" for (table, parent), count in orphans.items()]
    return told


def in_words(faults: Sequence[str]) -> str:
    """What the faults of a database amount to: a part of a sentence."""
    kinds = dict.fromkeys(map(_kind, faults))
    count = "1 fault" if len(faults) == 1 else f"{len(faults):,} faults"
    return f"{', and '.join(kinds)} ({count} found)"


def _kind(fault: str) -> str:
    if " index " in fault:
        return "what it is searched and sorted by does not fit the papers"
    if _OF_FILE.search(fault):
        return "parts of its file cannot be read or hold what does not belong there"
    return fault


def why_damaged(folder: Path) -> str:
    """What is wrong with the database in a folder, in words; "" where it is whole. The database stays as it is.

    Raises:
        ExpectedError: it cannot be opened for another reason than damage.
    """
    try:
        database = Database(folder, read_only="It is looked at.")
    except DamagedError as error:
        return str(error)
    try:
        with database.reading() as connection:
            found = faults(connection)
    except DamagedError as error:
        return str(error)
    finally:
        database.close()
    if not found and checked.damage(folder):
        checked.note(folder, found)  # what was found damaged was put right by other means
    return f"The library {database.path} is damaged: {in_words(found)}." if found else ""


def faults_of_copy(path: Path) -> list[str]:
    """What is wrong with a database, by the checks of a copy of it that is made step by step: no edit waits for them.

    Raises:
        ExpectedError: it cannot be copied, for another reason than damage.
    """
    with tempfile.TemporaryDirectory(prefix="readinglist-") as scratch:
        copied = Path(scratch) / path.name
        try:
            with connected(path) as source:
                backup.copy(source, copied, lambda _done, _total: None, _RESTING, half_imports=True)
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, sqlite3.Error) and is_damage(error):
                return [str(error)]
            raise ExpectedError(f"The library {path} could not be copied to be checked: {error}.") from error
        return backup.faults(copied)


def compare_versions(database: Path, copy: Path) -> Difference:
    """What a copy of a database holds against it; neither is changed.

    Raises:
        ExpectedError: one of both cannot be read.
    """
    try:
        return compare(database, copy)
    except sqlite3.Error as error:
        raise ExpectedError(f"{copy} cannot be compared with the library: {error}.") from error
