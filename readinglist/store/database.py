"""A library's open database: how it is set up, what each connection promises, and when nothing may be written."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool, StaticPool

from readinglist.errors import DamagedError, ExpectedError, ReadOnlyError
from readinglist.papers.smart_list import DEFAULTS
from readinglist.store import checked, in_use, opening
from readinglist.store.explaining import explain, is_damage
from readinglist.store.in_use import identity
from readinglist.store.opening import APPLICATION_ID, FILE_NAME, Manner
from readinglist.store.places import Place
from readinglist.store.replaced import OwnLog
from readinglist.store.smart_lists import insert_smart_lists
from readinglist.store.tables import LIBRARY, METADATA

__all__ = ["FILE_NAME", "SCHEMA_VERSION", "Database", "Trouble", "revision_name"]

SCHEMA_VERSION = 3  # the number of the newest file in migrations/versions
_BUSY_SECONDS = 10
_NOT_WHOLE = (
    "The library is damaged, and nothing is written to it any more. `readinglist recover` shows what can be brought "
    "back, and so does the window."
)
_FIRST_TABLES = ("papers", "notes", "tags", "sightings", "sources", "listings", "changes", "library")  # from version 1


class Trouble(StrEnum):
    """Why nothing can be written into a library that is open."""

    NONE = ""
    READ_ONLY = "read-only"
    DAMAGED = "damaged"
    GONE = "gone"
    REPLACED = "replaced"


class Database:
    """A library's SQLite file: many readers, one writing connection with a lock around it.

    Every write goes through the one connection, so that `PRAGMA data_version` on it tells the writes of other programs
    from our own. Where the file can only be read there is no writing connection, and `why_not_written` says why.
    """

    def __init__(self, folder: Path, read_only: str = "") -> None:
        """Open the database in a folder, or make a new one there.

        Args:
            folder: the library's folder.
            read_only: why it may not be written, whatever the disk allows; "" where it may.

        Raises:
            DamagedError: the file is not whole; nothing was written to it.
            ExpectedError: it cannot be opened for another reason.
        """
        self._folder = folder
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        self._watching = threading.Lock()
        self._writing: Connection | None = None
        self._writer: Engine | None = None
        self._watcher: sqlite3.Connection | None = None
        self._log: OwnLog | None = None
        self._damaged = self._is_counted = False
        self._data_version = self._seen_version = 0
        is_known = in_use.is_open(self.path)
        is_new = not is_known and opening.prepare_file(self.path, SCHEMA_VERSION)
        if self.path.is_symlink():
            self.path = self.path.resolve()  # its log stands beside the file, and the disk of that is what counts
        self._identity = identity(self.path)
        self._checks = checked.Watch(folder)
        self._manner = opening.manner_of(self.path, _NOT_WHOLE if self._checks.damage() else read_only)
        self._reader = _engine(self._manner, read_only=True)
        try:
            self._open(is_new=is_new, is_known=is_known)
        except DatabaseError as error:
            self.close()
            raise explain(error, self.path) from error
        except UnicodeDecodeError as error:  # SQLite's own words quote the definition of a table that is no text
            self.close()
            raise opening.damaged(self.path, "its list of tables cannot be read") from error
        except ExpectedError:
            self.close()
            raise

    @property
    def place(self) -> Place:
        """What kind of place the library lies in."""
        return self._manner.place

    @property
    def trouble(self) -> Trouble:
        """What keeps edits from being written now. It may come and go while the library is open."""
        if self._is_damaged:
            return Trouble.DAMAGED
        if self._manner.read_only:
            return Trouble.READ_ONLY
        found = identity(self.path)  # what is written into a file that stands there no more would be lost
        if found is None:
            return Trouble.GONE
        return Trouble.REPLACED if found != self._identity or self._is_log_lost else Trouble.NONE

    @property
    def _is_damaged(self) -> bool:
        """Whether we found the file damaged, or a check of any program did."""
        return self._damaged or bool(self._checks.damage())

    @property
    def _is_log_lost(self) -> bool:
        """Whether other programs write another log than ours: both would overwrite what the other one wrote."""
        return self._log is not None and self._log.is_lost

    @property
    def why_not_written(self) -> str:
        """Why nothing can be written now, in a sentence or two; "" where it can."""
        match self.trouble:
            case Trouble.NONE:
                return ""
            case Trouble.READ_ONLY:
                return self._manner.read_only
            case Trouble.DAMAGED:
                return _NOT_WHOLE
            case Trouble.GONE:
                return self._what_is_gone()
            case Trouble.REPLACED:
                return self._what_was_replaced()

    def _what_was_replaced(self) -> str:
        what = "The library was replaced on the disk by another program"
        if identity(self.path) == self._identity:
            what = "The log beside the library's file was removed or replaced by another program"
        return f"{what}. Open it anew to go on with what is there now."

    def _what_is_gone(self) -> str:
        if self.path.parent.is_dir():
            return (
                f"The library's file {self.path} is gone. Bring it back; opened anew, the library offers its backups."
            )
        return f"The library's folder {self.path.parent} is gone. Bring it back, or connect its disk again."

    def stop_as_damaged(self) -> None:
        """Write nothing any more: the file was found damaged. What can be read still is."""
        self._damaged = True

    def note_check(self, found: Sequence[str]) -> None:
        """Note what a check of all of the file found, for every program; a damaged one is not written any more."""
        checked.note(self._folder, found)
        self._damaged = bool(found)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the last committed state and cannot write.

        Raises:
            DamagedError: what is read is damaged; nothing is written any more.
            ExpectedError: the file cannot be read.
        """
        try:
            with self._reader.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise self._explain(error) from error

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is on disk afterwards, or, when an error leaves the block, none of it.

        Raises:
            ReadOnlyError: nothing may be written.
            DamagedError: the file is damaged; nothing is written any more.
            ExpectedError: the disk is full, the file is locked by another program or cannot be written.
        """
        with self._lock:
            if self._writing is not None:
                yield self._writing  # an inner block is part of the outer one's transaction
                return
            writer = self._open_writer()
            try:
                with writer.begin() as connection:
                    self._writing = connection
                    yield connection
            except DatabaseError as error:
                raise self._explain(error) from error
            finally:
                self._writing = None

    def version(self) -> int:
        """A number that is another one after each commit, by whatever program."""
        with self._watching:
            return self._watched_version()

    def changed_elsewhere(self) -> bool:
        """Whether another connection than our writing one committed since this was last asked."""
        with self._lock:
            version = self._read_data_version()
            changed = version != self._data_version
            self._data_version = version
            return changed

    def take_log_away(self) -> Path | None:
        """Where the file or its log went, keep what was open, and leave no log of another file; gives what is kept."""
        if self._log is None or self._watcher is None or self.trouble not in {Trouble.GONE, Trouble.REPLACED}:
            return None
        with self._watching:
            return self._log.take_away(self._watcher, is_left=identity(self.path) != self._identity)

    def close(self) -> None:
        """Let go of the file; the log of a damaged one, or one that is lost, is not brought into it."""
        with suppress(OSError):
            self.take_log_away()
        with self._lock, self._watching:
            watcher = [self._watcher.close] if self._watcher is not None else []
            writer = [self._writer.dispose] if self._writer is not None else []
            others = [self._reader.dispose, *writer]
            # The last one that is closed writes the log into the file, unless it may only read, as the watcher.
            is_log_kept_out = self._is_damaged or self._is_log_lost
            for close in (*others, *watcher) if is_log_kept_out else (*watcher, *others):
                close()
            if self._is_counted:
                in_use.closed(self._identity)
                self._is_counted = False
        opening.let_go(self._manner)

    def _open(self, *, is_new: bool, is_known: bool) -> None:
        if not is_new and not is_known:
            _look_over(self._manner, self.path)
        with self._lock:
            if self._manner.read_only:
                self._open_for_reading(is_new=is_new)
            else:
                self._open_for_writing(is_new=is_new)
        with self._reader.connect() as connection:
            query = select(LIBRARY.c.value).where(LIBRARY.c.key == "library_id")
            self.library_id = connection.execute(query).scalar() or ""
        if not self.library_id:
            raise opening.damaged(self.path, "it does not say which library it is")
        watching = replace(self._manner, read_only=self._manner.read_only or "It only watches.")
        self._watcher = watching.connect(timeout=_BUSY_SECONDS)
        self._watched_version()  # from its first read on, it can read whatever becomes of the file's name
        self._data_version = self._read_data_version()
        self._log = OwnLog(self.path)
        in_use.opened(self._identity)
        self._is_counted = True

    def _open_for_writing(self, *, is_new: bool) -> None:
        if not self._manner.wal and not is_new:
            opening.use_rollback_journal(self.path)
        self._writer = writer = _engine(self._manner, read_only=False)
        if is_new:
            self._create(writer)
        with writer.connect() as connection:
            version = _schema_version(connection)
        if version < SCHEMA_VERSION:
            self._migrate(writer)

    def _open_for_reading(self, *, is_new: bool) -> None:
        if is_new:
            raise ExpectedError(f"There is no library in {self.path.parent}, and none can be made there.")
        with self._reader.connect() as connection:
            version = _schema_version(connection)
        if version < SCHEMA_VERSION:
            self._read_a_newer_copy()

    def _read_a_newer_copy(self) -> None:
        """Bring a copy of an older library to today's version, and read that: the library itself stays as it is."""
        from readinglist.store.migrations import upgrade

        self._reader.dispose()
        if self._manner.scratch is None:
            self._manner = opening.of_copy(self._manner)
        writer = _engine(replace(self._manner, read_only=""), read_only=False)
        with writer.begin() as connection:
            upgrade(connection)
        writer.dispose()
        self._reader = _engine(self._manner, read_only=True)

    def _migrate(self, writer: Engine) -> None:
        """Bring an older library to today's version; a backup of it as it was is made before."""
        from readinglist.store.backup_set import Why, make
        from readinglist.store.migrations import upgrade

        with writer.begin() as connection:
            version = _schema_version(connection)
            if version == SCHEMA_VERSION:
                return  # another program did it in the meantime
            make(self._folder, self.path, Why.BEFORE_UPDATE, lambda _done, _total: None, wait=_BUSY_SECONDS)
            upgrade(connection)

    def _create(self, writer: Engine) -> None:
        with writer.begin() as connection:
            if connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one():
                return  # another program created it in the meantime
            METADATA.create_all(connection)
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": revision_name(SCHEMA_VERSION)})
            connection.execute(insert(LIBRARY), {"key": "library_id", "value": uuid4().hex})
            insert_smart_lists(connection, DEFAULTS)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _open_writer(self) -> Engine:
        """The writing engine.

        Raises:
            ReadOnlyError: nothing may be written.
        """
        why = self.why_not_written
        if why or self._writer is None:
            raise ReadOnlyError(f"{why} Nothing was changed.")
        return self._writer

    def _explain(self, error: DatabaseError) -> Exception:
        if self.trouble in {Trouble.GONE, Trouble.REPLACED}:
            return ReadOnlyError(self.why_not_written)
        explained = explain(error, self.path)
        if isinstance(explained, DamagedError):
            self.stop_as_damaged()
        return explained

    def _watched_version(self) -> int:
        """The number that tells of commits; of a file that is gone, the last that was seen."""
        if self._watcher is not None:
            with suppress(sqlite3.Error):
                self._seen_version = int(self._watcher.execute("PRAGMA data_version").fetchone()[0])
        return self._seen_version

    def _read_data_version(self) -> int:
        if self._writer is None:
            return self.version()
        with suppress(DatabaseError), self._writer.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA data_version").scalar_one())
        return self._data_version


def _look_over(manner: Manner, path: Path) -> None:
    """See within some milliseconds whether the database can be what it was; the whole of it is checked at leisure.

    The connection may not write: what is damaged stays as it is, to the byte. Where no log is to be kept, none is
    begun, not even to read what was written with one elsewhere.

    Raises:
        DamagedError: tables are missing, or the newest rows cannot be read.
    """
    without_log = not manner.wal and opening.keeps_log(path)
    only_read = replace(manner, read_only="It is looked over.", immutable=manner.immutable or without_log)
    try:
        with closing(only_read.connect(timeout=_BUSY_SECONDS)) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            missing = [name for name in _FIRST_TABLES if name not in names]
            if names and missing:
                raise opening.damaged(path, f"it has no {missing[0]}")
            for name in _FIRST_TABLES if names else ():
                connection.execute(f"SELECT * FROM {name} ORDER BY 1 DESC LIMIT 1").fetchall()  # noqa: S608 - ours
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise opening.damaged(path, str(error)) from error
    except UnicodeDecodeError as error:  # SQLite's own words quote the definition of a table that is no text
        raise opening.damaged(path, "its list of tables cannot be read") from error


def _schema_version(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def revision_name(version: int) -> str:
    """The name of a schema version in the migrations, such as "0001"."""
    return f"{version:04d}"


def _engine(manner: Manner, *, read_only: bool) -> Engine:
    engine = create_engine(
        "sqlite://",
        creator=lambda: manner.connect(timeout=_BUSY_SECONDS),
        **({"poolclass": QueuePool, "pool_size": 4} if read_only else {"poolclass": StaticPool}),
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        # A pulled plug must not take an acknowledged edit; a rollback journal's folder has to be synced for that too.
        connection.execute(f"PRAGMA synchronous = {'FULL' if manner.wal else 'EXTRA'}")
        connection.execute("PRAGMA temp_store = MEMORY")
        if not read_only and manner.wal:
            connection.execute("PRAGMA journal_mode = WAL")
        if read_only:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine
