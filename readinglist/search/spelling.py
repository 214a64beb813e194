"""Near spellings: how many slips of the keyboard lie between two words, and how many are forgiven.

A slip is a letter too many, one missing, a wrong one, or two neighbours exchanged (the optimal string alignment
distance; Boytsov, Indexing Methods for Approximate Dictionary Searching, 2011, section 2.2.1).
"""

from functools import lru_cache

_TWO_SLIPS_FROM = 8
_ONE_SLIP_FROM = 3


def reach(word: str) -> int:
    """How many slips are forgiven in a word: none below three letters, two from eight letters on."""
    if len(word) >= _TWO_SLIPS_FROM:
        return 2
    return 1 if len(word) >= _ONE_SLIP_FROM else 0


@lru_cache(maxsize=8192)
def is_near(word: str, term: str) -> bool:
    """Whether a term of the library is the word but for the slips that are forgiven in it."""
    allowed = reach(word)
    return abs(len(word) - len(term)) <= allowed and slips(word, term, allowed) <= allowed


def slips(word: str, term: str, most: int) -> int:
    """How many slips make a word of the other; any number above `most` where there are more."""
    before: list[int] = []
    row = list(range(len(term) + 1))
    for place, letter in enumerate(word, start=1):
        older, before, row = before, row, [place]
        for other, found in enumerate(term, start=1):
            cost = min(before[other] + 1, row[-1] + 1, before[other - 1] + (letter != found))
            if place > 1 and other > 1 and letter == term[other - 2] and word[place - 2] == found:
                cost = min(cost, older[other - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return row[-1]
