"""Backups: made daily without being asked for, listed, verified, compared with today, and brought back.

Only `back_up` and `verify` may run while the library is open here; before `restore` it is to be closed.
"""

import hashlib
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from readinglist.errors import ExpectedError, UsageError
from readinglist.library import beside
from readinglist.library.answers import Progress
from readinglist.library.attaching import path_of
from readinglist.papers.paper import Attachment
from readinglist.paths import refuse_no_folder
from readinglist.store import backup_set, restoring
from readinglist.store.backup import Facts, faults
from readinglist.store.backup_set import PACKED, Backup, Why
from readinglist.store.comparing import Difference
from readinglist.store.database import FILE_NAME
from readinglist.store.paper_store import PaperStore

__all__ = ["Backup", "Difference", "Facts", "Report", "Why"]

RESTING = 0.02  # seconds between two steps of a backup that nobody waits for
_READ_AT_ONCE = 500
_IF_DUE = ("backup", "--if-due")
_LOOK_EVERY = 0.2  # seconds between two looks whether a process has ended, or is not wanted any more


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found: of which backup and when, what was compared, and what is wrong, each in words."""

    backup: Backup
    made: datetime
    compared: tuple[str, ...]
    wrong: tuple[str, ...]


def backups(folder: Path) -> list[Backup]:
    """The backups of the library in a folder, newest first."""
    return backup_set.backups(folder)


def unreadable(folder: Path) -> list[Path]:
    """The folders of backups that are damaged so that they cannot be told from others."""
    return backup_set.unreadable(folder)


def named(folder: Path, name: str = "") -> Backup:
    """The backup of this name, or whose name alone begins so; the newest where none is named.

    Raises:
        ExpectedError: there is no backup.
        UsageError: no backup, or several, have such a name.
    """
    every = backups(folder)
    refuse_no_folder(folder / backup_set.FOLDER)
    lost = [] if every else unreadable(folder)
    if lost:
        raise ExpectedError(
            f"No backup of the library {folder} can be read: {lost[-1]} is damaged, and what it holds cannot be told. "
            f"It is left as it is; {PACKED} in it may still be a whole database, packed by gzip."
        )
    if not every:
        raise ExpectedError(f"There is no backup of the library {folder} yet. `readinglist backup` makes one.")
    found = [each for each in every if each.name == name] or [each for each in every if each.name.startswith(name)]
    if not name:
        return every[0]
    if len(found) != 1:
        words = "No backup is" if not found else f"{len(found)} backups are"
        raise UsageError(f"{words} called {name}. `readinglist backup --list` shows all.")
    return found[0]


def today(folder: Path) -> Facts:
    """What the library in a folder holds today, as backups say what they hold.

    Raises:
        ExpectedError: there is none, or it cannot be read.
    """
    _need_library(folder)
    return backup_set.facts_of(folder / FILE_NAME)


def back_up(folder: Path, why: Why, progress: Progress, pause: float = 0.0) -> Backup:
    """Make a backup, and remove those that are no longer to be kept.

    Raises:
        CancelledError: `progress` raised it; no backup was made.
        ExpectedError: it could not be made; the earlier ones are as they were.
    """
    _need_library(folder)
    made = backup_set.make(folder, folder / FILE_NAME, why, progress, pause=pause)
    backup_set.thin_out(folder)
    return made


def is_due(folder: Path, now: datetime) -> bool:
    """Whether the library has no backup of this day of the reader's clock yet. Cheap: only names are looked at."""
    if not (folder / FILE_NAME).exists():
        return False
    last = backup_set.last_made(folder, now)
    return last is None or last.astimezone().date() < now.astimezone().date()


def last_made(folder: Path, now: datetime) -> datetime | None:
    """When the newest backup was made, None where there is none. Cheap: only names are looked at."""
    return backup_set.last_made(folder, now)


def back_up_if_due(folder: Path, progress: Progress) -> Backup | None:
    """Make the backup of this day, slowly, unless there is one, or nothing to be kept; gives it.

    Raises:
        CancelledError: `progress` raised it.
        ExpectedError: it could not be made.
    """
    if not is_due(folder, datetime.now(UTC)):
        return None
    held = today(folder)
    if held.changed is None and not held.tables.get("papers"):
        return None
    return back_up(folder, Why.DAILY, progress, RESTING)


def back_up_beside(folder: Path, progress: Progress) -> None:
    """Make the backup of this day, if it is due, in a process of its own, so that nobody here waits; returns after it.

    Raises:
        CancelledError: `progress` raised it; the process is stopped.
        ExpectedError: it could not be made.
    """
    if beside.is_off():
        back_up_if_due(folder, progress)
        return
    with subprocess.Popen(  # noqa: S603 - our own program
        beside.command(folder, *_IF_DUE),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            said = _said_at_the_end(process, progress)
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise ExpectedError(said.removeprefix("readinglist: ").strip() or "The backup of the day could not be made.")


def start_if_due(folder: Path) -> bool:
    """Make the backup of this day, where it is due, in a process of its own; whether it was started."""
    if beside.is_off() or not is_due(folder, datetime.now(UTC)):
        return False
    beside.start(folder, *_IF_DUE)
    return True


def compare(folder: Path, backup: Backup, progress: Progress) -> Difference:
    """What a restore of this backup would change in the library.

    Raises:
        CancelledError: `progress` raised it.
        ExpectedError: the backup is damaged, or the library cannot be read.
    """
    _need_library(folder)
    with (
        tempfile.TemporaryDirectory(prefix="readinglist-") as scratch,
        backup_set.opened(backup, Path(scratch), progress) as then,
    ):
        return backup_set.compare(backup, folder / FILE_NAME, then)


def refuse(folder: Path, backup: Backup) -> None:
    """Say why this backup cannot be brought back, as far as that can be told at once.

    Raises:
        ExpectedError: it is from a newer version, or the library cannot be written.
    """
    restoring.refuse(folder, backup)


def restore(folder: Path, backup: Backup, progress: Progress) -> Backup | None:
    """Make the library what it was in a backup; gives the backup of today's that is made before.

    Nothing of this program may have the library open. The index catches up when it is opened.

    Raises:
        CancelledError: `progress` raised it; nothing was changed.
        ExpectedError: it could not be restored, and nothing was changed; or another program has it open.
    """
    return restoring.restore(folder, backup, progress)


def verify(folder: Path, backup: Backup, progress: Progress) -> Report:
    """Open a backup in a scratch place, and compare it with what was written down when it was made.

    Raises:
        CancelledError: `progress` raised it.
        ExpectedError: there is no room to open it.
    """
    made = datetime.now(UTC)
    try:
        with tempfile.TemporaryDirectory(prefix="readinglist-") as scratch:
            compared, wrong = _verify(Path(scratch), backup, backup_set.share(progress, 0, 2))
    except backup_set.DamagedBackupError as error:
        return Report(backup, made, (), (str(error),))
    compared_files, wrong_files = _verify_files(folder, backup, backup_set.share(progress, 1, 2))
    return Report(backup, made, (*compared, *compared_files), (*wrong, *wrong_files))


def _verify(scratch: Path, backup: Backup, progress: Progress) -> tuple[list[str], list[str]]:
    with backup_set.opened(backup, scratch, progress) as plain:
        compared, wrong = ["the checksum of the database"], faults(plain)
        found = backup_set.facts_of(plain)
        compared.append("the database with itself, by SQLite's own checks")
        wrong += [
            f"{table} has {found.tables.get(table, 0):,} rows, {count:,} were backed up"
            for table, count in backup.facts.tables.items()
            if found.tables.get(table, 0) != count
        ]
        compared.append(f"the rows of {len(backup.facts.tables)} tables")
        library = scratch / "library"
        library.mkdir(mode=0o700)
        plain.replace(library / FILE_NAME)
        read = _read_all(library, progress)
    wanted = backup.facts.holds["papers"] + backup.facts.holds["trashed"]
    compared.append(f"{read:,} papers, each read as the program reads it")
    if read != wanted:
        wrong.append(f"{read:,} papers can be read, {wanted:,} were backed up")
    return compared, wrong


def _read_all(library: Path, progress: Progress) -> int:
    store = PaperStore(library)
    try:
        ids = [*store.ids(), *store.ids(trashed=True)]
        read = 0
        for start in range(0, len(ids), _READ_AT_ONCE):
            read += len(store.papers(ids[start : start + _READ_AT_ONCE]))
            progress(read, len(ids))
        return read
    finally:
        store.close()


def _verify_files(folder: Path, backup: Backup, progress: Progress) -> tuple[list[str], list[str]]:
    """Whether the attached files that a backup names are still there, as they were."""
    wrong = []
    files = backup.facts.files
    for done, (digest, name, size) in enumerate(files, 1):
        path = path_of(folder, Attachment(digest, name, size))
        try:
            with path.open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != digest:
                    wrong.append(f"the attached file {path} is not what it was")
        except OSError:
            wrong.append(f"the attached file {path} ({name}) is missing")
        progress(done, len(files))
    return ([f"{len(files):,} attached files by their checksums"] if files else []), wrong


def _said_at_the_end(process: "subprocess.Popen[str]", progress: Progress) -> str:
    while True:
        try:
            return process.communicate(timeout=_LOOK_EVERY)[1]
        except subprocess.TimeoutExpired:
            progress(0, 0)


def _need_library(folder: Path) -> None:
    if not (folder / FILE_NAME).exists():
        raise ExpectedError(f"There is no library in {folder}. Choose another folder.")
