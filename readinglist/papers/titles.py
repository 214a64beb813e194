r"""Titles compared: their keys, which ignore how they are written, and whether two of them may be spellings of one."""

import re
import unicodedata
from functools import lru_cache

_COMMAND = re.compile(r"\\([A-Za-z]+)")
_NOT_WORD = re.compile(r"[\W_]+")
_NOT_ASCII_WORD = {code: None for code in range(128) if not chr(code).isalnum()}  # the same, four times as fast
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,60}>|[{}$]")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)$")
_STYLES = frozenset(
    {"textbf", "textit", "texttt", "textsc", "textsf", "textrm", "emph", "text", "mathbf", "mathrm", "mathcal",
     "mathbb", "bf", "it", "em", "rm", "url", "operatorname"}
)  # fmt: skip
_SMALL_WORDS = frozenset(("the", "an", "of", "for", "in", "on", "and", "with", "to", "from", "by", "at", "via"))
_SUBTITLE = re.compile(r"[:?!.]\s|\s[-‐‒–—]+\s|—|\s(?=\()")
_PART = re.compile(
    r"(?:parts?|vol(?:ume)?|chapter|section|phase|paper|number|no|lecture|episode|season|version)\b|[ivx]+\b|v?\d",
    re.IGNORECASE,
)
_REMARK = re.compile(  # in lower case
    r"(?:authors?['’]?s?['’]? |publisher['’]?s? |a |in |invited )?"
    r"(erratum|errata|corrigend|correct|retract|repl(?:y|ies)|response|respond|comment|discussion|rejoinder|addend"
    r"|supplement|appendix|expression of concern|review of|book review|withdrawn)\w*\b"
    r"(?=\W*(?::|to\b|on\b|of\b|for\b|from\b|by\b|material|information|$)|\s*[-‐‒–—])"
)
# Beginnings that make opposites of words which differ in a letter or two.
_OPPOSED = (("intra", "inter"), ("hyper", "hypo"), ("hypo", "hyper"), ("inter", "intra"))
_OF_REMARKS = (
    "errat", "corr", "retract", "repl", "respon", "comment", "discuss", "rejoin", "addend", "suppl", "append",
    "concern", "review", "withdraw",
)  # fmt: skip
_SIGNS = re.compile(r"\w(\+\+|[+#*])(?!\w)")
_BEGIN = 24  # letters of a title key by which titles are looked up that may have the same beginning
_LONG = 300  # letters of a text that is no title
_LEAST_MAIN = 4  # letters of a title that can stand for itself and its subtitle
_LEAST_CUT = 12  # letters that are left of a title that was cut off
_LEAST_WORDS = 12  # letters of a title in which a word may be misspelt


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    r"""A title without case, accents, punctuation, LaTeX and blanks: "The $\alpha$-Test" gives "theαtest"."""
    return _kept_key(title) if len(title) < _LONG else _key(title)


def _key(title: str) -> str:
    folded = _folded(title)
    key = folded.translate(_NOT_ASCII_WORD) if folded.isascii() else _NOT_WORD.sub("", folded)
    return key or " ".join(title.split())


_kept_key = lru_cache(maxsize=1 << 13)(_key)  # of titles and names, which are compared again and again


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for how they are written; "C" and "C++" are not."""
    return title_key(one) == title_key(other) and _SIGNS.findall(one) == _SIGNS.findall(other)


def near_titles(one: str, other: str) -> bool:
    """Whether two titles may be spellings of one: a word misspelt or in the plural, the subtitle missing, cut off.

    Another number, part, negation or word makes another title, and so does an erratum, a reply or a review.
    """
    near = _misspelt(title_words(one), title_words(other)) or lacks_part(one, other) or lacks_part(other, one)
    return near and remark(one) == remark(other)


def lacks_part(short: str, whole: str) -> bool:
    """Whether one title is the other without its subtitle or what stands before it, or was cut off."""
    if short.endswith(("…", "...")):
        key = title_key(_CUT_OFF.sub("", short))
        return len(key) >= _LEAST_CUT and title_key(whole).startswith(key)
    return len(short) < len(whole) and title_key(short) in _parts(whole)


@lru_cache(maxsize=4096)
def title_marks(title: str) -> tuple[tuple[str, str], ...]:
    """What titles that are the same or near have in common: at least one of these."""
    key = title_key(title)
    marks = [("title", key)] if key else []
    marks += (("title", part) for part in _parts(title) if part != key)
    if len(key) >= _BEGIN:
        marks.append(("begin", key[:_BEGIN]))
    elif len(key) >= _LEAST_CUT:
        marks.append(("begin", key[:_LEAST_CUT]))
    words = title_words(title)
    if sum(map(len, words)) >= _LEAST_WORDS:
        marks.append(("words", " ".join(word[:2] for word in words)))
    return tuple(marks)


def remark(title: str) -> str:
    """What a title says of another work: "erratum", "repl"y, "comment", "review of"; "" for a work of its own."""
    folded = title.casefold()
    if not any(begin in folded for begin in _OF_REMARKS):
        return ""
    parts = (part.strip("( ") for part in (folded, *_SUBTITLE.split(folded)[1:]))
    return next((found[1] for part in parts if (found := _REMARK.match(part))), "")


@lru_cache(maxsize=4096)
def title_words(title: str) -> tuple[str, ...]:
    """The words of a title without markup, accents, case and small words."""
    if "<" in title or "{" in title or "$" in title:
        title = _MARKUP.sub("", title)
    words = _NOT_WORD.split(_folded(title))
    return tuple(word for word in words if word and word not in _SMALL_WORDS)


def _folded(title: str) -> str:
    if "\\" in title:
        title = _COMMAND.sub(_letter, title)
    if not title.isascii():
        decomposed = unicodedata.normalize("NFKD", title)
        title = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return title.replace("&", "and").casefold()


def _letter(match: re.Match[str]) -> str:
    name = match[1]
    if name in _STYLES:
        return ""
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {'LAMDA' if name.lower() == 'lambda' else name}")
    except KeyError:
        return name


def _parts(title: str) -> list[str]:
    """The keys of a title's main part and of what follows it, each of which may stand alone in another record."""
    found = _SUBTITLE.search(title)
    if found is None:
        return []
    main, rest = title[: found.start()], title[found.end() :]
    parts = []
    if len(title_key(main)) >= _LEAST_MAIN and not _PART.match(rest.lstrip("( ")) and not remark(title):
        parts.append(title_key(main))
    if len(title_key(rest)) >= _LEAST_WORDS:
        parts.append(title_key(rest))
    return parts


def _misspelt(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) != len(other) or sum(map(len, one)) < _LEAST_WORDS:
        return False
    differing = [(word, its) for word, its in zip(one, other, strict=True) if word != its]
    return len(differing) <= max(2, len(one) // 4) and all(_variants(*pair) for pair in differing)


def _variants(one: str, other: str) -> bool:
    """Whether two words are spellings of one: the same beginning, a letter or two apart in one place."""
    if min(len(one), len(other)) < 4 or one[:2] != other[:2] or not (one.isalpha() and other.isalpha()):
        return False
    if any(one.startswith(begin) and other.startswith(opposite) for begin, opposite in _OPPOSED):
        return False
    most = 1 if min(len(one), len(other)) < 8 else 2
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) <= most or (len(one) == 2 and one == other[::-1])
