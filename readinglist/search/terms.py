"""What a word or phrase of a query asks of the index: which terms a paper must hold."""

from dataclasses import dataclass, replace
from functools import lru_cache

from readinglist.papers.query import Phrase, Word
from readinglist.search.analysis import Compound, compounds, fold, inflections, umlaut_spellings

# While typing, one or two letters begin so many words that only titles and authors are asked.
SHORT_PREFIX = 2


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for one term: any of `exact`, any that begins with `prefix`, or any spelt almost like `near`.

    The last two may be empty.
    """

    exact: tuple[str, ...]
    prefix: str = ""
    near: str = ""

    @property
    def short(self) -> bool:
        """Whether the prefix is too short to be looked up in whole texts."""
        return 0 < len(self.prefix) <= SHORT_PREFIX and self.prefix.isascii()


# A compound can be met in several ways (joined, or all its parts); each way is slots that must all be filled.
Ways = tuple[tuple[Slot, ...], ...]


@lru_cache(maxsize=1024)
def plan(leaf: Word | Phrase) -> tuple[Ways, ...]:
    """What a paper must hold: one of the ways of each compound. Empty where the text has no words at all.

    For a phrase of several words this finds candidates: whether the words stand together is for the text to say.
    """
    found = [(start, compound) for start, compound in compounds(leaf.text) if compound.parts]
    last = len(found) - 1
    return tuple(
        tuple(map(_nearly, ways)) if isinstance(leaf, Word) and leaf.near else ways
        for number, (start, compound) in enumerate(found)
        for ways in (_ways(leaf.text, start, compound, prefix=leaf.prefix and number == last),)
    )


def _nearly(way: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The same slots, filled also by near spellings."""
    return tuple(replace(slot, near=slot.exact[0]) for slot in way)


@lru_cache(maxsize=1024)
def slots_of_words(text: str, prefix: bool = False) -> tuple[tuple[Slot, ...], ...]:
    """The slots of each compound's words in order, to compare a phrase with a text."""
    found = [(start, compound) for start, compound in compounds(text) if compound.parts]
    last = len(found) - 1
    return tuple(
        _part_slots(text, start, compound, prefix=prefix and number == last)
        for number, (start, compound) in enumerate(found)
    )


def needs_text(leaf: Word | Phrase) -> bool:
    """Whether the index alone cannot tell: it does not know which words stand next to each other."""
    return isinstance(leaf, Phrase) and sum(map(len, slots_of_words(leaf.text))) > 1


def _ways(text: str, start: int, compound: Compound, *, prefix: bool) -> Ways:
    if compound.pairs:
        return (tuple(Slot((pair,)) for pair in compound.pairs),)
    parts = _part_slots(text, start, compound, prefix=prefix)
    if not compound.joined:
        return (parts,)
    raw = text[start + compound.parts[0].start : start + compound.parts[-1].end]
    joined = (_slot(compound.joined, _without_joiners(raw, compound), (), prefix=prefix),)
    # A part such as the 4 of GPT-4 stands in many papers that have nothing to do with it.
    telling = all(len(part.term) > 1 and not part.term[0].isdigit() for part in compound.parts)
    return (joined, parts) if telling else (joined,)


def _part_slots(text: str, start: int, compound: Compound, *, prefix: bool) -> tuple[Slot, ...]:
    last = len(compound.parts) - 1
    return tuple(
        _slot(
            part.term,
            fold(text[start + part.start : start + part.end]),
            part.others,
            prefix=prefix and number == last,
        )
        for number, part in enumerate(compound.parts)
    )


def _slot(term: str, word: str, others: tuple[str, ...], *, prefix: bool) -> Slot:
    exact = dict.fromkeys((term, *others, *inflections(word), *umlaut_spellings(word)))
    return Slot(tuple(exact), word if prefix else "")


def _without_joiners(raw: str, compound: Compound) -> str:
    first = compound.parts[0].start
    return "".join(fold(raw[part.start - first : part.end - first]) for part in compound.parts)
