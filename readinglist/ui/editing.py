"""Edits from the window: one step for all that is selected, at once where it is little, and a quiet word after it."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readinglist.errors import ExpectedError
from readinglist.papers.change import Change
from readinglist.papers.paper import Paper, ReadingState
from readinglist.ui import wording
from readinglist.ui.background import Background
from readinglist.ui.crash_drafts import NoteDraft
from readinglist.ui.paper_wording import state_name
from readinglist.ui.readable_text import readable

if TYPE_CHECKING:
    from readinglist.library.library import Library

AT_ONCE = 40  # papers that are edited in the GUI thread: some milliseconds; more go to the background
TITLE_LENGTH = 50

Done = tuple[Change | None, str]
Edit = Callable[[], Done]


class Editing(QObject):
    """The verbs of the library, for the window. Edits follow one another in the order they were asked for."""

    done = Signal(str, bool)
    """Words for what was done, and whether Undo takes it back."""
    failed = Signal(object)
    """An `ExpectedError`: why it was not done."""
    note_failed = Signal(object, object)
    """A `NoteDraft` that could not be saved, and the `ExpectedError` why."""
    fields_failed = Signal(int, object)
    """Details that could not be saved: of which paper, and the texts by the names of papers/details.py."""
    working = Signal(object)
    """The `Work` of an edit that takes longer."""

    def __init__(self, library: "Library", background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._waiting: deque[tuple[str, Edit]] = deque()
        self._running = False

    def toggle_star(self, ids: Sequence[int]) -> None:
        """Star the papers; where all are starred, take the stars off."""

        def edit() -> Done:
            papers = self._library.papers(ids)
            if all(paper.starred for paper in papers):
                return self._library.unstar(ids), self._about(self.tr("Took the star off {papers}"), papers)
            return self._library.star(ids), self._about(self.tr("Starred {papers}"), papers)

        self._do(self.tr("Starring papers"), ids, edit)

    def star(self, ids: Sequence[int]) -> None:
        """Star the papers."""
        self._do(self.tr("Starring papers"), ids, lambda: self._star(ids))

    def unstar(self, ids: Sequence[int]) -> None:
        """Take the stars off the papers."""
        self._do(self.tr("Taking stars off papers"), ids, lambda: self._unstar(ids))

    def set_state(self, ids: Sequence[int], state: ReadingState) -> None:
        """Set the reading state."""

        def edit() -> Done:
            words = self.tr("Moved {papers} to {state}").replace("{state}", state_name(state))
            return self._library.set_state(ids, state), self._said(words, ids)

        self._do(self.tr("Moving papers"), ids, edit)

    def rate(self, ids: Sequence[int], rating: int) -> None:
        """Rate the papers; 0 takes the rating away."""

        def edit() -> Done:
            words = self.tr("Rated {papers} {stars}").replace("{stars}", "★" * rating)
            if not rating:
                words = self.tr("Took the rating off {papers}")
            return self._library.rate(ids, rating), self._said(words, ids)

        self._do(self.tr("Rating papers"), ids, edit)

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> None:
        """Add tags and take others off."""

        def edit() -> Done:
            words = self.tr("Tagged {papers}: {tags}") if add else self.tr("Took {tags} off {papers}")
            words = words.replace("{tags}", ", ".join(add or remove))
            return self._library.tag(ids, add, remove), self._said(words, ids)

        self._do(self.tr("Tagging papers"), ids, edit)

    def trash(self, ids: Sequence[int]) -> None:
        """Move the papers to the trash."""

        def edit() -> Done:
            words = self._said(self.tr("Moved {papers} to the trash"), ids)
            return self._library.trash(ids), words

        self._do(self.tr("Moving papers to the trash"), ids, edit)

    def restore(self, ids: Sequence[int]) -> None:
        """Bring the papers back from the trash."""

        def edit() -> Done:
            words = self._said(self.tr("Brought {papers} back from the trash"), ids)
            return self._library.restore(ids), words

        self._do(self.tr("Bringing papers back"), ids, edit)

    def edit_fields(self, paper_id: int, texts: Mapping[str, str]) -> None:
        """Correct details of a paper."""

        def edit() -> Done:
            try:
                change = self._library.edit_fields(paper_id, texts)
            except ExpectedError:
                self.fields_failed.emit(paper_id, texts)
                raise
            return change, self._said(self.tr("Edited the details of {papers}"), [paper_id])

        self._do(self.tr("Editing details"), [paper_id], edit)

    def merge(self, ids: Sequence[int], choices: Mapping[str, int]) -> None:
        """Make papers one; the first of them is kept."""

        def edit() -> Done:
            change = self._library.merge(ids, choices)
            words = self.tr("Merged {count} papers into {papers}").replace("{count}", wording.number(len(ids)))
            return change, self._said(words, ids[:1])

        self._do(self.tr("Merging papers"), ids, edit)

    def tell_apart(self, ids: Sequence[int]) -> None:
        """Remember that papers are not one."""
        self._do(
            self.tr("Keeping papers apart"),
            ids,
            lambda: (self._library.tell_apart(ids), self._said(self.tr("Kept {papers} apart"), ids)),
        )

    def take_apart(self, paper_id: int, merge_id: str) -> None:
        """Bring back a paper that was merged into another one."""

        def edit() -> Done:
            return self._library.take_apart(paper_id, merge_id), self.tr("Took a merge apart")

        self._do(self.tr("Taking a merge apart"), [paper_id], edit)

    def detach(self, paper_id: int, digest: str) -> None:
        """Take a file off a paper."""

        def edit() -> Done:
            words = self._said(self.tr("Took a file off {papers}"), [paper_id])
            return self._library.detach(paper_id, digest), words

        self._do(self.tr("Taking a file off"), [paper_id], edit)

    def add_note(self, paper_id: int, text: str) -> None:
        """Add a note to a paper."""

        def edit() -> Done:
            try:
                return self._library.add_note(paper_id, text), ""
            except ExpectedError as error:
                self.note_failed.emit(NoteDraft(paper_id, "", "", text), error)
                return None, ""

        self._do(self.tr("Adding a note"), [paper_id], edit)

    def edit_note(self, paper_id: int, note_id: str, text: str) -> None:
        """Keep what was written; it says nothing, as notes save by themselves."""

        def edit() -> Done:
            try:
                return self._library.edit_note(paper_id, note_id, text), ""
            except ExpectedError as error:
                self.note_failed.emit(NoteDraft(paper_id, note_id, self._note(paper_id, note_id), text), error)
                return None, ""

        self._do(self.tr("Saving a note"), [paper_id], edit)

    def delete_note(self, paper_id: int, note_id: str) -> None:
        """Delete a note."""

        def edit() -> Done:
            return self._library.delete_note(paper_id, note_id), self.tr("Deleted a note")

        self._do(self.tr("Deleting a note"), [paper_id], edit)

    def take_back(self, number: int, paper_id: int | None, *, with_later: bool) -> None:
        """Take one change back, or a paper's part of it."""

        def edit() -> Done:
            plan = self._library.take_back(number, paper_id, with_later=with_later)
            words = self.tr("Took back: {what}").format(what=plan.label)
            return plan.whole if with_later else plan.change, " ".join((words, *plan.left))

        self._start_or_wait(self.tr("Taking a change back"), edit)

    def change_tag(self, edit: Callable[[], Change]) -> None:
        """Rename, colour or delete a tag on all papers, which may be many."""

        def do() -> Done:
            change = edit()
            return change, change.label

        self._start_or_wait(self.tr("Changing a tag"), do)

    def change_lists(self, edit: Callable[[], Change], said: str) -> None:
        """Change smart lists, and say so."""
        self._do_soon(self.tr("Changing smart lists"), 1, lambda: (edit(), said))

    def undo(self) -> None:
        """Take the last change back, which may be a large one."""

        def edit() -> Done:
            change = self._library.undo()
            return None, self.tr("Undone: {what}").format(what=change.label) if change else ""

        self._start_or_wait(self.tr("Undoing"), edit)

    def redo(self) -> None:
        """Do again what was undone last."""

        def edit() -> Done:
            change = self._library.redo()
            return None, self.tr("Done again: {what}").format(what=change.label) if change else ""

        self._start_or_wait(self.tr("Doing again"), edit)

    def _note(self, paper_id: int, note_id: str) -> str:
        """A note as the library has it; "" where it cannot be read."""
        with suppress(ExpectedError):
            notes = (note for paper in self._library.papers([paper_id]) for note in paper.notes)
            return next((note.text for note in notes if note.id == note_id), "")
        return ""

    def _star(self, ids: Sequence[int]) -> Done:
        return self._library.star(ids), self._said(self.tr("Starred {papers}"), ids)

    def finish(self) -> None:
        """Do here and now what still waits: the window closes, and nothing that was asked for may be lost."""
        while self._waiting:
            with suppress(ExpectedError):  # there is no one left to tell; typing is kept as a draft
                self._waiting.popleft()[1]()

    def _unstar(self, ids: Sequence[int]) -> Done:
        return self._library.unstar(ids), self._said(self.tr("Took the star off {papers}"), ids)

    def _said(self, words: str, ids: Sequence[int]) -> str:
        """The words with the papers in them: one by its title, several by their number."""
        return self._about(words, self._library.papers(ids) if len(ids) == 1 else ids)

    def _about(self, words: str, papers: Sequence[Paper | int]) -> str:
        one = papers[0] if len(papers) == 1 else 0
        if not isinstance(one, Paper):
            return words.replace("{papers}", wording.papers(len(papers)))
        title = readable(one.title)
        short = title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rstrip() + "…"
        return words.replace("{papers}", f"“{short}”")

    def _do(self, title: str, ids: Sequence[int], edit: Edit) -> None:
        if ids:
            self._do_soon(title, len(ids), edit)

    def _do_soon(self, title: str, size: int, edit: Edit) -> None:
        if self._running or self._waiting or size > AT_ONCE:
            self._start_or_wait(title, edit)
            return
        try:
            self._tell(edit())
        except ExpectedError as error:
            self.failed.emit(error)

    def _start_or_wait(self, title: str, edit: Edit) -> None:
        self._waiting.append((title, edit))
        self._next()

    def _next(self) -> None:
        if self._running or not self._waiting:
            return
        title, edit = self._waiting.popleft()
        self._running = True
        work = self._background.run(title, lambda _progress: edit(), self._tell, self.failed.emit)
        work.ended.connect(self._ended)
        self.working.emit(work)

    def _ended(self) -> None:
        self._running = False
        self._next()

    def _tell(self, done: Done) -> None:
        change, words = done
        if words and (change is None or change):
            self.done.emit(words, change is not None)
