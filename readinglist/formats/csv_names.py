"""The authors in one cell of a table, however they are parted: by ";", "|", line ends, "and", commas, or as a list."""

import re
from functools import lru_cache

from readinglist.formats.loose_values import is_short_name, people, person
from readinglist.papers.author_names import author_of, authors_of
from readinglist.papers.paper import Author

_ID = re.compile(r"\s*\((?:\d{6,}|[A-Z]{1,4}-\d{4}-\d{4})\)|\s*\[\d+\]")
_LIST = re.compile(r"\s*\[\s*(['\"].*)\]\s*", re.DOTALL)
_IN_LIST = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_BORDER = re.compile(r"\s*[;|\n]\s*")
_OTHERS = re.compile(r",?\s+(?:et\.? al\.?|and others)\s*$")
_AND = re.compile(r",?\s+(?:&|and)\s+")


@lru_cache(maxsize=1 << 12)
def authors_in(cell: str) -> tuple[Author, ...]:
    """The authors of a cell, in order.

    "{...}" holds together what is one name, as in `authors_of`. Names are "Family, Given", "Smith J.A." or stand in
    reading order; two names with one comma are told from one by whether both could be whole names.
    """
    if "{" in cell:
        return authors_of(cell)
    found: list[Author] = []
    for part in _parts(cell):
        found += _names(part)
    return tuple(author for author in found if author.display)


def list_in(cell: str) -> list[str]:
    """The texts of a list as Python writes it, ['one', 'two']; the cell itself where it is none."""
    listed = _LIST.fullmatch(cell)
    if not listed:
        return [cell]
    return [re.sub(r"\\(.)", r"\1", one or other) for one, other in _IN_LIST.findall(listed[1])]


def _parts(cell: str) -> list[str]:
    parts = (part for name in list_in(cell) for part in _BORDER.split(_OTHERS.sub("; et al.", _ID.sub("", name))))
    return [part.strip() for part in parts if part.strip()]


def _names(text: str) -> list[Author]:
    parts = [part.strip() for part in _AND.sub(", ", text).split(",") if part.strip()]
    if len(parts) == 1:
        return [person(parts[0], bare_initials=True)] if is_short_name(parts[0]) else list(authors_of(parts[0]))
    if all(map(is_short_name, parts)):
        return [person(part, bare_initials=True) for part in parts]
    if _are_whole_names(parts, joined=_AND.search(text) is not None):
        return [author_of(part) for part in parts]
    return people(text) if _AND.search(text) is None and len(parts) < 4 else list(authors_of(_AND.sub(" and ", text)))


def _are_whole_names(parts: list[str], *, joined: bool) -> bool:
    """Whether these stand in reading order: "John Smith, Jane Doe", but not "Garcia Marquez, Gabriel J."."""
    if not all(" " in part for part in parts):
        return False
    return joined or len(parts) > 2 or (not parts[-1].endswith(".") and not parts[0][:1].islower())
