"""Lists of names as BibTeX takes them apart (btxdoc, section 4) and as BibLaTeX's extended format says, and back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from readinglist.formats.bibtex_braces import hidden, parted, pieces
from readinglist.formats.latex_decoding import to_text
from readinglist.formats.latex_text import clean_line, escape_name
from readinglist.papers.paper import Author

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_OTHERS = frozenset({"others", "et al", "et al."})
_AND = re.compile(" and(?= )", re.IGNORECASE)
_AS_WORD = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n]+")  # not those of Unicode: a no-break space is a letter of the name to BibTeX
_BLANK = re.compile(r"[ ~]+")
_COMMA, _SEMICOLON = re.compile(","), re.compile(";")
# `{\'E}`: BibTeX sees through the braces of a letter that a command makes, to the letter.
_SPECIAL_LETTER = re.compile(r"\{\s*\\(?:[A-Za-z]+|.)[\s{]*([^\W\d_])?")
_NOBODY = Author()
_EXTENDED = re.compile(r'\s*"?\s*(?:family|given|prefix|suffix)(?:-i)?\s*=', re.IGNORECASE)


def read_names(raw: str) -> tuple[Author, ...]:
    """The authors of a BibTeX name list, the names that are not named as Author(literal="others")."""
    raw = f" {_BLANKS.sub(' ', raw)} "
    parts = parted(raw, _SEMICOLON if ";" in raw and _AND.search(raw) is None else _AND)
    names = [name for part in parts if (name := part.strip(" "))]
    return tuple([author for name in names for author in _somebody(name)])


@lru_cache(maxsize=1 << 15)
def _somebody(name: str) -> tuple[Author, ...]:
    return tuple(author for author in _authors(name) if author != _NOBODY)


def _authors(name: str) -> tuple[Author, ...]:
    """The author of a name; several, where more commas than a name can have stand between them."""
    if "=" in name and _EXTENDED.match(name):
        return (_extended(name),)
    parts = [part.strip(" ") for part in parted(name, _COMMA)]
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    if len(parts) == 1:
        return tuple(_whole(parts[0]))
    if len(parts) == 2:
        return (_person(parts[0], "", parts[1]),)
    if len(parts) == 3:
        last, suffix, first = parts
        if first.casefold() in _SUFFIXES and suffix.casefold() not in _SUFFIXES:
            suffix, first = first, suffix  # "King, Martin Luther, Jr.", which BibTeX would take the other way round
        return (_person(last, suffix, first),)
    if all(" " in part for part in parts) or len(parts) % 2:
        return tuple(author for part in parts for author in _whole(part))
    return tuple(_person(last, "", first) for last, first in zip(parts[::2], parts[1::2], strict=True))


def _whole(name: str) -> Iterator[Author]:
    """The author of a name without commas, "First von Last"."""
    if name.casefold() in _OTHERS:
        yield Author(literal="others")
        return
    words = _words(name)
    if len(words) == 1 and _is_body(name):
        yield Author(literal=_shown(name))
        return
    suffix = words.pop() if len(words) > 2 and words[-1].casefold() in _SUFFIXES else ""
    small = [place for place, word in enumerate(words[:-1]) if _is_small(word)]
    if len(words) == 2 and _is_small(words[1]):
        small = []  # "jane doe", whose first word BibTeX would take for a particle
    first, last = (small[0], small[-1] + 1) if small else (len(words) - 1, len(words) - 1)
    yield _author(words[last:], words[:first], words[first:last], suffix)


def _person(last: str, suffix: str, first: str) -> Author:
    """The author of "von Last, Jr, First"."""
    words = _words(last)
    small = [place for place, word in enumerate(words[:-1]) if _is_small(word)]
    start = small[-1] + 1 if small else 0
    if not words:
        return Author(literal=_shown(f"{first} {suffix}"))
    return _author(words[start:], [first], words[:start], suffix)


def _author(family: Sequence[str], given: Sequence[str], particle: Sequence[str], suffix: str) -> Author:
    return Author(_shown(" ".join(family)), _shown(" ".join(given)), _shown(" ".join(particle)), _shown(suffix))


def _extended(name: str) -> Author:
    """The author of a name in BibLaTeX's extended format, such as "given=Hans, prefix=von, family=Gruber"."""
    parts = {}
    for part in parted(name, _COMMA):
        key, _, value = part.strip(' \n"').partition("=")
        parts[key.strip().lower()] = _shown(value)
    family, given, particle, suffix = (parts.get(key, "") for key in ("family", "given", "prefix", "suffix"))
    if family and not (given or particle or suffix):
        return Author(literal=family)
    return Author(family, given, particle, suffix) if family else Author(literal=given or name)


@lru_cache(maxsize=1 << 14)
def _shown(raw: str) -> str:
    return clean_line(to_text(raw))


def _words(name: str) -> list[str]:
    return [word for word in parted(name, _BLANK) if word]


def _is_body(name: str) -> bool:
    """Whether a name stands in one pair of braces, as a body that is not to be taken apart does."""
    return name.startswith("{") and set(hidden(name)) == {"x"} and _depth_ends(name) and not _is_one_letter(name)


def _is_one_letter(name: str) -> bool:
    shown = _shown(name)
    return len(shown) == 1 and shown.isalpha() and _SPECIAL_LETTER.match(name) is not None


def _depth_ends(name: str) -> bool:
    """Whether the brace that opens a name closes at its end."""
    depth = 0
    parts = pieces(name)
    for place, piece in enumerate(parts):
        depth += (piece == "{") - (piece == "}")
        if depth <= 0:
            return place == len(parts) - 1
    return False


def _is_small(word: str) -> bool:
    """Whether BibTeX takes a word for small: its first letter outside of braces, or in a special letter, is."""
    special = _SPECIAL_LETTER.match(word)
    if special is not None:
        letter = special[1] or to_text(word)[:1]
        return letter.islower()
    shown, depth = "", 0
    for piece in pieces(word):
        depth += (piece == "{") - (piece == "}")
        if not depth and piece not in "{}":
            shown += piece
    return next((letter.islower() for letter in shown if letter.isalpha()), False)


def write_names(authors: Iterable[Author]) -> str:
    """The authors as a BibTeX name list."""
    return " and ".join(_written(tuple(authors)))


def _written(authors: tuple[Author, ...]) -> Iterator[str]:
    for place, author in enumerate(authors, start=1):
        if place == len(authors) and author.display == "others":
            yield "others"  # BibTeX's own word for the authors that are not named
        elif name := written_name(author):
            yield name


@lru_cache(maxsize=1 << 14)
def written_name(author: Author) -> str:
    """One name in BibTeX: a body that is not to be taken apart stands in braces; "" where there is none."""
    if author.family and not author.literal:
        return _written_person(author)
    name = escape_name(clean_line(author.display))
    return f"{{{name}}}" if name else ""


def _written_person(author: Author) -> str:
    """A name as BibTeX's "von Last, Jr, First", the only order in which each part says what it is."""
    if not author.particle and not author.suffix and _is_plain(author.family) and _is_plain(author.given):
        return f"{author.family}, {author.given}"
    family, particle = clean_line(author.family), clean_line(author.particle)
    if particle and not _is_particle(particle):
        family, particle = f"{particle} {family}", ""
    is_small_alone = bool(particle) and not author.given and _starts_lower(family)
    last = _part(family, whole=is_small_alone or _hides_particle(family))
    if particle:
        last = f"{escape_name(particle)} {last}"
    looks_like_suffix = author.given.casefold() in _SUFFIXES
    given, suffix = _part(clean_line(author.given), whole=looks_like_suffix), _part(clean_line(author.suffix))
    if not given and (suffix or " " in family):
        return f"{{{escape_name(clean_line(author.display))}}}"
    return ", ".join(filter(None, (last, suffix, given)))


def _is_plain(name: str) -> bool:
    """Whether a name is letters alone, as most are, of which BibTeX takes none for a word of its own."""
    return name.isalpha() and name.casefold() not in _SUFFIXES and name.casefold() != "and"


def _part(text: str, *, whole: bool = False) -> str:
    escaped = escape_name(text)
    whole = whole or "," in text or ";" in text or escaped.startswith("\\") or _AS_WORD.search(text) is not None
    return f"{{{escaped}}}" if whole else escaped


def _is_particle(text: str) -> bool:
    """Whether BibTeX takes the words for a particle, which it knows by the small letter of the last one."""
    words = re.sub("['’.-]", "", text).split(" ")
    return _starts_lower(words[-1]) and not _AS_WORD.search(text) and all(map(str.isalpha, words))


def _hides_particle(family: str) -> bool:
    """Whether BibTeX would take the first words of a family name for a particle."""
    return " " in family and (any(map(_starts_lower, family.split(" ")[:-1])) or escape_name(family) != family)


def _starts_lower(word: str) -> bool:
    return next((letter.islower() for letter in word if letter.isalpha()), False)
