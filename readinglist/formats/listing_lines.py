"""What a line of a listing is: text, or something of the page around it such as navigation, votes, authors."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from readinglist.formats.listing_days import WrittenDay, written_day
from readinglist.formats.listing_words import DOUBTFUL_PHRASES, SURE_PHRASES, WORDS


class Kind(Enum):
    """What a line is by its looks alone."""

    TEXT = "text"
    PAGE = "page"  # navigation, header and footer of the page
    CARD = "card"  # something about one paper: votes, authors, an arXiv number
    DAY = "day"


@dataclass(frozen=True, slots=True)
class About:
    """What a line of kind CARD tells of its paper.

    `begins` says that it stands above the paper's title, `counts_authors` that it is a line such as "6 authors", and
    `body_follows` that it is the dot behind one, before the name of an organisation.
    """

    upvotes: int | None = None
    authors: str = ""
    arxiv_id: str = ""
    url: str = ""
    year: int | None = None
    begins: bool = False
    counts_authors: bool = False
    body_follows: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """A line's kind, what it tells, and how hard it is to believe that it is text after all (0: easily, in costs)."""

    kind: Kind
    as_text: float = 0.0
    about: About = field(default_factory=About)
    day: WrittenDay | None = None


NEVER_TEXT = 9.0
_UNLIKELY, _DOUBTFUL = 6.0, 1.5
_TEXT = Looks(Kind.TEXT)
_PAGE = Looks(Kind.PAGE, NEVER_TEXT)
_CARD = Looks(Kind.CARD, NEVER_TEXT)
_COUNTED = Looks(Kind.CARD, NEVER_TEXT, About(counts_authors=True))
_MAYBE_PAGE = Looks(Kind.PAGE, _DOUBTFUL)
_LONGEST_CARD = 60
_LONGEST_PAGE = 300

_PAGE_LINE = re.compile(
    r"(?:©|\(c\)|copyright)\s.{0,80}|by\s?ak\b.{0,60}research community.?|get trending papers .{0,60}"
    r"|(?:(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?|week|w)\s*\d{4}|page \d+(?: of \d+)?"
    r"|week \d{1,2}(?:, \d{4})?|\d+ (?:days?|hours?|minutes?) ago|hugging face(?:'s logo)?"
)
_HEADER_PART = re.compile(
    r"get trending papers in your email inbox!?|(?:by ?)?ak and the research community|\bnew(?=get |\s|$)"
    r"|\b(?:subscribe|daily papers|trending papers|hugging face)(?=by ?ak|\W|$)"
)
_CARD_LINE = re.compile(
    r"(?:github|gitlab|hf|arxiv page|arxiv|pdf|view pdf|view arxiv page|project page|code|comments?|upvotes?|like)"
    r"(?:[\s:·▲+]*[\d.,]+[km]?)?|ai-generated summary|(?:and )?\+?\s?\d+ (?:comments?|likes?|models?|datasets?|spaces?)"
    r"|\+?\s?\d+ more authors?|[^\w]{1,5}|github [\d.,]+[km]? arxiv page|view (?:paper|on arxiv|on github)"
)
_AUTHOR_COUNT = re.compile(r"[·•\-–—\s]*\d+\s+authors?(?:\s*[·•].{0,40})?")
_SUBMITTED = re.compile(r"(?:submitted|posted|shared|added) by\b\s*:?.{0,60}")
_PUBLISHED = re.compile(r"published(?: on)?:?\s+(?P<day>.{4,30})")
_VOTES = re.compile(
    r"(?:upvotes?|▲|△|👍|❤️?|🔥|⬆️?|↑|\+|#)?\s*:?\s*(?P<count>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s*(?P<scale>[km])?\s*(?:upvotes?|votes?)?"
)
_ARXIV_ID = re.compile(
    r"(?:arxiv\s*(?:id|page)?\s*:?\s*)?(?:(?:https?://)?(?:www\.|export\.)?"
    r"(?:arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/|alphaxiv\.org/abs/))?"
    r"(?:arxiv:)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?P<version>v\d{1,2})?"
    r"(?:\.pdf)?(?:\s*\[[\w.-]+\])?[/.]?"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s]+")
_NAME_BREAK = re.compile(r"\s*[,;]\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+")
_AND_OTHERS = re.compile(r"\s*,?\s*(?:et al\.?|and others|…|\.\.\.|(?:and )?\+?\d+ (?:more|others?)(?: authors?)?)$")
_TOLD_AUTHORS = re.compile(r"(?:by|authors?\s*:)\s+", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
_PARTICLES = frozenset({
    "van", "von", "de", "der", "den", "del", "da", "di", "du", "la", "le", "al", "bin", "ibn", "dos", "el", "ten",
    "ter", "y",
})  # fmt: skip
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)


def strip_line(line: str) -> str:
    """A line without blanks around it, invisible characters, and the marks of a quotation or a heading."""
    if not line.isascii():
        line = line.translate(_INVISIBLE)
    line = line.strip()
    if line[:1] == ">":
        line = line.lstrip("> \t")
    if line[:1] in {"#", "*"}:
        line = _without_markdown(line)
    return line


def _without_markdown(line: str) -> str:
    if line.startswith("#") and line.lstrip("#").startswith(" "):
        line = line.lstrip("#").strip()
    if len(line) > 4 and line.startswith("**") and line.endswith("**") and "**" not in line[2:-2]:
        line = line[2:-2].strip()
    return line


def looks_of(line: str) -> Looks:
    """What a stripped line looks like. A line that could be text or something else says how believable text is."""
    if len(line) > _LONGEST_PAGE:
        return _TEXT
    low = " ".join(unicodedata.normalize("NFKC", line).casefold().split())
    return _header_looks(low) or _page_looks(low) or _day_looks(line) or _card_looks(line, low) or _TEXT


def _header_looks(low: str) -> Looks | None:
    """The whole header copied as one line, perhaps with the day at its end."""
    if "research community" not in low and "email inbox" not in low:
        return None
    rest = _HEADER_PART.sub(" ", low).strip()
    return _day_looks(rest) if rest else _PAGE


def _page_looks(low: str) -> Looks | None:
    if low in SURE_PHRASES:
        return _PAGE
    if low in DOUBTFUL_PHRASES:
        return _MAYBE_PAGE
    words = low.split()
    if len(words) > 2 and WORDS.issuperset(words):
        return _PAGE if len(words) > 3 else _MAYBE_PAGE
    return _PAGE if len(low) <= 90 and _PAGE_LINE.fullmatch(low) else None


def _day_looks(line: str) -> Looks | None:
    day = written_day(" ".join(line.split()))
    return None if day is None else Looks(Kind.DAY, _UNLIKELY, day=day)


def _card_looks(line: str, low: str) -> Looks | None:
    if len(low) <= _LONGEST_CARD * 3 and (address := _address_looks(line, low)):
        return address
    if len(low) <= _LONGEST_CARD:
        found = _short_card_looks(low.lstrip("·•| ") or low)
        if found is not None:
            return found
    return _authors_looks(line)


def _address_looks(line: str, low: str) -> Looks | None:
    arxiv = _ARXIV_ID.fullmatch(low)
    if arxiv is not None and (arxiv["id"][:1].isdigit() or "arxiv" in low):
        return Looks(Kind.CARD, _UNLIKELY, About(arxiv_id=arxiv["id"] + (arxiv["version"] or "")))
    if _ADDRESS.fullmatch(line):
        return Looks(Kind.CARD, 2.0, About(url=line))
    return None


def _short_card_looks(low: str) -> Looks | None:
    if _SUBMITTED.fullmatch(low):
        return Looks(Kind.CARD, _UNLIKELY if ":" not in low[13:] else _DOUBTFUL, About(begins=True))
    votes = _VOTES.fullmatch(low)
    if votes is not None:
        bare = low.isdigit()
        return Looks(Kind.CARD, _DOUBTFUL if bare and len(low) == 4 else 4.0, About(upvotes=_count(votes)))
    published = _PUBLISHED.fullmatch(low)
    if published is not None and (day := written_day(published["day"])):
        return Looks(Kind.CARD, _UNLIKELY, About(year=day.year))
    if _AUTHOR_COUNT.fullmatch(low):
        return _COUNTED
    if low in {"upvote", "upvotes", "github"}:
        return _CARD
    if _CARD_LINE.fullmatch(low):
        return Looks(Kind.CARD, _DOUBTFUL) if low.isalpha() else Looks(Kind.CARD, _UNLIKELY)
    return None


def _count(match: re.Match[str]) -> int:
    scale = {"k": 1_000, "m": 1_000_000}.get(match["scale"] or "", 1)
    return round(float(match["count"].replace(",", "")) * scale)


def _authors_looks(line: str) -> Looks | None:
    """Names with commas between them, or after "by" or "Authors:"; each name of two to five capitalised words."""
    told = _TOLD_AUTHORS.match(line)
    if told is None and "," not in line:
        return None
    names = _AND_OTHERS.sub("", line[told.end() :] if told else line)
    if all(_is_name(name) for name in _NAME_BREAK.split(names)):
        return Looks(Kind.CARD, 0.5, About(authors=names))
    return None


def _is_name(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and all(
        word in _PARTICLES or (_NAME_WORD.fullmatch(word) is not None and not word[0].islower()) for word in words
    )
