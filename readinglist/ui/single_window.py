"""One window for each library: a second start finds the first one's door, knocks, hands over its files, and ends.

Loads no Qt, so that the second start is over before one notices it. The door itself is in `single_window_door`.
"""

import getpass
import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

CONNECT_SECONDS = 0.5
ANSWER_SECONDS = 3.0  # a window that is just busy answers within that
ANSWER = b"ok\n"
_LONGEST_ADDRESS = 100  # bytes; Unix takes 108, macOS 104
MOST_BYTES = 1_000_000


def address(folder: Path) -> str:
    """Where the window of a library listens: a socket's path, or on Windows the name of a pipe."""
    digest = hashlib.sha256(os.path.realpath(folder).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    if os.name == "nt":
        return rf"\\.\pipe\readinglist-{getpass.getuser()}-{digest}"
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    path = Path(runtime) / f"readinglist-{digest}.sock" if runtime else None
    if path is None or not path.parent.is_dir() or len(os.fsencode(path)) > _LONGEST_ADDRESS:
        path = _own_folder() / f"{digest}.sock"
    return str(path)


def knock(folder: Path, files: Sequence[Path] = ()) -> bool:
    """Ask the window of a library to come to the front, and to import files; whether there is one that answered."""
    where = address(folder)
    if os.name != "nt" and not Path(where).exists():
        return False
    request = {"files": [os.fspath(path.absolute()) for path in files]}
    token = os.environ.get("XDG_ACTIVATION_TOKEN")
    if token:  # Wayland lets a window come to the front for whoever holds this
        request["token"] = [token]
    message = json.dumps(request).encode("utf-8", "surrogateescape") + b"\n"
    with suppress(OSError):
        return (_ask_pipe if os.name == "nt" else _ask_socket)(where, message) == ANSWER
    return False


def _ask_socket(where: str, message: bytes) -> bytes:
    """The answer to a message.

    Raises:
        OSError: nobody listens there, or nobody answers.
    """
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.settimeout(CONNECT_SECONDS)
        door.connect(where)
        door.settimeout(ANSWER_SECONDS)
        door.sendall(message)
        return door.recv(len(ANSWER))


def _ask_pipe(where: str, message: bytes) -> bytes:
    with Path(where).open("r+b", buffering=0) as pipe:
        pipe.write(message)
        return pipe.read(len(ANSWER)) or b""


def _own_folder() -> Path:
    """A folder in the system's temporary one that nobody else can use.

    Raises:
        OSError: it belongs to someone else.
    """
    folder = Path(tempfile.gettempdir()) / f"readinglist-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} belongs to someone else")
    return folder
