"""The real window in a process of its own: start to filled, a key in the search box to rows, the star key to pixel."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from readinglist.ui.snapshot import FILE as SNAPSHOT
from tests.benchmarks import yardsticks
from tests.benchmarks.measuring import Result, run, seconds_of_process
from tests.benchmarks.workplace import Workplace

_SCRIPT = (sys.executable, "-m", "tests.benchmarks.window_script")


def start(workplace: Workplace) -> Iterator[Result]:
    """From the start of the process to the window that shows its library, once it has been used before."""
    library = workplace.large_library()
    (library / SNAPSHOT).unlink(missing_ok=True)  # a query that was left there would be searched for at the start
    run([*_SCRIPT, "first", library])
    values = seconds_of_process([*_SCRIPT, "start", library], repeat=7)
    beside = {
        "bare list": yardsticks.bare_list(workplace.plain_database()),
        "empty window": yardsticks.empty_window(),
    }
    yield Result(f"start to a window filled with {workplace.papers:,}", "s", values, 0.42, beside, ratio_bar=1.8)


def keystroke(workplace: Workplace) -> Iterator[Result]:
    """From a key in the search box to the painted answer."""
    times = keystrokes(workplace.large_library())
    name = f"search keystroke in {workplace.papers:,} to painted rows"
    yield Result(name, "ms", tuple(wall for wall, _ in times), workplace.keystroke_bar)
    yield Result("processor time of that, all threads", "ms", tuple(busy for _, busy in times))


def keystrokes(library: Path) -> list[tuple[float, float]]:
    """Milliseconds from each key of some queries to its painted answer, and those of processor time."""
    (library / SNAPSHOT).unlink(missing_ok=True)  # else one types on in the query that was left there
    times: list[tuple[float, float]] = json.loads(run([*_SCRIPT, "keystroke", library]))
    return times


def star(workplace: Workplace) -> Iterator[Result]:
    """From the star key to the painted row, with the star on disk."""
    times = json.loads(run([*_SCRIPT, "star", workplace.large_library()]))
    name = f"star key in {workplace.papers:,} to painted row"
    with closing(sqlite3.connect(workplace.plain_database())) as plain:
        beside = {"sqlite3 alone": yardsticks.plain_star(plain)}
    yield Result(name, "ms", tuple(wall for wall, _ in times), 10, beside)
    yield Result("processor time of that, all threads", "ms", tuple(busy for _, busy in times))
