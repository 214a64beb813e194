"""One number for all that is indexed of a paper, to compare the index with what it should hold.

It is the sum over the paper's terms of a checksum of the term, times what is kept with it: it can be added up term by
term, as the index has it, and for one text, as the database has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from readinglist.search.weights import MARKS_FROM, PaperText, levels

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readinglist.search.view import View

_BITS = 2**64 - 1


def fingerprint(text: PaperText) -> int:
    """The number of a text."""
    total = 0
    for field, terms in levels(text).items():
        for term, level in terms.items():
            total += _checksum(field, term.encode()) * level
    return total & _BITS


def fingerprints(view: View) -> NDArray[np.uint64]:
    """The numbers of all papers of the index, in the order of its ids. Reads the whole index."""
    import numpy as np

    from readinglist.search import whoosh_format

    total = np.zeros(len(view.ids) + 1, np.uint64)  # the last one is that of deleted papers
    for segment in view.segments:
        for field, term, _ in whoosh_format.all_terms(segment.reader):
            found = whoosh_format.postings(segment.reader, field, term.decode())
            kept = np.multiply(found.marks, MARKS_FROM, dtype=np.uint64) + found.levels
            total[segment.places[found.docs]] += np.multiply(kept, _checksum(field, term), dtype=np.uint64)
    return total[:-1]


def _checksum(field: str, term: bytes) -> int:
    return crc32(term, crc32(field.encode()))
