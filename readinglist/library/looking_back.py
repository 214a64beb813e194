"""What happened to a library, and how it was; its trash and its journal kept in bounds. Part of `Library`.

All this is imported when it is first used: a window and a search start without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from readinglist.library.answers import News, Progress, no_progress
from readinglist.library.base import now
from readinglist.library.merging import Merging

if TYPE_CHECKING:
    from readinglist.library.compacting import Compacted, Limits
    from readinglist.library.history import Event
    from readinglist.library.library import Library
    from readinglist.library.taking_back import TakeBack
    from readinglist.library.trash import Emptied


class LookingBack(Merging):
    """History, take back, earlier days, trash; each a short call of a verb in this folder."""

    @property
    def read_only(self) -> str:
        """Why nothing can be changed here, in words; "" where it can."""
        return self._store.read_only

    def history(self, paper_id: int) -> list[Event]:
        """The life of a paper, newest first: when it was seen, and every change of it that still stands."""
        from readinglist.library import history

        return [event for paper in self._store.papers([paper_id]) for event in history.of_paper(self._store, paper)]

    def changes(self, since: str = "", until: str = "") -> list[Event]:
        """All changes, newest first, without their details.

        Args:
            since: a day or period as in the search language ("monday", "last-week", "2026-03-14"), from its first day.
            until: such a one, up to its last day.

        Raises:
            UsageError: these mean no days.
        """
        from readinglist.library import as_of, history

        today = now().astimezone().date()
        begin = as_of.start_of(since, today) if since else None
        return history.changes(self._store, begin, as_of.end_of(until, today) if until else None)

    def change(self, number: int) -> Event | None:
        """A change with the papers that it touched, and its details where it touched one; None where there is none."""
        from readinglist.library import history

        return history.change(self._store, number)

    def plan_take_back(self, number: int, paper_id: int | None = None) -> TakeBack:
        """What taking back a change, or one paper's part of it, would do. Nothing is changed.

        Raises:
            UsageError: there is no such change, it was taken back already, or it did not touch the paper.
        """
        from readinglist.library import taking_back

        return taking_back.plan(self._store, number, paper_id, now())

    def take_back(self, number: int, paper_id: int | None = None, *, with_later: bool = False) -> TakeBack:
        """Take back a change, or one paper's part of it, without those made later; gives what that did.

        Where later changes conflict, what they made stays; `with_later` takes it back too. It is one undo step.

        Raises:
            UsageError: there is no such change, it was taken back already, or it did not touch the paper.
        """
        plan = self.plan_take_back(number, paper_id)
        self._record(plan.whole if with_later else plan.change)
        return plan

    def as_of(self, day: str, progress: Progress = no_progress) -> Library:
        """The library as it was at the end of a day ("monday", "2026-03-14"), read only, in a copy.

        Close it as any other: the copy goes with it.

        Raises:
            UsageError: the text means no day.
            ExpectedError: the journal does not reach back so far, or the copy cannot be written.
            CancelledError: `progress` raised it.
        """
        from pathlib import Path

        from readinglist.library import as_of
        from readinglist.library.library import Library

        moment = as_of.end_of(day, now().astimezone().date())
        scratch = as_of.copy(self._store, self._index, moment, progress)
        opened = Library(Path(scratch.name))
        opened.keep_until_closed(scratch)
        return opened

    # the trash

    def empty_trash(self, ids: Sequence[int] | None = None, progress: Progress = no_progress) -> Emptied:
        """Delete papers of the trash for good, all where none are named; one undo step, until the journal forgets it.

        Raises:
            CancelledError: `progress` raised it; nothing was deleted.
            ExpectedError: an import is under way, or the library is read only.
        """
        from readinglist.library import trash

        wanted = self._store.ids(trashed=True) if ids is None else ids
        try:
            return trash.delete_for_good(self._store, wanted, now(), progress)
        finally:
            self._tell(News(everything=True))

    # the journal

    def journal_size(self) -> tuple[int, int]:
        """How many changes the journal holds, and how many bytes they take."""
        return self._store.journal_size()

    def journal_limits(self) -> Limits:
        """How much of the journal is kept."""
        from readinglist.library import compacting

        return compacting.limits(self._store)

    def set_journal_limits(self, limits: Limits) -> None:
        """Keep so much of the journal from now on.

        Raises:
            UsageError: these are fewer than 30 days or no megabyte.
        """
        from readinglist.library import compacting

        compacting.set_limits(self._store, limits)

    def compact(self, days: int | None = None) -> Compacted:
        """Forget the changes made more than some days ago, else more than the limits say, here and now.

        Raises:
            UsageError: these are fewer than 30 days.
        """
        from readinglist.library import compacting

        return compacting.compact(self._store, self.journal_limits().days if days is None else days, now())

    def compacted_words(self) -> str:
        """When older changes were forgotten, in words; "" where none ever were."""
        from readinglist.library import compacting

        return compacting.compacted_words(self._store)

    def keep_in_bounds(self) -> int:
        """Do what is due once a day: papers go that were in the trash for 30 days, and changes beyond the limits.

        Gives how many papers went.

        Raises:
            ExpectedError: an import is under way, or the library is read only; it is to be done another time.
        """
        from readinglist.library import compacting, trash
        from readinglist.library.days_lived import days_lived

        moment = now().astimezone(UTC)
        day = days_lived(self._store, moment.astimezone().date())
        compacting.keep_small(self._store, day, moment)
        due = trash.due(self._store, day, moment)
        if not due:
            return 0
        gone = self.empty_trash(due).papers
        trash.due(self._store, day, moment)  # should one of them come back by undo, its days begin anew
        return gone
