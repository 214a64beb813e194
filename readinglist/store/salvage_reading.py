"""The rows of our tables in the pages of a damaged file: along the b-trees first, then page by page."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from readinglist.store.pages import INDEX_LEAF, Pages, Row, Value
from readinglist.store.salvage_rows import Shape, as_row, shapes

Found = dict[str, dict[tuple[Value, ...], dict[str, Value]]]
"""The rows by table and by key, each by its columns."""
_Known = tuple[str, str, int, Sequence[str]]
"""One of our tables or indexes: "table" or "index", its name, its root page, its columns."""
ALWAYS = frozenset({"papers", "paper_tags", "notes", "tags", "sources", "listings", "sightings", "changes"})
"""The tables that every version of the program has."""
_MOST = 0.9  # of the rows have to fit where nothing says whose they are


class Reading:
    """Reads the rows of all tables, first along the b-trees, then page by page what no tree led to."""

    def __init__(self, pages: Pages, new: Path) -> None:
        """Read these pages; `new` is a new library, which tells where tables usually begin."""
        self._pages = pages
        self._new = new
        self.shapes = shapes()
        self.found: Found = defaultdict(dict)
        self.indexes: dict[str, list[Row]] = {}
        self.bad: dict[str, int] = {}
        self.mended: dict[str, int] = defaultdict(int)
        self.schema_lost = False

    def read(self) -> None:
        """Fill `found`, `indexes`, and what could not be read or had to be mended."""
        schema = self._pages.tree(1, table=True)
        known = [each for each in (self._known(row) for _, row in schema.rows) if each]
        led_to = {1} | (self._pages.free() if known else set())
        names = {name for _, name, _, _ in known}
        self.schema_lost = bool(schema.bad) or not names >= ALWAYS
        if self.schema_lost:
            known += [each for each in self._as_in_a_new_library() if each[1] not in names]
        for kind, name, root, columns in known:
            if kind == "table":
                led_to |= self._read_table(name, root, columns)
            else:
                tree = self._pages.tree(root, table=False)
                led_to |= tree.pages.keys()
                self.indexes[name] = [row for _, row in tree.rows]
        self._take_what_is_left(led_to)
        if self.schema_lost:
            self._leave_out_unless_joined("paper_tags", paper_id="papers", tag_id="tags")
            self._leave_out_unless_joined("sightings", paper_id="papers", listing_id="listings")
        tags = self.indexes.get("ix_paper_tags_tag_id", ())
        self._take(self.shapes["paper_tags"], [(0, row[1::-1]) for row in tags if len(row) == 2])

    def _read_table(self, name: str, root: int, columns: Sequence[str]) -> set[int]:
        """Read the b-tree of a table; gives its pages, those aside that belong to another one."""
        shape = self.shapes[name].with_columns(columns)
        tree, own = self._pages.tree(root, table=not shape.clustered), set[int]()
        self.bad[name] = tree.bad
        for number, rows in tree.pages.items():
            refused = self._take(shape, rows)
            if refused < len(rows) or not rows:
                own.add(number)
            self.bad[name] += refused > 0
        return own

    def _as_in_a_new_library(self) -> list[_Known]:
        """The tables where a new library has them, as far as what stands there can be theirs."""
        with closing(sqlite3.connect(self._new)) as connection:
            rows = connection.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master").fetchall()
        known = [each for each in (self._known(row) for row in rows) if each and each[0] == "table"]
        return [(kind, name, root, columns) for kind, name, root, columns in known if self._can_be(name, root)]

    def _can_be(self, name: str, root: int) -> bool:
        shape = self.shapes[name]
        rows = list(self._pages.tree(root, table=not shape.clustered).rows)
        return bool(rows) and sum(shape.fits(row) for _, row in rows) >= len(rows) * _MOST

    def _leave_out_unless_joined(self, name: str, **parents: str) -> None:
        """Leave the rows of a table out where most of them name papers and tags that there are none of."""
        rows = self.found[name].values()
        joined = sum(all((row[column],) in self.found[table] for column, table in parents.items()) for row in rows)
        if joined < len(rows) * _MOST:
            self.found[name] = {}
            self.bad[name] = self.bad.get(name, 0) + 1

    def _known(self, row: Row) -> _Known | None:
        """Kind, name, root page and columns of one of our tables or indexes, from a row of the schema."""
        if len(row) != 5 or not isinstance(row[3], int) or not isinstance(row[1], str) or row[3] < 1:
            return None
        kind, name, sql = row[0], row[1], row[4]
        if kind == "index":
            return "index", row[1], row[3], ()
        if kind != "table" or name not in self.shapes or not isinstance(sql, str):
            return None
        return "table", row[1], row[3], _columns(sql, row[1])

    def _take(self, shape: Shape, rows: Iterable[tuple[int, Row]]) -> int:
        """Take rows of a table; gives how many cannot be such rows."""
        of_table, refused = self.found[shape.name], 0
        for row_id, row in rows:
            fitting = as_row(shape, row_id, row)
            if fitting is None:
                refused += 1
                continue
            values, mended = fitting
            key = tuple(values[name] for name in shape.key)
            if key not in of_table:
                of_table[key] = values
                self.mended[shape.name] += mended
        return refused

    def _take_what_is_left(self, led_to: set[int]) -> None:
        """Rows on pages that no tree led to: they belong to the one table that they fit."""
        open_ones = [shape for shape in self.shapes.values() if shape.name != "paper_tags"]  # pairs look like any index
        for number in range(1, self._pages.count + 1):
            if number in led_to:
                continue
            clustered = self._pages.kind(number) == INDEX_LEAF
            for row_id, row in self._pages.leaf_rows(number):
                fitting = [shape for shape in open_ones if shape.clustered == clustered and shape.fits(row)]
                if len(fitting) == 1:
                    self._take(fitting[0], [(row_id, row)])


def _columns(sql: str, name: str) -> Sequence[str]:
    """The columns of a table as its own definition names them; none where that cannot be read."""
    with closing(sqlite3.connect(":memory:")) as connection, suppress(sqlite3.Error):
        connection.execute(sql)
        return [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
    return ()
