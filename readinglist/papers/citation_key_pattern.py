"""Patterns of citation keys as in JabRef, such as "[auth:lower][year]_[shorttitle:abbr]": what they say, and mistakes.

A pattern is text with markers in brackets. Behind a marker stand modifiers, each after a colon. Source: JabRef's
documentation, "Customize the citation key generator" (docs.jabref.org/setup/citationkeypatterns).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_REGEX = re.compile(r'regex\(\s*("(?:[^"\\]|\\.)*")\s*,\s*("(?:[^"\\]|\\.)*")\s*\)', re.DOTALL)
_TRUNCATE = re.compile(r"truncate(\d{1,3})")
_GROUP = re.compile(r"\$(\d)")
# A repetition within a repetition, which may take for ever to find nothing.
_ENDLESS = re.compile(r"[+*}]\)*[+*{]|[+*}][^()]*\)[+*{]")
_WORD = re.compile(r"\S+")
_BETWEEN_INITIALS = re.compile(r'[()\s"]+')
_MOST = 500  # characters of a pattern, and of a value that a regular expression is let at

# JabRef's function words: they count for nothing in a title.
SMALL_WORDS = frozenset(
    {
        "a", "an", "the", "and", "but", "for", "nor", "or", "so", "yet", "about", "above", "across", "after",
        "against", "along", "among", "around", "as", "at", "before", "behind", "below", "beneath", "beside",
        "between", "beyond", "by", "down", "during", "except", "from", "in", "inside", "into", "like", "near", "of",
        "off", "on", "onto", "over", "per", "since", "through", "to", "toward", "towards", "under", "until", "up",
        "upon", "via", "with", "within", "without",
    }
)  # fmt: skip

Modifier = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker, its modifiers in their order, and the text in place of an empty value."""

    name: str
    modifiers: tuple[Modifier, ...] = ()
    default: str = ""

    def applied(self, value: str) -> str:
        """A value as the modifiers make it."""
        if not value:
            return self.default
        for modify in self.modifiers:
            value = modify(value)
        return value


class PatternError(ValueError):
    """A pattern that cannot be meant; the message says why, in words for the reader."""


Part = str | Marker


@lru_cache(maxsize=64)
def parse_pattern(pattern: str) -> tuple[Part, ...]:
    """The text and the markers of a pattern, in their order.

    Raises:
        PatternError: a bracket is not closed, or a modifier is unknown or wrong.
    """
    if len(pattern) > _MOST:
        raise PatternError(f"A pattern has at most {_MOST} characters.")
    return tuple(_parts(pattern))


def _parts(pattern: str) -> Iterator[Part]:
    place = 0
    while place < len(pattern):
        start = pattern.find("[", place)
        text = pattern[place:] if start < 0 else pattern[place:start]
        if text:
            yield text
        if start < 0:
            return
        end = _end_of_marker(pattern, start + 1)
        yield _marker(pattern[start + 1 : end])
        place = end + 1


def _end_of_marker(pattern: str, start: int) -> int:
    """Where the bracket closes; one within quotes does not count."""
    place = start
    while place < len(pattern):
        quoted = _QUOTED.match(pattern, place)
        if quoted:
            place = quoted.end()
        elif pattern[place] == "]":
            return place
        else:
            place += 1
    raise PatternError(f"The bracket before “{pattern[start : start + 20]}” is not closed.")


def _marker(text: str) -> Marker:
    name, *modifiers = _split(text) or [""]
    if not name.strip():
        raise PatternError("There is nothing between two brackets.")
    default, found = "", []
    for modifier in modifiers:
        if modifier.startswith("(") and modifier.endswith(")"):
            default = modifier[1:-1]
        elif modifier:
            found.append(_modifier(modifier))
    return Marker(name.strip(), tuple(found), default)


def _split(text: str) -> list[str]:
    """What stands between colons; those within quotes and brackets do not count."""
    parts, start, place, depth = [], 0, 0, 0
    while place < len(text):
        quoted = _QUOTED.match(text, place)
        if quoted:
            place = quoted.end()
            continue
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if text[place] == ":" and depth <= 0:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [*parts, text[start:]]


def _modifier(text: str) -> Modifier:
    if text in _MODIFIERS:
        return _MODIFIERS[text]
    truncate, regex = _TRUNCATE.fullmatch(text), _REGEX.fullmatch(text)
    if truncate:
        length = int(truncate[1])
        return lambda value: value[:length].rstrip()
    if regex:
        return _replacement(_unquoted(regex[1]), _unquoted(regex[2]))
    known = ", ".join((*_MODIFIERS, "truncateN", 'regex("…","…")', "(…)"))
    raise PatternError(f"There is no modifier “{text}”. Known are {known}.")


def _unquoted(text: str) -> str:
    return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")


def _replacement(pattern: str, by: str) -> Modifier:
    if _ENDLESS.search(pattern):
        raise PatternError(f"The regular expression “{pattern}” repeats a repetition, which may take for ever.")
    by = _GROUP.sub(r"\\g<\1>", by.replace("\\", ""))
    try:
        wanted = re.compile(pattern)
        wanted.sub(by, "")
    except (re.error, IndexError, OverflowError, RecursionError) as error:
        raise PatternError(f"The regular expression “{pattern}” is wrong: {error}.") from error
    return lambda value: _substituted(wanted, by, value[:_MOST])


def _substituted(wanted: re.Pattern[str], by: str, value: str) -> str:
    try:
        return wanted.sub(by, value)
    except (re.error, IndexError):
        return value


def initials(text: str) -> str:
    """The first characters of the words."""
    words = _BETWEEN_INITIALS.split(re.sub("[{}']", "", text))
    return "".join(word[0] for word in words if word)


def _title_case(text: str) -> str:
    """Capitals for all words but the small ones; the first is never small."""
    found = [word.lower() if word.lower() in SMALL_WORDS else _capital(word.lower()) for word in _WORD.findall(text)]
    return _capital(" ".join(found))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


_MODIFIERS: Mapping[str, Modifier] = MappingProxyType(
    {
        "lower": str.lower,
        "upper": str.upper,
        "abbr": initials,
        "capitalize": lambda text: " ".join(map(_capital, text.lower().split())),
        "titlecase": _title_case,
        "sentencecase": lambda text: _capital(text.lower()),
    }
)
