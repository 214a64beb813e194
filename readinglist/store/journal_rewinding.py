"""The library as of an earlier moment: a copy of the database whose journal is taken back to that moment.

A change was in force at a moment where it was made before, and taken back never or later. What is in force now and was
not then is undone, newest first; what was in force then and was undone since is done again, oldest first. What an
early version of the program undid has no moment: it counts as undone at once. Where the clock went back and forth, the
changes are parted at the place that the fewest of their times contradict.
"""

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from pathlib import Path

from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import DatabaseError

from readinglist.errors import ExpectedError
from readinglist.store import journal, journal_past
from readinglist.store.database import FILE_NAME, Database
from readinglist.store.opening import connected, has_no_space
from readinglist.store.tables import LIBRARY, MEMORIES, PAPERS, READ_ONLY

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class _Known:
    """A change: whether it is in force now, and when it was made, undone, done again and so on."""

    number: int
    made: datetime
    done: bool
    turns: tuple[datetime, ...]

    def done_at(self, moment: datetime) -> bool:
        """Whether it was in force, if it was made before."""
        if not self.turns:
            return self.done
        return sum(turn <= moment for turn in self.turns) % 2 == 0


def copy_to(path: Path, folder: Path) -> None:
    """Put a copy of the library at `path` into an empty folder; the library itself is only read.

    Raises:
        ExpectedError: the copy cannot be written.
    """
    copy = folder / FILE_NAME
    try:
        os.close(os.open(copy, os.O_CREAT | os.O_RDWR, 0o600))
        with connected(path) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except (OSError, sqlite3.Error) as error:
        raise no_room(folder, error) from error


def no_room(folder: Path, error: Exception) -> ExpectedError:
    """The error that tells that the copy has no room, and where."""
    return ExpectedError(
        f"The library of an earlier day is a copy in {folder.parent}, which could not be written: {error}. Free some "
        "space on that disk, or set TMPDIR to a folder on another one; the library itself is as it was."
    )


def rewind_copy(folder: Path, moment: datetime, words: str, progress: Progress) -> None:
    """Take a copy of a library back to a moment; it is read only then, and says so with these words.

    Raises:
        ExpectedError: the journal does not tell of that moment, or the disk is full.
        CancelledError: `progress` raised it.
    """
    database = Database(folder)
    try:
        if has_no_space(database.path):
            raise no_room(folder, OSError("the disk is full"))
        with database.writing() as connection:
            rewind(connection, moment, progress)
            connection.execute(insert(LIBRARY).values(key=READ_ONLY, value=words))
            connection.execute(delete(MEMORIES).where(MEMORIES.c.kind == "export"))  # those files are today's
    except DatabaseError as error:
        raise ExpectedError(
            "The journal does not tell how the library was then: the clock of the machine went back around that day. "
            "Choose another day."
        ) from error
    finally:
        database.close()


def rewind(connection: Connection, moment: datetime, progress: Progress) -> None:
    """Take a library back to how it was at a moment, within the caller's transaction."""
    for change_id in journal.pending(connection):
        journal.roll_back(connection, change_id)
    known = [_Known(*row) for row in journal_past.turns(connection)]
    before = _parted(known, moment)
    then = [each for each in known[:before] if each.done_at(moment)]
    now = [each for each in known if each.done]
    shared = sum(1 for one, other in zip(now, then, strict=False) if one == other)
    undone, redone = now[shared:][::-1], then[shared:]
    for count, each in enumerate((*undone, *redone)):
        progress(count, len(undone) + len(redone))
        take = journal.take_back if count < len(undone) else journal.do_again
        take(connection, each.number, moment)
    connection.execute(update(PAPERS).where(PAPERS.c.looked_at > moment).values(looked_at=None))


def _parted(known: Sequence[_Known], moment: datetime) -> int:
    """How many changes were made before a moment: where the fewest times contradict that."""
    late = [each.made > moment for each in known]
    wrong_before = [0, *accumulate(late)]
    early = len(known) - sum(late)
    wrong = [bad + early - (place - bad) for place, bad in enumerate(wrong_before)]
    return max(range(len(wrong)), key=lambda place: (-wrong[place], place))
