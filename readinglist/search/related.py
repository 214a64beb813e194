"""Papers that are about the same: those that speak most strongly of the words that tell a paper from the others.

A paper is compared by its most telling words only, weighted by how strongly it speaks of them and how rare they are,
as in the cosine of tf-idf vectors (Manning et al., Introduction to Information Retrieval, 2008, section 6.3).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from readinglist.papers.related import Related
from readinglist.search.analysis import compounds
from readinglist.search.weights import BODY, MARKS_FROM, PaperText, levels, rarity, score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readinglist.search.view import View

_TELLING_WORDS = 30
_MOST_SHARE = 0.25  # of all papers: a word that more of them hold tells nothing
_WORDS_SHOWN = 4
_WORTH_SHOWING = 0.15  # of what the best shared word adds
_LEAST_SCORE = 0.02  # below it, papers have no more in common than any two
_WORDS_FOR_ALL = 3  # shared words: fewer may be chance, and count for less

# Terms that a small library holds rarely enough to take them for telling.
_PARTICLES = (
    "about above across after again all almost already also although alway among and any are around because been "
    "before being below between both but can cannot could different doe each either even every few for from further "
    "had has have having her here his how however into its itself just less many may more most mostly much must near "
    "never new nor not now off often once one only other our out over own paper per propose rather same several shall "
    "she should show since some still such than that the their them then there these they this those three through "
    "thus too toward two under until upon use used using various very was well were what when where whether which "
    "while who whose why will with within without work would yet you your"
)
_NOT_TELLING = frozenset(_PARTICLES.split())


@dataclass(frozen=True, slots=True)
class _Held:
    """A telling word of the paper: where it is held (places among all ids), and what it adds to the nearness there."""

    word: str
    places: NDArray[np.int64]
    added: NDArray[np.float32]


def related(view: View, text: PaperText, unwanted: Collection[int], limit: int) -> tuple[Related, ...]:
    """The papers nearest to a text, nearest first, without the paper itself and the `unwanted` ones.

    Only indexed papers are found; the text itself need not be indexed.
    """
    held, whole = _held(view, text, words_by_term(text))
    if not held:
        return ()
    total = np.zeros(len(view.ids), np.float32)
    shared = np.zeros(len(view.ids), np.uint8)
    for one in held:
        total[one.places] += one.added
        shared[one.places] += 1
    total *= np.minimum(shared, _WORDS_FOR_ALL) / np.float32(_WORDS_FOR_ALL)
    left_out = np.fromiter({text.id, *unwanted}, np.int64)
    total[np.isin(view.ids, left_out)] = 0
    places = np.flatnonzero(total > _LEAST_SCORE * whole)
    best = places[np.argsort(-total[places], kind="stable")[:limit]]
    return tuple(
        Related(int(view.ids[place]), round(float(total[place]) / whole, 4), _shared(held, place))
        for place in best.tolist()
    )


def words_by_term(text: PaperText) -> dict[str, str]:
    """The terms of title and abstract, and for each the word as it stands there; names keep their capitals."""
    words: dict[str, str] = {}
    for part in (text.title, text.abstract):
        for start, compound in compounds(part):
            for piece in compound.parts:
                words.setdefault(piece.term, _plain(part[start + piece.start : start + piece.end]))
            if compound.joined:
                whole = part[start + compound.parts[0].start : start + compound.parts[-1].end]
                words.setdefault(compound.joined, _plain(whole))
    return words


def _held(view: View, text: PaperText, words: dict[str, str]) -> tuple[list[_Held], float]:
    """Where the paper's most telling words are held, and how near the paper is to itself."""
    own = levels(replace(text, authors="", notes=""))[BODY]
    most = max(2, int(_MOST_SHARE * len(view.ids)))
    rarities: dict[str, float] = {}
    for term, word in words.items():
        count = 0 if term in _NOT_TELLING or _is_short(word) else view.count(term)
        if 1 < count <= most:
            rarities[term] = rarity(len(view.ids), count)
    weights = {term: score(rare, own[term] % MARKS_FROM) for term, rare in rarities.items()}
    telling = sorted(weights, key=lambda term: (-weights[term], -len(term), term))[:_TELLING_WORDS]
    held = []
    for term in telling:
        places, strengths = view.holding(term)
        added = strengths * np.float32(score(rarities[term], 1) * weights[term])
        held.append(_Held(words[term], places, added))
    return held, sum(weights[term] ** 2 for term in telling)


def _shared(held: Sequence[_Held], place: int) -> tuple[str, ...]:
    """The words that add most to a paper's nearness; of words within each other, one."""
    adds = [(float(one.added[one.places == place].sum()), one.word) for one in held]
    adds = sorted((pair for pair in adds if pair[0] > 0), key=lambda pair: -pair[0])
    words: list[str] = []
    for added, word in adds:
        if len(words) == _WORDS_SHOWN or added < _WORTH_SHOWING * adds[0][0]:
            break
        low = word.lower()
        if not any(low in other.lower() or other.lower() in low for other in words):
            words.append(word)
    return tuple(words)


def _is_short(word: str) -> bool:
    """Such as "by" and "of"; "AI" and "3D" are none."""
    return len(word) < 3 and word.isascii() and word.islower() and word.isalpha()


def _plain(word: str) -> str:
    """A word as within a sentence: "Attention" is "attention", "LoRA" and "GPT-4" stay."""
    return word if any(letter.isupper() for letter in word[1:]) and not word.istitle() else word.lower()
