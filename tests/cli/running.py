"""Two ways to run the program: within the test, and as a process of its own."""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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


def run_on_terminal(*words: str | Path, library: Path, width: int = 80, **variables: str) -> Answer:
    """Run a command on a terminal of this width, which shows both what is printed and what is complained of.

    Not on Windows, which has no terminal to borrow.
    """
    with started_on_terminal(*words, library=library, width=width, **variables) as (process, terminal):
        shown = read_terminal(terminal)
        return Answer(process.wait(), shown, "")


@contextmanager
def started_on_terminal(
    *words: str | Path, library: Path, width: int = 80, **variables: str
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """A command begun on a terminal, and the terminal's descriptor to read from."""
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
    yield process, terminal
    process.wait()
    os.close(terminal)


def read_terminal(terminal: int, until: str = "") -> str:
    """What is shown up to the text `until`; without one, to the end."""
    shown = b""
    with contextlib.suppress(OSError):  # Linux ends a terminal that nobody writes to any more with an error
        while piece := os.read(terminal, 65_536):
            shown += piece
            if until and until.encode() in shown:
                break
    return shown.decode("utf-8")


def environment(library: Path, **variables: str) -> dict[str, str]:
    """The environment of such a process: this library, no display, and nothing that goes on after its end.

    Compiled modules are kept, as they are where the program is installed: compiling takes longer than most commands.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPATH": str(CHECKOUT),
        "QT_QPA_PLATFORM": "offscreen",
        "READINGLIST_LIBRARY": str(library),
        "READINGLIST_BACKGROUND": "off",
        **variables,
    }
