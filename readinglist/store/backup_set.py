"""The backups of a library: one folder each, made whole before it gets its name, listed, and thinned out with age.

A backup is a folder `backups/2026-03-14T09-26-53Z` with `library.sqlite.gz`, the database as it was, and
`manifest.json`, which says what is in it, with checksums. Attached files never change and are kept once, in `files/`;
a backup names them.
"""

import gzip
import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from readinglist import __version__
from readinglist.errors import ExpectedError
from readinglist.papers.shapes import check, check_time
from readinglist.paths import acquire, refuse_no_folder, sync_folder, write_then_rename
from readinglist.store import comparing
from readinglist.store.backup import Facts, Progress, copy, facts, faults, pack, unpack
from readinglist.store.comparing import Difference
from readinglist.store.naming import every_digest_in
from readinglist.store.opening import connected

FOLDER = "backups"
PACKED = "library.sqlite.gz"
MANIFEST = "manifest.json"
PART = ".part"  # behind the name of one that is being made, or removed

# What is kept: mistakes are mostly noticed within a week, and those that are not, much later. The newest backup of each
# of the last 7 days, 4 weeks and 12 months that have one: at most 23, nearly a year back.
DAILY, WEEKLY, MONTHLY = 7, 4, 12
OTHERS = 5  # the newest of those made by hand, before a restore, before an update, and daily, are kept however old

_AHEAD = timedelta(days=1)  # a backup that is further ahead was made while the clock was wrong
_COUNTED = {"papers", "trashed", "starred", "notes", "tags", "listings"}  # by the backups of every version
_FORMAT = 1
_PLAIN = "library.sqlite"
_LOCK = "backup.lock"
_NAME = "%Y-%m-%dT%H-%M-%SZ"


class DamagedBackupError(ExpectedError):
    """A backup is not what was written."""


class Why(StrEnum):
    """What a backup was made for."""

    DAILY = "daily"
    BY_HAND = "by-hand"
    BEFORE_RESTORE = "before-restore"
    BEFORE_UPDATE = "before-update"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its name and folder, when (UTC) and why it was made, and what it holds.

    `size` is what it takes on the disk, `plain_size` and `sha256` (hex) are those of its unpacked database.
    """

    name: str
    folder: Path
    made: datetime
    why: Why
    facts: Facts
    size: int
    plain_size: int
    sha256: str


def backups(library_folder: Path) -> list[Backup]:
    """The backups of a library, newest first; those without a manifest that can be read are left out.

    Those of the future were made while the clock was wrong, nobody knows when: they come last.
    """
    found = [backup for folder in _folders(library_folder) if (backup := _read(folder)) is not None]
    now = datetime.now(UTC)
    return sorted(found, key=lambda each: (not _is_of_future(each, now), each.made, each.name), reverse=True)


def unreadable(library_folder: Path) -> list[Path]:
    """The folders of backups whose manifest cannot be read; nobody removes them."""
    return sorted(folder for folder in _folders(library_folder) if _read(folder) is None)


def last_made(library_folder: Path, now: datetime) -> datetime | None:
    """When the newest backup was made, by its name alone; one of the future, from a wrong clock, does not count."""
    found = None
    for manifest in (library_folder / FOLDER).glob(f"*/{MANIFEST}"):
        try:
            made = datetime.strptime(manifest.parent.name[: len("2026-03-14T09-26-53Z")], _NAME).replace(tzinfo=UTC)
        except ValueError:
            continue
        if made <= now and (found is None or made > found) and not manifest.parent.name.endswith(PART):
            found = made
    return found


def make(
    library_folder: Path,
    database: Path,
    why: Why,
    progress: Progress,
    *,
    source: sqlite3.Connection | None = None,
    pause: float = 0.0,
    wait: float = 0.0,
) -> Backup:
    """Back a library up: copied, opened and checked, packed, read back, and only then given its name.

    Args:
        library_folder: where its backups are.
        database: its SQLite file.
        why: what for. One before an update may hold half an import: opened, it takes it back.
        progress: is told how much is done of how much.
        source: a connection to copy from; else one is made.
        pause: seconds to rest between two steps of copying.
        wait: seconds to wait for another backup that is being made.

    Raises:
        CancelledError: `progress` raised it.
        ExpectedError: it could not be made; the backups are as they were.
    """
    folder = library_folder / FOLDER
    with _explained(folder), _alone(folder, wait):
        _remove_leftovers(folder)
        name, made = _new_name(folder)
        part = folder / f"{name}{PART}"
        part.mkdir(mode=0o700)
        try:
            with _source(database, source) as connection:
                copy(connection, part / _PLAIN, share(progress, 0, 3), pause, half_imports=why is Why.BEFORE_UPDATE)
            _pack_checked(part, made, why, progress)
            sync_folder(part)
            part.replace(folder / name)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
        sync_folder(folder)
        backup = _read(folder / name)
    if backup is None:
        raise ExpectedError(f"The backup {folder / name} cannot be read again. Check the disk.")
    return backup


def thin_out(library_folder: Path) -> list[Backup]:
    """Remove the backups that are not to be kept; gives them."""
    found = backups(library_folder)
    kept = {backup.name for backup in to_keep(found, datetime.now(UTC))}
    gone = _not_needed(found, kept)
    for backup in gone:
        hidden = backup.folder.with_name(f"{backup.name}{PART}")
        try:
            backup.folder.replace(hidden)  # at one stroke: half a backup must not look like one
        except OSError:
            continue
        shutil.rmtree(hidden, ignore_errors=True)
    return gone


def to_keep(newest_first: Sequence[Backup], now: datetime) -> list[Backup]:
    """Those of all backups that are to be kept, by the days, weeks and months of the reader's own clock.

    Those that a wrong clock made in the future are counted by themselves: they must not push out those of today.
    """
    kept: set[str] = set()
    for is_of_future in (False, True):
        kept |= _names_to_keep([each for each in newest_first if _is_of_future(each, now) is is_of_future])
    return [backup for backup in newest_first if backup.name in kept]


def _names_to_keep(newest_first: Sequence[Backup]) -> set[str]:
    kept: set[str] = set()
    for most, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        firsts: dict[str, Backup] = {}
        for backup in newest_first:
            firsts.setdefault(backup.made.astimezone().strftime(period), backup)
        kept.update(backup.name for backup in list(firsts.values())[:most])
    for why in Why:
        kept.update([backup.name for backup in newest_first if backup.why is why][:OTHERS])
    return kept


def _not_needed(newest_first: Sequence[Backup], kept: Collection[str]) -> list[Backup]:
    """The backups that are not to be kept, but for those behind one that is kept and damaged: it takes no one's place.

    Only what stands before one that goes is read, and that is one a day.
    """
    gone: list[Backup] = []
    newer: Backup | None = None
    is_whole = False
    for backup in newest_first:
        if backup.name in kept:
            newer, is_whole = backup, False
            continue
        is_whole = is_whole or (newer is not None and _is_whole(newer))
        gone += [backup] if is_whole else []
    return gone


def _is_whole(backup: Backup) -> bool:
    try:
        return unpack(backup.folder / PACKED, None, lambda _done, _total: None) == backup.sha256
    except (OSError, EOFError, zlib.error):
        return False


def _is_of_future(backup: Backup, now: datetime) -> bool:
    return backup.made > now + _AHEAD


def _folders(library_folder: Path) -> list[Path]:
    try:
        entries = list(os.scandir(library_folder / FOLDER))
    except OSError:
        return []
    return [Path(entry.path) for entry in entries if entry.is_dir() and not entry.name.endswith(PART)]


def facts_of(database: Path) -> Facts:
    """What a library's database holds today.

    Raises:
        ExpectedError: it cannot be read.
    """
    try:
        return facts(database)
    except sqlite3.Error as error:
        raise ExpectedError(
            f"The library {database} cannot be read: {error}. Keep a copy of the folder before you do anything else."
        ) from error


def compare(backup: Backup, today: Path, then: Path) -> Difference:
    """What a restore of this backup, which is opened at `then`, would change in today's database.

    Raises:
        ExpectedError: one of both cannot be read.
    """
    try:
        return comparing.compare(today, then)
    except sqlite3.Error as error:
        raise ExpectedError(
            f"The library {today.parent} cannot be compared with the backup {backup.name}: {error}. Free some space if "
            "the disk is full; `readinglist recover` tells whether the library is damaged. Nothing was changed."
        ) from error


@contextmanager
def opened(backup: Backup, scratch: Path, progress: Progress) -> Iterator[Path]:
    """The database of a backup in a new file in a folder, as long as it is looked at.

    Raises:
        DamagedBackupError: it is not what was written.
        ExpectedError: it cannot be unpacked there.
    """
    plain = scratch / f"{backup.name}.sqlite"
    try:
        _unpack(backup, plain, progress)
        yield plain
    finally:
        for path in scratch.glob(f"{plain.name}*"):
            path.unlink(missing_ok=True)


def _unpack(backup: Backup, plain: Path, progress: Progress) -> None:
    damaged = DamagedBackupError(
        f"The backup {backup.name} is damaged: it is not what was written. Take another one; this one is left as it is."
    )
    try:
        found = unpack(backup.folder / PACKED, plain, progress, backup.plain_size)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise damaged from error
    except OSError as error:
        raise ExpectedError(
            f"The backup {backup.name} could not be unpacked to {plain.parent}: {error.strerror}. It takes "
            f"{backup.plain_size:,} bytes there for a while: free some space, or set TMPDIR to another folder."
        ) from error
    if found != backup.sha256:
        raise damaged


def _pack_checked(part: Path, made: datetime, why: Why, progress: Progress) -> None:
    """Check the copy, pack it, compare what was packed with it, and say in the manifest what it is."""
    plain = part / _PLAIN
    wrong = faults(plain)
    if wrong:
        raise ExpectedError(
            f"The library is damaged, so no backup was made of it: {'; '.join(wrong[:3])}. `readinglist check` tells "
            "more. The earlier backups are as they were."
        )
    held, named, size = facts(plain), _named(plain), plain.stat().st_size
    digest = pack(plain, part / PACKED, share(progress, 1, 3))
    if unpack(part / PACKED, None, share(progress, 2, 3), size) != digest:
        raise ExpectedError(f"The disk does not give back what was written to {part.parent}. Check the disk.")
    plain.unlink()
    manifest = _manifest(made, why, held, {"bytes": size, "sha256": digest}) | named
    write_then_rename(part / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode(), private=True)


def _named(plain: Path) -> dict[str, Any]:
    """All digests in it: a library brought back can undo its past, and that needs more files than its papers have."""
    try:
        return {"named": every_digest_in(plain)}
    except zlib.error:  # a step of its journal is damaged: nobody knows what that names
        return {}


def _manifest(made: datetime, why: Why, held: Facts, database: dict[str, Any]) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "program": __version__,
        "made": made.isoformat(),
        "why": why.value,
        "library": held.library_id,
        "schema": held.schema,
        "database": database,
        "holds": held.holds,
        "tables": held.tables,
        "newest_change": held.changed and {"made": held.changed.isoformat(), "label": held.change},
        "files": [list(each) for each in held.files],
    }


def _read(folder: Path) -> Backup | None:
    """The backup in a folder; None where there is none that is whole, as far as its manifest tells."""
    try:
        plain = json.loads((folder / MANIFEST).read_bytes())
        newest = plain["newest_change"]
        held = Facts(
            plain["library"],
            plain["schema"],
            {name: int(count) for name, count in plain["holds"].items()},
            {name: int(count) for name, count in plain["tables"].items()},
            tuple((digest, name, size) for digest, name, size in plain["files"]),
            datetime.fromisoformat(newest["made"]) if newest else None,
            newest["label"] if newest else "",
        )
        made, database = datetime.fromisoformat(plain["made"]), plain["database"]
        check(held, Facts)
        check_time(made)
        if not held.holds.keys() >= _COUNTED:
            return None
        size = sum(path.stat().st_size for path in (folder / PACKED, folder / MANIFEST))
        return Backup(
            folder.name, folder, made, Why(plain["why"]), held, size, int(database["bytes"]), str(database["sha256"])
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def share(progress: Progress, step: int, steps: int) -> Progress:
    """The progress of one step, from 0, as a part of the whole."""
    return lambda done, total: progress(1000 * step + 1000 * done // max(total, 1), 1000 * steps)


@contextmanager
def _source(database: Path, source: sqlite3.Connection | None) -> Iterator[sqlite3.Connection]:
    if source is not None:
        yield source
        return
    with connected(database) as connection:
        yield connection


@contextmanager
def _alone(folder: Path, wait: float) -> Iterator[None]:
    try:
        refuse_no_folder(folder)
    except ExpectedError as error:
        raise ExpectedError(f"The backup could not be made. {error}") from error
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        with acquire(FileLock(folder / _LOCK, mode=0o600), wait):
            yield
    except Timeout as error:
        raise ExpectedError("Another backup of this library is being made. Try again in a moment.") from error


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExpectedError(
            f"The backup could not be made in {folder}: {reason}. Free some space, or check the permissions; the "
            "library and its earlier backups are as they were."
        ) from error


def _new_name(folder: Path) -> tuple[str, datetime]:
    made = datetime.now(UTC).replace(microsecond=0)
    name, number = made.strftime(_NAME), 1
    while (folder / name).exists():
        number += 1
        name = f"{made.strftime(_NAME)}-{number}"
    return name, made


def _remove_leftovers(folder: Path) -> None:
    """What programs that were killed left behind; nobody makes a backup now."""
    for path in folder.glob(f"*{PART}"):
        shutil.rmtree(path, ignore_errors=True)
