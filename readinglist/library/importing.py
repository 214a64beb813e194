"""Import: files or clipboard text become papers in the library, and every record is accounted for in a ledger.

An import is one change, made batch by batch so that other edits need not wait for it. Stopped half-way, by the user or
by a crash, it is taken back whole. What `previewing` shows of it first, this does.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import islice
from time import perf_counter
from typing import Any

from readinglist.formats import Entry, Holds, Opened
from readinglist.formats.packed_text import PackedText
from readinglist.formats.record import Feed, Problem, Record, Skipped
from readinglist.library import attaching
from readinglist.library.answers import DEFAULT_OPTIONS, Choice, ImportOptions, Input, Progress
from readinglist.library.citation_keys import pattern
from readinglist.library.days import listing_words
from readinglist.library.inputs import opened as opened_input
from readinglist.library.ledger import (
    FileLedger,
    KnownPaper,
    Ledger,
    Notice,
    both_kept,
    completed_words,
    imported_words,
    met,
)
from readinglist.library.meeting import KnownPapers, gain_words, gained, with_ids, without_personal
from readinglist.papers.change import (
    FieldChanged,
    ListingAdded,
    PapersAdded,
    Remembered,
    SightingsAdded,
    SourceAdded,
    Step,
)
from readinglist.papers.citation_key import citation_key, unique_key
from readinglist.papers.duplicates import Match
from readinglist.papers.edits import count_papers
from readinglist.papers.memory import DifferentPair, memory_key
from readinglist.papers.memory import Feed as KeptFeed
from readinglist.papers.paper import Listing, Paper, Sighting, Source
from readinglist.store.open_import import OpenImport
from readinglist.store.paper_store import PaperStore

_BATCH = 250  # records in one transaction: an edit made meanwhile waits for one of them at the most
_TYPICAL_RECORD = 1500  # characters; only to guess how many records a very long text holds
_COUNTED_WHOLE = 8_000_000  # characters; longer texts are read piece by piece, and their records guessed


def import_texts(
    store: PaperStore, texts: Sequence[Input], progress: Progress, options: ImportOptions = DEFAULT_OPTIONS
) -> Ledger:
    """Import texts as one undo step.

    A text that cannot be read is an error in the ledger and does not stop the others.

    Raises:
        CancelledError: `progress` raised it; all of the import was taken back.
        ExpectedError: the library cannot be written, or another import is under way; nothing was imported.
    """
    started = perf_counter()
    now = datetime.now(UTC)
    work = store.start_import("Import", now)
    try:
        importer = _Importer(store, work, now, progress, options)
        ledgers = [importer.take(number, text) for number, text in enumerate(texts)]
    except BaseException:
        work.roll_back()
        raise
    work.finish(_label(ledgers))
    return Ledger(tuple(ledgers), tuple(importer.warnings), tuple(importer.errors), perf_counter() - started)


def text_digest(text: PackedText) -> str:
    """What a source is known by: the SHA-256 of its text in hex, blanks at the ends of lines and of the text aside."""
    digest = hashlib.sha256()
    gap: str | None = None  # the empty lines since the last text; None before the first
    for piece in text.pieces():
        lines = "\n".join(line.rstrip() for line in piece.splitlines()) + "\n"
        kept = (lines.lstrip() if gap is None else lines).rstrip("\n")
        if kept:
            digest.update(f"{gap or ''}{kept}".encode("utf-8", "surrogatepass"))
            gap = ""
        if gap is not None:
            gap += "\n" * (len(lines) - len(lines.rstrip("\n")))
    return digest.hexdigest()


@dataclass
class _Tally:
    """What became of the records of one file, so far."""

    file: int
    source: Source
    holds: Holds
    listings: dict[date | None, Listing]
    imported_before: str = ""
    record: int = 0
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    known: list[KnownPaper] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)


@dataclass
class _Batch:
    """The steps that a batch of records asks for, and the packed texts of the sources among them."""

    first: list[Step] = field(default_factory=list)
    texts: dict[int, bytes] = field(default_factory=dict)
    new: dict[int, Paper] = field(default_factory=dict)
    sightings: list[tuple[int, Sighting]] = field(default_factory=list)
    last: list[Step] = field(default_factory=list)

    def steps(self) -> list[Step]:
        """In the order in which they can be applied."""
        steps = list(self.first)
        if self.new:
            steps.append(PapersAdded(tuple(self.new.values())))
        if self.sightings:
            steps.append(SightingsAdded(tuple(self.sightings)))
        return steps + self.last


class _Importer:
    """Takes texts one after the other into an open import."""

    def __init__(
        self, store: PaperStore, work: OpenImport, now: datetime, progress: Progress, options: ImportOptions
    ) -> None:
        self._store = store
        self._work = work
        self._now = now
        self._progress = progress
        self._options = options
        self._paper_id, self._source_id, self._listing_id = work.next_ids()
        self._keys = store.citation_keys()
        self._pattern = pattern(store)
        self._batch = _Batch()
        self._known = KnownPapers(())
        self._feeds = {memory_key(feed) for feed in store.memories("feed")}
        self._places = {listing.id: listing_words(listing) for listing in store.listings() if listing.bibliography}
        self.warnings: list[Notice] = []
        self.errors: list[Notice] = []

    def take(self, number: int, text: Input) -> FileLedger:
        """Import the text with this number among all, from 0."""
        opened = opened_input(text, self._now.astimezone().date())
        self._note(text.name, opened.problems)
        if opened.error is not None:
            self.errors.append(_notice(text.name, opened.error))
            return FileLedger(text.name, opened.format)
        tally = self._begin(number, text.name, opened)
        self._take_records(text.name, opened, tally)
        return FileLedger(
            file=text.name,
            format=opened.format,
            days=tuple(sorted(day for day in tally.listings if day is not None)),
            records=sum(tally.counts.values()),
            imported_before=tally.imported_before,
            known_papers=tuple(tally.known),
            changes=tuple(tally.changes),
            **tally.counts,
        )

    def _begin(self, number: int, name: str, opened: Opened) -> _Tally:
        holds = opened.holds
        digest = text_digest(opened.packed)
        before = self._store.source_with(digest)
        if before is not None:
            source, listings = before
            days = {listing.day: listing for listing in listings}
            return _Tally(number, source, holds, days, imported_words(source))
        source = Source(self._source_id, name, opened.format, digest, self._now)
        self._source_id += 1
        self._batch.first.append(SourceAdded(source))
        self._batch.texts[source.id] = opened.packed.packed
        return _Tally(number, source, holds, {})

    def _take_records(self, name: str, opened: Opened, tally: _Tally) -> None:
        entries: Iterable[Entry] = opened.records
        total = len(opened.packed) // _TYPICAL_RECORD
        if len(opened.packed) < _COUNTED_WHOLE:
            entries = list(entries)
            total = sum(not isinstance(entry, Problem) for entry in entries)
        done = 0
        self._progress(0, total)
        for batch in _batches(entries, _BATCH):
            records = [entry for entry in batch if isinstance(entry, Record)]
            self._known = KnownPapers(self._store.alike([record.paper for record in records]))
            for entry in batch:
                self._take_entry(name, entry, tally)
            self._work.add(self._batch.steps(), self._batch.texts)
            self._batch = _Batch()
            done += sum(not isinstance(entry, Problem) for entry in batch)
            self._progress(done, max(done, total))

    def _take_entry(self, name: str, entry: Entry, tally: _Tally) -> None:
        match entry:
            case Problem():
                self._note(name, (entry,))
            case Skipped(line=line, reason=reason):
                tally.counts["skipped"] += 1
                self.warnings.append(Notice(name, line, "skipped_entry", reason))
            case Feed():
                self._keep_feed(KeptFeed(entry.url, entry.title), tally)
            case Record():
                self._take_record(name, entry, tally)

    def _keep_feed(self, feed: KeptFeed, tally: _Tally) -> None:
        if memory_key(feed) in self._feeds:
            tally.counts["known"] += 1
            return
        tally.counts["feeds"] += 1
        self._feeds.add(memory_key(feed))
        self._batch.last.append(Remembered(feed))

    def _take_record(self, name: str, record: Record, tally: _Tally) -> None:
        tally.record += 1
        paper = self._prepared(record)
        if paper is not record.paper:
            record = replace(record, paper=paper)
        match, known = self._known.match(record.paper)
        choice = self._options.choices.get((tally.file, tally.record))
        if choice is Choice.LEAVE_OUT or (choice is None and match is Match.SAME and self._options.leave_known):
            tally.counts["left"] += 1
        elif known is not None and (choice is Choice.MERGE or (choice is None and match is Match.SAME)):
            self._meet(known, record, tally)
        else:
            tally.counts["new"] += 1
            self._add(record, tally)
            if known is not None:
                self._keep_both(name, record, known, chosen=choice is Choice.ADD)

    def _prepared(self, record: Record) -> Paper:
        """The record's paper as it would stand in the library, its file kept there."""
        paper = record.paper if self._options.personal else without_personal(record.paper)
        if record.attached is None:
            return paper
        attachment = attaching.keep(self._store.folder, record.attached)
        self._store.put_attachment_text(attachment.digest, record.attached.text)
        return replace(paper, attachments=(attachment,))

    def _keep_both(self, name: str, record: Record, known: Paper, *, chosen: bool) -> None:
        """A record that may be, or would be taken for, a known paper is a paper of its own."""
        if chosen:
            pair = sorted((known.id, self._paper_id - 1))
            self._batch.last.append(Remembered(DifferentPair(*pair)))
            return
        self.warnings.append(both_kept(name, record.line, record.paper, known))

    def _sighting(self, record: Record, tally: _Tally) -> Sighting | None:
        if tally.holds is Holds.PAPER:
            return None
        listing = self._listing(record.listed_on, tally)
        return Sighting(listing.id, record.listed_on, record.position, record.line, listing.bibliography)

    def _listing(self, day: date | None, tally: _Tally) -> Listing:
        listing = tally.listings.get(day)
        if listing is None:
            number = self._work.listings_of_day(day) + 1
            listing = Listing(
                self._listing_id, tally.source.id, tally.source.name, day, number,
                bibliography=tally.holds is Holds.BIBLIOGRAPHY,
            )  # fmt: skip
            self._places[listing.id] = listing_words(listing)
            self._listing_id += 1
            tally.listings[day] = listing
            self._batch.first.append(ListingAdded(listing))
        return listing

    def _add(self, record: Record, tally: _Tally) -> None:
        paper, sighting = record.paper, self._sighting(record, tally)
        key = unique_key(paper.citation_key or citation_key(paper, self._pattern), self._keys)
        self._keys.add(key.lower())
        new = replace(
            paper,
            id=self._paper_id,
            citation_key=key,
            added=paper.added or self._now,
            notes=with_ids(paper.notes),
            origins={"": tally.source.id},
            sightings=() if sighting is None else (sighting,),
        )
        self._paper_id += 1
        self._batch.new[new.id] = new
        self._known.put(new)

    def _meet(self, known: Paper, record: Record, tally: _Tally) -> None:
        gains = gained(known, record.paper, tally.source.id, personal=self._options.personal)
        sighting = self._sighting(record, tally)
        tally.known.append(met(known, record.position, self._places))
        tally.counts["changed" if gains else "known"] += 1
        if gains:
            tally.changes.append(completed_words(known, gain_words(gains)))
        new = sighting is not None and all(
            (seen.listing_id, seen.position) != (sighting.listing_id, sighting.position) for seen in known.sightings
        )
        sightings = (*known.sightings, sighting) if sighting is not None and new else known.sightings
        grown = replace(known, sightings=sightings, **gains)
        if known.id in self._batch.new:
            self._batch.new[known.id] = grown
        else:
            self._remember(known, gains, sighting if new else None)
        self._known.put(grown)

    def _remember(self, known: Paper, gained: dict[str, Any], sighting: Sighting | None) -> None:
        if sighting is not None:
            self._batch.sightings.append((known.id, sighting))
        for name, value in gained.items():
            self._batch.last.append(FieldChanged(name, (known.id,), (getattr(known, name),), (value,)))

    def _note(self, name: str, problems: Iterable[Problem]) -> None:
        self.warnings.extend(_notice(name, problem) for problem in problems)


def _batches(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    iterator = iter(entries)
    while batch := list(islice(iterator, size)):
        yield batch


def _notice(name: str, problem: Problem) -> Notice:
    return Notice(name, problem.line, problem.code, problem.message)


def _label(ledgers: Sequence[FileLedger]) -> str:
    where = ledgers[0].file if len(ledgers) == 1 else f"{len(ledgers)} files"
    return f"Import {count_papers(sum(ledger.new for ledger in ledgers))} from {where}"
