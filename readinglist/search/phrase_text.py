"""A text as a row of terms, and what finds a phrase in that."""

import re
from functools import lru_cache

from readinglist.papers.query import Phrase, Word
from readinglist.search.analysis import compounds
from readinglist.search.terms import Slot, slots_of_words


@lru_cache(maxsize=256)
def phrase_pattern(leaf: Phrase | Word) -> re.Pattern[str]:
    """Finds a phrase in `words_in_row`. Compounds of the phrase may be written as one there."""
    by_compound = slots_of_words(leaf.text, leaf.prefix)
    words = [" ?".join(map(_slot_pattern, slots)) for slots in by_compound]
    return re.compile(f"(?<= ){' '.join(words)}(?= )")


def words_in_row(text: str, joined: bool = False) -> str:
    """A text's terms with a blank around each; with `joined`, compounds are written as one."""
    row: list[str] = []
    for _, compound in compounds(text):
        if joined and compound.joined:
            row.append(compound.joined)
        else:
            row.extend(part.term for part in compound.parts)
    return f" {' '.join(row)} "


def _slot_pattern(slot: Slot) -> str:
    exact = "|".join(map(re.escape, slot.exact))
    return f"(?:{exact}|{re.escape(slot.prefix)}[^ ]*)" if slot.prefix else f"(?:{exact})"
