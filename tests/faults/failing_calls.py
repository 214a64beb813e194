"""System calls on a library's database that fail, as on a broken or full disk: strace lets them (Linux alone)."""

import random
import shutil
import subprocess
from pathlib import Path

# Calls, and up to which of its kind the first one that fails is: some fail while the library is opened, some far later.
_CALLS = {
    "pwrite64": 300, "pread64": 300, "fdatasync": 40, "openat": 6, "ftruncate": 3, "unlink": 2, "fcntl": 200, "mmap": 3,
}  # fmt: skip
_ERRORS = ("EIO", "ENOSPC")
_FILES = ("", "-wal", "-shm", "-journal")


def why_not() -> str:
    """Why no call can be let fail here; "" where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-qq", "-e", "trace=getcwd", "pwd"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"strace may not follow programs here: {tried.stderr.strip()}"


def under(folder: Path, chance: random.Random) -> list[str]:
    """The beginning of a command, in which calls of one kind fail on a library's database: one, or all from one on."""
    call, last = chance.choice(list(_CALLS.items()))
    which = f"{call}:error={chance.choice(_ERRORS)}:when={chance.randrange(1, last)}{chance.choice(('', '+'))}"
    paths = [option for ending in _FILES for option in ("-P", f"{folder / 'library.sqlite'}{ending}")]
    log = str(_log(folder))
    return ["strace", "-f", "-qq", "-o", log, "-e", f"trace={call}", "-e", f"inject={which}", *paths]


def failed(folder: Path) -> list[str]:
    """The calls that failed, as strace tells them."""
    return [line for line in _log(folder).read_text(errors="replace").splitlines() if "(INJECTED)" in line]


def _log(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.strace")
