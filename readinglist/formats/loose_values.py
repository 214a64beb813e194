"""Dates, names, pages and identifiers as RIS, refer and NBIB files and tables write them, in all their spellings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from readinglist.papers.author_names import author_of
from readinglist.papers.identifiers import arxiv_id_in, doi_in
from readinglist.papers.paper import Author

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_WORDS = {
    **{word: number for number, word in enumerate(_MONTHS, start=1)},
    "spring": 0, "summer": 0, "fall": 0, "autumn": 0, "winter": 0,
}  # fmt: skip
_YEARS = range(1000, 2101)  # of papers; what lies outside was meant as something else
_LONGEST_DATE = 100  # characters; what is longer is a sentence
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_BIG_ENDIAN = re.compile(
    r"(\d{4})\s*[/.-]\s*(\d{1,2}|[^\W\d_]{3,9})?(?:\s*[/.-]\s*(\d{1,2})?(?!\d))?.{0,60}", re.DOTALL
)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_LAST = re.compile(r"(?:(\d{1,2})\s*[/.-]\s*)?(\d{1,2})\s*[/.-]\s*(\d{4})")
_WORDS = re.compile(r"[^\W\d_]{3,9}|\d{1,4}")
_NOTHING = re.compile(r"[\s/.,;-]*")

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_OTHERS = frozenset({"others", "et al", "et al.", "and others"})
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,5}")
_BARE_INITIALS = re.compile(r"[A-Z](?:-?[A-Z]){0,3}")
# "J. R. R. Tolkien", as IEEE has it.
_INITIALS_FIRST = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,5}\s?[^\W\d_][^\d.,&]+")
_NOBODY = Author()

_DASH = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_ISSN = re.compile(r"(?<![\dXx-])\d{4}-?\d{3}[\dXx](?![\dXx-])")
_ISBN = re.compile(r"(?<![\dXx-])(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx](?![\dXx-])")
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)
_NAMED_DOI = re.compile(r"doi\s*(?:\.org/|[:=]|\s)\s*(10\.\d{4,9}(?:\.\d+)*/[^\s;,]+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is known: the year, and "2019-05-03" or "2019-05" where more than the year is known."""

    year: int | None = None
    text: str = ""


def day_of(text: str) -> Day:
    """What a date such as "2019/05/03/", "2012 Oct-Nov", "3 May 2019" or "2014///" says; an empty day for no date.

    "03/05/2019", where either may be the month, gives the year alone.
    """
    text = " ".join(text[:_LONGEST_DATE].split())
    year, month, day = _parts_of(text)
    if year is None or year not in _YEARS:
        return Day()
    if not 1 <= month <= 12:
        return Day(year)
    try:
        return Day(year, date(year, month, day).isoformat())
    except ValueError:
        return Day(year, f"{year:04}-{month:02}")


def is_usual_year(year: int | None) -> bool:
    """Whether `day_of` takes the year for one."""
    return year in _YEARS


def says_no_day(text: str) -> bool:
    """Whether a date says on purpose that there is none, such as "///", "0000" or "n.d."."""
    bare = text.strip().lower()
    return _NOTHING.fullmatch(bare) is not None or bare in {"n.d.", "nd", "no date", "unknown", "in press", "none", "-"}


def _parts_of(text: str) -> tuple[int | None, int, int]:
    if found := _COMPACT.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_LAST.fullmatch(text):
        return _day_last(int(found[3]), int(found[1] or 0), int(found[2]))
    if found := _BIG_ENDIAN.fullmatch(text):
        return int(found[1]), _month(found[2] or ""), int(found[3] or 0)
    return _parts_in_words(text)


def _day_last(year: int, first: int, second: int) -> tuple[int, int, int]:
    if first > 12:
        return year, second, first
    if second > 12:
        return year, first, second
    return (year, second, first) if first in {0, second} else (year, 0, 0)


def _parts_in_words(text: str) -> tuple[int | None, int, int]:
    years = _YEAR.search(text)
    if years is None:
        return None, 0, 0
    rest = text[: years.start()] + " " + text[years.end() :]
    words = _WORDS.findall(rest)
    month = next((place for place, word in enumerate(words) if _month(word) and not word.isdigit()), None)
    if month is None:
        return int(years[0]), 0, 0
    near = [word for word in (*words[month + 1 : month + 2], *words[max(0, month - 1) : month]) if word.isdigit()]
    several = re.search(r"\d\s*[-\u2013]\s*\d|[^\W\d_]\s*[-\u2013/]\s*[^\W\d_]", rest) is not None
    return int(years[0]), _month(words[month]), 0 if several or not near or len(near[0]) > 2 else int(near[0])


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTH_WORDS.get(word.lower(), _MONTH_WORDS.get(word[:3].lower(), 0))


@lru_cache(maxsize=1 << 14)
def person(name: str, *, bare_initials: bool = False) -> Author:
    """The author of one name: "Family, Given", "Family, Given, Suffix", or a body without a comma (RIS: A1, AU).

    "Smith J.A." and "J. A. Smith" are persons as well, and with `bare_initials` so is "Smith JA" (PubMed: AU).
    Small words before the family name are its particle. A body ends in a comma, or has ",," for its first comma, in
    EndNote's files.
    """
    name = " ".join(name.split())
    if name.casefold() in _OTHERS:
        return Author(literal="others")  # BibTeX's own word for the authors that are not named
    if ",," in name or name.endswith(","):
        return Author(literal=name.rstrip(", ").replace(",,", ","))
    parts = [part.strip() for part in name.split(",", 2)]
    if len(parts) == 1:
        return _without_comma(name, bare_initials=bare_initials)
    suffix = parts[2] if len(parts) > 2 else ""
    given = parts[1]
    if given.casefold() in _SUFFIXES and suffix.casefold() not in _SUFFIXES:
        given, suffix = suffix, given
    return _with_particle(parts[0], given, suffix) if parts[0] else Author(literal=name.strip(", "))


def _without_comma(name: str, *, bare_initials: bool) -> Author:
    if _INITIALS_FIRST.fullmatch(name):
        return author_of(name)
    family, _, given = name.partition(" ")
    while given and _INITIALS.fullmatch(given) is None:
        if bare_initials and _BARE_INITIALS.fullmatch(given.split(" ")[0]):
            break
        more, _, given = given.partition(" ")
        family = f"{family} {more}"
    if not given or not any(letter.islower() for letter in family):
        return Author(literal=name)
    given, _, suffix = given.partition(" ") if bare_initials else (given, "", "")
    return _with_particle(family, given, suffix)


def _with_particle(family: str, given: str, suffix: str) -> Author:
    words = family.split(" ")
    small = 0
    while small < len(words) - 1 and words[small][:1].islower():
        small += 1
    return Author(" ".join(words[small:]), given, " ".join(words[:small]), suffix)


def is_short_name(name: str) -> bool:
    """Whether a name is a family name with initials behind it, such as "Smith J.A." or "van Gogh VW"."""
    family, _, initials = name.strip().rpartition(" ")
    if not any(letter.islower() for letter in family):
        return False
    return _INITIALS.fullmatch(initials) is not None or _BARE_INITIALS.fullmatch(initials) is not None


def people(text: str) -> list[Author]:
    """The authors of a line that holds one name as it should, or several with ";" or commas between them."""
    found = []
    for name in text.split(";") if ";" in text else [text]:
        found += [person(each) for each in _names_in(name.strip())]
    return [author for author in found if author != _NOBODY]


def _names_in(name: str) -> list[str]:
    if "," not in name or ",," in name:
        return [name]
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if all(len(words := part.split(" ")) > 1 and _INITIALS.fullmatch(words[-1]) for part in parts):
        return parts  # "Smith J., Doe A.B."
    if len(parts) < 4:
        return [name]
    if len(parts) % 2 == 0 and all(map(_INITIALS.fullmatch, parts[1::2])):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    return parts


def name_text(author: Author) -> str:
    """The name as `person` reads it; what that cannot tell apart, such as a family name alone, reads as a body."""
    if author.literal or not author.family:
        return author.display.replace(",", ",,", 1)
    last = " ".join(filter(None, (author.particle, author.family)))
    return ", ".join(filter(None, (last, author.given, author.suffix)))


def pages_of(first: str, last: str = "") -> str:
    """Pages as BibTeX has them, "475--482"; a last page in short is written in full: "475-82"."""
    if not last:
        first, _, last = _DASH.sub("-", first).partition("-")
        if "-" in last or "," in last or not first:
            return "-".join(filter(None, (first, last)))  # no range, but a number such as "S1-2-3"
    first, last = first.strip(), last.strip()
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}--{last}" if first and last and first != last else first or last


def serial_numbers(texts: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """The different ISSNs and ISBNs in some texts, and the texts that hold neither."""
    issns: dict[str, None] = {}
    isbns: dict[str, None] = {}
    others = []
    for text in texts:
        books = _ISBN.findall(text)
        isbns.update(dict.fromkeys(books))
        journals = _ISSN.findall(_ISBN.sub(" ", text))
        issns.update(dict.fromkeys(journals))
        if not books and not journals:
            others.append(text)
    return list(issns), list(isbns), others


def links_in(text: str) -> list[str]:
    """The addresses of a field that may hold several, with ";" or blanks between them; the whole text where none is."""
    found = [match[0].rstrip(";,") for match in _LINK.finditer(re.sub(r";(?=\s*https?://)", " ", text))]
    return found or [text.strip()]


def doi_of(text: str) -> str:
    """The DOI that a text is, leads to, or names as "doi: 10.1/x"; "" where there is none."""
    if "10." not in text:
        return ""
    found = doi_in(text)
    if found:
        return found
    named = _NAMED_DOI.search(text)
    return doi_in(named[1]) if named else ""


def arxiv_id_of(text: str) -> str:
    """The arXiv id that a text is, leads to, or that its DOI holds; "" where there is none."""
    found = _ARXIV_DOI.fullmatch(text)
    if found:
        return arxiv_id_in(found[1])
    return arxiv_id_in(text) if "arxiv" in text.lower() else ""


def is_page_of(url: str, doi: str, arxiv_id: str) -> bool:
    """Whether an address says no more than an identifier that is known."""
    return bool((doi and doi_in(url) == doi and "doi.org/" in url) or (arxiv_id and arxiv_id_of(url) == arxiv_id))


def split_list(text: str) -> list[str]:
    """The parts of a list with ";" or line ends between them."""
    return [part for part in (" ".join(each.split()) for each in re.split(r"[;\n]", text)) if part]


def different(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts without those that came before, and without empty ones."""
    return tuple(dict.fromkeys(filter(None, texts)))
