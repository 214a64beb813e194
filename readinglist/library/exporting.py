"""Export: papers as text in a format, to a file too, which takes the place of another one only once it is proven."""

import hashlib
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from readinglist.errors import ExpectedError, UsageError
from readinglist.formats import FORMATS, WriteOptions
from readinglist.formats.bibtex_writing import PERSONAL_FIELDS
from readinglist.library.answers import Progress
from readinglist.library.export_formats import Exported, ExportOptions, export_format
from readinglist.library.meeting import without_personal
from readinglist.library.proving import Proof
from readinglist.library.replaced_files import Guard, make_way
from readinglist.library.written_files import WrittenFiles, digest_of
from readinglist.papers.paper import Paper
from readinglist.paths import replacing
from readinglist.store.paper_store import PaperStore

_BATCH = 500
_PROVEN = 5000  # papers; more are proven only where a file is replaced, which takes as long again
# What listings are called that are none of the Hugging Face papers page.
_BIBLIOGRAPHY = "Bibliography"
_LISTING_NAMES = {"arxiv-mail": "arXiv listing", "arxiv-html": "arXiv listing", "arxiv-feed": "feed of papers"}


def pieces(
    store: PaperStore, ids: Sequence[int], options: ExportOptions, progress: Progress, *, prove: bool = False
) -> Iterator[str]:
    """The text of papers piece by piece, in the order of the ids; ids that are gone are left out.

    Raises:
        UsageError: there is no such format or style.
        ProofError: with `prove`, the text does not read back as it was meant.
        CancelledError: `progress` raised it.
    """
    found = export_format(options.format)
    if found.styled:
        yield _bibliography(store, ids, options, progress)
        return
    written = next(known for known in FORMATS if known.name == found.name)
    batches = _Batches(store, ids, progress, personal=options.personal)
    text = written.write(batches.papers(), WriteOptions(options.personal, _listing_names(store)))
    yield from _proven(text, batches, Proof(written, personal=options.personal)) if prove else text


def export_to(
    store: PaperStore,
    path: Path,
    ids: Sequence[int],
    options: ExportOptions,
    progress: Progress,
    *,
    guard: Guard = Guard.KNOWN,
    state: str = "",
) -> Exported:
    """Write papers to a file, which is at every moment the old one or the new one, whole and proven.

    A file that this library did not write as it is now is kept as a copy beside the new one ("papers.bib~").

    Args:
        store: where the papers are.
        path: the file.
        ids: the papers, in their order.
        options: how they are written.
        progress: told after each piece.
        guard: what may be replaced.
        state: a word for what the papers are now, noted with the file.

    Raises:
        WouldLoseError, NotOursError: the file may not be replaced.
        ProofError: the text does not read back as it was meant.
        UsageError: there is no such format or style.
        ExpectedError: the file cannot be written.
        CancelledError: `progress` raised it. After any of these the old file is there as it was.
    """
    _refuse_own(store, path)
    if not _is_file_or_new(path):
        return _write_through(path, len(ids), pieces(store, ids, options, progress))
    files = WrittenFiles(store.folder)
    is_old = path.exists() and path.stat().st_size > 0
    text = pieces(store, ids, options, progress, prove=is_old or len(ids) < _PROVEN)
    copy, changed = None, True
    try:
        with replacing(path) as stream:
            digest = _write(stream, text)
            if is_old:
                _leave_if_same(path, digest)
                copy = None if files.is_ours(path) else make_way(store, path, ids, guard)
    except _UnchangedError:
        changed = False
    note = None if changed else files.get(path)
    with suppress(ExpectedError, OSError):  # without its note the file counts as somebody else's, which is safe
        files.put(path, digest, note.written if note and note.digest == digest else _now(), state)
    return Exported(path, len(ids), changed, copy)


class _UnchangedError(Exception):
    """The file holds what was to be written already."""


def _leave_if_same(path: Path, digest: str) -> None:
    if digest_of(path) == digest:
        raise _UnchangedError


def _refuse_own(store: PaperStore, path: Path) -> None:
    if path.resolve().is_relative_to(store.folder.resolve()):
        raise UsageError(f"{path} lies in the library's own folder. Choose another place; nothing was written.")


def _write(stream: BinaryIO, text: Iterator[str]) -> str:
    """Write a text, and compare what is on the disk with it; gives its SHA-256 in hex."""
    written = hashlib.sha256()
    for piece in text:
        data = piece.encode("utf-8", "replace")
        written.update(data)
        stream.write(data)
    stream.flush()
    if digest_of(Path(stream.name)) != written.hexdigest():
        raise ExpectedError("The disk does not give back what was written to it. Nothing was replaced; check the disk.")
    return written.hexdigest()


def _write_through(path: Path, count: int, text: Iterator[str]) -> Exported:
    """Write to what is no file, such as /dev/stdout or a pipe."""
    try:
        with path.open("wb") as stream:
            for piece in text:
                stream.write(piece.encode("utf-8", "replace"))
    except OSError as error:
        raise ExpectedError(f"{path} could not be written: {error.strerror or error}.") from error
    return Exported(path, count)


def _is_file_or_new(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except OSError:
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


class _Batches:
    """The papers of an export, read from the store batch by batch; `current` is the batch that is being written."""

    def __init__(self, store: PaperStore, ids: Sequence[int], progress: Progress, *, personal: bool) -> None:
        self._store = store
        self._ids = ids
        self._progress = progress
        self._personal = personal
        self.current: Sequence[Paper] | None = None

    def papers(self) -> Iterator[Paper]:
        """All papers, one after the other."""
        for start in range(0, len(self._ids), _BATCH):
            self._progress(start, len(self._ids))
            batch = self._store.papers(self._ids[start : start + _BATCH])
            if batch:
                self.current = batch if self._personal else list(map(bare, batch))
                yield from self.current
        self._progress(len(self._ids), len(self._ids))


def bare(paper: Paper) -> Paper:
    """A paper without what its reader did to it, and without what the readers of other programs did."""
    extra = {name: raw for name, raw in paper.extra.items() if name.lower() not in PERSONAL_FIELDS}
    return replace(without_personal(paper), extra=extra, added=None)


def _proven(text: Iterator[str], batches: _Batches, proof: Proof) -> Iterator[str]:
    """The pieces of a text, proven batch by batch."""
    head = ""
    batch: Sequence[Paper] | None = None
    since: list[str] = []
    for piece in text:
        if batches.current is not batch:  # the writer asked for the next papers: the text of the last ones is whole
            if batch is None:
                head = "".join(since)
            else:
                proof.check(batch, head, "".join(since))
            batch, since = batches.current, []
        since.append(piece)
        yield piece
    if batch is not None:
        proof.check(batch, head, "".join(since))


def _bibliography(store: PaperStore, ids: Sequence[int], options: ExportOptions, progress: Progress) -> str:
    from readinglist.library import citation_styles, citing

    cited = citing.cite(store, ids, options.style or citation_styles.DEFAULT, progress)
    if not cited.entries:  # a style without bibliography writes whole notes as its citations
        return f"{cited.citation.text}\n"
    return citing.as_page(cited, _BIBLIOGRAPHY) if options.format.endswith("html") else citing.as_text(cited)


def _listing_names(store: PaperStore) -> dict[int, str]:
    """What the listings are called in notes on where papers were seen."""
    listings = [listing for listing in store.listings() if not listing.bibliography]
    sources = store.sources([listing.source_id for listing in listings])
    formats = {source.id: source.format for source in sources}
    named = ((listing.id, _LISTING_NAMES.get(formats.get(listing.source_id, ""))) for listing in listings)
    return {listing_id: name for listing_id, name in named if name}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
