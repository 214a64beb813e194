"""Which paper of the library a record is, and what the record brings to it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

from readinglist.papers.duplicates import Match, compare, marks, merge
from readinglist.papers.paper import Note, Paper, ReadingState


class KnownPapers:
    """The papers that a record may be: those of the library and those just read, found by what they share."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self._papers: dict[int, Paper] = {}
        self._by_mark: dict[tuple[str, str], list[int]] = defaultdict(list)
        for paper in papers:
            self.put(paper)

    def put(self, paper: Paper) -> None:
        """Know a paper, as it is from now on."""
        self._papers[paper.id] = paper
        for mark in marks(paper):
            if paper.id not in self._by_mark[mark]:
                self._by_mark[mark].append(paper.id)

    def match(self, paper: Paper) -> tuple[Match, Paper | None]:
        """The paper that a record is, surely or else perhaps."""
        probable: Paper | None = None
        candidates = dict.fromkeys(paper_id for mark in marks(paper) for paper_id in self._by_mark.get(mark, ()))
        for candidate in map(self._papers.__getitem__, candidates):
            found = compare(candidate, paper)
            if found is Match.SAME:
                return found, candidate
            if found is Match.PROBABLE and probable is None:
                probable = candidate
        return (Match.DIFFERENT if probable is None else Match.PROBABLE), probable


def gained(known: Paper, record: Paper, source_id: int, *, personal: bool) -> dict[str, Any]:
    """The fields of a known paper that a record of it changes, with their new values and where those came from.

    With `personal`, what another reader or program did to the paper is added to what is there, and replaces none of it.
    """
    news = merge(known, record)
    have = {attachment.digest for attachment in known.attachments}
    if files := tuple(attachment for attachment in record.attachments if attachment.digest not in have):
        news["attachments"] = known.attachments + files
    if personal:
        news |= personal_gains(known, record)
    moved = {name: source_id for name in news if known.origins.get(name, known.origins.get("")) != source_id}
    if moved:
        news["origins"] = {**known.origins, **moved}
    return news


def personal_gains(known: Paper, record: Paper) -> dict[str, Any]:
    """Tags, notes, star, rating and reading state of a record, where the known paper has nothing against it."""
    news: dict[str, Any] = {}
    have = {tag.casefold() for tag in known.tags}
    if tags := tuple(tag for tag in record.tags if tag.casefold() not in have):
        news["tags"] = known.tags + tags
    texts = {note.text.strip() for note in known.notes}
    if notes := tuple(note for note in with_ids(record.notes) if note.text.strip() not in texts):
        news["notes"] = known.notes + notes
    if record.starred and not known.starred:
        news["starred"] = True
    if record.rating and not known.rating:
        news["rating"] = record.rating
    if known.state is ReadingState.INBOX and record.state is not ReadingState.INBOX:
        news["state"] = record.state
        if record.read_at and not known.read_at:
            news["read_at"] = record.read_at
    return news


def with_ids(notes: Iterable[Note]) -> tuple[Note, ...]:
    """The notes of a record, each with the id that it keeps."""
    return tuple(replace(note, id=uuid4().hex) for note in notes)


def without_personal(paper: Paper) -> Paper:
    """A record without what its reader did to it."""
    return replace(
        paper, state=ReadingState.INBOX, starred=False, rating=0, tags=(), notes=(), read_at=None, looked_at=None
    )


def has_personal(paper: Paper) -> bool:
    """Whether a record says what its reader did to the paper."""
    marks = (paper.starred, paper.rating, paper.tags, paper.notes, paper.read_at)
    return paper.state is not ReadingState.INBOX or any(marks)


def gain_words(gains: Mapping[str, Any]) -> str:
    """The names of what was completed: "abstract, doi"."""
    return ", ".join(name.replace("_", " ") for name in gains if name != "origins")
