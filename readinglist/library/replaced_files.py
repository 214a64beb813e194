"""What stands in the file that an export is to replace: entries that would be gone, and a copy that is kept."""

import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.formats import open_text
from readinglist.formats.record import Record
from readinglist.library.meeting import KnownPapers
from readinglist.papers.duplicates import Match
from readinglist.papers.paper import Paper
from readinglist.paths import replacing
from readinglist.store.paper_store import PaperStore

_BATCH = 250
_NAMED = 3
_SMALL = 10_000  # bytes


@dataclass(frozen=True, slots=True)
class Loss:
    """What would be gone: how many entries, and the first of them by key or title. None: the file could not be read."""

    path: Path
    entries: int | None
    named: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.entries is None:
            return f"{self.path} is there already, and is no file of papers that can be read"
        names = ", ".join(self.named) + (", …" if self.entries > len(self.named) else "")
        what = "1 entry that is" if self.entries == 1 else f"{self.entries:,} entries that are"
        return f"{self.path} holds {what} not among these papers ({names})"


class Guard(Enum):
    """What may be replaced: a file that is as this library wrote it, one of which no entry goes, or any."""

    OURS = "ours"
    KNOWN = "known"
    ANY = "any"


class NotOursError(ExpectedError):
    """The file is not as this library wrote it."""


class WouldLoseError(ExpectedError):
    """A file would be replaced that holds more than what is written now; ask, and say `replace` then."""

    def __init__(self, loss: Loss) -> None:
        super().__init__(f"{loss}. Nothing was written.")
        self.loss = loss


def make_way(store: PaperStore, path: Path, ids: Collection[int], guard: Guard) -> Path:
    """Keep what must not be lost of a file of somebody else that is about to be replaced; gives the copy of it.

    Raises:
        NotOursError: with `Guard.OURS`.
        WouldLoseError: with `Guard.KNOWN`, the file holds more than these papers.
        ExpectedError: the copy cannot be written.
    """
    if guard is Guard.OURS:
        raise NotOursError(f"{path} was changed by another program, or written by one. It was left as it is.")
    found = loss(store, path, ids) if guard is Guard.KNOWN else None
    if found is not None:
        raise WouldLoseError(found)
    return keep_copy(path)


def loss(store: PaperStore, path: Path, ids: Collection[int]) -> Loss | None:
    """What a file holds that is none of these papers of a library; None where there is nothing.

    Raises:
        ExpectedError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExpectedError(f"{path} could not be read: {error.strerror or error}. Nothing was written.") from error
    if _says_nothing(data):
        return None
    opened = open_text(path.name, data, date.today())  # noqa: DTZ011 - the day that its days are reckoned from
    if opened.error is not None:
        return Loss(path, None)
    papers = (entry.paper for entry in opened.records if isinstance(entry, Record))
    gone = list(_unknown(store, papers, frozenset(ids)))
    return Loss(path, len(gone), tuple(gone[:_NAMED])) if gone else None


def _says_nothing(data: bytes) -> bool:
    """Whether a file is blank, or a bibliography without an entry: comments and settings alone, or an empty list."""
    if len(data) > _SMALL:
        return False
    lines = [line.strip() for line in data.removeprefix(b"\xef\xbb\xbf").splitlines()]
    kept = [
        line for line in lines if line and not line.lower().startswith((b"%", b"@comment", b"@string", b"@preamble"))
    ]
    return b"".join(kept) in {b"", b"[]", b"{}"}


def _unknown(store: PaperStore, papers: Iterator[Paper], ids: frozenset[int]) -> Iterator[str]:
    while batch := list(islice(papers, _BATCH)):
        known = KnownPapers(paper for paper in store.alike(batch) if paper.id in ids)
        for paper in batch:
            if known.match(paper)[0] is not Match.SAME and store.id_of_key(paper.citation_key) not in ids:
                yield paper.citation_key or f"“{paper.title[:60]}”"


def keep_copy(path: Path) -> Path:
    """Copy a file to a new one beside it, called as editors call their copies: "papers.bib~"; gives that.

    Raises:
        ExpectedError: the copy cannot be written; the file stays as it is.
    """
    target = path.resolve()
    copy, number = target.with_name(f"{target.name}~"), 1
    while os.path.lexists(copy):  # not even through a link that leads nowhere yet
        number += 1
        copy = target.with_name(f"{target.name}~{number}")
    try:
        with target.open("rb") as kept, replacing(copy, private=True) as stream:
            shutil.copyfileobj(kept, stream)
        shutil.copystat(target, copy)
    except (OSError, ExpectedError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExpectedError(
            f"{path} was left as it is: a copy of it could not be kept as {copy.name}: {reason}"
        ) from error
    return copy
