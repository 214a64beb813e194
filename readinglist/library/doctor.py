"""The no-hit doctor: why a query finds nothing, and what to ask instead."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from readinglist.library.answers import Diagnosis, Instead, PartFound
from readinglist.library.finding import Finder
from readinglist.papers.query import And
from readinglist.papers.query_chips import cut, filter_text
from readinglist.papers.query_parser import parse
from readinglist.papers.query_parts import QueryPart, parts
from readinglist.papers.query_tokens import Kind
from readinglist.search.analysis import fold, tokens_with_spans
from readinglist.search.spelling import is_near, slips

_MOST_PARTS = 8
_MOST_SPELLINGS = 4
_SPELLINGS_TRIED = 3  # of each word
_SHORTEST_HALF = 3  # letters of the words that a word is split in

Edit = tuple[int, int, str]  # start and end of a place in the text, and what is to stand there


class Doctor:
    """Looks into queries without hits.

    Args:
        finder: answers the queries.
        tags: gives the names of all tags.
    """

    def __init__(self, finder: Finder, tags: Callable[[], Sequence[str]]) -> None:
        self._finder = finder
        self._tags = tags

    def diagnose(self, query: str, typing: bool) -> Diagnosis:
        """Look into a query; with `typing` its last word may go on."""
        found = list(islice(_asking(query), _MOST_PARTS))
        counted = [self._part(query, part, typing=typing, alone=len(found) == 1) for part in found]
        edits = [
            list(self._edits(part))
            for part, count in zip(found, counted, strict=True)
            if not count.papers and not part.negated
        ]
        return Diagnosis(query, tuple(counted), _culprit(counted), self._spellings(query, edits))

    def _part(self, query: str, part: QueryPart, *, typing: bool, alone: bool) -> PartFound:
        text = query[part.start : part.end]
        papers = self._count(text, typing=typing and part.end == len(query))
        without = "" if alone else cut(query, part.start, part.end)
        return PartFound(text, papers, self._count(without, typing=typing) if without else 0, without)

    def _count(self, query: str, *, typing: bool = False) -> int:
        return len(self._finder.find(query, "listed", typing=typing).ids)

    def _spellings(self, query: str, edits: Sequence[Sequence[Edit]]) -> tuple[Instead, ...]:
        """What to ask instead: the best of all words that were not found together, then each by itself."""
        tries: list[Sequence[Edit]] = []
        if len(edits) > 1 and all(edits):
            tries.append([choices[0] for choices in edits])
        tries.extend([edit] for choices in edits for edit in choices)
        found: dict[str, Instead] = {}
        for changes in tries:
            text = _edited(query, changes)
            found[text] = Instead(" ".join(word for _, _, word in changes), text, self._count(text))
        return tuple([instead for instead in found.values() if instead.papers][:_MOST_SPELLINGS])

    def _edits(self, part: QueryPart) -> Iterator[Edit]:
        """Other spellings for a part that finds nothing."""
        token = part.token
        if token is None:
            return
        if token.kind is Kind.TEST:
            if token.field == "tag" and len(token.values) == 1:
                names = islice(_near_tags(token.values[0], self._tags()), _SPELLINGS_TRIED)
                yield from ((token.start, token.end, filter_text("tag", name)) for name in names)
            return
        for term, start, end in tokens_with_spans(token.values[0]):
            word = token.values[0][start:end]
            if not self._count(f'"{word}"'):
                first = part.value_start + start
                for spelling in self._near(term, word):
                    yield first, part.value_start + end, spelling

    def _near(self, term: str, word: str) -> Sequence[str]:
        near: Mapping[str, int] = self._finder.near_words(term)
        best = sorted(
            (other for other in near if other != term), key=lambda other: (slips(term, other, 9), -near[other])
        )
        return best[:_SPELLINGS_TRIED] or self._split(fold(word))

    def _split(self, word: str) -> Sequence[str]:
        """A word that two words of the library make: state space for statespace."""
        halves = [(word[:place], word[place:]) for place in range(_SHORTEST_HALF, len(word) - _SHORTEST_HALF + 1)]
        together = [f"{first} {second}" for first, second in halves if self._count(f'"{first} {second}"')]
        return together[:1]


def _asking(query: str) -> Iterator[QueryPart]:
    """The parts that ask something; those that could not be meant are told as problems."""
    for part in parts(query):
        if parse(query[part.start : part.end], date.min).tree != And(()):
            yield part


def _culprit(counted: Sequence[PartFound]) -> PartFound | None:
    """The part that finds nothing even by itself, or else the one without which most papers are found."""
    nothing = next((part for part in counted if not part.papers), None)
    if nothing is not None:
        return nothing
    most = max(counted, key=lambda part: part.rest, default=None)
    return most if most is not None and most.rest else None


def _near_tags(value: str, tags: Sequence[str]) -> Iterator[str]:
    wanted = fold(value)
    for name in tags:
        if is_near(wanted, fold(name)) or is_near(wanted, fold(name.rpartition("/")[2])):
            yield name


def _edited(text: str, edits: Sequence[Edit]) -> str:
    for start, end, word in sorted(edits, reverse=True):
        text = text[:start] + word + text[end:]
    return text
