"""Backups in their folder: whole, private, thinned out with age; nothing left behind where one could not be made."""

import gzip
import json
import os
import shutil
import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.errors import CancelledError, ExpectedError
from readinglist.papers.change import Change
from readinglist.papers.edits import rate
from readinglist.papers.paper import Attachment
from readinglist.store.backup import copy, facts, faults
from readinglist.store.backup_set import (
    DAILY,
    FOLDER,
    MANIFEST,
    OTHERS,
    PACKED,
    Backup,
    DamagedBackupError,
    Why,
    backups,
    last_made,
    make,
    opened,
    thin_out,
    to_keep,
    unreadable,
)
from readinglist.store.database import FILE_NAME
from readinglist.store.paper_store import PaperStore
from tests.store.making import NOW, filled

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    store = PaperStore(folder)
    filled(store)
    store.close()
    return folder


def backed_up(folder: Path, why: Why = Why.BY_HAND) -> Backup:
    return make(folder, folder / FILE_NAME, why, quiet)


def rows(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_a_backup_is_the_database_and_says_what_it_holds(folder: Path, tmp_path: Path) -> None:
    backup = backed_up(folder)
    assert backups(folder) == [backup]
    assert backup.facts == facts(folder / FILE_NAME)
    assert {name: backup.facts.holds[name] for name in ("papers", "trashed", "starred")} == {
        "papers": 2, "trashed": 1, "starred": 1,
    }  # fmt: skip
    with opened(backup, tmp_path, quiet) as copied:
        assert rows(copied) == rows(folder / FILE_NAME)
        assert faults(copied) == []
    assert list(tmp_path.glob("*.sqlite*")) == []


def test_only_the_owner_reads_a_backup(folder: Path) -> None:
    backup = backed_up(folder)
    paths = [folder / FOLDER, backup.folder, *backup.folder.iterdir()]
    assert [oct(stat.S_IMODE(path.stat().st_mode)) for path in paths] == ["0o700", "0o700", "0o600", "0o600"]


def test_two_backups_in_one_second_are_two(folder: Path) -> None:
    names = {backed_up(folder).name for _ in range(3)}
    assert len(names) == 3
    assert {backup.name for backup in backups(folder)} == names
    last = last_made(folder, datetime.now(UTC) + timedelta(minutes=1))
    assert last is not None
    assert backups(folder)[0].made - last < timedelta(seconds=5)


def test_edits_made_meanwhile_neither_come_in_nor_begin_it_anew(folder: Path, tmp_path: Path) -> None:
    store = PaperStore(folder)
    steps = 0

    def edit(_done: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if steps < 50:
            store.record(Change("Rate", rate(store.papers([1]), steps % 5 + 1).steps), NOW)

    before = rows(folder / FILE_NAME)
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as source:
        copy(source, tmp_path / "copy.sqlite", edit)
    store.close()
    assert 0 < steps < 50
    assert rows(tmp_path / "copy.sqlite") == before
    assert not list(tmp_path.glob("copy.sqlite-*"))


def test_half_an_import_is_not_backed_up(folder: Path) -> None:
    store = PaperStore(folder)
    work = store.start_import("Import", NOW)
    with pytest.raises(ExpectedError, match="import is under way"):
        backed_up(folder)
    assert backed_up(folder, Why.BEFORE_UPDATE).facts.tables["changes"] == 2
    work.roll_back()
    store.close()
    backed_up(folder)


def test_a_damaged_library_is_not_backed_up(folder: Path) -> None:
    good = backed_up(folder)
    with (folder / FILE_NAME).open("rb+") as stream:
        stream.seek(4096 * 3)
        stream.write(os.urandom(4096 * 4))
    with pytest.raises(ExpectedError, match=r"damaged|malformed"):
        backed_up(folder)
    assert backups(folder) == [good]
    assert [path.name for path in (folder / FOLDER).iterdir() if path.is_dir()] == [good.name]


def test_a_cancelled_backup_leaves_nothing(folder: Path) -> None:
    def cancel(done: int, total: int) -> None:
        if done > total // 2:
            raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        make(folder, folder / FILE_NAME, Why.BY_HAND, cancel)
    assert not [path for path in (folder / FOLDER).iterdir() if path.is_dir()]


def test_leftovers_of_a_killed_program_go_and_never_count(folder: Path) -> None:
    left = folder / FOLDER / "2026-03-14T09-26-53Z.part"
    left.mkdir(parents=True)
    (left / MANIFEST).write_text("{}", encoding="utf-8")
    assert backups(folder) == []
    assert last_made(folder, datetime.now(UTC)) is None
    backed_up(folder)
    assert not left.exists()


@pytest.mark.parametrize("harm", ["cut", "changed", "emptied", "other"])
def test_a_damaged_backup_is_told(folder: Path, tmp_path: Path, harm: str) -> None:
    backup = backed_up(folder)
    packed = backup.folder / PACKED
    data = packed.read_bytes()
    packed.write_bytes(
        {
            "cut": data[: len(data) // 2],
            "changed": data[:500] + bytes([data[500] ^ 1]) + data[501:],
            "emptied": b"",
            "other": gzip.compress(b"something else"),
        }[harm]
    )
    with pytest.raises(DamagedBackupError, match=backup.name), opened(backup, tmp_path, quiet):
        pass
    assert list(tmp_path.glob("*.sqlite*")) == []


def test_a_manifest_that_cannot_be_read_is_no_backup(folder: Path) -> None:
    backup = backed_up(folder)
    for text in ("", "[]", '{"made": 3}', json.dumps({"made": "2026-03-14T09:26:53+00:00", "why": "unknown"})):
        (backup.folder / MANIFEST).write_text(text, encoding="utf-8")
        assert backups(folder) == []


def test_attached_files_are_named(folder: Path) -> None:
    store = PaperStore(folder)
    files = [Attachment("a" * 64, "one.pdf", 5), Attachment("b" * 64, "two.pdf", 6)]
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        plain = [[each.digest, each.name, each.size] for each in files]
        connection.execute("UPDATE papers SET attachments = ? WHERE id = 1", (json.dumps(plain),))
        connection.execute("UPDATE papers SET attachments = ? WHERE id = 2", (json.dumps(plain[:1]),))
        connection.commit()
    store.close()
    held = backed_up(folder).facts
    assert held.files == (("a" * 64, "one.pdf", 5), ("b" * 64, "two.pdf", 6))
    assert held.holds["files"] == 2


def made(backup: Backup, days: float, why: Why = Why.DAILY) -> Backup:
    moment = NOON - timedelta(days=days)
    return replace(backup, name=moment.isoformat(), made=moment, why=why)


def test_what_is_kept_reaches_back_a_year(folder: Path) -> None:
    one = backed_up(folder)
    daily = [made(one, day) for day in range(800)]
    kept = to_keep(daily, NOON)
    ages = sorted((NOON - backup.made).days for backup in kept)
    assert ages[:DAILY] == list(range(DAILY))
    assert len(kept) <= 23
    assert len(kept) >= 18
    assert 300 <= ages[-1] <= 366
    assert to_keep(kept, NOON) == kept


def test_thinning_out_day_by_day_keeps_as_much(folder: Path) -> None:
    one = backed_up(folder)
    kept: list[Backup] = []
    for day in range(800, -1, -1):
        kept = to_keep([made(one, day), *kept], NOON)
    ages = [(NOON - backup.made).days for backup in kept]
    assert ages[:DAILY] == list(range(DAILY))
    assert 18 <= len(kept) <= 23
    assert ages[-1] >= 300


def test_two_a_year_are_all_kept_for_long(folder: Path) -> None:
    one = backed_up(folder)
    seldom = [made(one, 180 * number) for number in range(12)]
    assert len(to_keep(seldom, NOON)) == 12


def test_those_made_for_a_reason_stay_longer(folder: Path) -> None:
    one = backed_up(folder)
    old = [made(one, 3000 + number, Why.BEFORE_RESTORE) for number in range(OTHERS + 2)]
    daily = [made(one, day) for day in range(400)]
    kept = [backup for backup in to_keep([*daily, *old], NOON) if backup.why is Why.BEFORE_RESTORE]
    assert kept == old[:OTHERS]


def test_thinned_out_backups_are_gone(folder: Path) -> None:
    made = [backed_up(folder, Why.DAILY) for _ in range(OTHERS + 1)]
    by_hand = backed_up(folder)
    oldest = backups(folder)[-1]
    assert thin_out(folder) == [oldest]
    assert {backup.name for backup in backups(folder)} == {backup.name for backup in [*made, by_hand]} - {oldest.name}
    assert not oldest.folder.exists()


def test_a_backup_of_the_future_does_not_hold_up_those_of_today(folder: Path) -> None:
    backup = backed_up(folder)
    assert last_made(folder, backup.made - timedelta(days=1)) is None
    assert last_made(folder, backup.made + timedelta(days=1)) == backup.made


def test_those_of_a_clock_that_was_ahead_push_out_none_and_come_last(folder: Path) -> None:
    one = backed_up(folder)
    daily = [made(one, day) for day in range(400)]
    ahead = [made(one, day - 3650) for day in range(400)]
    kept = to_keep([*ahead, *daily], NOON)
    assert [backup for backup in kept if backup in daily] == to_keep(daily, NOON)
    assert ahead[0] in kept
    later = one.folder.with_name("2999-01-01T00-00-00Z")
    shutil.copytree(one.folder, later)
    manifest = json.loads((later / MANIFEST).read_bytes())
    (later / MANIFEST).write_text(json.dumps({**manifest, "made": "2999-01-01T00:00:00+00:00"}), encoding="utf-8")
    assert [backup.name for backup in backups(folder)] == [one.name, later.name]


def test_no_whole_backup_goes_for_a_damaged_one(folder: Path) -> None:
    made = [backed_up(folder, Why.DAILY) for _ in range(OTHERS + 2)]
    oldest = made[0]
    damaged = made[2].folder / PACKED
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-9])
    assert thin_out(folder) == []
    damaged.write_bytes(whole)
    assert thin_out(folder) == [made[1], oldest]


def test_backups_whose_manifest_cannot_be_read_are_told(folder: Path) -> None:
    backup = backed_up(folder)
    (backup.folder / MANIFEST).write_bytes(b"{}")
    assert (backups(folder), unreadable(folder)) == ([], [backup.folder])


@pytest.mark.parametrize(
    "wrong",
    [
        {"made": "2026-03-14T12:00:00"},
        {"made": "0001-01-01T00:00:00+14:00"},
        {"holds": {"papers": 3}},
        {"newest_change": {"made": None, "label": "x"}},
        {"files": [[True, "x.pdf", 3]]},
        {"files": [["../../etc/passwd", 7, 3]]},
        {"tables": {"papers": "many"}},
        {"why": "magic"},
        {"database": []},
    ],
    ids=str,
)
def test_a_manifest_with_values_that_cannot_be_is_none(folder: Path, wrong: dict[str, object]) -> None:
    backup = backed_up(folder)
    manifest = json.loads((backup.folder / MANIFEST).read_bytes())
    (backup.folder / MANIFEST).write_text(json.dumps(manifest | wrong), encoding="utf-8")
    assert (backups(folder), unreadable(folder)) == ([], [backup.folder])


def test_each_fault_of_a_damaged_database_is_a_line(folder: Path) -> None:
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE leaves (text TEXT)")
        connection.executemany("INSERT INTO leaves VALUES (?)", [("x" * 500,)] * 500)
        connection.commit()
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DELETE FROM sqlite_master WHERE name = 'leaves'")  # whose pages are nobody's now
        connection.commit()
    found = faults(path)
    assert len(found) >= 4
    assert all(line and "\n" not in line and not line.startswith("*") for line in found)
