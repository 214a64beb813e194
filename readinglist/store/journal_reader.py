"""What the store tells of its journal: changes, for papers and days, how far it reaches and how large it is."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path

from readinglist.store import journal_compacting, journal_past
from readinglist.store.database import Database


class JournalReader:
    """The questions about the journal. Part of `PaperStore`."""

    _database: Database

    def entries(self, since: datetime | None = None, until: datetime | None = None) -> list[journal_past.Entry]:
        """The changes made from `since` on and before `until`, newest first, without their steps."""
        with self._database.reading() as connection:
            return journal_past.entries(connection, since, until)

    def entry(self, number: int) -> journal_past.Entry | None:
        """A change with all its steps; None where there is none with this number."""
        with self._database.reading() as connection:
            return journal_past.entry(connection, number)

    def entries_of(self, ids: AbstractSet[int], after: int = 0) -> list[journal_past.Entry]:
        """The done changes of some papers behind number `after`, newest first, with their steps on these papers."""
        with self._database.reading() as connection:
            return journal_past.entries_of(connection, ids, after)

    def journal_reach(self) -> datetime | None:
        """When the oldest change was made that the journal still knows; None where it knows none."""
        with self._database.reading() as connection:
            return journal_past.reach(connection)

    def journal_size(self) -> tuple[int, int]:
        """How many changes the journal holds, and how many bytes they take."""
        with self._database.reading() as connection:
            return journal_past.size(connection)

    def shrink(self) -> None:
        """Give the room that nothing takes any more back to the disk."""
        journal_compacting.shrink(self._database.path)

    def newest_change(self, before: datetime | None = None) -> int:
        """The number of the newest change, or of the last one before those made from a moment on; 0 where none is."""
        with self._database.reading() as connection:
            if before is None:
                return journal_compacting.newest(connection)
            return journal_compacting.newest_before(connection, before)

    def change_beyond(self, size: int) -> int:
        """The number of the change up to which all must go, so that `size` bytes are left; 0 where none must."""
        with self._database.reading() as connection:
            return journal_compacting.number_at(connection, size)

    def copy_to(self, folder: Path) -> None:
        """Put a copy of the library into an empty folder; it is only read itself.

        Raises:
            ExpectedError: the copy cannot be written.
        """
        from readinglist.store.journal_rewinding import copy_to

        copy_to(self._database.path, folder)
