"""Library: the one object that a front end holds. Each method is a short call of a verb in this folder."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from readinglist.library import (
    checking,
    correcting,
    counting,
    exporting,
    importing,
    indexing,
    naming,
    previewing,
    relating,
    smart_lists,
    tagging,
)
from readinglist.library.answers import (
    DEFAULT_OPTIONS,
    Counts,
    Diagnosis,
    Found,
    ImportOptions,
    InputText,
    News,
    Progress,
)
from readinglist.library.checking import Check
from readinglist.library.completing import Completer
from readinglist.library.doctor import Doctor
from readinglist.library.finding import Finder
from readinglist.library.ledger import Ledger
from readinglist.library.previewing import Preview
from readinglist.papers import edits, smart_list_edits
from readinglist.papers.change import Change
from readinglist.papers.paper import Listing, Paper, ReadingState
from readinglist.papers.query_completion import Completions
from readinglist.papers.related import Related
from readinglist.papers.smart_list import SmartList
from readinglist.search.paper_index import PaperIndex
from readinglist.store.database import FILE_NAME
from readinglist.store.paper_store import PaperStore


def no_progress(done: int, total: int) -> None:
    """For work that nobody watches."""


class Library:
    """A reading list in a folder. Methods can be called from any thread; one of them writes at a time.

    Raises:
        ExpectedError: the folder cannot be used, or its library is damaged, foreign or from a newer version.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._store = PaperStore(folder)
        self._index = PaperIndex(folder / indexing.INDEX_FOLDER, self._store.library_id)
        self._finder = Finder(self._store, self._index)
        self._counter = smart_lists.Counter(self._store, self._finder)
        self._completer = Completer(self._store, self._index)
        self._listeners: list[Callable[[News], None]] = []

    @staticmethod
    def stands_in(folder: Path) -> bool:
        """Whether there is a library in a folder; opening one that is not there would make it."""
        return (folder / FILE_NAME).exists()

    # reading

    def find(self, query: str = "", *, sort: str = "", typing: bool = False) -> Found:
        """The papers that a query finds. With `typing` its last word may go on. Never raises for a query's text.

        Args:
            query: a text in the search language.
            sort: "best", "listed" (newest listing first, in its order), "added", "title", "year", "rating"; "" is best
                where the query has words, else listed. A sort: in the query goes first.
            typing: whether the reader is still typing.

        Raises:
            UsageError: there is no such sort.
        """
        return self._finder.find(query, sort, typing=typing)

    def diagnose(self, query: str, *, typing: bool = False) -> Diagnosis:
        """Why a query finds nothing: what its parts find, which of them empties it, and what to ask instead."""
        return Doctor(self._finder, lambda: [name for name, _, _ in self._store.count().tags]).diagnose(query, typing)

    def complete(self, text: str, cursor: int) -> Completions:
        """What the piece of a query before the cursor could go on with."""
        return self._completer.complete(text, cursor)

    def papers(self, ids: Sequence[int]) -> list[Paper]:
        """The papers with these ids, in this order; ids that are gone are left out."""
        return self._store.papers(ids)

    def paper(self, name: str) -> Paper:
        """The paper with this id or citation key.

        Raises:
            UsageError: there is none.
        """
        return naming.named_paper(self._store, name)

    def related(self, paper_id: int, limit: int = 10) -> tuple[Related, ...]:
        """The papers nearest to a paper by their words, nearest first; those in the trash are left out.

        Papers that are not indexed yet come once they are; a paper that is gone has none.
        """
        return relating.related(self._store, self._index, paper_id, limit)

    def counts(self) -> Counts:
        """The numbers beside the entries of the sidebar."""
        return counting.count(self._store)

    def listings(self) -> list[Listing]:
        """All listings, newest day first, without their counts."""
        return self._store.listings()

    def smart_lists(self) -> list[SmartList]:
        """All smart lists as they are shown, from top to bottom."""
        return smart_lists.ordered(self._store)

    def smart_list(self, name: str) -> SmartList:
        """The smart list with this id, name or path of names ("Thesis/Unread").

        Raises:
            UsageError: there is none, or several.
        """
        return smart_list_edits.find(self._store.smart_lists(), name)

    def count_found(self, query: str, *, typing: bool = False) -> int:
        """How many papers `find` finds; kept until the library changes."""
        return self._counter.count(query, typing=typing)

    # edits: each is applied at once, is one undo step, and gives the change that was made

    def star(self, ids: Sequence[int]) -> Change:
        """Star papers."""
        return self._edit(ids, edits.star)

    def unstar(self, ids: Sequence[int]) -> Change:
        """Take the star off papers."""
        return self._edit(ids, edits.unstar)

    def rate(self, ids: Sequence[int], rating: int) -> Change:
        """Rate papers from 1 to 5; 0 takes the rating away.

        Raises:
            UsageError: the rating is outside 0 to 5.
        """
        return self._edit(ids, lambda papers: edits.rate(papers, rating))

    def set_state(self, ids: Sequence[int], state: ReadingState) -> Change:
        """Set the reading state of papers."""
        return self._edit(ids, lambda papers: edits.set_state(papers, state, _now()))

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> Change:
        """Add tags to papers and take others off.

        Raises:
            UsageError: a name is none that a tag can have.
        """
        return self._edit(ids, lambda papers: tagging.tag(self._store, papers, add, remove))

    def add_note(self, paper_id: int, text: str) -> Change:
        """Add a note in Markdown to a paper."""
        return self._edit_one(paper_id, lambda paper: edits.add_note(paper, text, _now()))

    def edit_note(self, paper_id: int, note_id: str, text: str) -> Change:
        """Change a note; an empty text deletes it."""
        return self._edit_one(paper_id, lambda paper: edits.edit_note(paper, note_id, text, _now()))

    def delete_note(self, paper_id: int, note_id: str) -> Change:
        """Delete a note."""
        return self._edit_one(paper_id, lambda paper: edits.delete_note(paper, note_id))

    def trash(self, ids: Sequence[int]) -> Change:
        """Move papers to the trash."""
        return self._edit(ids, lambda papers: edits.trash(papers, _now()))

    def restore(self, ids: Sequence[int]) -> Change:
        """Bring papers back from the trash."""
        return self._edit(ids, edits.restore)

    def edit_fields(self, paper_id: int, texts: Mapping[str, str]) -> Change:
        """Correct details of a paper, such as its title and its authors, as one undo step.

        Args:
            paper_id: the paper.
            texts: what was typed, by the names of `papers/details.py`; an empty citation key asks for a new one.

        Raises:
            UsageError: a text cannot be what it is for, or another paper has the citation key; nothing is changed.
        """
        return self._edit_one(paper_id, lambda paper: correcting.correct(self._store, paper, texts))

    def check_field(self, paper_id: int, field: str, text: str) -> str:
        """Why a text cannot be a detail of a paper, in words; "" where it can."""
        return correcting.objection(self._store, paper_id, field, text)

    def save_smart_list(self, name: str, query: str, icon: str = "", parent: str = "") -> Change:
        """Keep a search as a smart list, below another one where `parent` names one.

        Raises:
            UsageError: name or query is empty, or there is no such icon or parent.
        """
        return self._edit_lists(lambda lists: smart_list_edits.save(lists, name, query, icon, parent))

    def edit_smart_list(self, list_id: str, name: str, query: str, icon: str) -> Change:
        """Give a smart list another name, query and icon.

        Raises:
            UsageError: name or query is empty, or there is no such icon or list.
        """
        return self._edit_lists(lambda lists: smart_list_edits.edit(lists, list_id, name, query, icon))

    def rename_smart_list(self, list_id: str, name: str) -> Change:
        """Give a smart list another name.

        Raises:
            UsageError: the name is empty, or there is no such list.
        """
        return self._edit_lists(lambda lists: smart_list_edits.rename(lists, list_id, name))

    def move_smart_list(self, list_id: str, parent: str, place: int) -> Change:
        """Put a smart list below another one ("": at the top) as number `place` from 0.

        Raises:
            UsageError: there is no such list, or it would stand below itself.
        """
        return self._edit_lists(lambda lists: smart_list_edits.move(lists, list_id, parent, place))

    def delete_smart_list(self, list_id: str) -> Change:
        """Forget a smart list; those below it take its place, and no paper is touched."""
        return self._edit_lists(lambda lists: smart_list_edits.delete(lists, list_id))

    def import_smart_lists(self, text: str) -> Change:
        """Take over smart lists from the JSON of `export_smart_lists`; those that are known stay as they are.

        Raises:
            UsageError: the text is none.
        """
        new = smart_lists.from_json(text)
        return self._edit_lists(lambda lists: smart_list_edits.add(lists, new))

    def look_at(self, paper_id: int) -> None:
        """Remember that the reader saw this paper: it is not new any more. No undo step."""
        if self._store.look_at(paper_id, _now()):
            self._tell(News(frozenset({paper_id}), counts=False))

    def undo(self) -> Change | None:
        """Take the last change back; gives what was applied for it, or None where there is nothing to undo."""
        return self._tell_of(self._store.undo())

    def redo(self) -> Change | None:
        """Do again what was undone last; gives it, or None where there is nothing to redo."""
        return self._tell_of(self._store.redo())

    def undo_label(self) -> str:
        """What undo would take back ("Star 3 papers"); "" where there is nothing."""
        return self._store.undo_labels()[0]

    def redo_label(self) -> str:
        """What redo would do again; "" where there is nothing."""
        return self._store.undo_labels()[1]

    # in and out

    def import_texts(
        self,
        texts: Sequence[InputText],
        progress: Progress = no_progress,
        options: ImportOptions = DEFAULT_OPTIONS,
    ) -> Ledger:
        """Import files or clipboard texts as one undo step.

        Raises:
            CancelledError: `progress` raised it; all of the import was taken back.
            ExpectedError: the library cannot be written, or another import is under way.
        """
        try:
            return importing.import_texts(self._store, texts, progress, options)
        finally:
            self._tell(News(everything=True))

    def preview(
        self, texts: Sequence[InputText], progress: Progress = no_progress, *, personal: bool = True
    ) -> Preview:
        """What an import of these texts would do with each of their records. Nothing is written.

        Raises:
            CancelledError: `progress` raised it.
        """
        today = _now().astimezone().date()
        return previewing.preview_texts(self._store, texts, progress, personal=personal, today=today)

    def export(
        self, ids: Sequence[int], format_name: str, progress: Progress = no_progress, *, personal: bool = True
    ) -> str:
        """The papers as text in a format ("bibtex"), in the order of the ids.

        Without `personal`, reading states, stars, ratings, tags and notes are left out.

        Raises:
            UsageError: there is no such format.
            CancelledError: `progress` raised it.
        """
        return exporting.export(self._store, ids, format_name, progress, personal=personal)

    def export_smart_lists(self) -> dict[str, object]:
        """All smart lists with their counts, as JSON can hold them."""
        return smart_lists.to_json(self.smart_lists(), self.count_found)

    # upkeep

    def index_pending(self, progress: Progress = no_progress) -> int:
        """Bring the full-text index up to date here and now; gives how many papers were indexed."""
        return indexing.index_pending(self._store, self._index, progress)

    def index_in_background(self) -> bool:
        """Let another process index what is pending, if it is worth one; whether it was started."""
        return indexing.start_in_background(self._store, self.folder)

    def reindex(self, progress: Progress = no_progress) -> int:
        """Build the full-text index anew; gives how many papers it holds.

        Raises:
            IndexBusyError: another program is writing the index.
        """
        return indexing.reindex(self._store, self._index, progress)

    def check(self, progress: Progress = no_progress) -> Check:
        """Compare database and full-text index, and each with itself; nothing is changed."""
        return checking.check(self._store, self._index, progress)

    def changed_elsewhere(self) -> bool:
        """Whether another program wrote to the library since this was last asked (cheap; a timer may ask)."""
        return self._store.changed_elsewhere()

    def listen(self, listener: Callable[[News], None]) -> None:
        """Call `listener` after each change, in the thread that made it."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Let go of all files."""
        self._index.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _edit(self, ids: Sequence[int], verb: Callable[[Sequence[Paper]], Change]) -> Change:
        change = verb(self._store.papers(ids))
        self._store.record(change, _now())
        self._tell_of(change)
        return change

    def _edit_one(self, paper_id: int, verb: Callable[[Paper], Change]) -> Change:
        paper = naming.named_paper(self._store, str(paper_id))
        return self._edit([paper.id], lambda papers: verb(papers[0]))

    def _edit_lists(self, verb: Callable[[Sequence[SmartList]], Change]) -> Change:
        change = verb(self._store.smart_lists())
        self._store.record(change, _now())
        self._tell_of(change)
        return change

    def _tell_of(self, change: Change | None) -> Change | None:
        if change:
            self._tell(News(change.paper_ids(), everything=change.comes_or_goes()))
        return change

    def _tell(self, news: News) -> None:
        for listener in self._listeners:
            listener(news)


def _now() -> datetime:
    return datetime.now(UTC)
