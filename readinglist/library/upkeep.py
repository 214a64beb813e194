"""The care of a library: its index, and whether it is whole. Part of `Library`."""

from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.errors import ReadOnlyError
from readinglist.library import indexing
from readinglist.library.answers import Progress, no_progress
from readinglist.library.base import LibraryBase
from readinglist.store.database import Trouble
from readinglist.store.places import Place

if TYPE_CHECKING:
    from readinglist.library.checking import Check


class Upkeep(LibraryBase):
    """The upkeep, each a short call of a verb in this folder."""

    def index_pending(self, progress: Progress = no_progress) -> int:
        """Bring the full-text index up to date here and now; gives how many papers were indexed."""
        return indexing.index_pending(self._store, self._index, progress)

    def index_in_background(self) -> bool:
        """Let another process index what is pending, if it is worth one; whether it was started."""
        return indexing.start_in_background(self._store, self.folder)

    def reindex(self, progress: Progress = no_progress) -> int:
        """Build the full-text index anew; gives how many papers it holds.

        Raises:
            ReadOnlyError: the library may not be written, and its index is made by whoever may.
            IndexBusyError: another program is writing the index.
        """
        if self._store.read_only:
            raise ReadOnlyError(f"{self._store.read_only} The index stays as it is.")
        return indexing.reindex(self._store, self._index, progress)

    def check(self, progress: Progress = no_progress) -> "Check":
        """Compare database and full-text index, and each with itself; nothing is changed."""
        from readinglist.library import checking

        return checking.check(self._store, self._index, progress)

    @property
    def is_of_an_earlier_day(self) -> bool:
        """Whether this is a copy of the library as it was on an earlier day."""
        return self._store.is_of_an_earlier_day

    @property
    def place(self) -> Place:
        """What kind of place the library lies in: on this machine, on a network drive, in a sync folder."""
        return self._store.place

    def conflict_copies(self) -> list[Path]:
        """The copies that sync programs put beside the database where two machines changed it, oldest first."""
        return self._store.conflict_copies()

    @property
    def trouble(self) -> Trouble:
        """What keeps edits from being written now; `read_only` has the words for it."""
        return self._store.trouble

    def keep_what_was_replaced(self) -> Path | None:
        """Keep what was open in a file of its own, where another database took its place; gives the file, or None.

        Until then, the log of what was open stands beside the other one, and would be taken for its own.
        """
        return self._store.take_log_away()

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote to the library since this was last asked (cheap; a timer may ask)."""
        return self._store.changed_elsewhere()
