"""JSON taken safely: whole, or one object of an array after the other with its line; damage costs one object alone."""

import json
import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.formats.record import Problem, Skipped

_BLANK = re.compile(r"[\s\ufeff]*")
_BETWEEN = re.compile(r"[\s\ufeff,]*")
_COLON = re.compile(r"[\s\ufeff]*:[\s\ufeff]*")
# A string up to its end (or up to the text's, with no second quotation mark), or a bracket.
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*("?)|[\[{]|[\]}]', re.DOTALL)
# Any escape; the group is half of a surrogate pair without its other half (RFC 8259, section 7).
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_SURROGATE = re.compile("[\ud800-\udfff]")
# What can stand behind a stray word: the next value, or the end of the array.
_NEXT = re.compile(r'[,\[{"\]]')
_LONGEST_NUMBER = 4000  # digits; Python refuses to make a number of more than 4300
_LEVELS = 3  # of objects around the array of records, such as {"message": {"items": [...]}}
_MOST_DAMAGED = 1000  # objects; with more of them, the rest of a text is not worth the time


@dataclass(frozen=True, slots=True)
class Item:
    """One value of an array, and the line (from 1) on which it begins."""

    value: object
    line: int


def load(text: str) -> object:
    """What a text of JSON holds.

    Numbers too long or too large for Python stay text, NaN and the infinities become None, halves of surrogate pairs
    U+FFFD; of repeated names in an object the last one counts.

    Raises:
        ValueError: the text is no JSON, or is nested too deeply.
    """
    text = without_surrogates(text)
    value, end = _decode(text, _after(_BLANK, text, 0))
    if _after(_BLANK, text, end) != len(text):
        raise ValueError("There is more text after the end of the JSON.")
    return value


def records(text: str, at: Collection[str] = ()) -> Iterator[Item | Skipped | Problem]:
    """The values of the top-level array, one by one; where there is none, of the array that `at` names.

    `at` names members of the top-level object, and of objects found there, which hold the array or the one value. An
    object without any of them is itself a value, and so are those that follow it (JSON Lines). A value that cannot be
    read is Skipped, and the next one is read; a text that ends too soon gives a Problem. Never raises.
    """
    text = without_surrogates(text)
    yield from _Values(text, _place_of(text, at)).all()


def member(text: str, name: str) -> object:
    """The value of one member of the top-level object, None where there is no such member or no object."""
    text = without_surrogates(text)
    try:
        for found, start in _members(text, _after(_BLANK, text, 0)):
            if found == name:
                return _decode(text, start)[0]
    except ValueError:
        pass
    return None


def line_of(value: object) -> str:
    """A string or a number as one clean line of text; "" for anything else."""
    return clean_line(value) if isinstance(value, str) else _number_text(value)


def lines_of(value: object) -> str:
    """A string or a number as clean text with its line ends; "" for anything else."""
    return clean_lines(value) if isinstance(value, str) else _number_text(value)


def without_surrogates(text: str) -> str:
    """The text of JSON with U+FFFD in place of halves of surrogate pairs, also where they stand as escapes."""
    if "\\ud" in text or "\\uD" in text:
        text = _ESCAPE.sub(lambda match: "\\ufffd" if match[1] else match[0], text)
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def any_text(value: object) -> str:
    """A string or a number as clean text; anything else as its JSON, "" where that is nested too deeply to be kept."""
    try:
        return lines_of(value) or json.dumps(value, ensure_ascii=False, sort_keys=True)
    except RecursionError:
        return ""


def _number_text(value: object) -> str:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


class _Values:
    """A walk over the values of an array, or over those that stand one after another in a text."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._in_array = text.startswith("[", start)
        self._place = start + self._in_array
        self._line, self._counted = 1, 0
        first = _after(_BLANK, text, self._place)
        line_start = text.rfind("\n", 0, first) + 1
        # What a line begins with that begins a value, where values begin on lines of their own.
        self._mark = f"\n{text[line_start:first]}{{" if text[line_start:first].strip() == "" else ""

    def all(self) -> Iterator[Item | Skipped | Problem]:
        damaged = 0
        while self._to_next() and damaged < _MOST_DAMAGED:
            line = self._line_here()
            try:
                value, self._place = _decode(self._text, self._place)
            except ValueError as error:
                damaged += 1
                self._place = self._next_place()
                yield Skipped(line, f"This is no valid JSON: {error}")
            else:
                yield Item(value, line)
        if damaged == _MOST_DAMAGED:
            message = f"There are {damaged:,} damaged records up to here; what follows was not read."
            yield Problem("possibly_truncated", self._line_here(), message)
        elif self._in_array and self._place >= len(self._text):
            message = "The file ends before its list does: it may have been cut off, and papers may be missing."
            yield Problem("possibly_truncated", self._line_here(), message)

    def _to_next(self) -> bool:
        self._place = _after(_BETWEEN, self._text, self._place)
        return self._place < len(self._text) and not (self._in_array and self._text[self._place] == "]")

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._place)
        self._counted = self._place
        return self._line

    def _next_place(self) -> int:
        """Where to go on behind a value that cannot be read."""
        if self._mark:
            found = self._text.find(self._mark, self._place + 1)
            if found >= 0:
                return found
            self._mark = ""
        return _end_of_value(self._text, self._place)


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _decode(text: str, start: int) -> tuple[object, int]:
    """The value that begins here, and the place behind it.

    Raises:
        ValueError: there is none.
    """
    try:
        return _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg[:1].lower()}{error.msg[1:]} in line {error.lineno:,}.") from None
    except RecursionError:
        raise ValueError("it is nested too deeply.") from None


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _number(digits: str) -> float | str:
    value = float(digits) if len(digits) <= _LONGEST_NUMBER else math.inf
    return value if math.isfinite(value) else digits


# Files of real programs hold line ends and tabs within strings, which strict JSON forbids.
_DECODER = json.JSONDecoder(strict=False, parse_int=_integer, parse_float=_number, parse_constant=lambda _: None)


def _place_of(text: str, at: Collection[str]) -> int:
    """Where the array or the values begin."""
    start = _after(_BLANK, text, 0)
    for _ in range(_LEVELS):
        try:
            inner = next((place for name, place in _members(text, start) if name in at and text[place] in "[{"), None)
        except (ValueError, IndexError):  # found again, and told, when the values are read
            return start
        if inner is None:
            return start
        start = inner
    return start


def _members(text: str, start: int) -> Iterator[tuple[object, int]]:
    """The names of the members of an object, each with the place where its value begins.

    Raises:
        ValueError: the text is damaged before the member asked for.
    """
    place = start
    while text.startswith("{", start) and place < len(text):
        place = _after(_BETWEEN, text, place + (place == start))
        if text.startswith("}", place):
            return
        name, place = _decode(text, place)
        place = _after(_COLON, text, place)
        yield name, place
        place = _decode(text, place)[1]


def _end_of_value(text: str, start: int) -> int:
    """The place behind a value that cannot be read, by its brackets; the end of the text where they do not close."""
    if text[start] not in '[{"':
        found = _NEXT.search(text, start + 1)
        return found.start() if found else len(text)
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if token[0][0] == '"':
            if not token[1]:
                break
            continue
        depth += 1 if token[0] in "[{" else -1
        if depth <= 0:
            return token.end()
    return len(text)
