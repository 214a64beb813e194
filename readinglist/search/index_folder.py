"""The folder of an index: which of its parts is the current one, whose library it is, and who may write.

`index.json` names the part in use, so that a new part can be built beside it and put in its place at one stroke.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from readinglist.errors import ExpectedError
from readinglist.paths import acquire, refuse_no_folder, write_then_rename
from readinglist.search.analysis import ANALYSIS_VERSION
from readinglist.search.weights import WEIGHTS_VERSION

_POINTER = "index.json"
_FORMAT = f"4.{ANALYSIS_VERSION}.{WEIGHTS_VERSION}"


class IndexBrokenError(ExpectedError):
    """The full-text index is missing, damaged, outdated or another library's. Build it anew; nothing else is lost."""


class IndexMissingError(IndexBrokenError):
    """There is no full-text index yet."""


class IndexBusyError(ExpectedError):
    """Another program is writing to the full-text index. It is as it was; try again later."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Tells whether the pointer file was written since."""

    changed: int
    inode: int


class IndexFolder:
    """Where an index is kept."""

    def __init__(self, folder: Path, library_id: str, lock_seconds: float) -> None:
        self.folder = folder
        self._pointer = str(folder / _POINTER)  # looked at for each key that is typed
        self._library_id = library_id
        self._lock_seconds = lock_seconds

    @property
    def stands(self) -> bool:
        """Whether the library's own folder is there: its disk may be unplugged at any moment."""
        return self.folder.parent.is_dir()

    def stamp(self) -> Stamp:
        """What the pointer file looks like from outside. Raises IndexMissingError where it is missing."""
        try:
            status = os.stat(self._pointer)  # noqa: PTH116
        except OSError as error:
            raise IndexMissingError("The full-text index is missing. It has to be built.") from error
        return Stamp(status.st_mtime_ns, status.st_ino)

    def current(self) -> Path:
        """The part in use. Raises IndexBrokenError where there is none that this program can use."""
        try:
            pointer = json.loads(Path(self._pointer).read_bytes())
            library, made_as, part = (str(pointer[key]) for key in ("library", "format", "part"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexBrokenError("The full-text index cannot be read. It has to be built anew.") from error
        if library != self._library_id:
            raise IndexBrokenError("The full-text index is another library's. It has to be built anew.")
        if made_as != _FORMAT or not part.isalnum() or not (self.folder / part).is_dir():
            raise IndexBrokenError("The full-text index is not of this program's making. It has to be built anew.")
        return self.folder / part

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep all other writers out, in this program and others. Raises IndexBusyError where one is at work."""
        try:
            self._make(self.folder)
            with acquire(FileLock(self.folder / "write.lock", mode=0o600), self._lock_seconds):
                yield
        except Timeout as error:
            raise IndexBusyError("Another program is writing to the full-text index. Try again in a moment.") from error

    def new_part(self) -> Path:
        """An empty folder for a part to be built in; leftovers of builds that were killed go."""
        self._remove_parts()
        part = self.folder / uuid4().hex
        self._make(part)
        return part

    def switch_to(self, part: Path) -> None:
        """Make a part the current one, and remove all others as far as nobody has their files open."""
        pointer = {"library": self._library_id, "format": _FORMAT, "part": part.name}
        write_then_rename(Path(self._pointer), json.dumps(pointer).encode(), private=True)
        self._remove_parts()

    def discard(self, part: Path) -> None:
        """Remove a part that was not finished."""
        shutil.rmtree(part, ignore_errors=True)

    def _remove_parts(self) -> None:
        try:
            kept = self.current()
        except IndexBrokenError:
            kept = self.folder
        for path in self.folder.iterdir():
            if path.is_dir() and path != kept:
                shutil.rmtree(path, ignore_errors=True)  # Windows keeps open files; the next build tries again

    @staticmethod
    def _make(folder: Path) -> None:
        try:
            if folder.is_file():  # not ours: it is kept, but not in the way
                folder.replace(folder.with_name(f"{folder.name}.not-an-index"))
            refuse_no_folder(folder)
            folder.mkdir(mode=0o700, exist_ok=True)  # and never the library's own: where its disk was, none must stand
            folder.chmod(0o700)
        except OSError as error:
            raise ExpectedError(f"The full-text index cannot be kept in {folder}: {error.strerror}.") from error
