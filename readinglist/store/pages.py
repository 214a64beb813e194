"""The pages of a SQLite file read without SQLite, so that what is whole of a damaged file is found (fileformat2.html).

SQLite stops at the first page that contradicts another. Here each page is taken by itself: what it says is believed as
far as it makes sense, and what does not is left out.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import mmap

Value = int | float | str | bytes | None
Row = tuple[Value, ...]

TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR = 13, 5, 10, 2
_FILE_HEADER = 100
_WIDTHS = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}  # bytes of each serial type below 12
_MOST_PAYLOAD = 1 << 30


class PageError(Exception):
    """A page, or a cell of it, makes no sense."""


@dataclass
class Tree:
    """What was found of one b-tree: the rows of each page with their row ids, and how many pages made no sense."""

    pages: dict[int, list[tuple[int, Row]]] = field(default_factory=dict)
    bad: int = 0

    @property
    def rows(self) -> Iterator[tuple[int, Row]]:
        """All rows with their row ids, which are 0 in indexes."""
        return (row for rows in self.pages.values() for row in rows)


class Pages:
    """The pages of a file. Numbers count from 1, as in the file itself."""

    def __init__(self, data: bytes | mmap, page_size: int) -> None:
        self._data = data
        self.size = page_size
        self.count = len(data) // page_size

    def tree(self, root: int, *, table: bool) -> Tree:
        """All that can be read of the b-tree of a table, or of an index, at this root."""
        kinds = frozenset((TABLE_LEAF, TABLE_INTERIOR) if table else (INDEX_LEAF, INDEX_INTERIOR))
        tree, waiting, seen = Tree(), [root], set[int]()
        while waiting:
            number = waiting.pop()
            if number in seen:
                tree.bad += 1
                continue
            seen.add(number)
            try:
                rows, children, broken = self._read(number, kinds)
            except (PageError, struct.error, IndexError):
                tree.bad += 1
                continue
            tree.pages[number] = rows
            tree.bad += broken
            waiting += reversed(children)
        return tree

    def kind(self, number: int) -> int:
        """The type of a page; 0 where it is none of a b-tree."""
        start = self._start(number)
        found = self._data[start] if start < len(self._data) else 0
        return found if found in {TABLE_LEAF, TABLE_INTERIOR, INDEX_LEAF, INDEX_INTERIOR} else 0

    def leaf_rows(self, number: int) -> list[tuple[int, Row]]:
        """The rows of one leaf page; none where it is no such page."""
        try:
            return self._read(number, frozenset((TABLE_LEAF, INDEX_LEAF)))[0]
        except (PageError, struct.error, IndexError):
            pass
        return []

    def free(self) -> set[int]:
        """The pages that hold nothing any more, as far as the list of them can be followed (fileformat2.html, 1.5)."""
        found: set[int] = set()
        trunk = self._number(32)
        while 0 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            start = (trunk - 1) * self.size
            following, leaves = struct.unpack_from(">II", self._data, start)
            if leaves <= self.size // 4 - 2:
                found.update(struct.unpack_from(f">{leaves}I", self._data, start + 8))
            trunk = following
        return found

    def _read(self, number: int, kinds: frozenset[int]) -> tuple[list[tuple[int, Row]], list[int], bool]:
        """The rows and the children of a page, and whether something on it contradicts the rest.

        Raises:
            PageError: it is no page of a b-tree.
        """
        kind, cells = self.kind(number), self._cells(number)
        if kind not in kinds:
            raise PageError(number)
        rows: list[tuple[int, Row]] = []
        children, used, broken = [], 0, False
        for cell in cells:
            try:
                if kind in {TABLE_INTERIOR, INDEX_INTERIOR}:
                    children.append(self._number(cell))
                if kind == TABLE_INTERIOR:
                    used += self._varint(cell + 4)[1] - cell
                else:
                    row, end = self._row(kind, cell)
                    rows.append(row)
                    used += max(end - cell, 4)
            except (PageError, struct.error, IndexError, OverflowError):
                broken = True
        if kind in {TABLE_INTERIOR, INDEX_INTERIOR}:
            children.append(self._number(self._start(number) + 8))
        return rows, children, broken or not self._adds_up(number, used)

    def _adds_up(self, number: int, used: int) -> bool:
        """Whether the bytes of a page are all accounted for: cells, free blocks, fragments, and the gap (1.6)."""
        start, page = self._start(number), (number - 1) * self.size
        first_free, _, content = struct.unpack_from(">HHH", self._data, start + 1)
        fragments = self._data[start + 7]
        free, seen = 0, set[int]()
        while first_free and first_free not in seen and first_free + 4 <= self.size:
            seen.add(first_free)
            first_free, size = struct.unpack_from(">HH", self._data, page + first_free)
            free += size
        return bool(used + free + fragments + (content or 65536) == self.size)

    def _cells(self, number: int) -> list[int]:
        """Where the cells of a page begin in the file.

        Raises:
            PageError: they cannot stand where the page says.
        """
        if not 0 < number <= self.count:
            raise PageError(number)
        start, page = self._start(number), (number - 1) * self.size
        interior = self.kind(number) in {TABLE_INTERIOR, INDEX_INTERIOR}
        (count,) = struct.unpack_from(">H", self._data, start + 3)
        pointers = start + (12 if interior else 8)
        if pointers + 2 * count > page + self.size:
            raise PageError(number)
        offsets = struct.unpack_from(f">{count}H", self._data, pointers)
        return [page + offset for offset in offsets if pointers - page + 2 * count <= offset < self.size]

    def _row(self, kind: int, cell: int) -> tuple[tuple[int, Row], int]:
        """The row id and the values of a cell, and where it ends on its page."""
        place = cell + 4 if kind == INDEX_INTERIOR else cell
        length, place = self._varint(place)
        row_id = 0
        if kind == TABLE_LEAF:
            row_id, place = self._varint(place)
        end_of_page = (cell // self.size) * self.size + self.size
        payload, end = self._payload(length, place, end_of_page, table=kind == TABLE_LEAF)
        return (row_id, tuple(values(payload))), end

    def _payload(self, length: int, place: int, end: int, *, table: bool) -> tuple[bytes, int]:
        """The bytes of a record, those on overflow pages included, and where its part on this page ends."""
        if not 0 <= length <= min(_MOST_PAYLOAD, len(self._data)):
            raise PageError(place)
        usable = self.size
        most = usable - 35 if table else (usable - 12) * 64 // 255 - 23
        if length <= most:
            if place + length > end:
                raise PageError(place)
            return bytes(self._data[place : place + length]), place + length
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        pieces, left, following = [bytes(self._data[place : place + here])], length - here, self._number(place + here)
        ends, seen = place + here + 4, set[int]()
        while left > 0:
            if not 0 < following <= self.count or following in seen:
                raise PageError(following)
            seen.add(following)
            start = (following - 1) * self.size
            pieces.append(bytes(self._data[start + 4 : start + 4 + min(left, usable - 4)]))
            left -= usable - 4
            following = self._number(start)
        return b"".join(pieces), ends

    def _start(self, number: int) -> int:
        """Where the header of a page begins: behind the file's own on the first."""
        return _FILE_HEADER if number == 1 else (number - 1) * self.size

    def _number(self, place: int) -> int:
        if place + 4 > len(self._data):
            raise PageError(place)
        return int(struct.unpack_from(">I", self._data, place)[0])

    def _varint(self, place: int) -> tuple[int, int]:
        return varint(self._data, place)


def varint(data: bytes | mmap, place: int) -> tuple[int, int]:
    """The number of up to nine bytes at a place, as a signed one of 64 bits, and where it ends."""
    number = 0
    for offset in range(8):
        byte = data[place + offset]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + offset + 1
    number = number << 8 | data[place + 8]
    return number - (1 << 64) if number >= 1 << 63 else number, place + 9


def values(payload: bytes) -> Iterator[Value]:
    """The values of a record (fileformat2.html, 2.1); bytes that are no text stand as "�".

    Raises:
        PageError: it is no record.
    """
    length, place = varint(payload, 0)
    if not 1 < length <= len(payload):  # of one byte alone is the header of a record without a column
        raise PageError(length)
    body = length
    while place < length:
        serial, place = varint(payload, place)
        width = _WIDTHS.get(serial, (serial - 12) // 2 if serial >= 12 else -1)
        if width < 0 or body + width > len(payload):
            raise PageError(serial)
        yield _value(serial, payload[body : body + width])
        body += width


def _value(serial: int, data: bytes) -> Value:
    if serial == 0:
        return None
    if serial in {8, 9}:
        return serial - 8
    if serial == 7:
        return float(struct.unpack(">d", data)[0])
    if serial < 7:
        return int.from_bytes(data, "big", signed=True)
    return data.decode("utf-8", "replace") if serial % 2 else data
