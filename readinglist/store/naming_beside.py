"""Which kept files are named beside a library: by its backups, and by other databases in its folder.

A file goes only where all of them were read and none names it; what cannot be read may name any.
"""

import json
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path

from readinglist.store import backup_set
from readinglist.store.backup import unpack
from readinglist.store.naming import every_digest_in
from readinglist.store.opening import BESIDE, DAMAGED, FILE_NAME

_MAGIC = b"SQLite format 3\0"


class CannotTellError(Exception):
    """A database that cannot be read, and so may name any file; the words are its path."""


def named_beside(library_folder: Path, wanted: AbstractSet[str]) -> set[str]:
    """Those of some digests that a backup names, or another database in the library's folder.

    Raises:
        CannotTellError: one of these cannot be read.
    """
    found: set[str] = set()
    for digests in _of_all(library_folder):
        found |= wanted & digests
        if len(found) == len(wanted):
            break
    return found


def _of_all(library_folder: Path) -> Iterator[set[str]]:
    for folder in _within(library_folder / backup_set.FOLDER):
        if folder.is_dir() and folder.suffix != backup_set.PART:  # what is being made is made of the library
            yield _in_backup(folder)
    own = library_folder / FILE_NAME
    for path in _within(library_folder):
        if path.is_file() and not _is_open(path, own) and _is_database(path):
            yield _in_database(path)


def _is_open(path: Path, own: Path) -> bool:
    """Whether a file is the open database, or a log of one, which is looked at with its database.

    To close a file that SQLite has open in this program would let go of SQLite's locks ("How To Corrupt An SQLite
    Database File", 2.2).
    """
    return path.name.endswith(BESIDE) or (own.exists() and path.samefile(own))


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise CannotTellError(str(folder)) from error


def _in_backup(folder: Path) -> set[str]:
    """What a backup names: what its manifest says, else what its database does."""
    try:
        manifest = json.loads((folder / backup_set.MANIFEST).read_bytes())
        return {*manifest["named"], *(digest for digest, *_ in manifest["files"])}
    except (OSError, ValueError, KeyError, TypeError):
        return _in_packed(folder / backup_set.PACKED) if _within(folder) else set()


def _in_packed(packed: Path) -> set[str]:
    with tempfile.TemporaryDirectory(prefix="readinglist-") as scratch:
        plain = Path(scratch) / FILE_NAME
        try:
            unpack(packed, plain, lambda _done, _total: None)
            return {*every_digest_in(plain)}
        except (OSError, EOFError, zlib.error, sqlite3.Error) as error:
            raise CannotTellError(str(packed.parent)) from error


def _is_database(path: Path) -> bool:
    """Whether a file is a database, or was one before it was damaged and set aside."""
    if path.name.startswith(Path(FILE_NAME).stem) and path.suffix == Path(FILE_NAME).suffix:
        return True
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError as error:
        raise CannotTellError(str(path)) from error


def _in_database(path: Path) -> set[str]:
    logs = (path.with_name(path.name + suffix) for suffix in BESIDE)
    if f"-{DAMAGED}-" in path.name or any(log.exists() and log.stat().st_size for log in logs):
        raise CannotTellError(str(path))
    try:
        return {*every_digest_in(path)}
    except (OSError, sqlite3.Error, zlib.error) as error:
        raise CannotTellError(str(path)) from error
