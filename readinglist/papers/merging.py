"""Several records of one paper made one, and taken apart again; nothing that belonged to any of them is lost.

What a record says goes into the paper that is kept, by field: where only one of two can stay, the richer one, or the
one that the reader chose. Both papers stay whole in the library's memory of the merge, from which `take_apart` brings
the one back that went into the other.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import uuid4

from readinglist.papers.change import (
    Change,
    FieldChanged,
    Forgotten,
    PapersAdded,
    PapersRemoved,
    Remembered,
    SightingsAdded,
    SightingsRemoved,
    Step,
    field_changed,
)
from readinglist.papers.edits import count_papers
from readinglist.papers.memory import Merge
from readinglist.papers.paper import NO_FIELDS, NO_ORIGINS, Paper, ReadingState, Sighting
from readinglist.papers.richer import came_out, is_of_publication, joined_extra, richer
from readinglist.papers.work_ids import arxiv_base, doi_of

# Fields of which one value stays, which the reader may choose.
CHOSEN_FIELDS = (
    "title",
    "authors",
    "year",
    "entry_type",
    "venue",
    "doi",
    "arxiv_id",
    "url",
    "citation_key",
    "abstract",
)
ALIASES = "ids"  # BibLaTeX's field for the keys by which an entry is known too (biblatex, section 2.2.3)

_READER = 0
_ONE_VALUE = (*CHOSEN_FIELDS, "upvotes", "state", "starred", "rating", "added", "looked_at", "read_at", "trashed")
# Fields of which all items stay, each once; with what an item is known by.
_COLLECTIONS: Mapping[str, Callable[[Any], object]] = {
    "keywords": str.casefold, "links": attrgetter("url"), "tags": str.casefold, "notes": attrgetter("id"),
    "attachments": attrgetter("digest"),
}  # fmt: skip
_PROGRESS = {
    ReadingState.SKIPPED: 0, ReadingState.INBOX: 1, ReadingState.TO_READ: 2, ReadingState.READING: 3,
    ReadingState.READ: 4,
}  # fmt: skip


def merged(kept: Paper, others: Sequence[Paper], now: datetime, choices: Mapping[str, int] | None = None) -> Change:
    """Make several papers one: `kept` lives on under its id, with all that was of the others.

    Args:
        kept: the paper that stays, as it is in the library.
        others: those that go into it, in this order.
        now: when this is done.
        choices: for fields of `CHOSEN_FIELDS`, the id of the paper whose value the reader wants.
    """
    whole, memories = kept, []
    for number, other in enumerate(others):
        made = now + timedelta(microseconds=number)  # so that it is known which one came first
        memories.append(Remembered(Merge(uuid4().hex, whole, other, made)))
        whole = merged_paper(whole, other, _chosen(choices or {}, other, others))
    steps: list[Step] = [PapersRemoved(tuple(others)), *_steps(kept, whole), *memories]
    label = f"Merge {count_papers(1 + len(others))} into {_quoted(whole)}"
    return Change(label, tuple(steps) if others else ())


def merged_paper(kept: Paper, other: Paper, choices: Mapping[str, bool] | None = None) -> Paper:
    """`kept` with all that `other` says and is richer in; `choices` tell whether a field is to be the other's."""
    wanted = [field for field in CHOSEN_FIELDS if (choices or {}).get(field, _is_better(field, kept, other))]
    taken = [field for field in wanted if getattr(kept, field) != getattr(other, field)]
    news: dict[str, Any] = {field: getattr(other, field) for field in taken}
    if "doi" in taken and not doi_of(kept) and not kept.arxiv_id and not other.arxiv_id:
        news["arxiv_id"] = arxiv_base(kept)  # it stood in the DOI that arXiv gave
    news |= {field: _joined(field, getattr(kept, field), getattr(other, field)) for field in _COLLECTIONS}
    news |= _marks_of_reading(kept, other)
    news["upvotes"] = max((each for each in (kept.upvotes, other.upvotes) if each is not None), default=None)
    news["extra"] = _joined_extra(kept, other, news.get("citation_key", kept.citation_key))
    news["origins"] = _joined_origins(kept, other, taken)
    places = {(seen.listing_id, seen.position) for seen in kept.sightings}
    seen_too = tuple(seen for seen in other.sightings if (seen.listing_id, seen.position) not in places)
    return replace(kept, **news, sightings=kept.sightings + seen_too)


def take_apart(merge: Merge, today: Paper, others: Sequence[Merge] = (), key: str | None = None) -> Change:
    """Bring back the paper that a merge took in, and take from the other one what came from it alone.

    What was edited since stays as it is; a note of the paper that comes back keeps its new words.

    Args:
        merge: the merge to take apart.
        today: the paper that was kept, as it is now.
        others: the other merges of that paper, which stay.
        key: the citation key of the paper that comes back; None for its own.
    """
    stay = sorted((other for other in others if other.id != merge.id), key=lambda other: other.made)
    steps: list[Step] = list(_steps(today, without(merge, today, [other.absorbed for other in stay])))
    notes = {note.id: note for note in today.notes}
    own_notes = tuple(notes.get(note.id, note) for note in merge.absorbed.notes)
    back = replace(merge.absorbed, notes=own_notes, citation_key=merge.absorbed.citation_key if key is None else key)
    steps += [PapersAdded((back,)), Forgotten(merge)]
    for number, later in enumerate(stay):
        # what was merged later remembers the kept paper with this one in it
        kept = without(merge, later.kept, [earlier.absorbed for earlier in stay[:number]])
        if later.made > merge.made and kept != later.kept:
            steps += [Forgotten(later), Remembered(replace(later, kept=kept))]
    return Change(f"Take {_quoted(back)} out of {_quoted(today)}", tuple(steps))


def without(merge: Merge, paper: Paper, others: Iterable[Paper] = ()) -> Paper:
    """A merged paper without what came from the absorbed one alone; what `others` say too, or was edited, stays."""
    before, gone, rest = merge.kept, merge.absorbed, tuple(others)
    made = merged_paper(before, gone)
    news: dict[str, Any] = {}
    for field in _ONE_VALUE:
        now, own, theirs = (getattr(each, field) for each in (paper, before, gone))
        if now != own and now in {theirs, getattr(made, field)} and all(getattr(other, field) != now for other in rest):
            news[field] = own
    origins = _origins_without(before, paper, news)
    for field, identity in _COLLECTIONS.items():
        own_items = {identity(item) for each in (before, *rest) for item in getattr(each, field)}
        taken = {identity(item) for item in getattr(gone, field)} - own_items
        news[field] = tuple(item for item in getattr(paper, field) if identity(item) not in taken)
    news["extra"] = _extra_without(merge, paper, rest, news.get("citation_key", paper.citation_key))
    return replace(paper, **news, origins=origins, sightings=_sightings_without(merge, paper, rest))


def richest(papers: Sequence[Paper]) -> dict[str, int]:
    """Of the papers that may be merged, the id of the one whose value would stay, by field; the first is kept."""
    owner = dict.fromkeys(CHOSEN_FIELDS, papers[0].id)
    whole = papers[0]
    for other in papers[1:]:
        owner |= {field: other.id for field in CHOSEN_FIELDS if _is_better(field, whole, other)}
        whole = merged_paper(whole, other)
    return owner


def _chosen(choices: Mapping[str, int], other: Paper, others: Sequence[Paper]) -> dict[str, bool]:
    """Whether the other's value is wanted, for each field that was chosen: once chosen, no later paper replaces it."""
    ids = [each.id for each in others]
    return {
        field: paper_id == other.id
        for field, paper_id in choices.items()
        if paper_id == other.id or paper_id not in ids or ids.index(paper_id) < ids.index(other.id)
    }


def _is_better(field: str, kept: Paper, other: Paper) -> bool:
    """Whether the other's value is to stay: what the reader wrote goes before what was imported, then the richer."""
    if kept.origins.get(field) == _READER and getattr(kept, field):
        return False
    if other.origins.get(field) == _READER and getattr(other, field):
        return bool(getattr(other, field) != getattr(kept, field)) and field != "citation_key"
    return richer(field, kept, other)


def _marks_of_reading(kept: Paper, other: Paper) -> dict[str, Any]:
    state = max(kept.state, other.state, key=_PROGRESS.__getitem__)
    read = [paper.read_at for paper in (kept, other) if paper.state is state and paper.read_at is not None]
    return {
        "state": state,
        "read_at": min(read, default=None),
        "starred": kept.starred or other.starred,
        "rating": max(kept.rating, other.rating),
        "added": _earlier(kept.added, other.added),
        "looked_at": _earlier(kept.looked_at, other.looked_at),
        "trashed": kept.trashed if other.trashed is not None else None,
    }


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each is not None), default=None)


def _joined(field: str, own: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    identity = _COLLECTIONS[field]
    known = {identity(item) for item in own}
    both = (*own, *(item for item in theirs if identity(item) not in known))
    if field == "tags":
        return tuple(sorted(both, key=str.casefold))
    return tuple(sorted(both, key=lambda note: (note.created, note.id))) if field == "notes" else both


def _joined_extra(kept: Paper, other: Paper, key: str) -> Mapping[str, str]:
    """Both papers' fields; the key that goes stays known, as BibLaTeX does it."""
    both = joined_extra(kept, other)
    aliases = dict.fromkeys((*_aliases(kept), kept.citation_key, other.citation_key, *_aliases(other)))
    return _with_aliases(both, [alias for alias in aliases if alias and alias != key])


def _aliases(paper: Paper) -> list[str]:
    return [key.strip() for key in paper.extra.get(ALIASES, "").split(",") if key.strip()]


def _joined_origins(kept: Paper, other: Paper, taken: Iterable[str]) -> Mapping[str, int]:
    origins = dict(kept.origins)
    for field in taken:
        origin = other.origins.get(field, other.origins.get(""))
        origins.pop(field, None)
        if origin is not None and origin != origins.get(""):
            origins[field] = origin
    return origins or NO_ORIGINS


def _extra_without(merge: Merge, paper: Paper, others: Sequence[Paper], key: str) -> Mapping[str, str]:
    own, gone = merge.kept.extra, merge.absorbed.extra
    extra = dict(paper.extra)
    if came_out(merge.kept, merge.absorbed):
        extra |= {name: text for name, text in own.items() if is_of_publication(name) and name not in extra}
    for name, text in gone.items():
        if extra.get(name) == text != own.get(name) and all(other.extra.get(name) != text for other in others):
            if name in own:
                extra[name] = own[name]
            else:
                del extra[name]
    brought = {merge.absorbed.citation_key, *_aliases(merge.absorbed)} - _names(others)
    own_aliases = _aliases(merge.kept)
    left = [alias for alias in _aliases(paper) if alias in own_aliases or (alias not in brought and alias != key)]
    if left == own_aliases and ALIASES in own:
        return {**extra, ALIASES: own[ALIASES]}
    return _with_aliases(extra, left)


def _names(papers: Iterable[Paper]) -> set[str]:
    return {name for paper in papers for name in (paper.citation_key, *_aliases(paper))}


def _with_aliases(extra: dict[str, str], aliases: Sequence[str]) -> Mapping[str, str]:
    if aliases:
        extra[ALIASES] = ",".join(aliases)
    else:
        extra.pop(ALIASES, None)
    return extra or NO_FIELDS


def _origins_without(before: Paper, paper: Paper, restored: Iterable[str]) -> Mapping[str, int]:
    origins = dict(paper.origins)
    for field in restored:
        origins.pop(field, None)
        if field in before.origins:
            origins[field] = before.origins[field]
    return origins or NO_ORIGINS


def _sightings_without(merge: Merge, paper: Paper, others: Sequence[Paper]) -> tuple[Sighting, ...]:
    own = {(seen.listing_id, seen.position) for each in (merge.kept, *others) for seen in each.sightings}
    gone = {(seen.listing_id, seen.position) for seen in merge.absorbed.sightings} - own
    return tuple(seen for seen in paper.sightings if (seen.listing_id, seen.position) not in gone)


def _quoted(paper: Paper, length: int = 40) -> str:
    title = paper.title
    return f"“{title if len(title) <= length else title[: length - 1].rstrip() + '…'}”"


def _steps(before: Paper, after: Paper) -> Iterable[Step]:
    """What makes a paper of the library another one."""
    changed: Iterable[FieldChanged | None] = (
        field_changed(field, {before.id: (getattr(before, field), getattr(after, field))})
        for field in (*_ONE_VALUE, *_COLLECTIONS, "extra", "origins")
    )
    yield from (step for step in changed if step is not None)
    come = tuple((before.id, seen) for seen in after.sightings if seen not in before.sightings)
    gone = tuple((before.id, seen) for seen in before.sightings if seen not in after.sightings)
    if come:
        yield SightingsAdded(come)
    if gone:
        yield SightingsRemoved(gone)
