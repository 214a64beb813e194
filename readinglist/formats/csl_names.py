"""Names as CSL-JSON and Zotero hold them, to authors and back.

Sources: CSL 1.0.2 (csl-data.json, name-variable); citeproc-js manual, "Names": small words before a family name are its
particle, and "Jr." behind a comma in the given name is a suffix.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from readinglist.formats.json_text import line_of
from readinglist.papers.author_names import authors_of
from readinglist.papers.paper import Author

_SUFFIX = re.compile(r"(.+?),!? *((?:jr|sr)\.?|I{2,3}|IV|VI{0,3})", re.IGNORECASE)


def read_names(value: object) -> tuple[Author, ...]:
    """The names of a name variable; those that say nothing are left out."""
    if isinstance(value, str):
        return authors_of(line_of(value))
    entries = value if isinstance(value, list) else [value]
    return tuple(author for entry in entries for author in _names(entry))


def person(family: str, given: str, particle: str = "", suffix: str = "") -> Author:
    """The author of parts as a program keeps them, in which particle and suffix may stand with the other two."""
    if not given:
        is_body = " " in family and not particle and not suffix
        return Author(literal=family) if is_body else Author(family, "", particle, suffix)
    ended = _SUFFIX.fullmatch(given) if "," in given and not suffix else None
    if ended:
        given, suffix = ended[1], ended[2]
    if family[:1].islower() and not particle:
        words = family.split(" ")
        small = next((place for place, word in enumerate(words) if not word[:1].islower()), len(words) - 1)
        particle, family = " ".join(words[:small]), " ".join(words[small:])
    return Author(family, given, particle, suffix) if family else Author(literal=given)


def csl_names(authors: Iterable[Author]) -> list[dict[str, str]]:
    """The names as a name variable."""
    return [parts for author in authors if (parts := _parts(author))]


def _names(entry: object) -> Iterator[Author]:
    if isinstance(entry, str):
        yield from authors_of(line_of(entry))
    if not isinstance(entry, Mapping):
        return
    family, given = line_of(entry.get("family")), line_of(entry.get("given"))
    if family and given and len(entry) == 2:
        yield person(family, given)
        return
    literal = line_of(entry.get("literal")) or line_of(entry.get("name"))
    particles = (line_of(entry.get(f"{kind}-particle")) for kind in ("dropping", "non-dropping"))
    if literal and not family:
        yield Author(literal=literal)
    elif family and entry.get("isInstitution") in {True, "true"}:
        yield Author(literal=family)
    elif family or given:
        yield person(family, given, " ".join(filter(None, particles)), line_of(entry.get("suffix")))


def _parts(author: Author) -> dict[str, str]:
    if author.literal or not author.family:
        name = line_of(author.display)
        return {"literal": name} if name else {}
    parts = {
        "family": author.family, "given": author.given, "non-dropping-particle": author.particle,
        "suffix": author.suffix,
    }  # fmt: skip
    return {name: text for name, part in parts.items() if (text := line_of(part))}
