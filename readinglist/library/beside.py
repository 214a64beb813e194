"""Work in a process of its own, so that nobody here waits for it: a command of this program on the same library."""

import os
import subprocess
import sys
from pathlib import Path

BACKGROUND_VARIABLE = "READINGLIST_BACKGROUND"


def is_off() -> bool:
    """Whether no process may be started beside this one, as where tests look at what is left."""
    return os.environ.get(BACKGROUND_VARIABLE) == "off"


def command(folder: Path, *verb: str) -> list[str]:
    """What starts this program on the library in a folder, with a verb and its options, or else its window."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "readinglist"]
    return [*program, "--library", str(folder), *verb]


def start(folder: Path, *verb: str) -> "subprocess.Popen[bytes]":
    """Let a process do a verb of the command line in silence; it goes on when this program ends."""
    return subprocess.Popen(  # noqa: S603 - our own program
        command(folder, *verb),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
