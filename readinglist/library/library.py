"""Library: the one object that a front end holds. Each method is a short call of a verb in this folder."""

from collections.abc import Callable, Sequence
from pathlib import Path

from readinglist.library.answers import Counts, Found, InputText, News, Progress
from readinglist.library.ledger import Ledger
from readinglist.papers.change import Change
from readinglist.papers.paper import Paper, ReadingState


class Library:
    """A reading list in a folder. Methods can be called from any thread; one of them writes at a time."""

    folder: Path

    # reading
    def find(self, query: str = "", *, sort: str = "", typing: bool = False) -> Found:
        """The papers that a query finds. With `typing` its last word may go on. Never raises for a query's text.

        `sort`: "best", "listed" (newest listing first, in its order), "added", "title", "year", "rating"; "" is best
        where the query has words, else listed. A sort: in the query goes first.
        """
        raise NotImplementedError

    def papers(self, ids: Sequence[int]) -> list[Paper]:
        """The papers with these ids, in this order; ids that are gone are left out."""
        raise NotImplementedError

    def paper(self, name: str) -> Paper:
        """The paper with this id or citation key. Raises UsageError where there is none."""
        raise NotImplementedError

    def counts(self) -> Counts:
        """The numbers beside the entries of the sidebar."""
        raise NotImplementedError

    # edits: each is applied at once, one undo step, and gives the change that was made
    def star(self, ids: Sequence[int]) -> Change:
        """Star papers."""
        raise NotImplementedError

    def unstar(self, ids: Sequence[int]) -> Change:
        raise NotImplementedError

    def rate(self, ids: Sequence[int], rating: int) -> Change:
        raise NotImplementedError

    def set_state(self, ids: Sequence[int], state: ReadingState) -> Change:
        raise NotImplementedError

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> Change:
        raise NotImplementedError

    def add_note(self, paper_id: int, text: str) -> Change:
        raise NotImplementedError

    def edit_note(self, paper_id: int, note_id: str, text: str) -> Change:
        raise NotImplementedError

    def delete_note(self, paper_id: int, note_id: str) -> Change:
        raise NotImplementedError

    def trash(self, ids: Sequence[int]) -> Change:
        raise NotImplementedError

    def restore(self, ids: Sequence[int]) -> Change:
        raise NotImplementedError

    def set_field(self, paper_id: int, field: str, value: object) -> Change:
        raise NotImplementedError

    def look_at(self, paper_id: int) -> None:
        """Remember that the reader saw this paper: it is not new any more. No undo step."""
        raise NotImplementedError

    def undo(self) -> Change | None:
        """Take the last change back; gives it, or None where there is none."""
        raise NotImplementedError

    def redo(self) -> Change | None:
        raise NotImplementedError

    def undo_label(self) -> str:
        """What undo would take back ("Star 3 papers"); "" where there is nothing."""
        raise NotImplementedError

    def redo_label(self) -> str:
        raise NotImplementedError

    # in and out
    def import_texts(self, texts: Sequence[InputText], progress: Progress = ...) -> Ledger:
        """Import files or clipboard texts as one undo step. Raises CancelledError, after taking all of it back."""
        raise NotImplementedError

    def export(self, ids: Sequence[int], format: str, progress: Progress = ...) -> str:
        """The papers as text in a format ("bibtex"), in the order of the ids."""
        raise NotImplementedError

    # upkeep
    def index_pending(self, progress: Progress = ...) -> int:
        """Bring the full-text index up to date here and now; gives how many papers were indexed."""
        raise NotImplementedError

    def reindex(self, progress: Progress = ...) -> int:
        """Build the full-text index anew."""
        raise NotImplementedError

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote to the library since this was last asked (cheap; a timer may ask)."""
        raise NotImplementedError

    def listen(self, listener: Callable[[News], None]) -> None:
        """Call `listener` after each change, in the thread that made it."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
