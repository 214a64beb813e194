"""What a step of a change did, in words: before and after, what came and went, and how a text differs."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from readinglist.papers.change import (
    FieldChanged,
    Forgotten,
    PapersAdded,
    PapersRemoved,
    Remembered,
    SightingsAdded,
    SightingsRemoved,
    SmartListAdded,
    SmartListChanged,
    SmartListRemoved,
    Step,
    TagChanged,
)
from readinglist.papers.details import NAMES
from readinglist.papers.edits import STATE_NAMES
from readinglist.papers.memory import DifferentPair, Memory, Merge
from readinglist.papers.paper import Note, Sighting

CAME, WENT, STAYED = "+", "-", " "

_NAMES = {**NAMES, "state": "state", "rating": "rating", "tags": "tags", "links": "links", "attachments": "files"}
_MOST_COMPARED = 2000  # pieces of a text
_LONG = 80  # characters; longer texts are told by what differs
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")

Place = Callable[[Sighting], str]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that a change did: what it was about, in one word, and how it was before and after, "" for nothing.

    `lines` tell what came ("+"), went ("-") or stayed (" ") of what has many parts, such as tags or a long text.
    """

    what: str
    before: str = ""
    after: str = ""
    lines: tuple[tuple[str, str], ...] = ()

    def words(self) -> str:
        """All of it on one line."""
        if self.lines:
            moved = ", ".join(f"{'+' if sign == CAME else '−'}{text}" for sign, text in self.lines if sign != STAYED)
            return f"{self.what}: {moved}"
        if self.before and self.after:
            return f"{self.what}: {self.before} → {self.after}"
        if self.before:
            return f"{self.what}: {self.before} taken away"
        return f"{self.what}: {self.after}" if self.after else self.what


def details_of(steps: Iterable[Step], place: Place) -> Iterator[Detail]:
    """What steps did to one paper, or beside the papers; `place` says where a paper was seen."""
    for step in steps:
        match step:
            case FieldChanged():
                yield from _field(step)
            case PapersAdded():
                yield Detail("Came into the library")
            case PapersRemoved():
                yield Detail("Went out of the library")
            case SightingsAdded(sightings=sightings):
                yield from (seen_detail(seen, place) for _, seen in sightings)
            case SightingsRemoved(sightings=sightings):
                yield from (Detail("Seen", before=place(seen)) for _, seen in sightings)
            case _:
                yield from _beside(step)


def seen_detail(seen: Sighting, place: Place) -> Detail:
    """That a paper was seen, and where."""
    return Detail("Seen", after=place(seen))


def _field(step: FieldChanged) -> Iterator[Detail]:
    before, after = step.before[0], step.after[0]
    match step.field:
        case "starred":
            yield Detail("Starred" if after else "Star taken off")
        case "trashed":
            yield Detail("Moved to the trash" if after else "Brought back from the trash")
        case "notes":
            yield from _notes(before, after)
        case "tags" | "keywords" | "links" | "attachments" | "extra":
            yield Detail(_name(step.field), lines=tuple(_parts(_texts(before), _texts(after))))
        case "origins" | "read_at" | "looked_at" | "added" | "upvotes":
            return  # they follow from what stands beside them
        case _:
            yield _value(step.field, _text(step.field, before), _text(step.field, after))


def _value(field: str, before: str, after: str) -> Detail:
    if max(len(before), len(after)) > _LONG and before and after:
        return Detail(_name(field), lines=tuple(differing(_SENTENCE.split(before), _SENTENCE.split(after))))
    return Detail(_name(field), before, after)


def _notes(before: Sequence[Note], after: Sequence[Note]) -> Iterator[Detail]:
    old, new = {note.id: note for note in before}, {note.id: note for note in after}
    for note_id, note in old.items():
        if note_id not in new:
            yield Detail("Note deleted", lines=tuple((WENT, line) for line in note.text.splitlines()))
        elif new[note_id].text != note.text:
            lines = differing(note.text.splitlines(), new[note_id].text.splitlines())
            yield Detail("Note edited", lines=tuple(lines))
    for note_id, note in new.items():
        if note_id not in old:
            yield Detail("Note added", lines=tuple((CAME, line) for line in note.text.splitlines()))


def differing(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pieces of a text that came and went, with the piece that stayed before and after each.

    Of very many pieces, whose comparison would take minutes, all between the first and the last that differ.
    """
    before, after = _around_what_differs(before, after)
    if len(before) + len(after) > _MOST_COMPARED:
        yield from _whole(before, after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for group in matcher.get_grouped_opcodes(1):
        for kind, from_old, to_old, from_new, to_new in group:
            if kind == "equal":
                yield from ((STAYED, line) for line in before[from_old:to_old])
            else:
                yield from ((WENT, line) for line in before[from_old:to_old])
                yield from ((CAME, line) for line in after[from_new:to_new])


def _whole(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """All pieces, those before first, without a closer look than at both ends."""
    first, last = before[:1] == after[:1], before[-1:] == after[-1:]
    yield from ((STAYED, piece) for piece in before[:first])
    yield from ((WENT, piece) for piece in before[first : len(before) - last])
    yield from ((CAME, piece) for piece in after[first : len(after) - last])
    yield from ((STAYED, piece) for piece in before[len(before) - last :])


def _around_what_differs(before: Sequence[str], after: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Two texts without what they begin and end with alike, but for the piece next to what differs."""
    shorter = min(len(before), len(after))
    first = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    last = next((place for place in range(shorter - first) if before[-1 - place] != after[-1 - place]), shorter - first)
    first, last = max(first - 1, 0), max(last - 1, 0)
    return before[first : len(before) - last], after[first : len(after) - last]


def _parts(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((CAME, text) for text in after if text not in before)
    yield from ((WENT, text) for text in before if text not in after)


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - the value has the field's own type
    """The parts of what has many: tags, keywords, links, files, fields of an entry."""
    if isinstance(value, Mapping):
        return [f"{name} = {text}" for name, text in value.items()]
    return [getattr(each, "url", None) or getattr(each, "name", None) or str(each) for each in value]


def _text(field: str, value: Any) -> str:  # noqa: ANN401 - the value has the field's own type
    if value is None or value == "":
        return ""
    match field:
        case "authors":
            return "; ".join(author.display for author in value)
        case "state":
            return str(STATE_NAMES[value])
        case "rating":
            return "★" * int(value)
        case _:
            return str(value)


def _name(field: str) -> str:
    name = _NAMES.get(field, "other fields")
    return name[0].upper() + name[1:] if name[1:2].islower() else name


def _beside(step: Step) -> Iterator[Detail]:
    match step:
        case Remembered(memory=memory):
            yield from _memory(memory, "Merged", "Told apart")
        case Forgotten(memory=memory):
            yield from _memory(memory, "Taken apart", "Not told apart any more")
        case TagChanged(before=(name, color), after=(new_name, new_color)):
            yield Detail("Tag", name, new_name) if name != new_name else Detail(f"Colour of {name}", color, new_color)
        case SmartListAdded(smart_list=made):
            yield Detail("Smart list", after=f"{made.name}: {made.query}")
        case SmartListRemoved(smart_list=gone):
            yield Detail("Smart list", before=gone.name)
        case SmartListChanged(before=old, after=new):
            yield Detail("Smart list", f"{old.name}: {old.query}", f"{new.name}: {new.query}")
        case _:
            return


def _memory(memory: Memory, merged: str, different: str) -> Iterator[Detail]:
    match memory:
        case Merge(kept=kept, absorbed=absorbed):
            yield Detail(merged, after=f"“{absorbed.title}” (paper {absorbed.id}), with “{kept.title}”")
        case DifferentPair(one=one, other=other):
            yield Detail(different, after=f"papers {one} and {other}")
        case _:
            return
