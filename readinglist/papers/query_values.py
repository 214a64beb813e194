"""The values of field tests: what a reader writes after status:, year:, added: and the like, and what it means."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from readinglist.errors import UsageError
from readinglist.papers.edits import parse_state
from readinglist.papers.paper import ReadingState
from readinglist.papers.query import And, DateRange, FieldTest, Node, Or

IS_WORDS = ("starred", "new", "unread", "trashed")
HAS_WORDS = ("code", "note", "pdf", "doi", "arxiv", "authors", "abstract", "year", "link", "tag", "rating")
STATE_WORDS = tuple(state.value for state in ReadingState)
SORT_WORDS = ("best", "listed", "added", "title", "year", "rating")

# Their values are a few known words.
WORD_FIELDS = frozenset({"status", "is", "has"})

_OPERATOR = re.compile(r"(<=|>=|<|>|=)?\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,6}")
_NUMBER_RANGE = re.compile(r"([0-9]{1,6})?(?:\.\.|[-–])([0-9]{1,6})?")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_LAST_DAYS = re.compile(r"last-([0-9]{1,4})-days?")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")  # the last one, or today
_URL = re.compile(r"(?:https?://)?(?:www\.|dx\.)?(?:doi\.org/|arxiv\.org/(?:abs|pdf)/)", re.IGNORECASE)
_DATE_HELP = "Write a day (2026-03-14), a month (2026-03), a year, today, last-week, last-30-days, or 2026-01..2026-03."
_DAY = timedelta(days=1)


class ValueProblem(UsageError):  # noqa: N818 - it becomes a QueryProblem
    """A value that its field cannot have; the message says what it can."""


def test_for(field: str, value: str, today: date) -> Node:
    """The test that a field and one value mean.

    Raises:
        ValueProblem: the field cannot have this value.
    """
    return _READERS[field](field, value.strip(), today)


def _begun(field: str, value: str, words: Iterable[str]) -> Node | None:
    """The tests of the words that a value such as re* begins; None where it is no such value, or begins none."""
    start = value.lower().removesuffix("*")
    tests: tuple[Node, ...] = ()
    if start and value.endswith("*"):
        tests = tuple(FieldTest(field, "=", word) for word in words if word.startswith(start))
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else Or(tests)


def _status(_field: str, value: str, _today: date) -> Node:
    begun = _begun("status", value, STATE_WORDS)
    return FieldTest("status", "=", _state(value).value) if begun is None else begun


def _state(value: str) -> ReadingState:
    try:
        return parse_state(value)
    except UsageError as error:
        raise ValueProblem(str(error)) from error


def _is(_field: str, value: str, _today: date) -> Node:
    word = value.lower()
    begun = _begun("is", word, IS_WORDS)
    if begun is not None:
        return begun
    if word in IS_WORDS:
        return FieldTest("is", "=", word)
    try:
        return FieldTest("status", "=", parse_state(word).value)
    except UsageError as error:
        known = ", ".join((*IS_WORDS, *STATE_WORDS))
        raise ValueProblem(f"is:{value} is not known. Possible are {known}.") from error


def _has(_field: str, value: str, _today: date) -> Node:
    word = value.lower()
    begun = _begun("has", word, HAS_WORDS)
    if begun is not None:
        return begun
    for known in HAS_WORDS:
        if word.removesuffix("s") == known.removesuffix("s"):
            return FieldTest("has", "=", known)
    raise ValueProblem(f"has:{value} is not known. Possible are {', '.join(HAS_WORDS)}.")


def _number(field: str, value: str, _today: date) -> Node:
    operator, number = _operator(value)
    if _NUMBER.fullmatch(number):
        return FieldTest(field, operator, _checked(field, int(number)))
    between = _NUMBER_RANGE.fullmatch(number)
    if operator == "=" and between and any(between.groups()):
        first, last = between.groups()
        tests: list[Node] = []
        if first:
            tests.append(FieldTest(field, ">=", _checked(field, int(first))))
        if last:
            tests.append(FieldTest(field, "<=", _checked(field, int(last))))
        return tests[0] if len(tests) == 1 else And(tuple(tests))
    example = {"year": "2020, >2019 or 2019-2021", "rating": "4, >=3 or 3-5", "seen": "2 or >=2"}[field]
    raise ValueProblem(f"{field}: needs a number, such as {example}, not {value!r}.")


def _checked(field: str, number: int) -> int:
    if field == "rating" and number > 5:
        raise ValueProblem(f"A rating is a number from 1 to 5, or 0 for none, not {number}.")
    return number


def _text(field: str, value: str, _today: date) -> Node:
    """Parts of a text are enough, so that it may go on anyway: a star at its end says nothing."""
    return FieldTest(field, "=", value.rstrip("*") or value)


def _tag(field: str, value: str, _today: date) -> Node:
    return FieldTest(field, "=", value.removeprefix("#").strip("/ "))


def _doi(field: str, value: str, _today: date) -> Node:
    return FieldTest(field, "=", _URL.sub("", value).lower())


def _arxiv(field: str, value: str, _today: date) -> Node:
    bare = _URL.sub("", value).removesuffix(".pdf")
    return FieldTest(field, "=", re.sub(r"^arxiv:", "", bare, flags=re.IGNORECASE))


def _dates(field: str, value: str, today: date) -> Node:
    return FieldTest(field, "=", date_range(value, today))


def date_range(value: str, today: date) -> DateRange:
    """The days that a value such as 2026-03, >=2026-03-14, last-week or 2026-01..2026-03 means.

    Raises:
        ValueProblem: it means no days.
    """
    operator, text = _operator(value.lower())
    if operator == "=":
        begin, dots, end = text.partition("..")
        if dots and (begin or end):
            return DateRange(_period(begin, today)[0] if begin else None, _period(end, today)[1] if end else None)
        return DateRange(*_period(text, today))
    first, last = _period(text, today)
    if operator == ">=":
        return DateRange(first, None)
    if operator == "<=":
        return DateRange(None, last)
    if (operator == ">" and last == date.max) or (operator == "<" and first == date.min):
        raise ValueProblem(f"There are no days {operator} {text}. {_DATE_HELP}")
    return DateRange(last + _DAY, None) if operator == ">" else DateRange(None, first - _DAY)


def _period(text: str, today: date) -> tuple[date, date]:
    """First and last day of a year, a month, a day, or of a period named by words."""
    named = _named_period(text, today)
    if named:
        return named
    parts = _DATE.fullmatch(text)
    if not parts:
        raise ValueProblem(f"{text!r} is no date. {_DATE_HELP}")
    year, month, day = parts.groups()
    try:
        whole = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValueProblem(f"There is no such date as {text}. {_DATE_HELP}") from error
    if day:
        return whole, whole
    return _month(whole) if month else _year(whole)


def _named_period(text: str, today: date) -> tuple[date, date] | None:
    days = _LAST_DAYS.fullmatch(text)
    if days:
        back = min(max(int(days.group(1)) - 1, 0), (today - date.min).days)
        return today - timedelta(days=back), today
    if text in _WEEKDAYS:
        day = today - timedelta(days=(today.weekday() - _WEEKDAYS.index(text)) % 7)
        return day, day
    reader = _PERIODS.get(text.replace(" ", "-"))
    try:
        return reader(today) if reader else None
    except OverflowError as error:
        raise ValueProblem(f"There is no such date as {text}. {_DATE_HELP}") from error


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _year(day: date) -> tuple[date, date]:
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


def _operator(value: str) -> tuple[str, str]:
    normal = value.replace("≥", ">=").replace("≤", "<=")
    found = _OPERATOR.fullmatch(normal)
    return (found.group(1) or "=", found.group(2)) if found else ("=", normal)


def _sort(_field: str, value: str, _today: date) -> Node:
    if value.lower() not in SORT_WORDS:
        raise ValueProblem(f"There is no order {value!r}. Possible are {', '.join(SORT_WORDS)}.")
    return FieldTest("sort", "=", value.lower())


_PERIODS: dict[str, Callable[[date], tuple[date, date]]] = {
    "today": lambda today: (today, today),
    "yesterday": lambda today: (today - _DAY, today - _DAY),
    "this-week": _week,
    "last-week": lambda today: _week(today - 7 * _DAY),
    "this-month": _month,
    "last-month": lambda today: _month(today.replace(day=1) - _DAY),
    "this-year": _year,
    "last-year": lambda today: _year(today.replace(month=1, day=1) - _DAY),
}
PERIOD_WORDS = tuple(_PERIODS)
_READERS: dict[str, Callable[[str, str, date], Node]] = {
    "tag": _tag,
    "status": _status,
    "is": _is,
    "has": _has,
    "rating": _number,
    "seen": _number,
    "year": _number,
    "venue": _text,
    "doi": _doi,
    "arxiv": _arxiv,
    "key": _text,
    "in": _text,
    "added": _dates,
    "read": _dates,
    "listed": _dates,
    "sort": _sort,
}
