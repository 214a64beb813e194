"""A damaged database set aside under a name of its own, so that another one can take its place."""

import os
from datetime import UTC, datetime
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.paths import sync_folder
from readinglist.store import checked
from readinglist.store.opening import BESIDE, DAMAGED, REPLACED, set_aside_before

_SHARED_FIRST, _SHARED_BYTES = 0x40000002, 510  # where SQLite locks a file that is being read (os_unix.c)


def set_aside(database: Path) -> Path:
    """Give a damaged database and its logs names of their own; gives the new path of the file. Nothing is deleted.

    Stopped half-way and called again, it goes on where it stopped.

    Raises:
        ExpectedError: it is open in another program, or cannot be renamed.
    """
    try:
        if database.exists():
            _refuse_if_open(database)
            aside = free_name(database, DAMAGED)
            database.replace(aside)
        else:
            aside = newest_aside(database) or free_name(database, DAMAGED)
        for suffix in BESIDE:
            log = database.with_name(database.name + suffix)
            if log.exists():
                log.replace(aside.with_name(aside.name + suffix))
        sync_folder(database.parent)
    except OSError as error:
        raise ExpectedError(
            f"The damaged library {database} could not be set aside: {error.strerror or error}. Nothing was changed."
        ) from error
    return aside


def newest_aside(database: Path) -> Path | None:
    """The database that was set aside last, damaged, or kept when another one took its place."""
    return max(set_aside_before(database), key=_when, default=None)


def _when(aside: Path) -> str:
    return aside.stem.partition(f"-{DAMAGED}-")[2] or aside.stem.partition(f"-{REPLACED}-")[2]


def free_name(database: Path, why: str) -> Path:
    """A name beside a database that says why and when it was set aside, and that no file has."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    return unused(database.with_stem(f"{database.stem}-{why}-{stamp}"))


def unused(path: Path) -> Path:
    """This path, with a number where a file has its name already."""
    free, number = path, 1
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def put_in_place(recovered: Path, database: Path) -> None:
    """Let a recovered file be the library, where there is none any more.

    Raises:
        ExpectedError: it cannot be renamed.
    """
    try:
        with recovered.open("rb+") as stream:
            os.fsync(stream.fileno())
        recovered.replace(database)
        sync_folder(database.parent)
        checked.forget(database.parent)
    except OSError as error:
        raise ExpectedError(
            f"{recovered} could not be renamed to {database}: {error.strerror or error}. Rename it by hand."
        ) from error


def _refuse_if_open(database: Path) -> None:
    """SQLite's own locks tell (fileformat2.html); they are asked for without SQLite, which would write to the file."""
    if os.name != "posix":
        return  # Windows renames no file that is open
    import fcntl

    with database.open("rb+") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _SHARED_FIRST)
        except OSError as error:
            raise ExpectedError(
                f"The library {database.parent} is open in another window or program. Close it there, and try again."
            ) from error
