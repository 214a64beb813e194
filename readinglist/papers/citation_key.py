"""The citation key of a paper, the short word by which a text cites it, made as JabRef makes it."""

import re
from collections.abc import Container, Iterable, Iterator
from itertools import count

from readinglist.papers.citation_key_pattern import Marker, PatternError, parse_pattern
from readinglist.papers.citation_key_values import (
    SHORT_TITLE_WORDS,
    ascii_text,
    is_marker,
    tells_title,
    title_words,
    value_of,
)
from readinglist.papers.paper import Paper

DEFAULT_PATTERN = "[auth][year]"

_NOT_IN_KEY = re.compile(r"[^A-Za-z0-9_:.+/-]+")
_SUFFIX = re.compile("[a-z]*")
_MOST = 200  # characters of a key
_FIELDS = frozenset(
    {
        "abstract", "address", "booktitle", "chapter", "date", "day", "doi", "edition", "editor", "eid", "eprint",
        "eventtitle", "howpublished", "institution", "isbn", "issn", "issue", "journal", "journaltitle", "keywords",
        "language", "location", "month", "note", "number", "organization", "pages", "pmid", "publisher", "school",
        "series", "shortjournal", "subtitle", "type", "url", "version", "volume", "author", "title", "year",
    }
)  # fmt: skip


def citation_key(paper: Paper, pattern: str = DEFAULT_PATTERN) -> str:
    """A key for the paper, of ASCII letters, digits and :.+/_-: "Vaswani2017", or "HungryHungryHippos" without author.

    A key never consists of digits alone, so that it cannot be mistaken for a paper's id. A pattern that is wrong counts
    as the default one.
    """
    try:
        parts = parse_pattern(pattern)
    except PatternError:
        parts = parse_pattern(DEFAULT_PATTERN)
    title_instead = not any(isinstance(part, Marker) and tells_title(part.name) for part in parts)
    text = "".join(
        part.applied(value_of(paper, part.name, title_instead=title_instead)) if isinstance(part, Marker) else part
        for part in parts
    )
    key = _NOT_IN_KEY.sub("", ascii_text(text))[:_MOST]
    return f"paper{key}" if not key or key.isdigit() else key


def pattern_problem(pattern: str) -> str:
    """Why a pattern cannot be what is meant, in words; "" where it can."""
    try:
        parts = parse_pattern(pattern)
    except PatternError as error:
        return str(error)
    markers = [part.name for part in parts if isinstance(part, Marker)]
    if not markers:
        return "A pattern needs a marker in brackets, such as [auth] or [year]; else all keys are the same."
    unknown = next((name for name in markers if not is_marker(name) and name.lower() not in _FIELDS), None)
    if unknown is not None and not unknown.lower().startswith("x-"):
        return (
            f"There is no marker [{unknown}]. [auth], [year], [shorttitle] and names of fields are some that there are."
        )
    return ""


def fits(key: str, base: str) -> bool:
    """Whether a key is what a pattern gives, or that with letters behind it which tell it from others."""
    return key.startswith(base) and _SUFFIX.fullmatch(key[len(base) :]) is not None


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
    return title_words(paper, SHORT_TITLE_WORDS)


def _suffix(number: int) -> str:
    """The suffix with this number from 0: a to z, then aa, ab, ..."""
    letters = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters
