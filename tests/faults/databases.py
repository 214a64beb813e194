"""Damaged databases: each either opens whole, or is told to be damaged, and what can be read of it is brought back."""

import hashlib
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from readinglist.errors import DamagedError
from readinglist.library import backups, recovery
from readinglist.library.answers import InputText
from readinglist.library.backups import Why
from readinglist.library.base import no_progress
from readinglist.library.library import Library
from readinglist.paths import resource
from readinglist.store.database import FILE_NAME

PAGE = 4096
Harm = Callable[[bytearray, random.Random], bytes | bytearray]
Rows = dict[str, frozenset[str]]


def _pages(data: bytearray, chance: random.Random, count: int, first: int = 0) -> Iterator[slice]:
    for _ in range(count):
        start = chance.randrange(first, len(data) // PAGE) * PAGE
        yield slice(start, start + PAGE)


def _noise(data: bytearray, chance: random.Random) -> bytearray:
    for page in _pages(data, chance, 1):
        data[page] = chance.randbytes(PAGE)
    return data


def _zeros(data: bytearray, chance: random.Random) -> bytearray:
    for page in _pages(data, chance, chance.choice((1, 4, 20)), first=1):
        data[page] = bytes(PAGE)
    return data


def _cut_off(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))]


def _half_zero(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    return data[:start] + bytes(len(data) - start)


def _no_header(data: bytearray, chance: random.Random) -> bytearray:
    data[:100] = chance.choice((bytes(100), chance.randbytes(100)))
    return data


def _no_first_page(data: bytearray, chance: random.Random) -> bytearray:
    data[:PAGE] = chance.randbytes(PAGE)
    return data


def _bits(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.choice((1, 10, 200))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def _page_heads(data: bytearray, chance: random.Random) -> bytearray:
    for page in _pages(data, chance, 3, first=1):
        data[page.start : page.start + 12] = chance.randbytes(12)
    return data


def _swapped(data: bytearray, chance: random.Random) -> bytearray:
    one, other = _pages(data, chance, 2, first=1)
    data[one], data[other] = data[other], data[one]
    return data


def _foreign(_data: bytearray, chance: random.Random) -> bytes:
    return chance.choice((b"<html>404</html>" * 20, chance.randbytes(9_000), b""))


HARMS: dict[str, Harm] = {
    "a page of noise": _noise, "pages of zeros": _zeros, "cut off": _cut_off, "half of it zeros": _half_zero,
    "no header": _no_header, "no first page": _no_first_page, "bits flipped": _bits, "heads of pages": _page_heads,
    "pages swapped": _swapped, "another file": _foreign,
}  # fmt: skip
# SQLite keeps no checksums: within a text, what is exchanged for other bytes can be seen by nobody.
UNSEEN = {"bits flipped"}


@dataclass
class Figures:
    """What a campaign did and found.

    Of the damages: opened whole; `altered`, whole but for bytes within texts; refused at the door; or found when papers
    were read or the whole was checked. `rows` are those of recovered files, against what there was.
    """

    damages: int = 0
    harms: Counter[str] = field(default_factory=Counter)
    opened_whole: int = 0
    refused: int = 0
    altered: int = 0
    found_later: int = 0
    rows: int = 0
    rows_recovered: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        """Whether nothing was wrong."""
        return not self.wrong


class Campaign:
    """Damages copies of one library, again and again."""

    def __init__(self, scratch: Path, seed: int) -> None:
        self._scratch = scratch
        self._chance = random.Random(seed)
        whole, logged = scratch / "whole", scratch / "logged"
        make_library(whole)
        leave_log(whole, logged)
        self._sources = [(whole, rows_of(whole / FILE_NAME)), (logged, rows_of_copy(logged, scratch))]
        self._truth: Rows = {}
        self.figures = Figures()

    def damage(self, count: int) -> None:
        """Damage so many copies, each in one way."""
        for number in range(count):
            harm = list(HARMS)[number % len(HARMS)]
            folder = self._scratch / "harmed"
            shutil.rmtree(folder, ignore_errors=True)
            source, self._truth = self._chance.choice(self._sources)
            shutil.copytree(source, folder)
            path = folder / FILE_NAME
            path.write_bytes(HARMS[harm](bytearray(path.read_bytes()), self._chance))
            self.figures.damages += 1
            self.figures.harms[harm] += 1
            try:
                self._try(folder, f"{number} {harm}", unseen=harm in UNSEEN)
            except Exception as error:  # noqa: BLE001 - a crash is what is looked for
                self.figures.wrong.append(f"{number} {harm}: {type(error).__name__}: {error}")

    def _try(self, folder: Path, name: str, *, unseen: bool) -> None:
        before = digest(folder)
        try:
            self._read_all(folder)
        except DamagedError:
            self.figures.refused += 1
            if digest(folder) != before:
                self.figures.wrong.append(f"{name}: the damaged file was written to")
        else:
            self._look_closer(folder, name, unseen=unseen)
            if not recovery.what_is_wrong(folder):
                return
        self._recover(folder, name, unseen=unseen)

    def _read_all(self, folder: Path) -> None:
        with Library(folder) as library:
            for query in ("", "is:trashed"):
                library.papers(library.find(query).ids)
            library.counts()

    def _look_closer(self, folder: Path, name: str, *, unseen: bool) -> None:
        """It opened, and all papers can be read: all is there, or the thorough check says that it is not."""
        try:
            with Library(folder) as library:
                told = any(difference.kind == "database" for difference in library.check().differences)
        except DamagedError:
            told = True
        if told:
            self.figures.found_later += 1
        elif rows_of(folder / FILE_NAME) == self._truth:
            self.figures.opened_whole += 1
        elif unseen or counts(rows_of(folder / FILE_NAME)) == counts(self._truth):
            self.figures.altered += 1
        else:
            self.figures.wrong.append(f"{name}: rows are missing, and nothing says so")

    def _recover(self, folder: Path, name: str, *, unseen: bool) -> None:
        """What is recovered is right, or told to be lost; and it opens, or a backup does."""
        findings = recovery.look(folder, no_progress)
        recovered = findings.recovered
        if recovered is None:
            kept = recovery.take_backup(folder, findings.backups[0], no_progress)
        else:
            found = rows_of(recovered.path)
            self.figures.rows += sum(map(len, self._truth.values()))
            self.figures.rows_recovered += sum(len(found[table] & rows) for table, rows in self._truth.items())
            if not recovered.lost and not unseen and counts(found) != counts(self._truth):
                self.figures.wrong.append(f"{name}: the recovered file lacks rows, and nothing says so")
            kept = recovery.take_recovered(folder, recovered)
        if not kept.exists():
            self.figures.wrong.append(f"{name}: the damaged file is gone")
        with Library(folder) as library:
            library.papers(library.find("").ids)
            library.index_pending()
            if library.check().differences:
                self.figures.wrong.append(f"{name}: what was recovered is not whole: {library.check().differences}")


def make_library(folder: Path) -> None:
    """Make a library with something of everything, and a backup."""
    with Library(folder) as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
        ids = library.find("").ids
        library.star(ids[:5])
        library.tag(ids[3:20], ("nlp", "method/long"), ())
        for paper_id in ids[:12]:
            library.add_note(paper_id, f"What I think of {paper_id}. " * 40)
        library.trash(ids[-3:])
        library.undo()
        library.trash(ids[-2:])
        library.index_pending()
    backups.back_up(folder, Why.BY_HAND, no_progress)


def leave_log(whole: Path, folder: Path) -> None:
    """Make a copy of a library as a pulled plug leaves it: its last changes stand in the log alone."""
    shutil.copytree(whole, folder.with_name("open"))
    with Library(folder.with_name("open")) as library:
        ids = library.find("").ids
        library.rate(ids[4:9], 5)
        library.add_note(ids[0], "In the log alone. " * 300)
        shutil.copytree(folder.with_name("open"), folder)


def rows_of_copy(folder: Path, scratch: Path) -> Rows:
    """The rows of a library whose log is to stay as it is."""
    copy = scratch / "copy"
    shutil.copytree(folder, copy)
    return rows_of(copy / FILE_NAME)


def rows_of(path: Path) -> Rows:
    """The rows of the tables that hold what a reader has, as text."""
    tables = ("papers", "notes", "tags", "paper_tags", "sources", "listings", "sightings", "smart_lists")
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        return {table: frozenset(map(repr, connection.execute(f"SELECT * FROM {table}"))) for table in tables}


def roots(path: Path) -> dict[str, int]:
    """The root page of each table and index."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_master"))


def counts(rows: Rows) -> dict[str, int]:
    """How many rows there are of each table."""
    return {table: len(found) for table, found in rows.items()}


def digest(folder: Path) -> str:
    """The digest of the database and its logs; a log that holds nothing is none."""
    found = hashlib.sha256()
    for suffix in ("", "-wal", "-journal"):
        path = folder / (FILE_NAME + suffix)
        if path.exists():
            found.update(path.read_bytes())
    return found.hexdigest()
