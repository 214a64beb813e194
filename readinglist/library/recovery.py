"""Recovery: a damaged library set aside, and in its place what can be read of it or a backup, as the reader chooses."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.library import backups
from readinglist.library.answers import Progress
from readinglist.library.backups import Backup
from readinglist.library.base import now
from readinglist.store.aside import newest_aside, put_in_place, set_aside
from readinglist.store.backup import facts
from readinglist.store.checking import why_damaged
from readinglist.store.database import FILE_NAME
from readinglist.store.salvage import salvage

__all__ = ["Findings", "Recovered"]


@dataclass(frozen=True, slots=True)
class Recovered:
    """What could be read of the damaged database: the file it stands in now, what that holds, and what was lost.

    `holds` counts as a backup's facts do; `changed` is when the newest change that is known was made.
    """

    path: Path
    holds: dict[str, int]
    changed: datetime | None
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What can be brought back: the recovered part (else why there is none), and the backups, newest first."""

    recovered: Recovered | None
    why_none: str
    backups: tuple[Backup, ...]


def what_is_wrong(folder: Path) -> str:
    """What is wrong with the library in a folder, in the words of opening it; "" where it opens.

    Raises:
        ExpectedError: it cannot be opened for another reason than damage.
    """
    if not (folder / FILE_NAME).exists() and newest_aside(folder / FILE_NAME) is None and not backups.backups(folder):
        raise ExpectedError(f"There is no library in {folder}, and nothing to recover one from.")
    return why_damaged(folder)


def look(folder: Path, progress: Progress) -> Findings:
    """Read what can be read of a damaged library into a new file beside it, and list the backups. It stays as it is.

    Raises:
        CancelledError: `progress` raised it; the new file is removed.
    """
    made = tuple(backups.backups(folder))
    database = folder / FILE_NAME
    source = database if database.exists() and database.stat().st_size else newest_aside(database)
    if source is None:
        return Findings(None, "Of the library itself nothing is left.", made)
    target = folder / f"library-recovered-{now():%Y-%m-%dT%H-%M-%SZ}.sqlite"
    try:
        told = salvage(source, target, progress)
    except ExpectedError as error:
        target.unlink(missing_ok=True)
        return Findings(None, str(error), made)
    held = facts(target)
    return Findings(Recovered(target, held.holds, held.changed, tuple(told.lost)), "", made)


def forget(findings: Findings) -> None:
    """Remove the recovered file that was not chosen; it can be made again."""
    if findings.recovered is not None:
        findings.recovered.path.unlink(missing_ok=True)


def take_recovered(folder: Path, recovered: Recovered) -> Path:
    """Let the recovered part be the library; gives where the damaged one is kept.

    Raises:
        ExpectedError: another program has the library open, or the files cannot be renamed.
    """
    kept = set_aside(folder / FILE_NAME)
    put_in_place(recovered.path, folder / FILE_NAME)
    return kept


def take_backup(folder: Path, backup: Backup, progress: Progress) -> Path:
    """Let a backup be the library; gives where the damaged one is kept.

    Raises:
        ExpectedError: another program has the library open, the backup is damaged too, or there is no room.
    """
    kept = set_aside(folder / FILE_NAME)
    backups.restore(folder, backup, progress)
    return kept
