"""Where a complete export lies: a ZIP file or a folder, written and read the same way, with a checksum of each file."""

import hashlib
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from readinglist.errors import ExpectedError
from readinglist.paths import replacing, sync_folder

CHUNK = 1 << 20
_ENCRYPTED = 1  # APPNOTE.TXT 4.4.4: bit 0 of the general purpose flags


class Written:
    """Takes what is written of one file, and counts it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._size = self._lines = 0
        self._digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Write, and count."""
        self._stream.write(data)
        self._digest.update(data)
        self._size += len(data)
        self._lines += data.count(b"\n")

    def facts(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {"bytes": self._size, "lines": self._lines, "sha256": self._digest.hexdigest()}


class Output(Protocol):
    """Takes files by their names."""

    def adding(self, name: str, *, packed: bool = True) -> AbstractContextManager[IO[bytes]]:
        """A file to be written, piece by piece; `packed` is worth while for texts."""


class Input(Protocol):
    """Gives files by their names."""

    def names(self) -> list[str]:
        """The names of all files, with "/" between folders."""

    def size(self, name: str) -> int:
        """The bytes of a file, as it is said to have."""

    def reading(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """A file to be read, piece by piece."""


class _ZipOutput:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def adding(self, name: str, *, packed: bool = True) -> Iterator[IO[bytes]]:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        entry.external_attr = 0o600 << 16
        with self._archive.open(entry, "w", force_zip64=True) as stream:
            yield stream


class _FolderOutput:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def adding(self, name: str, *, packed: bool = True) -> Iterator[IO[bytes]]:  # noqa: ARG002 - as ZIP files have it
        path = self._folder / name
        make_room(path, self._folder)
        with path.open("xb") as stream:
            path.chmod(0o600)
            yield stream
            stream.flush()
            os.fsync(stream.fileno())


class _ZipInput:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive

    def names(self) -> list[str]:
        return [entry.filename for entry in self._archive.infolist() if not entry.is_dir()]

    def size(self, name: str) -> int:
        return self._archive.getinfo(name).file_size

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        with self._archive.open(name) as stream:
            yield stream


class _FolderInput:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        found = (path for path in self._folder.rglob("*") if path.is_file() and not path.is_symlink())
        return [path.relative_to(self._folder).as_posix() for path in found]

    def size(self, name: str) -> int:
        return (self._folder / name).stat().st_size

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        with (self._folder / name).open("rb") as stream:
            yield stream


def is_zip(path: Path) -> bool:
    """Whether a path names a ZIP file, by its ending, rather than a folder."""
    return path.suffix.lower() == ".zip"


@contextmanager
def writing(path: Path, prove: Callable[[Input], None]) -> Iterator[Output]:
    """A new ZIP file or folder that is there only once the block ends well, whole, and `prove` has read it back.

    Raises:
        ExpectedError: it cannot be written; what was there stays.
    """
    if is_zip(path):
        is_new = not path.exists()  # notes are in it
        with (
            replacing(path, private=is_new) as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive,
        ):
            yield _ZipOutput(archive)
            archive.close()
            stream.flush()
            with reading(Path(stream.name)) as files:
                prove(files)
        return
    with new_folder(path) as folder:
        yield _FolderOutput(folder)
        prove(_FolderInput(folder))


def make_room(path: Path, top: Path) -> None:
    """Make the folders below `top` in which a file is to stand, each of them its owner's alone."""
    for folder in reversed([each for each in path.parents if top in each.parents]):
        folder.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to be filled that gets its place and its name only once the block ends well.

    Raises:
        ExpectedError: there is something at the path already, or it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        if os.path.lexists(path):
            raise ExpectedError(f"There is something in {path} already. Choose a folder that is not there yet.")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(part, ignore_errors=True)  # of a program that was killed
        part.mkdir(mode=0o700)
        try:
            yield part
            _sync_all(part)
            part.rename(path)
            sync_folder(path.parent)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ExpectedError(
            f"The folder {path} could not be made: {reason}. Choose another place, or free some space."
        ) from error


@contextmanager
def reading(path: Path) -> Iterator[Input]:
    """A complete export to be read.

    Raises:
        ExpectedError: it is damaged, cannot be read, or is none.
    """
    try:
        if path.is_dir():
            yield _FolderInput(path)
        else:
            with zipfile.ZipFile(path) as archive:
                if any(entry.flag_bits & _ENCRYPTED for entry in archive.infolist()):
                    raise ExpectedError(f"{path} is locked with a password. Unpack it, and import the folder.")
                yield _ZipInput(archive)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise ExpectedError(f"{path} is damaged, or is no complete export: {error}. Nothing was made of it.") from error
    except OSError as error:
        raise ExpectedError(f"{path} cannot be read: {error.strerror or error}.") from error


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The bytes of a stream, piece by piece."""
    while chunk := stream.read(CHUNK):
        yield chunk


def is_as_noted(files: Input, name: str, noted: Mapping[str, Any]) -> bool:
    """Whether a file has the bytes and the checksum that were noted; never reads more than these bytes."""
    if files.size(name) != noted["bytes"]:
        return False
    digest, left = hashlib.sha256(), int(noted["bytes"])
    with files.reading(name) as stream:
        for chunk in chunks(stream):
            left -= len(chunk)
            if left < 0:
                return False
            digest.update(chunk)
    return left == 0 and digest.hexdigest() == noted["sha256"]


def _sync_all(folder: Path) -> None:
    for each in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(each)
