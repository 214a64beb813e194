"""How the index is laid out in Whoosh, and the only place that uses names which Whoosh does not promise to keep.

Its posting lists are read a block at a time into arrays, about thirty times faster than through its public matchers,
which stand in when the private names are gone. `tests/search/test_whoosh_format.py` fails when they change.
"""

import os
from array import array
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
import whoosh
from numpy.typing import NDArray
from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.index import FileIndex, LockError
from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import SegmentReader, TermNotFound

from readinglist.search.weights import INDEX_FIELDS, MARKS_FROM

# Whoosh 3.54.0 by its maker's word; 2.7.5 (whoosh-reloaded) has the same imports and files, and is the way out.
KNOWN_VERSIONS = ("3.54.0", "2.7.5")

_POSTINGS_IN_BLOCK = 1024
_SEGMENT = ".seg"
_READ_WHOLE = 16_000_000  # bytes: as many as 15,000 papers take
_PRIVATE_COLUMN_NAMES = ("_dbfile", "_basepos", "_count")
_PRIVATE_NAMES = ("_read_data", "_data", "_atend", "_next_block", "_blocklength")

_Packed = NDArray[np.uint16]


# Whoosh types some of its names and not others, and promises neither: its objects are Any to the rest of the program.
Index = Any
Reader = Any
Writer = Any

WriteLockError = LockError


class Postings(NamedTuple):
    """The documents that hold a term, how strongly each does, and the marks of the fields where it stands."""

    docs: NDArray[np.int32]
    levels: NDArray[np.uint8]
    marks: NDArray[np.uint8]


class LevelField(fields.FieldType):
    """A text field whose terms come counted: it is given {term: level} instead of a text."""

    def __init__(self) -> None:
        nothing: Any = None
        super().__init__(format=formats.Existence(), analyzer=nothing, scorable=False)

    def index(self, value: Any, **_: Any) -> Any:  # noqa: ANN401 - as in FieldType
        """One posting a term: (term, frequency, weight, payload)."""
        counted: Mapping[str, int] = value
        return ((term.encode(), 1, float(level), b"") for term, level in counted.items())


def check_version() -> None:
    """Refuse a Whoosh that nobody has tried.

    Raises:
        RuntimeError: the installed Whoosh is of another version.
    """
    version = whoosh.versionstring()
    if version not in KNOWN_VERSIONS:
        raise RuntimeError(
            f"Whoosh {version} is installed, but Reading List is made for {' or '.join(KNOWN_VERSIONS)}."
        )


def schema() -> fields.Schema:
    """The paper's id as a column, and the text fields."""
    texts = {field: LevelField() for field in INDEX_FIELDS}
    column: Any = columns.NumericColumn
    return fields.Schema(id=fields.COLUMN(column("q")), **texts)


class PostingPool:
    """Collects a new segment's postings by term, in place of Whoosh's pool, which sorts them on disk as tuples.

    Documents come in ascending order; 8 bytes a posting are held in memory until the segment is written.
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, int | array[int]]] = {}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take a posting: field, term, document, weight, payload (there is none)."""
        field, term, doc, weight, _ = item
        terms = self._fields.setdefault(field, {})
        posting = doc << 16 | int(weight)
        known = terms.get(term)
        if known is None:
            terms[term] = posting  # most terms stand in one paper only: a number is smaller than an array
        elif isinstance(known, int):
            terms[term] = array("Q", (known, posting))
        else:
            known.append(posting)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """All postings by field, term and document."""
        for field in sorted(self._fields):
            terms = self._fields.pop(field)
            for term in sorted(terms):
                known = terms.pop(term)
                for posting in (known,) if isinstance(known, int) else known:
                    yield field, term, posting >> 16, float(posting & 0xFFFF), b""

    def cleanup(self) -> None:
        """Forget everything."""
        self._fields.clear()


class _SegmentFile(StructFile):
    """The file of a segment, which holds others. Small ones are read whole, which is quickest; large ones in pieces."""

    def subset(self, offset: int, length: int, name: str | None = None) -> StructFile:
        """One of the files within it."""
        if length <= _READ_WHOLE:
            return BufferFile(self.get(offset, length), name)
        return super().subset(offset, length, name)


class _Files(FileStorage):
    """Whoosh's files in a folder. What is open when something goes wrong with them can be closed."""

    def __init__(self, folder: Path) -> None:
        storage: Any = super()
        # What is mapped into memory is also copied whole: 200 MB for 100,000 papers.
        storage.__init__(str(folder), supports_mmap=False)
        self._opened: list[Any] = []

    def open_file(self, name: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in FileStorage
        storage: Any = super()
        opened = storage.open_file(name, **kwargs)
        if name.endswith(_SEGMENT):
            opened = _SegmentFile(opened.file, name)
        self._opened = [*(file for file in self._opened if not file.is_closed), opened]
        return opened

    def close_files(self) -> None:
        """Close every file that was opened and not closed."""
        for opened in self._opened:
            with suppress(Exception):  # whatever a damaged file may raise: it is given up
                opened.close()


def create_index(folder: Path) -> Index:
    """Make an empty index in an empty folder."""
    index: Any = FileIndex
    return index.create(_Files(folder), schema())


def open_index(folder: Path) -> Index:
    """Open an index by its files; the layout is ours and not read from them."""
    index: Any = FileIndex
    files = _Files(folder)
    try:
        return index(files, schema=schema())
    except Exception:
        files.close_files()
        raise


def is_newest(index: Index, generation: int) -> bool:
    """Whether nobody has written to an index since this generation of it, asked ten times quicker than Whoosh does.

    A commit writes the list of segments under the next number, and then removes the one before.
    """
    folder = index.storage.folder
    return os.path.exists(_contents_name(folder, generation)) and not os.path.exists(  # noqa: PTH110 - asked at each key
        _contents_name(folder, generation + 1)
    )


def close_files(index: Index) -> None:
    """Close all files of an index that is given up."""
    index.storage.close_files()


def open_writer(index: Index) -> Writer:
    """A writer of one new segment. Raises WriteLockError where another is open."""
    writer = index.writer(timeout=1.0, codec=_codec())
    writer.pool = PostingPool()
    return writer


def commit_merging(writer: Writer, names: Collection[str]) -> None:
    """Write the living papers of the named segments as one new segment in their place."""
    writer.commit(mergetype=lambda writer, segments: _merge(writer, segments, names))


def _merge(writer: Writer, segments: list[Any], names: Collection[str]) -> list[Any]:
    for segment in segments:
        if segment.segment_id() in names:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            try:
                writer.add_reader(reader)
            finally:
                reader.close()
    return [segment for segment in segments if segment.segment_id() not in names]


def _codec() -> Any:  # noqa: ANN401
    """Big blocks, which are quicker to read whole, and no statistics of lengths, which nobody asks for."""
    codec: Any = W3Codec
    made = codec(blocklimit=_POSTINGS_IN_BLOCK)
    made.length_stats = False
    return made


def private_names_stand() -> bool:
    """Whether the reader of posting lists finds in Whoosh what it uses."""
    matcher: Any = W3LeafMatcher
    set_by_it = matcher.reset.__code__.co_names + matcher._goto.__code__.co_names  # noqa: SLF001
    return all(hasattr(matcher, name) or name in set_by_it for name in _PRIVATE_NAMES)


_by_blocks = private_names_stand()


def paper_ids(segment: Reader) -> NDArray[np.int64]:
    """The paper's id of each document of a segment, deleted ones included."""
    column = segment.column_reader("id", translate=False)
    if all(hasattr(column, name) for name in _PRIVATE_COLUMN_NAMES):
        data = column._dbfile.get(column._basepos, 8 * column._count)  # noqa: SLF001
        return np.frombuffer(data, dtype=">i8").astype(np.int64)
    return np.array(column.load(), dtype=np.int64)


def segments(reader: Reader) -> Iterator[tuple[str, Reader, int]]:
    """The segments of an index that hold anything: name, reader, and the number of the first document of each."""
    for leaf, first in reader.leaf_readers():
        if leaf.doc_count_all():
            yield leaf.segment().segment_id(), leaf, first


def postings(segment: Reader, field: str, term: str) -> Postings:
    """The documents of a segment that hold a term; deleted ones may be among them."""
    try:
        matcher = segment.postings(field, term.encode())
    except TermNotFound:
        return _unpacked(np.empty(0, np.int32), np.empty(0, np.uint16))
    inner = matcher.child if isinstance(matcher, FilterMatcher) else matcher
    if _by_blocks and type(inner) is W3LeafMatcher:
        if inner is not matcher:
            cast("Any", inner).reset()  # the filter of deleted documents has moved it on to the first living one
        return _unpacked(*_blocks(inner))
    return _unpacked(*_one_by_one(matcher))


def document_count(segment: Reader, field: str, term: str) -> int:
    """How many documents of a segment hold a term, deleted ones among them."""
    return int(segment.doc_frequency(field, term.encode()))


def expansions(segment: Reader, field: str, prefix: str) -> dict[str, int]:
    """The terms of a segment that begin with a prefix, and in how many documents each stands. Slow for short ones."""
    begin = prefix.encode()
    found: dict[str, int] = {}
    for (name, term), info in segment.iter_from(field, begin):
        if name != field or not term.startswith(begin):
            break
        found[term.decode()] = info.doc_frequency()
    return found


def all_terms(segment: Reader) -> Iterator[tuple[str, bytes, int]]:
    """Field, term and number of documents of every term of a segment, in order."""
    return ((field, term, info.doc_frequency()) for (field, term), info in segment)


def segment_file(folder: Path, name: str) -> Path:
    """The file that holds a whole segment."""
    return folder / f"{name}{_SEGMENT}"


def contents_file(folder: Path, generation: int) -> Path:
    """The file that tells which segments there are, and which documents of them were deleted."""
    return Path(_contents_name(str(folder), generation))


def _contents_name(folder: str, generation: int) -> str:
    return f"{folder}{os.sep}_MAIN_{generation}.toc"


def _unpacked(docs: NDArray[np.int32], packed: _Packed) -> Postings:
    return Postings(docs, (packed % MARKS_FROM).astype(np.uint8), (packed // MARKS_FROM).astype(np.uint8))


def _blocks(matcher: Any) -> tuple[NDArray[np.int32], _Packed]:  # noqa: ANN401 - a W3LeafMatcher
    docs: list[NDArray[np.int32]] = []
    packed: list[_Packed] = []
    while not matcher._atend:  # noqa: SLF001
        if matcher._data is None:  # noqa: SLF001
            matcher._read_data()  # noqa: SLF001
        gaps, weights, _ = matcher._data  # noqa: SLF001
        docs.append(np.cumsum(np.asarray(gaps), dtype=np.int32))
        packed.append(_packed(weights, len(gaps)))
        matcher._next_block()  # noqa: SLF001
    return (docs[0], packed[0]) if len(docs) == 1 else (np.concatenate(docs), np.concatenate(packed))


def _packed(weights: object, count: int) -> _Packed:
    """Whoosh writes None for weights that are all 1, and one number for weights that are all the same."""
    if weights is None or isinstance(weights, float):
        return np.full(count, 1 if weights is None else weights, dtype=np.uint16)
    return np.asarray(weights).astype(np.uint16)


def _one_by_one(matcher: Any) -> tuple[NDArray[np.int32], _Packed]:  # noqa: ANN401 - any of Whoosh's matchers
    docs: list[int] = []
    packed: list[float] = []
    while matcher.is_active():
        docs.append(matcher.id())
        packed.append(matcher.weight())
        matcher.next()
    return np.asarray(docs, dtype=np.int32), np.asarray(packed, dtype=np.float32).astype(np.uint16)
