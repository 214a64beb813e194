"""Searches in a library in which every tenth paper has a file: the index of their texts, questions, keys, excerpts."""

import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from readinglist.library.indexing import INDEX_FOLDER
from readinglist.library.library import Library
from tests.benchmarks import synthetic, window
from tests.benchmarks.measuring import PROGRAM, Result, seconds_of_process
from tests.benchmarks.searching import QUESTIONS_OF_A_KIND
from tests.benchmarks.workplace import FILE_LENGTH, Workplace


def pdf_search(workplace: Workplace) -> Iterator[Result]:
    """Index time and size, questions for words and phrases of files, and keys in the window."""
    library = workplace.library_with_files()
    yield from _index(workplace, library)
    for kind, questions in _questions().items():
        with Library(library) as opened:
            opened.find("nothing-of-this")  # opening the index is measured by the search command
            asks = [_asks(opened, question) for question in questions]
            cold, warm = _busy(asks), _busy(asks)
            excerpts = _busy([_shows(opened, question) for question in questions])
        yield Result(f"find in files, {kind}, cold, processor time", "ms", cold, workplace.cold_bar)
        yield Result(f"find in files, {kind}, warm, processor time", "ms", warm)
        yield Result(f"excerpts of a page of files, {kind}", "ms", excerpts)
    keys = window.keystrokes(library)
    yield Result("search keystroke with files to painted rows", "ms", tuple(wall for wall, _ in keys), 50)
    yield Result("processor time of that, all threads", "ms", tuple(busy for _, busy in keys))


def _index(workplace: Workplace, library: Path) -> Iterator[Result]:
    files = workplace.papers // 10
    scratch = workplace.fresh_library()
    shutil.copytree(library, scratch)
    seconds = seconds_of_process([*PROGRAM, "--library", scratch, "reindex"], repeat=1, warm=0)
    yield Result(f"index of {workplace.papers:,} with {files:,} files", "s", seconds)
    both = [_size(folder) for folder in (scratch, workplace.large_library())]
    texts = files * FILE_LENGTH / 1_000_000
    yield Result("size of the index that files take", "MB", (both[0] - both[1],), None, {"their texts": texts})
    workplace.remove(scratch)


def _size(library: Path) -> float:
    return sum(path.stat().st_size for path in (library / INDEX_FOLDER).rglob("*") if path.is_file()) / 1_000_000


def _busy(works: Sequence[Callable[[], object]]) -> tuple[float, ...]:
    """How much processor time each work takes, in milliseconds, which other programs do not disturb as much."""
    taken = []
    for work in works:
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1_000)
    return tuple(taken)


def _questions() -> dict[str, list[str]]:
    chance = random.Random(9)
    common, rarer = synthetic.frequent_words(9, 70), synthetic.frequent_words(70, 4000)
    kinds: dict[str, list[str]] = {"one word": [], "two words": [], "phrase": [], "phrase in files": [], "prefix": []}
    for _ in range(QUESTIONS_OF_A_KIND):
        one, two = chance.choice(common), chance.choice(rarer)
        kinds["one word"].append(f"pdf:{two}")
        kinds["two words"].append(f"{one} {two}")
        kinds["phrase"].append(f'"{one} {two}"')
        kinds["phrase in files"].append(f'pdf:"{one} {chance.choice(common)}"')
        kinds["prefix"].append(f"pdf:{two[:3]}*")
    return kinds


def _asks(library: Library, question: str) -> Callable[[], object]:
    return lambda: library.papers(library.find(question, typing=True).ids[:30])


def _shows(library: Library, question: str) -> Callable[[], object]:
    ids = library.find(question, typing=True).ids[:12]
    return lambda: library.file_excerpts(ids, question, typing=True)
