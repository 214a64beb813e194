"""What a reader should know of where a library lies, and the daily check of all of it."""

import json
import shutil
from pathlib import Path

import pytest

from readinglist.errors import ReadOnlyError
from readinglist.library import guarding, recovery
from readinglist.library.guarding import Worry
from readinglist.library.library import Library
from readinglist.store import checked, places
from readinglist.store.database import FILE_NAME, Trouble
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
    plain = json.loads((folder / checked.CHECKED).read_text())
    assert plain["damaged"] == []
    assert checked.damage(folder) == ""
    (folder / checked.CHECKED).write_text(json.dumps({**plain, "day": "2020-01-01"}))
    assert guarding.check_if_due(folder)


def refuses(library: Library) -> bool:
    with pytest.raises(ReadOnlyError, match="readinglist recover"):
        library.add_note(1, "Too late.")
    return library.trouble is Trouble.DAMAGED


def test_damage_that_a_check_finds_ends_all_writing_in_every_program(folder: Path) -> None:
    harm(folder)
    with Library(folder) as first:
        first.star([1])
        assert guarding.check_if_due(folder)
        assert checked.damage(folder)
        assert refuses(first)
        assert [notice.worry for notice in guarding.notices(first)] == [Worry.DAMAGED]
    before = (folder / FILE_NAME).read_bytes()
    with Library(folder) as library:
        assert refuses(library)
        assert library.papers([1])[0].starred
    assert (folder / FILE_NAME).read_bytes() == before


def test_a_check_by_hand_that_finds_damage_is_remembered(folder: Path) -> None:
    harm(folder)
    with Library(folder) as library:
        (difference,) = library.check().differences
        assert "Page" not in difference.message
        assert "recover" in difference.repair
        assert refuses(library)
    with Library(folder) as library:
        assert refuses(library)
        assert library.check().differences


def test_damage_is_known_in_a_copy_of_the_folder_too(folder: Path, tmp_path: Path) -> None:
    harm(folder)
    assert guarding.check_if_due(folder)
    shutil.copytree(folder, tmp_path / "copied")
    with Library(tmp_path / "copied") as library:
        assert refuses(library)


@pytest.mark.parametrize("how", ["check", "recover", "on another day"])
def test_damage_that_was_put_right_in_its_place_is_forgotten_once_that_is_seen(folder: Path, how: str) -> None:
    whole = (folder / FILE_NAME).read_bytes()
    harm(folder)
    assert guarding.check_if_due(folder)
    (folder / FILE_NAME).write_bytes(whole)
    if how == "recover":
        assert recovery.what_is_wrong(folder) == ""
    elif how == "on another day":
        noted = json.loads((folder / checked.CHECKED).read_text())
        (folder / checked.CHECKED).write_text(json.dumps({**noted, "day": "2020-01-01"}))
        assert guarding.check_if_due(folder)
    else:
        with Library(folder) as library:
            assert library.check().differences == ()
    with Library(folder) as library:
        library.add_note(1, "In time.")


def test_another_database_is_checked_anew_where_a_damaged_one_stood(folder: Path, tmp_path: Path) -> None:
    harm(folder)
    assert guarding.check_if_due(folder)
    databases.make_library(tmp_path / "other")
    with Library(tmp_path / "other") as other:
        other.add_note(1, "Elsewhere. " * 2000)
    (tmp_path / "other" / FILE_NAME).replace(folder / FILE_NAME)
    assert checked.damage(folder) == ""
    assert guarding.check_if_due(folder)
    assert guarding.last_checked(folder) is not None


def test_a_note_that_cannot_be_read_counts_as_none(folder: Path) -> None:
    for text in ("", "[]", "{", '{"day": 7, "damaged": 3}'):
        (folder / checked.CHECKED).write_text(text)
        assert checked.damage(folder) == ""
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
    (folder / checked.CHECKED).unlink()
    harm(folder)
    assert guarding.check_if_due(folder)
    assert checked.damage(folder)
    assert guarding.last_checked(folder) is None
