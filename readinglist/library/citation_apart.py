"""Telling citations apart that would read the same (CSL 1.0.2, Disambiguation): by more names, more words, letters.

Given names are not added: initials in a citation come from the style alone.
"""
# mypy: disable-error-code="import-untyped"

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from citeproc.source import Date
from citeproc.string import String

from readinglist.library.citation_items import Cite
from readinglist.library.rich_text import plain

_MOST_NAMES = 20

Write = Callable[[Cite], str]


def told_apart(cites: Sequence[Cite], write: Write, citation: Any) -> list[str]:  # noqa: ANN401 - citeproc-py's element
    """The citation of each item, in the order of the bibliography, by the means that the style allows.

    Args:
        cites: the items, numbered.
        write: gives the citation of an item as it is now.
        citation: the element of the style with the options.
    """
    texts = {cite.key: write(cite) for cite in cites}
    if citation.get("disambiguate-add-names") == "true":
        for group in _alike(cites, texts):
            _add_names(group, texts, write)
    for group in _alike(cites, texts):
        for cite in group:
            cite.reference.ambiguous = True
            texts[cite.key] = write(cite)
    if citation.get("disambiguate-add-year-suffix") == "true":
        explicit = bool(citation.get_root().xpath_search("//cs:text[@variable='year-suffix']"))
        for group in _alike(cites, texts):
            for number, cite in enumerate(group, start=1):
                _give_letter(cite, _letters(number), explicit=explicit)
                texts[cite.key] = write(cite)
    return [texts[cite.key] for cite in cites]


def _alike(cites: Sequence[Cite], texts: dict[int, str]) -> list[list[Cite]]:
    """The items by citations that read the same; those that stand alone are left out."""
    groups: dict[str, list[Cite]] = {}
    for cite in cites:
        groups.setdefault(plain(texts[cite.key]), []).append(cite)
    return [group for group in groups.values() if len(group) > 1]


def _add_names(group: Sequence[Cite], texts: dict[int, str], write: Write) -> None:
    """Show as few more names of each item as tell it from all that other names can tell it from."""
    most = min(max(len(cite.reference.get("author", ())) for cite in group), _MOST_NAMES)
    steps = [{cite.key: texts[cite.key] for cite in group}]
    for more in range(1, most):
        for cite in group:
            cite.more_names = more
        steps.append({cite.key: write(cite) for cite in group})
    # More names never make two citations alike, so it is enough to know how many are.
    counts = [Counter(step.values()) for step in steps]
    for cite in group:
        alike = [count[step[cite.key]] for step, count in zip(steps, counts, strict=True)]
        cite.more_names = alike.index(alike[-1])
        texts[cite.key] = steps[cite.more_names][cite.key]


def _give_letter(cite: Cite, letter: str, *, explicit: bool) -> None:
    """Tell an item's year apart: where the style has a place for it, else behind the year."""
    if explicit:
        cite.reference["year_suffix"] = String(letter)
    elif isinstance(cite.reference.get("issued"), Date):
        cite.letter = letter


def _letters(number: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text
