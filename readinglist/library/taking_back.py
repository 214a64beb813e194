"""Take back: one change, or one paper's part of it, without those made later where they do not conflict."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from readinglist.errors import UsageError
from readinglist.library import taking_apart
from readinglist.papers.change import (
    Change,
    FieldChanged,
    Forgotten,
    ListingAdded,
    PapersAdded,
    PapersRemoved,
    Remembered,
    SightingsAdded,
    SightingsRemoved,
    SmartListAdded,
    SmartListChanged,
    SmartListRemoved,
    SourceAdded,
    Step,
    TagChanged,
    field_changed,
)
from readinglist.papers.citation_key import unique_key
from readinglist.papers.edits import count_papers
from readinglist.papers.memory import Memory, Merge, memory_key
from readinglist.papers.paper import Paper, Sighting
from readinglist.papers.taking_back import Back, value_back
from readinglist.store.journal_past import Entry
from readinglist.store.paper_store import PaperStore

_FOLLOWS = frozenset({"origins", "read_at", "looked_at"})  # these go with the field beside which they were changed

_LARGEST = 2**63  # a number that no database has


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that was changed again later: the paper (0 for none), its title, what it is, and the later changes."""

    paper_id: int
    title: str
    what: str
    later: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class TakeBack:
    """What taking a change back would do.

    `change` leaves what conflicts as it is today; `whole` takes back what was changed later there too. `left` says in
    sentences what cannot be taken back at all.
    """

    label: str
    change: Change
    whole: Change
    conflicts: tuple[Conflict, ...] = ()
    left: tuple[str, ...] = ()


def plan(store: PaperStore, number: int, paper_id: int | None, moment: datetime) -> TakeBack:
    """What taking back a change, or a paper's part of it, would do. Nothing is changed.

    Args:
        store: the library's store.
        number: the change, by its number in the journal.
        paper_id: the paper whose part is to be taken back; None for all of the change.
        moment: when this is done.

    Raises:
        UsageError: there is no such change, it was taken back already, or it did not touch the paper.
    """
    entry = store.entry(number) if abs(number) < _LARGEST else None
    if entry is None:
        raise UsageError(f"There is no change {number} in this library. `readinglist history` shows the changes.")
    if entry.undone:
        raise UsageError(f"The change “{entry.label}” was undone, so there is nothing to take back.")
    if paper_id is not None:
        parts = store.entries_of({paper_id}, after=number - 1)
        entry = next((replace(part, label=entry.label) for part in parts if part.id == number), None)
        if entry is None:
            raise UsageError(f"The change {number} did nothing to this paper.")
    return _Plan(store, entry, moment).made(of_all=paper_id is None)


class _Plan:
    """One change being taken back: its steps last first, each joining what is to be done."""

    def __init__(self, store: PaperStore, entry: Entry, moment: datetime) -> None:
        self._store = store
        self._entry = entry
        self._moment = moment
        ids = sorted(Change("", entry.steps).paper_ids())
        self._papers = {paper.id: paper for paper in store.papers(ids)}
        self._later = store.entries_of(set(ids), after=entry.id) if ids else []
        self._gentle: list[Step] = []
        self._whole: list[Step] = []
        self._conflicts: list[Conflict] = []
        self._left: list[str] = []
        self._added = {paper.id for step in entry.steps if isinstance(step, PapersAdded) for paper in step.papers}

    def made(self, *, of_all: bool) -> TakeBack:
        joined, parted = _merges_in(self._entry.steps)
        if joined:
            self._apart(joined)
        elif parted:
            self._again(parted)
        else:
            for step in reversed(self._entry.steps):
                self._step(step)
            self._tell_of_the_gone()
            if of_all:
                self._sources()
        label = f"Take back: {self._entry.label}"
        gentle, whole = Change(label, tuple(self._gentle)), Change(label, tuple(self._whole))
        return TakeBack(self._entry.label, gentle, whole, tuple(self._conflicts), tuple(self._left))

    def _step(self, step: Step) -> None:
        match step:
            case FieldChanged():
                self._field(step)
            case PapersAdded(papers=papers):
                self._remove([paper.id for paper in papers])
            case PapersRemoved(papers=papers):
                self._bring_back([paper for paper in papers if not self._store.papers([paper.id])])
            case SightingsAdded(sightings=sightings):
                self._both(SightingsRemoved, [pair for pair in sightings if self._stands(pair)])
            case SightingsRemoved(sightings=sightings):
                known = {listing.id for listing in self._store.listings()}
                back = [pair for pair in sightings if pair[1].listing_id in known and not self._stands(pair)]
                self._both(SightingsAdded, [pair for pair in back if pair[0] in self._papers])
            case _:
                self._beside(step)

    def _both(self, kind: type[SightingsAdded | SightingsRemoved], pairs: Sequence[tuple[int, Sighting]]) -> None:
        kept = [pair for pair in pairs if pair[0] not in self._added]
        if kept:
            self._gentle.append(kind(tuple(kept)))
            self._whole.append(kind(tuple(kept)))

    def _stands(self, pair: tuple[int, Sighting]) -> bool:
        paper = self._papers.get(pair[0])
        return paper is not None and pair[1] in paper.sightings

    def _field(self, step: FieldChanged) -> None:
        gentle: dict[int, tuple[Any, Any]] = {}
        whole: dict[int, tuple[Any, Any]] = {}
        for paper_id, before, after in zip(step.ids, step.before, step.after, strict=True):
            paper = self._papers.get(paper_id)
            if paper is None or paper_id in self._added:
                continue
            today = getattr(paper, step.field)
            back = self._allowed(step.field, paper, value_back(step.field, before, after, today))
            gentle[paper_id], whole[paper_id] = (today, back.value), (today, back.whole)
            if back.conflicts and step.field not in _FOLLOWS:
                self._conflicts.append(self._conflict(paper, step.field))
        for steps, values in ((self._gentle, gentle), (self._whole, whole)):
            changed = field_changed(step.field, values)
            if changed is not None:
                steps.append(changed)

    def _tell_of_the_gone(self) -> None:
        """Papers that went since, or into others, were changed too, and cannot be changed back."""
        changed = {paper_id for step in self._entry.steps if isinstance(step, FieldChanged) for paper_id in step.ids}
        count = len(changed - self._papers.keys() - self._added)
        if count:
            verb = "is" if count == 1 else "are"
            self._left.append(
                f"{count_papers(count)} of this change {verb} no longer there: deleted, or merged into another one."
            )

    def _allowed(self, field: str, paper: Paper, back: Back) -> Back:
        """A citation key that another paper has by now stays with that."""
        if field == "citation_key" and back.whole and self._store.id_of_key(back.whole) not in {None, paper.id}:
            self._left.append(f"The citation key {back.whole} is another paper's now.")
            return Back(paper.citation_key, paper.citation_key)
        return back

    def _conflict(self, paper: Paper, what: str) -> Conflict:
        def touches(entry: Entry) -> bool:
            return any(
                paper.id in step.ids and step.field == what
                for step in entry.steps
                if isinstance(step, FieldChanged)
            )  # fmt: skip

        later = tuple(replace(entry, steps=()) for entry in self._later if touches(entry))
        return Conflict(paper.id, paper.title, what, later)

    def _remove(self, ids: Sequence[int]) -> None:
        """Papers that came by this change go, unless something was done with them since."""
        later: dict[int, list[Entry]] = defaultdict(list)
        for entry in self._later:
            for paper_id in Change("", entry.steps).paper_ids():
                later[paper_id].append(replace(entry, steps=()))
        here = [self._papers[paper_id] for paper_id in ids if paper_id in self._papers]
        for paper in here:
            if paper.id in later:
                self._conflicts.append(Conflict(paper.id, paper.title, "paper", tuple(later[paper.id])))
        untouched = tuple(paper for paper in here if paper.id not in later)
        self._gentle += [PapersRemoved(untouched)] if untouched else []
        self._whole += [PapersRemoved(tuple(here))] if here else []

    def _bring_back(self, papers: Sequence[Paper]) -> None:
        """Papers that went by this change come back, with the sightings whose listings are still there."""
        listings = {listing.id for listing in self._store.listings()}
        keys = self._store.citation_keys()
        back = []
        for paper in papers:
            key = unique_key(paper.citation_key, keys) if paper.citation_key.lower() in keys else paper.citation_key
            keys.add(key.lower())
            seen = tuple(each for each in paper.sightings if each.listing_id in listings)
            back.append(replace(paper, citation_key=key, sightings=seen))
        if back:
            self._gentle.append(PapersAdded(tuple(back)))
            self._whole.append(PapersAdded(tuple(back)))

    def _beside(self, step: Step) -> None:
        """What is kept beside the papers: smart lists, tags' colours, pairs told apart."""
        back, conflicts = _beside_back(step, self._store)
        if back is not None:
            self._whole.append(back)
            self._gentle += [] if conflicts else [back]
            self._conflicts += [Conflict(0, "", "tag" if isinstance(step, TagChanged) else "smart list")] * conflicts

    def _apart(self, merges: Sequence[Merge]) -> None:
        """What was merged is taken apart, with what was edited since."""
        change, left = taking_apart.apart(self._store, merges)
        self._gentle += change.steps
        self._whole += change.steps
        here = {paper.id for paper in self._store.papers([each.kept.id for each in left])}
        lost = {each.kept.id: each.kept.title for each in left if each.kept.id not in here}
        self._left += [
            f"“{title}” is not there any more: take back first what took it away." for title in lost.values()
        ]
        count = sum(each.kept.id in here for each in left)
        if count:
            which = "This merge was" if len(merges) == 1 else f"{count} of {len(merges)} merges were"
            self._left.append(f"{which} taken apart already.")

    def _again(self, merges: Sequence[Merge]) -> None:
        """What was taken apart is merged again: as it was, or where it was edited since, as it is by now."""
        ids = {paper.id for merge in merges for paper in (merge.kept, merge.absorbed)}
        since = self._store.entries_of(ids, after=self._entry.id - 1)
        left: list[Merge] = []
        if [entry.id for entry in since] == [self._entry.id]:
            steps = self._undone(since[0].steps)
        else:
            steps, left = taking_apart.again(self._store, merges, self._moment)
        self._gentle += steps
        self._whole += steps
        self._left += [f"“{each.absorbed.title}” and “{each.kept.title}” are no longer both there." for each in left]

    def _undone(self, steps: Sequence[Step]) -> list[Step]:
        """The inverse of steps, papers that go whole in it, as the journal needs them."""
        back = Change("", tuple(steps)).inverse().steps
        return [
            PapersRemoved(tuple(self._store.papers([paper.id for paper in step.papers])))
            if isinstance(step, PapersRemoved)
            else step
            for step in back
        ]

    def _sources(self) -> None:
        """Listings and sources that came by this change go where nothing is left of them."""
        listings = [step.listing for step in self._entry.steps if isinstance(step, ListingAdded)]
        sources = [step.source for step in self._entry.steps if isinstance(step, SourceAdded)]
        for steps in (self._gentle, self._whole):
            gone = {paper.id for step in steps if isinstance(step, PapersRemoved) for paper in step.papers}
            seen = {pair for step in steps if isinstance(step, SightingsRemoved) for pair in _places(step)}
            left = {
                listing_id
                for listing_id, paper_id in self._store.papers_in([listing.id for listing in listings])
                if paper_id not in gone and (listing_id, paper_id) not in seen
            }
            empty = [listing for listing in listings if listing.id not in left]
            steps += [ListingAdded(listing).inverse() for listing in empty]
            kept = {listing.source_id for listing in self._store.listings()} - {each.source_id for each in empty}
            steps += [
                SourceAdded(whole).inverse()
                for source in sources
                if source.id not in kept and (whole := self._store.source(source.id)) is not None
            ]


def _merges_in(steps: Sequence[Step]) -> tuple[list[Merge], list[Merge]]:
    """The merges that a change made, and those that it took apart; none that came and went with the paper itself."""
    made = {step.memory.id: step.memory for step in steps
            if isinstance(step, Remembered) and isinstance(step.memory, Merge)}  # fmt: skip
    gone = {step.memory.id: step.memory for step in steps
            if isinstance(step, Forgotten) and isinstance(step.memory, Merge)}  # fmt: skip
    came, went = (
        {paper.id for step in steps if isinstance(step, kind) for paper in step.papers}
        for kind in (PapersAdded, PapersRemoved)
    )
    joined = [each for name, each in made.items() if name not in gone and each.kept.id not in came]
    return joined, [each for name, each in gone.items() if name not in made and each.kept.id not in went]


def _places(step: SightingsRemoved) -> Iterator[tuple[int, int]]:
    return ((seen.listing_id, paper_id) for paper_id, seen in step.sightings)


def _beside_back(step: Step, store: PaperStore) -> tuple[Step | None, bool]:
    """The step that takes one back which touched no paper, from what is there today; and whether it was changed since.

    None where there is nothing to take back any more.
    """
    lists = {each.id: each for each in store.smart_lists()}
    match step:
        case SmartListAdded(smart_list=made) if made.id in lists:
            return SmartListRemoved(lists[made.id]), lists[made.id] != made
        case SmartListRemoved(smart_list=gone) if gone.id not in lists:
            return step.inverse(), False
        case SmartListChanged(before=before, after=after) if after.id in lists:
            return SmartListChanged(lists[after.id], before), lists[after.id] != after
        case TagChanged(before=before_tag, after=(name, color)):
            today = store.tag_colors().get(name, color)
            return TagChanged((name, today), before_tag), today != color
        case Remembered(memory=memory) if _remembers(store, memory):
            return step.inverse(), False
        case Forgotten(memory=memory) if not _remembers(store, memory):
            return step.inverse(), False
        case _:
            return None, False


def _remembers(store: PaperStore, memory: Memory) -> bool:
    kind, key = memory_key(memory)
    return any(memory_key(each) == (kind, key) for each in store.memories(kind))


def later_labels(conflicts: Iterable[Conflict]) -> list[str]:
    """What the later changes are called, each once, newest first."""
    entries = {entry.id: entry for conflict in conflicts for entry in conflict.later}
    return [entries[number].label for number in sorted(entries, reverse=True)]
