"""Relate: the papers that are about the same as another one."""

import logging

from readinglist.papers.related import Related
from readinglist.search.paper_index import IndexBrokenError, PaperIndex
from readinglist.search.weights import PaperText
from readinglist.store.paper_store import PaperStore

_log = logging.getLogger(__name__)


def related(store: PaperStore, index: PaperIndex, paper_id: int, limit: int) -> tuple[Related, ...]:
    """The papers nearest to a paper, nearest first.

    Only what the index holds can be compared: while it is built or broken there are none, and the next catch-up brings
    them. Papers in the trash, and those that are gone but still indexed, are left out.
    """
    own = next(iter(store.texts([paper_id])), None)
    if own is None:
        return ()
    text = PaperText(own.id, own.title, own.abstract)
    try:
        # twice as many: some may be gone from the library and not yet from the index
        found = index.related(text, store.ids(trashed=True), 2 * limit)
    except IndexBrokenError as error:
        _log.info("No related papers for now: %s", error)
        return ()
    kept = {paper.id for paper in store.papers([near.paper_id for near in found])}
    return tuple(near for near in found if near.paper_id in kept)[:limit]
