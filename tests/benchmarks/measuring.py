"""How things are measured: repeated, as median and 95th percentile, with a yardstick of the same run beside them."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "readinglist")


@dataclass(frozen=True)
class Result:
    """One line of the table. `bar` is what performance must stay below, in the same unit; None where there is none.

    A yardstick with a bar of its own is in `ratio_bar`: the median may be that many times the first yardstick.
    """

    name: str
    unit: str
    values: tuple[float, ...]
    bar: float | None = None
    yardsticks: dict[str, float] = field(default_factory=dict)
    ratio_bar: float | None = None

    @property
    def median(self) -> float:
        """The middle of the values."""
        return statistics.median(self.values)

    @property
    def p95(self) -> float:
        """The value that 95 of 100 stay below (nearest rank)."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


@dataclass(frozen=True)
class Skipped:
    """A measurement that cannot be made here, and why."""

    name: str
    reason: str


def milliseconds(work: Callable[[], object], repeat: int, warm: int = 1) -> tuple[float, ...]:
    """How long the work takes, in milliseconds, each time; the first `warm` times do not count."""
    times = []
    for number in range(warm + repeat):
        started = time.perf_counter()
        work()
        if number >= warm:
            times.append((time.perf_counter() - started) * 1_000)
    return tuple(times)


def seconds_of_process(
    command: Sequence[str | Path], repeat: int, before: Callable[[], object] = lambda: None, warm: int = 1
) -> tuple[float, ...]:
    """How long a process takes from its start to its end, in seconds, each time; `before` runs before each."""
    times = []
    for number in range(warm + repeat):
        before()
        started = time.perf_counter()
        run(command)
        if number >= warm:
            times.append(time.perf_counter() - started)
    return tuple(times)


def run(command: Sequence[str | Path]) -> str:
    """Run a process without a display; gives what it printed."""
    answer = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, env=environment(), cwd=CHECKOUT, check=False
    )
    if answer.returncode:
        raise RuntimeError(f"{command} ended with {answer.returncode}: {answer.stderr}")
    return answer.stdout


def environment() -> dict[str, str]:
    """The environment of every measured process.

    Compiled modules are kept, as they are where the program is installed; nothing goes on after the process ends and
    disturbs the next.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        "QT_QPA_PLATFORM": "offscreen",
        **kept,
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONUTF8": "1",
        "READINGLIST_BACKGROUND": "off",
    }
