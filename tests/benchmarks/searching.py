"""Searches within one process: the full-text engine alone, and a whole `Library.find`, beside SQLite FTS5."""

import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from readinglist.library.answering import Answering
from readinglist.library.indexing import INDEX_FOLDER
from readinglist.library.library import Library
from readinglist.papers.query import And, Node, Or, Phrase, Word
from readinglist.search.evaluate import evaluate
from readinglist.search.paper_index import PaperIndex
from readinglist.store.paper_store import PaperStore
from tests.benchmarks import synthetic, yardsticks
from tests.benchmarks.measuring import Result
from tests.benchmarks.workplace import Workplace

if TYPE_CHECKING:
    from readinglist.search.evaluate import Ids, Scored

QUESTIONS_OF_A_KIND = 24
NO_IDS = np.empty(0, np.int64)


def engine(workplace: Workplace) -> Iterator[Result]:
    """Count and best 50 from the index alone: cold (a term's first time) and warm."""
    plain = sqlite3.connect(workplace.plain_database())
    store = PaperStore(workplace.large_library())
    for kind, questions in _questions().items():
        index = PaperIndex(workplace.large_library() / INDEX_FOLDER, store.library_id)
        index.ids()  # opening it is measured by the search command
        answering = Answering(store, index, lambda *_, **__: [])
        asks = [_asks(index, answering, tree) for tree, _ in questions]
        cold, warm = _times(asks), _times(asks)
        index.close()
        beside = [_asks_plain(plain, expression) for _, expression in questions]
        _times(beside)
        fts5 = statistics.median(_times(beside))
        yield Result(f"engine, {kind}, cold", "ms", cold, workplace.cold_bar)
        yield Result(f"engine, {kind}, warm", "ms", warm, None, {"FTS5": fts5}, ratio_bar=0.3)
    store.close()
    plain.close()


def find(workplace: Workplace) -> Iterator[Result]:
    """`Library.find` and the papers of its first page, as the window asks while one types."""
    with Library(workplace.large_library()) as library:
        words = synthetic.frequent_words(60, 400)
        typed = [word[:length] for word in words[::20] for length in range(1, len(word) + 1)]

        def ask(text: str) -> Callable[[], object]:
            return lambda: library.papers(library.find(text, typing=True).ids[:30])

        _times([ask(text) for text in typed[:20]])
        yield Result("find while typing, and a page of papers", "ms", _times([ask(text) for text in typed]))
        marks = ["is:starred", "status:inbox", "added:2026-01", "seen:>=1", f"is:starred {words[0]}"]
        yield Result("find by marks, and a page of papers", "ms", _times([ask(text) for text in marks * 4]))


def related(workplace: Workplace) -> Iterator[Result]:
    """`Library.related` for papers whose words were not asked for before, and for the same ones again."""
    ids = random.Random(3).sample(range(1, workplace.papers + 1), QUESTIONS_OF_A_KIND)
    with Library(workplace.large_library()) as library:
        library.related(1)  # opening the index is measured by the search command
        asks = [partial(library.related, paper_id) for paper_id in ids]
        yield Result("related papers, cold", "ms", _times(asks), 100)
        yield Result("related papers, warm", "ms", _times(asks), 100)


def _questions() -> dict[str, list[tuple[Node, str]]]:
    """Trees for our engine and the same as expressions of FTS5, by kind; the same ones in every run."""
    chance = random.Random(7)
    common, rarer = synthetic.frequent_words(9, 70), synthetic.frequent_words(70, 400)
    kinds: dict[str, list[tuple[Node, str]]] = {
        "one word": [], "two words": [], "three words": [], "any of three": [], "phrase of two": [],
        "prefix of one": [], "prefix of two": [], "prefix of three": [], "word and prefix": [],
    }  # fmt: skip
    for _ in range(QUESTIONS_OF_A_KIND):
        one, two, three = chance.choice(common), chance.choice(common + rarer), chance.choice(rarer)
        kinds["one word"].append((Word(one), f'"{one}"'))
        kinds["two words"].append((_all(one, two), f'"{one}" AND "{two}"'))
        kinds["three words"].append((_all(one, two, three), f'"{one}" AND "{two}" AND "{three}"'))
        anything = Or((Word(one), Word(two), Word(three)))
        kinds["any of three"].append((anything, f'"{one}" OR "{two}" OR "{three}"'))
        phrase = f"{one} {chance.choice(common)}"
        kinds["phrase of two"].append((Phrase(phrase), f'"{phrase}"'))
        for length, kind in ((1, "prefix of one"), (2, "prefix of two"), (3, "prefix of three")):
            kinds[kind].append((Word(three[:length], prefix=True), f'"{three[:length]}"*'))
        half_typed = And((Word(one), Word(two[:3], prefix=True)))
        kinds["word and prefix"].append((half_typed, f'"{one}" AND "{two[:3]}"*'))
    return kinds


def _all(*words: str) -> Node:
    return And(tuple(map(Word, words)))


def _asks(index: PaperIndex, answering: Answering, tree: Node) -> Callable[[], object]:
    """The count and the best 50; the texts of papers are looked at only for phrases."""
    leaf_scores = answering._leaves if isinstance(tree, Phrase) else index.scores
    return lambda: _top_50(evaluate(tree, leaf_scores, lambda _: NO_IDS, index.ids))


def _asks_plain(plain: sqlite3.Connection, expression: str) -> Callable[[], object]:
    return lambda: yardsticks.fts5_top_50(plain, expression)


def _top_50(found: "Scored") -> "tuple[int, Ids]":
    ids, scores = found
    if len(ids) <= 50:
        return len(ids), ids[np.argsort(-scores)]
    best = np.argpartition(-scores, 50)[:50]
    return len(ids), ids[best[np.argsort(-scores[best])]]


def _times(works: Sequence[Callable[[], object]]) -> tuple[float, ...]:
    times = []
    for work in works:
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1_000)
    return tuple(times)
