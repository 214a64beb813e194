"""RIS, the format in which EndNote, Zotero, Mendeley, publishers and databases hand over records: in and out."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from readinglist.formats.record import Problem, Record, Skipped, WriteOptions
from readinglist.formats.ris_fields import paper_of
from readinglist.formats.ris_lines import Tagged, records_of
from readinglist.formats.ris_writing import text_of
from readinglist.papers.paper import Paper

_LOOKED_AT = 1 << 16
_START = re.compile(
    r"^[\s\ufeff]{0,8}TY[ \t\xa0]{0,4}[-\u2010-\u2013][ \t\xa0]{0,4}[A-Z]{2,10}[ \t\xa0]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TAG = re.compile(
    r"^[\s\ufeff]{0,8}[A-Z][A-Z0-9][ \t\xa0]{0,4}[-\u2010-\u2013](?:[ \t\xa0]|$)", re.IGNORECASE | re.MULTILINE
)
_SAYS_SOMETHING = frozenset({"TI", "T1", "CT", "BT", "AU", "A1", "DO", "UR", "AB", "N2", "T2", "JO", "JF"})
DEFAULT_OPTIONS = WriteOptions()


def sniff(text: str) -> bool:
    """Whether a text has a record's type on a line of its own, and further tags."""
    head = text[:_LOOKED_AT]
    start = _START.search(head)
    return start is not None and _TAG.search(head, start.end()) is not None


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of an RIS file in order; a record without its end is read up to the next."""
    position = 0
    for found in records_of(text):
        if isinstance(found, Problem):
            yield found
        elif reason := _says_nothing(found):
            yield Skipped(found.line, reason)
        else:
            position += 1
            paper, problems = paper_of(found.repaired(), today, found.line)
            if not found.ended:
                message = "This record has no end (ER); it was read up to the next one. Part of it may be missing."
                yield Problem("possibly_truncated", found.line, message)
            yield from problems
            yield Record(paper, found.line, position)


def _says_nothing(record: Tagged) -> str:
    if not any(value for tag, value in record.values if tag != "TY"):
        return "The record is empty."
    has_type = any(tag == "TY" for tag, _ in record.values)
    return "" if has_type or record.holds(_SAYS_SOMETHING) else "It has neither a type (TY) nor a title."


def write(papers: Iterable[Paper], options: WriteOptions = DEFAULT_OPTIONS) -> Iterator[str]:
    """The text of an RIS file, paper by paper, with the line ends that RIS has. Same papers, same text."""
    for paper in papers:
        yield text_of(paper, personal=options.personal).replace("\n", "\r\n")
