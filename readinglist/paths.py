"""Where files are: those that come with the program, the user's own, and how one is written or locked without harm."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from readinglist.errors import ExpectedError

if TYPE_CHECKING:
    from filelock import BaseFileLock

LIBRARY_VARIABLE = "READINGLIST_LIBRARY"


def resource(*parts: str) -> Path:
    """A file that comes with the program, such as `resource("samples", "listing.txt")`.

    An installed program has its resources inside the package, a checkout beside it.
    """
    package = Path(__file__).parent
    inside = package / "resources"
    return (inside if inside.is_dir() else package.parent / "resources").joinpath(*parts)


def library_folder(chosen: str | os.PathLike[str] | None = None) -> Path:
    """The library's folder: the chosen one, else the one in READINGLIST_LIBRARY, else the user's own."""
    named = chosen or os.environ.get(LIBRARY_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    import platformdirs

    return platformdirs.user_data_path("readinglist", appauthor=False)


def settings_folder() -> Path:
    """Where the window keeps its settings."""
    import platformdirs

    return platformdirs.user_config_path("readinglist", appauthor=False)


def styles_folder() -> Path:
    """Where the user's own citation styles lie, for all libraries."""
    import platformdirs

    return platformdirs.user_data_path("readinglist", appauthor=False) / "styles"


def write_then_rename(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file so that at every moment it is either the old one or the new one, whole.

    A `private` one can be read by its owner alone, whatever it was before.

    Raises:
        ExpectedError: the file cannot be written there.
    """
    with replacing(path, private=private) as stream:
        stream.write(data)


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """A new file, to be written piece by piece, that takes the place of `path` once the block ends well.

    Until then the old file stays as it is, as it does for ever where anything leaves the block before its end. The new
    one has its permissions, group and owner, unless it is `private`. Where `path` is a link, the file behind it is
    replaced; but nobody leads a `private` file elsewhere: there the link itself is.

    Raises:
        ExpectedError: the file cannot be written there.
    """
    try:
        target = path.parent.resolve() / path.name if private else path.resolve()
        old = target.stat() if target.exists() else None
        temporary = target.with_name(f".{target.name[:100]}.{os.urandom(6).hex()}.part")
        stream = _new_file(temporary, 0o600 if private or old is not None else 0o666)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        raise _cannot_write(path, error) from error
    try:
        with stream:
            yield stream
            stream.flush()
            if old is not None and not private:
                _look_like(temporary, old)
            os.fsync(stream.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _new_file(path: Path, mode: int) -> BinaryIO:
    """A file that is not there yet, even as a link, with these permissions from its first moment (less the mask)."""
    return open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode))


def _look_like(path: Path, old: os.stat_result) -> None:
    """Give a new file the owner, group and permissions of an old one, as far as this user may give them."""
    if os.name != "nt":
        for owner in (old.st_uid, -1):  # only root gives a file away, but whoever is of a group may give it to that
            with suppress(OSError):
                os.chown(path, owner, old.st_gid)
                break
    mode = old.st_mode & 0o777
    if path.stat().st_gid != old.st_gid:  # what one group might do, another one must not
        mode = mode & 0o707 | mode & (mode & 0o007) << 3
    path.chmod(mode)


def sync_folder(folder: Path) -> None:
    """Have on the disk what was made, renamed or removed in a folder.

    Raises:
        OSError: the disk does not do it.
    """
    if os.name == "nt":
        return  # a folder cannot be opened there; NTFS journals the rename itself
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def acquire(lock: "BaseFileLock", wait: float) -> AbstractContextManager[object]:
    """Take a lock by which programs wait for each other; leaving what is given lets go of it.

    Args:
        lock: the lock, with the path of its file.
        wait: how many seconds to wait for whoever has it.

    Raises:
        filelock.Timeout: another program has it still.
        ExpectedError: its file cannot be made or opened.
    """
    try:
        return lock.acquire(timeout=wait)
    except TimeoutError:
        raise
    except (OSError, NotImplementedError) as error:  # NotImplementedError: a disk that knows no locks
        path = Path(lock.lock_file)
        what = strange(path)
        why = f"is {what}. Move it away" if what else f"cannot be used: {_reason(error)}. Check its permissions"
        raise ExpectedError(f"{path}, by which programs wait for each other, {why}, and try again.") from error


def strange(path: Path) -> str:
    """What stands at a path where the program keeps a file of its own, in words; "" where that can be one."""
    if path.is_symlink():
        return f"a link to {path.readlink()}"
    return "a folder" if path.is_dir() else ""


def refuse_no_folder(path: Path) -> None:
    """Say what stands at a path where the program keeps a folder of its own.

    Raises:
        ExpectedError: that is no folder, and leads to none.
    """
    if not path.is_dir() and (path.is_symlink() or path.exists()):
        what = strange(path) or "a file"
        raise ExpectedError(f"{path} is {what}, where a folder is expected. Move it away, and try again.")


def _cannot_write(path: Path, error: Exception) -> ExpectedError:
    return ExpectedError(f"{path} could not be written: {_reason(error)}. Choose another place, or free some space.")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
