"""The library under fire: programs killed at random moments, a full disk, failing writes, several programs at once.

After each, the library is opened again. It must be whole, hold every act that was said to be done, and the one that was
under way either wholly or not at all; database and index must agree.
"""

import itertools
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from readinglist.errors import ExpectedError
from readinglist.library.library import Library
from tests.faults import failing_calls
from tests.faults.acts import act, digest, edit, held
from tests.store.old_libraries import OLD_LIBRARIES, PAPERS_FOUND, PAPERS_WITH_NOTES, unpack

Say = Callable[[str], None]
CHECKOUT = Path(__file__).resolve().parents[2]
_KILL = signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM
_LONGEST_ACT = 2.5  # seconds after which a program is killed at the latest


@dataclass
class Figures:
    """What a campaign found."""

    rounds: Counter[str] = field(default_factory=Counter)
    killed_in: Counter[str] = field(default_factory=Counter)
    acts: int = 0
    wrong: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


class Campaign:
    """Lets programs do the same acts as an undisturbed one, disturbs them, and compares."""

    def __init__(self, scratch: Path, seed: int, say: Say = lambda _: None, steps: int = 150) -> None:
        self._scratch = scratch
        self._seed = seed
        self._chance = random.Random(seed)
        self._say = say
        self._steps = steps
        self.figures = Figures()
        self._names: list[str] = []
        self._right = [""]
        self._undisturbed()

    def kill(self, times: int) -> None:
        """Kill a program at a random moment, open its library, judge it, and let the next one go on there."""
        folder, step = self._new_folder(), 0
        for number in range(times):
            if step >= self._steps:
                folder, step = self._new_folder(), 0
            done, under_way = self._run(folder, step, self._chance.uniform(0.0, _LONGEST_ACT) ** 2 / _LONGEST_ACT)
            step = self._judge(folder, done, under_way, f"kill {number}")
            self.figures.rounds["kills"] += 1
            if under_way:
                self.figures.killed_in[self._names[done]] += 1

    def fail_writes(self, times: int) -> None:
        """Let writes fail at a random size of a file; then go on without that."""
        for number in range(times):
            folder = self._copy_at(number)
            start = self._copied_step
            size = max(path.stat().st_size for path in folder.iterdir() if path.is_file())
            limit = self._chance.randrange(int(size * 1.6)) + 4096
            done, under_way = self._run(folder, start, None, limit)
            self._judge(folder, done, under_way, f"writes failing beyond {limit} bytes")
            self.figures.rounds["failing writes"] += 1

    def fail_calls(self, times: int) -> None:
        """Let the system fail to read, write, sync, lock or open the database; then go on without that."""
        reason = failing_calls.why_not()
        if reason:
            self.figures.skipped.append(f"failing calls: {reason}")
            return
        for number in range(times):
            folder = self._copy_at(number)
            start = self._copied_step
            done, _ = self._run(folder, start, None, under=failing_calls.under(folder, self._chance))
            calls = failing_calls.failed(folder)
            # Nobody knows what a disk keeps that could not be synced: even an act that was refused may be there.
            self._judge(folder, done, done < self._steps, f"{len(calls)} failing calls {calls[:1]}")
            self.figures.rounds["failing calls"] += bool(calls)

    def fill_disk(self, times: int) -> None:
        """Let the database have hardly any room; then go on with room."""
        for number in range(times):
            folder = self._copy_at(number)
            start = self._copied_step
            with closing(sqlite3.connect(folder / "library.sqlite")) as database:
                pages = database.execute("PRAGMA page_count").fetchone()[0]
            room = self._chance.randrange(1, 60)
            done, under_way = _fill(folder, self._seed, start, self._steps, pages + room)
            self._judge(folder, done, under_way, f"room for {room} more pages")
            self.figures.rounds["full disks"] += 1

    def upgrade(self, times: int) -> None:
        """Kill a program while it brings an older library up to date; the next one must find all that was in it."""
        for number in range(times):
            old = OLD_LIBRARIES[number % len(OLD_LIBRARIES)]
            folder = self._new_folder("old")
            unpack(old, folder)
            _follow(_worker(folder, "open"), self._chance.uniform(0.0, 0.5))
            self.figures.rounds["kills while upgrading"] += 1
            with Library(folder) as library:
                found = len(library.find().ids), len(library.find("has:note").ids)
                library.index_pending()
                faults = library.check().differences
            if found != (PAPERS_FOUND, PAPERS_WITH_NOTES) or faults:
                self._wrong(folder, f"upgrade of {old.name}: {found}, {faults}")

    def edit_at_once(self, programs: int, seconds: int) -> None:
        """Let several programs edit the same papers, with clocks that go back and forth; nothing said may be lost."""
        folder = self._copy_at(3)
        workers = [_worker(folder, "edits", number, seconds) for number in range(programs)]
        lines = [line for worker in workers for line in _lines_of(worker)]
        told = [line.split()[1] for line in lines if line.startswith("done")]
        failed = [line for line in lines if line.startswith(("failed", "refused"))]
        with Library(folder) as library:
            papers = library.papers(library.find().ids)
            library.index_pending()
            faults = library.check().differences
        tags = Counter(tag for paper in papers for tag in paper.tags)
        notes = {note.text for paper in papers for note in paper.notes}
        lost = [name for name in told if tags[name] != 3 or name not in notes]
        if lost or not told or faults or failed:
            what = f"lost {lost[:5]}, {len(told)} edits told, {faults}, {failed}"
            self._wrong(folder, f"{programs} programs at once: {what}")
        self.figures.rounds[f"edits of {programs} programs at once"] += len(told)

    def edit_and_undo(self, edits: int) -> None:
        """Many random edits, undone to the first and done again, by one program after another: equal at both ends."""
        folder = self._copy_at(2)
        before, start = held(folder), _undo_depth(folder)
        with Library(folder) as library:
            ids = sorted(library.find().ids)
            tried = itertools.count()
            while _undo_depth(folder) - start < edits:  # not every edit changes something
                for number in itertools.islice(tried, 50):
                    edit(library, random.Random(f"{self._seed} edit {number}"), ids)
        made, after = _undo_depth(folder) - start, held(folder)
        undone, redone = (self._step_through(folder, made, verb) for verb in (Library.undo, Library.redo))
        for what, found, right in (("undone", undone, before), ("done again", redone, after)):
            differ = [name for name in right if found[name] != right[name]]
            if differ:
                self._wrong(folder, f"{made} edits {what}: {', '.join(differ)} are others")
        self.figures.rounds["edits undone and done again"] += made

    def _step_through(self, folder: Path, count: int, verb: Callable[[Library], object]) -> dict[str, Any]:
        """Undo or redo so often, each 500 in a library that is opened anew; gives what it holds then."""
        for begin in range(0, count, 500):
            with Library(folder) as library:
                for _ in range(begin, min(begin + 500, count)):
                    verb(library)
        return held(folder)

    def _undisturbed(self) -> None:
        """The acts in one go: what is right after each of them, and a copy of the library every ten acts."""
        folder = self._new_folder("right")
        with Library(folder):
            pass
        self._right = [digest(folder)]
        for step in range(self._steps):
            with Library(folder) as library:
                self._names.append(act(library, self._seed, step))
            self._right.append(digest(folder))
            if step % 10 == 9:
                shutil.copytree(folder, self._scratch / f"copy-{step + 1}")
        self.figures.acts = self._steps

    def _judge(self, folder: Path, done: int, under_way: bool, what: str) -> int:
        """Compare a library with what is right; gives the number of the act that comes next there."""
        try:
            found = digest(folder)
            with Library(folder) as library:
                library.index_pending()
                faults = [difference.message for difference in library.check().differences]
        except ExpectedError as error:
            return self._wrong(folder, f"{what}: {error}")
        if faults:
            return self._wrong(folder, f"{what}: {'; '.join(faults)}")
        if found == self._right[done]:
            return done
        if under_way and found == self._right[done + 1]:
            return done + 1
        name = self._names[done] if under_way else "none"
        return self._wrong(folder, f"{what}: neither before nor after act {done} ({name})")

    def _wrong(self, folder: Path, what: str) -> int:
        self.figures.wrong.append(what)
        self._say(f"NOT RIGHT {what}")
        shutil.copytree(folder, self._scratch / f"wrong-{len(self.figures.wrong)}")
        shutil.rmtree(folder)
        return self._steps

    def _run(
        self, folder: Path, step: int, after: float | None, limit: int = 0, under: Sequence[str] = ()
    ) -> tuple[int, bool]:
        """Let a program do acts until it is killed, or ends; how many are done then, and whether one is under way."""
        lines = _follow(_worker(folder, "acts", self._seed, step, self._steps, limit, under=under), after)
        self.figures.wrong += [line.strip() for line in lines if line.startswith("failed")]
        return _told(lines, step)

    def _new_folder(self, name: str = "") -> Path:
        folder = self._scratch / (name or f"killed-{self.figures.rounds['kills']}")
        shutil.rmtree(folder, ignore_errors=True)
        return folder

    def _copy_at(self, number: int) -> Path:
        """A copy of the undisturbed library as it was after some acts."""
        self._copied_step = 10 * (1 + number % (self._steps // 10 - 1))
        folder = self._new_folder("harmed")
        shutil.copytree(self._scratch / f"copy-{self._copied_step}", folder)
        return folder


def _worker(folder: Path, kind: str, *numbers: int, under: Sequence[str] = ()) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*under, sys.executable, "-m", "tests.faults.worker", str(folder), kind, *map(str, numbers)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=CHECKOUT,
    )  # fmt: skip


def _follow(program: subprocess.Popen[str], after: float | None) -> list[str]:
    """Kill a program some seconds after its first act began, or let it end; gives what it said."""
    assert program.stdout is not None
    lines = [program.stdout.readline()]
    if after is not None:
        time.sleep(after)
        program.send_signal(_KILL)
    return lines + _lines_of(program)


def _lines_of(program: subprocess.Popen[str]) -> list[str]:
    assert program.stdout is not None
    lines = program.stdout.readlines()
    program.stdout.close()
    program.wait()
    return lines


def _undo_depth(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "library.sqlite")) as database:
        return int(database.execute("SELECT count(*) FROM changes WHERE status = 'done'").fetchone()[0])


def _told(lines: list[str], step: int) -> tuple[int, bool]:
    done, begun = step, step
    for word, number in _words(lines):
        if word == "begin":
            begun = number + 1
        elif word == "done":
            done = number + 1
        else:
            begun = done  # refused: all of it must be as it was
    return done, begun > done


def _words(lines: list[str]) -> Iterator[tuple[str, int]]:
    for line in lines:
        parts = line.split(" ", 2)
        if len(parts) >= 2 and line.endswith("\n"):
            yield parts[0], int(parts[1])


def _fill(folder: Path, seed: int, first: int, last: int, pages: int) -> tuple[int, bool]:
    """Do acts in a library whose database may not grow beyond so many pages, up to the first that is refused."""
    with Library(folder) as library:
        with library._store._database.writing() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for step in range(first, last):
            try:
                act(library, seed, step)
            except ExpectedError:
                return step, False
    return last, False
