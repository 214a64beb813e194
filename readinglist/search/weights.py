"""How much a term counts in a paper: BM25F with fixed lengths, so that a paper's numbers never depend on the others.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from readinglist.search.analysis import tokens

# Raise it when the numbers below change: they are kept in the index.
WEIGHTS_VERSION = 2

# The body is a paper's title, authors, abstract and notes; the text of its files stands by itself, being a hundred
# times as long and saying less of what the paper is about.
BODY, TITLE, AUTHORS, PDF = "body", "title", "authors", "pdf"
INDEX_FIELDS = (AUTHORS, BODY, PDF, TITLE)

_SATURATION = 1.2
_LENGTH_SHARE = 0.6
_BODY_LENGTH = 200  # words
_USUAL_LENGTH = {TITLE: 10, AUTHORS: 10, PDF: 8000}
SHARE = {"title": 4.0, "authors": 2.0, "abstract": 1.0, "notes": 0.6}
# Of what a word counts elsewhere: however often it stands in a file, one mention in a note of usual length is more.
_SHARE_OF_ALL = {PDF: 0.3}
_SCALE = 100.0

# What is added to a term's level in the body says which of these fields it stands in.
BODY_MARKS = {"abstract": 1, "notes": 2}
MARKS_FROM = 256

# The rarity of a term nobody counted, such as one in a paper that is not indexed yet: as if 5 % of the papers had it.
USUAL_RARITY = 3.0
# How strongly a file speaks of a term that nobody counted in it: as if it stood there once.
PDF_LEVEL = 30


@dataclass(frozen=True, slots=True)
class PaperText:
    """The searchable text of a paper; `pdf` is that of its files."""

    id: int
    title: str = ""
    abstract: str = ""
    authors: str = ""
    notes: str = ""
    pdf: str = ""


def levels(text: PaperText) -> dict[str, dict[str, int]]:
    """For each field of the index, each term and how strongly the paper speaks of it, from 1 to 220.

    In the body, 256 is added for a term of the abstract and 512 for one of the notes.
    """
    counted = {field: Counter(tokens(getattr(text, field))) for field in SHARE}
    return {
        BODY: _body(counted),
        TITLE: _one_field(counted["title"], TITLE),
        AUTHORS: _one_field(counted["authors"], AUTHORS),
        PDF: _one_field(Counter(tokens(text.pdf)), PDF) if text.pdf else {},
    }


def level(weight: float, length: int, field: str) -> int:
    """How strongly a text of `length` words speaks of a term whose weighted count is `weight`."""
    return _saturation(weight, _norm(length, field), _SHARE_OF_ALL.get(field, 1.0))


def score(rarity: float, level: float) -> float:
    """What a term adds to a paper's score."""
    return rarity * level / _SCALE


def rarity(papers: int, holding: int) -> float:
    """How telling a term is that so many of all papers hold (the inverse document frequency of BM25)."""
    return math.log(1 + (papers - min(holding, papers) + 0.5) / (holding + 0.5))


def _body(counted: Mapping[str, Counter[str]]) -> dict[str, int]:
    weights: dict[str, float] = {}
    for field, share in SHARE.items():
        for term, count in counted[field].items():
            weights[term] = weights.get(term, 0.0) + share * count
    found = _saturated(weights, sum(counter.total() for counter in counted.values()), BODY)
    for field, mark in BODY_MARKS.items():
        for term in counted[field]:
            found[term] += mark * MARKS_FROM
    return found


def _one_field(counter: Counter[str], field: str) -> dict[str, int]:
    return _saturated(counter, counter.total(), field)


def _saturated(weights: Mapping[str, float], length: int, field: str) -> dict[str, int]:
    norm, share = _norm(length, field), _SHARE_OF_ALL.get(field, 1.0)
    return {term: _saturation(weight, norm, share) for term, weight in weights.items()}


def _norm(length: int, field: str) -> float:
    return _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _USUAL_LENGTH.get(field, _BODY_LENGTH))


def _saturation(weight: float, norm: float, share: float) -> int:
    return max(1, round(share * _SCALE * (_SATURATION + 1) * weight / (weight + norm)))
