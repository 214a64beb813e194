"""The terms of a segment by the letters they are made of, to find those that are spelt almost like a word."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from readinglist.search.spelling import reach

_LINE_END = 10


class NearTerms:
    """The terms of one field of a segment.

    Each has a signature of 32 bits, one for each letter in it. A slip changes two of them at most, which leaves few
    terms to be compared letter by letter: a few milliseconds for half a million terms.

    Args:
        terms: the terms in UTF-8, each between line ends, as `segment_notes.Lexicon` holds them.
        counts: the papers of each.
    """

    def __init__(self, terms: bytes, counts: NDArray[np.uint32]) -> None:
        self._counts = counts
        self._encoding = "ascii" if terms.isascii() else "utf-32-le"
        kind: type[np.unsignedinteger[Any]] = np.uint8 if terms.isascii() else np.uint32
        codes: NDArray[Any] = np.frombuffer(terms.decode().encode(self._encoding), kind)
        self._codes = codes
        ends = np.flatnonzero(codes == _LINE_END)
        self._starts = ends[:-1] + 1
        self._lengths = ends[1:] - self._starts
        bits = np.left_shift(np.uint32(1), (codes & 31).astype(np.uint32))
        bits[ends] = 0
        self._signatures = np.bitwise_or.reduceat(bits, self._starts) if len(self._starts) else bits

    def near(self, word: str) -> dict[str, int]:
        """The terms that are spelt almost like a folded word, itself among them, and their counts."""
        allowed = reach(word)
        signature = np.uint32(0)
        for letter in word:
            signature |= np.uint32(1 << (ord(letter) & 31))
        alike = np.bitwise_count(self._signatures ^ signature) <= 2 * allowed
        alike &= np.abs(self._lengths - len(word)) <= allowed
        places = np.flatnonzero(alike)
        places = places[self._slips(word, places, len(word) + allowed) <= allowed]
        return {self._term(place): int(self._counts[place]) for place in places.tolist()}

    def _term(self, place: int) -> str:
        start = int(self._starts[place])
        return self._codes[start : start + int(self._lengths[place])].tobytes().decode(self._encoding)

    def _slips(self, word: str, places: NDArray[np.int64], width: int) -> NDArray[np.int8]:
        """The slips between a word and each of some terms, as `spelling.slips` counts them one by one.

        A row of the table holds, for the first letters of the word, the slips to the first 0, 1, 2 ... of each term.
        """
        inside = self._starts[places] + np.arange(width)[:, None]
        letters = self._codes[np.minimum(inside, len(self._codes) - 1)]
        older = before = np.zeros((width + 1, len(places)), np.int8)
        row = np.repeat(np.arange(width + 1, dtype=np.int8)[:, None], len(places), axis=1)
        for number, letter in enumerate(map(ord, word), start=1):
            older, before, row = before, row, np.empty_like(row)
            row[0] = number
            wrong = before[:-1] + (letters != letter)
            np.minimum(wrong, before[1:] + 1, out=wrong)
            if number > 1:
                exchanged = (letters[:-1] == letter) & (letters[1:] == ord(word[number - 2]))
                np.minimum(wrong[1:], np.where(exchanged, older[:-2] + 1, 127), out=wrong[1:])
            for place in range(width):
                np.minimum(wrong[place], row[place] + 1, out=row[place + 1])
        last: NDArray[np.int8] = np.take_along_axis(row, self._lengths[places][None, :], axis=0)[0]
        return last
