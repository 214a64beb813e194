"""Open a file's bytes: decode them, recognise the format by its content, and give the records one by one."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from readinglist.formats.encoding import Decoded, decode
from readinglist.formats.packed_text import PackedText
from readinglist.formats.record import Feed, Holds, Problem, Record, Skipped

if TYPE_CHECKING:
    from readinglist.formats import Format

Entry = Record | Skipped | Feed | Problem

# Problems that say why nothing of a file could be read.
_REFUSALS = frozenset({"not_text", "not_recognised"})
_RECOGNISED = 8_000_000  # characters by which a format is recognised; of nearly all files that is the whole


@dataclass(frozen=True, slots=True)
class Opened:
    r"""A file that was recognised, or the error that says why it was not.

    `problems` are the warnings so far; `records` gives the records, and further warnings between them, while it reads.
    With an `error` there are no records. `packed` is the decoded text with "\n" at all line ends.
    """

    format: str
    encoding: str
    packed: PackedText
    problems: tuple[Problem, ...]
    error: Problem | None
    records: Iterator[Entry]
    holds: Holds = Holds.LISTING

    @property
    def text(self) -> str:
        """The whole text."""
        return str(self.packed)


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
            return _begin(known, Decoded(PackedText(), ""), known.read_bytes(data, today, name))
    decoded = decode(data)
    if decoded.error is not None:
        return _failed(decoded, decoded.error)
    beginning = decoded.packed.beginning(_RECOGNISED)
    found = recognise(name, beginning)
    if found is None:
        return _failed(
            decoded, Problem("not_recognised", None, f"This looks like {look_of(beginning)}. {what_is_read()}")
        )
    return _begin(found, decoded, found.read_packed(decoded.packed, today, columns or {}))


def _begin(found: "Format", decoded: Decoded, records: Iterator[Entry]) -> Opened:
    """What was opened, read up to its first record, so that a file without any is told at once."""
    begin: list[Entry] = []
    for entry in records:
        begin.append(entry)
        if not isinstance(entry, Problem):
            entries = itertools.chain(begin, records)
            return Opened(
                found.name, decoded.encoding, decoded.packed, decoded.problems, None, entries, holds=found.holds
            )
    told = tuple(entry for entry in begin if isinstance(entry, Problem))
    if told and told[-1].code in _REFUSALS:
        return _failed(decoded, told[-1], told[:-1], found)
    message = f"This looks like {found.title}, but there is no paper in it."
    return _failed(decoded, Problem("no_papers", None, message), told, found)


def _failed(decoded: Decoded, error: Problem, told: tuple[Problem, ...] = (), found: "Format | None" = None) -> Opened:
    name = found.name if found else ""
    return Opened(name, decoded.encoding, decoded.packed, decoded.problems + told, error, iter(()))
