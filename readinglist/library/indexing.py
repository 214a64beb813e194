"""Index: bring the full-text index to what the library holds, here and now or in a process of its own."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from readinglist.errors import ExpectedError
from readinglist.library import beside
from readinglist.library.answers import Progress
from readinglist.library.texts import paper_texts
from readinglist.search.paper_index import IndexBrokenError, IndexBusyError, IndexMissingError, PaperIndex
from readinglist.search.weights import PaperText
from readinglist.store.paper_store import PaperStore, ToIndex

_log = logging.getLogger(__name__)

INDEX_FOLDER = "index"
# Where this variable is "off", no process is started beside the program; what is not indexed is found all the same.
_BATCH = 500
_LETTERS_AT_ONCE = 20_000_000  # of files
T = TypeVar("T")
_WORTH_A_PROCESS = 50  # papers; fewer are found from the database without being noticed


def index_pending(store: PaperStore, index: PaperIndex, progress: Progress) -> int:
    """Index what the index does not hold yet, and heal it where it and the library differ; gives the papers indexed.

    A broken index is built anew. Another program that indexes already is left to it, and so is an index that cannot be
    written.
    """
    if store.read_only:
        return 0
    try:
        return _catch_up_or_rebuild(store, index, progress)
    except IndexBusyError:
        return 0
    except ExpectedError:
        if _is_read_only(store):  # its disk was unplugged meanwhile, which is told elsewhere
            return 0
        raise


def reindex(store: PaperStore, index: PaperIndex, progress: Progress) -> int:
    """Build the index anew beside the old one, which answers until the new one is whole; gives the papers indexed.

    Raises:
        IndexBusyError: another program is writing the index.
        CancelledError: `progress` raised it; the old index stays.
    """
    pending = store.to_index()
    ids = sorted([*store.ids(), *store.ids(trashed=True)])
    index.build(paper_texts(store, ids, pdf=True), lambda done: progress(done, len(ids)))
    store.indexed(pending)
    return len(ids)


def start_in_background(store: PaperStore, folder: Path) -> bool:
    """Index what is pending in a process of its own, if it is worth one; whether it was started."""
    if beside.is_off() or store.read_only or len(store.to_index()) < _WORTH_A_PROCESS:
        return False
    beside.start(folder, "reindex", "--pending")
    return True


def _catch_up_or_rebuild(store: PaperStore, index: PaperIndex, progress: Progress) -> int:
    try:
        return _catch_up(store, index, progress)
    except IndexMissingError:
        return reindex(store, index, progress)
    except IndexBrokenError as error:
        if _is_read_only(store):
            raise
        _log.warning("The full-text index is built anew: %s", error)
        return reindex(store, index, progress)


def _is_read_only(store: PaperStore) -> bool:
    """Whether nothing can be written now."""
    return bool(store.read_only)


def _catch_up(store: PaperStore, index: PaperIndex, progress: Progress) -> int:
    done = 0
    while pending := store.to_index():
        if len(pending) > _BATCH and not len(index.ids()):
            return done + reindex(store, index, progress)
        for batch in _batches(pending):
            progress(done, done + len(pending))
            _index_batch(store, index, batch)
            done += len(batch)
    healed = _heal(store, index)
    index.fold()
    progress(done, done)
    return done + healed


def _heal(store: PaperStore, index: PaperIndex) -> int:
    """Check the index's files, and compare both sides; what only one of them has is put right."""
    index.verify()
    pending = {entry.paper_id for entry in store.to_index()}
    held = set(index.ids().tolist())
    wanted = {*store.ids(), *store.ids(trashed=True)}
    missing, foreign = sorted(wanted - held - pending), sorted(held - wanted - pending)
    if missing or foreign:
        _log.warning("The full-text index lacked %d papers and held %d too many", len(missing), len(foreign))
        index.remove(foreign)
        for batch in _batches(missing):
            index.add(list(paper_texts(store, batch, pdf=True)))
    return len(missing)


def _index_batch(store: PaperStore, index: PaperIndex, batch: Sequence[ToIndex]) -> None:
    ids = [entry.paper_id for entry in batch]
    kept: set[int] = set()
    for texts in _portions(paper_texts(store, ids, pdf=True)):
        index.add(texts)
        kept.update(text.id for text in texts)
    index.remove([paper_id for paper_id in ids if paper_id not in kept])
    store.indexed(batch)


def _portions(texts: Iterable[PaperText]) -> Iterator[list[PaperText]]:
    """The texts in lists that fit into memory, whatever is attached to their papers."""
    portion: list[PaperText] = []
    letters = 0
    for text in texts:
        portion.append(text)
        letters += len(text.pdf)
        if letters >= _LETTERS_AT_ONCE:
            yield portion
            portion, letters = [], 0
    if portion:
        yield portion


def _batches(entries: Sequence[T]) -> Iterator[list[T]]:
    iterator = iter(entries)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
