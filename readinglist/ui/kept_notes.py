"""Notes that could not be saved: kept here, tried again, and among the drafts until the library has them.

What was typed of a paper that is gone has no place in the library any more. It is kept until the reader decides.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readinglist.errors import ExpectedError
from readinglist.ui.crash_drafts import Drafts, NoteDraft, save_notes

if TYPE_CHECKING:
    from readinglist.library.library import Library


class KeptNotes(QObject):
    """What was typed and refused by the library, such as where its disk is full or was unplugged."""

    changed = Signal(object)
    """The `ExpectedError` that keeps the newest from being saved; None once all are saved that have a paper."""
    homeless_changed = Signal()
    """Of papers that are gone, there is something else now."""

    def __init__(self, library: "Library", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._notes: dict[tuple[int, str], NoteDraft] = {}
        self._homeless = Drafts()

    @property
    def drafts(self) -> Drafts:
        """The notes that wait to be saved, and all that was typed of papers that are gone."""
        return Drafts(self._homeless.details, tuple(self._notes.values()))

    @property
    def homeless(self) -> Drafts:
        """What was typed of papers that are gone."""
        return self._homeless

    def keep(self, draft: NoteDraft, error: ExpectedError) -> None:
        """Keep a note that was not saved because of an error; a later state of it takes its place."""
        self._notes[_key(draft)] = draft
        self.changed.emit(error)

    def take_up(self, left: Drafts) -> list[int]:
        """Save the notes that an earlier start left, as far as that works; gives the ids of their papers.

        Of its details, those of papers that are gone are kept.
        """
        self._notes.update({_key(draft): draft for draft in left.notes if draft.text.strip()})
        there = {paper.id for paper in self._library.papers(list(left.details))}
        self._set_homeless(Drafts({number: texts for number, texts in left.details.items() if number not in there}))
        return self.retry()

    def retry(self) -> list[int]:
        """Save what waits, as far as that works now; gives the ids of the papers."""
        saved: list[int] = []
        if not self._notes:
            return saved
        homeless: list[NoteDraft] = []
        try:
            for key, draft in list(self._notes.items()):
                if self._library.papers([draft.paper_id]):
                    saved += save_notes(self._library, Drafts(notes=(draft,)))
                    del self._notes[key]
                else:
                    homeless.append(draft)
        except ExpectedError as error:
            self.changed.emit(error)
        else:
            self._set_homeless(Drafts(self._homeless.details, tuple(homeless)))
            self.changed.emit(None)
        return saved

    def drop_homeless(self) -> None:
        """Let go of what was typed of papers that are gone: the reader has it, or does not want it."""
        for draft in self._homeless.notes:
            self._notes.pop(_key(draft), None)
        self._set_homeless(Drafts())

    def _set_homeless(self, drafts: Drafts) -> None:
        if drafts != self._homeless:
            self._homeless = drafts
            self.homeless_changed.emit()


def _key(draft: NoteDraft) -> tuple[int, str]:
    return draft.paper_id, draft.note_id or draft.text
