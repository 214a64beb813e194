"""The words of papers in their order, as numbers in one long array: what a phrase is looked up in.

Whoosh's posting lists do not tell which words stand next to each other, and reading tens of thousands of texts for a
phrase of common words would take a second.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from readinglist.search.analysis import chunks, compounds_in, stem
from readinglist.search.weights import SHARE, PaperText

FIELDS = tuple(SHARE)
# Where a compound stands, so many words on both sides of it are kept once more, with compounds written as one.
WINDOW = 8

_BREAK = 0  # after each stretch: no phrase goes across
_LONGEST_PLAIN = 40


@dataclass(frozen=True, eq=False, slots=True)
class Rows:
    """Words as numbers; and of each stretch of them where it starts, in which field, and of which paper."""

    words: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    papers: NDArray[np.int64]
    fields: NDArray[np.uint8]

    def of(self, papers: NDArray[np.int64]) -> Rows:
        """The rows of some papers alone."""
        return self.chosen(np.flatnonzero(np.isin(self.papers, papers)))

    def by_paper(self) -> Rows:
        """The same, by ascending papers."""
        return self.chosen(np.argsort(self.papers, kind="stable"))

    def chosen(self, stretches: NDArray[np.int64]) -> Rows:
        """Some stretches, by their numbers, in the order given."""
        starts = self.starts[stretches].astype(np.int64)
        following = np.minimum(stretches + 1, len(self.starts) - 1)
        ends = np.where(stretches == len(self.starts) - 1, len(self.words), self.starts[following])
        lengths = ends - starts
        moved = np.cumsum(lengths) - lengths
        places = np.arange(int(lengths.sum())) + np.repeat(starts - moved, lengths)
        return Rows(self.words[places], moved.astype(np.uint32), self.papers[stretches], self.fields[stretches])

    def lengths(self) -> NDArray[np.int64]:
        """How many words each stretch has, the break after it among them."""
        ends = np.append(self.starts[1:], np.uint32(len(self.words)))
        return (ends - self.starts).astype(np.int64)

    def sorted_places(self) -> NDArray[np.uint32]:
        """The places of all words, sorted by the word there and then by the one after it."""
        following = np.append(self.words[1:], np.uint32(_BREAK))
        pairs = (self.words.astype(np.uint64) << np.uint64(32)) | following
        return np.argsort(pairs)[len(self.starts) :].astype(np.uint32)  # first come the breaks, one a stretch


class RowsMaker:
    """Takes papers one by one, and gives their rows."""

    def __init__(self) -> None:
        self._words = array("I")
        self._starts = array("I")
        self._papers = array("q")
        self._fields = array("B")

    def add(self, text: PaperText) -> None:
        """Take the words of a paper."""
        for number, field in enumerate(FIELDS):
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


def number_of(term: str) -> int:
    """The number that stands for a term in the rows."""
    return crc32(term.encode()) or 1


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
            yield joined[max(0, before + place - WINDOW) : before + place + WINDOW + 1]
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
        numbers = (number_of(stem(word.lower())),)
        return _Piece(numbers, numbers, ())
    return _taken_apart(chunk)


def _taken_apart(chunk: str) -> _Piece:
    apart: list[int] = []
    joined: list[int] = []
    places: list[int] = []
    for _, compound in compounds_in(chunk):
        numbers = [number_of(part.term) for part in compound.parts]
        apart.extend(numbers)
        if compound.joined:
            places.append(len(joined))
            numbers = [number_of(compound.joined)]
        joined.extend(numbers)
    return _Piece(tuple(apart), tuple(joined), tuple(places))
