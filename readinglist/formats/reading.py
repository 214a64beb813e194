"""Open a file's bytes: decode them, recognise the format by its content, and give the records one by one."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from readinglist.formats.encoding import Decoded, decode
from readinglist.formats.record import Feed, Holds, Problem, Record, Skipped

if TYPE_CHECKING:
    from readinglist.formats import Format

Entry = Record | Skipped | Feed | Problem

# Problems that say why nothing of a file could be read.
_REFUSALS = frozenset({"not_text", "not_recognised"})


@dataclass(frozen=True, slots=True)
class Opened:
    r"""A file that was recognised, or the error that says why it was not.

    `problems` are the warnings so far; `records` gives the records, and further warnings between them, while it reads.
    With an `error` there are no records. `text` is the decoded text with "\n" at all line ends.
    """

    format: str
    encoding: str
    text: str
    problems: tuple[Problem, ...]
    error: Problem | None
    records: Iterator[Entry]
    holds: Holds = Holds.LISTING


def open_text(name: str, data: bytes, today: date, columns: dict[str, str] | None = None) -> Opened:
    """Decode and recognise a file; never raises for what it holds.

    Args:
        name: the file's name; its suffix counts where the content alone does not decide.
        data: the file's bytes.
        today: the day that days without a year are reckoned from.
        columns: which column of a table is which field of a paper; the table's own names decide for the others.
    """
    from readinglist.formats import FORMATS, recognise
    from readinglist.formats.lookalikes import look_of, what_is_read

    for known in FORMATS:
        if known.reads and known.magic and data.startswith(known.magic):
            return _begin(known, Decoded("", ""), known.read_bytes(data, today, name))
    decoded = decode(data)
    if decoded.error is not None:
        return _failed(decoded.encoding, "", decoded.problems, decoded.error)
    found = recognise(name, decoded.text)
    if found is None:
        message = f"This looks like {look_of(decoded.text)}. {what_is_read()}"
        error = Problem("not_recognised", None, message)
        return _failed(decoded.encoding, decoded.text, decoded.problems, error)
    return _begin(found, decoded, found.read(decoded.text, today, columns or {}))


def _begin(found: "Format", decoded: Decoded, records: Iterator[Entry]) -> Opened:
    """What was opened, read up to its first record, so that a file without any is told at once."""
    begin: list[Entry] = []
    for entry in records:
        begin.append(entry)
        if not isinstance(entry, Problem):
            entries = itertools.chain(begin, records)
            return Opened(
                found.name, decoded.encoding, decoded.text, decoded.problems, None, entries, holds=found.holds
            )
    message = f"This looks like {found.title}, but there is no paper in it."
    told = tuple(entry for entry in begin if isinstance(entry, Problem))
    if told and told[-1].code in _REFUSALS:
        return _failed(decoded.encoding, decoded.text, decoded.problems + told[:-1], told[-1], found)
    problems = decoded.problems + told
    return _failed(decoded.encoding, decoded.text, problems, Problem("no_papers", None, message), found)


def _failed(
    encoding: str, text: str, problems: tuple[Problem, ...], error: Problem, found: "Format | None" = None
) -> Opened:
    return Opened(found.name if found else "", encoding, text, problems, error, iter(()))
