"""The verbs: each takes papers as they are and gives the Change that does what the reader asked for.

A change that would change nothing has no steps. Labels count papers, and are what the Undo entry shows.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from readinglist.errors import UsageError
from readinglist.papers.change import Change, FieldChanged, field_changed
from readinglist.papers.characters import without_controls
from readinglist.papers.details import NAMES
from readinglist.papers.links import find_links
from readinglist.papers.paper import Attachment, Note, Paper, ReadingState

_MOST_TAG = 200  # characters
_BLANKS = re.compile(r"\s+")

STATE_NAMES = {
    ReadingState.INBOX: "Inbox",
    ReadingState.TO_READ: "To read",
    ReadingState.READING: "Reading",
    ReadingState.READ: "Read",
    ReadingState.SKIPPED: "Skipped",
}


def star(papers: Sequence[Paper]) -> Change:
    """Star the papers."""
    return _set("starred", papers, lambda _: True, "Star {}")


def unstar(papers: Sequence[Paper]) -> Change:
    """Take the star off the papers."""
    return _set("starred", papers, lambda _: False, "Unstar {}")


def rate(papers: Sequence[Paper], rating: int) -> Change:
    """Rate the papers from 1 to 5; 0 takes the rating away.

    Raises:
        UsageError: the rating is outside 0 to 5.
    """
    if not 0 <= rating <= 5:
        raise UsageError(f"A rating is a number from 1 to 5, or 0 for none, not {rating}.")
    return _set("rating", papers, lambda _: rating, "Rate {}")


def set_state(papers: Sequence[Paper], state: ReadingState, now: datetime) -> Change:
    """Set the reading state. The day a paper became Read is kept with it, and goes when it is not Read any more."""
    moved = [paper for paper in papers if paper.state is not state]
    read_at = now if state is ReadingState.READ else None
    steps = (
        field_changed("state", {paper.id: (paper.state, state) for paper in moved}),
        field_changed("read_at", {paper.id: (paper.read_at, read_at) for paper in moved}),
    )
    return _change(f"Move {{}} to {STATE_NAMES[state]}", moved, steps)


def tag(papers: Sequence[Paper], add: Iterable[str] = (), remove: Iterable[str] = ()) -> Change:
    """Add tags to the papers and take others off; names are cleaned by `clean_tag`, and compared without case.

    Raises:
        UsageError: a name is none that a tag can have.
    """
    added = [new_tag(name) for name in add]
    removed = {each.casefold() for name in remove for each in (name, clean_tag(name))}

    def after(paper: Paper) -> tuple[str, ...]:
        kept = [name for name in paper.tags if name.casefold() not in removed]
        known = {name.casefold() for name in kept}
        for name in added:
            if name.casefold() not in known:
                known.add(name.casefold())
                kept.append(name)
        return tuple(sorted(kept, key=str.casefold))

    verb = "Untag {}" if not added else "Tag {}"
    return _set("tags", papers, after, verb)


def clean_tag(name: str) -> str:
    """A tag's name with single blanks and no empty levels: " nlp / parsing " is "nlp/parsing".

    Raises:
        UsageError: nothing is left of the name, or it holds a comma (which separates tags).
    """
    levels = [_BLANKS.sub(" ", level).strip() for level in without_controls(name).removeprefix("#").split("/")]
    cleaned = "/".join(level for level in levels if level)
    if not cleaned or "," in cleaned:
        raise UsageError(f"{name!r} cannot be a tag: a tag needs a name, and no comma in it.")
    return cleaned


def new_tag(name: str) -> str:
    """A tag's name as `clean_tag` gives it, for a tag that may be new.

    Raises:
        UsageError: it is none that a tag can have, or too long to be one.
    """
    cleaned = clean_tag(name)
    if len(cleaned) > _MOST_TAG:
        raise UsageError(f"“{cleaned[:40]}…” cannot be a tag: it has more than {_MOST_TAG} characters.")
    return cleaned


def add_note(paper: Paper, text: str, now: datetime) -> Change:
    """Add a note. An empty text adds none."""
    text = without_controls(text)
    if not text.strip():
        return Change("Add note", ())
    note = Note(uuid4().hex, text, now, now)
    return _set("notes", [paper], lambda p: (*p.notes, note), "Add note to {}")


def edit_note(paper: Paper, note_id: str, text: str, now: datetime) -> Change:
    """Change a note's text; an empty text deletes the note."""
    text = without_controls(text)
    if not text.strip():
        return delete_note(paper, note_id)

    def after(p: Paper) -> tuple[Note, ...]:
        return tuple(
            replace(note, text=text, changed=now) if note.id == note_id and note.text != text else note
            for note in p.notes
        )

    return _set("notes", [paper], after, "Edit note on {}")


def delete_note(paper: Paper, note_id: str) -> Change:
    """Delete a note."""
    return _set("notes", [paper], lambda p: tuple(note for note in p.notes if note.id != note_id), "Delete note on {}")


def attach(paper: Paper, files: Iterable[Attachment]) -> Change:
    """Attach files to a paper; those that it has already are left out."""
    have = {file.digest for file in paper.attachments}
    new = {file.digest: file for file in files if file.digest not in have}
    what = "file" if len(new) == 1 else f"{len(new)} files"
    return _set("attachments", [paper], lambda p: (*p.attachments, *new.values()), f"Attach {what} to {{}}")


def detach(paper: Paper, digest: str) -> Change:
    """Take a file off a paper; where it has none with this digest, nothing changes."""
    kept = tuple(file for file in paper.attachments if file.digest != digest)
    return _set("attachments", [paper], lambda _: kept, "Detach file from {}")


def trash(papers: Sequence[Paper], now: datetime) -> Change:
    """Move the papers to the trash."""
    return _set("trashed", [p for p in papers if p.trashed is None], lambda _: now, "Move {} to the trash")


def restore(papers: Sequence[Paper]) -> Change:
    """Bring the papers back from the trash."""
    return _set("trashed", papers, lambda _: None, "Restore {}")


def set_fields(paper: Paper, values: Mapping[str, Any]) -> Change:
    """Set fields of one paper, such as its title and its authors, together.

    Links that stood in the abstract go with its words, and those of the new words come. The fields come from the reader
    from now on.

    Raises:
        ValueError: a field is none that an edit can set.
    """
    news = dict(values)
    if news.get("abstract", paper.abstract) != paper.abstract:
        gone = set(find_links(paper.abstract))
        kept = [link for link in paper.links if link not in gone]
        news.setdefault("links", tuple(dict.fromkeys((*kept, *find_links(news["abstract"])))))
    if own := {field: 0 for field, value in values.items() if field in NAMES and value != getattr(paper, field)}:
        news["origins"] = {**paper.origins, **own}
    steps = [field_changed(field, {paper.id: (getattr(paper, field), value)}) for field, value in news.items()]
    names = [NAMES[step.field] for step in steps if step is not None and step.field in NAMES]
    what = " and ".join(names) if 0 < len(names) < 3 else "details"
    return _change(f"Edit {what} of {{}}", [paper], steps)


def parse_state(word: str) -> ReadingState:
    """The reading state that a word names: "to-read", "To read" and "toread" are the same.

    Raises:
        UsageError: no reading state has that name.
    """
    wanted = re.sub(r"[\s_-]", "", word).casefold()
    for state in ReadingState:
        if state.value.replace("-", "") == wanted:
            return state
    known = ", ".join(state.value for state in ReadingState)
    raise UsageError(f"There is no reading state {word!r}. The reading states are {known}.")


def count_papers(count: int) -> str:
    """The words for a number of papers: "1 paper", "2 papers"."""
    return "1 paper" if count == 1 else f"{count:,} papers"


def _set(field: str, papers: Sequence[Paper], after: Callable[[Paper], Any], label: str) -> Change:
    values = {paper.id: (getattr(paper, field), after(paper)) for paper in papers}
    return _change(label, papers, (field_changed(field, values),))


def _change(label: str, papers: Sequence[Paper], steps: Iterable[FieldChanged | None]) -> Change:
    kept = tuple(step for step in steps if step is not None)
    touched = {paper_id for step in kept for paper_id in step.ids}
    if len(touched) == 1:
        title = next(paper.title for paper in papers if paper.id in touched)
        return Change(label.format(f"“{_short(title)}”"), kept)
    return Change(label.format(count_papers(len(touched))), kept)


def _short(title: str, length: int = 40) -> str:
    return title if len(title) <= length else title[: length - 1].rstrip() + "…"
