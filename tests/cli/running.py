"""Two ways to run the program: within the test, and as a process of its own."""

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "readinglist")


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - it has whatever shape was printed
        """What it printed, read as JSON."""
        return json.loads(self.out)


def run_process(*words: str | Path, library: Path, stdin: bytes = b"", **variables: str) -> Answer:
    """Run a command in a process of its own, as a user does."""
    done = subprocess.run(
        [*PROGRAM, *map(str, words)],
        input=stdin,
        capture_output=True,
        env=environment(library, **variables),
        cwd=CHECKOUT,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run_on_terminal(*words: str | Path, library: Path, width: int = 80, **variables: str) -> str:
    """What a command shows on a terminal of this width, colours included. Not on Windows, which has none to borrow."""
    import pty

    terminal, end = pty.openpty()
    variables = {"COLUMNS": str(width), "LINES": "24", "TERM": "xterm-256color", **variables}
    process = subprocess.Popen(
        [*PROGRAM, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=end,
        stderr=end,
        env=environment(library, **variables),
        cwd=CHECKOUT,
    )
    os.close(end)
    shown = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal that nobody writes to with an error
        while piece := os.read(terminal, 65_536):
            shown += piece
    os.close(terminal)
    process.wait()
    return shown.decode("utf-8")


def environment(library: Path, **variables: str) -> dict[str, str]:
    """The environment of such a process: this library, no display, and nothing that goes on after its end."""
    return {
        **os.environ,
        "PYTHONPATH": str(CHECKOUT),
        "QT_QPA_PLATFORM": "offscreen",
        "READINGLIST_LIBRARY": str(library),
        "READINGLIST_BACKGROUND": "off",
        **variables,
    }
