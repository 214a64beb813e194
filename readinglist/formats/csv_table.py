"""Tables (CSV, TSV) of papers: in, with any usual names of columns or a mapping of them, and out for spreadsheets.

Out: RFC 4180 in UTF-8 with a byte order mark, without which Excel takes UTF-8 for Windows-1252. A cell that a
spreadsheet would take for a formula has an apostrophe before it (owasp.org "CSV Injection"), which reading removes.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from readinglist.formats import csv_rows
from readinglist.formats.csv_columns import FIELDS, guessed_fields, is_header, is_row_number, unknown_field
from readinglist.formats.csv_fields import Cell, paper_of_cells
from readinglist.formats.csv_rows import Row
from readinglist.formats.csv_writing import COLUMNS, PERSONAL_COLUMNS, cells_of
from readinglist.formats.record import Problem, Record, Skipped, WriteOptions
from readinglist.papers.paper import Paper

__all__ = ["FIELDS", "columns_of", "read", "sniff", "write"]

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
DEFAULT_OPTIONS = WriteOptions()
_MOST_NAMED = 30  # columns in a message
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")  # full-width signs begin formulas too
_GUARDED = re.compile(rf"'{_FORMULA.pattern}")
_SOME_DAY = date(2000, 1, 1)  # notes are compared without their days
_EXAMPLE = 120  # characters
_LEFT_OUT = "-"  # in place of a field
_ONLY_ONE = frozenset(FIELDS) - {"keywords", "tags", "notes", "url", "issn", "isbn", "extra"}


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the header of a table stands, and the field that each column holds, "" for none of ours."""

    delimiter: str
    headers: tuple[str, ...]
    fields: tuple[str, ...]
    header_line: int


def sniff(text: str) -> bool:
    """Whether a text is a table with a header that names titles and something else, and equally long rows."""
    if not csv_rows.may_begin_with_header(text):
        return False
    delimiter = csv_rows.delimiter_of(text)
    rows = csv_rows.first_rows(text, delimiter)
    place = next((place for place, row in enumerate(rows[: csv_rows.ROWS_ABOVE]) if is_header(row.cells)), None)
    if place is None:
        return False
    width = len(rows[place].cells)
    below = rows[place + 1 :]
    even = sum(len(row.cells) == width for row in below)
    return not below or even * 2 > len(below)


def columns_of(text: str) -> list[tuple[str, str, str]]:
    """The columns of a table: header, the field that it is taken for ("" for none), and an example of its cells."""
    table = _table_of(text, {})
    rows = [row for row in csv_rows.first_rows(text, table.delimiter) if row.line > table.header_line]
    found = []
    for place, (header, field) in enumerate(zip(table.headers, table.fields, strict=True)):
        cells = (" ".join(csv_rows.cell_of(row, place).split()) for row in rows)
        found.append((header, field, next(filter(None, cells), "")[:_EXAMPLE]))
    return found


def read(text: str, today: date, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Record | Skipped | Problem]:
    """The papers of a table, one a row.

    Args:
        text: the table.
        today: the day that new notes are dated with.
        columns: which column is which of `FIELDS`, by header; "" for one to leave out. The headers decide for others.
    """
    table = _table_of(text, columns)
    wrong = list(_wrong_columns(table, columns))
    yield from wrong
    if "title" not in table.fields:
        yield _without_titles(table)
        return
    position = 0
    for row in csv_rows.rows_of(text, table.delimiter):
        if isinstance(row, Problem):
            yield row
        elif row.line > table.header_line and any(map(str.strip, row.cells)):
            position += 1
            yield from _entry(table, row, today, position)
        elif row.line < table.header_line and any(map(str.strip, row.cells)):
            words = " ".join(" ".join(row.cells).split())[:60]
            yield Problem("skipped_entry", row.line, f"The text above the table was left out: “{words}”")


def _entry(table: _Table, row: Row, today: date, position: int) -> Iterator[Record | Skipped | Problem]:
    cells = []
    for place, (header, field) in enumerate(zip(table.headers, table.fields, strict=True)):
        text = _unguarded(csv_rows.cell_of(row, place)).strip()
        if text and field != _LEFT_OUT and not (not field and is_row_number(header) and text.isdecimal()):
            cells.append(Cell(field or unknown_field(header, place + 1), text))
    for number, text in enumerate(csv_rows.surplus(row, len(table.headers)), start=1):
        cells.append(Cell(f"x-csv-surplus-{number}", text.strip()))
    if not cells:
        yield Skipped(row.line, "The row has nothing in the columns that are read.")
        return
    if len(row.cells) > len(table.headers):
        message = "This row has more cells than the table has columns; see whether they are in their places."
        yield Problem("possibly_truncated", row.line, message)
    paper, problems = paper_of_cells(cells, today, row.line)
    yield from problems
    yield Record(paper, row.line, position)


def _table_of(text: str, columns: Mapping[str, str]) -> _Table:
    wanted = {header.strip().casefold(): field for header, field in columns.items()}
    delimiter = csv_rows.delimiter_of(text, wanted)
    rows = csv_rows.first_rows(text, delimiter)[: csv_rows.ROWS_ABOVE]
    named = (row for row in rows if any(cell.strip().casefold() in wanted for cell in row.cells))
    header = next(named, None) or next((row for row in rows if is_header(row.cells)), rows[0] if rows else Row(1, ()))
    headers = tuple(cell.strip() for cell in header.cells)
    return _Table(delimiter, headers, tuple(_fields(headers, wanted)), header.line)


def _fields(headers: Sequence[str], wanted: Mapping[str, str]) -> Iterator[str]:
    """The field of each column: what the reader wants, or else the guess, if that is not taken by another column."""
    taken = {wanted[header.casefold()] for header in headers if header.casefold() in wanted} & _ONLY_ONE
    for header, guess in zip(headers, guessed_fields(headers), strict=True):
        if header.casefold() in wanted:
            field = wanted[header.casefold()]
            yield field if field in FIELDS else _LEFT_OUT
        else:
            yield "" if guess in taken else guess


def _wrong_columns(table: _Table, columns: Mapping[str, str]) -> Iterator[Problem]:
    known = {header.casefold() for header in table.headers}
    for header, field in columns.items():
        if header.strip().casefold() not in known:
            message = f"There is no column “{header}” in this table. Its columns are {_named(table.headers)}."
            yield Problem("not_recognised", table.header_line, message)
        elif field and field not in FIELDS:
            message = f"A column cannot be “{field}”, so “{header}” was left out. It can be {', '.join(FIELDS)}."
            yield Problem("not_recognised", table.header_line, message)


def _without_titles(table: _Table) -> Problem:
    example = next((header for header in table.headers if header), "Name")
    message = (
        f"No column of this table has the titles of papers. Its columns are {_named(table.headers)}. "
        f'Say which is which with --columns "{example}=title".'
    )
    return Problem("not_recognised", table.header_line, message)


def _named(headers: Sequence[str]) -> str:
    more = len(headers) - _MOST_NAMED
    names = [f"“{header[:60]}”" for header in headers[:_MOST_NAMED]]
    return ", ".join(names) + (f" and {more} more" if more > 0 else "")


def write(papers: Iterable[Paper], options: WriteOptions = DEFAULT_OPTIONS) -> Iterator[str]:
    """The text of a table, row by row, the header first. Same papers, same text."""
    columns = [column for column in COLUMNS if options.personal or column not in PERSONAL_COLUMNS]
    fields = dict(zip(columns, guessed_fields(columns), strict=True))
    yield f"\ufeff{_row_text(columns)}"
    for paper in papers:
        cells = cells_of(paper, lambda each: _read_back(fields, each), personal=options.personal)
        yield _row_text([_guarded(cells.get(column, "")) for column in columns])


def _read_back(fields: Mapping[str, str], cells: Mapping[str, str]) -> Paper:
    """The paper that a row reads back as."""
    texts = ((fields[column], _unguarded(_guarded(text)).strip()) for column, text in cells.items())
    return paper_of_cells([Cell(field, text) for field, text in texts if text], _SOME_DAY)[0]


def _row_text(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
