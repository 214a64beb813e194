"""Backups on the command line: made, listed against today, verified, restored."""

import time
from pathlib import Path

import pytest

from readinglist.store.backup_set import MANIFEST, PACKED, backups
from tests.cli.conftest import Run


def test_a_backup_is_made_and_listed_against_today(filled: Run, folder: Path) -> None:
    made = filled("backup")
    (backup,) = backups(folder)
    assert made.out.startswith(f"Backed up 4 papers and 0 notes to {backup.folder} (")
    filled("star", "1", "2")
    filled("note", "1", "keep this")
    filled("note", "2", "and this")
    today, listed = filled("backup", "--list").out.splitlines()
    assert today.split("  ")[0] == "today" or "today" in today
    assert "2 notes" in today
    assert listed.startswith(backup.name)
    assert "4 papers" in listed
    assert "0 notes (-2)" in listed
    assert "0 starred (-2)" in listed
    assert "by hand" in listed


def test_a_backup_that_cannot_be_told_from_others_is_told_to_be_damaged(filled: Run, folder: Path) -> None:
    filled("backup")
    filled("star", "1")
    filled("backup")
    newest, older = backups(folder)
    (newest.folder / MANIFEST).write_text("{", encoding="utf-8")
    for arguments in (["--list"], ["--verify"]):
        answer = filled("backup", *arguments)
        assert older.name in answer.out
        assert f"The backup {newest.folder} is damaged" in answer.err


def test_json_of_backups(filled: Run, folder: Path) -> None:
    made = filled("backup", "--json").json
    (backup,) = backups(folder)
    assert made["name"] == backup.name
    assert (made["papers"], made["why"], made["newest_change"]["label"][:6]) == (4, "by-hand", "Import")
    assert filled("backup", "--list", "--json").json == {"backups": [made]}


def test_verify_tells_what_was_compared(filled: Run) -> None:
    filled("backup")
    answer = filled("backup", "--verify")
    assert answer.code == 0
    assert answer.out.startswith("Verified ")
    assert answer.out.splitlines()[-1] == "It is whole."
    report = filled("backup", "--verify", "--json").json
    assert (report["wrong"], report["backup"]["papers"]) == ([], 4)


def test_verify_of_a_damaged_one_fails(filled: Run, folder: Path) -> None:
    filled("backup")
    (backup,) = backups(folder)
    (backup.folder / PACKED).write_bytes(b"")
    answer = filled("backup", "--verify", backup.name[:10])
    assert answer.code == 1
    assert "damaged" in answer.err


def test_restore_lists_then_tells_then_restores(filled: Run, folder: Path) -> None:
    filled("backup")
    (backup,) = backups(folder)
    filled("note", "1", "a word about zebras")
    filled("tag", "2", "+later")
    assert backup.name in filled("restore").out
    told = filled("restore", "newest", stdin=b"n\n")
    assert told.code == 1
    assert "1 note that came since goes" in told.out
    assert "1 paper becomes what it was" in told.out
    assert filled("find", "zebras", "--json").json["total"] == 1
    done = filled("restore", backup.name, "--yes")
    assert done.code == 0
    assert filled("find", "zebras", "--json").json["total"] == 0
    (aside,) = (each for each in backups(folder) if each.name != backup.name)
    assert done.out.splitlines()[-1] == f"To take that back: `readinglist restore {aside.name}`"
    filled("restore", aside.name, "--yes")
    assert filled("find", "zebras", "--json").json["total"] == 1


def test_without_a_library_or_a_backup(run: Run, filled: Run, tmp_path: Path) -> None:
    assert "no library" in run("--library", tmp_path / "nowhere", "backup").err
    assert not (tmp_path / "nowhere").exists()
    for words in (("restore",), ("restore", "newest"), ("backup", "--list"), ("backup", "--verify")):
        answer = filled(*words)
        assert answer.code == 1
        assert "no backup" in answer.err
    assert filled("backup", "2026").code == 2


@pytest.mark.filterwarnings("ignore:subprocess .* is still running")  # it is meant to outlive who started it
def test_a_command_that_changes_something_lets_the_backup_of_the_day_be_made(
    filled: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled("find", "sheep")
    assert not (folder / "backups").exists()
    monkeypatch.setenv("READINGLIST_BACKGROUND", "")
    filled("star", "1")
    until = time.monotonic() + 30
    while not backups(folder) and time.monotonic() < until:
        time.sleep(0.05)
    assert [backup.why for backup in backups(folder)] == ["daily"]


def test_where_no_backup_can_be_read_that_is_said(filled: Run, folder: Path) -> None:
    assert "no backup" in filled("restore", "newest").err
    filled("backup")
    (backup,) = backups(folder)
    (backup.folder / MANIFEST).write_text("{", encoding="utf-8")
    for arguments in (["restore", "newest"], ["restore"], ["backup", "--list"], ["backup", "--verify"]):
        answer = filled(*arguments)
        assert answer.code == 1
        assert f"{backup.folder} is damaged" in answer.err
        assert "no backup of the library" not in answer.err


def test_a_backup_of_a_newer_version_is_refused_before_it_is_compared(filled: Run, folder: Path) -> None:
    filled("backup")
    (backup,) = backups(folder)
    manifest = backup.folder / MANIFEST
    manifest.write_text(manifest.read_text().replace('"schema": 3', '"schema": 99'))
    answer = filled("restore", "newest", "--yes")
    assert answer.code == 1
    assert answer.out == ""
    assert "newer version of Reading List" in answer.err
