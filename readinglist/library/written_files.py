"""The files that a library wrote: what is known of each, so that none that somebody else changed is lost.

They are noted in a file in the library's folder. It can be thrown away: then every file counts as somebody else's.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.paths import write_then_rename

FILE = "written-files.json"
_MOST = 500  # files; the oldest notes go
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file as it was written last: SHA-256 in hex, when (ISO, UTC), its size in bytes and its time of change.

    `state` is what the library was then, in whatever words the writer understands.
    """

    digest: str
    written: str
    size: int
    changed_ns: int
    state: str = ""


class WrittenFiles:
    """The notes of one library."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def get(self, path: Path) -> WrittenFile | None:
        """What is noted of a file."""
        return self._read().get(str(path.resolve()))

    def put(self, path: Path, digest: str, written: str, state: str = "") -> None:
        """Note a file that was just written, or found to be as it should."""
        target = path.resolve()
        stat = target.stat()
        notes = self._read()
        notes.pop(str(target), None)
        notes[str(target)] = WrittenFile(digest, written, stat.st_size, stat.st_mtime_ns, state)
        kept = dict(list(notes.items())[-_MOST:])
        plain = {"files": {name: asdict(note) for name, note in kept.items()}}
        data = json.dumps(plain, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
        write_then_rename(self._path, data, private=True)

    def is_ours(self, path: Path) -> bool:
        """Whether a file is, byte for byte, what was written there last."""
        note = self.get(path)
        return note is not None and is_as_noted(path, note)

    def _read(self) -> dict[str, WrittenFile]:
        try:
            plain = json.loads(self._path.read_bytes().decode("utf-8", "surrogatepass"))
            return {name: WrittenFile(**note) for name, note in plain["files"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}


def is_as_noted(path: Path, note: WrittenFile) -> bool:
    """Whether a file still is as it was noted; read only where its size is the same but its time is not."""
    try:
        stat = path.stat()
    except OSError:
        return False
    if stat.st_size != note.size:
        return False
    return stat.st_mtime_ns == note.changed_ns or digest_of(path) == note.digest


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hex.

    Raises:
        ExpectedError: it cannot be read.
    """
    found = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                found.update(piece)
    except OSError as error:
        raise ExpectedError(f"{path} could not be read: {error.strerror or error}.") from error
    return found.hexdigest()
