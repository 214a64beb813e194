"""The edits of a library: each is applied at once, is one undo step, and gives its change. Part of `Library`."""

from collections.abc import Mapping, Sequence

from readinglist.library import (
    correcting,
    smart_lists,
    tagging,
)
from readinglist.library.answers import (
    News,
)
from readinglist.library.base import LibraryBase, now
from readinglist.papers import edits, smart_list_edits
from readinglist.papers.change import Change
from readinglist.papers.paper import ReadingState


class Editing(LibraryBase):
    """The edits, each a short call of a verb; what they did can be undone and done again."""

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
        return self._edit(ids, lambda papers: edits.set_state(papers, state, now()))

    def tag(self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()) -> Change:
        """Add tags to papers and take others off.

        Raises:
            UsageError: a name is none that a tag can have.
        """
        return self._edit(ids, lambda papers: tagging.tag(self._store, papers, add, remove))

    def rename_tag(self, old: str, new: str) -> Change:
        """Give a tag, and those below it, another name; where there is a tag of that name, they become one.

        Raises:
            UsageError: there is no such tag, or the new name is none that a tag can have, or lies below the old one.
        """
        return self._record(tagging.rename(self._store, old, new))

    def delete_tag(self, name: str) -> Change:
        """Take a tag, and those below it, off all papers.

        Raises:
            UsageError: there is no such tag.
        """
        return self._record(tagging.delete(self._store, name))

    def color_tag(self, name: str, color: str) -> Change:
        """Give a tag a colour such as "#3157d5"; "" gives it the one of its name again.

        Raises:
            UsageError: there is no such tag, or that is no colour.
        """
        return self._record(tagging.color(self._store, name, color))

    def add_note(self, paper_id: int, text: str) -> Change:
        """Add a note in Markdown to a paper."""
        return self._edit_one(paper_id, lambda paper: edits.add_note(paper, text, now()))

    def edit_note(self, paper_id: int, note_id: str, text: str) -> Change:
        """Change a note; an empty text deletes it."""
        return self._edit_one(paper_id, lambda paper: edits.edit_note(paper, note_id, text, now()))

    def delete_note(self, paper_id: int, note_id: str) -> Change:
        """Delete a note."""
        return self._edit_one(paper_id, lambda paper: edits.delete_note(paper, note_id))

    def trash(self, ids: Sequence[int]) -> Change:
        """Move papers to the trash."""
        return self._edit(ids, lambda papers: edits.trash(papers, now()))

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
        if self._store.look_at(paper_id, now()):
            self._tell(News(frozenset({paper_id}), counts=False))

    def undo(self) -> Change | None:
        """Take the last change back; gives what was applied for it, or None where there is nothing to undo."""
        return self._tell_of(self._store.undo(now()))

    def redo(self) -> Change | None:
        """Do again what was undone last; gives it, or None where there is nothing to redo."""
        return self._tell_of(self._store.redo(now()))

    def undo_label(self) -> str:
        """What undo would take back ("Star 3 papers"); "" where there is nothing."""
        return self._store.undo_labels()[0]

    def redo_label(self) -> str:
        """What redo would do again; "" where there is nothing."""
        return self._store.undo_labels()[1]
