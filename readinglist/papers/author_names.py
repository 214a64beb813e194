"""Names of authors as pages show them or readers write them, taken apart into the parts of a BibTeX name, and back."""

from collections.abc import Iterator

from readinglist.papers.paper import Author

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_AND_OTHERS = frozenset({"others", "et al", "et al."})


def author_of(name: str) -> Author:
    """The author with a name in reading order, such as "Ludwig van Beethoven Jr."; one word alone stays literal.

    The particle is the first run of lower-case words before the family name (btxdoc, section 4, "von" parts).
    """
    words = _words(name)
    suffix = _bare(words.pop()) if len(words) > 2 and words[-1].casefold() in _SUFFIXES else ""
    if len(words) < 2:
        return Author(literal=_bare(" ".join(words)))
    lower = [place for place, word in enumerate(words[:-1]) if place and word[0].islower()]
    first, last = (lower[0], lower[-1] + 1) if lower else (len(words) - 1, len(words) - 1)
    given, particle, family = (_bare(" ".join(part)) for part in (words[:first], words[first:last], words[last:]))
    return Author(family, given, particle, suffix)


def authors_of(text: str) -> tuple[Author, ...]:
    """The authors of a text with one name a line; "and" (as in BibTeX) and ";" part names too.

    A name is "Family, Given", with "Family, Jr., Given" for a suffix and small words before the family name as its
    particle; or it stands in reading order. Braces hold together what is not to be taken apart: {Barnes and Noble} is
    one body, and "{Van der} Berg, Jan" has the particle "Van der".
    """
    lines = (line for part in _parts(text, "\n") for line in _parts(part, ";"))
    return tuple(author for line in lines for name in _without_and(line) for author in _authors(name))


def author_text(author: Author) -> str:
    """The name as `authors_of` reads it, such as "van Beethoven, Jr., Ludwig"; braces within names are left out."""
    parts = [_bare(part) for part in (author.particle, author.family, author.suffix, author.given)]
    wanted = Author(parts[1], parts[3], parts[0], parts[2], _bare(author.literal))
    if wanted.literal:
        return _first_that_means(Author(literal=wanted.literal), wanted.literal, f"{{{wanted.literal}}}")
    if wanted == Author():
        return ""
    last = " ".join(filter(None, parts[:2]))
    plain = ", ".join(filter(None, (last, *parts[2:])))
    particle, family, suffix, given = (f"{{{part}}}" for part in parts)
    last = f"{particle} {family}" if wanted.particle else family
    shorter = f"{particle}{plain.removeprefix(wanted.particle)}" if wanted.particle else f"{last}, {wanted.given}"
    return _first_that_means(wanted, plain, f"{plain},", shorter, f"{last}, {suffix}, {given}")


def _first_that_means(author: Author, *texts: str) -> str:
    return next((text for text in texts[:-1] if authors_of(text) == (author,)), texts[-1])


def _authors(name: str) -> Iterator[Author]:
    """The author of a name; several, where more commas than a name can have stand between them."""
    parts = [" ".join(_words(part)) for part in _parts(name, ",")]
    if len(parts) == 1 or _are_names(parts):
        for part in parts:
            yield from _whole(part)
    elif len(parts) == 3:
        family, suffix, given = parts
        if given.casefold() in _SUFFIXES and suffix.casefold() not in _SUFFIXES:
            suffix, given = given, suffix  # "King, Martin Luther, Jr.", which BibTeX would take the other way round
        yield _person(family, suffix, given)
    else:
        pairs = [*parts, ""] if len(parts) % 2 else parts
        yield from map(_person, pairs[::2], [""] * len(pairs), pairs[1::2])


def _are_names(parts: list[str]) -> bool:
    """Whether these are names in reading order ("Tri Dao, Dan Fu, Atri Rudra"), and not the parts of names."""
    return len(parts) > 2 and all(" " in part and "{" not in part for part in parts)


def _whole(name: str) -> Iterator[Author]:
    """The author of a name without commas."""
    if name.casefold() in _AND_OTHERS:
        yield Author(literal="others")  # BibTeX's own word for the authors that are not named
    elif _bare(name):
        yield author_of(name)


def _person(last: str, suffix: str, given: str) -> Author:
    words = _words(last)
    particles = 0
    while particles < len(words) - 1 and (words[particles][0].islower() or (not particles and words[0][0] == "{")):
        particles += 1
    particle, family = " ".join(words[:particles]), " ".join(words[particles:])
    return Author(_bare(family), _bare(given), _bare(particle), _bare(suffix))


def _without_and(line: str) -> Iterator[str]:
    """The names of a line, between which "and" stands; before ", and" commas part names as well."""
    name: list[str] = []
    for word in _words(line):
        if word != "and":
            name.append(word)
            continue
        before = " ".join(name)
        yield from _parts(before.removesuffix(","), ",") if before.endswith(",") else (before,)
        name = []
    yield " ".join(name)


def _words(text: str) -> list[str]:
    return [word for word in _parts(" ".join(text.split()), " ") if word]


def _parts(text: str, border: str) -> list[str]:
    """The text parted at a character, but not within braces; braces without partner hold nothing together."""
    if text.count("{") != text.count("}"):
        text = text.replace("{", "").replace("}", "")
    if "{" not in text:
        return text.split(border)
    parts, depth = [""], 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        if letter == border and depth <= 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _bare(text: str) -> str:
    return " ".join(text.replace("{", "").replace("}", "").split())
