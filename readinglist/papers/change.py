"""An edit as a value: what it does to which papers, with the way back.

A `Change` is what undo undoes in one step. It is made by the verbs in `edits.py` and by imports, applied by the store,
kept in the journal, and undone by applying its inverse.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from readinglist.papers.memory import Memory
from readinglist.papers.paper import Listing, Paper, Sighting, Source
from readinglist.papers.smart_list import SmartList

# The fields of a paper that an edit can set. `tags` and `notes` are applied as differences between before and after, so
# that two programs editing the same paper do not undo each other.
EDITABLE_FIELDS = frozenset(
    {
        "title", "abstract", "authors", "year", "entry_type", "citation_key", "doi", "arxiv_id", "url", "venue",
        "keywords", "links", "upvotes", "extra", "state", "starred", "rating", "tags", "notes",
        "attachments", "origins", "added", "looked_at", "read_at", "trashed",
    }
)  # fmt: skip

# The fields whose words the full-text index holds.
TEXT_FIELDS = frozenset({"title", "abstract", "authors", "notes", "attachments"})


@dataclass(frozen=True, slots=True)
class FieldChanged:
    """One field of some papers set to new values: `before[i]` and `after[i]` belong to `ids[i]`."""

    field: str
    ids: tuple[int, ...]
    before: tuple[Any, ...]
    after: tuple[Any, ...]

    def inverse(self) -> "FieldChanged":
        """The step that sets the old values again."""
        return FieldChanged(self.field, self.ids, self.after, self.before)


@dataclass(frozen=True, slots=True)
class PapersAdded:
    """Papers that came into the library; their ids are set."""

    papers: tuple[Paper, ...]

    def inverse(self) -> "PapersRemoved":
        """The step that takes them out again."""
        return PapersRemoved(self.papers)


@dataclass(frozen=True, slots=True)
class PapersRemoved:
    """Papers taken out of the library for good, with all that belonged to them."""

    papers: tuple[Paper, ...]

    def inverse(self) -> PapersAdded:
        """The step that brings them back under the same ids."""
        return PapersAdded(self.papers)


@dataclass(frozen=True, slots=True)
class SourceAdded:
    """A source that was imported."""

    source: Source

    def inverse(self) -> "SourceRemoved":
        """The step that forgets the source."""
        return SourceRemoved(self.source)


@dataclass(frozen=True, slots=True)
class SourceRemoved:
    """A source forgotten, with its text."""

    source: Source

    def inverse(self) -> SourceAdded:
        """The step that brings it back under the same id."""
        return SourceAdded(self.source)


@dataclass(frozen=True, slots=True)
class ListingAdded:
    """A listing found in a source."""

    listing: Listing

    def inverse(self) -> "ListingRemoved":
        """The step that forgets the listing."""
        return ListingRemoved(self.listing)


@dataclass(frozen=True, slots=True)
class ListingRemoved:
    """A listing forgotten, with all its sightings."""

    listing: Listing

    def inverse(self) -> ListingAdded:
        """The step that brings it back under the same id."""
        return ListingAdded(self.listing)


@dataclass(frozen=True, slots=True)
class SightingsAdded:
    """Papers already known that were seen again: pairs of paper id and sighting."""

    sightings: tuple[tuple[int, Sighting], ...]

    def inverse(self) -> "SightingsRemoved":
        """The step that forgets these sightings."""
        return SightingsRemoved(self.sightings)


@dataclass(frozen=True, slots=True)
class SightingsRemoved:
    """Sightings of known papers forgotten."""

    sightings: tuple[tuple[int, Sighting], ...]

    def inverse(self) -> SightingsAdded:
        """The step that remembers them again."""
        return SightingsAdded(self.sightings)


@dataclass(frozen=True, slots=True)
class SmartListAdded:
    """A search that was kept as a smart list."""

    smart_list: SmartList

    def inverse(self) -> "SmartListRemoved":
        """The step that forgets it."""
        return SmartListRemoved(self.smart_list)


@dataclass(frozen=True, slots=True)
class SmartListRemoved:
    """A smart list forgotten."""

    smart_list: SmartList

    def inverse(self) -> SmartListAdded:
        """The step that brings it back under the same id."""
        return SmartListAdded(self.smart_list)


@dataclass(frozen=True, slots=True)
class SmartListChanged:
    """A smart list with another name, query, icon or place."""

    before: SmartList
    after: SmartList

    def inverse(self) -> "SmartListChanged":
        """The step that makes it what it was."""
        return SmartListChanged(self.after, self.before)


@dataclass(frozen=True, slots=True)
class TagChanged:
    """A tag spelled or coloured otherwise, on all papers that carry it.

    Both are its name, the same but for case, and its colour as "#rrggbb", "" for the one that its name gives.
    """

    before: tuple[str, str]
    after: tuple[str, str]

    def inverse(self) -> "TagChanged":
        """The step that makes it what it was."""
        return TagChanged(self.after, self.before)


@dataclass(frozen=True, slots=True)
class Remembered:
    """Something that the library remembers beside its papers."""

    memory: Memory

    def inverse(self) -> "Forgotten":
        """The step that forgets it."""
        return Forgotten(self.memory)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Something that the library remembered, forgotten."""

    memory: Memory

    def inverse(self) -> Remembered:
        """The step that remembers it again."""
        return Remembered(self.memory)


Step = (
    FieldChanged
    | PapersAdded
    | PapersRemoved
    | SourceAdded
    | SourceRemoved
    | ListingAdded
    | ListingRemoved
    | SightingsAdded
    | SightingsRemoved
    | SmartListAdded
    | SmartListRemoved
    | SmartListChanged
    | TagChanged
    | Remembered
    | Forgotten
)

# Steps that leave papers, listings and sightings where they are.
_IN_PLACE = (FieldChanged, SmartListAdded, SmartListRemoved, SmartListChanged, Remembered, Forgotten)


@dataclass(frozen=True, slots=True)
class Change:
    """Steps that are done, and undone, together. `label` is what the reader calls it: "Star 3 papers"."""

    label: str
    steps: tuple[Step, ...]

    def inverse(self) -> "Change":
        """The change that takes this one back: each step's inverse, last step first."""
        return Change(self.label, tuple(step.inverse() for step in reversed(self.steps)))

    def paper_ids(self) -> frozenset[int]:
        """The ids of all papers that this change touches."""
        ids: set[int] = set()
        for step in self.steps:
            ids.update(_ids_of(step))
        return frozenset(ids)

    def comes_or_goes(self) -> bool:
        """Whether papers, listings or sightings come or go, and not fields of papers or smart lists alone."""
        return any(not isinstance(step, _IN_PLACE) for step in self.steps)

    def __bool__(self) -> bool:
        return bool(self.steps)


def _ids_of(step: Step) -> set[int]:
    match step:
        case FieldChanged(ids=ids):
            return set(ids)
        case PapersAdded(papers=papers) | PapersRemoved(papers=papers):
            return {paper.id for paper in papers}
        case SightingsAdded(sightings=sightings) | SightingsRemoved(sightings=sightings):
            return {paper_id for paper_id, _ in sightings}
        case _:
            return set()


def field_changed(field: str, values: Mapping[int, tuple[Any, Any]]) -> FieldChanged | None:
    """A step from paper id to (before, after); None where no value differs.

    Raises:
        ValueError: the field is none that an edit can set.
    """
    if field not in EDITABLE_FIELDS:
        raise ValueError(f"{field!r} is no field that an edit can set")
    moved = {paper_id: pair for paper_id, pair in values.items() if pair[0] != pair[1]}
    if not moved:
        return None
    before, after = zip(*moved.values(), strict=True)
    return FieldChanged(field, tuple(moved), before, after)
