"""The tests of the search language that the database answers: a FieldTest in, a condition on papers out."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
)

from readinglist.papers.paper import ReadingState
from readinglist.papers.query import DateRange, FieldTest
from readinglist.store.tables import LISTINGS, NOTES, PAPER_TAGS, PAPERS, SIGHTINGS, SOURCES, TAGS

Condition = ColumnElement[bool]

_DAY_BEGUN = re.compile(r"[0-9]{4}(?:-[0-9]{0,2}(?:-[0-9]{0,2})?)?")


def condition(test: FieldTest) -> Condition:
    """The condition on `papers` that a test means; a test of another version's language finds nothing."""
    make = _TESTS.get(test.field)
    return false() if make is None else make(test)


def in_listings(test: FieldTest) -> Select[int]:
    """The listings that an in: test names: a day or its beginning, "day#number", a part of a listing's or file's name.

    The beginning of a day is a year at least: 2026 or 2026-03.
    """
    value = str(test.value)
    day, _, number = value.partition("#")
    if _is_day(day):
        query = select(LISTINGS.c.id).where(LISTINGS.c.day == datetime.strptime(day, "%Y-%m-%d").date())  # noqa: DTZ007
        return query.where(LISTINGS.c.number == int(number)) if number.isdigit() else query
    name = f"%{_escape_like(value)}%"
    named = or_(SOURCES.c.name.ilike(name, escape="\\"), LISTINGS.c.name.ilike(name, escape="\\"))
    if _DAY_BEGUN.fullmatch(value):
        named = or_(named, cast(LISTINGS.c.day, String).like(f"{value}%"))
    return select(LISTINGS.c.id).join(SOURCES).where(named)


def _status(test: FieldTest) -> Condition:
    return PAPERS.c.state == str(test.value)


def _is(test: FieldTest) -> Condition:
    quiet = (ReadingState.READ.value, ReadingState.SKIPPED.value)
    meanings: dict[str, Condition] = {
        "starred": PAPERS.c.starred == true(),
        "new": PAPERS.c.looked_at.is_(None),
        "unread": PAPERS.c.state.not_in(quiet),
        "read": PAPERS.c.state == ReadingState.READ.value,
        "trashed": PAPERS.c.trashed.is_not(None),
    }
    return meanings.get(str(test.value), false())


def _has(test: FieldTest) -> Condition:
    meanings: dict[str, Condition] = {
        "code": PAPERS.c.has_code == true(),
        "note": PAPERS.c.id.in_(select(NOTES.c.paper_id)),
        "tag": PAPERS.c.id.in_(select(PAPER_TAGS.c.paper_id)),
        "doi": PAPERS.c.doi != "",
        "arxiv": PAPERS.c.arxiv_id != "",
        "authors": func.json_array_length(PAPERS.c.authors) > 0,
        "abstract": PAPERS.c.abstract != "",
        "link": func.json_array_length(PAPERS.c.links) > 0,
        "year": PAPERS.c.year.is_not(None),
        "rating": PAPERS.c.rating > 0,
        "pdf": literal_column("papers.attachments != '[]'", Boolean),
    }
    return meanings.get(str(test.value), false())


def _number(column: Column[int] | Column[int | None]) -> Callable[[FieldTest], Condition]:
    def make(test: FieldTest) -> Condition:
        value = test.value
        if isinstance(value, DateRange):
            return _years(column, value)
        compare: Mapping[str, Callable[[Any], Condition]] = {
            "=": column.__eq__,
            "<": column.__lt__,
            "<=": column.__le__,
            ">": column.__gt__,
            ">=": column.__ge__,
        }
        return compare[test.operator](value)

    return make


def _years(column: Any, days: DateRange) -> Condition:  # noqa: ANN401 - a column of whole numbers
    ends = []
    if days.first is not None:
        ends.append(column >= days.first.year)
    if days.last is not None:
        ends.append(column <= days.last.year)
    return and_(column.is_not(None), *ends)


def _contains(column: Column[str]) -> Callable[[FieldTest], Condition]:
    return lambda test: column.ilike(f"%{_escape_like(str(test.value))}%", escape="\\")


def _key(test: FieldTest) -> Condition:
    """The citation key, or one by which the paper is known too since another paper was merged into it."""
    extra: ColumnElement[str] = literal_column("papers.extra", String)
    others: ColumnElement[str] = literal_column("json_extract(papers.extra, '$.ids')", String)
    name = f"%{_escape_like(str(test.value))}%"
    has_others = and_(extra.like('%"ids"%'), others.ilike(name, escape="\\"))
    return or_(PAPERS.c.citation_key.ilike(name, escape="\\"), has_others)


def _time(
    column: Column[datetime] | Column[datetime | None],
) -> Callable[[FieldTest], Condition]:
    def make(test: FieldTest) -> Condition:
        days = test.value
        if not isinstance(days, DateRange):
            return false()
        ends = []
        if days.first is not None:
            ends.append(column >= _midnight(days.first))
        if days.last is not None:
            ends.append(column < _midnight(days.last + timedelta(days=1)))
        return and_(column.is_not(None), *ends)

    return make


def _midnight(day: Any) -> datetime:  # noqa: ANN401 - a date
    """The first moment of a day where the reader lives."""
    return datetime.combine(day, time()).astimezone(UTC)


def _listed(test: FieldTest) -> Condition:
    days = test.value
    if not isinstance(days, DateRange):
        return false()
    query = select(SIGHTINGS.c.paper_id).join(LISTINGS)
    if days.first is not None:
        query = query.where(LISTINGS.c.day >= days.first)
    if days.last is not None:
        query = query.where(LISTINGS.c.day <= days.last)
    return PAPERS.c.id.in_(query)


def _in(test: FieldTest) -> Condition:
    return PAPERS.c.id.in_(select(SIGHTINGS.c.paper_id).where(SIGHTINGS.c.listing_id.in_(in_listings(test))))


def _tag(test: FieldTest) -> Condition:
    name = str(test.value)
    begins = TAGS.c.name.ilike(f"{_escape_like(name.removesuffix('*'))}%", escape="\\")
    below = TAGS.c.name.ilike(f"{_escape_like(name)}/%", escape="\\")
    wanted: Condition = begins if name.endswith("*") else or_(TAGS.c.name == name, below)
    if test.unfinished:
        wanted = or_(wanted, and_(begins, ~exists(select(TAGS.c.id).where(wanted).correlate(None))))
    tags = select(TAGS.c.id).where(wanted)
    return PAPERS.c.id.in_(select(PAPER_TAGS.c.paper_id).where(PAPER_TAGS.c.tag_id.in_(tags)))


def _escape_like(value: str) -> str:
    return value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _is_day(value: str) -> bool:
    try:
        datetime.strptime(value, "%Y-%m-%d")  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return False
    return True


_TESTS: Mapping[str, Callable[[FieldTest], Condition]] = {
    "status": _status,
    "is": _is,
    "has": _has,
    "tag": _tag,
    "in": _in,
    "listed": _listed,
    "rating": _number(PAPERS.c.rating),
    "seen": _number(PAPERS.c.seen),
    "year": _number(PAPERS.c.year),
    "added": _time(PAPERS.c.added),
    "read": _time(PAPERS.c.read_at),
    "venue": _contains(PAPERS.c.venue),
    "doi": _contains(PAPERS.c.doi),
    "arxiv": _contains(PAPERS.c.arxiv_id),
    "key": _key,
}
