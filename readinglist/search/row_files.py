"""The files that keep the words of papers in their order, one beside each of the index's segments.

A file holds rows of words, and where each two neighbouring words stand, sorted: so a phrase is looked up in a few
places, and only these are read from the disk. A segment without rows (a program was killed before it could write them,
or they are damaged) is asked by its texts.
"""

from __future__ import annotations

import logging
import mmap
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from readinglist.search import whoosh_format
from readinglist.search.word_rows import Rows

_log = logging.getLogger(__name__)

_HEADER = struct.Struct("<4sIQQ")  # what it is, checksum of name and rest, number of words, number of stretches
_MAGIC = b"RLW2"
_CHUNK = 1 << 20


@dataclass(frozen=True, eq=False, slots=True)
class KeptRows:
    """The rows of a segment by ascending papers, and the places of their words.

    The places are sorted by the word there and then by the one after it.
    """

    rows: Rows
    places: NDArray[np.uint32]


def write_missing_rows(folder: Path, reader: whoosh_format.Reader, made: Sequence[Rows]) -> None:
    """Keep rows beside those of the index's segments that have none yet and hold their papers."""
    for name, leaf, _ in whoosh_format.segments(reader):
        if not _path(folder, name).exists():
            ids = whoosh_format.paper_ids(leaf)
            for rows in made:
                if np.isin(rows.papers, ids).all():
                    _write(folder, name, rows)
                    break


def size_of_rows(folder: Path, segment: str) -> int:
    """How many bytes the rows of a segment take; 0 where there are none."""
    try:
        return _path(folder, segment).stat().st_size
    except OSError:
        return 0


def read_rows(folder: Path, segment: str) -> KeptRows | None:
    """The rows of a segment; None where there are none, or no whole ones.

    All of the file is compared with its checksum, once; what is kept in memory is what is looked at later.
    """
    try:
        with _path(folder, segment).open("rb") as stream:
            magic, checksum, words, stretches = _HEADER.unpack(stream.read(_HEADER.size))
            if magic != _MAGIC or _checksum(stream, _checksum_of_name(segment)) != checksum:
                return None
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        return _unpacked(data, words, stretches)
    except (OSError, struct.error, ValueError):
        return None


def _unpacked(data: mmap.mmap, words: int, stretches: int) -> KeptRows | None:
    sizes = [8 * stretches, 4 * words, 4 * (words - stretches), 4 * stretches, stretches]
    first, second, third, fourth, fifth, end = np.cumsum([_HEADER.size, *sizes]).tolist()
    if end != len(data):
        return None
    rows = Rows(
        papers=np.frombuffer(data, "<i8", stretches, first),
        words=np.frombuffer(data, "<u4", words, second),
        starts=np.frombuffer(data, "<u4", stretches, fourth),
        fields=np.frombuffer(data, "u1", stretches, fifth),
    )
    return KeptRows(rows, np.frombuffer(data, "<u4", words - stretches, third))


def _write(folder: Path, segment: str, made: Rows) -> None:
    rows = made.by_paper()
    columns = [
        column.tobytes()
        for column in (
            rows.papers.astype("<i8"),
            rows.words.astype("<u4"),
            rows.sorted_places().astype("<u4"),
            rows.starts.astype("<u4"),
            rows.fields,
        )
    ]
    checksum = _checksum_of_name(segment)
    for column in columns:
        checksum = zlib.crc32(column, checksum)
    path = _path(folder, segment)
    part = path.with_suffix(".rows-part")
    try:
        with part.open("wb") as stream:
            stream.write(_HEADER.pack(_MAGIC, checksum, len(rows.words), len(rows.starts)))
            stream.writelines(columns)
        part.replace(path)
    except OSError as error:
        _log.info("The word rows of an index segment were not written: %s", error)


def _checksum_of_name(segment: str) -> int:
    """What a checksum begins with, so that the rows of another segment are not taken for these."""
    return zlib.crc32(segment.encode())


def _checksum(stream: BinaryIO, before: int) -> int:
    """The checksum of the rest of a file, read piece by piece."""
    total = before
    while chunk := stream.read(_CHUNK):
        total = zlib.crc32(chunk, total)
    return total


def _path(folder: Path, segment: str) -> Path:
    return folder / f"{segment}.rows"
