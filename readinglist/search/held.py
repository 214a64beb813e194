"""Where words are held and how strongly, joined from the rarest word on: what is frequent is only looked at there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_FREQUENT_SHARE = 1 / 8  # of all papers: from there on a table of all takes less room than the papers alone

Places = NDArray[np.int64]  # of papers among all ids, ascending
Scores = NDArray[np.float32]
Scored = tuple[Places, Scores]


@dataclass(frozen=True, eq=False, slots=True)
class Held:
    """The papers that hold a word, and how strongly each speaks of it.

    Attributes:
        strengths: of the papers at `places`; where these are None, of all papers, 0 for those without the word.
        places: where the papers are among all ids.
        count: how many papers hold the word.
        size: how many papers there are.
        weight: what a strength of 1 adds to a paper's score.
    """

    strengths: NDArray[np.uint8] | Scores
    places: Places | None
    count: int
    size: int
    weight: np.float32

    @property
    def memory(self) -> int:
        """How many bytes it takes."""
        return self.strengths.nbytes + (0 if self.places is None else self.places.nbytes)

    def scored(self) -> Scored:
        """The papers that hold the word, and their scores."""
        if self.places is not None:
            return self.places, self.strengths * self.weight
        places = np.flatnonzero(self.strengths != 0)
        return places, self.strengths[places] * self.weight

    def at(self, places: Places) -> Scores:
        """The scores of some papers, 0 for those without the word."""
        strengths = self.strengths
        if self.places is not None:
            strengths = np.zeros(self.size, self.strengths.dtype)
            strengths[self.places] = self.strengths
        found: Scores = strengths[places] * self.weight
        return found


def held(strengths: NDArray[np.uint8], weight: Callable[[int], float]) -> Held:
    """What a table of strengths says, in the form that takes less room.

    Args:
        strengths: of all papers, 0 for those without the word.
        weight: gives what a strength of 1 adds to a score, for a word that so many papers hold.
    """
    size, count = len(strengths), int(np.count_nonzero(strengths))
    if count >= _FREQUENT_SHARE * size:
        return Held(strengths, None, count, size, np.float32(weight(count)))
    places = np.flatnonzero(strengths != 0)
    return Held(strengths[places], places, count, size, np.float32(weight(count)))


def all_of(words: Iterable[Held]) -> Scored:
    """The papers that hold all of some words, and the sums of their scores."""
    if not (row := sorted(words, key=lambda word: word.count)):
        return np.empty(0, np.intp), np.empty(0, np.float32)
    rarest, *others = row
    return also(rarest.scored(), others)


def also(found: Scored, words: Iterable[Held]) -> Scored:
    """Those of some papers that hold some further words too, with what these add to their scores."""
    places, scores = found
    for word in words:
        added = word.at(places)
        kept = np.flatnonzero(added != 0)
        places, scores = places[kept], scores[kept] + added[kept]
    return places, scores


def best_of(ways: Sequence[Scored], size: int) -> Held:
    """The papers that hold one of several ways to write a word, each with its best score."""
    best = np.zeros(size, np.float32)
    for places, scores in ways:
        best[places] = np.maximum(best[places], scores)
    return Held(best, None, int(np.count_nonzero(best)), size, np.float32(1))
