"""The pieces of a typed search (words, phrases, field tests, brackets, operators), each with its place in the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

# The names of the text fields, and what query.TextField calls them.
TEXT_FIELDS = {
    "title": "title",
    "abstract": "abstract",
    "author": "authors",
    "authors": "authors",
    "note": "notes",
    "notes": "notes",
    "pdf": "pdf",
}
# The names of the tests; other spellings stand behind the name that a FieldTest gets.
TEST_FIELDS = {
    "tag": "tag",
    "tags": "tag",
    "status": "status",
    "state": "status",
    "is": "is",
    "has": "has",
    "rating": "rating",
    "seen": "seen",
    "year": "year",
    "venue": "venue",
    "doi": "doi",
    "arxiv": "arxiv",
    "key": "key",
    "in": "in",
    "added": "added",
    "read": "read",
    "listed": "listed",
    "sort": "sort",
}
# Their values may hold commas.
_ONE_VALUE = frozenset({"venue", "doi", "arxiv", "key", "in", "sort"})

_QUOTES = '"“”„'
_FIELD = re.compile(r"([A-Za-z]+):")
_BARE = re.compile(rf"[^\s()|{_QUOTES}]+")
_DASHES = re.compile("-+")
_TO_QUOTE = re.compile(rf"[^{_QUOTES}]*")
_QUOTED_VALUE = re.compile(r'"((?:[^"]|"")*)("?)')
_OPERATORS = {"or": "OR", "OR": "OR", "and": "AND", "AND": "AND", "NOT": "NOT"}


class Kind(Enum):
    """What a piece is."""

    WORD = auto()
    PHRASE = auto()
    TEST = auto()
    OPEN = auto()
    CLOSE = auto()
    OR = auto()
    AND = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text. `field` is a text field or a test; `values` has one entry but for lists such as a,b.

    `closed` is False for a phrase or value whose closing quote is missing.
    """

    kind: Kind
    start: int
    end: int
    field: str = ""
    values: tuple[str, ...] = ()
    closed: bool = True


def split(text: str) -> Iterator[Token]:
    """The pieces of a text, in order. Any text has some; nothing is raised."""
    place = 0
    while place < len(text):
        character = text[place]
        if character.isspace():
            place += 1
        elif character in "()|":
            yield Token({"(": Kind.OPEN, ")": Kind.CLOSE, "|": Kind.OR}[character], place, place + 1)
            place += 1
        elif character == "-":
            dashes = _DASHES.match(text, place)
            end = dashes.end() if dashes else place + 1
            if end < len(text) and not text[end].isspace():
                yield Token(Kind.NOT, place, end)
            place = end
        else:
            token = _term(text, place)
            yield token
            place = token.end


def _term(text: str, place: int) -> Token:
    name = _FIELD.match(text, place)
    field = name.group(1).lower() if name else ""
    if name and field in TEXT_FIELDS:
        return _text_term(text, place, name.end(), TEXT_FIELDS[field])
    if name and field in TEST_FIELDS:
        return _test(text, place, name.end(), TEST_FIELDS[field])
    return _text_term(text, place, place, "")


def _text_term(text: str, start: int, place: int, field: str) -> Token:
    if place < len(text) and text[place] in _QUOTES:
        inside = _TO_QUOTE.match(text, place + 1)
        end = inside.end() if inside else place + 1
        closed = end < len(text)
        return Token(Kind.PHRASE, start, end + closed, field, (text[place + 1 : end],), closed)
    if field and place < len(text) and text[place] == "(":
        return Token(Kind.OPEN, start, place + 1, field)
    bare = _BARE.match(text, place)
    word = bare.group() if bare else ""
    if not field and word in _OPERATORS:
        return Token(Kind[_OPERATORS[word]], start, place + len(word))
    return Token(Kind.WORD, start, place + len(word), field, (word,))


def _test(text: str, start: int, place: int, field: str) -> Token:
    if text[place : place + 1] == "(":
        return Token(Kind.OPEN, start, place + 1, field)
    values: list[str] = []
    closed = True
    while True:
        value, place, closed = _value(text, place, lists=field not in _ONE_VALUE)
        values.append(value)
        if field in _ONE_VALUE or text[place : place + 1] != ",":
            return Token(Kind.TEST, start, place, field, tuple(values), closed)
        place += 1


def _value(text: str, place: int, *, lists: bool) -> tuple[str, int, bool]:
    """A value, the place after it, and whether its quotes are closed. Inside quotes, "" stands for a quote."""
    quoted = _QUOTED_VALUE.match(text, place)
    if quoted:
        return quoted.group(1).replace('""', '"'), quoted.end(), bool(quoted.group(2))
    end = place
    depth = 0
    while end < len(text) and not text[end].isspace() and text[end] not in ('"|,' if lists else '"'):
        depth += {"(": 1, ")": -1}.get(text[end], 0)
        if depth < 0:
            break
        end += 1
    return text[place:end], end, True
