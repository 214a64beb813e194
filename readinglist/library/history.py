"""History: what happened to a paper, and what was changed when, in words; from the journal and the sightings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge

from readinglist.library.days import listing_words
from readinglist.library.history_words import Detail, details_of, seen_detail
from readinglist.papers.change import Change, PapersAdded, SightingsAdded, Step
from readinglist.papers.paper import Listing, Paper, Sighting, Source
from readinglist.store.journal_past import Entry
from readinglist.store.paper_store import PaperStore

NOT_KEPT = 0
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Event:
    """A change in words. `number` is that in the journal, 0 for what stands there no more.

    `undone` says that it was taken back; `papers` are the ids of those it touched, where they were asked for.
    """

    number: int
    when: datetime
    label: str
    details: tuple[Detail, ...] = ()
    undone: bool = False
    papers: tuple[int, ...] = ()


def changes(store: PaperStore, since: datetime | None = None, until: datetime | None = None) -> list[Event]:
    """All changes from a moment on and before another, newest first, without their details."""
    return [_event(entry) for entry in store.entries(since, until)]


def change(store: PaperStore, number: int) -> Event | None:
    """A change with its details, those of several papers summed up; None where there is none with this number."""
    entry = store.entry(number)
    if entry is None:
        return None
    places = _Places(store)
    ids = sorted({paper_id for step in entry.steps for paper_id in ids_of(step)})
    details = details_of(entry.steps, places.words) if len(ids) < 2 else ()
    return Event(entry.id, entry.made, entry.label, tuple(details), entry.undone, tuple(ids))


def of_paper(store: PaperStore, paper: Paper) -> list[Event]:
    """The life of a paper, newest first: when it was seen, and every change of it that still stands.

    Changes stand in the order in which they were made, whatever the clock was then.
    """
    places = _Places(store)
    events: list[Event] = []
    told: set[tuple[int, int]] = set()
    added = False
    for entry in store.entries_of({paper.id}):
        details = list(details_of(entry.steps, places.words))
        told.update(_seen_in(entry.steps))
        if _adds(entry.steps):
            added = True
            came = [seen for seen in paper.sightings if places.imported(seen) == entry.made and _key(seen) not in told]
            told.update(map(_key, came))
            details += [seen_detail(seen, places.words) for seen in came]
        if details:
            events.append(Event(entry.id, entry.made, entry.label, tuple(details)))
    older = sorted(_before_the_journal(paper, places, told, added=added), key=lambda event: event.when, reverse=True)
    return list(merge(events, older, key=lambda event: event.when, reverse=True))


def ids_of(step: Step) -> Iterable[int]:
    """The papers that a step touches."""
    return Change("", (step,)).paper_ids()


def _event(entry: Entry) -> Event:
    return Event(entry.id, entry.made, entry.label, undone=entry.undone)


def _before_the_journal(paper: Paper, places: "_Places", told: set[tuple[int, int]], *, added: bool) -> Iterable[Event]:
    """What the journal does not tell any more: that the paper came, and where else it was seen."""
    for seen in paper.sightings:
        if _key(seen) not in told:
            when = places.imported(seen) or paper.added or _LONG_AGO
            yield Event(NOT_KEPT, when, "Seen", (seen_detail(seen, places.words),))
    if not added and paper.added is not None:
        yield Event(NOT_KEPT, paper.added, "Came into the library")


def _adds(steps: Iterable[Step]) -> bool:
    return any(isinstance(step, PapersAdded) for step in steps)


def _seen_in(steps: Iterable[Step]) -> Iterable[tuple[int, int]]:
    return (_key(seen) for step in steps if isinstance(step, SightingsAdded) for _, seen in step.sightings)


def _key(seen: Sighting) -> tuple[int, int]:
    return seen.listing_id, seen.position


class _Places:
    """The listings of a library, and when they were imported."""

    def __init__(self, store: PaperStore) -> None:
        self._listings: Mapping[int, Listing] = {listing.id: listing for listing in store.listings()}
        ids = sorted({listing.source_id for listing in self._listings.values()})
        self._sources: Mapping[int, Source] = {source.id: source for source in store.sources(ids)}

    def words(self, seen: Sighting) -> str:
        """Where a paper was seen: "14 Mar 2026, no. 3, in monday.txt"; for a bibliography its name."""
        listing = self._listings.get(seen.listing_id)
        if listing is None:
            return f"no. {seen.position} of a listing that is gone"
        if listing.bibliography or listing.day is None:
            return f"{listing.name}, no. {seen.position}"
        return f"{listing_words(listing)}, no. {seen.position}, in {listing.name}"

    def imported(self, seen: Sighting) -> datetime | None:
        """When the listing of a sighting was imported."""
        listing = self._listings.get(seen.listing_id)
        source = self._sources.get(listing.source_id) if listing else None
        return source.imported if source else None
