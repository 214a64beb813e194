"""Complete: what a search being typed could go on with, out of what the library holds."""

from collections.abc import Iterable

from readinglist.library.kept import Kept
from readinglist.papers.query_completion import Completions, Vocabulary, complete
from readinglist.search.paper_index import IndexBrokenError, PaperIndex
from readinglist.store.paper_store import PaperStore

_WORDS = 8


class Completer:
    """Completes searches on one library; keeps its tags and listings for as long as it is unchanged."""

    def __init__(self, store: PaperStore, index: PaperIndex) -> None:
        self._store = store
        self._index = index
        self._tags = Kept[str, list[str]](store)
        self._listings = Kept[str, list[tuple[str, str]]](store)
        self._vocabulary = Vocabulary(self._known_tags, self._known_listings, self._words)

    def complete(self, text: str, cursor: int) -> Completions:
        """What may stand before the cursor instead."""
        return complete(text, cursor, self._vocabulary)

    def _known_tags(self) -> list[str]:
        return self._tags.get("", self._store.tag_names)

    def _known_listings(self) -> list[tuple[str, str]]:
        return self._listings.get("", self._read_listings)

    def _read_listings(self) -> list[tuple[str, str]]:
        return [
            (f"{listing.day.isoformat()}#{listing.number}" if listing.day else listing.name, listing.name)
            for listing in self._store.listings()
        ]

    def _words(self, prefix: str) -> Iterable[str]:
        try:
            return self._index.terms(prefix, _WORDS)
        except IndexBrokenError:
            return ()
