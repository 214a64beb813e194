"""Find: what a query asks of the full-text index and of the database, joined and put in order.

What the index does not hold yet, or cannot tell, is read from the database and matched here, so that an answer is right
whatever the state of the index.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Generic, TypeVar

from readinglist.errors import UsageError
from readinglist.library.answers import Found
from readinglist.papers.query import And, FieldTest, Node, Not, Or, Phrase, Query, Word, parse
from readinglist.search.paper_index import IndexBrokenError, PaperIndex
from readinglist.search.snippets import Hits
from readinglist.search.weights import PaperText
from readinglist.store.paper_store import PaperStore

if TYPE_CHECKING:
    from readinglist.search.evaluate import Ids, Scored

_log = logging.getLogger(__name__)

SORTS = ("best", "listed", "added", "title", "year", "rating")
_SCORES_TOLD = 1000

K = TypeVar("K")
V = TypeVar("V")


class Finder:
    """Answers queries on one library; keeps orders and texts between them for as long as the library is unchanged."""

    def __init__(self, store: PaperStore, index: PaperIndex) -> None:
        self._store = store
        self._index = index
        self._orders = _Kept[tuple[str, bool], Sequence[int]](store)
        self._unindexed = _Kept[str, dict[int, PaperText]](store)

    def find(self, text: str, sort: str, *, typing: bool) -> Found:
        """The papers that a query finds.

        Raises:
            UsageError: there is no such sort.
        """
        started = perf_counter()
        query = parse(text, date.today(), typing=typing)  # noqa: DTZ011 - the reader's own day is meant
        order = _sort(query, sort)
        if query.tree == And(()):
            ids, scores = list(self._order("listed" if order == "best" else order, trashed=False)), {}
        else:
            ids, scores = self._answer(query.tree, order)
        spent = (perf_counter() - started) * 1000
        return Found(text, ids, scores, Hits.of(query.tree), order, spent, query.problems)

    def _answer(self, tree: Node, order: str) -> tuple[list[int], dict[int, float]]:
        import numpy as np

        from readinglist.search.evaluate import evaluate

        asks_trash = any(test.field == "is" and test.value == "trashed" for test in _tests(tree))
        ids, scores = evaluate(tree, self._leaf, self._test, self._everything)
        ordered = np.asarray(self._universe(tree, "listed" if order == "best" else order, trashed=asks_trash), np.int64)
        table = np.full(int(max(ids.max(initial=0), ordered.max(initial=0))) + 1, -1.0, np.float32)
        table[ids] = scores
        ordered = ordered[table[ordered] >= 0]
        if order == "best":
            ordered = ordered[np.argsort(-table[ordered], kind="stable")]
        told = ordered[:_SCORES_TOLD]
        return ordered.tolist(), dict(zip(told.tolist(), table[told].round(3).tolist(), strict=True))

    def _universe(self, tree: Node, order: str, *, trashed: bool) -> Sequence[int]:
        """The papers that may be in the answer, in order: within one listing, its own order is the usual one."""
        if order == "listed" and isinstance(tree, FieldTest) and tree.field == "in":
            shown = set(self._order(order, trashed=False))
            return [paper_id for paper_id in self._store.ids_in_listing_order(tree) if paper_id in shown]
        papers = self._order(order, trashed=False)
        return [*papers, *self._order(order, trashed=True)] if trashed else papers

    def _order(self, order: str, *, trashed: bool) -> Sequence[int]:
        return self._orders.get((order, trashed), lambda: self._store.ids(order, trashed=trashed))

    def _everything(self) -> "Ids":
        import numpy as np

        both = [*self._order("listed", trashed=False), *self._order("listed", trashed=True)]
        return np.sort(np.asarray(both, np.int64))

    def _test(self, test: FieldTest) -> "Ids":
        import numpy as np

        return np.asarray(self._store.ids_where(test), np.int64)

    def _leaf(self, leaf: Word | Phrase) -> "Scored | None":
        from readinglist.search.scan import needs_text, scan

        fresh = self._unindexed.get("texts", self._read_unindexed)
        try:
            found = self._index.scores(leaf)
        except IndexBrokenError as error:
            _log.warning("The full-text index cannot be used (%s): answering from the database", error)
            return scan(leaf, self._every_text())
        if found is None:
            return None
        import numpy as np

        ids, scores = found
        if fresh:
            kept = ~np.isin(ids, np.fromiter(fresh, np.int64))
            ids, scores = ids[kept], scores[kept]
        if needs_text(leaf):
            ids, scores = scan(leaf, self._read(ids.tolist())) or (ids, scores)
        if fresh:
            more = scan(leaf, iter(fresh.values()))
            if more is not None and len(more[0]):
                ids, scores = np.concatenate((ids, more[0])), np.concatenate((scores, more[1]))
                by_id = np.argsort(ids)
                ids, scores = ids[by_id], scores[by_id]
        return ids, scores

    def _read_unindexed(self) -> dict[int, PaperText]:
        ids = [entry.paper_id for entry in self._store.to_index()]
        return dict.fromkeys(ids, PaperText(0)) | {text.id: text for text in self._read(ids)}

    def _every_text(self) -> Iterator[PaperText]:
        return self._read(self._store.ids() + self._store.ids(trashed=True))

    def _read(self, ids: Sequence[int]) -> Iterator[PaperText]:
        for words in self._store.texts(ids):
            yield PaperText(words.id, words.title, words.abstract, words.authors, words.notes)


class _Kept(Generic[K, V]):
    """Values worked out once for each state of the library, for any thread that asks."""

    def __init__(self, store: PaperStore) -> None:
        self._store = store
        self._version = -1
        self._values: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        version = self._store.version()
        if version != self._version:
            self._version, self._values = version, {}
        values = self._values
        if key not in values:
            values[key] = make()
        return values[key]


def _sort(query: Query, asked: str) -> str:
    """The order: the query's own word first, then the one asked for, then best for words, as listed otherwise."""
    sort = query.sort or asked
    if not sort:
        return "best" if _has_words(query.tree) else "listed"
    if sort not in SORTS:
        raise UsageError(f"There is no sort {sort!r}. Papers can be sorted by {', '.join(SORTS)}.")
    return sort


def _has_words(node: Node) -> bool:
    match node:
        case Word() | Phrase():
            return True
        case And(parts=parts) | Or(parts=parts):
            return any(map(_has_words, parts))
        case _:
            return False


def _tests(node: Node) -> Iterator[FieldTest]:
    match node:
        case FieldTest():
            yield node
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _tests(part)
        case Not(part=part):
            yield from _tests(part)
        case _:
            return
