"""How close together the words of a question stand, for many papers at once: `nearness.lift` out of rows of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from readinglist.search.nearness import CLOSE_IN_TITLE, LIFT, MOST_BETWEEN, NEXT_IN_ABSTRACT
from readinglist.search.phrases import Way, among
from readinglist.search.word_rows import FIELDS, Rows

_Places = NDArray[np.int64]


def lifts(rows: Rows, words: Sequence[Sequence[Way]], papers: NDArray[np.int64]) -> NDArray[np.float32]:
    """What the papers' scores are to be multiplied by, from 1 to 1 + `LIFT`.

    Args:
        rows: the words of these papers and others, by ascending papers.
        words: for each word of the question, in order, the ways in which it can be written.
        papers: ids of papers, ascending.
    """
    titles, abstracts = (_Texts(rows, papers, field) for field in ("title", "abstract"))
    total = np.zeros(len(papers), np.float32)
    for first, second in pairwise(words):
        closeness = np.zeros(len(papers), np.float32)
        closeness[abstracts.papers_at(abstracts.neighbours(first, second))] = NEXT_IN_ABSTRACT
        closeness[titles.papers_at(titles.close(first, second))] = CLOSE_IN_TITLE
        closeness[titles.papers_at(titles.neighbours(first, second))] = 1
        total += closeness
    return 1 + np.float32(LIFT / (len(words) - 1)) * total


class _Texts:
    """The words of one field of some papers in one row, and of which stretch and paper each is."""

    def __init__(self, rows: Rows, papers: NDArray[np.int64], field: str) -> None:
        starts = np.searchsorted(rows.papers, papers, side="left")
        counts = np.searchsorted(rows.papers, papers, side="right") - starts
        numbers = np.repeat(np.arange(len(papers)), counts)
        stretches = np.arange(len(numbers)) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
        wanted = rows.fields[stretches] == FIELDS.index(field)
        chosen = rows.chosen(stretches[wanted])
        lengths = chosen.lengths()
        self._words = chosen.words
        self._stretches = np.repeat(np.arange(len(lengths)), lengths)
        self._papers = np.repeat(numbers[wanted], lengths)

    def papers_at(self, places: _Places) -> _Places:
        """The papers to which words belong, by their numbers."""
        return self._papers[places]

    def neighbours(self, first: Sequence[Way], second: Sequence[Way]) -> _Places:
        """Where the second word follows the first."""
        found = [self._where([*one, *two]) for one, two in product(first, second)]
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def close(self, first: Sequence[Way], second: Sequence[Way]) -> _Places:
        """Where at most two words stand between them, whichever comes first."""
        found = []
        for ends, begins in ((self._ends(first), self._begins(second)), (self._ends(second), self._begins(first))):
            for distance in range(1, MOST_BETWEEN + 2):
                places = np.flatnonzero(ends[:-distance] & begins[distance:])
                found.append(places[self._stretches[places] == self._stretches[places + distance]])
        return np.concatenate(found)

    def _where(self, way: Way) -> _Places:
        """Where a row of words begins; the word with the fewest forms is looked for first."""
        fewest = min(range(len(way)), key=lambda place: len(way[place]))
        places = np.flatnonzero(among(self._words, way[fewest])) - fewest
        places = places[(places >= 0) & (places <= len(self._words) - len(way))]
        for distance, wanted in enumerate(way):
            if distance != fewest:
                places = places[among(self._words[places + distance], wanted)]
        return places

    def _begins(self, ways: Iterable[Way]) -> NDArray[np.bool_]:
        begins = np.zeros(len(self._words), bool)
        for way in ways:
            begins[self._where(way)] = True
        return begins

    def _ends(self, ways: Iterable[Way]) -> NDArray[np.bool_]:
        ends = np.zeros(len(self._words), bool)
        for way in ways:
            ends[self._where(way) + len(way) - 1] = True
        return ends
