"""Whole commands, from the start of the process to its end."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import yardsticks
from tests.benchmarks.measuring import PROGRAM, Result, Skipped, run, seconds_of_process
from tests.benchmarks.workplace import Workplace

# Runs a command and says at its end how much memory it held at most, in KiB. The process tells it of itself: what the
# parent is told of a child counts the parent's own memory from before the start.
_WITH_PEAK = """
import runpy, sys
try:
    runpy.run_module("readinglist", run_name="__main__")
finally:
    with open("/proc/self/status") as status:
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    sys.stdout.flush()
    print("\\n" + peak)
"""


def command_start(_workplace: Workplace) -> Iterator[Result]:
    """`readinglist --help`: what every command pays before it does anything."""
    values = seconds_of_process([*PROGRAM, "--help"], repeat=9)
    yield Result("command start (--help)", "s", values, 0.15, {"python alone": yardsticks.bare_python()})


def import_listings(workplace: Workplace) -> Iterator[Result]:
    """Import of the real listings (or the sample) into a new library, and the first search in it."""
    files, what = workplace.real_listings()
    found = workplace.fresh_library()
    command: list[str | Path] = [*PROGRAM, "--library", found, "import", *files]
    values = seconds_of_process(command, repeat=5, before=lambda: workplace.remove(found))
    beside = {"sqlite3 and FTS5 alone": yardsticks.plain_import(workplace.folder, files)}
    yield Result(f"import of {what}", "s", values, 0.6, beside)
    command = [*PROGRAM, "--library", found, "find", "language model", "--limit", "50"]
    yield Result(f"first search after that ({what})", "s", seconds_of_process(command, repeat=5, warm=0), 0.3)


def import_bibtex(workplace: Workplace) -> Iterator[Result]:
    """Import of a BibTeX file into a new library, a search for its last paper, the same again, and a look at it."""
    file, what = workplace.bibliography(), f"{workplace.papers:,} BibTeX entries"
    found = workplace.fresh_library()
    command: list[str | Path] = [*PROGRAM, "--library", found, "import", file]
    repeat = 3 if workplace.papers <= 10_000 else 1
    values = seconds_of_process(command, repeat, lambda: workplace.remove(found), warm=0)
    beside = {"sqlite3 and FTS5 alone": yardsticks.plain_bibtex_import(workplace.folder, file)}
    yield Result(f"import of {what}", "s", values, workplace.bibtex_bars[0], beside)
    search: list[str | Path] = [*PROGRAM, "--library", found, "find", f"title:{workplace.papers - 1}"]
    if len(run(search).splitlines()) != 1:
        raise RuntimeError("the last paper of the file is not found")
    bar = 0.3 if workplace.papers <= 469 else None
    yield Result(f"first search after that ({what}, no index yet)", "s", seconds_of_process(search, repeat), bar)
    yield Result(f"import of the same {what}", "s", seconds_of_process(command, repeat, warm=0))
    command = [*PROGRAM, "--library", workplace.fresh_library(), "import", "--dry-run", file]
    yield Result(f"preview of {what}", "s", seconds_of_process(command, repeat=repeat, warm=0))


def index(workplace: Workplace) -> Iterator[Result]:
    """The index of what an import brought, which the program builds beside itself."""
    files, what = workplace.real_listings()
    library = workplace.fresh_library()
    run([*PROGRAM, "--library", library, "import", *files])
    command: list[str | Path] = [*PROGRAM, "--library", library, "reindex"]
    yield Result(f"index of {what}", "s", seconds_of_process(command, repeat=3), 1)
    command = [*PROGRAM, "--library", workplace.large_library(), "reindex"]
    yield Result(f"index of {workplace.papers:,}", "s", seconds_of_process(command, repeat=1, warm=0), 25)


def import_memory(workplace: Workplace) -> Iterator[Result | Skipped]:
    """The most memory that an import holds."""
    if not Path("/proc/self/status").exists():
        yield Skipped("peak memory of an import", "only Linux tells it")
        return
    files, what = workplace.real_listings()
    for given, name, bar in (
        (files, what, 110), (workplace.listing_files(), f"{workplace.papers:,} papers", None),
        ([workplace.bibliography()], f"{workplace.papers:,} BibTeX entries", workplace.bibtex_bars[2]),
    ):  # fmt: skip
        library = workplace.fresh_library()
        printed = run([sys.executable, "-c", _WITH_PEAK, "--library", library, "import", *given])
        peak = int(printed.rsplit(maxsplit=1)[-1]) / 1024
        yield Result(f"peak memory of importing {name}", "MB", (peak,), bar)


def first_search(workplace: Workplace) -> Iterator[Result]:
    """A search as a command of its own, in a large library whose index is up to date."""
    command: list[str | Path] = [
        *PROGRAM,
        "--library",
        workplace.large_library(),
        "find",
        "inference model",
        "--limit",
        "50",
    ]
    values = seconds_of_process(command, repeat=5)
    yield Result(
        f"search command in {workplace.papers:,}",
        "s",
        values,
        workplace.command_bar,
        {"python alone": yardsticks.bare_python()},
    )


def check(workplace: Workplace) -> Iterator[Result]:
    """A comparison of a whole library with its index, paper by paper, which a reader asks for when in doubt."""
    command: list[str | Path] = [*PROGRAM, "--library", workplace.large_library(), "check"]
    yield Result(f"check of {workplace.papers:,}", "s", seconds_of_process(command, repeat=3))


def export(workplace: Workplace) -> Iterator[Result]:
    """All papers of a large library as BibTeX into a file."""
    target = workplace.folder / "all.bib"
    command: list[str | Path] = [
        *PROGRAM,
        "--library",
        workplace.large_library(),
        "export",
        "--format",
        "bibtex",
        "-o",
        target,
    ]
    values = seconds_of_process(command, repeat=3, before=lambda: target.unlink(missing_ok=True))
    beside = {"sqlite3 alone": yardsticks.plain_export(workplace.plain_database(), workplace.folder / "plain.bib")}
    yield Result(f"export of {workplace.papers:,} to BibTeX", "s", values, workplace.bibtex_bars[1], beside)
    yield Result("the same over the file, proven first", "s", seconds_of_process(command, repeat=3))


def star_bytes(workplace: Workplace) -> Iterator[Result | Skipped]:
    """How many bytes one star hands to the system for writing."""
    counter = Path("/proc/self/io")
    if not counter.exists():
        yield Skipped("bytes written for one star", "only Linux tells it")
        return

    def written() -> int:
        return int(next(line.split()[1] for line in counter.read_text().splitlines() if line.startswith("wchar")))

    from readinglist.library.library import Library

    values = []
    with Library(workplace.large_library()) as library:
        for paper_id in library.find().ids[1:10]:
            before = written()
            library.star([paper_id])
            values.append((written() - before) / 1024)
    yield Result(f"bytes written for one star in {workplace.papers:,}", "KB", tuple(values), 16)
