"""Which databases this program has open: to read their files by other means would let go of SQLite's locks.

POSIX lets go of all locks that a program has on a file when it closes any handle of it; other programs would then take
the log of an open database for one that is left over ("How To Corrupt An SQLite Database File", 2.2).
"""

import os
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

Identity = tuple[int, int]

_open = Counter[Identity | None]()
_lock = threading.Lock()


def identity(path: Path) -> Identity | None:
    """What tells a file from any other at its path; None where none is there."""
    with suppress(OSError):
        status = os.stat(path)  # noqa: PTH116 - before each edit
        return status.st_dev, status.st_ino
    return None


def is_open(path: Path) -> bool:
    """Whether this program has the database at a path open."""
    with _lock:
        return _open[identity(path)] > 0


def opened(file: Identity | None) -> None:
    """A file is open once more."""
    with _lock:
        _open[file] += 1


def closed(file: Identity | None) -> None:
    """A file is open once less."""
    with _lock:
        _open[file] -= 1
