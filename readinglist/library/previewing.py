"""Preview: what an import would do with each record of some texts, before anything is written."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from readinglist.formats import Entry, open_text
from readinglist.formats.record import Feed, Problem, Record, Skipped
from readinglist.library.answers import InputText, Progress
from readinglist.library.ledger import Notice
from readinglist.library.meeting import KnownPapers, gain_words, gained, without_personal
from readinglist.papers.duplicates import Match
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
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class PreviewRecord:
    """One record: the number of its text (from 0), its own in that text (from 1), its line, and what it is.

    `like` is the paper that it is or may be: one of the library, or, with a negative id, a record before it. `gains`
    names the fields that this paper would learn. A skipped record has no paper, but a `reason`.
    """

    file: int
    number: int
    line: int
    verdict: Verdict
    paper: Paper = field(default_factory=Paper)
    like: Paper | None = None
    gains: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """All records of some texts in order, with the warnings and errors that an import would tell."""

    records: tuple[PreviewRecord, ...]
    warnings: tuple[Notice, ...]
    errors: tuple[Notice, ...]


def preview_texts(
    store: PaperStore, texts: Sequence[InputText], progress: Progress, *, personal: bool, today: date
) -> Preview:
    """What `import_texts` would do with these texts. Nothing is written.

    Raises:
        CancelledError: `progress` raised it.
    """
    work = _Previewer(store, progress, personal=personal)
    for number, text in enumerate(texts):
        work.take(number, text, today)
    return Preview(tuple(work.records), tuple(work.warnings), tuple(work.errors))


class _Previewer:
    def __init__(self, store: PaperStore, progress: Progress, *, personal: bool) -> None:
        self._store = store
        self._progress = progress
        self._personal = personal
        self._read = KnownPapers(())
        self._near = KnownPapers(())
        self._next_id = -1
        self.records: list[PreviewRecord] = []
        self.warnings: list[Notice] = []
        self.errors: list[Notice] = []

    def take(self, number: int, text: InputText, today: date) -> None:
        """Look at the records of one text."""
        opened = open_text(text.name, text.data, today, dict(text.columns))
        self.warnings += (_notice(text.name, problem) for problem in opened.problems)
        if opened.error is not None:
            self.errors.append(_notice(text.name, opened.error))
        total = len(opened.text) // _TYPICAL_RECORD
        counter = itertools.count(1)
        done = 0
        for batch in _batches(opened.records):
            self._progress(done, max(done, total))
            papers = [entry.paper for entry in batch if isinstance(entry, Record)]
            self._near = KnownPapers(self._store.alike(papers))
            for entry in batch:
                self._take_entry(number, text.name, entry, counter)
            done += len(batch)

    def _take_entry(self, file: int, name: str, entry: Entry, counter: Iterator[int]) -> None:
        match entry:
            case Problem():
                self.warnings.append(_notice(name, entry))
            case Skipped(line=line, reason=reason):
                self.records.append(PreviewRecord(file, 0, line, Verdict.SKIPPED, reason=reason))
            case Feed(title=title, url=url, line=line):
                reason = f"“{title}” is a feed ({url}), which the library does not keep."
                self.records.append(PreviewRecord(file, 0, line, Verdict.SKIPPED, reason=reason))
            case Record():
                self.records.append(self._judge(file, next(counter), entry))

    def _judge(self, file: int, number: int, record: Record) -> PreviewRecord:
        paper = record.paper if self._personal else without_personal(record.paper)
        match, like = max(self._near.match(paper), self._read.match(paper), key=lambda found: _SURENESS[found[0]])
        shown = replace(paper, id=self._next_id, abstract=paper.abstract[:_ABSTRACT_SHOWN])
        self._next_id -= 1
        if match is Match.SAME and like is not None:
            gains = gain_words(gained(like, paper, 0, personal=self._personal))
            verdict = Verdict.COMPLETES if gains else Verdict.KNOWN
            return PreviewRecord(file, number, record.line, verdict, shown, like, gains)
        self._read.put(shown)
        verdict = Verdict.NEW if like is None else Verdict.PROBABLE
        return PreviewRecord(file, number, record.line, verdict, shown, like)


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(itertools.islice(entries, _BATCH)):
        yield batch


def _notice(name: str, problem: Problem) -> Notice:
    return Notice(name, problem.line, problem.code, problem.message)
