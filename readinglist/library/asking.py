"""What one may ask a library: searches, papers, counts. Part of `Library`."""

from collections.abc import Iterator, Sequence

from readinglist.library import (
    counting,
    naming,
    relating,
    smart_lists,
)
from readinglist.library.answers import (
    Counts,
    Diagnosis,
    Found,
)
from readinglist.library.base import LibraryBase
from readinglist.library.doctor import Doctor
from readinglist.papers import smart_list_edits
from readinglist.papers.paper import Listing, Paper
from readinglist.papers.query_completion import Completions
from readinglist.papers.related import Related
from readinglist.papers.smart_list import SmartList


class Asking(LibraryBase):
    """The questions, each a short call of a verb in this folder."""

    def find(self, query: str = "", *, sort: str = "", typing: bool = False) -> Found:
        """The papers that a query finds. With `typing` its last word may go on. Never raises for a query's text.

        Args:
            query: a text in the search language.
            sort: "best", "listed" (newest listing first, in its order), "added", "title", "year", "rating"; "" is best
                where the query has words, else listed. A sort: in the query goes first.
            typing: whether the reader is still typing.

        Raises:
            UsageError: there is no such sort.
        """
        return self._finder.find(query, sort, typing=typing)

    def warm(self) -> Iterator[str]:
        """Make searches ready, a piece at each step, best taken while nothing else is to be done."""
        return self._finder.warm()

    def diagnose(self, query: str, *, typing: bool = False) -> Diagnosis:
        """Why a query finds nothing: what its parts find, which of them empties it, and what to ask instead."""
        return Doctor(self._finder, self._store.tag_names).diagnose(query, typing)

    def complete(self, text: str, cursor: int) -> Completions:
        """What the piece of a query before the cursor could go on with."""
        return self._completer.complete(text, cursor)

    def papers(self, ids: Sequence[int]) -> list[Paper]:
        """The papers with these ids, in this order; ids that are gone are left out."""
        return self._store.papers(ids)

    def paper(self, name: str) -> Paper:
        """The paper with this id or citation key.

        Raises:
            UsageError: there is none.
        """
        return naming.named_paper(self._store, name)

    def related(self, paper_id: int, limit: int = 10) -> tuple[Related, ...]:
        """The papers nearest to a paper by their words, nearest first; those in the trash are left out.

        Papers that are not indexed yet come once they are; a paper that is gone has none.
        """
        return relating.related(self._store, self._index, paper_id, limit)

    def counts(self) -> Counts:
        """The numbers beside the entries of the sidebar."""
        return counting.count(self._store)

    def listings(self) -> list[Listing]:
        """All listings, newest day first, without their counts."""
        return self._store.listings()

    def smart_lists(self) -> list[SmartList]:
        """All smart lists as they are shown, from top to bottom."""
        return smart_lists.ordered(self._store)

    def smart_list(self, name: str) -> SmartList:
        """The smart list with this id, name or path of names ("Thesis/Unread").

        Raises:
            UsageError: there is none, or several.
        """
        return smart_list_edits.find(self._store.smart_lists(), name)

    def count_found(self, query: str, *, typing: bool = False) -> int:
        """How many papers `find` finds; kept until the library changes."""
        return self._counter.count(query, typing=typing)

    def export_smart_lists(self) -> dict[str, object]:
        """All smart lists with their counts, as JSON can hold them."""
        return smart_lists.to_json(self.smart_lists(), self.count_found)
