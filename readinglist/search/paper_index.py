"""The full-text index of a library: papers' texts in, and for each word or phrase the papers that hold it.

It is a cache of the database's texts and can be thrown away and built anew at any time. Whoosh and NumPy are loaded
when it is first used, not before.
"""

from __future__ import annotations

import errno
import logging
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readinglist.errors import ExpectedError
from readinglist.papers.query import Phrase, Word
from readinglist.papers.related import Related
from readinglist.search.index_folder import IndexBrokenError, IndexBusyError, IndexFolder, IndexMissingError, Stamp
from readinglist.search.weights import PaperText, levels

if TYPE_CHECKING:
    from readinglist.search.evaluate import Ids, Scored, Scores
    from readinglist.search.posting_lists import PostingCache
    from readinglist.search.view import View
    from readinglist.search.word_rows import Rows, RowsMaker

__all__ = ["IndexBrokenError", "IndexBusyError", "IndexMissingError", "PaperIndex", "PaperText"]

_log = logging.getLogger(__name__)

# When building: more take more memory, more segments make searches slower.
_PAPERS_IN_SEGMENT = 50_000
_LETTERS_IN_SEGMENT = 100_000_000  # of all texts: papers with files have a hundred times as many as others
_PROGRESS_EVERY = 100
_FOLD_FROM = 4  # small segments: when there is time
_FOLD_AT_LAST = 16  # small segments: before searches get slow
_SMALL_SHARE = 0.25
_DELETED_SHARE = 0.3
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)


def _no_progress(_: int) -> None:
    pass


class PaperIndex:
    """The index of one library in a folder of its own. Its methods can be called from any thread.

    Args:
        folder: made for this index alone, since opening a foreign one could run foreign code.
        library_id: the library's own identity; an index of another one counts as broken.
        lock_seconds: how long a write waits for another writer to end.

    All methods raise IndexBrokenError where the index is missing, damaged, or of another library or version: then
    answer from the database, and `build`. Writing methods raise IndexBusyError where another program writes, and
    ExpectedError where nothing can be written (no space, no rights); the index is then what it was before.
    """

    def __init__(self, folder: Path, library_id: str, lock_seconds: float = 5.0) -> None:
        self._folder = IndexFolder(folder, library_id, lock_seconds)
        self._lock = threading.RLock()
        self._view: View | None = None
        self._cache: PostingCache | None = None
        self._index: Any = None
        self._stamp: Stamp | None = None
        self._generation = -1
        self._checked: Collection[str] = frozenset()

    def ids(self) -> Ids:
        """The ids of all indexed papers, ascending."""
        with self._reading() as view:
            return view.ids

    def scores(self, *leaves: Word | Phrase) -> Scored | None:
        """Ids (ascending) and scores of the papers with the words of all leaves; None where these have no words at all.

        Where `terms.needs_text(leaf)` says so, these are only candidates: the text decides (`scan.match`).
        """
        with self._reading() as view:
            return view.scores(*leaves)

    def standing(self, phrase: Phrase) -> Scored | None:
        """Ids (ascending) and scores of the papers in which a phrase stands; None where only their texts can tell.

        Files are left aside: see `standing_in_files`.
        """
        with self._reading() as view:
            return view.standing(phrase)

    def standing_in_files(self, phrase: Phrase) -> Scored:
        """Ids (ascending) and scores of the papers in whose files a phrase may stand: `scan.holds` tells."""
        with self._reading() as view:
            return view.standing_in_files(phrase)

    def lifts(self, words: Sequence[Word], ids: Ids) -> Scores | None:
        """By how much the nearness of words lifts papers (see `nearness`); None where only their texts can tell."""
        with self._reading() as view:
            return view.lifts(words, ids)

    def related(self, text: PaperText, unwanted: Collection[int] = (), limit: int = 10) -> tuple[Related, ...]:
        """The indexed papers nearest to a text, nearest first, without the paper itself and the `unwanted` ones."""
        with self._reading() as view:
            from readinglist.search.related import related

            return related(view, text, unwanted, limit)

    def fingerprints(self) -> dict[int, int]:
        """For each indexed paper the `fingerprint` of what is indexed of it; reads the whole index."""
        with self._reading() as view:
            from readinglist.search.fingerprints import fingerprints

            return dict(zip(view.ids.tolist(), fingerprints(view).tolist(), strict=True))

    def terms(self, prefix: str, limit: int = 10) -> list[str]:
        """The most frequent indexed terms that begin with a prefix (folded as in a search)."""
        from readinglist.search.analysis import fold

        with self._reading() as view:
            return view.expand("body", fold(prefix), limit) if prefix else []

    def near(self, word: str) -> dict[str, int]:
        """The indexed terms that are spelt almost like a folded word, and about how many papers hold each."""
        with self._reading() as view:
            return view.near("body", word)

    @contextmanager
    def still(self) -> Iterator[Path]:
        """The folder of the index, to which nobody writes meanwhile. Raises IndexBusyError where someone does."""
        with self._folder.writing():
            yield self._folder.folder

    def add(self, texts: Sequence[PaperText]) -> None:
        """Index papers; those that are there already are replaced."""
        newest = {text.id: text for text in texts}
        counted = {paper_id: levels(newest[paper_id]) for paper_id in sorted(newest)}
        if newest:
            with self._changing(newest, newest.values()) as writer:
                for paper_id, terms in counted.items():
                    writer.add_document(id=paper_id, **terms)

    def remove(self, ids: Collection[int]) -> None:
        """Take papers out of the index; ids that are not there are ignored."""
        if ids:
            with self._changing(ids):
                pass

    def build(self, texts: Iterable[PaperText], progress: Callable[[int], None] = _no_progress) -> int:
        """Build the index anew beside the old one, which goes on answering until the new one takes its place.

        Args:
            texts: every paper once, best by ascending id.
            progress: told the number of papers done; what it raises stops the work and leaves the old index.

        Returns:
            The number of papers.
        """
        _load()
        with self._folder.writing(), _writing_faults(self._folder):
            part = self._folder.new_part()
            try:
                count = _build_part(part, texts, progress)
                self._folder.switch_to(part)
            except BaseException:
                self._folder.discard(part)
                raise
        return count

    def fold(self) -> bool:
        """Join small segments, and drop what was deleted, where that pays; best called when nothing else is to do.

        Returns:
            Whether anything was done.
        """
        _load()
        with self._folder.writing(), _faults(self._forget, self._folder), _writing_faults(self._folder):
            return self._fold(_FOLD_FROM, _DELETED_SHARE)

    def verify(self) -> None:
        """Compare all files with what was written; reads all of them, so better done while nothing else is.

        Raises:
            IndexBrokenError: a file was changed since, such as by a failing disk.
        """
        with self._reading() as view:
            part, generation = self._folder.current(), self._generation
        try:
            _check_files(part, view, generation)
        except IndexBrokenError:
            self._forget()
            raise

    def close(self) -> None:
        """Let go of all files. The index opens again at the next use."""
        with self._lock:
            if self._view is not None:
                self._view.close()
            self._forget()

    @contextmanager
    def _reading(self) -> Iterator[View]:
        self._folder.stamp()  # says that there is no index without loading Whoosh for it
        _load()
        with self._lock, _faults(self._forget, self._folder):
            yield self._fresh_view()

    @contextmanager
    def _changing(self, ids: Collection[int], added: Iterable[PaperText] = ()) -> Iterator[Any]:
        """A writer in which the papers with these ids are deleted already; committed at the end."""
        _load()
        import numpy as np

        from readinglist.search.word_rows import RowsMaker

        maker = RowsMaker()
        for text in added:
            maker.add(text)
        with self._folder.writing(), _faults(self._forget, self._folder), _writing_faults(self._folder):
            with self._lock:
                old = self._fresh_view().docs_of(np.fromiter(ids, dtype=np.int64, count=len(ids)))
            with self._writer(maker.rows()) as writer:
                for doc in old:
                    writer.delete_document(doc)
                yield writer
                writer.commit(merge=False)
            self._fold(_FOLD_AT_LAST, deleted=1.0)

    @contextmanager
    def _writer(self, rows: Rows | None) -> Iterator[Any]:
        """A writer on files of its own, so that searches go on meanwhile. It is cancelled unless it was committed."""
        from readinglist.search import row_files, segment_notes, whoosh_format

        part = self._folder.current()
        index = whoosh_format.open_index(part)
        try:
            writer = whoosh_format.open_writer(index)
            try:
                yield writer
            finally:
                if not writer.is_closed:
                    writer.cancel()
            reader = index.reader()
            segment_notes.write_notes(part, reader)
            if rows is not None:
                row_files.write_missing_rows(part, reader, [rows])
            reader.close()
        finally:
            whoosh_format.close_files(index)

    def _fold(self, least: int, deleted: float) -> bool:
        from readinglist.search import whoosh_format

        with self._lock:
            view = self._fresh_view()
            counts = [(segment.reader.doc_count_all(), segment.reader.doc_count()) for segment in view.segments]
            names = {view.segments[number].name for number in _worn(counts, least, deleted)}
            rows = view.rows_of(names) if names else None
        if names:
            with self._writer(rows) as writer:
                whoosh_format.commit_merging(writer, names)
        return bool(names)

    def _fresh_view(self) -> View:
        """The index as it is now on disk, even if another program has just written to it."""
        from readinglist.search import whoosh_format

        stamp = self._folder.stamp()
        if stamp != self._stamp:
            self.close()
            self._open(stamp)
        if self._view is None or not whoosh_format.is_newest(self._index, self._generation):
            self._read()
        assert self._view is not None  # noqa: S101 - just read
        return self._view

    def _open(self, stamp: Stamp) -> None:
        from readinglist.search import whoosh_format
        from readinglist.search.posting_lists import PostingCache

        self._index = whoosh_format.open_index(self._folder.current())
        self._cache = PostingCache()
        self._stamp = stamp

    def _read(self) -> None:
        from readinglist.search.view import View

        assert self._cache is not None  # noqa: S101 - made when the index was opened
        generation = self._index.latest_generation()
        part = self._folder.current()
        view = View(part, self._index.reader(), self._cache)
        try:
            _check_files(part, view, generation, self._checked)
        except IndexBrokenError:
            view.close()
            raise
        self._checked = {segment.name for segment in view.segments}
        if self._view is not None:
            self._view.close()
        self._view, self._generation = view, generation

    def _forget(self) -> None:
        with self._lock:
            if self._index is not None:
                from readinglist.search import whoosh_format

                whoosh_format.close_files(self._index)
            self._view = self._index = self._stamp = self._cache = None
            self._checked = frozenset()
            self._generation = -1


def _check_files(part: Path, view: View, generation: int, checked: Collection[str] = ()) -> None:
    """Compare the files of an index with what was written, but for the segments that were checked before."""
    from readinglist.search import segment_notes

    damaged = segment_notes.contents_are_damaged(part, generation) or any(
        segment_notes.is_damaged(part, segment.name, segment.notes)
        for segment in view.segments
        if segment.notes is not None and segment.name not in checked
    )
    if damaged:
        raise IndexBrokenError("The full-text index is damaged. It has to be built anew.")


def _build_part(part: Path, texts: Iterable[PaperText], progress: Callable[[int], None]) -> int:
    from readinglist.search import row_files, segment_notes, whoosh_format
    from readinglist.search.word_rows import RowsMaker

    index = whoosh_format.create_index(part)
    count = 0
    rows = []
    for portion in _portions(texts):
        maker = RowsMaker()
        count += _build_segment(index, portion, maker, partial(_tell, progress, count))
        rows.append(maker.rows())
    progress(count)
    reader = index.reader()
    segment_notes.write_notes(part, reader)
    row_files.write_missing_rows(part, reader, rows)
    reader.close()
    return count


def _portions(texts: Iterable[PaperText]) -> Iterator[Iterator[PaperText]]:
    """The texts in as few portions as can be, none too large for one segment; each is to be taken before the next."""
    rest = iter(texts)
    for first in rest:
        yield _portion(first, rest)


def _portion(first: PaperText, rest: Iterator[PaperText]) -> Iterator[PaperText]:
    letters = 0
    for text in chain([first], islice(rest, _PAPERS_IN_SEGMENT - 1)):
        yield text
        letters += len(text.abstract) + len(text.pdf)
        if letters >= _LETTERS_IN_SEGMENT:
            return


def _tell(progress: Callable[[int], None], before: int, done: int) -> None:
    progress(before + done)


def _build_segment(
    index: Any,  # noqa: ANN401
    texts: Iterable[PaperText],
    maker: RowsMaker,
    progress: Callable[[int], None],
) -> int:
    from readinglist.search import whoosh_format

    writer = whoosh_format.open_writer(index)
    count = 0
    try:
        for count, text in enumerate(texts, start=1):
            writer.add_document(id=text.id, **levels(text))
            maker.add(text)
            if count % _PROGRESS_EVERY == 0:
                progress(count)
        writer.commit(merge=False)
    except BaseException:
        if not writer.is_closed:
            writer.cancel()
        raise
    return count


def _worn(segments: Sequence[tuple[int, int]], least: int, deleted: float) -> list[int]:
    """Which segments to write anew, given (all documents, living documents) of each.

    Small ones, where there are at least so many; and those of which more than this share is deleted.
    """
    everything = sum(living for _, living in segments)
    small = [number for number, (whole, _) in enumerate(segments) if whole <= _SMALL_SHARE * everything]
    holed = [number for number, (whole, living) in enumerate(segments) if whole - living > deleted * whole]
    return sorted({*holed, *small}) if len(small) >= least else holed


@cache
def _load() -> None:
    """Load Whoosh and NumPy before faults are looked for: a missing library is no damaged index."""
    from readinglist.search import whoosh_format

    whoosh_format.check_version()


@contextmanager
def _faults(forget: Callable[[], None], folder: IndexFolder) -> Iterator[None]:
    """Turn what damaged files raise into IndexBrokenError: ten kinds of exception, some only at the first query."""
    from readinglist.search.whoosh_format import WriteLockError

    try:
        yield
    except ExpectedError:
        raise
    except WriteLockError as error:
        raise IndexBusyError("Another program is writing to the full-text index. Try again in a moment.") from error
    except Exception as error:
        if folder.stands:
            _log.warning("The full-text index is broken: %r", error)
        forget()
        raise IndexBrokenError("The full-text index is damaged. It has to be built anew.") from error


@contextmanager
def _writing_faults(folder: IndexFolder) -> Iterator[None]:
    """A full disk breaks nothing: the index is as before. Nor does one that is unplugged: nothing was switched to."""
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise ExpectedError(f"The full-text index could not be written: {error.strerror}.") from error
        if not folder.stands:
            raise ExpectedError("The library's folder is gone, so its index could not be written.") from error
        raise
