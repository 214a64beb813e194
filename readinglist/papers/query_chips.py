"""The filter chips below the search box: the field tests of a typed search in words, and edits of the text by them."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from readinglist.papers.edits import STATE_NAMES
from readinglist.papers.query import FieldTest, Node
from readinglist.papers.query_tokens import TEST_FIELDS, Kind, Token, split
from readinglist.papers.query_values import WORD_FIELDS, ValueProblem, test_for

# A paper has one of each, so that a new filter takes the place of the old one; of tags and the like it has several.
_ONE_OF_EACH = frozenset({"status", "in", "sort", "added", "read", "listed", "year", "rating", "seen"})
_PLACES = frozenset({"status", "is", "tag", "in"})

_ANY_DAY = date(2000, 6, 15)  # labels repeat words such as last-week; only their sense is checked here
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_OPERATOR = re.compile(r"(<=|>=|<|>|=|≤|≥)?\s*(.*)", re.DOTALL)
_SPECIAL = re.compile(r'[\s",|()]')
_IS = {"starred": "Starred", "new": "New", "unread": "Unread", "trashed": "Trash"}
_HAS = {
    "code": "Has code",
    "note": "Has notes",
    "pdf": "Has a PDF",
    "doi": "Has a DOI",
    "arxiv": "Is on arXiv",
    "authors": "Has authors",
    "abstract": "Has an abstract",
    "year": "Has a year",
    "link": "Has links",
    "tag": "Has tags",
    "rating": "Rated",
}
_WORDS = {"status": {state.value: name for state, name in STATE_NAMES.items()}, "is": _IS, "has": _HAS}
_NAMES = {
    "rating": "Rating",
    "seen": "Seen",
    "year": "Year",
    "venue": "Venue",
    "doi": "DOI",
    "arxiv": "arXiv",
    "key": "Key",
    "tag": "Tag",
    "sort": "Sorted by",
    "added": "Added",
    "read": "Read",
    "listed": "Listed",
}
_WHEN = {">": "after ", ">=": "from ", "<": "before ", "<=": "until ", "≥": "from ", "≤": "until ", "=": "", "": ""}
_COMPARED = {">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ ", "≥": "≥ ", "≤": "≤ ", "=": "", "": ""}


@dataclass(frozen=True, slots=True)
class Chip:
    """A field test of a typed search: where it stands in the text, and what it says in words.

    `value` is the test's value as a search writes it (several with commas between them), without quotes. `depth`
    counts the brackets around it.
    """

    start: int
    end: int
    label: str
    field: str
    value: str
    negated: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Test:
    """A test and how deep in brackets it stands; `first` is where it begins with what negates it."""

    token: Token
    first: int
    depth: int
    negated: bool


def chips(text: str) -> tuple[Chip, ...]:
    """The field tests in a text, in order. Those whose value means nothing are left out."""
    found = [_chip(test) for test in _tests(text)]
    return tuple(chip for chip in found if chip is not None)


def without(text: str, chip: Chip) -> str:
    """The text without one of its chips."""
    return cut(text, chip.start, chip.end)


def cut(text: str, start: int, end: int) -> str:
    """The text without what stands there, and without the `or` and the brackets that would be left over."""
    tokens = list(split(text))
    inside = [number for number, token in enumerate(tokens) if start <= token.start < end]
    if not inside:
        return text
    first, last = inside[0], inside[-1]
    while first and last + 1 < len(tokens) and _is(tokens[first - 1], Kind.OPEN) and _is(tokens[last + 1], Kind.CLOSE):
        first, last = first - 1, last + 1
        first -= bool(first) and _is(tokens[first - 1], Kind.NOT)
    if first and _is(tokens[first - 1], Kind.OR):
        first -= 1
    elif last + 1 < len(tokens) and _is(tokens[last + 1], Kind.OR):
        last += 1
    return _joined(text[: tokens[first].start], text[tokens[last].end :])


def with_filter(text: str, wanted: str) -> str:
    """The text with a filter such as status:inbox: in the place of the same field's where there can be only one.

    A value with blanks or other special characters may stand in quotes or not.
    """
    name, _, value = wanted.partition(":")
    field = TEST_FIELDS.get(name.strip().lower(), name)
    added = filter_text(field, value[1:-1].replace('""', '"') if value[:1] == value[-1:] == '"' else value)
    meant = next(iter(chips(added)), None)
    same = [chip for chip in chips(text) if meant and chip.field == meant.field and not chip.negated and not chip.depth]
    if meant and any(chip.value == meant.value for chip in same):
        return text
    if not same or field not in _ONE_OF_EACH:
        return _joined(_finished(text), added)
    for chip in reversed(same[1:]):
        text = without(text, chip)
    return text[: same[0].start] + added + text[same[0].end :]


def filter_text(field: str, value: str) -> str:
    """A filter as it is typed, with quotes where the value needs them: tag:nlp, in:"my file.txt"."""
    if _SPECIAL.search(value):
        value = '"' + value.replace('"', '""') + '"'
    return f"{field}:{value}"


def place(text: str) -> str:
    """The one filter that says where in the library the search is, such as status:inbox or tag:nlp; "" for none.

    Words and other filters beside it do not matter; a second such filter, or an `or` around it, does.
    """
    if any(token.kind is Kind.OR for token in split(text)):
        return ""
    found = [test for test in _tests(text) if test.token.field in _PLACES and _chip(test) is not None]
    if len(found) != 1 or found[0].depth or found[0].negated or len(found[0].token.values) > 1:
        return ""
    test = test_for(found[0].token.field, found[0].token.values[0], _ANY_DAY)
    return filter_text(test.field, str(test.value)) if isinstance(test, FieldTest) else ""


def _tests(text: str) -> Iterator[_Test]:
    """The tests of a text; within status:(a b) the words are tests as well."""
    fields = [""]
    negated_from: int | None = None
    for token in split(text):
        if token.kind is Kind.NOT:
            negated_from = token.start if negated_from is None else None
            continue
        if token.kind is Kind.OPEN:
            fields.append(token.field or fields[-1])
        elif token.kind is Kind.CLOSE and len(fields) > 1:
            fields.pop()
        test = token if token.kind is Kind.TEST else _in_group(token, fields[-1])
        if test is not None:
            first = test.start if negated_from is None else negated_from
            yield _Test(test, first, len(fields) - 1, negated_from is not None)
        negated_from = None


def _in_group(token: Token, field: str) -> Token | None:
    if token.kind in (Kind.WORD, Kind.PHRASE) and not token.field and field in TEST_FIELDS:
        return replace(token, kind=Kind.TEST, field=TEST_FIELDS[field])
    return None


def _chip(test: _Test) -> Chip | None:
    token = test.token
    values: list[str] = []
    labels: list[str] = []
    field = token.field
    for value in token.values:
        with suppress(ValueProblem):
            meant = test_for(token.field, value, _ANY_DAY) if value.strip() else None
            if meant is not None:
                field = meant.field if isinstance(meant, FieldTest) else field
                values.append(_plain_value(meant) or value.strip())
                labels.append(_label(field, values[-1]))
    if not values:
        return None
    label = " or ".join(labels)
    return Chip(
        start=test.first,
        end=token.end,
        label=f"Not {label}" if test.negated else label,
        field=field,
        value=",".join(values),
        negated=test.negated,
        depth=test.depth,
    )


def _plain_value(meant: Node) -> str:
    """The value as the field knows it, where that is a text."""
    return meant.value if isinstance(meant, FieldTest) and isinstance(meant.value, str) else ""


def _label(field: str, value: str) -> str:
    if field in WORD_FIELDS:
        return _WORDS[field].get(value) or f"{field.capitalize()}: {value}"
    if field == "in":
        return _listing(value)
    if field in ("added", "read", "listed"):
        return f"{_NAMES[field]} {_days(value)}"
    if field in ("rating", "seen", "year"):
        found = _OPERATOR.fullmatch(value)
        operator, number = found.groups() if found else ("", value)
        return f"{_NAMES[field]} {_COMPARED[operator or '']}{number.replace('..', '–').replace('-', '–')}"
    return f"{_NAMES[field]} {value}" if field == "sort" else f"{_NAMES[field]}: {value}"


def _listing(value: str) -> str:
    day, hash_sign, number = value.partition("#")
    if _DAY.fullmatch(day):
        return f"Listing {_day(day)}{' ' + hash_sign + number if hash_sign else ''}"
    return f"Listing: {value}"


def _days(value: str) -> str:
    first, dots, last = value.partition("..")
    if dots and first and last:
        return f"{_day(first)} – {_day(last)}"
    if dots:
        return f"from {_day(first)}" if first else f"until {_day(last)}"
    found = _OPERATOR.fullmatch(value)
    operator, text = found.groups() if found else ("", value)
    return _WHEN[operator or ""] + _day(text)


def _day(text: str) -> str:
    """A day or month in words: 2026-03-14 is 14 Mar 2026. Other words stay, with blanks."""
    parts = _DAY.fullmatch(text)
    if not parts:
        return text.lower().replace("-", " ")
    year, month, day = parts.groups()
    try:
        first = date(int(year), int(month), int(day or 1))
    except ValueError:
        return text
    return f"{first.day} {first:%b} {first.year}" if day else f"{first:%b} {first.year}"


def _finished(text: str) -> str:
    """The text in a form that what is written behind it counts beside all of it."""
    depth = 0
    either = False
    closed = True
    for token in split(text):
        depth = max(0, depth + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
        either = either or (token.kind is Kind.OR and not depth)
        closed = token.closed
    whole = text.rstrip() + ("" if closed else '"') + ")" * depth
    return f"({whole})" if either else whole


def _is(token: Token, kind: Kind) -> bool:
    return token.kind is kind


def _joined(before: str, after: str) -> str:
    before, after = before.rstrip(), after.lstrip()
    together = not before or not after or before.endswith("(") or after.startswith(")")
    return before + after if together else f"{before} {after}"
