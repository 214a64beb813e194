"""Marks in a text what a search found there, and cuts out the part of it that says most about the search."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from readinglist.papers.query import And, Node, Or, Phrase, Word
from readinglist.search.analysis import Compound, Part, chunks, compounds, compounds_in, terms_in
from readinglist.search.phrase_text import phrase_pattern
from readinglist.search.scan import match
from readinglist.search.spelling import is_near
from readinglist.search.terms import needs_text, plan, slots_of_words
from readinglist.search.weights import PDF, PaperText

_TEXTS_KEPT = 256
_TEXTS_TAKEN_APART = 64
_SENTENCE_END = re.compile(r"[.!?]\s+")
_MORE = "…"
_MOST_PLACES = 60  # of a long text that are looked at

Span = tuple[int, int]


class Hits:
    """The words a search looked for, to mark them in texts. Words that must not be there are not marked."""

    def __init__(self, leaves: Iterable[Word | Phrase] = ()) -> None:
        self._leaves = tuple(leaves)
        self._markers: dict[str, _Marker] = {}

    def __eq__(self, other: object) -> bool:
        """Hits that look for the same are equal: what was marked with the one need not be marked anew."""
        return isinstance(other, Hits) and self._leaves == other._leaves

    def __hash__(self) -> int:
        return hash(self._leaves)

    @classmethod
    def of(cls, tree: Node) -> "Hits":
        """What a query's tree looks for."""
        return cls(_positive(tree))

    def spans(self, text: str, field: str = "") -> tuple[Span, ...]:
        """Start and end of every hit in the text, in order, without overlaps.

        With `field` ("title", "abstract", "authors", "notes", "pdf") only what was looked for there; else all of it.
        """
        if not self._leaves or not text:
            return ()
        return self._marker(field).spans(text)

    def beyond(self, text: PaperText) -> "Hits":
        """What is looked for and stands nowhere in a paper but, perhaps, in its files."""
        own = replace(text, pdf="")
        return Hits(leaf for leaf in self._leaves if leaf.field in ("", PDF) and not match(leaf, own))

    def excerpt_from_file(self, text: str, length: int) -> str:
        """About `length` characters of a file's long text, on one line, around a place with many hits; "" for none."""
        if not self._leaves:
            return ""
        marker = self._marker(PDF)
        best, middle = 0, 0
        for place in islice(marker.likely_places(text, 2 * length), _MOST_PLACES):
            start = max(0, place - length)
            spans = marker.find(text[start : place + length])
            found = len({text[start + first : start + last].lower() for first, last in spans})
            if found > best:
                best, middle = found, start + spans[0][0]
            if best >= self._enough:
                break
        if not best:
            return ""
        window = text[max(0, middle - length) : middle + 2 * length]
        words = self.excerpt(" ".join(window.split()), length, PDF)
        return _MORE + words.removeprefix(_MORE)

    @property
    def _enough(self) -> int:
        """So many different hits at one place need no better one: all that is looked for, and one for other forms."""
        return len(self._leaves) + (len(self._leaves) > 1)

    def excerpt(self, text: str, length: int, field: str = "") -> str:
        """About `length` characters of the text around its best hits; its beginning where it has none."""
        if len(text) <= length:
            return text
        spans = self.spans(text, field)
        start = _best_start(text, spans, length) if spans else 0
        return _cut(text, start, length)

    def _marker(self, field: str) -> "_Marker":
        marker = self._markers.get(field)
        if marker is None:
            marker = self._markers[field] = _Marker(self._leaves, field)
        return marker


class _Marker:
    """What to look for in one field ("" is any): terms, beginnings of terms, and phrases."""

    def __init__(self, leaves: Iterable[Word | Phrase], field: str) -> None:
        self._terms: set[str] = set()
        self._prefixes: tuple[str, ...] = ()
        self._near: tuple[str, ...] = ()
        self._phrases: list[Phrase] = []
        self._texts: dict[str, tuple[Span, ...]] = {}
        self._chunks: dict[str, tuple[Span, ...]] = {}
        for leaf in leaves:
            if not field or leaf.field in ("", field):
                self._note(leaf, field)

    def spans(self, text: str) -> tuple[Span, ...]:
        known = self._texts.get(text)
        if known is None:
            if len(self._texts) >= _TEXTS_KEPT:
                self._texts.clear()
                self._chunks.clear()
            known = self._texts[text] = self.find(text)
        return known

    def likely_places(self, text: str, step: int) -> Iterator[int]:
        """Where hits may stand in a long text, by its letters; where these tell nothing, a place every `step`."""
        lowered = text.lower()
        words = self._terms | set(self._prefixes)
        for slots in (slots for phrase in self._phrases for slots in slots_of_words(phrase.text)):
            words.update(term for slot in slots for term in slot.exact)
        if self._near or not any(word in lowered for word in words):
            return iter(range(step // 2, len(text) + step, step))
        longest_first = sorted(words, key=len, reverse=True)
        patterns = [*map(_near_each_other, self._phrases), re.compile("|".join(map(re.escape, longest_first)))]
        return (match.start() for pattern in patterns for match in pattern.finditer(lowered))

    def _note(self, leaf: Word | Phrase, field: str) -> None:
        if isinstance(leaf, Phrase) and needs_text(Phrase(leaf.text)):
            self._phrases.append(leaf)
            return
        for slot in (slot for ways in plan(leaf) for way in ways for slot in way):
            self._terms.update(slot.exact)
            # One or two letters are looked up in titles and authors alone, unless the reader named a field.
            if slot.prefix and (leaf.field or not slot.short or field in ("", "title", "authors")):
                self._prefixes += (slot.prefix,)
            if slot.near:
                self._near += (slot.near,)

    def find(self, text: str) -> tuple[Span, ...]:
        known = self._chunks
        pieces = _pieces(text)
        for _, chunk in pieces:
            if chunk not in known:
                known[chunk] = self._in_chunk(chunk)
        spans = [(start + first, start + last) for start, chunk in pieces for first, last in known[chunk]]
        if self._phrases:
            found = list(compounds(text))
            spans.extend(span for phrase in self._phrases for span in _phrase_spans(found, phrase))
        return _merged(spans)

    def _in_chunk(self, chunk: str) -> tuple[Span, ...]:
        if not any(map(self._is_wanted, terms_in(chunk))):  # as most are not, and their places need not be known
            return ()
        return tuple(
            span for start, compound in compounds_in(chunk) for span in _in_compound(start, compound, self._is_wanted)
        )

    def _is_wanted(self, term: str) -> bool:
        return term in self._terms or term.startswith(self._prefixes) or any(is_near(word, term) for word in self._near)


@lru_cache(maxsize=256)
def _near_each_other(phrase: Phrase) -> re.Pattern[str]:
    """Finds in small letters where most phrases stand: the words, in any number, with a few other signs between."""
    slots = [slot for compound in slots_of_words(phrase.text, phrase.prefix) for slot in compound]
    words = ["|".join(map(re.escape, filter(None, (*slot.exact, slot.prefix)))) for slot in slots]
    return re.compile(r"\w{0,3}\W{1,3}".join(f"(?:{word})" for word in words))


@lru_cache(maxsize=_TEXTS_TAKEN_APART)
def _pieces(text: str) -> list[tuple[int, str]]:
    """The chunks of a text, kept for the next key: most papers that are seen stay the same."""
    return chunks(text)


def _positive(tree: Node) -> list[Word | Phrase]:
    if isinstance(tree, Word | Phrase):
        return [tree]
    if isinstance(tree, And | Or):
        return [leaf for part in tree.parts for leaf in _positive(part)]
    return []


def _in_compound(start: int, compound: Compound, is_wanted: Callable[[str], bool]) -> list[Span]:
    parts = compound.parts
    spans = [
        (start + parts[join.first].start, start + parts[join.last].end)
        for join in compound.joins
        if is_wanted(join.term)
    ]
    spans += [
        (start + part.start, start + part.end) for part in parts if any(map(is_wanted, (part.term, *part.others)))
    ]
    spans += [
        (start + parts[place].start, start + parts[place + 1].end)
        for place, pair in enumerate(compound.pairs)
        if is_wanted(pair)
    ]
    return spans


def _phrase_spans(found: list[tuple[int, Compound]], phrase: Phrase) -> list[Span]:
    spans: list[Span] = []
    for joined in (False, True):
        row, places = _row(found, joined=joined)
        matches = phrase_pattern(phrase).finditer(row)
        spans.extend((places[match.start()][0], places[match.end()][1]) for match in matches)
    return spans


def _row(found: list[tuple[int, Compound]], *, joined: bool) -> tuple[str, dict[int, Span]]:
    """The words as `phrase_text.words_in_row` has them; for each one's start and end there, its span in the text."""
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
        end = blank if blank > max(start, end - 30) else end
    return (_MORE if start else "") + text[start:end].strip() + (_MORE if end < len(text) else "")
