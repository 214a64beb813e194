"""Preview: what an import would do with each record of some texts, before anything is written."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from readinglist.formats import Entry
from readinglist.formats.packed_text import PackedText
from readinglist.formats.record import Feed, Problem, Record, Skipped
from readinglist.library.answers import Input, Progress
from readinglist.library.importing import text_digest
from readinglist.library.inputs import opened as opened_input
from readinglist.library.ledger import FileLedger, Ledger, Notice, both_kept, completed_words, imported_words, met
from readinglist.library.meeting import KnownPapers, gain_words, gained, has_personal, without_personal
from readinglist.papers.duplicates import Match
from readinglist.papers.memory import memory_key
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore

_BATCH = 250  # records looked up at once
_ABSTRACT_SHOWN = 600  # characters; a preview of a large file must fit into memory
_TYPICAL_RECORD = 1500  # characters; only to guess how far a long text is read
_SURENESS = {Match.DIFFERENT: 0, Match.PROBABLE: 1, Match.SAME: 2}


class Verdict(StrEnum):
    """What a record is to the library."""

    NEW = "new"
    KNOWN = "known"
    COMPLETES = "completes"
    PROBABLE = "probable"
    FEED = "feed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class PreviewRecord:
    """One record: the number of its text (from 0), its own in that text (from 1), its line, and what it is.

    `like` is the paper that it is or may be: one of the library, or, with a negative id, a record before it. `gains`
    names the fields that this paper would learn. A feed or a skipped record has number 0 and no choice: a feed's paper
    has a title and an address alone, a skipped record has no paper, but a `reason`.
    """

    file: int
    number: int
    line: int
    verdict: Verdict
    paper: Paper = field(default_factory=Paper)
    position: int = 0
    like: Paper | None = None
    gains: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """One text: its name and format, the days in it, and when it was imported before as what, "" if it was not."""

    name: str
    format: str
    days: tuple[date, ...] = ()
    imported_before: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """All records of some texts in order, with the warnings and errors that an import would tell.

    `files` has one entry for each text. `personal`: some record says what its reader did to the paper. `places` are
    the names of bibliographies in the library, by the ids of their listings.
    """

    records: tuple[PreviewRecord, ...] = ()
    warnings: tuple[Notice, ...] = ()
    errors: tuple[Notice, ...] = ()
    files: tuple[PreviewFile, ...] = ()
    personal: bool = False
    places: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))


def preview_texts(
    store: PaperStore, texts: Sequence[Input], progress: Progress, *, personal: bool, today: date
) -> Preview:
    """What `import_texts` would do with these texts. Nothing is written.

    Raises:
        CancelledError: `progress` raised it.
    """
    work = _Previewer(store, progress, personal=personal)
    files = [work.take(number, text, today) for number, text in enumerate(texts)]
    return Preview(
        tuple(work.records), tuple(work.warnings), tuple(work.errors), tuple(files), work.any_personal, work.places
    )


def foreseen(preview: Preview, *, leave_known: bool = False) -> Ledger:
    """The account that an import of what was previewed would give, all choices left to it."""
    by_file: dict[int, list[PreviewRecord]] = {number: [] for number in range(len(preview.files))}
    for record in preview.records:
        by_file[record.file].append(record)
    ledgers = [
        _file_ledger(file, by_file[number], preview.places, leave_known=leave_known)
        for number, file in enumerate(preview.files)
    ]
    told = (notice for record in preview.records if (notice := _told(record, preview.files[record.file].name)))
    return Ledger(tuple(ledgers), (*preview.warnings, *told), preview.errors)


def _told(record: PreviewRecord, name: str) -> Notice | None:
    if record.verdict is Verdict.SKIPPED:
        return Notice(name, record.line, "skipped_entry", record.reason)
    if record.verdict is Verdict.PROBABLE and record.like is not None:
        return both_kept(name, record.line, record.paper, record.like)
    return None


def _file_ledger(
    file: PreviewFile, records: Sequence[PreviewRecord], places: Mapping[int, str], *, leave_known: bool
) -> FileLedger:
    known = [record for record in records if record.verdict in {Verdict.KNOWN, Verdict.COMPLETES} and record.like]
    changed = [record for record in known if record.verdict is Verdict.COMPLETES]
    kinds = Counter(record.verdict for record in records)
    feeds = [record for record in records if record.verdict is Verdict.FEED]
    known_feeds = sum(record.like is not None for record in feeds)
    counts: dict[str, Any] = {"left": len(known)}
    if not leave_known:
        counts = {
            "known": len(known) - len(changed),
            "changed": len(changed),
            "known_papers": tuple(met(record.like, record.position, places) for record in known if record.like),
            "changes": tuple(completed_words(record.like, record.gains) for record in changed if record.like),
        }
    counts["known"] = counts.get("known", 0) + known_feeds
    return FileLedger(
        file.name, file.format, file.days, len(records), kinds[Verdict.NEW] + kinds[Verdict.PROBABLE],
        skipped=kinds[Verdict.SKIPPED], feeds=len(feeds) - known_feeds, imported_before=file.imported_before, **counts,
    )  # fmt: skip


class _Previewer:
    def __init__(self, store: PaperStore, progress: Progress, *, personal: bool) -> None:
        self._store = store
        self._progress = progress
        self._personal = personal
        self._read = KnownPapers(())
        self._near = KnownPapers(())
        self._next_id = -1
        self._feeds = {memory_key(feed)[1] for feed in store.memories("feed")}
        self.places = {listing.id: listing.name for listing in store.listings() if listing.bibliography}
        self.records: list[PreviewRecord] = []
        self.warnings: list[Notice] = []
        self.errors: list[Notice] = []
        self.any_personal = False

    def take(self, number: int, text: Input, today: date) -> PreviewFile:
        """Look at the records of one text."""
        opened = opened_input(text, today)
        self.warnings += (_notice(text.name, problem) for problem in opened.problems)
        if opened.error is not None:
            self.errors.append(_notice(text.name, opened.error))
            return PreviewFile(text.name, opened.format)
        total = len(opened.packed) // _TYPICAL_RECORD
        counter = itertools.count(1)
        days: set[date] = set()
        done = 0
        for batch in _batches(opened.records):
            self._progress(done, max(done, total))
            records = [entry for entry in batch if isinstance(entry, Record)]
            self._near = KnownPapers(self._store.alike([record.paper for record in records]))
            for entry in batch:
                self._take_entry(number, text.name, entry, counter)
            days.update(record.listed_on for record in records if record.listed_on is not None)
            done += len(batch)
        return PreviewFile(text.name, opened.format, tuple(sorted(days)), self._imported_before(opened.packed))

    def _imported_before(self, text: PackedText) -> str:
        before = self._store.source_with(text_digest(text))
        return "" if before is None else imported_words(before[0])

    def _take_entry(self, file: int, name: str, entry: Entry, counter: Iterator[int]) -> None:
        match entry:
            case Problem():
                self.warnings.append(_notice(name, entry))
            case Skipped(line=line, reason=reason):
                self.records.append(PreviewRecord(file, 0, line, Verdict.SKIPPED, reason=reason))
            case Feed(title=title, url=url, line=line):
                paper = Paper(title=title, url=url)
                like = paper if url in self._feeds else None
                self._feeds.add(url)
                self.records.append(PreviewRecord(file, 0, line, Verdict.FEED, paper, like=like))
            case Record():
                self.any_personal = self.any_personal or has_personal(entry.paper)
                self.records.append(self._judge(file, next(counter), entry))

    def _judge(self, file: int, number: int, record: Record) -> PreviewRecord:
        paper = record.paper if self._personal else without_personal(record.paper)
        match, like = max(self._near.match(paper), self._read.match(paper), key=lambda found: _SURENESS[found[0]])
        shown = replace(paper, id=self._next_id, abstract=paper.abstract[:_ABSTRACT_SHOWN])
        self._next_id -= 1
        place = (file, number, record.line)
        if match is Match.SAME and like is not None:
            gains = gain_words(gained(like, paper, 0, personal=self._personal))
            verdict = Verdict.COMPLETES if gains else Verdict.KNOWN
            return PreviewRecord(*place, verdict, shown, record.position, like, gains)
        self._read.put(shown)
        verdict = Verdict.NEW if like is None else Verdict.PROBABLE
        return PreviewRecord(*place, verdict, shown, record.position, like)


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(itertools.islice(entries, _BATCH)):
        yield batch


def _notice(name: str, problem: Problem) -> Notice:
    return Notice(name, problem.line, problem.code, problem.message)
