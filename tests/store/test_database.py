import sqlite3
import stat
import struct
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from readinglist.errors import DamagedError, ExpectedError, ReadOnlyError
from readinglist.store.aside import newest_aside
from readinglist.store.database import FILE_NAME, SCHEMA_VERSION, Database, Trouble, revision_name
from readinglist.store.explaining import explain
from readinglist.store.migrations import upgrade


def schema_of(path: Path) -> set[tuple[str, str, str]]:
    """Each table's and index's kind, name and columns, white space aside."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    described = set()
    for kind, name, sql in rows:
        if kind == "table":
            columns = connection.execute(f"PRAGMA table_xinfo({name})").fetchall()
            keys = connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()
            described.add(
                (kind, name, f"{sorted(column[1:6] for column in columns)} {sorted(key[2:7] for key in keys)}")
            )
        elif not name.startswith("sqlite_"):
            described.add((kind, name, " ".join(sql.replace('"', "").replace("papers.", "").split())))
    connection.close()
    return described


def test_a_new_library_has_the_schema_that_its_migrations_make(tmp_path: Path) -> None:
    Database(tmp_path / "new").close()
    migrated = tmp_path / "migrated.sqlite"
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    assert schema_of(tmp_path / "new" / FILE_NAME) == schema_of(migrated)


def test_the_newest_migration_is_the_schema_version(tmp_path: Path) -> None:
    path = tmp_path / "migrated.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        upgrade(connection)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA user_version")).scalar_one() == SCHEMA_VERSION
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == revision_name(
            SCHEMA_VERSION
        )
    engine.dispose()


def test_a_library_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    Database(tmp_path / "library").close()
    assert stat.S_IMODE((tmp_path / "library").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "library" / FILE_NAME).stat().st_mode) == 0o600


def test_a_library_keeps_its_identity(tmp_path: Path) -> None:
    first = Database(tmp_path)
    identity = first.library_id
    first.close()
    second = Database(tmp_path)
    assert second.library_id == identity
    second.close()


def test_a_library_of_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    Database(tmp_path).close()
    path = tmp_path / FILE_NAME
    data = bytearray(path.read_bytes())
    data[60:64] = struct.pack(">I", SCHEMA_VERSION + 1)
    path.write_bytes(data)
    with pytest.raises(ExpectedError, match="newer version"):
        Database(tmp_path)
    assert path.read_bytes() == data
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE_NAME]


def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE songs (title)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(ExpectedError, match="another program"):
        Database(tmp_path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("Dear diary" * 20)
    with pytest.raises(ExpectedError, match="not a library"):
        Database(tmp_path)


def test_a_library_left_empty_by_a_stopped_program_is_filled(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    Database(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        assert connection.execute("SELECT count(*) FROM papers").fetchone() == (0,)
    connection.close()


def test_a_library_whose_pages_still_stand_in_the_log_opens(tmp_path: Path) -> None:
    first = Database(tmp_path / "first")
    for suffix in ("", "-wal"):
        data = (tmp_path / "first" / (FILE_NAME + suffix)).read_bytes()
        (tmp_path / "second").mkdir(exist_ok=True)
        (tmp_path / "second" / (FILE_NAME + suffix)).write_bytes(data)
    second = Database(tmp_path / "second")
    assert second.library_id == first.library_id
    first.close()
    second.close()


def test_what_fails_inside_a_transaction_leaves_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path)

    def fail() -> None:
        with database.writing() as connection:
            connection.execute(text("INSERT INTO tags (name) VALUES ('nlp')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM tags")).scalar_one() == 0
    database.close()


def test_writes_of_other_programs_are_told_from_our_own(tmp_path: Path) -> None:
    ours, theirs = Database(tmp_path), Database(tmp_path)
    insert = text("INSERT INTO tags (name) VALUES (:name)")
    with ours.writing() as connection:
        connection.execute(insert, {"name": "a"})
    assert not ours.changed_elsewhere()
    with theirs.writing() as connection:
        connection.execute(insert, {"name": "b"})
    assert ours.changed_elsewhere()
    assert not ours.changed_elsewhere()
    ours.close()
    theirs.close()


def test_a_reading_connection_cannot_write(tmp_path: Path) -> None:
    database = Database(tmp_path)
    with pytest.raises(ExpectedError, match="cannot be written"), database.reading() as connection:
        connection.execute(text("INSERT INTO tags (name) VALUES ('nlp')"))
    database.close()


def test_a_damaged_library_that_is_out_of_reach_can_be_closed(tmp_path: Path) -> None:
    database = Database(tmp_path / "library")
    database.stop_as_damaged()
    (tmp_path / "library").rename(tmp_path / "elsewhere")
    database.close()
    assert (tmp_path / "elsewhere" / FILE_NAME).exists()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full"),
        (sqlite3.SQLITE_IOERR | 4 << 8, "the disk reports an error"),
        (sqlite3.SQLITE_PROTOCOL, "does not let programs lock files"),
    ],
)
def test_an_error_of_the_disk_is_told_in_plain_words(tmp_path: Path, code: int, words: str) -> None:
    error = sqlite3.OperationalError("in the words of SQLite")
    error.sqlite_errorcode = code
    told = explain(OperationalError("BEGIN IMMEDIATE", None, error), tmp_path / FILE_NAME)
    assert isinstance(told, ExpectedError)
    assert words in str(told)


def test_a_database_that_takes_the_place_of_an_open_one_gets_no_log_of_it(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows exchanges no file that is open")
    Database(tmp_path / "other").close()
    database = Database(tmp_path / "library")
    with database.writing() as connection:
        connection.execute(text("INSERT INTO tags (name, color) VALUES ('only here', '')"))
    (tmp_path / "other" / FILE_NAME).replace(tmp_path / "library" / FILE_NAME)
    database.close()
    (kept,) = (tmp_path / "library").glob("library-replaced-*.sqlite")
    assert sorted(path.name for path in (tmp_path / "library").iterdir()) == [kept.name, FILE_NAME]
    for path, names in ((kept, [("only here",)]), (tmp_path / "library" / FILE_NAME, [])):
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT name FROM tags").fetchall() == names
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_database_that_is_deleted_while_it_is_open_can_be_recovered(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows deletes no file that is open")
    database = Database(tmp_path)
    (tmp_path / FILE_NAME).unlink()
    assert "file" in database.why_not_written
    kept = database.take_log_away()
    assert kept is not None
    assert database.take_log_away() is None
    database.close()
    with pytest.raises(DamagedError, match="recover"):
        Database(tmp_path)
    assert newest_aside(tmp_path / FILE_NAME) == kept


def _write_tag(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute(text("INSERT INTO tags (name, color) VALUES (:name, '')"), {"name": name})


def _tags(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [name for (name,) in connection.execute("SELECT name FROM tags ORDER BY id")]


_ANOTHER_PROGRAM = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
with connection:
    connection.execute("INSERT INTO tags (name, color) VALUES ('theirs', '')")
"""


@pytest.mark.parametrize("gone", [("-wal", "-shm"), ("-wal",), ("-shm",)])
def test_what_two_programs_write_is_kept_where_the_log_of_the_first_is_removed(
    tmp_path: Path, gone: tuple[str, ...]
) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows deletes no file that is open")
    path = tmp_path / FILE_NAME
    Database(tmp_path).close()
    database = Database(tmp_path)
    _write_tag(database, "ours")
    for suffix in gone:
        path.with_name(path.name + suffix).unlink()
    told = subprocess.run(
        [sys.executable, "-c", _ANOTHER_PROGRAM, str(path)], capture_output=True, text=True, check=False
    )
    assert database.trouble is Trouble.REPLACED
    assert "log" in database.why_not_written
    with pytest.raises(ReadOnlyError):
        _write_tag(database, "too late")
    kept = database.take_log_away()
    assert kept is not None
    assert database.take_log_away() is None
    database.close()
    assert "ours" in _tags(kept)
    assert told.returncode == 0 or len(gone) == 1  # with half of it gone, SQLite itself may refuse to go on
    assert ("theirs" in _tags(path)) is (told.returncode == 0)
    Database(tmp_path).close()


def test_a_library_of_which_nothing_is_left_is_kept_while_it_is_open(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows deletes no file that is open")
    database = Database(tmp_path)
    _write_tag(database, "ours")
    for path in list(tmp_path.iterdir()):
        path.unlink()
    database.close()
    (kept,) = tmp_path.iterdir()
    assert _tags(kept) == ["ours"]


def test_a_folder_that_is_moved_away_takes_its_log_with_it(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows renames no folder whose files are open")
    database = Database(tmp_path / "library")
    with database.writing() as connection:
        connection.execute(text("INSERT INTO tags (name, color) VALUES ('mine', '')"))
    (tmp_path / "library").rename(tmp_path / "moved")
    assert database.take_log_away() is None
    database.close()
    again = Database(tmp_path / "moved")
    with again.reading() as connection:
        assert connection.execute(text("SELECT name FROM tags")).scalars().all() == ["mine"]
    again.close()


_CAN_BE_LOCKED = """
import fcntl, sys
with open(sys.argv[1], "rb+") as stream:
    fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)  # the shared bytes of a database (os_unix.c)
"""


def test_a_database_that_is_opened_twice_keeps_its_locks_when_one_of_both_is_closed(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows takes no lock away with another handle of its file")
    first = Database(tmp_path)
    Database(tmp_path).close()

    def is_locked() -> bool:
        words = [sys.executable, "-c", _CAN_BE_LOCKED, str(tmp_path / FILE_NAME)]
        return subprocess.run(words, capture_output=True, check=False).returncode != 0

    assert is_locked()
    first.close()
    assert not is_locked()
    path = tmp_path / FILE_NAME
    path.write_bytes(b"\0" * 4096)
    with pytest.raises(ExpectedError):  # it is looked at again
        Database(tmp_path)
