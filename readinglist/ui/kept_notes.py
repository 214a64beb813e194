"""Notes that could not be saved: kept here, tried again, and among the drafts until the library has them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readinglist.errors import ExpectedError
from readinglist.ui.crash_drafts import Drafts, NoteDraft, save_notes

if TYPE_CHECKING:
    from readinglist.library.library import Library


class KeptNotes(QObject):
    """What was typed into notes and refused by the library, such as where its disk is full or was unplugged."""

    changed = Signal(object)
    """The `ExpectedError` that keeps the newest from being saved; None once all are saved."""

    def __init__(self, library: "Library", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._drafts: dict[tuple[int, str], NoteDraft] = {}

    @property
    def drafts(self) -> tuple[NoteDraft, ...]:
        """The notes that wait to be saved."""
        return tuple(self._drafts.values())

    def keep(self, draft: NoteDraft, error: ExpectedError) -> None:
        """Keep a note that was not saved because of an error; a later state of it takes its place."""
        self._drafts[draft.paper_id, draft.note_id or draft.text] = draft
        self.changed.emit(error)

    def retry(self) -> None:
        """Save what waits, as far as that works now."""
        if not self._drafts:
            return
        try:
            for key, draft in list(self._drafts.items()):
                save_notes(self._library, Drafts(notes=(draft,)))
                del self._drafts[key]
        except ExpectedError as error:
            self.changed.emit(error)
        else:
            self.changed.emit(None)
