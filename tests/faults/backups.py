"""Programs killed while they back up, restore, export and import a whole library; all that has a name stays whole.

`python -m tests.faults.backups FOLDER` is such a program.
"""

import hashlib
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.library import backups
from readinglist.library.answers import no_progress
from readinglist.library.backups import Why
from readinglist.library.complete_export import export_whole
from readinglist.library.complete_import import import_whole
from readinglist.library.library import Library
from tests.faults.acts import act
from tests.store.all_tables import tables

CHECKOUT = Path(__file__).resolve().parents[2]
_KILL = signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM
_LONGEST = 1.5  # seconds after which a program is killed at the latest


@dataclass
class Figures:
    """What a campaign found."""

    killed_in: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Campaign:
    """One library with two states, which programs exchange until they are killed."""

    def __init__(self, scratch: Path, seed: int) -> None:
        self._scratch = scratch
        self._library = scratch / "library"
        self._chance = random.Random(seed)
        self.figures = Figures()
        for step in range(12):
            with Library(self._library) as library:
                act(library, seed, step)
        first = backups.back_up(self._library, Why.BY_HAND, no_progress)
        states = {_state(self._library)}
        for step in range(12, 24):
            with Library(self._library) as library:
                act(library, seed, step)
        second = backups.back_up(self._library, Why.DAILY, no_progress)
        self._states = frozenset({*states, _state(self._library)})
        (scratch / "names").write_text(f"{first.name}\n{second.name}", encoding="utf-8")

    def kill(self, times: int) -> None:
        """Kill a program at a random moment, look at all that it left, and let the next one go on there."""
        for _ in range(times):
            program = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.backups", str(self._scratch)],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=CHECKOUT,
                env={**os.environ, "READINGLIST_BACKGROUND": "off"},
            )  # fmt: skip
            assert program.stdout is not None
            lines = [program.stdout.readline() for _ in range(self._chance.randrange(1, 6))]
            time.sleep(self._chance.random() ** 3 * _LONGEST)  # soon for the most part, as most of it is short
            program.send_signal(_KILL)
            lines += program.stdout.readlines()
            program.stdout.close()
            program.wait()
            self.figures.killed_in[lines[-1].strip()] += 1
            self._judge(lines[-1].strip())

    def _judge(self, what: str) -> None:
        folders = [self._library, *self._scratch.glob("imported-*")]
        for folder in folders:
            self._look(f"{what}: {folder.name}", lambda folder=folder: self._of_library(folder))  # type: ignore[misc]
        for backup in backups.backups(self._library):
            report = backups.verify(self._library, backup, no_progress)
            if report.wrong:
                self.figures.wrong.append(f"{what}: backup {backup.name}: {report.wrong}")
        for number, export in enumerate(self._scratch.glob("export*")):
            again = self._scratch / f"again-{number}"
            shutil.rmtree(again, ignore_errors=True)
            self._look(f"{what}: {export.name}", lambda: self._of_export(export, again))  # noqa: B023 - at once
        for folder in folders[1:]:
            shutil.rmtree(folder)

    def _of_library(self, folder: Path) -> str:
        with Library(folder) as library:
            library.index_pending()
            faults = [difference.message for difference in library.check().differences]
        return "; ".join(faults) or ("" if _state(folder) in self._states else "neither of both states")

    def _of_export(self, export: Path, again: Path) -> str:
        import_whole(export, again, no_progress)
        return "" if _state(again) in self._states else "neither of both states"

    def _look(self, what: str, look: Callable[[], str]) -> None:
        try:
            wrong = look()
        except ExpectedError as error:
            wrong = str(error)
        if wrong:
            self.figures.wrong.append(f"{what}: {wrong}")


def work(scratch: Path) -> None:
    """Exchange both states of the library, export it, make it again elsewhere, back it up; say what begins."""
    library = scratch / "library"
    names = (scratch / "names").read_text(encoding="utf-8").split("\n")
    for number in itertools.count():
        steps: list[tuple[str, Callable[[], object]]] = [
            ("restore", lambda: _restore(library, names[number % 2])),  # noqa: B023 - at once
            ("back up", lambda: backups.back_up(library, Why.DAILY, no_progress)),
            ("export", lambda: _export(library, scratch, number)),  # noqa: B023 - at once
            ("import", lambda: _import(scratch, number)),  # noqa: B023 - at once
        ]
        random.shuffle(steps)
        for what, step in steps:
            print(what, flush=True)
            step()


def _restore(library: Path, name: str) -> None:
    backups.restore(library, backups.named(library, name), no_progress)


def _export(library: Path, scratch: Path, number: int) -> None:
    if number % 2:
        shutil.rmtree(scratch / "export", ignore_errors=True)
    path = scratch / ("export" if number % 2 else "export.zip")
    export_whole(library, path, no_progress)


def _import(scratch: Path, number: int) -> None:
    if (scratch / "export.zip").exists():
        import_whole(scratch / "export.zip", scratch / f"imported-{os.getpid()}-{number}", no_progress)


def _state(folder: Path) -> str:
    """All that a library holds, in a few letters; ids that were given stay so after a restore."""
    held = {name: rows for name, rows in tables(folder).items() if name != "sqlite_sequence"}
    return hashlib.sha256(repr(held).encode("utf-8", "surrogatepass")).hexdigest()[:16]


if __name__ == "__main__":
    work(Path(sys.argv[1]))
