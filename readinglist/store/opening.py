"""What stands at a library's path before SQLite touches it, and in which manner it is to be opened there.

SQLite's documentation decides: "All processes using a database must be on the same host computer; WAL does not work
over a network filesystem" (sqlite.org/wal.html), so there and in sync folders, which copy single files, the database
keeps a rollback journal and is one whole file between two edits. "A read-only WAL-mode database" can be opened where
-shm and -wal stand or can be made, or as immutable (wal.html, 5); where neither holds, a copy of it is read.
"""

import os
import shutil
import sqlite3
import struct
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from readinglist.errors import DamagedError, ExpectedError
from readinglist.paths import strange
from readinglist.store.places import Kind, Place, place_of

FILE_NAME = "library.sqlite"
APPLICATION_ID = 0x524C5354  # "RLST" in the header tells our files from other SQLite databases
BESIDE = ("-wal", "-shm", "-journal")
BACKUPS_FOLDER = "backups"
DAMAGED, REPLACED = "damaged", "replaced"  # why a database was set aside, in the name of its file
NO_SPACE = "There is no space left on the library's disk. Free some, and open the library again."
_BUSY_SECONDS = 5.0  # until a program that writes just now is done
_LEAST_SPACE = 65_536  # bytes: what SQLite needs beside the database before it can be written
_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes (sqlite.org/fileformat2.html, 1.3)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a database is opened.

    `path` is the file to open, which is a copy in a folder of its own where `scratch` is named. `read_only` says why
    nothing may be written, "" where it may.
    """

    path: Path
    place: Place
    read_only: str = ""
    immutable: bool = False
    scratch: Path | None = None

    @property
    def wal(self) -> bool:
        """Whether the database keeps a write-ahead log."""
        return self.place.kind is Kind.LOCAL

    def connect(self, *, timeout: float) -> sqlite3.Connection:
        """A connection for any thread, without transactions of its own; it makes no file."""
        if self.immutable:
            parameters = "mode=ro&immutable=1"
        else:
            parameters = "mode=ro" if self.read_only and self.scratch is None else "mode=rw"
        return sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{parameters}",
            uri=True,
            timeout=timeout,
            check_same_thread=False,
            isolation_level=None,
        )


def manner_of(path: Path, why_read_only: str = "") -> Manner:
    """How the database at a path is to be opened. It is there, unless it can be made.

    Args:
        path: the database.
        why_read_only: why it may not be written whatever the disk allows; "" where it may.
    """
    manner = Manner(path, place_of(path.parent), why_not_written(path) or why_read_only)
    return as_read_only(manner, manner.read_only) if manner.read_only and path.exists() else manner


def as_read_only(manner: Manner, why: str) -> Manner:
    """The same database, to be read alone.

    Raises:
        ExpectedError: it has to be copied for that, and cannot be.
    """
    manner = replace(manner, read_only=why)
    path = manner.path
    is_theirs = not os.access(path, os.W_OK) and _foreign_owner(path)  # who could not use -shm and -wal of ours
    if why != NO_SPACE and not is_theirs and os.access(path.parent, os.W_OK) and os.access(path, os.R_OK):
        return manner  # -shm and -wal can be made there
    logged = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
    if not any(log.exists() and log.stat().st_size for log in logged) and (why == NO_SPACE or on_read_only_disk(path)):
        return replace(manner, immutable=True)
    return of_copy(manner)


def of_copy(manner: Manner) -> Manner:
    """A copy in a folder of its own, which `let_go` removes: what cannot be read in its place can be read there.

    Raises:
        ExpectedError: it cannot be copied.
    """
    scratch = Path(tempfile.mkdtemp(prefix="readinglist-"))
    copy = scratch / manner.path.name
    try:
        for suffix in ("", "-wal", "-journal"):
            source = manner.path.with_name(manner.path.name + suffix)
            if source.exists():
                shutil.copyfile(source, copy.with_name(copy.name + suffix))
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise ExpectedError(
            f"The library {manner.path} can only be read from a copy, which could not be made: "
            f"{error.strerror or error}. Free some space, or copy the library's folder to another disk."
        ) from error
    return replace(manner, path=copy, immutable=False, scratch=scratch)


def let_go(manner: Manner) -> None:
    """Remove the copy that was read, where there is one."""
    if manner.scratch is not None:
        shutil.rmtree(manner.scratch, ignore_errors=True)


@contextmanager
def connected(path: Path, *, timeout: float = _BUSY_SECONDS) -> Iterator[sqlite3.Connection]:
    """A connection to a database that is looked at, in the manner that its disk and its permissions allow.

    Raises:
        sqlite3.Error: it is not there, or cannot be read.
        ExpectedError: it can only be read from a copy, which could not be made.
    """
    path = path.resolve() if path.is_symlink() else path
    _refuse_what_stands_beside(path)
    manner = manner_of(path)
    try:
        with closing(manner.connect(timeout=timeout)) as connection:
            yield connection
    finally:
        let_go(manner)


def use_rollback_journal(path: Path) -> None:
    """Bring a database from a write-ahead log to a rollback journal, without shared memory.

    Raises:
        sqlite3.Error: it cannot be read or written.
        ExpectedError: another program has it open with its log.
    """
    with closing(sqlite3.connect(path, timeout=2, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        if mode != "delete":
            raise ExpectedError(f"The library {path} is open in another program. Close it there, and try again.")
    with suppress(OSError):
        path.with_name(path.name + "-shm").unlink()  # shared memory of the log, which nobody has any more


def keeps_log(path: Path) -> bool:
    """Whether a database was last written with a write-ahead log (sqlite.org/fileformat2.html, 1.3.4)."""
    with suppress(OSError), path.open("rb") as stream:
        return stream.read(20)[18:20] == b"\x02\x02"
    return False


def prepare_file(path: Path, newest: int) -> bool:
    """Check what stands at the path without touching it; whether a new library is to be made there.

    Raises:
        DamagedError: it was a library, and is not whole.
        ExpectedError: it is none, is of a version above `newest`, or cannot be read.
    """
    header = _make_and_read(path)
    if not header:
        return True
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise _foreign(path, "not a library of Reading List")
    application, version = _marks(header)
    if application == 0:  # a new library whose first pages still stand in the write-ahead log alone, or none of ours
        application, tables = _ask(path)
        if application == 0 and not tables:
            return True
    if application != APPLICATION_ID:
        raise _foreign(path, "a database of another program")
    if version > newest:
        raise ExpectedError(
            f"The library {path} was written by a newer version of Reading List (its format is {version}, this "
            f"version reads up to {newest}). It was left untouched. Please update Reading List."
        )
    _compare_size(path.resolve(), header)
    return False


def damaged(path: Path, what: str) -> DamagedError:
    """The error that tells of a damaged database."""
    return DamagedError(
        f"The library {path} is damaged: {what}. Nothing is written to it any more. "
        "`readinglist recover` shows what can be brought back, and so does the window."
    )


def _foreign(path: Path, what: str) -> ExpectedError:
    """The error that tells of a file that is none of ours, or no longer looks so."""
    if was_library(path.parent):
        return damaged(path, "its beginning cannot be read")
    return ExpectedError(f"{path} is {what}. Choose another library folder.")


def was_library(folder: Path) -> bool:
    """Whether the program worked in a folder before: then a file there that cannot be read was a library."""
    if (folder / "index" / "index.json").exists() or any(folder.glob("library-damaged-*.sqlite")):
        return True
    return _has_backups(folder)


def _make_and_read(path: Path) -> bytes:
    """The first 100 bytes of the file, which is made empty, for its owner alone, where there is none."""
    try:
        _refuse_what_is_no_place(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _refuse_to_begin_anew(path)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with path.open("rb") as stream:
            header = stream.read(_HEADER)
    except OSError as error:
        raise ExpectedError(_no_access(path, error)) from error
    if not header:
        _refuse_to_begin_anew(path)
    return header


def _refuse_what_is_no_place(path: Path) -> None:
    """Say what stands in the way: a link to a disk that is not connected, a file for a folder, a folder for a file."""
    for each in (path, *path.parents):
        if each.is_symlink() and not each.exists():
            raise ExpectedError(
                f"{each} is a link to {each.readlink()}, which is not there. Connect its disk, or choose another "
                "library folder."
            )
    _refuse_what_stands_beside(path.resolve())
    if path.is_dir():
        raise ExpectedError(f"{path} is a folder, where a file is expected. Move it away, or choose another folder.")
    if path.parent.is_file():
        raise ExpectedError(f"{path.parent} is a file, not a folder. Choose the folder of a library, or a new one.")


def _refuse_what_stands_beside(path: Path) -> None:
    """SQLite opens no database where a link or a folder stands in the place of one of its own files."""
    for suffix in BESIDE:
        beside = path.with_name(path.name + suffix)
        what = strange(beside)
        if what:
            raise ExpectedError(
                f"{beside} is {what}, where the database keeps what was written last. Move it away, or the file itself "
                "to its place, and try again. Nothing was changed."
            )


def _refuse_to_begin_anew(path: Path) -> None:
    """Where a library was, no empty one takes its place unasked."""
    folder = path.parent
    log = path.with_name(path.name + "-wal")
    if _has_backups(folder) or set_aside_before(path):
        raise DamagedError(
            f"The library {path} is missing or empty, though backups or recovered parts of it stand in {folder}. "
            "`readinglist recover` shows what can be brought back, and so does the window."
        )
    if path.exists() and log.exists() and log.stat().st_size > 32 and was_library(folder):
        raise damaged(path, "it is empty")


def set_aside_before(path: Path) -> list[Path]:
    """The databases beside one that were set aside: damaged, or kept when another one took their place."""
    return [each for why in (DAMAGED, REPLACED) for each in path.parent.glob(f"{path.stem}-{why}-*{path.suffix}")]


def _has_backups(folder: Path) -> bool:
    try:
        return any(not entry.name.startswith(".") for entry in (folder / BACKUPS_FOLDER).iterdir() if entry.is_dir())
    except OSError:
        return False


def _no_access(path: Path, error: OSError) -> str:
    folder = path.parent
    owner = _foreign_owner(path) or _foreign_owner(folder)
    if isinstance(error, PermissionError) and owner:
        return (
            f"The library {path} belongs to {owner}, and you may not read it. Ask them for the permission, or choose "
            "another library folder."
        )
    reason = error.strerror or str(error)
    return f"The library folder {folder} cannot be used: {reason}. Choose another one."


def why_not_written(path: Path) -> str:
    """Why a database cannot be written; "" where it can, as far as its disk and its permissions say."""
    if not path.exists():
        return ""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return NO_SPACE if has_no_space(path) else ""
    if on_read_only_disk(path):
        return "The library lies on a disk that can only be read. To change it, copy its folder to another disk."
    owner = _foreign_owner(path)
    if owner:
        return f"The library belongs to {owner}, and you may not write it. Ask them, or copy its folder to change that."
    return "The library's file or folder is write-protected. To change it, permit yourself to write both."


def has_no_space(path: Path) -> bool:
    """Whether the disk of a database has no room for what SQLite needs beside it."""
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_SPACE
    except OSError:
        return False


def on_read_only_disk(path: Path) -> bool:
    """Whether nobody can write what stands at a path, as its whole disk can only be read."""
    return hasattr(os, "statvfs") and bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _foreign_owner(path: Path) -> str:
    """The name of the user whom a file belongs to; "" where that is us, or cannot be told."""
    if not hasattr(os, "geteuid"):
        return ""
    import pwd

    try:
        owner = path.stat().st_uid
        return "" if owner == os.geteuid() else pwd.getpwuid(owner).pw_name
    except OSError:
        return ""
    except KeyError:
        return f"user {owner}"


def _compare_size(path: Path, header: bytes) -> None:
    """A file that is shorter than its header says was cut off, unless a log still holds the rest."""
    size = struct.unpack(">H", header[16:18])[0]
    size = 65536 if size == 1 else size
    if size < 512 or size & (size - 1):
        raise damaged(path, "its beginning cannot be read")
    logged = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
    if any(log.exists() and log.stat().st_size for log in logged):
        return
    changed, pages = struct.unpack(">II", header[24:32])
    (counted_at,) = struct.unpack(">I", header[92:96])  # the page count is right where both name the same change
    length = path.stat().st_size
    if changed == counted_at and length < pages * size:
        raise damaged(path, f"it is {pages * size - length:,} bytes shorter than it was")


def _marks(header: bytes) -> tuple[int, int]:
    """The application id and the user version in the header of a SQLite file (sqlite.org/fileformat2.html, 1.3)."""
    version, application = struct.unpack(">I", header[60:64])[0], struct.unpack(">I", header[68:72])[0]
    return application, version


def _ask(path: Path) -> tuple[int, int]:
    """The application id and the number of tables, write-ahead log included."""
    manner = as_read_only(Manner(path, Place()), "Only its marks are read.")
    try:
        with closing(manner.connect(timeout=1)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            return application, connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError:
        return -1, 0
    finally:
        let_go(manner)
