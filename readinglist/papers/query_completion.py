"""What a search being typed could go on with: names of fields, their values, words of the library."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from readinglist.papers.query_chips import filter_text
from readinglist.papers.query_tokens import Kind, Token, split
from readinglist.papers.query_values import HAS_WORDS, IS_WORDS, PERIOD_WORDS, SORT_WORDS, STATE_WORDS

_MOST_VALUES = 8
_MOST_WORDS = 5
_LEAST_LETTERS = 2

# What one may look for, in the order in which it is offered.
FIELDS = {
    "title": "words of the title",
    "abstract": "words of the abstract",
    "author": "words of the authors",
    "note": "words of your notes",
    "pdf": "words of its files",
    "tag": "a tag, or one below it",
    "status": "a reading state",
    "is": "starred, new, unread, trashed",
    "has": "code, notes, a PDF, a DOI",
    "in": "a listing",
    "listed": "the day of a listing",
    "added": "the day it came",
    "read": "the day you read it",
    "seen": "in how many listings",
    "rating": "your rating",
    "year": "the year it came out",
    "venue": "journal or conference",
    "doi": "a DOI or a part of it",
    "arxiv": "an arXiv number",
    "key": "a citation key",
    "sort": "the order of the list",
}
_FIXED = {
    "status": STATE_WORDS,
    "is": (*IS_WORDS, *STATE_WORDS),
    "has": HAS_WORDS,
    "sort": SORT_WORDS,
    "added": PERIOD_WORDS,
    "read": PERIOD_WORDS,
    "listed": PERIOD_WORDS,
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a library knows, read when it is asked for.

    `listings` gives the value and the name of each; `words` gives the most frequent words with a beginning.
    """

    tags: Callable[[], Iterable[str]]
    listings: Callable[[], Iterable[tuple[str, str]]]
    words: Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be put in the text, what to show of it and a hint; `is_word` for a word of the library."""

    text: str
    words: str
    hint: str = ""
    is_word: bool = False


@dataclass(frozen=True, slots=True)
class Completions:
    """What may stand from `start` to `end` of the text instead."""

    start: int
    end: int
    items: tuple[Completion, ...] = ()


def complete(text: str, cursor: int, vocabulary: Vocabulary) -> Completions:
    """What the piece before the cursor could go on with; nothing within a word, and nothing for what is whole."""
    last = next((token for token in reversed(list(split(text[:cursor]))) if token.end == cursor), None)
    if last is None or text[cursor : cursor + 1].strip(" )"):
        return Completions(cursor, cursor)
    found = Completions(cursor, cursor)
    if last.kind is Kind.TEST:
        found = _values(last, vocabulary)
    elif last.kind is Kind.WORD:
        found = _words(last, vocabulary)
    if cursor == len(text):
        return found
    return replace(found, items=tuple(replace(item, text=item.text.rstrip()) for item in found.items))


def _values(token: Token, vocabulary: Vocabulary) -> Completions:
    typed = token.values[-1]
    start = token.end - len(typed) - (not token.closed)
    found = tuple(islice(_matching(typed, _offered(token.field, vocabulary)), _MOST_VALUES))
    if any(value.casefold() == typed.casefold() for value, _ in found):
        return Completions(start, token.end)
    items = (Completion(filter_text("", value)[1:] + " ", value, hint) for value, hint in found)
    return Completions(start, token.end, tuple(items))


def _offered(field: str, vocabulary: Vocabulary) -> Sequence[tuple[str, str]]:
    if field == "tag":
        return [(tag, "") for tag in vocabulary.tags()]
    if field == "in":
        return list(vocabulary.listings())
    return [(word, "") for word in _FIXED.get(field, ())]


def _matching(typed: str, offered: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Those that begin with what was typed first, then those that hold it."""
    wanted = typed.casefold()
    begun = [pair for pair in offered if pair[0].casefold().startswith(wanted)]
    yield from begun
    if wanted:
        yield from (pair for pair in offered if pair not in begun and wanted in f"{pair[0]} {pair[1]}".casefold())


def _words(token: Token, vocabulary: Vocabulary) -> Completions:
    typed = token.values[-1]
    start = token.end - len(typed)
    items: list[Completion] = []
    if not token.field and typed.isalpha():
        items += [
            Completion(f"{name}:", f"{name}:", hint) for name, hint in FIELDS.items() if name.startswith(typed.lower())
        ]
    if len(typed) >= _LEAST_LETTERS and typed.isalnum():
        words = (word for word in vocabulary.words(typed) if word != typed.casefold())
        items += [Completion(f"{word} ", word, is_word=True) for word in islice(words, _MOST_WORDS)]
    return Completions(start, token.end, tuple(items))
