"""Opening a library's database: who may, how it is set up, and what each connection promises."""

import os
import sqlite3
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from readinglist.errors import ExpectedError
from readinglist.papers.smart_list import DEFAULTS
from readinglist.store.smart_lists import insert_smart_lists
from readinglist.store.tables import Base, LibraryRow

FILE_NAME = "library.sqlite"
SCHEMA_VERSION = 3  # the number of the newest file in migrations/versions
_APPLICATION_ID = 0x524C5354  # "RLST" in the header tells our files from other SQLite databases
_BUSY_SECONDS = 10


class Database:
    """A library's SQLite file: many readers, one writing connection with a lock around it.

    Every write goes through the one connection, so that `PRAGMA data_version` on it tells the writes of other programs
    from our own.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        self._watching = threading.Lock()
        self._writing: Connection | None = None
        is_new = _prepare_file(self.path)
        self._reader = _engine(self.path, read_only=True)
        self._writer = _engine(self.path, read_only=False)
        try:
            self._set_up(is_new=is_new)
            self.library_id = self._read_library_id()
            self._watcher = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
            self._data_version = self._read_data_version()
        except DatabaseError as error:
            self.close()
            raise explain(error, self.path) from error
        except ExpectedError:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the last committed state and cannot write.

        Raises:
            ExpectedError: the file cannot be read.
        """
        try:
            with self._reader.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise explain(error, self.path) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is on disk afterwards, or, when an error leaves the block, none of it.

        Raises:
            ExpectedError: the disk is full, the file is locked by another program or cannot be written.
        """
        with self._lock:
            if self._writing is not None:
                yield self._writing  # an inner block is part of the outer one's transaction
                return
            try:
                with self._writer.begin() as connection:
                    self._writing = connection
                    yield connection
            except DatabaseError as error:
                raise explain(error, self.path) from error
            finally:
                self._writing = None

    def version(self) -> int:
        """A number that is another one after each commit, by whatever program."""
        with self._watching:
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def changed_elsewhere(self) -> bool:
        """Whether another connection than our writing one committed since this was last asked."""
        with self._lock:
            version = self._read_data_version()
            changed = version != self._data_version
            self._data_version = version
            return changed

    def close(self) -> None:
        """Let go of the file."""
        with self._lock, self._watching:
            if hasattr(self, "_watcher"):
                self._watcher.close()
            self._reader.dispose()
            self._writer.dispose()

    def _set_up(self, *, is_new: bool) -> None:
        with self._lock:
            if is_new:
                self._create()
            with self._writer.connect() as connection:
                version = _schema_version(connection)
            if version < SCHEMA_VERSION:
                self._migrate()

    def _migrate(self) -> None:
        """Bring an older library to today's version; a backup of it as it was is made before."""
        from readinglist.store.backup_set import Why, make
        from readinglist.store.migrations import upgrade

        with self._writer.begin() as connection:
            version = _schema_version(connection)
            if version == SCHEMA_VERSION:
                return  # another program did it in the meantime
            make(self.path.parent, self.path, Why.BEFORE_UPDATE, lambda _done, _total: None, wait=_BUSY_SECONDS)
            upgrade(connection)

    def _create(self) -> None:
        with self._writer.begin() as connection:
            if connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one():
                return  # another program created it in the meantime
            Base.metadata.create_all(connection)
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": revision_name(SCHEMA_VERSION)})
            connection.execute(insert(LibraryRow), {"key": "library_id", "value": uuid4().hex})
            insert_smart_lists(connection, DEFAULTS)
            connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _read_library_id(self) -> str:
        with self._reader.connect() as connection:
            return connection.execute(select(LibraryRow.value).where(LibraryRow.key == "library_id")).scalar_one()

    def _read_data_version(self) -> int:
        with self._writer.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())


def _schema_version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def revision_name(version: int) -> str:
    """The name of a schema version in the migrations, such as "0001"."""
    return f"{version:04d}"


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
        sqlite3.SQLITE_CORRUPT: "the file is damaged. Keep a copy of the folder before you do anything else.",
        sqlite3.SQLITE_NOTADB: "the file is no database of this program. Choose another library folder.",
    }
    if code in messages:
        return ExpectedError(f"The library {path}: {messages[code]}")
    return error


def _prepare_file(path: Path) -> bool:
    """Check what stands at the path without touching it; whether a new library is to be made there."""
    header = _make_and_read(path)
    if not header:
        return True
    if not header.startswith(b"SQLite format 3\0"):
        raise ExpectedError(f"{path} is not a library of Reading List. Choose another library folder.")
    application, version = _marks(header)
    if application == 0:  # a new library whose first pages still stand in the write-ahead log alone, or none of ours
        application, tables = _ask(path)
        if application == 0 and not tables:
            return True
    if application != _APPLICATION_ID:
        raise ExpectedError(f"{path} is a database of another program. Choose another library folder.")
    if version > SCHEMA_VERSION:
        raise ExpectedError(
            f"The library {path} was written by a newer version of Reading List (its format is {version}, this "
            f"version reads up to {SCHEMA_VERSION}). It was left untouched. Please update Reading List."
        )
    return False


def _make_and_read(path: Path) -> bytes:
    """The first 100 bytes of the file, which is made empty, for its owner alone, where there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with path.open("rb") as stream:
            return stream.read(100)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExpectedError(
            f"The library folder {path.parent} cannot be used: {reason}. Choose another one."
        ) from error


def _marks(header: bytes) -> tuple[int, int]:
    """The application id and the user version in the header of a SQLite file (sqlite.org/fileformat2.html, 1.3)."""
    version, application = struct.unpack(">I", header[60:64])[0], struct.unpack(">I", header[68:72])[0]
    return application, version


def _ask(path: Path) -> tuple[int, int]:
    """The application id and the number of tables, write-ahead log included."""
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        return application, connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except sqlite3.DatabaseError:
        return -1, 0
    finally:
        connection.close()


def _engine(path: Path, *, read_only: bool) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}",
        # "isolation_level None" leaves BEGIN to the listener below: sqlite3's own would come too late
        connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS, "isolation_level": None},
        **({"poolclass": QueuePool, "pool_size": 4} if read_only else {"poolclass": StaticPool}),
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # a pulled plug must not take an acknowledged edit
        connection.execute("PRAGMA temp_store = MEMORY")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
