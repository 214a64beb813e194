"""A damaged library set aside, and in its place what the reader chose."""

import os
from pathlib import Path

import pytest

from readinglist.errors import DamagedError, ExpectedError
from readinglist.library import recovery
from readinglist.library.base import no_progress
from readinglist.library.library import Library
from readinglist.store.database import FILE_NAME
from tests.faults import databases


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    databases.make_library(tmp_path / "library")
    return tmp_path / "library"


def damage(folder: Path) -> bytes:
    path = folder / FILE_NAME
    data = path.read_bytes()[: -databases.PAGE * 3]
    path.write_bytes(data)
    return data


def test_a_whole_library_is_left_alone(folder: Path) -> None:
    assert recovery.what_is_wrong(folder) == ""


def test_what_was_read_takes_the_place_of_the_damaged_file_which_is_kept(folder: Path) -> None:
    data = damage(folder)
    (folder / (FILE_NAME + "-wal")).write_bytes(b"what is left of a log")
    assert "bytes shorter" in recovery.what_is_wrong(folder) or (folder / FILE_NAME).read_bytes() == data
    findings = recovery.look(folder, no_progress)
    assert (folder / FILE_NAME).read_bytes() == data
    assert findings.recovered is not None
    kept = recovery.take_recovered(folder, findings.recovered)
    assert kept.read_bytes() == data
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"what is left of a log"
    with Library(folder) as library:
        assert library.counts().all == findings.recovered.holds["papers"]
        found = library.find("has:notes").ids
        assert {*library.find("think").ids} >= {*found}  # though the index did not catch up yet


def test_a_backup_takes_the_place_of_the_damaged_file_which_is_kept(folder: Path) -> None:
    data = damage(folder)
    findings = recovery.look(folder, no_progress)
    kept = recovery.take_backup(folder, findings.backups[0], no_progress)
    recovery.forget(findings)
    assert kept.read_bytes() == data
    assert not list(folder.glob("library-recovered-*"))
    with Library(folder) as library:
        assert library.counts().all == findings.backups[0].facts.holds["papers"]


def test_a_recovery_that_was_stopped_half_way_goes_on(folder: Path) -> None:
    data = damage(folder)
    (folder / FILE_NAME).rename(folder / "library-damaged-2026-03-14T00-00-00Z.sqlite")
    (folder / (FILE_NAME + "-wal")).write_bytes(b"left behind")
    with pytest.raises(DamagedError, match="missing or empty"):
        Library(folder)
    findings = recovery.look(folder, no_progress)
    assert findings.recovered is not None
    kept = recovery.take_recovered(folder, findings.recovered)
    assert kept.read_bytes() == data
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"left behind"
    Library(folder).close()


def test_nothing_is_set_aside_while_another_program_has_the_library_open(folder: Path) -> None:
    if os.name != "posix":
        pytest.skip("Windows itself renames no file that is open")
    import subprocess
    import sys

    code = f"""
from pathlib import Path
from readinglist.library.library import Library
library = Library(Path({str(folder)!r}))
print(flush=True)
input()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(ExpectedError, match="open in another window"):
            recovery.take_backup(folder, recovery.look(folder, no_progress).backups[0], no_progress)
        assert (folder / FILE_NAME).exists()
        other.communicate(b"\n")


def test_where_nothing_ever_was_there_is_nothing_to_recover(tmp_path: Path) -> None:
    with pytest.raises(ExpectedError, match="no library"):
        recovery.what_is_wrong(tmp_path / "none")
