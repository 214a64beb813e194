"""Find: a query in, the papers in order out."""

from collections.abc import Iterator, Sequence
from datetime import date
from string import ascii_lowercase
from time import perf_counter
from typing import TYPE_CHECKING

from readinglist.errors import UsageError
from readinglist.library.answers import Found
from readinglist.library.kept import Kept
from readinglist.papers.query import And, Node, Or, Phrase, Query, Word
from readinglist.papers.query_parser import parse
from readinglist.papers.query_values import SORT_WORDS
from readinglist.search.paper_index import PaperIndex
from readinglist.search.snippets import Hits
from readinglist.store.paper_store import PaperStore

if TYPE_CHECKING:
    from readinglist.library.answering import Answering


# One or two letters begin so many words that their lists take a while to be read; phrases need rows of words.
_BEGINNINGS = (
    "co re in de pr mo le la st tr di ge se un mu ad an ar at au ba be bi ca ch cl da do dy ef em en ev ex fa fe fi fo "
    "fr gr gu he hi hu hy im is it ke kn li lo ma me mi ne no ob on op pa pe po qu ra ro sa sc si sp su ta te th to tu "
    "up us ve vi vo we"
)
_FIRST_TYPED = ("a", 'title:"of the"', *ascii_lowercase[1:], *_BEGINNINGS.split())


class Finder:
    """Answers queries on one library; keeps orders between them for as long as the library is unchanged."""

    def __init__(self, store: PaperStore, index: PaperIndex) -> None:
        self._store = store
        self._index = index
        self._orders = Kept[tuple[str, bool], Sequence[int]](store)
        self._answering: Answering | None = None

    def find(self, text: str, sort: str, *, typing: bool) -> Found:
        """The papers that a query finds; see `Library.find`.

        Raises:
            UsageError: there is no such sort.
        """
        started = perf_counter()
        query = parse(text, date.today(), typing=typing)  # noqa: DTZ011 - the reader's own day is meant
        order = _sort(query, sort)
        ids: Sequence[int]
        scores: dict[int, float] = {}
        if query.tree == And(()):
            ids = self.order("listed" if order == "best" else order)
        else:
            ids, scores = self._answers().answer(query.tree, order)
        spent = (perf_counter() - started) * 1000
        return Found(text, ids, scores, Hits.of(query.tree), order, spent, query.problems)

    def warm(self) -> Iterator[str]:
        """Ask what readers type first, a question at each step, so that what it needs is at hand when they do."""
        for query in _FIRST_TYPED:
            self.find(query, "", typing=True)
            yield query
            if not self._answers().is_indexed():
                return  # each question reads texts: that is no time to ask for nothing
        yield from self._answers().read_files()

    def order(self, sort: str, *, trashed: bool = False) -> Sequence[int]:
        """All papers in an order, or those in the trash."""
        return self._orders.get((sort, trashed), lambda: self._store.ids(sort, trashed=trashed))

    def near_words(self, word: str) -> dict[str, int]:
        """The library's own words that are spelt almost like a folded word, and about how many papers hold each."""
        return self._answers().near_words(word)

    def _answers(self) -> "Answering":
        if self._answering is None:
            from readinglist.library.answering import Answering  # loads NumPy, which an empty query does not need

            self._answering = Answering(self._store, self._index, self.order)
        return self._answering


def _sort(query: Query, asked: str) -> str:
    """The order: the query's own word first, then the one asked for, then best for words, as listed otherwise."""
    sort = query.sort or asked
    if not sort:
        return "best" if _has_words(query.tree) else "listed"
    if sort not in SORT_WORDS:
        raise UsageError(f"There is no sort {sort!r}. Papers can be sorted by {', '.join(SORT_WORDS)}.")
    return sort


def _has_words(node: Node) -> bool:
    match node:
        case Word() | Phrase():
            return True
        case And(parts=parts) | Or(parts=parts):
            return any(map(_has_words, parts))
        case _:
            return False
