"""What the last check of all of a database found, noted beside it, so that every program knows of damage."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.paths import write_then_rename
from readinglist.store.opening import FILE_NAME

CHECKED = "checked.json"
_DAMAGED = "damaged"


def today() -> date:
    """The day of this machine's clock."""
    return datetime.now(UTC).astimezone().date()


def note(folder: Path, found: Sequence[str]) -> None:
    """Note that a database was checked today, and what is wrong with it. Where that fails, it is checked again."""
    plain = {"day": today().isoformat(), "file": _mark(folder), _DAMAGED: list(found)}
    with suppress(ExpectedError):
        write_then_rename(folder / CHECKED, json.dumps(plain).encode(), private=True)


def forget(folder: Path) -> None:
    """Forget what was noted of a database whose place another one took."""
    with suppress(OSError):
        (folder / CHECKED).unlink()


def checked_on(folder: Path) -> date | None:
    """The day of the last check; None where there was none, or another database stands there than was damaged then."""
    noted = _noted(folder)
    if noted.get(_DAMAGED) and not damage(folder):
        return None
    try:
        return date.fromisoformat(str(noted.get("day")))
    except ValueError:
        return None


def damage(folder: Path) -> str:
    """What the last check found wrong with the database that stands there still; "" where nothing."""
    noted = _noted(folder)
    found = noted.get(_DAMAGED)
    if not isinstance(found, list) or not found or noted.get("file") != _mark(folder):
        return ""
    return str(found[0])


class Watch:
    """What is noted of a library that is open, read again only where a program noted something new."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: tuple[int, int] | None = None
        self._damage = ""

    def damage(self) -> str:
        """What is wrong with the database as far as was noted; "" where nothing."""
        seen = None
        with suppress(OSError):
            status = (self._folder / CHECKED).stat()
            seen = status.st_ino, status.st_mtime_ns
        if seen != self._seen:
            self._seen, self._damage = seen, damage(self._folder)
        return self._damage


def _noted(folder: Path) -> dict[str, object]:
    try:
        plain = json.loads((folder / CHECKED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return plain if isinstance(plain, dict) else {}


def _mark(folder: Path) -> str:
    """What tells a damaged database, to which nothing is written any more, from most others: in copies too, its size.

    Its content is not looked at: to close a file that SQLite has open in this program would let go of SQLite's locks
    ("How To Corrupt An SQLite Database File", 2.2). One of the same size is known to be whole after the next check.
    """
    try:
        return str((folder / FILE_NAME).stat().st_size)
    except OSError:
        return ""
