"""An import under way, as the store sees it."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from sqlalchemy import Connection, func, select, text

from readinglist.papers.change import Step
from readinglist.store import journal
from readinglist.store.applying import put_source_text
from readinglist.store.database import Database
from readinglist.store.tables import LISTINGS

NO_TEXTS: Mapping[int, bytes] = MappingProxyType({})


class OpenImport:
    """An import under way: each part is a transaction, and all of it is done, or taken back, in the end."""

    def __init__(self, database: Database, change_id: int, end: Callable[[], None]) -> None:
        self._database = database
        self._change_id = change_id
        self._end = end

    def add(self, steps: Sequence[Step], texts: Mapping[int, bytes] = NO_TEXTS) -> None:
        """Apply further steps.

        Args:
            steps: the steps.
            texts: the texts of sources that they add, by the sources' ids, as UTF-8 compressed by zlib. They stand in
                no step, since they may be large.
        """
        if steps:
            with self._database.writing() as connection:
                journal.add_part(connection, self._change_id, steps)
                for source_id, packed in texts.items():
                    put_source_text(connection, source_id, packed)

    def next_ids(self) -> tuple[int, int, int]:
        """The ids that the next new paper, source and listing get. Nobody else gives ids while this import is open."""
        with self._database.reading() as connection:
            return (_next_id(connection, "papers"), _next_id(connection, "sources"), _next_id(connection, "listings"))

    def listings_of_day(self, day: object) -> int:
        """How many listings of this day there are."""
        with self._database.reading() as connection:
            query = select(func.count()).select_from(LISTINGS)
            query = query.where(LISTINGS.c.day.is_(None) if day is None else LISTINGS.c.day == day)
            return connection.execute(query).scalar_one()

    def finish(self, label: str) -> None:
        """Make it one change in the journal; without steps, none."""
        with self._database.writing() as connection:
            journal.finish(connection, self._change_id, label)
        self._end()

    def roll_back(self) -> None:
        """Take all of it back."""
        try:
            with self._database.writing() as connection:
                journal.roll_back(connection, self._change_id)
        finally:
            self._end()


def _next_id(connection: Connection, table: str) -> int:
    query = text("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = :table), 0)")
    return int(connection.execute(query, {"table": table}).scalar_one()) + 1
