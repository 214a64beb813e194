"""Papers that were read, kept until they change, so that an answer that shows them again reads nothing."""

import threading
from collections.abc import Collection, Sequence
from itertools import islice

from readinglist.papers.paper import Paper
from readinglist.ui.shelf import PaperSource

MOST = 2048


class KeptPapers:
    """The papers of one source, None for one that is gone from it.

    Any thread may ask; what is forgotten while a thread reads is not kept.
    """

    def __init__(self, source: PaperSource) -> None:
        self._source = source
        self._papers: dict[int, Paper | None] = {}
        self._lock = threading.Lock()
        self._forgotten = 0

    def __contains__(self, paper_id: object) -> bool:
        """Whether a paper is at hand."""
        return paper_id in self._papers

    def read(self, ids: Sequence[int]) -> dict[int, Paper | None]:
        """The papers with these ids; those that are not at hand are read, all at once."""
        with self._lock:
            papers = {paper_id: self._papers[paper_id] for paper_id in ids if paper_id in self._papers}
        missing = [paper_id for paper_id in ids if paper_id not in papers]
        if missing:
            before = self._forgotten
            read: dict[int, Paper | None] = dict.fromkeys(missing)
            read.update((paper.id, paper) for paper in self._source.papers(missing))
            self._keep(read, before)
            papers.update(read)
        return papers

    def forget(self, ids: Collection[int]) -> None:
        """Read these papers again when they are asked for next: they changed."""
        with self._lock:
            self._forgotten += 1
            for paper_id in ids:
                self._papers.pop(paper_id, None)

    def forget_all(self) -> None:
        """Read every paper again when it is asked for next."""
        with self._lock:
            self._forgotten += 1
            self._papers.clear()

    def _keep(self, read: dict[int, Paper | None], before: int) -> None:
        with self._lock:
            if before == self._forgotten:
                for paper_id in list(islice(self._papers, max(0, len(self._papers) + len(read) - MOST))):
                    del self._papers[paper_id]
                self._papers.update(read)
