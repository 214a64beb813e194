"""Days as arXiv writes them in mails and on pages, and the year that an arXiv id tells."""

import re
from datetime import UTC, date
from email.utils import parsedate_to_datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?"
_DAYS = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {{1,2}}{_MONTH} {{1,2}}(?P<year>\d{{4}}|\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH} {{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?, {{0,2}}(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})(?P<sign>[-/])(?P<month>\d\d)(?P=sign)(?P<day>\d\d)(?!\d)"),
)
_OF_MONTH = re.compile(r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?(?P<year>\d\d)(?:0[1-9]|1[0-2])(?:\.\d{4,5}|\d{3})(?:v\d+)?")
_FIRST_YEAR = 91  # arXiv began in August 1991


def day_in(text: str) -> date | None:
    """The first day that a text names, such as "Fri, 17 Mar 23 00:31:14 GMT" or "Friday, 17 March 2023", in UTC."""
    for shape in _DAYS:
        found = shape.search(text)
        if found is not None:
            return _in_utc(text) or _date(found)
    return None


def days_in(text: str) -> list[date]:
    """All days of a text written as "16 Mar 23"."""
    return [day for found in _DAYS[0].finditer(text) if (day := _date(found)) is not None]


def year_of_id(arxiv_id: str) -> int | None:
    """The year in which a paper got its id: 2303.08867 in 2023, hep-th/9701041 in 1997."""
    found = _OF_MONTH.fullmatch(arxiv_id)
    return _full_year(found["year"]) if found else None


def _in_utc(text: str) -> date | None:
    """The day of a time of a mail: with a zone it is that of Greenwich, as on arXiv's pages."""
    try:
        moment = parsedate_to_datetime(text)
        return moment.astimezone(UTC).date() if moment.tzinfo else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _date(found: re.Match[str]) -> date | None:
    month = found["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
    try:
        return date(_full_year(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (1900 if year >= _FIRST_YEAR else 2000)
