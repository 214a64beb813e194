"""Papers made up from a fixed seed: words as unevenly spread as in real abstracts, 3 to 6 authors, 1,200 characters.

The same count and seed give the same papers everywhere, so that two runs can be compared.
"""

import itertools
import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from readinglist.papers.paper import Author, Paper

# The most frequent words of abstracts, in order; "model" and "language" stand in most of them.
_FREQUENT = (
    "the of and to a in we that for model language is on with this as are by models can our which data from training "
    "performance large tasks these be it learning an results method show have approach based propose using such their "
    "reasoning task new more than generation quality has across existing while both evaluation work benchmark not "
    "however text or methods image framework different human between state-of-the-art inference attention efficient"
)
_ONSETS = (
    "b",
    "br",
    "c",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "qu",
    "r",
    "s",
    "st",
    "t",
    "tr",
    "v",
    "z",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "io")
_CODAS = ("", "", "", "l", "m", "n", "r", "s", "t", "x", "nd", "ct")
_ENDINGS = ("", "", "s", "ing", "ed", "ion", "al", "ity", "er", "ive")
_VOCABULARY = 30_000
_GIVEN = (
    "Ada",
    "Bela",
    "Chen",
    "Dana",
    "Emil",
    "Fatima",
    "Goran",
    "Hana",
    "Ivo",
    "Jun",
    "Kofi",
    "Lena",
    "Mira",
    "Noor",
)


def papers(count: int, seed: int = 1) -> Iterator[Paper]:
    """Papers without ids, as a reader of a bibliography gives them."""
    chance = random.Random(seed)
    words, weights = _vocabulary()
    families = [word.capitalize() for word in words[2_000:8_000]]
    for number in range(count):
        length = max(45, min(260, round(chance.gauss(137, 40))))
        drawn = chance.choices(words, cum_weights=weights, k=length + 14)
        authors = tuple(
            Author(family=chance.choice(families), given=chance.choice(_GIVEN)) for _ in range(chance.randint(3, 6))
        )
        yield Paper(
            title=_title(drawn[: chance.randint(5, 13)], number),
            abstract=_sentences(drawn[14:], chance),
            authors=authors,
            year=chance.randint(1990, 2025),
            entry_type="article",
            url=f"https://example.org/papers/{number}",
        )


def file_texts(count: int, length: int, seed: int = 5) -> Iterator[str]:
    """The texts of files, of about `length` characters each, in lines as PDF documents have them."""
    chance = random.Random(seed)
    words, weights = _vocabulary()
    for _ in range(count):
        drawn = chance.choices(words, cum_weights=weights, k=length // 6)
        yield "\n".join(_sentences(drawn, chance)[:length].split(". "))


def listing_text(made: Iterable[Paper], day: date) -> str:
    """The papers as one page of a listing, copied as text: a title and an abstract in turn."""
    header = ("new", "Get trending papers in your email inbox!", "Subscribe", "byAK and the research community")
    paragraphs = [*header, f"{day:%b} {day.day}"]
    for paper in made:
        paragraphs += (paper.title, paper.abstract)
    return "\n\n".join(paragraphs) + "\n"


def listings(count: int, seed: int = 1, size: int = 100) -> Iterator[tuple[str, str]]:
    """Listings that hold `count` papers together: the name of a file and its text."""
    made = papers(count, seed)
    day = date(2025, 1, 1)
    for number in range(-(-count // size)):
        batch = [replace(paper, authors=(), year=None) for paper in itertools.islice(made, size)]
        yield f"listing-{number:04}.txt", listing_text(batch, day + timedelta(days=number % 365))


def frequent_words(first: int, last: int) -> list[str]:
    """The words from rank `first` to `last` (from 0), for queries whose cost is known to be alike."""
    return _vocabulary()[0][first:last]


@cache
def _vocabulary() -> tuple[list[str], list[float]]:
    """All words by rank, and their cumulative weights after Zipf and Mandelbrot: 1 / (rank + 2.7)."""
    chance = random.Random(0)
    words = dict.fromkeys(_FREQUENT.split())
    while len(words) < _VOCABULARY:
        syllables = chance.choices((1, 2, 3), weights=(1, 4, 3))[0]
        stem = "".join(
            chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_CODAS) for _ in range(syllables)
        )
        words.setdefault(stem + chance.choice(_ENDINGS))
    weights = itertools.accumulate(1 / (rank + 2.7) for rank in range(len(words)))
    return list(words), list(weights)


def _title(words: list[str], number: int) -> str:
    return f"{' '.join(word.capitalize() for word in words)} {number}"


def _sentences(words: list[str], chance: random.Random) -> str:
    sentences = []
    rest = iter(words)
    while sentence := list(itertools.islice(rest, chance.randint(12, 28))):
        sentences.append(" ".join(sentence).capitalize() + ".")
    return " ".join(sentences)
