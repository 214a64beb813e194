"""Looks phrases up in the rows of words: all ways in which one can be written, and where each of them stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from readinglist.papers.query import Phrase
from readinglist.search.row_files import KeptRows
from readinglist.search.terms import Slot, slots_of_words
from readinglist.search.word_rows import FIELDS, WINDOW, number_of

_MOST_WAYS = 64
_FEW_WORDS = 8  # at a place: they are looked for one by one
_NUMBERS = 1 << 32  # of words

Words = NDArray[np.uint32]  # the numbers of the words that may stand at a place, ascending
Way = Sequence[Words]
_Places = NDArray[np.int64]
_SlotsInRow = tuple[Slot, ...]


def ways_of(phrase: Phrase, begun: Sequence[str]) -> list[Way] | None:
    """The rows of words that a phrase can be met as: its compounds apart or as one. None where they are too many.

    Args:
        phrase: the phrase.
        begun: the words that its last one may be, where it is still typed (`prefix_of`).
    """
    by_slots = slots_of_words(phrase.text, phrase.prefix)
    if phrase.prefix and len(by_slots[-1]) > 1:
        return None  # the beginning of a compound's last part, after any form of its first ones
    by_compound = [list(_groupings(slots)) for slots in by_slots]
    ways = [[slot for part in way for slot in part] for way in product(*by_compound)]
    if len(ways) > _MOST_WAYS or any(len(way) > WINDOW for way in ways):
        return None
    numbers = {slot: _numbers(slot, begun) for way in ways for slot in way}
    return [[numbers[slot] for slot in way] for way in ways]


def prefix_of(phrase: Phrase) -> str:
    """The beginning of the last word of a phrase that is still typed, else ""."""
    return slots_of_words(phrase.text, phrase.prefix)[-1][-1].prefix


def papers_with(kept: KeptRows, ways: Iterable[Way], field: str) -> NDArray[np.int64]:
    """The papers in which one of the ways stands, each as often as it does; with a `field`, in that one."""
    rows = kept.rows
    places = np.concatenate([_where(kept, way) for way in ways])
    places.sort()  # neighbours are looked up quicker
    stretches = np.searchsorted(rows.starts, places, side="right") - 1
    if field:
        stretches = stretches[rows.fields[stretches] == FIELDS.index(field)]
    return rows.papers[stretches]


def _where(kept: KeptRows, way: Way) -> _Places:
    """The places where a way begins."""
    if len(way) == 1:
        return _places(kept, [_span(kept, int(number)) for number in way[0]])
    spans = [_pair_spans(kept, first, second) for first, second in pairwise(way)]
    rarest = min(range(len(spans)), key=lambda number: sum(end - start for start, end in spans[number]))
    begins = _places(kept, spans[rarest]) - rarest
    words = kept.rows.words
    begins = begins[(begins >= 0) & (begins <= len(words) - len(way))]
    for distance, wanted in enumerate(way):
        if distance not in (rarest, rarest + 1):
            begins = begins[among(words[begins + distance], wanted)]
    return begins


def _places(kept: KeptRows, spans: Sequence[tuple[int, int]]) -> _Places:
    found = [kept.places[start:end] for start, end in spans if start < end]
    return np.concatenate(found).astype(np.int64) if found else np.empty(0, np.int64)


def _pair_spans(kept: KeptRows, first: Words, second: Words) -> list[tuple[int, int]]:
    """The spans of the sorted places at which one of the first words is followed by one of the second ones."""
    spans: list[tuple[int, int]] = []
    for number in map(int, first):
        if len(second) <= _FEW_WORDS:
            spans.extend(_span(kept, number, int(follower)) for follower in second)
        else:
            spans.extend(_spans_before(kept, number, second))
    return spans


def _spans_before(kept: KeptRows, number: int, followers: Words) -> Iterator[tuple[int, int]]:
    """The spans of a word before each of many others."""
    start, end = _span(kept, number)
    after = kept.rows.words[kept.places[start:end].astype(np.int64) + 1]
    starts = np.searchsorted(after, followers, side="left") + start
    ends = np.searchsorted(after, followers, side="right") + start
    present = starts < ends
    return zip(starts[present].tolist(), ends[present].tolist(), strict=True)


def _span(kept: KeptRows, number: int, follower: int | None = None) -> tuple[int, int]:
    """The span of a word, or of a word before another one, among the sorted places."""
    word_at = kept.rows.words.item
    low = number * _NUMBERS + (follower or 0)
    high = low + (1 if follower is not None else _NUMBERS)

    def pair_at(place: int) -> int:
        return word_at(place) * _NUMBERS + word_at(place + 1)

    start = bisect_left(kept.places, low, key=pair_at)
    return start, bisect_left(kept.places, high, lo=start, key=pair_at)


def _groupings(slots: _SlotsInRow) -> Iterator[_SlotsInRow]:
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


def _as_one(slots: _SlotsInRow) -> Slot:
    return slots[0] if len(slots) == 1 else Slot(tuple(map("".join, product(*(slot.exact for slot in slots)))))


def _numbers(slot: Slot, begun: Sequence[str]) -> Words:
    terms = {*slot.exact, *begun} if slot.prefix else set(slot.exact)
    return np.array(sorted(set(map(number_of, terms))), np.uint32)


def among(words: Words, wanted: Words) -> NDArray[np.bool_]:
    """Which of some words are among the wanted ones."""
    if len(wanted) > _FEW_WORDS:  # np.isin would import 10 ms of NumPy for it
        nearest = np.minimum(np.searchsorted(wanted, words), len(wanted) - 1)
        return np.equal(wanted[nearest], words)
    found = np.zeros(len(words), bool)
    for number in wanted:
        found |= words == number
    return found
