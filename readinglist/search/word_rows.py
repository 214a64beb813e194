"""The words of each paper in their order, as one long array of numbers beside each of the index's segments.

Whoosh's posting lists do not tell which words stand next to each other. With these rows a phrase of common words is
looked up in one pass over an array, where reading tens of thousands of texts would take a second. A segment without
rows (a program was killed before it could write them, or they are damaged) is asked by its texts.
"""

from __future__ import annotations

import logging
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from readinglist.papers.query import Phrase
from readinglist.search import whoosh_format
from readinglist.search.analysis import chunks, compounds_in, stem
from readinglist.search.terms import Slot, slots_of_words
from readinglist.search.weights import SHARE, PaperText

_log = logging.getLogger(__name__)

_HEADER = struct.Struct("<4sIII")  # what it is, checksum of the rest, number of words, number of stretches
_MAGIC = b"RLW1"
_FIELDS = tuple(SHARE)
_BREAK = 0  # between two stretches: no phrase goes across
# Where a compound stands, so many words on both sides of it are kept once more, with compounds written as one.
_WINDOW = 8
_MOST_WAYS = 64
_LONGEST_PLAIN = 40


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Words as numbers; and of each stretch of them where it starts, in which field, and of which paper."""

    words: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    papers: NDArray[np.int64]
    fields: NDArray[np.uint8]

    def papers_with(self, ways: Iterable[Sequence[Words]], field: str) -> NDArray[np.int64]:
        """The papers in which one of the ways stands, each as often as it does."""
        begins: dict[bytes, NDArray[np.int64]] = {}  # many ways of a compound begin with the same word
        found = []
        for way in ways:
            key = way[0].tobytes()
            if key not in begins:
                begins[key] = np.flatnonzero(_among(self.words, way[0]))
            found.append(self._papers_with(way, begins[key], field))
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def of(self, papers: NDArray[np.int64]) -> Rows:
        """The rows of some papers alone."""
        kept = np.isin(self.papers, papers)
        lengths = np.diff(self.starts, append=np.uint32(len(self.words)))
        starts = np.concatenate(([0], np.cumsum(lengths[kept])[:-1])) if kept.any() else np.empty(0)
        words = self.words[np.repeat(kept, lengths)]
        return Rows(words, starts.astype(np.uint32), self.papers[kept], self.fields[kept])

    def _papers_with(self, way: Sequence[Words], begins: NDArray[np.int64], field: str) -> NDArray[np.int64]:
        places = begins[begins <= len(self.words) - len(way)]
        for distance, words in enumerate(way[1:], 1):
            places = places[_among(self.words[places + distance], words)]
        stretches = np.searchsorted(self.starts, places, side="right") - 1
        if field:
            stretches = stretches[self.fields[stretches] == _FIELDS.index(field)]
        return self.papers[stretches]


Words = NDArray[np.uint32]  # the numbers of the words that may stand at a place
_Way = tuple[Slot, ...]


class RowsMaker:
    """Takes papers one by one, and gives their rows."""

    def __init__(self) -> None:
        self._words = array("I")
        self._starts = array("I")
        self._papers = array("q")
        self._fields = array("B")

    def add(self, text: PaperText) -> None:
        """Take the words of a paper."""
        for number, field in enumerate(_FIELDS):
            for stretch in _stretches(getattr(text, field)):
                self._starts.append(len(self._words))
                self._papers.append(text.id)
                self._fields.append(number)
                self._words.extend(stretch)
                self._words.append(_BREAK)

    def rows(self) -> Rows:
        """The rows of all papers taken."""
        return Rows(
            np.array(self._words, np.uint32),
            np.array(self._starts, np.uint32),
            np.array(self._papers, np.int64),
            np.array(self._fields, np.uint8),
        )


def joined_rows(rows: Sequence[Rows]) -> Rows:
    """The rows of several segments as one."""
    starts, before = [], 0
    for one in rows:
        starts.append(one.starts + np.uint32(before))
        before += len(one.words)
    return Rows(
        np.concatenate([one.words for one in rows]),
        np.concatenate(starts),
        np.concatenate([one.papers for one in rows]),
        np.concatenate([one.fields for one in rows]),
    )


def write_missing_rows(folder: Path, reader: whoosh_format.Reader, made: Sequence[Rows]) -> None:
    """Keep rows beside those of the index's segments that have none yet and hold their papers."""
    for name, leaf, _ in whoosh_format.segments(reader):
        if not _path(folder, name).exists():
            ids = whoosh_format.paper_ids(leaf)
            for rows in made:
                if np.isin(rows.papers, ids).all():
                    _write(folder, name, rows)
                    break


def _write(folder: Path, segment: str, rows: Rows) -> None:
    columns = (rows.words.astype("<u4"), rows.starts.astype("<u4"), rows.papers.astype("<i8"), rows.fields)
    checksum = 0
    for column in columns:
        checksum = zlib.crc32(column.tobytes(), checksum)
    path = _path(folder, segment)
    part = path.with_suffix(".rows-part")
    try:
        with part.open("wb") as stream:
            stream.write(_HEADER.pack(_MAGIC, checksum, len(rows.words), len(rows.starts)))
            for column in columns:
                stream.write(column.tobytes())
        part.replace(path)
    except OSError as error:
        _log.info("The word rows of an index segment were not written: %s", error)


def read_rows(folder: Path, segment: str) -> Rows | None:
    """The rows of a segment; None where there are none, or no whole ones."""
    try:
        data = _path(folder, segment).read_bytes()
        magic, checksum, words, stretches = _HEADER.unpack_from(data)
    except (OSError, struct.error):
        return None
    if magic != _MAGIC or zlib.crc32(memoryview(data)[_HEADER.size :]) != checksum:
        return None
    places = np.cumsum([_HEADER.size, 4 * words, 4 * stretches, 8 * stretches])
    return Rows(
        np.frombuffer(data, "<u4", words, places[0]),
        np.frombuffer(data, "<u4", stretches, places[1]),
        np.frombuffer(data, "<i8", stretches, places[2]),
        np.frombuffer(data, "u1", stretches, places[3]),
    )


def ways_of(phrase: Phrase, begun: Sequence[str]) -> list[list[Words]] | None:
    """The rows of words that a phrase can be met as: its compounds apart or as one. None where they are too many.

    Args:
        phrase: the phrase.
        begun: the words that its last one may be, where it is still typed (`prefix_of`).
    """
    by_slots = slots_of_words(phrase.text, phrase.prefix)
    if phrase.prefix and len(by_slots[-1]) > 1:
        return None  # the beginning of a compound's last part, after any form of its first ones
    by_compound = [list(_groupings(slots)) for slots in by_slots]
    ways = [[word for part in way for word in part] for way in product(*by_compound)]
    if len(ways) > _MOST_WAYS or any(len(way) > _WINDOW for way in ways):
        return None
    return [[_numbers(slot, begun) for slot in way] for way in ways]


def prefix_of(phrase: Phrase) -> str:
    """The beginning of the last word of a phrase that is still typed, else ""."""
    return slots_of_words(phrase.text, phrase.prefix)[-1][-1].prefix


def _groupings(slots: tuple[Slot, ...]) -> Iterator[_Way]:
    """All ways to write a compound with its neighbouring parts as one word or apart."""
    if len(slots) <= 1:
        yield slots
        return
    for size in range(1, len(slots) + 1):
        head = _as_one(slots[:size])
        if size == len(slots):
            yield (head,)
        else:
            for rest in _groupings(slots[size:]):
                yield (head, *rest)


def _as_one(slots: tuple[Slot, ...]) -> Slot:
    return slots[0] if len(slots) == 1 else Slot(tuple(map("".join, product(*(slot.exact for slot in slots)))))


def _numbers(slot: Slot, begun: Sequence[str]) -> Words:
    terms = {*slot.exact, *begun} if slot.prefix else set(slot.exact)
    return np.array(sorted(map(_number, terms)), np.uint32)


def _stretches(text: str) -> Iterator[list[int]]:
    """The words of a text; then for each compound the words around it, with compounds as one word."""
    pieces = [_in_chunk(chunk) for _, chunk in chunks(text)]
    apart = [number for piece in pieces for number in piece.apart]
    if not apart:
        return
    yield apart
    if not any(piece.places for piece in pieces):
        return
    joined: list[int] = []
    for piece in pieces:
        joined.extend(piece.joined)
    before = 0
    for piece in pieces:
        for place in piece.places:
            yield joined[max(0, before + place - _WINDOW) : before + place + _WINDOW + 1]
        before += len(piece.joined)


class _Piece(NamedTuple):
    """The words of a piece of text apart, and with compounds as one; and the places of these."""

    apart: tuple[int, ...]
    joined: tuple[int, ...]
    places: tuple[int, ...]


@lru_cache(maxsize=32_768)
def _in_chunk(chunk: str) -> _Piece:
    word = chunk.strip('(".,;:!?)')
    if word.isascii() and word.isalpha() and len(word) <= _LONGEST_PLAIN:  # most are, and need no taking apart
        numbers = (_number(stem(word.lower())),)
        return _Piece(numbers, numbers, ())
    return _taken_apart(chunk)


def _taken_apart(chunk: str) -> _Piece:
    apart: list[int] = []
    joined: list[int] = []
    places: list[int] = []
    for _, compound in compounds_in(chunk):
        numbers = [_number(part.term) for part in compound.parts]
        apart.extend(numbers)
        if compound.joined:
            places.append(len(joined))
            numbers = [_number(compound.joined)]
        joined.extend(numbers)
    return _Piece(tuple(apart), tuple(joined), tuple(places))


def _number(term: str) -> int:
    return crc32(term.encode()) or 1


def _among(words: Words, wanted: Words) -> NDArray[np.bool_]:
    if len(wanted) > 4:
        return np.isin(words, wanted)
    found = np.zeros(len(words), bool)
    for number in wanted:
        found |= words == number
    return found


def _path(folder: Path, segment: str) -> Path:
    return folder / f"{segment}.rows"
