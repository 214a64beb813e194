"""The words of papers as the database has them, in the form that the search room takes."""

from collections.abc import Iterator, Sequence

from readinglist.search.weights import PaperText
from readinglist.store.paper_store import PaperStore

_PAPERS_WITH_FILES = 50  # read at once: their texts may be long


def paper_texts(store: PaperStore, ids: Sequence[int], *, pdf: bool = False) -> Iterator[PaperText]:
    """The searchable texts of the papers with these ids, read piece by piece; ids that are gone are left out.

    The texts of their files, which take a hundred times as long to read, come only with `pdf`.
    """
    pieces = [ids[start : start + _PAPERS_WITH_FILES] for start in range(0, len(ids), _PAPERS_WITH_FILES)]
    for piece in pieces if pdf else [ids]:
        for words in store.texts(piece, pdf=pdf):
            yield PaperText(words.id, words.title, words.abstract, words.authors, words.notes, words.pdf)
