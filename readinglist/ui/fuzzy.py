"""Fuzzy matching of typed letters against short phrases, best match first."""

import unicodedata
from collections.abc import Sequence


def fold(text: str) -> str:
    """The text as it is compared: without case and without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def best(folded: Sequence[str], typed: str) -> list[int]:
    """The places of the phrases that the typed letters fit, best first; all in their order where nothing is typed.

    Args:
        folded: the phrases, as `fold` gives them.
        typed: what the reader typed, as it is.
    """
    wanted = " ".join(fold(typed).split())
    if not wanted:
        return list(range(len(folded)))
    rated = ((_rank(phrase, wanted), len(phrase), place) for place, phrase in enumerate(folded))
    return [place for rank, _, place in sorted(found for found in rated if found[0] >= 0)]


def _rank(phrase: str, wanted: str) -> int:
    """How well letters fit a phrase: 0 is best, -1 not at all."""
    if phrase.startswith(wanted):
        return 0
    parts = wanted.split(" ")
    words = phrase.replace("/", " ").replace("-", " ").split()
    if all(any(word.startswith(part) for word in words) for part in parts):
        return 1
    if all(part in phrase for part in parts):
        return 2
    letters = wanted.replace(" ", "")
    if "".join(word[0] for word in words).startswith(letters):
        return 3
    spread = _spread(phrase, letters)
    # Letters strewn over a whole phrase are a chance, not what was meant.
    return 4 + spread if 0 <= spread <= len(letters) else -1


def _spread(phrase: str, letters: str) -> int:
    """How many other letters stand between these letters, found in order; -1 where they are not all there."""
    place = start = phrase.find(letters[0])
    for letter in letters[1:]:
        if place < 0:
            return -1
        place = phrase.find(letter, place + 1)
    return -1 if place < 0 else place - start + 1 - len(letters)
