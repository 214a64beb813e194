"""The words of papers as the database has them, in the form that the search room takes."""

from collections.abc import Iterator, Sequence

from readinglist.search.weights import PaperText
from readinglist.store.paper_store import PaperStore


def paper_texts(store: PaperStore, ids: Sequence[int]) -> Iterator[PaperText]:
    """The searchable texts of the papers with these ids, read piece by piece; ids that are gone are left out."""
    for words in store.texts(ids):
        yield PaperText(words.id, words.title, words.abstract, words.authors, words.notes)
