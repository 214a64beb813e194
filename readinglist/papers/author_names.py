"""Names of authors as a page shows them, taken apart into the parts of a BibTeX name."""

from readinglist.papers.paper import Author

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def author_of(name: str) -> Author:
    """The author with a name in reading order, such as "Ludwig van Beethoven Jr."; one word alone stays literal.

    The particle is the first run of lower-case words before the family name (btxdoc, section 4, "von" parts).
    """
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in _SUFFIXES else ""
    if len(words) < 2:
        return Author(literal=" ".join(words))
    lower = [place for place, word in enumerate(words[:-1]) if place and word[0].islower()]
    if not lower:
        return Author(family=words[-1], given=" ".join(words[:-1]), suffix=suffix)
    first, last = lower[0], lower[-1] + 1
    return Author(" ".join(words[last:]), " ".join(words[:first]), " ".join(words[first:last]), suffix)
