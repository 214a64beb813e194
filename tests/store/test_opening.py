"""Opening a library in a bad world: damaged, over a network, read-only, on a full disk, gone or replaced."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from readinglist.errors import DamagedError, ExpectedError, ReadOnlyError
from readinglist.store import backup, places
from readinglist.store.database import FILE_NAME, Database
from readinglist.store.opening import NO_SPACE
from tests.store.old_libraries import OLD_LIBRARIES, unpack

INSERT = "INSERT INTO tags (name) VALUES (:name)"


def add_tag(database: Database, name: str) -> None:
    with database.writing() as connection:
        connection.execute(text(INSERT), {"name": name})


def tags(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(text("SELECT name FROM tags ORDER BY name")).scalars())


def journal_mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def make(folder: Path, *names: str) -> Path:
    database = Database(folder)
    with database.writing() as connection:
        for name in names:
            connection.execute(text(INSERT), {"name": name})
    database.close()
    return folder / FILE_NAME


def in_user_namespace(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a script where it may mount: it is given `mount(type, options, folder)`."""
    if sys.platform != "linux" or shutil.which("unshare") is None:
        pytest.skip("only Linux lets a test mount a disk of its own")
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system does not let a test mount a disk of its own")
    prelude = """
import subprocess, sys
from pathlib import Path
def mount(kind, options, folder):
    subprocess.run(["mount", "-t", kind, "-o", options, kind, str(folder)], check=True)
def remount(options, folder):
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)
"""
    code = prelude + textwrap.dedent(script)
    return subprocess.run(
        ["unshare", "-rm", sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system says to be a network drive."""
    folder = tmp_path / "share"
    folder.mkdir()
    mounts = tmp_path / "mounts"
    mounts.write_text(f"host:/share {folder} nfs4 rw 0 0\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    return folder


def test_over_a_network_there_is_no_write_ahead_log(network: Path) -> None:
    path = make(network / "library", "a")
    assert journal_mode(path) == "delete"
    database, other = Database(network / "library"), Database(network / "library")
    add_tag(database, "b")
    add_tag(other, "c")
    assert database.changed_elsewhere()
    assert tags(database) == tags(other) == ["a", "b", "c"]
    with database.writing() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 3
    database.close()
    other.close()
    assert [entry.name for entry in path.parent.iterdir()] == [FILE_NAME]


def test_a_library_moved_to_a_network_drive_and_back_keeps_what_stood_in_its_log(
    network: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = tmp_path / "local"
    first = Database(local)
    add_tag(first, "in the log")
    shutil.copytree(local, network / "library")  # with the log, as a copy of a running library has it
    first.close()
    moved = Database(network / "library")
    assert tags(moved) == ["in the log"]
    moved.close()
    assert journal_mode(network / "library" / FILE_NAME) == "delete"
    monkeypatch.undo()
    back = Database(network / "library")
    add_tag(back, "local again")
    back.close()
    assert journal_mode(network / "library" / FILE_NAME) == "wal"


def test_a_backup_over_a_network_holds_up_no_edit(network: Path, tmp_path: Path) -> None:
    path = make(network / "library", *(f"tag {number} {'x' * 2000}" for number in range(2000)))
    database = Database(network / "library")
    edits = iter(range(3))

    def edit(_done: int, _total: int) -> None:
        for number in edits:
            add_tag(database, f"meanwhile {number}")
            return

    with closing(sqlite3.connect(path, isolation_level=None)) as source:
        backup.copy(source, tmp_path / "copy.sqlite", edit)
    with closing(sqlite3.connect(tmp_path / "copy.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM tags").fetchone() == (2003,)
    database.close()


def test_in_a_sync_folder_the_file_is_whole_between_two_edits(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "library"
    database = Database(folder)
    add_tag(database, "a")
    shutil.copyfile(folder / FILE_NAME, tmp_path / "copied.sqlite")  # what the sync program takes
    with closing(sqlite3.connect(tmp_path / "copied.sqlite")) as connection:
        assert connection.execute("SELECT name FROM tags").fetchall() == [("a",)]
    database.close()


def test_a_library_that_may_not_be_written_can_be_read(tmp_path: Path) -> None:
    make(tmp_path, "a")
    database = Database(tmp_path, read_only="It is shown as of 14 Mar 2026.")
    assert database.why_not_written == "It is shown as of 14 Mar 2026."
    with pytest.raises(ReadOnlyError, match=r"as of 14 Mar 2026\. Nothing was changed"):
        add_tag(database, "b")
    assert tags(database) == ["a"]
    assert not database.changed_elsewhere()
    other = Database(tmp_path)
    add_tag(other, "from elsewhere")
    assert database.changed_elsewhere()
    assert tags(database) == ["a", "from elsewhere"]
    other.close()
    database.close()
    again = Database(tmp_path)
    assert tags(again) == ["a", "from elsewhere"]
    again.close()


def test_a_library_on_a_read_only_disk_is_read_in_its_place(tmp_path: Path) -> None:
    run = in_user_namespace(
        """
        from readinglist.errors import ReadOnlyError
        from tests.store.test_opening import Database, add_tag, make, tags
        disk = Path(sys.argv[1])
        mount("tmpfs", "size=4m", disk)
        make(disk / "library", "a")
        remount("ro", disk)
        database = Database(disk / "library")
        print(tags(database), database.why_not_written)
        try:
            add_tag(database, "b")
        except ReadOnlyError as error:
            print(error)
        database.close()
        """,
        tmp_path,
    )
    told = "The library lies on a disk that can only be read. To change it, copy its folder to another disk."
    assert run.stdout.splitlines() == [f"['a'] {told}", f"{told} Nothing was changed."], run.stderr


def test_what_stands_in_the_log_of_a_read_only_disk_is_read_from_a_copy(tmp_path: Path) -> None:
    run = in_user_namespace(
        """
        import shutil
        from tests.store.test_opening import Database, add_tag, tags
        disk, local = Path(sys.argv[1]), Path(sys.argv[2])
        first = Database(local)
        add_tag(first, "in the log")
        mount("tmpfs", "size=4m", disk)
        shutil.copytree(local, disk / "library")
        (disk / "library" / "library.sqlite-shm").unlink()
        first.close()
        remount("ro", disk)
        database = Database(disk / "library")
        print(tags(database))
        scratch = database._manner.scratch
        database.close()
        print(scratch.exists())
        """,
        tmp_path,
        tmp_path.with_name("local"),
    )
    assert run.stdout.splitlines() == ["['in the log']", "False"], run.stderr


def test_an_older_library_on_a_read_only_disk_is_read_without_bringing_it_up_to_date(tmp_path: Path) -> None:
    run = in_user_namespace(
        """
        import shutil
        from tests.store.test_opening import Database, tags
        disk, old = Path(sys.argv[1]), Path(sys.argv[2])
        mount("tmpfs", "size=4m", disk)
        shutil.copytree(old, disk / "library")
        remount("ro", disk)
        database = Database(disk / "library")
        print(len(tags(database)) >= 0)
        database.close()
        """,
        tmp_path,
        old_library(tmp_path.with_name("old")),
    )
    assert run.stdout.splitlines() == ["True"], run.stderr


def old_library(folder: Path) -> Path:
    """A folder with a library of an early version."""
    unpack(OLD_LIBRARIES[0], folder)
    return folder


def test_a_full_disk_refuses_edits_and_loses_nothing(tmp_path: Path) -> None:
    run = in_user_namespace(
        """
        from readinglist.errors import ExpectedError
        from tests.store.test_opening import Database, add_tag, make, tags
        disk = Path(sys.argv[1])
        mount("tmpfs", "size=3m", disk)
        make(disk / "library", "a")
        database = Database(disk / "library")
        filler = disk / "filler"
        try:
            filler.write_bytes(bytes(3_000_000))
        except OSError:
            pass
        for number in range(300):
            try:
                add_tag(database, f"b{number:04}" + "x" * 20_000)
            except ExpectedError as error:
                print("disk is full" in str(error))
                break
        kept = tags(database)
        filler.unlink()
        add_tag(database, "after")
        database.close()
        again = Database(disk / "library")
        print(tags(again) == sorted([*kept, "after"]))
        again.close()
        """,
        tmp_path,
    )
    assert run.stdout.splitlines() == ["True", "True"], run.stderr


def test_a_library_opens_for_reading_where_its_disk_has_no_room_at_all(tmp_path: Path) -> None:
    run = in_user_namespace(
        """
        from tests.store.test_opening import Database, make, tags
        disk = Path(sys.argv[1])
        mount("tmpfs", "size=1m", disk)
        make(disk / "library", "a")
        try:
            (disk / "filler").write_bytes(bytes(1_000_000))
        except OSError:
            pass
        database = Database(disk / "library")
        print(tags(database), database.why_not_written)
        database.close()
        """,
        tmp_path,
    )
    assert run.stdout.splitlines() == [f"['a'] {NO_SPACE}"], run.stderr


def test_a_library_of_someone_else_is_read_or_refused_in_words() -> None:
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only the administrator can try what another user sees")
    code = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[2])
        import readinglist.store.database, readinglist.store.backup_set, pwd, sqlalchemy.dialects.sqlite.pysqlite
        from tests.store.test_opening import Database, tags
        os.setgid(65534), os.setuid(65534)
        os.environ["TMPDIR"] = "/tmp"
        try:
            database = Database(Path(sys.argv[1]))
            print(tags(database), database.why_not_written)
            database.close()
        except Exception as error:
            print(error)
        """
    )
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o700)
        folder = Path(os.path.realpath(scratch)) / "library"
        path = make(folder, "a")
        command = [sys.executable, "-c", code, str(folder), str(Path(__file__).parents[2])]
        hidden = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "Permission denied. Choose another one." in hidden.stdout, hidden.stderr
        Path(scratch).chmod(0o711)
        folder.chmod(0o711)
        path.chmod(0o600)
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "belongs to root, and you may not read it" in refused.stdout, refused.stderr
        path.chmod(0o644)
        folder.chmod(0o777)
        read = subprocess.run(command, capture_output=True, text=True, check=False)
        assert [each.name for each in folder.iterdir()] == [FILE_NAME]  # nothing of ours that its owner may not write
    assert "['a'] The library belongs to root, and you may not write it." in read.stdout, read.stderr


def test_nothing_is_written_into_a_library_that_is_gone_or_another(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    make(folder, "a")
    database = Database(folder)
    folder.rename(tmp_path / "unplugged")
    assert "is gone" in database.why_not_written
    with pytest.raises(ReadOnlyError, match="is gone"):
        add_tag(database, "b")
    (tmp_path / "unplugged").rename(folder)
    add_tag(database, "b")
    make(tmp_path / "other", "z")
    (tmp_path / "other" / FILE_NAME).replace(folder / FILE_NAME)
    with pytest.raises(ReadOnlyError, match="was replaced"):
        add_tag(database, "c")
    database.close()


def test_closing_a_library_that_was_replaced_leaves_the_new_one_with_its_log(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    make(folder, "a")
    before = Database(folder)
    add_tag(before, "b")
    (folder / FILE_NAME).rename(tmp_path / "old.sqlite")
    for suffix in ("-wal", "-shm"):
        (folder / (FILE_NAME + suffix)).unlink()
    make(tmp_path / "other", "z")
    (tmp_path / "other" / FILE_NAME).rename(folder / FILE_NAME)
    after = Database(folder)
    add_tag(after, "in the new log")
    before.close()
    assert tags(after) == ["in the new log", "z"]
    assert (folder / (FILE_NAME + "-wal")).stat().st_size > 0
    after.close()
    again = Database(folder)
    assert tags(again) == ["in the new log", "z"]
    again.close()


def test_a_library_that_was_cut_off_is_damaged_and_left_as_it_is(tmp_path: Path) -> None:
    path = make(tmp_path, "a")
    data = path.read_bytes()[:-5000]
    path.write_bytes(data)
    with pytest.raises(DamagedError, match="5,000 bytes shorter"):
        Database(tmp_path)
    assert path.read_bytes() == data
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE_NAME]


def test_a_library_whose_tables_are_gone_is_damaged(tmp_path: Path) -> None:
    path = make(tmp_path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE notes")
    with pytest.raises(DamagedError, match="it has no notes"):
        Database(tmp_path)


def test_a_beginning_that_cannot_be_read_is_damage_where_a_library_was(tmp_path: Path) -> None:
    path = make(tmp_path)
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "index.json").write_text("{}")
    path.write_bytes(bytes(200) + path.read_bytes()[200:])
    with pytest.raises(DamagedError, match="beginning"):
        Database(tmp_path)


def test_no_empty_library_takes_the_place_of_one_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "backups" / "2026-03-14").mkdir(parents=True)
    with pytest.raises(DamagedError, match="missing or empty"):
        Database(tmp_path)
    assert not (tmp_path / FILE_NAME).exists()
    (tmp_path / FILE_NAME).touch()
    with pytest.raises(DamagedError, match="missing or empty"):
        Database(tmp_path)


def test_damage_that_is_found_later_ends_all_writing(tmp_path: Path) -> None:
    path = make(tmp_path, *(f"tag {number:05} {'x' * 900}" for number in range(40)))
    data = bytearray(path.read_bytes())
    place = data.index(b"tag 00020") // 4096 * 4096
    data[place : place + 4096] = b"\x55" * 4096
    path.write_bytes(data)
    database = Database(tmp_path)
    with pytest.raises(DamagedError):
        tags(database)
    with pytest.raises(ReadOnlyError, match="damaged"):
        add_tag(database, "new")
    database.close()


def test_a_folder_with_signs_of_an_address_in_its_name_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "what? 100%20 #1 & more"
    make(folder, "a")
    database = Database(folder)
    assert tags(database) == ["a"]
    database.close()


def test_a_file_of_another_program_is_no_damaged_library(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("Dear diary" * 20)
    with pytest.raises(ExpectedError) as raised:
        Database(tmp_path)
    assert not isinstance(raised.value, DamagedError)


def test_what_stands_where_the_library_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "folder" / FILE_NAME).mkdir(parents=True)
    (tmp_path / "unplugged").symlink_to(tmp_path / "disk")
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked" / FILE_NAME).symlink_to(tmp_path / "disk" / FILE_NAME)
    for name, words in (
        ("file", "is a file, not a folder"),
        ("folder", "is a folder, where a file is expected"),
        ("unplugged", "Connect its disk"),
        ("unplugged/papers", "Connect its disk"),
        ("linked", "Connect its disk"),
    ):
        with pytest.raises(ExpectedError, match=words):
            Database(tmp_path / name)
    assert not (tmp_path / "disk").exists()


def test_a_database_that_is_a_link_is_opened_as_its_own_place_wants_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = tmp_path / "share"
    Database(share).close()
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / FILE_NAME).symlink_to(share / FILE_NAME)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nhost:/ {share} nfs4 rw 0 0\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    database = Database(tmp_path / "library")
    assert database.place.name == "nfs4"
    with database.writing() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "delete"
    database.close()
    assert [path.name for path in share.iterdir()] == [FILE_NAME]


def test_no_log_is_begun_where_none_is_to_be_kept(tmp_path: Path) -> None:
    Database(tmp_path / "library").close()  # with a log, as on a disk of this machine
    folder = tmp_path / "Dropbox" / "library"
    shutil.copytree(tmp_path / "library", folder)
    database = Database(folder)
    beside = [path.name for path in folder.iterdir()]
    database.close()
    assert beside == [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_a_library_without_space_is_looked_at_without_an_error_of_its_disk(tmp_path: Path) -> None:
    run = in_user_namespace(
        """
        from readinglist.store.checking import why_damaged
        from readinglist.store.database import Database
        disk = Path(sys.argv[1])
        mount("tmpfs", "size=2m", disk)
        Database(disk / "library").close()
        try:
            (disk / "fill").write_bytes(bytes(4_000_000))
        except OSError:
            pass
        print(repr(why_damaged(disk / "library")))
        """,
        tmp_path,
    )
    assert run.stdout.splitlines() == ["''"], run.stderr
