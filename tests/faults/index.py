"""The full-text index under fire: damaged files, killed programs, a second writer, a full disk.

After each, a newly opened library answers questions, and every answer is compared with a look at every paper in plain
Python; then the index is brought up to date, checked against the database, and asked again.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from readinglist.errors import ExpectedError
from readinglist.library.library import Library
from readinglist.papers.paper import Paper
from tests.faults.damages import HARMS, files
from tests.faults.naive import Plain, listing, made_up, questions
from tests.formats.pdf_making import pdf_of

Say = Callable[[str], None]
CHECKOUT = Path(__file__).resolve().parents[2]
PAPERS = 150
_INDEXING = (
    "import sys; from pathlib import Path; from readinglist.library.library import Library\nprint(1, flush=True)\n"
)
_CATCHING_UP = _INDEXING + "Library(Path(sys.argv[1])).index_pending()"
_BUILDING = _INDEXING + "Library(Path(sys.argv[1])).reindex()"


@dataclass
class Figures:
    """What a campaign found."""

    damages: int = 0
    kills: int = 0
    killed_at_work: int = 0
    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    unrepaired: list[str] = field(default_factory=list)
    harms: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether all answers were right and all harm was repaired."""
        return not self.wrong and not self.unrepaired


class Campaign:
    """Harms copies of one library, again and again."""

    def __init__(self, scratch: Path, seed: int, say: Say = lambda _: None) -> None:
        self._scratch = scratch
        self._chance = random.Random(seed)
        self._say = say
        self.figures = Figures()
        self._whole = scratch / "whole"
        fill(self._whole)

    def damage(self, times: int) -> None:
        """Damage the index's files in turn in each of the ways."""
        names = list(HARMS)
        for number in range(times):
            name = names[number % len(names)]
            folder = self._copy()
            file = self._chance.choice(files(folder / "index"))
            HARMS[name](folder / "index", file, self._chance)
            self.figures.damages += 1
            self.figures.harms[name] += 1
            self._judge(folder, f"{name}: {file.relative_to(folder)}")

    def kill(self, times: int) -> None:
        """Kill a program at a random moment while it catches up, or builds the index anew."""
        for number in range(times):
            folder = self._copy()
            with Library(folder) as library:
                more = made_up(120, seed=1_000 + number)
                library.import_texts([listing(more, "more.txt", 20)])
                library.trash(library.find(sort="title").ids[:3])
            code = _BUILDING if number % 2 else _CATCHING_UP
            after = self._chance.uniform(0.0, 0.6)
            at_work = _killed(code, folder, after)
            self.figures.kills += 1
            self.figures.killed_at_work += at_work
            self._judge(folder, f"killed {after:.3f} s after its start")

    def write_at_once(self) -> None:
        """Two programs bring the same index up to date, and one of them builds it anew, while a third one asks."""
        folder = self._copy()
        with Library(folder) as library:
            library.import_texts([listing(made_up(200, seed=9), "more.txt", 20)])
            programs = [_started(code, folder) for code in (_CATCHING_UP, _BUILDING, _CATCHING_UP)]
            while any(program.poll() is None for program in programs):
                self._ask(library, "while two programs write")
            for program in programs:
                _close(program)
        self._judge(folder, "two programs wrote at once")

    def fill_disk(self) -> None:
        """Bring the index up to date where the disk is too small for it; then with room."""
        if not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None:
            self.figures.skipped.append("full disk: only root may mount a small disk")
            return
        folder = self._copy()
        with Library(folder) as library:
            library.import_texts([listing(made_up(200, seed=5), "more.txt", 20)])
        with _small_disk(folder / "index") as mounted:
            if not mounted:
                self.figures.skipped.append("full disk: this machine lets nobody mount a disk")
                return
            with Library(folder) as library:
                try:
                    library.index_pending()
                    self.figures.unrepaired.append("full disk: it was not full")
                except ExpectedError as error:
                    self._say(f"full disk: {error}")
                self._ask(library, "full disk")
        self._judge(folder, "a full disk")

    def _copy(self) -> Path:
        folder = self._scratch / "harmed"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._whole, folder)
        return folder

    def _judge(self, folder: Path, what: str) -> None:
        wrong, unrepaired = len(self.figures.wrong), len(self.figures.unrepaired)
        with Library(folder) as library:
            self._ask(library, what)
            try:
                library.index_pending()
                differences = library.check().differences
            except ExpectedError as error:
                self.figures.unrepaired.append(f"{what}: {error}")
            else:
                self.figures.unrepaired += [f"{what}: {difference.message}" for difference in differences]
            self._ask(library, f"{what}, after the repair")
        if (wrong, unrepaired) != (len(self.figures.wrong), len(self.figures.unrepaired)):
            self._say(f"NOT RIGHT {what}")

    def _ask(self, library: Library, what: str) -> None:
        held = library.papers(library.find().ids)
        files = {text.id: text.pdf for text in library._store.texts([paper.id for paper in held], pdf=True)}
        papers = {paper.id: _plain(paper, files[paper.id]) for paper in held}
        for question, meaning in questions(list(papers.values()), self._chance.randrange(1_000)).items():
            right = {paper_id for paper_id, paper in papers.items() if meaning(paper)}
            found = library.find(question).ids
            self.figures.answers += 1
            if set(found) != right or len(found) != len(right):
                self.figures.wrong.append(f"{what}: {question!r} found {len(found)} papers, right are {len(right)}")


def fill(folder: Path) -> None:
    """A library whose index has several segments, deleted documents, and some papers that are not indexed yet."""
    papers = made_up(PAPERS, seed=3)
    with Library(folder) as library:
        for number, (first, last) in enumerate(((0, 90), (90, 120), (120, 140))):
            library.import_texts([listing(papers[first:last], f"{number}.txt", 10 + number)])
            library.index_pending()
        ids = library.find(sort="title").ids
        attach_files(library, ids[10:30], papers)
        library.add_note(ids[0], "a zeppelin over ba")
        library.trash(ids[5:9])
        library.index_pending()
        library.import_texts([listing(papers[140:], "last.txt", 15)])
        library.add_note(ids[20], "another zeppelin")
        attach_files(library, ids[28:34], papers[50:])


def attach_files(library: Library, ids: Sequence[int], papers: Sequence[Plain]) -> None:
    """Give each of these papers a PDF document with the abstracts of two others, in lines of a few words."""
    with TemporaryDirectory(prefix="readinglist-faults-") as scratch:
        for number, paper_id in enumerate(ids):
            words = f"{papers[number].abstract} {papers[number + 1].abstract}".split()
            lines = [" ".join(words[place : place + 7]) for place in range(0, len(words), 7)]
            file = Path(scratch) / f"{number}.pdf"
            file.write_bytes(pdf_of([(60, 780 - 20 * place, 11, line) for place, line in enumerate(lines)]))
            library.attach(paper_id, [file])


def _plain(paper: Paper, file: str) -> Plain:
    return Plain(paper.title, paper.abstract, " ".join(note.text for note in paper.notes), file)


def _started(code: str, folder: Path) -> subprocess.Popen[bytes]:
    program = subprocess.Popen(
        [sys.executable, "-c", code, str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=CHECKOUT,
    )  # fmt: skip
    assert program.stdout is not None
    program.stdout.readline()
    return program


def _killed(code: str, folder: Path, after: float) -> bool:
    """Whether the program was still at work when it was killed."""
    program = _started(code, folder)
    time.sleep(after)
    program.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    return _close(program) != 0


def _close(program: subprocess.Popen[bytes]) -> int:
    code = program.wait()
    if program.stdout is not None:
        program.stdout.close()
    return code


@contextmanager
def _small_disk(folder: Path) -> Iterator[bool]:
    """A disk with hardly more room than the folder takes, in its place and with its files."""
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept)
    size = sum(-(-path.stat().st_size // 4096) * 4096 for path in kept.rglob("*") if path.is_file()) + 32 * 1024
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        yield False
        return
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield True
    finally:
        shutil.rmtree(kept)
        shutil.copytree(folder, kept)
        subprocess.run(["umount", "-l", str(folder)], check=True)  # Whoosh may hold half-written files open still
        shutil.rmtree(folder)
        kept.rename(folder)
