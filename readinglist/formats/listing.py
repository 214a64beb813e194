"""The listing of the Hugging Face papers page, copied as text: titles and abstracts in turn, under their day."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Paper

_HEADER = frozenset({"new", "get trending papers in your email inbox!", "subscribe", "byak and the research community"})


def sniff(text: str) -> bool:
    """Whether a text is such a listing."""
    return "research community" in text[:2000]


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of a listing in order; a day without a year is the latest such day that is not after `today`."""
    day: date | None = None
    title, position, start = "", 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.casefold() in _HEADER:
            continue
        if re.fullmatch(r"[A-Z][a-z]{2} \d\d?", line):
            day = datetime.strptime(f"{line} {today.year}", "%b %d %Y").date()  # noqa: DTZ007
        elif not title:
            title, start = line, number
        else:
            position += 1
            yield Record(Paper(title=title, abstract=line), start, position, day)
            title = ""
