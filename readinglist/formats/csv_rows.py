"""A table's text to rows with their lines: what parts the cells, and what to do where quotes do not match."""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from readinglist.formats.csv_columns import guessed_fields, is_header
from readinglist.formats.record import Problem

DELIMITERS = (",", "\t", ";", "|")
ROWS_ABOVE = 10  # in which programs and people write what the table is about
_LOOKED_AT = 1 << 16
_ROWS_LOOKED_AT = 50
_LONGEST_HEADER = 4000  # characters that are looked at
_LONGEST_NAME = 80  # of a column
_MOST_DAMAGED = 20  # rows; then quotes mean nothing in this file
_LONGEST_ROW = 200  # lines of a row whose quotes are wrong, and that may be right otherwise
_LONGEST_CELL = (1 << 31) - 1
_NAMED_DELIMITER = re.compile(r"\ufeff?\"?sep=([,;\t|])\"?\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, and the line (from 1) on which it begins."""

    line: int
    cells: tuple[str, ...]


class _Lines:
    """The lines of a text with their ends, one by one, from any place on."""

    def __init__(self, text: str, place: int, number: int) -> None:
        self.text, self.place, self.number = text, place, number

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self.place >= len(self.text):
            raise StopIteration
        end = self.text.find("\n", self.place) + 1 or len(self.text)
        line = self.text[self.place : end]
        self.place, self.number = end, self.number + 1
        return line


def may_begin_with_header(text: str) -> bool:
    """Whether one of the first lines names columns, as far as is seen without reading rows: most texts are no table."""
    lines = [line[:_LONGEST_HEADER] for line in text[:_LOOKED_AT].split("\n", 3 * ROWS_ABOVE) if line.strip()]
    rows = (line.split(delimiter) for line in lines for delimiter in DELIMITERS if delimiter in line)
    return any(max(map(len, row)) <= _LONGEST_NAME and is_header(row) for row in rows)


def delimiter_of(text: str, wanted: Collection[str] = ()) -> str:
    """The character between the cells: named by a line "sep=;" as Excel does, or by how well it parts the first rows.

    `wanted` are headers, in small letters, of which at least one is in the table.
    """
    named = _NAMED_DELIMITER.match(text)
    if named:
        return named[1]
    head = text[:_LOOKED_AT]
    return max(DELIMITERS, key=lambda delimiter: _how_well(head, delimiter, wanted))


def _how_well(head: str, delimiter: str, wanted: Collection[str]) -> tuple[int, int, int]:
    """How many headers are known, how many rows are as wide as most of those with columns, and how wide."""
    rows = first_rows(head, delimiter)
    widths = [len(row.cells) for row in rows if len(row.cells) > 1]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    known = max((_known_headers(row, wanted) for row in rows[:ROWS_ABOVE]), default=0)
    return known, widths.count(usual), usual


def _known_headers(row: Row, wanted: Collection[str]) -> int:
    if len(row.cells) < 2:
        return 0
    asked_for = sum(cell.strip().casefold() in wanted for cell in row.cells)
    return asked_for + sum(map(bool, guessed_fields(row.cells)))


def first_rows(text: str, delimiter: str) -> list[Row]:
    """The first rows that have any text; a row that the look at the beginning cuts off is left out."""
    cut = len(text) > _LOOKED_AT
    rows = []
    for row in rows_of(text[:_LOOKED_AT], delimiter):
        if isinstance(row, Row) and any(row.cells):
            rows.append(row)
        if len(rows) > _ROWS_LOOKED_AT:
            break
    return rows[:-1] if cut and len(rows) > 1 else rows


def rows_of(text: str, delimiter: str) -> Iterator[Row | Problem]:
    """The rows of a text. A row whose quotes do not match costs no other row: it is read for itself, and told."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = _Lines(text, *_begin(text))
    damaged = width = 0
    while lines.place < len(text):
        place, number = lines.place, lines.number
        try:
            for cells in csv.reader(lines, delimiter=delimiter, strict=True):
                yield Row(number, tuple(cells))
                place, number, width = lines.place, lines.number, width or len(cells)
        except csv.Error:
            damaged += 1
        lines = _Lines(text, place, number)
        if damaged > _MOST_DAMAGED:
            yield from _without_quotes(lines, delimiter)
        elif place < len(text):
            message = "The quotation marks of this row do not match; see what it became."
            yield Problem("possibly_truncated", number, message)
            yield Row(number, _damaged(lines, delimiter, width))


def _begin(text: str) -> tuple[int, int]:
    named = _NAMED_DELIMITER.match(text)
    if named:
        return named.end(), 2
    return int(text.startswith("\ufeff")), 1


def _damaged(lines: _Lines, delimiter: str, width: int) -> tuple[str, ...]:
    """The cells of a row with a wrong quotation mark.

    Its first line, where that alone has as many cells as the table is wide; or all up to the end of its last cell.
    """
    place, number = lines.place, lines.number
    alone = _plain_cells(next(lines), delimiter)
    after = lines.place, lines.number
    if len(alone) == width:
        return alone
    lines.place, lines.number = place, number
    cells = next(csv.reader(lines, delimiter=delimiter), [])
    if lines.number - number > _LONGEST_ROW or lines.place >= len(lines.text):
        lines.place, lines.number = after
        return alone
    return tuple(cells)


def _without_quotes(lines: _Lines, delimiter: str) -> Iterator[Row | Problem]:
    message = "Quotation marks do not match from here on; every line was read as a row of its own."
    yield Problem("possibly_truncated", lines.number, message)
    number = lines.number
    for line in lines:
        yield Row(number, _plain_cells(line, delimiter))
        number = lines.number


def _plain_cells(line: str, delimiter: str) -> tuple[str, ...]:
    """The cells of a line in which quotation marks mean nothing; those around a cell go, and one without partner."""
    return tuple(_unquoted(cell.strip()) for cell in line.rstrip("\n").split(delimiter))


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1]
    return cell.strip('"') if cell.count('"') == 1 else cell


def cell_of(row: Row, place: int) -> str:
    """One cell of a row; "" where the row is too short."""
    return row.cells[place] if place < len(row.cells) else ""


def surplus(row: Row, width: int) -> Sequence[str]:
    """The cells that a row has beyond the columns of the table."""
    return [cell for cell in row.cells[width:] if cell.strip()]
