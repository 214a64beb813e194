"""Dates as CSL-JSON, Zotero and papis hold them, to a year and the text of BibLaTeX's `date` field, and back.

Sources: CSL 1.0.2 (csl-data.json, date-variable), ISO 8601-2 "EDTF" level 1 as far as BibLaTeX takes it (biblatex
manual, section 2.3.8), zotero.org/support/kb/item_types_and_fields for dates as people type them.
"""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from readinglist.formats.json_text import line_of

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}  # as months of EDTF
_LAST_YEAR = 9999  # of those that four digits can tell

_POINT = r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
_EDTF = re.compile(rf"{_POINT}([~?%]?)(?:(/)(?:{_POINT}[~?%]?|\.\.|open)?)?")
_TIMED = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*", re.DOTALL)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?/?")
_YEAR_LAST = re.compile(r"(\d{1,2})([/.-])(?:(\d{1,2})\2)?(\d{4})")
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_WORDS = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.? {_MONTH},? (?P<year>\d{{4}})"),
    re.compile(rf"{_MONTH},? (?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? )?(?P<year>\d{{4}})"),
    re.compile(rf"(?P<year>\d{{4}}),? {_MONTH}(?: (?P<day>\d{{1,2}}))?"),
)
_SOME_YEAR = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")

_Point = tuple[int, ...]  # a year; with its month, or its season as 21 to 24; with its day


@dataclass(frozen=True, slots=True)
class Dated:
    """What a date says: the year; the text for a `date` field, where more than the year is known; what was no date.

    `wrong` tells that there were numbers which are no year, month or day; they were left out.
    """

    year: int | None = None
    date: str = ""
    words: str = ""
    wrong: bool = False


def read_date(value: object) -> Dated:
    """A date variable of CSL-JSON in any of its forms: date-parts, raw, literal, or a text by itself."""
    if not isinstance(value, Mapping):
        return read_date_text(line_of(value))
    found = _by_parts(value)
    text = line_of(value.get("raw")) or line_of(value.get("literal"))
    return read_date_text(text) if text and found.year is None else found


def read_date_text(text: str) -> Dated:
    """A date as people and programs type it: "2019-05-03", "May 2019", "3.5.2019", "Spring 2019", "c. 1900", "n.d."."""
    text = text.strip()
    timed = _TIMED.fullmatch(text)
    found = _edtf(timed[1] if timed else text) or _in_numbers(text) or _in_words(text)
    if found is not None and not found.wrong:
        return found
    year = _SOME_YEAR.search(text)
    return Dated(int(year[1]) if year else None, words=text, wrong=found is not None)


def csl_date(year: int | None, date: str) -> dict[str, object]:
    """The date variable of CSL-JSON for a year and the text of a `date` field; {} where neither says anything."""
    found = _EDTF.fullmatch(date)
    points = [point for point, _ in (_point(found.group(1, 2, 3)), _point(found.group(6, 7, 8)))] if found else [()]
    if not found or not points[0] or (year is not None and points[0][0] != year):
        return {} if year is None else {"date-parts": [[year]]}
    written: dict[str, object] = {"date-parts": [list(_without_season(point)) for point in points if point]}
    if not found[5] and points[0] != _without_season(points[0]):
        written["season"] = points[0][1] - 20
    if found[4]:
        written["circa"] = True
    return written


def month_in(text: str) -> int:
    """The number of a month by its number or its English name, however shortened; 0 for anything else."""
    text = text.strip().lower()
    if text.isdecimal() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else 0
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else 0


def _by_parts(value: Mapping[str, object]) -> Dated:
    parts = value.get("date-parts")
    numbers = [_numbers(numbers) for numbers in parts[:2]] if isinstance(parts, list) else []
    if not numbers:
        return Dated()
    first, wrong = _point(numbers[0])
    season = _season(value.get("season"))
    if len(first) == 1 and season:
        first = (*first, season)
    last, last_wrong = _point(numbers[1]) if len(numbers) > 1 else ((), False)
    circa = line_of(value.get("circa")).lower() not in {"", "0", "false"} or value.get("circa") is True
    return _dated((first, last), "~" if circa else "", is_range=len(numbers) > 1, wrong=wrong or last_wrong)


def _numbers(point: object) -> tuple[str, ...]:
    return tuple(line_of(part) for part in point) if isinstance(point, list) else ()


def _season(value: object) -> int:
    text = line_of(value).lower()
    if text in {"1", "2", "3", "4"}:
        return 20 + int(text)
    return _SEASONS.get(text, 0)


@lru_cache(maxsize=4096)
def _point(numbers: tuple[str | None, ...]) -> tuple[_Point, bool]:
    """The year, month and day of some texts, as far as they are such; and whether any was left out as impossible."""
    point: list[int] = []
    for number, fits in zip(numbers, (_year, _month, _day), strict=False):
        if not number or not number.strip("0 "):
            break
        found = fits(int(number), point) if re.fullmatch(r"-?\d{1,6}", number) else 0
        if not found:
            return tuple(point), True
        point.append(found)
        if found > 12 and len(point) == 2:
            break  # a season has no days
    return tuple(point), False


def _year(number: int, _: Sequence[int]) -> int:
    return number if abs(number) <= _LAST_YEAR else 0


def _month(number: int, _: Sequence[int]) -> int:
    """A month, or a season as EDTF writes it; citeproc-js also takes 13 to 16 for the seasons."""
    if 13 <= number <= 16:
        return number + 8
    return number if 1 <= number <= 12 or 21 <= number <= 24 else 0


def _day(number: int, point: Sequence[int]) -> int:
    return number if 1 <= number <= monthrange(point[0], point[1])[1] else 0


def _dated(points: tuple[_Point, _Point], mark: str, *, is_range: bool, wrong: bool) -> Dated:
    first, last = points
    if not first:
        return Dated(wrong=wrong)
    date = _text(first) + mark
    if is_range and last != first:
        date += f"/{_text(last)}{mark if last else ''}"
    return Dated(first[0], "" if date == _text(first[:1]) else date, wrong=wrong)


def _text(point: _Point) -> str:
    if not point:
        return ""
    return "-".join([f"{point[0]:0{4 + (point[0] < 0)}d}", *(f"{part:02d}" for part in point[1:])])


def _without_season(point: _Point) -> _Point:
    return point[:1] if len(point) == 2 and point[1] > 12 else point


def _edtf(text: str) -> Dated | None:
    found = _EDTF.fullmatch(text)
    if found is None:
        return None
    first, wrong = _point(found.group(1, 2, 3))
    last, last_wrong = _point(found.group(6, 7, 8))
    return _dated((first, last), found[4], is_range=bool(found[5]), wrong=wrong or last_wrong)


def _in_numbers(text: str) -> Dated | None:
    """A date in numbers; of "4/7/2014" the year alone, since nobody knows which of them is the month."""
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        numbers = found.group(1, 2, 3)
    else:
        found = _YEAR_LAST.fullmatch(text)
        if found is None:
            return None
        one, other = found[1], found[3]
        if other is None:
            numbers = (found[4], one, None)
        elif found[2] == "." or int(one) > 12 or one == other:
            numbers = (found[4], other, one)
        elif int(other) > 12:
            numbers = (found[4], one, other)
        else:
            return None
    point, wrong = _point(numbers)
    return _dated((point, ()), "", is_range=False, wrong=wrong)


def _in_words(text: str) -> Dated | None:
    for pattern in _WORDS:
        found = pattern.fullmatch(text)
        if found:
            name = found["month"].lower()
            month = _SEASONS.get(name, 0) or month_in(name)
            if not month:
                return None
            point, wrong = _point((found["year"], str(month), found["day"]))
            return _dated((point, ()), "", is_range=False, wrong=wrong)
    return None
