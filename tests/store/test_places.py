import os
from pathlib import Path

import pytest

from readinglist.store import places
from readinglist.store.places import Kind, Place, conflict_copies, place_of


@pytest.mark.parametrize("file_system", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "fuse.rclone"])
def test_a_network_drive_is_told_by_its_file_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file_system: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nhost:/share {tmp_path} {file_system} rw 0 0\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    assert place_of(tmp_path / "library") == Place(Kind.NETWORK, file_system)


def test_the_innermost_mount_counts_and_the_later_of_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts, disk = tmp_path / "mounts", tmp_path / "a disk"
    escaped = str(disk).replace(" ", r"\040")
    mounts.write_text(
        f"host:/ {tmp_path} nfs rw 0 0\nx {escaped} nfs rw 0 0\n/dev/sdb1 {escaped} ext4 rw 0 0\nbroken\n"
    )
    monkeypatch.setattr(places, "MOUNTS", mounts)
    disk.mkdir()
    assert place_of(disk / "library").kind is Kind.LOCAL
    assert place_of(tmp_path / "a dish").kind is Kind.NETWORK


def test_a_system_that_tells_of_no_mounts_has_local_disks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOUNTS", tmp_path / "none")
    assert place_of(tmp_path) == Place()


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        ("Dropbox (Uni)/papers", "Dropbox"),
        ("cloud/.dropbox", "Dropbox"),
        ("OneDrive - Uni/papers", "OneDrive"),
        ("cloud/.849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        ("cloud/.tmp.drivedownload", "Google Drive"),
        ("cloud/.sync_3fa2.db", "Nextcloud"),
        ("cloud/.stfolder", "Syncthing"),
        ("Mobile Documents/com~apple~CloudDocs/papers", "iCloud Drive"),
    ],
)
def test_a_sync_folder_is_told_by_its_name_or_its_marker(tmp_path: Path, marker: str, service: str) -> None:
    (tmp_path / marker).mkdir(parents=True)
    library = (tmp_path / marker).parent / "deep" / "library"
    assert place_of(library) == Place(Kind.SYNCED, service)


def test_a_usual_folder_is_no_sync_folder(tmp_path: Path) -> None:
    assert place_of(tmp_path / "Boxes" / "Syncopation" / "dropbox-paper") == Place()


def test_conflict_copies_are_told_from_our_own_files(tmp_path: Path) -> None:
    conflicts = [
        "library (Ann's conflicted copy 2026-03-14).sqlite",
        "library.sync-conflict-20260314-101112-ABCDEFG.sqlite",
        "library-LAPTOP.sqlite",
        "library (1).sqlite",
        "library 2.sqlite",
        "library (conflicted copy 2026-03-14 101112).sqlite",
    ]
    others = [
        "library.sqlite", "library-version-1.sqlite", "library-damaged-2026-03-14.sqlite", "library.sqlite-wal",
        "library-before-2026-03-14.sqlite", "libraryx.sqlite", "library 2.txt",
    ]  # fmt: skip
    for number, name in enumerate([*conflicts, *others]):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (number, number))
    assert [copy.name for copy in conflict_copies(tmp_path / "library.sqlite")] == conflicts
    assert conflict_copies(tmp_path / "none" / "library.sqlite") == []
