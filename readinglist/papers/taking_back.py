"""One value taken back to what it was before a change, without what was changed later where that does not conflict.

Tags, keywords, links and files, the fields of an entry and notes are taken back as differences: what the change added
goes, what it took away comes again, and the rest stays as it is today. Any other value is set back where it still is
what the change made it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from operator import attrgetter
from typing import Any

from readinglist.papers.paper import Note

_IDENTITIES: Mapping[str, Callable[[Any], object]] = {
    "tags": str.casefold, "keywords": str.casefold, "links": attrgetter("url"), "attachments": attrgetter("digest"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Back:
    """A value without a change: `value` without the later ones that conflict taken back, `whole` with them.

    `conflicts` says whether there are any; the two are the same where there are none.
    """

    value: Any
    whole: Any
    conflicts: bool = False


def value_back(field: str, before: Any, after: Any, today: Any) -> Back:  # noqa: ANN401 - the field's own type
    """Take a change of a field back.

    Args:
        field: one of `change.EDITABLE_FIELDS`.
        before: its value before the change.
        after: its value after it.
        today: its value now.
    """
    if field in _IDENTITIES:
        return _items_back(_IDENTITIES[field], before, after, today, in_order=field == "tags")
    if field == "notes":
        return _notes_back(before, after, today)
    if field in {"extra", "origins"}:
        return _entries_back(before, after, today)
    if today in (after, before):
        return Back(before, before)
    return Back(today, before, conflicts=True)


def text_back(before: str, after: str, today: str) -> str | None:
    """A text of today without what a change did to it, line by line; None where the same lines were changed later."""
    old, new, now = (text.splitlines(keepends=True) for text in (before, after, today))
    later = [piece for piece in SequenceMatcher(None, new, now, autojunk=False).get_opcodes() if piece[0] != "equal"]
    result, at = [], 0
    for kind, from_new, to_new, from_old, to_old in SequenceMatcher(None, new, old, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        start, end = _moved(from_new, to_new, later)
        if start is None:
            return None
        result += [*now[at:start], *old[from_old:to_old]]
        at = end
    return "".join([*result, *now[at:]])


def _moved(start: int, end: int, later: Sequence[tuple[str, int, int, int, int]]) -> tuple[int, int] | tuple[None, int]:
    """Where lines stand after later changes; None where these touch them."""
    shift = 0
    for _, old_start, old_end, _, new_end in later:
        if old_end < start or (old_end == start and old_start < old_end and start < end):
            shift = new_end - old_end
        elif old_start <= end and old_end >= start:
            return None, 0
        else:
            break
    return start + shift, end + shift


def _items_back(
    identity: Callable[[Any], object], before: Sequence[Any], after: Sequence[Any], today: Sequence[Any], *,
    in_order: bool,
) -> Back:  # fmt: skip
    old, new = {identity(item) for item in before}, {identity(item) for item in after}
    kept = [item for item in today if identity(item) not in new - old]
    here = {identity(item) for item in kept}
    kept += [item for item in before if identity(item) not in new | here]
    if [identity(item) for item in today] == [identity(item) for item in after]:
        kept = list(before)  # nothing was changed since: their order and spelling come back too
    value = tuple(sorted(kept, key=str.casefold)) if in_order else tuple(kept)
    return Back(value, value)


def _entries_back(before: Mapping[str, Any], after: Mapping[str, Any], today: Mapping[str, Any]) -> Back:
    value, whole, conflicts = dict(today), dict(today), False
    for name in {*before, *after}:
        old, new, now = (each.get(name) for each in (before, after, today))
        if old in (new, now):
            continue
        conflicts |= now != new
        for kept in (whole,) if now != new else (whole, value):
            kept.pop(name, None)
            if old is not None:
                kept[name] = old
    return Back(value, whole, conflicts)


def _notes_back(before: Sequence[Note], after: Sequence[Note], today: Sequence[Note]) -> Back:
    old, new, now = ({note.id: note for note in notes} for notes in (before, after, today))
    value, whole, conflicts = dict(now), dict(now), False
    for note_id in {*old, *new}:
        if old.get(note_id) == new.get(note_id) or now.get(note_id) == old.get(note_id):
            continue
        back = _note_back(old.get(note_id), new.get(note_id), now.get(note_id))
        conflicts |= back.conflicts
        for kept, note in ((value, back.value), (whole, back.whole)):
            kept.pop(note_id, None)
            if note is not None:
                kept[note_id] = note
    return Back(_in_order(value), _in_order(whole), conflicts)


def _note_back(old: Note | None, new: Note | None, now: Note | None) -> Back:
    if now == new:
        return Back(old, old)
    if old is not None and new is not None and now is not None:
        text = text_back(old.text, new.text, now.text)
        if text is not None:
            merged = replace(now, text=text)
            return Back(merged, merged)
    return Back(now, old, conflicts=True)


def _in_order(notes: Mapping[str, Note]) -> tuple[Note, ...]:
    return tuple(sorted(notes.values(), key=lambda note: (note.created, note.id)))
