"""What is noted beside each of the index's segments: its terms with their counts, and a checksum of its file.

Whoosh's own list of terms takes a third of a second to go through for one letter at 100,000 papers; this one is two
arrays. A segment without notes (a program was killed before it could write them) is read Whoosh's way.
"""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from readinglist.search import whoosh_format
from readinglist.search.weights import INDEX_FIELDS

_log = logging.getLogger(__name__)

_HEADER = struct.Struct("<4sII")  # what it is, checksum of the segment's file, checksum of the rest of the notes
_SIZES = struct.Struct("<II")  # bytes of terms, number of terms
_MAGIC = b"RLN1"
_CONTENTS = struct.Struct("<qI")  # generation of the index, checksum of its contents file
_CONTENTS_NOTES = "contents.notes"
_CHUNK = 1 << 20


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """The terms of a field in a segment, sorted by their bytes, each between line ends; and the papers of each."""

    terms: bytes
    counts: NDArray[np.uint32]

    def expansions(self, prefix: str, limit: int | None = None) -> dict[str, int]:
        """The most frequent terms that begin with a prefix, and their counts."""
        begin = b"\n" + prefix.encode()
        start = self.terms.find(begin)
        if start < 0:
            return {}
        end = self.terms.find(b"\n", self.terms.rfind(begin) + 1)
        first = self.terms.count(b"\n", 0, start)
        names = self.terms[start + 1 : end].split(b"\n")
        counts = self.counts[first : first + len(names)]
        best = np.argsort(-counts.astype(np.int64), kind="stable")[:limit]
        return {names[place].decode(): int(counts[place]) for place in best}


@dataclass(frozen=True, eq=False, slots=True)
class Notes:
    """The notes of a segment: the checksum of its file, and the lexicon of each field."""

    checksum: int
    lexicons: dict[str, Lexicon]


def lexicon_of(counts: Mapping[str, int]) -> Lexicon:
    """The lexicon of terms and their counts, which come sorted by their bytes."""
    joined = b"\n" + b"\n".join(term.encode() for term in counts) + b"\n" if counts else b""
    return Lexicon(joined, np.array(list(counts.values()), np.uint32))


def write_notes(folder: Path, reader: whoosh_format.Reader) -> None:
    """Note the segments of an index that have no notes, and its contents. Notes that cannot be written are missed."""
    _write_contents_notes(folder, reader.generation())
    for name, segment, _ in whoosh_format.segments(reader):
        if not _path(folder, name).exists():
            _write(folder, name, segment)


def read_notes(folder: Path, name: str) -> Notes | None:
    """The notes of a segment; None where there are none, or no whole ones."""
    try:
        data = _path(folder, name).read_bytes()
        magic, file_checksum, own_checksum = _HEADER.unpack_from(data)
    except (OSError, struct.error):
        return None
    if magic != _MAGIC or zlib.crc32(memoryview(data)[_HEADER.size :]) != own_checksum:
        return None
    lexicons: dict[str, Lexicon] = {}
    place = _HEADER.size
    for field in INDEX_FIELDS:
        length, number = _SIZES.unpack_from(data, place)
        place += _SIZES.size
        counts = np.frombuffer(data, "<u4", number, place + length)
        lexicons[field] = Lexicon(data[place : place + length], counts)
        place += length + 4 * number
    return Notes(file_checksum, lexicons)


def is_damaged(folder: Path, name: str, notes: Notes) -> bool:
    """Whether a segment's file is other than it was written. One that is gone was given up since, or is missed soon."""
    try:
        return _checksum(whoosh_format.segment_file(folder, name)) != notes.checksum
    except FileNotFoundError:
        return False


def contents_are_damaged(folder: Path, generation: int) -> bool:
    """Whether the file that lists the segments is other than it was written."""
    try:
        noted, checksum = _CONTENTS.unpack((folder / _CONTENTS_NOTES).read_bytes())
        return bool(noted == generation and _checksum(whoosh_format.contents_file(folder, generation)) != checksum)
    except (OSError, struct.error):
        return False


def _write_contents_notes(folder: Path, generation: int) -> None:
    path = folder / _CONTENTS_NOTES
    part = path.with_suffix(".part")
    try:
        part.write_bytes(_CONTENTS.pack(generation, _checksum(whoosh_format.contents_file(folder, generation))))
        part.replace(path)
    except OSError as error:
        _log.info("The notes of the index's contents were not written: %s", error)


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            total = zlib.crc32(chunk, total)
    return total


def _write(folder: Path, name: str, segment: whoosh_format.Reader) -> None:
    terms: dict[str, list[bytes]] = {field: [] for field in INDEX_FIELDS}
    counts: dict[str, list[int]] = {field: [] for field in INDEX_FIELDS}
    for field, term, count in whoosh_format.all_terms(segment):
        terms[field].append(term)
        counts[field].append(count)
    rest = b"".join(_packed(terms[field], counts[field]) for field in INDEX_FIELDS)
    checksum = _checksum(whoosh_format.segment_file(folder, name))
    header = _HEADER.pack(_MAGIC, checksum, zlib.crc32(rest))
    part = _path(folder, name).with_suffix(".part")
    try:
        part.write_bytes(header + rest)
        part.replace(_path(folder, name))
    except OSError as error:
        _log.info("The notes of an index segment were not written: %s", error)


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.notes"


def _packed(terms: list[bytes], counts: list[int]) -> bytes:
    joined = b"\n" + b"\n".join(terms) + b"\n" if terms else b""
    return _SIZES.pack(len(joined), len(terms)) + joined + np.asarray(counts, "<u4").tobytes()
