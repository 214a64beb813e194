"""Where a library lies: on this machine's disk, on a network drive, or in a folder that a program keeps in sync."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
"""The mounted file systems of this process (man 5 proc); systems without it know network drives by their paths."""

# Whoever mounts these may be another machine, or a host that does not share memory with this one.
_NETWORK = frozenset({
    "9p", "afs", "ceph", "cifs", "coda", "davfs", "drvfs", "fuse.ceph", "fuse.davfs", "fuse.davfs2", "fuse.gcsfuse",
    "fuse.glusterfs", "fuse.gvfsd-fuse", "fuse.moosefs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.vmhgfs-fuse",
    "gfs2", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "prl_fs", "smb3", "smbfs", "vboxsf",
})  # fmt: skip

# What the programs put into the root of a folder that they keep in sync.
_MARKERS = {
    "Dropbox": (".dropbox", ".dropbox.cache"),
    "OneDrive": (".849C9593-D756-4E56-8D6E-42412F2A707B",),
    "Google Drive": (".tmp.drivedownload", ".tmp.driveupload"),
    "Nextcloud": (".nextcloudsync.log", ".owncloudsync.log", ".sync_*.db", "._sync_*.db"),
    "Syncthing": (".stfolder",),
    "Resilio Sync": (".sync/ID",),
    "MEGA": (".debris", ".megaignore"),
}
# The names that they give such a folder where their marker can be missing.
_NAMES = {
    "Dropbox": ("Dropbox", "Dropbox (*)"),
    "OneDrive": ("OneDrive", "OneDrive - *"),
    "Google Drive": ("Google Drive", "GoogleDrive", "GoogleDrive-*"),
    "Nextcloud": ("Nextcloud",),
    "ownCloud": ("ownCloud",),
    "iCloud Drive": ("iCloudDrive", "iCloud Drive", "com~apple~CloudDocs", "Mobile Documents"),
    "pCloud": ("pCloudDrive", "pCloud Drive"),
    "Seafile": ("Seafile",),
}
# Copies of library.sqlite that are the program's own; all others with such a name came from a conflict.
_OWN = re.compile(r"library-(damaged|version|before|recovered|replaced)-")
_ESCAPED = re.compile(r"\\([0-7]{3})")


class Kind(StrEnum):
    """What kind of place a folder is."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of place, and what makes it one: the file system ("nfs4") or the program ("Dropbox"); "" where local."""

    kind: Kind = Kind.LOCAL
    name: str = ""


def place_of(folder: Path) -> Place:
    """What kind of place a folder is. It need not be there yet."""
    real = Path(os.path.realpath(folder))
    file_system = file_system_of(real)
    if file_system in _NETWORK or file_system.startswith("\\\\"):
        return Place(Kind.NETWORK, file_system)
    service = _sync_service(real)
    return Place(Kind.SYNCED, service) if service else Place()


def file_system_of(path: Path) -> str:
    r"""The type of the file system that a real path lies on, "" where it cannot be told; `\\host\share` on Windows."""
    if path.drive.startswith("\\\\"):
        return path.drive
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ""
    found, longest = "", -1
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mounted = Path(_ESCAPED.sub(lambda escape: chr(int(escape[1], 8)), fields[1]))
        depth = len(mounted.parts)
        if depth >= longest and (path == mounted or mounted in path.parents):
            found, longest = fields[2], depth  # of two at one place, the later one covers the other
    return found


def conflict_copies(database: Path) -> list[Path]:
    """The copies of a library's database that sync programs put beside it where two machines changed it, oldest first.

    Such as `library (Ann's conflicted copy 2026-03-14).sqlite` of Dropbox, `library.sync-conflict-20260314-….sqlite` of
    Syncthing, `library-LAPTOP.sqlite` of OneDrive, `library (1).sqlite` of Google Drive, `library 2.sqlite` of iCloud.
    """
    stem, suffix = database.stem, database.suffix
    try:
        beside = [entry for entry in database.parent.iterdir() if entry.suffix == suffix and entry.is_file()]
    except OSError:
        return []
    found = [
        entry
        for entry in beside
        if re.match(rf"{re.escape(stem)}[ .(_-]", entry.name)
        and entry.name != database.name
        and not _OWN.match(entry.name)
    ]
    return sorted(found, key=lambda entry: (entry.stat().st_mtime, entry.name))


def _sync_service(folder: Path) -> str:
    for each in (folder, *folder.parents):
        for service in _named(each.name):
            return service
        for service in _marked(each):
            return service
    return ""


def _named(name: str) -> Iterator[str]:
    return (service for service, names in _NAMES.items() if any(fnmatch(name, pattern) for pattern in names))


def _marked(folder: Path) -> Iterator[str]:
    return (service for service, markers in _MARKERS.items() if any(_stands(folder, marker) for marker in markers))


def _stands(folder: Path, marker: str) -> bool:
    try:
        if "*" not in marker:
            return (folder / marker).exists()
        return any(fnmatch(name, marker) for name in os.listdir(folder))  # noqa: PTH208 - names alone, faster
    except OSError:
        return False
