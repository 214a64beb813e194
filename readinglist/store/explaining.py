"""What errors of SQLite mean to a reader, and which of them tell of a damaged file."""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from readinglist.errors import ExpectedError
from readinglist.store import opening


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error tells of a damaged file. Python's own, of bytes that are no text, has no code."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB} or str(error).startswith("Could not decode to UTF-8")


def explain(error: DatabaseError, path: Path) -> Exception:
    """What a database error means to the user; our own mistakes come back as they are."""
    original = error.orig
    code = getattr(original, "sqlite_errorcode", 0) & 0xFF
    messages = {
        sqlite3.SQLITE_FULL: "the disk is full. Free some space and try again; nothing was lost.",
        sqlite3.SQLITE_BUSY: "another program is writing to it and did not finish in time. Try again in a moment.",
        sqlite3.SQLITE_LOCKED: "another program is writing to it and did not finish in time. Try again in a moment.",
        sqlite3.SQLITE_READONLY: "it cannot be written. Check the permissions of the file and its folder.",
        sqlite3.SQLITE_CANTOPEN: "it cannot be opened. Check the permissions of the file and its folder.",
        sqlite3.SQLITE_IOERR: "the disk reports an error. Check the disk, and keep a copy of the folder.",
        sqlite3.SQLITE_PROTOCOL: "its disk does not let programs lock files. Copy its folder to another disk.",
    }
    if isinstance(original, sqlite3.Error) and is_damage(original):
        return opening.damaged(path, str(original))
    if code == sqlite3.SQLITE_IOERR and opening.has_no_space(path):
        code = sqlite3.SQLITE_FULL
    if code in messages:
        return ExpectedError(f"The library {path}: {messages[code]}")
    return error
