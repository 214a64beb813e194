"""The citation key of a paper, the short word by which a text cites it, made as JabRef makes it."""

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from itertools import count

from readinglist.papers.paper import Author, Paper

DEFAULT_PATTERN = "[auth][year]"
SHORT_TITLE_WORDS = 3

# JabRef's readable letters for those that lose more than an accent (its UnicodeToReadableCharMap).
_READABLE = str.maketrans(
    {
        "Ä": "Ae", "ä": "ae", "Ö": "Oe", "ö": "oe", "Ü": "Ue", "ü": "ue", "Å": "Aa", "å": "aa", "Ø": "Oe", "ø": "oe",
        "Æ": "Ae", "æ": "ae", "Œ": "OE", "œ": "oe", "Ő": "Oe", "ő": "oe", "Ű": "Ue", "ű": "ue", "ß": "ss", "ẞ": "SS",
        "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Þ": "Th", "þ": "th", "Ł": "L", "ł": "l", "ı": "i", "Ħ": "H", "ħ": "h",
        "Ŋ": "N", "ŋ": "n", "Ŧ": "T", "ŧ": "t",
    }
)  # fmt: skip

# Words of a title that say nothing about it.
_SMALL_WORDS = frozenset(
    {
        "a", "an", "the", "and", "but", "for", "nor", "or", "so", "yet", "about", "above", "across", "after",
        "against", "along", "among", "around", "as", "at", "before", "behind", "below", "beneath", "beside",
        "between", "beyond", "by", "down", "during", "except", "from", "in", "inside", "into", "like", "near", "of",
        "off", "on", "onto", "over", "per", "since", "through", "to", "toward", "towards", "under", "until", "up",
        "upon", "via", "with", "within", "without",
    }
)  # fmt: skip

_TOKEN = re.compile(r"\[([a-z]+)\]")
_WORD_BORDER = re.compile(r"[\s\-‐‑‒–—/:;,]+")
_NOT_IN_WORD = re.compile(r"[^A-Za-z0-9]+")
_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9_:.+/-]+")


def citation_key(paper: Paper, pattern: str = DEFAULT_PATTERN) -> str:
    """A key for the paper, of ASCII letters and digits: "Vaswani2017", or "HungryHungryHippos" without an author.

    `pattern` may hold [auth] (family name of the first author, or the short title where there is none), [year],
    [shorttitle] (its first three words that are not small words) and [veryshorttitle] (the first one); any other text
    stands for itself. A key never consists of digits alone, so that it cannot be mistaken for a paper's id.
    """
    key = _NOT_IN_KEY.sub("", _TOKEN.sub(lambda match: _value(paper, match[1]), pattern))
    return f"paper{key}" if not key or key.isdigit() else key


def unique_key(base: str, taken: Container[str]) -> str:
    """The key itself, or with the first free suffix of a, b, ... z, aa, ab, ... `taken` holds casefolded keys."""
    if base.casefold() not in taken:
        return base
    return next(key for key in (base + _suffix(number) for number in count()) if key.casefold() not in taken)


def new_keys(
    papers: Iterable[Paper], taken: Iterable[str], pattern: str = DEFAULT_PATTERN
) -> Iterator[tuple[int, str]]:
    """The id and a new key for each paper that has none; keys that papers have are never touched.

    `taken` holds all keys of the library. Keys that differ in case alone count as the same.
    """
    folded = {key.casefold() for key in taken}
    for paper in papers:
        if not paper.citation_key:
            key = unique_key(citation_key(paper, pattern), folded)
            folded.add(key.casefold())
            yield paper.id, key


def key_words(paper: Paper) -> list[str]:
    """The words of the title that a key is made of: "Hungry", "Hungry", "Hippos"."""
    return _words(paper.title, SHORT_TITLE_WORDS)


def _value(paper: Paper, token: str) -> str:
    value = _VALUES.get(token)
    return value(paper) if value else ""


def _auth(paper: Paper) -> str:
    family = next((_family(author) for author in paper.authors if _family(author)), "")
    return family or _short_title(paper)


def _family(author: Author) -> str:
    if author.literal:
        return "".join(_words(author.literal, SHORT_TITLE_WORDS))
    return _ascii(author.family or author.particle or author.given)


def _short_title(paper: Paper) -> str:
    return "".join(key_words(paper))


def _very_short_title(paper: Paper) -> str:
    return "".join(_words(paper.title, 1))


def _year(paper: Paper) -> str:
    return "" if paper.year is None else str(paper.year)


_VALUES: dict[str, Callable[[Paper], str]] = {
    "auth": _auth,
    "year": _year,
    "shorttitle": _short_title,
    "veryshorttitle": _very_short_title,
}


def _words(text: str, number: int) -> list[str]:
    """The first words of a text that are not small words; where there are none but small words, the first of them."""
    large: list[str] = []
    small: list[str] = []
    for word in filter(None, map(_ascii, _WORD_BORDER.split(text))):
        (small if word.lower() in _SMALL_WORDS else large).append(word)
        if len(large) == number:
            break
    return large or small[:number]


def _ascii(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_READABLE)
        text = unicodedata.normalize("NFKD", text)
    return text if text.isalnum() and text.isascii() else _NOT_IN_WORD.sub("", text)


def _suffix(number: int) -> str:
    """The suffix with this number from 0: a to z, then aa, ab, ..."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters
