"""What a reader should know of where a library lies, and the daily check of all of it."""

import json
import shutil
from pathlib import Path

import pytest

from readinglist.errors import ReadOnlyError
from readinglist.library import guarding
from readinglist.library.guarding import Worry
from readinglist.library.library import Library
from readinglist.store import places
from readinglist.store.database import FILE_NAME
from tests.faults import databases


def worries(folder: Path) -> list[Worry]:
    with Library(folder) as library:
        return [notice.worry for notice in guarding.notices(library)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    databases.make_library(tmp_path / "library")
    return tmp_path / "library"


def harm(folder: Path) -> None:
    """Damage what is not looked at when the library is opened: the root of the index of years."""
    path = folder / FILE_NAME
    data = bytearray(path.read_bytes())
    page = databases.roots(path)["ix_papers_year"]
    data[(page - 1) * databases.PAGE : page * databases.PAGE] = b"\x07" * databases.PAGE
    path.write_bytes(data)


def test_a_library_on_this_machine_needs_no_notice(tmp_path: Path) -> None:
    assert worries(tmp_path) == []


def test_a_library_of_an_earlier_day_is_told_as_such_wherever_its_copy_is_opened(folder: Path) -> None:
    with Library(folder) as library, library.as_of("today") as then:
        assert worries(then.folder) == [Worry.EARLIER_DAY]
        (notice,) = guarding.notices(then)
    assert notice.heading.startswith("As of ")
    assert "Read only" not in notice.heading


def test_a_network_drive_and_a_sync_folder_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert worries(tmp_path / "Dropbox" / "library") == [Worry.SYNCED]
    mounts = tmp_path / "mounts"
    mounts.write_text(f"host:/ {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    assert worries(tmp_path / "library") == [Worry.NETWORK]


def test_a_copy_from_a_conflict_is_told_and_can_be_compared(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox" / "library"
    databases.make_library(folder)
    copy = folder / "library (Ann's conflicted copy 2026-03-14).sqlite"
    shutil.copyfile(folder / FILE_NAME, copy)
    with Library(folder) as library:
        library.add_note(5, "Only here.")
    assert worries(folder) == [Worry.SYNCED, Worry.CONFLICT]
    difference = guarding.compare_with_copy(folder, copy)
    assert (difference.notes_gone, difference.notes_back, difference.papers_back) == (1, 0, 0)


def test_the_whole_is_checked_once_a_day(folder: Path) -> None:
    assert guarding.check_if_due(folder)
    assert not guarding.check_if_due(folder)
    plain = json.loads((folder / guarding.CHECKED).read_text())
    assert plain["damaged"] == []
    assert guarding.damage_found(folder) == ""
    (folder / guarding.CHECKED).write_text(json.dumps({**plain, "day": "2020-01-01"}))
    assert guarding.check_if_due(folder)


def test_damage_that_the_check_finds_ends_all_writing_until_another_database_stands_there(folder: Path) -> None:
    harm(folder)
    assert guarding.check_if_due(folder)
    assert guarding.damage_found(folder)
    with Library(folder) as library:
        assert [notice.worry for notice in guarding.notices(library)] == [Worry.DAMAGED]
        with pytest.raises(ReadOnlyError, match="damaged"):
            library.add_note(1, "Too late.")
        assert library.papers([1])
    shutil.copyfile(folder / FILE_NAME, folder / "other.sqlite")
    (folder / "other.sqlite").replace(folder / FILE_NAME)
    assert guarding.damage_found(folder) == ""


def test_a_note_that_cannot_be_read_counts_as_none(folder: Path) -> None:
    for text in ("", "[]", "{", '{"day": 7, "damaged": 3}'):
        (folder / guarding.CHECKED).write_text(text)
        assert guarding.damage_found(folder) == ""
    assert guarding.check_if_due(folder)


@pytest.mark.parametrize("kind", ["network", "synced"])
def test_where_there_is_no_log_a_copy_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    folder = tmp_path / ("Dropbox" if kind == "synced" else "share") / "library"
    if kind == "network":
        mounts = tmp_path / "mounts"
        mounts.write_text(f"host:/ {folder.parent} nfs4 rw 0 0\n")
        monkeypatch.setattr(places, "MOUNTS", mounts)
    databases.make_library(folder)
    with Library(folder) as beside:
        assert guarding.check_if_due(folder)
        assert guarding.last_checked(folder) is not None
        beside.add_note(1, "Nothing waited.")
        assert not (folder / f"{FILE_NAME}-wal").exists()
    (folder / guarding.CHECKED).unlink()
    harm(folder)
    assert guarding.check_if_due(folder)
    assert "damaged" in guarding.damage_found(folder)
    assert guarding.last_checked(folder) is None
