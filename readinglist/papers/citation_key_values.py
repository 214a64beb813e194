"""What the markers of a pattern for citation keys stand for in a paper."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from readinglist.papers.citation_key_pattern import SMALL_WORDS, initials
from readinglist.papers.paper import Author, Paper

SHORT_TITLE_WORDS = 3
_ALPHA_AUTHORS = 4  # of more, three and a plus stand in the labels of BibTeX's style "alpha"

# JabRef's readable letters for those that lose more than an accent (its UnicodeToReadableCharMap).
_READABLE = str.maketrans(
    {
        "Ä": "Ae", "ä": "ae", "Ö": "Oe", "ö": "oe", "Ü": "Ue", "ü": "ue", "Å": "Aa", "å": "aa", "Ø": "Oe", "ø": "oe",
        "Æ": "Ae", "æ": "ae", "Œ": "OE", "œ": "oe", "Ő": "Oe", "ő": "oe", "Ű": "Ue", "ű": "ue", "ß": "ss", "ẞ": "SS",
        "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Þ": "Th", "þ": "th", "Ł": "L", "ł": "l", "ı": "i", "Ħ": "H", "ħ": "h",
        "Ŋ": "N", "ŋ": "n", "Ŧ": "T", "ŧ": "t",
    }
)  # fmt: skip
_WORD_BORDER = re.compile(r"[\s\-‐‑‒–—/:;,]+")
_NOT_IN_WORD = re.compile(r"[^A-Za-z0-9]+")
_NUMBERED = re.compile(r"([A-Za-z.]+?)(\d+)(?:_(\d+))?")
_NUMBER = re.compile(r"\d+")
_PURE = "pure"
_TITLE_MARKERS = frozenset({"title", "fulltitle", "shorttitle", "veryshorttitle", "camel", "shorttitleini"})

# Fields of raw BibTeX: accents become the letter's own, other commands and braces go.
_ACCENTS = MappingProxyType(
    {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307",
     "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a"}
)  # fmt: skip
_ACCENT = re.compile(r"\\(?:([\"'`^~=.])\s*|([cvuHkr])(?:\s+|(?=\{)))\{?\\?([A-Za-z])\}?")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*|[{}\\]")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)

_ENTRY_TYPES = MappingProxyType(
    {
        "inproceedings": "InProceedings", "incollection": "InCollection", "inbook": "InBook",
        "phdthesis": "PhdThesis", "mastersthesis": "MastersThesis", "techreport": "TechReport",
        "mvbook": "MvBook", "mvcollection": "MvCollection", "inreference": "InReference",
    }
)  # fmt: skip
# Where a venue stands in BibTeX and BibLaTeX, by type.
_VENUES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "journal": frozenset({"article"}),
        "journaltitle": frozenset({"article"}),
        "booktitle": frozenset({"inproceedings", "conference", "incollection", "inbook", "inreference"}),
        "publisher": frozenset({"book", "mvbook", "proceedings", "collection", "mvcollection", "reference"}),
        "school": frozenset({"phdthesis", "mastersthesis", "thesis"}),
        "institution": frozenset({"phdthesis", "mastersthesis", "thesis", "techreport", "report"}),
        "organization": frozenset({"manual"}),
    }
)


def value_of(paper: Paper, marker: str, *, title_instead: bool = True) -> str:
    """The text of a marker; "" where the paper has nothing of it.

    Args:
        paper: the paper.
        marker: such as "auth", "authors3", "shorttitle" or the name of a field, such as "volume".
        title_instead: whether words of the title stand for authors and editors where there are none.
    """
    names = _names_marker(marker)
    if names is not None:
        show, number, other, who = names
        people = who(paper)
        if not people and title_instead and not marker.startswith((_PURE, "ed")):
            people = (Author(family="".join(title_words(paper, SHORT_TITLE_WORDS))),)
        return show(people, number, other) if people else ""
    special = _SPECIAL.get(marker)
    if special is not None:
        return special(paper)
    numbered = _NUMBERED.fullmatch(marker)
    if numbered and numbered[1] in _KEYWORDS:
        return _KEYWORDS[numbered[1]](paper, int(numbered[2]))
    return _field(paper, marker.lower())


def is_marker(marker: str) -> bool:
    """Whether a marker is one of JabRef's own, and not a field's name."""
    numbered = _NUMBERED.fullmatch(marker)
    return _names_marker(marker) is not None or marker in _SPECIAL or bool(numbered and numbered[1] in _KEYWORDS)


def tells_title(marker: str) -> bool:
    """Whether a marker stands for words of the title."""
    return marker.lower() in _TITLE_MARKERS


def title_words(paper: Paper, number: int) -> list[str]:
    """The first words of the title that say something: "Hungry", "Hungry", "Hippos"."""
    return _words(paper.title, number)


def ascii_word(text: str) -> str:
    """A word in ASCII letters and digits."""
    text = ascii_text(text)
    return text if text.isalnum() else _NOT_IN_WORD.sub("", text)


def ascii_text(text: str) -> str:
    """A text with readable ASCII letters for others, as far as there are any."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text).translate(_READABLE)
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _words(text: str, number: int) -> list[str]:
    """The first words of a text that are not small words; where there are none but small words, the first of them."""
    large: list[str] = []
    small: list[str] = []
    for word in filter(None, map(ascii_word, _WORD_BORDER.split(text))):
        (small if word.lower() in SMALL_WORDS else large).append(word)
        if len(large) == number:
            break
    return large or small[:number]


# --- people

People = Sequence[Author]
Shown = Callable[[People, int, int], str]


def _names_marker(marker: str) -> tuple[Shown, int, int, Callable[[Paper], People]] | None:
    """How a marker shows which people, and the numbers in it; None for a marker that is not of people."""
    name = marker.removeprefix(_PURE) if marker.startswith("pureauth") else marker
    show, number, other = _PEOPLE.get(name), 0, 0
    if show is None and (numbered := _NUMBERED.fullmatch(name)):
        stem = f"{numbered[1]}N_M" if numbered[3] else f"{numbered[1]}N"
        show, number, other = _PEOPLE.get(stem), int(numbered[2]), int(numbered[3] or 1)
    if show is None:
        return None
    if name.startswith("ed"):
        return show, number, other, _editors
    return show, number, other, (lambda paper: paper.authors) if name != marker else _authors_or_editors


def _authors_or_editors(paper: Paper) -> People:
    named = [author for author in paper.authors if _family(author)]
    return named or _editors(paper)


def _editors(paper: Paper) -> People:
    raw = next((text for name, text in paper.extra.items() if name.lower() == "editor"), "")
    return [_person(name) for name in _AND.split(plain_field(raw)) if name.strip()]


def _person(name: str) -> Author:
    """A name of raw BibTeX, "Last, First" or "First Last", as far as a key needs it."""
    family, comma, given = name.strip().partition(",")
    if comma:
        return Author(family=family.strip(), given=given.strip())
    given, _, family = name.strip().rpartition(" ")
    return Author(family=family, given=given)


def _family(author: Author) -> str:
    if author.literal:
        return "".join(_words(author.literal, SHORT_TITLE_WORDS))
    return ascii_word(author.family or author.particle or author.given)


def _families(people: People) -> list[str]:
    return [family for family in map(_family, people) if family]


def _with_particle(author: Author) -> list[str]:
    """The parts of a whole family name: "van", "der", "Aalst"."""
    text = author.literal or " ".join(filter(None, (author.particle, author.family)))
    return list(filter(None, map(ascii_word, text.split())))


def _joined(people: People, most: int, between: str, rest: str) -> str:
    families = _families(people)
    return between.join(families[:most]) + (rest if len(families) > most else "")


def _etal(people: People, between: str, rest: str) -> str:
    families = _families(people)
    return between.join(families) if len(families) <= 2 else families[0] + rest


def _alpha(people: People) -> str:
    if len(people) == 1:
        *before, last = _with_particle(people[0]) or [""]
        return "".join(part[0] for part in before) + last[:3]
    shown = people if len(people) <= _ALPHA_AUTHORS else people[: _ALPHA_AUTHORS - 1]
    letters = "".join(part[0] for author in shown for part in _with_particle(author))
    return letters + ("+" if len(people) > len(shown) else "")


def _short(people: People) -> str:
    families = _families(people)
    if len(families) == 1:
        return families[0]
    return "".join(family[0] for family in families[:3]) + ("+" if len(families) > 3 else "")


def _given_initial(people: People, place: int) -> str:
    return ascii_word(people[place].given)[:1]


def _nth(people: People, length: int, place: int) -> str:
    families = _families(people)
    return families[place - 1][:length] if 0 < place <= len(families) else ""


def _initials(people: People, length: int) -> str:
    """The beginnings of the family names, `length` letters in all, one by one where that is not enough for more."""
    families = _families(people)
    if not families:
        return ""
    each, more = divmod(length, len(families))
    parts = (family[: each + (place < more)] for place, family in enumerate(families))
    return "".join(parts)[:length]


_PEOPLE: Mapping[str, Shown] = MappingProxyType(
    {
        "auth": lambda people, _n, _m: _nth(people, 1000, 1),
        "edtr": lambda people, _n, _m: _nth(people, 1000, 1),
        "authN": lambda people, n, _m: _nth(people, n, 1),
        "edtrN": lambda people, n, _m: _nth(people, n, 1),
        "authN_M": _nth,
        "edtrN_M": _nth,
        "authors": lambda people, _n, _m: _joined(people, 1000, "", ""),
        "editors": lambda people, _n, _m: _joined(people, 1000, "", ""),
        "authorsN": lambda people, n, _m: _joined(people, n, "", "EtAl"),
        "authorsAlpha": lambda people, _n, _m: _alpha(people),
        "authEtAl": lambda people, _n, _m: _etal(people, "", "EtAl"),
        "auth.etal": lambda people, _n, _m: _etal(people, ".", ".etal"),
        "auth.auth.ea": lambda people, _n, _m: _joined(people, 2, ".", ".ea"),
        "edtr.edtr.ea": lambda people, _n, _m: _joined(people, 2, ".", ".ea"),
        "authorLast": lambda people, _n, _m: (_families(people) or [""])[-1],
        "editorLast": lambda people, _n, _m: (_families(people) or [""])[-1],
        "authFirstFull": lambda people, _n, _m: "".join(_with_particle(people[0])),
        "authForeIni": lambda people, _n, _m: _given_initial(people, 0),
        "edtrForeIni": lambda people, _n, _m: _given_initial(people, 0),
        "authorLastForeIni": lambda people, _n, _m: _given_initial(people, -1),
        "editorLastForeIni": lambda people, _n, _m: _given_initial(people, -1),
        "authorIni": lambda people, _n, _m: _nth(people, 5, 1) + "".join(each[0] for each in _families(people)[1:]),
        "editorIni": lambda people, _n, _m: _nth(people, 5, 1) + "".join(each[0] for each in _families(people)[1:]),
        "authIniN": lambda people, n, _m: _initials(people, n),
        "edtrIniN": lambda people, n, _m: _initials(people, n),
        "authshort": lambda people, _n, _m: _short(people),
        "edtrshort": lambda people, _n, _m: _short(people),
    }
)


# --- everything else


def plain_field(raw: str) -> str:
    """A raw field of BibTeX without its commands and braces."""
    if "\\" in raw:
        raw = _ACCENT.sub(lambda found: unicodedata.normalize("NFC", found[3] + _ACCENTS[found[1] or found[2]]), raw)
    return " ".join(_COMMAND.sub("", raw).split())


def _title(paper: Paper, *, camel: bool) -> str:
    """The words of the title with capitals: all of them, or with `camel` false all but the small ones."""
    words = list(filter(None, map(ascii_word, _WORD_BORDER.split(paper.title))))
    shown = [
        word if not (camel or place == 0 or word.lower() not in SMALL_WORDS) else word[:1].upper() + word[1:]
        for place, word in enumerate(words)
    ]
    return " ".join(shown)


def _year(paper: Paper) -> str:
    return "" if paper.year is None else str(paper.year)


def _pages(paper: Paper) -> list[int]:
    return [int(number) for number in _NUMBER.findall(_field(paper, "pages")[:200])]


def _page_prefix(paper: Paper) -> str:
    found = re.match(r"[^\d\s]+", _field(paper, "pages"))
    return found[0] if found else ""


def _keyword(paper: Paper, number: int) -> str:
    return paper.keywords[number - 1] if 0 < number <= len(paper.keywords) else ""


def _keywords(paper: Paper, number: int) -> str:
    return "".join("".join(word.split()) for word in paper.keywords[:number])


_KEYWORDS: Mapping[str, Callable[[Paper, int], str]] = MappingProxyType({"keyword": _keyword, "keywords": _keywords})
_SPECIAL: Mapping[str, Callable[[Paper], str]] = MappingProxyType(
    {
        "title": lambda paper: _title(paper, camel=False),
        "camel": lambda paper: _title(paper, camel=True),
        "fulltitle": lambda paper: paper.title,
        "shorttitle": lambda paper: " ".join(title_words(paper, SHORT_TITLE_WORDS)),
        "shorttitleINI": lambda paper: initials(" ".join(title_words(paper, SHORT_TITLE_WORDS))),
        "veryshorttitle": lambda paper: " ".join(title_words(paper, 1)),
        "year": _year,
        "shortyear": lambda paper: _year(paper)[-2:],
        "entrytype": lambda paper: _ENTRY_TYPES.get(paper.entry_type, paper.entry_type.capitalize()),
        "firstpage": lambda paper: str(min(_pages(paper), default="")),
        "lastpage": lambda paper: str(max(_pages(paper), default="")),
        "pageprefix": _page_prefix,
        "keywords": lambda paper: _keywords(paper, 1000),
        "author": lambda paper: " and ".join(author.display for author in paper.authors),
        "groups": lambda paper: " ".join(paper.tags),
        "bibtexkey": lambda paper: paper.citation_key,
        "citationkey": lambda paper: paper.citation_key,
    }
)


def _field(paper: Paper, name: str) -> str:
    """A field by its BibTeX name, in any case; "" where the paper has none of it."""
    found = next((raw for known, raw in paper.extra.items() if known.lower() == name), "")
    if name in _OWN:
        return _OWN[name](paper)
    if found or name not in _VENUES:
        return plain_field(found)
    return paper.venue if paper.entry_type in _VENUES[name] else ""


_OWN: Mapping[str, Callable[[Paper], str]] = MappingProxyType(
    {
        "title": lambda paper: paper.title,
        "author": _SPECIAL["author"],
        "year": _year,
        "doi": lambda paper: paper.doi,
        "eprint": lambda paper: paper.arxiv_id,
        "url": lambda paper: paper.url,
        "keywords": _SPECIAL["keywords"],
        "entrytype": _SPECIAL["entrytype"],
    }
)
