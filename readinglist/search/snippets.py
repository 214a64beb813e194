"""Marks in a text what a search found there, and cuts out the part of it that says most about the search."""

import re
from dataclasses import dataclass, field

from readinglist.papers.query import And, Node, Or, Phrase, Word
from readinglist.search.analysis import Compound, Part, compounds
from readinglist.search.scan import phrase_pattern
from readinglist.search.terms import needs_text, plan

_TEXTS_KEPT = 256
_SENTENCE_END = re.compile(r"[.!?]\s+")
_MORE = "…"

Span = tuple[int, int]


@dataclass(slots=True)
class _Wanted:
    """What to look for in one text field ("" is any): terms, beginnings of terms, and phrases."""

    terms: set[str] = field(default_factory=set)
    prefixes: set[str] = field(default_factory=set)
    short_prefixes: set[str] = field(default_factory=set)
    phrases: list[Phrase] = field(default_factory=list)


class Hits:
    """The words a search looked for, to mark them in texts. Words that must not be there are not marked."""

    def __init__(self, wanted: dict[str, _Wanted]) -> None:
        self._wanted = wanted
        self._known: dict[tuple[str, str], tuple[Span, ...]] = {}

    @classmethod
    def of(cls, tree: Node) -> "Hits":
        """What a query's tree looks for."""
        wanted: dict[str, _Wanted] = {}
        for leaf in _positive(tree):
            _note(wanted.setdefault(leaf.field, _Wanted()), leaf)
        return cls(wanted)

    def spans(self, text: str, field: str = "") -> tuple[Span, ...]:
        """Start and end of every hit in the text, in order, without overlaps.

        With `field` ("title", "abstract", "authors", "notes") only what was looked for there; else all of it.
        """
        if not self._wanted or not text:
            return ()
        known = self._known.get((text, field))
        if known is None:
            if len(self._known) >= _TEXTS_KEPT:
                self._known.clear()
            known = self._known[text, field] = self._find(text, field)
        return known

    def excerpt(self, text: str, length: int, field: str = "") -> str:
        """About `length` characters of the text around its best hits; its beginning where it has none."""
        if len(text) <= length:
            return text
        spans = self.spans(text, field)
        start = _best_start(text, spans, length) if spans else 0
        return _cut(text, start, length)

    def _find(self, text: str, field: str) -> tuple[Span, ...]:
        wanted = [value for name, value in self._wanted.items() if not field or name in ("", field)]
        if not wanted:
            return ()
        short = field in ("", "title", "authors")
        terms = set().union(*(each.terms for each in wanted))
        prefixes = tuple({p for each in wanted for p in (each.prefixes | (each.short_prefixes if short else set()))})
        found = list(compounds(text))
        spans: list[Span] = []
        for start, compound in found:
            spans.extend(_in_compound(start, compound, terms, prefixes))
        for phrase in {phrase for each in wanted for phrase in each.phrases}:
            spans.extend(_phrase_spans(found, phrase))
        return _merged(spans)


def _positive(tree: Node) -> list[Word | Phrase]:
    if isinstance(tree, Word | Phrase):
        return [tree]
    if isinstance(tree, And | Or):
        return [leaf for part in tree.parts for leaf in _positive(part)]
    return []


def _note(wanted: _Wanted, leaf: Word | Phrase) -> None:
    if isinstance(leaf, Phrase) and needs_text(Phrase(leaf.text)):
        wanted.phrases.append(leaf)
        return
    for slot in (slot for ways in plan(leaf) for way in ways for slot in way):
        wanted.terms.update(slot.exact)
        if slot.prefix:
            (wanted.short_prefixes if slot.short and not leaf.field else wanted.prefixes).add(slot.prefix)


def _in_compound(start: int, compound: Compound, terms: set[str], prefixes: tuple[str, ...]) -> list[Span]:
    if compound.joined and _is_wanted(compound.joined, terms, prefixes):
        return [(start + compound.parts[0].start, start + compound.parts[-1].end)]
    spans = [
        (start + part.start, start + part.end)
        for part in compound.parts
        if _is_wanted(part.term, terms, prefixes) or any(_is_wanted(other, terms, prefixes) for other in part.others)
    ]
    for place, pair in enumerate(compound.pairs):
        if pair in terms:
            spans.append((start + compound.parts[place].start, start + compound.parts[place + 1].end))
    return spans


def _is_wanted(term: str, terms: set[str], prefixes: tuple[str, ...]) -> bool:
    return term in terms or term.startswith(prefixes)


def _phrase_spans(found: list[tuple[int, Compound]], phrase: Phrase) -> list[Span]:
    spans: list[Span] = []
    for joined in (False, True):
        row, places = _row(found, joined=joined)
        matches = phrase_pattern(phrase).finditer(row)
        spans.extend((places[match.start()][0], places[match.end()][1]) for match in matches)
    return spans


def _row(found: list[tuple[int, Compound]], *, joined: bool) -> tuple[str, dict[int, Span]]:
    """The words as `scan.words_in_row` has them; for each one's start and end there, its span in the text."""
    words: list[str] = []
    places: dict[int, Span] = {}
    length = 1
    for start, compound in found:
        parts = compound.parts
        if joined and compound.joined:
            parts = (Part(parts[0].start, parts[-1].end, compound.joined),)
        for part in parts:
            span = (start + part.start, start + part.end)
            places[length] = places[length + len(part.term)] = span
            length += len(part.term) + 1
            words.append(part.term)
    return f" {' '.join(words)} ", places


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _best_start(text: str, spans: tuple[Span, ...], length: int) -> int:
    """Where to begin so that most different hits are seen, the earliest of equals; best at a sentence's beginning."""
    room = max(length - 2, 1)
    best = max(range(len(spans)), key=lambda number: (_different(text, spans, number, room), -number))
    first, last = spans[best][0], spans[best][1]
    last = max([end for _, end in spans[best:] if end - first <= room], default=last)
    if last <= room:
        return 0
    begins = [match.end() for match in _SENTENCE_END.finditer(text, 0, first) if last - match.end() <= room]
    return begins[-1] if begins else max(0, first - (room - (last - first)) // 3)


def _different(text: str, spans: tuple[Span, ...], number: int, room: int) -> int:
    limit = spans[number][0] + room
    return len({text[start:end].lower() for start, end in spans[number:] if end <= limit})


def _cut(text: str, start: int, length: int) -> str:
    """The text from `start` on, at the borders of words, with an ellipsis where something is left out."""
    if start and not text[start - 1].isspace():
        blank = text.find(" ", start)
        start = blank + 1 if 0 <= blank - start < 30 else start
    end = min(len(text), start + length - 1 - bool(start))
    if end < len(text):
        blank = text.rfind(" ", start, end + 1)
        end = blank if blank > end - 30 else end
    return (_MORE if start else "") + text[start:end].strip() + (_MORE if end < len(text) else "")
