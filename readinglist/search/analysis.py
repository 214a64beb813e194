"""How text becomes search terms: one way for the index, for queries, for papers not indexed yet, and for marking hits.

Terms are folded (case, accents, Unicode forms) and stripped of a plural s. A compound such as multi-modal gives its
parts and its joined form: multi, modal, multimodal; so does "multi modal", since multi is no word by itself. CJK text
gives single characters and pairs.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from readinglist.papers.bound_prefixes import BOUND_PREFIXES

# Raise it when the same text would give other terms than before: indexes of another version are built anew.
ANALYSIS_VERSION = 2

_LONGEST_TERM = 64
_MOST_PARTS = 6
_CACHE_SIZE = 32_768

_CJK = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
_LETTER = rf"[^\W_{_CJK}]"
_INNER = "[\u0300-\u036f\u00ad]"  # combining accents and soft hyphens stand inside words
_WORD = (
    rf"{_LETTER}+(?:{_INNER}+{_LETTER}*)*"
    rf"(?:(?<=[0-9])\.(?=[0-9]){_LETTER}+)*"  # 3.5, 1706.03762
    r"(?:\+\+|(?<![^\W_][^\W_])#)?"  # c++, c#
)
_JOINER = (
    "(?:[-\u2010-\u2013\u2212'’]"
    r"|[\^_]\{?"  # x^2, x^{2}, num_layers
    r"|(?<=[^\W\d_])[ ](?=[0-9]{1,2}(?:\.[0-9]+)?+(?![\w'’^\u2010-\u2013\u2212-])))"  # GPT 4 is GPT-4
)
_COMPOUND = rf"{_WORD}(?:{_JOINER}{_WORD})*"
_RAW = rf"\\[A-Za-z]+|[{_CJK}]+|{_COMPOUND}"
_RAW_PREFIXED = rf"\\[A-Za-z]+|[{_CJK}]+|(?:^[(\"“]?[A-Za-z]+ )?{_COMPOUND}"
# Texts are taken apart at blanks first, since the few different chunks of most texts are remembered.
_CHUNK = re.compile(r"\S++(?: [0-9]\S*+)*+")
# Such a chunk belongs to the next one.
_PREFIX_CHUNKS = frozenset(
    bracket + form
    for word in BOUND_PREFIXES
    for form in (word, word.capitalize(), word.upper())
    for bracket in ("", "(", '"', "“")
)
# Most chunks are one plain word, which needs no more than its plural s taken off.
_PLAIN_CHUNK = re.compile(r"[(\"“]?([A-Za-z]++)[.,;:!?)\"”]*+\Z")
_CJK_START = re.compile(f"[{_CJK}]")

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
# The first vowel of a word, where it can have an umlaut: m-u-ller; and the same spelt out: m-ue-ller.
_VOWEL = re.compile(r"^([^aeiouy]*[aou])(?=[b-df-hj-np-tv-z])")
_SPELT_UMLAUT = re.compile(r"^([^aeiouy]*[aou])e(?=[b-df-hj-np-tv-z])")
_GREEK_LETTERS = {
    **{letter: unicodedata.name(letter).split()[-1].lower() for letter in "αβγδεζηθικμνξοπρςστυφχψω"},
    "λ": "lambda",  # LAMDA in Unicode
}
GREEK_NAMES = frozenset(_GREEK_LETTERS.values())


@dataclass(frozen=True, slots=True)
class Part:
    """A word within a compound: its place from the compound's start, and its term with other spellings of it."""

    start: int
    end: int
    term: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Join:
    """Neighbouring parts of a compound (numbers of the first and last one) and the term that they give as one word."""

    first: int
    last: int
    term: str


@dataclass(frozen=True)
class Compound:
    """Words that are written as one: a plain word has one part, multi-modal two and a join.

    `joins` has the longest first, which is the whole compound. `pairs` holds the neighbouring characters of CJK text,
    whose single characters are the parts.
    """

    parts: tuple[Part, ...]
    joins: tuple[Join, ...] = ()
    pairs: tuple[str, ...] = ()

    @property
    def joined(self) -> str:
        """The term of the whole compound, "" for a plain word."""
        return self.joins[0].term if self.joins else ""

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """All terms that the index holds of it."""
        plain = tuple(term for part in self.parts for term in (part.term, *part.others))
        return (*plain, *(join.term for join in self.joins), *self.pairs)


def tokens(text: str) -> list[str]:
    """The terms of a text, in order, a term as often as it stands there."""
    found: list[str] = []
    pieces = _CHUNK.findall(text)
    if not _PREFIX_CHUNKS.isdisjoint(pieces):
        pieces = [chunk for _, chunk in chunks(text)]
    for chunk in pieces:
        found.extend(terms_in(chunk))
    return found


def compounds(text: str) -> Iterator[tuple[int, Compound]]:
    """Each compound of a text with the place where it starts."""
    for start, chunk in chunks(text):
        for inner, found in compounds_in(chunk):
            yield start + inner, found


def chunks(text: str) -> list[tuple[int, str]]:
    """The pieces between blanks that can be taken apart by themselves, and where each starts."""
    found = [(match.start(), match.group()) for match in _CHUNK.finditer(text)]
    if _PREFIX_CHUNKS.isdisjoint([chunk for _, chunk in found]):
        return found
    return list(_with_prefixes_joined(text, found))


def _with_prefixes_joined(text: str, found: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """The same with pieces such as "multi" as one with the piece after them."""
    prefix = 0, ""
    for begin, piece in found:
        start, chunk = begin, piece
        if prefix[1]:
            if start == prefix[0] + len(prefix[1]) + 1 and text[start - 1] == " " and chunk[0].isalpha():
                start, chunk = prefix[0], f"{prefix[1]} {chunk}"
            else:
                yield prefix
        prefix = (start, chunk) if chunk in _PREFIX_CHUNKS else (0, "")
        if not prefix[1]:
            yield start, chunk
    if prefix[1]:
        yield prefix


def tokens_with_spans(text: str) -> list[tuple[str, int, int]]:
    """The words of a text as (term, start, end), in order, without joined forms and pairs."""
    return [
        (part.term, start + part.start, start + part.end) for start, found in compounds(text) for part in found.parts
    ]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when it is first used: that takes tens of milliseconds, and a window opens without these patterns."""
    return re.compile(pattern)


@lru_cache(maxsize=_CACHE_SIZE)
def terms_in(chunk: str) -> tuple[str, ...]:
    """The terms of a chunk, in order."""
    plain = _PLAIN_CHUNK.match(chunk)
    if plain is not None:
        return (stem(plain[1].lower())[:_LONGEST_TERM],)
    return tuple(term for _, found in compounds_in(chunk) for term in found.terms)


@lru_cache(maxsize=_CACHE_SIZE)
def compounds_in(chunk: str) -> tuple[tuple[int, Compound], ...]:
    """The compounds of a chunk, and where each starts in it."""
    pattern = _compiled(_RAW_PREFIXED if chunk.partition(" ")[0] in _PREFIX_CHUNKS else _RAW)
    return tuple((match.start(), compound(match.group())) for match in pattern.finditer(chunk))


def compound(raw: str) -> Compound:
    """The parts and joined form of one match of the token pattern."""
    if raw[0] == "\\":
        name = raw[1:].lower()
        return Compound((Part(0, len(raw), name),)) if name in GREEK_NAMES else Compound(())
    if _CJK_START.match(raw):
        return _cjk(raw)
    parts = tuple(part for part in map(_part, _compiled(_WORD).finditer(raw)) if part is not None)
    return Compound(parts, _joins([fold(raw[part.start : part.end]) for part in parts]))


def _joins(words: list[str]) -> tuple[Join, ...]:
    """GPT-4-based gives gpt4based, gpt4 and 4based."""
    count = len(words)
    if not 1 < count <= _MOST_PARTS:
        return ()
    return tuple(
        Join(first, first + length - 1, stem("".join(words[first : first + length]))[:_LONGEST_TERM])
        for length in range(count, 1, -1)
        for first in range(count - length + 1)
    )


def stem(word: str) -> str:
    """A folded word without its plural s. The result always begins the word, so that half-typed words find it."""
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word


def inflections(word: str) -> tuple[str, ...]:
    """Terms of the other number of a folded word where it is not made with a plain s: studies, study; boxes, box."""
    others: list[str] = []
    if word.endswith("ies") and len(word) > 4:
        others.append(word[:-3] + "y")
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")) and len(word) > 4:
        others.append(word[:-2])
    elif word.endswith("y") and len(word) > 3 and word[-2] not in "aeiou":
        others.append(word[:-1] + "ies")
    elif word.endswith(("s", "x", "z", "ch", "sh")) and len(word) > 2:
        others.append(word + "es")
    return tuple(other for other in map(stem, others) if other != stem(word))


def umlaut_spellings(word: str) -> tuple[str, ...]:
    """The other way to write a folded name without its accents: mueller for muller, and muller for mueller.

    It is the first vowel that names have theirs on; all of them would find words that have nothing to do with it.
    """
    spelt_out = _VOWEL.sub(r"\1e", word, count=1) if len(word) >= 4 else word
    contracted = _SPELT_UMLAUT.sub(r"\1", word, count=1) if len(word) >= 5 else word
    return tuple(stem(other)[:_LONGEST_TERM] for other in (spelt_out, contracted) if other != word)


@lru_cache(maxsize=_CACHE_SIZE)
def fold(word: str) -> str:
    """A word without case, accents, and differences of Unicode form: "Müller" is "muller", "x²" is "x2"."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", lowered.translate(_LETTERS))
    folded = "".join(c for c in decomposed if c.isalnum() or c in "+#.").lower()
    return _GREEK_LETTERS.get(folded, folded)


def _part(match: re.Match[str]) -> Part | None:
    word = match.group()
    folded = fold(word)
    if match.start() and folded == "s" and match.string[match.start() - 1] in "'’":
        return None
    term = stem(folded)[:_LONGEST_TERM]
    spelt_out = "" if word.isascii() else _spelt_out(word)
    others = (spelt_out,) if spelt_out and spelt_out != term else ()
    return Part(match.start(), match.end(), term, others) if term else None


def _spelt_out(word: str) -> str:
    """The German and Nordic way to write a word without accents: Mueller for Müller."""
    composed = unicodedata.normalize("NFC", word.lower())
    return stem(fold(composed.translate(_SPELT_OUT)))[:_LONGEST_TERM]


def _cjk(run: str) -> Compound:
    singles = tuple(Part(place, place + 1, fold(character)) for place, character in enumerate(run) if fold(character))
    pairs = tuple(first.term + second.term for first, second in pairwise(singles))
    return Compound(singles, (), pairs)
