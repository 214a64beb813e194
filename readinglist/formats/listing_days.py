"""Days as listings write them: "Mar 14", "14 March 2025", "Fri, Mar 14, 2025", "2025-03-14"."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_BEFORE = (
    r"(?:(?:daily|trending)?\s*papers?\s*(?:for|of|from|on|[:·|–—-])?\s*)?"
    r"(?P<weekday>(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
)
_AFTER = r"\s*[.,:·]?"
_SHAPES = tuple(
    re.compile(_BEFORE + shape + _AFTER, re.IGNORECASE)
    for shape in (
        rf"{_MONTH}\s*{_DAY}(?:,?\s+{_YEAR})?",
        rf"{_DAY}\.?\s*(?:of\s+)?{_MONTH},?(?:\s+{_YEAR})?",
        rf"{_YEAR}(?P<sign>[-/.])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)",
        rf"(?P<month>\d\d?)(?P<sign>[-/.])(?P<day>\d\d?)(?P=sign){_YEAR}",
    )
)
_LONGEST = 48


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as written, before it is known whether there is such a day. `year` is None where none stands there.

    `style` is the same for days written alike: a listing writes its days in one style.
    """

    month: int
    day: int
    year: int | None
    style: str

    def resolve(self, today: date) -> date | None:
        """The day meant; without a year the latest such day not after `today`. None: there is no such day."""
        if self.year is not None:
            return _date(self.year, self.month, self.day)
        for year in range(today.year, max(today.year - 9, 0), -1):  # 29 February: eight years apart around 1900, 2100
            found = _date(year, self.month, self.day)
            if found is not None and found <= today:
                return found
        return None


def written_day(line: str) -> WrittenDay | None:
    """The day that a line consists of, or None where it says anything else."""
    if len(line) > _LONGEST or not any(character.isdigit() for character in line):
        return None
    for number, shape in enumerate(_SHAPES):
        match = shape.fullmatch(line)
        if match is not None:
            return _written(match, number)
    return None


def _written(match: re.Match[str], shape: int) -> WrittenDay:
    parts = match.groupdict()
    name, day, year = parts["month"], int(parts["day"]), parts["year"]
    month = int(name) if name.isdigit() else _MONTHS.index(name[:3].lower()) + 1
    if shape == 3 and (parts["sign"] == "." or month > 12):  # 14.03.2025 and 14/03/2025, but 03/14/2025
        month, day = day, month
    written_out = not name.isdigit() and len(name) > 4
    return WrittenDay(month, day, int(year) if year else None, f"{shape}{bool(parts['weekday'])}{written_out}")


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
