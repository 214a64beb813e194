"""What Library takes and answers: plain values for the front ends."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from readinglist.errors import ExpectedError
from readinglist.papers.paper import Listing, ReadingState
from readinglist.papers.query import QueryProblem
from readinglist.papers.smart_list import SmartList

# Told how much is done of how much; may raise CancelledError, which stops the work and takes back what it did.
Progress = Callable[[int, int], None]


def no_progress(done: int, total: int) -> None:
    """For work that nobody watches."""


@dataclass(frozen=True, slots=True)
class InputText:
    """Something to import: a name to show for it, and its bytes.

    `columns` says which column of a table is which field of a paper; the table's own names decide for the others.
    """

    name: str
    data: bytes
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to import, read when it is its turn, so that no more than one is held.

    `stamp` is its size in bytes and the time of its last change in nanoseconds, as they were when it was chosen.
    """

    name: str
    path: Path
    stamp: tuple[int, int]
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The file's bytes.

        Raises:
            ExpectedError: it cannot be read, or it is another one than was chosen.
        """
        try:
            status = self.path.stat()
            if self.stamp != (status.st_size, status.st_mtime_ns):
                raise ExpectedError("The file was changed after it was looked at. Import it again.")
            return self.path.read_bytes()
        except OSError as error:
            raise ExpectedError(f"The file could not be read: {error.strerror or error}.") from error


Input = InputText | InputFile


class Choice(StrEnum):
    """What is to become of a record: a paper of its own, part of the paper that it is or may be, or nothing."""

    ADD = "add"
    MERGE = "merge"
    LEAVE_OUT = "leave out"


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How an import goes. `choices` are the reader's, by the number of the text (from 0) and of its record (from 1).

    Without a choice, a record of a known paper is merged with it, and any other is a paper of its own. `personal`: take
    over the reading states, stars, ratings, tags and notes that stand in bibliographies. `leave_known`: leave out the
    records of papers that the library has.
    """

    choices: Mapping[tuple[int, int], Choice] = field(default_factory=dict)
    personal: bool = True
    leave_known: bool = False


DEFAULT_OPTIONS = ImportOptions()


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, its colour ("#rrggbb"), and how many papers carry it or one below it."""

    name: str
    color: str
    papers: int


@dataclass(frozen=True, slots=True)
class SmartListCount:
    """A smart list, and how many papers its search finds; None while that is not counted."""

    smart_list: SmartList
    papers: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many papers stand where. `all` and the states leave out the trash."""

    all: int = 0
    states: Mapping[ReadingState, int] = field(default_factory=dict)
    starred: int = 0
    trashed: int = 0
    listings: tuple[Listing, ...] = ()  # newest day first
    tags: tuple[TagCount, ...] = ()  # by name, parents before their children
    smart_lists: tuple[SmartListCount, ...] = ()  # as they are shown; counted one by one, by Library.count_found


class Hits(Protocol):
    """The words a search looked for, to mark them in texts."""

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """Start and end of every hit in the text, in order, without overlaps."""
        ...

    def excerpt(self, text: str, length: int) -> str:
        """About `length` characters of the text around its best hits; its beginning where it has none."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: the ids in order, what was asked, how long it took in milliseconds."""

    query: str
    ids: Sequence[int]
    scores: Mapping[int, float]
    hits: Hits
    sort: str
    ms: float
    problems: tuple[QueryProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class PartFound:
    """A part of a query: how many papers it finds by itself, and how many the query `without` it."""

    text: str
    papers: int
    rest: int = 0
    without: str = ""


@dataclass(frozen=True, slots=True)
class Instead:
    """Words that the reader may have meant, the query with them, and how many papers that finds."""

    words: str
    query: str
    papers: int


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Why a query finds nothing. `culprit` is the part that empties it; None where no single one does."""

    query: str
    parts: tuple[PartFound, ...] = ()
    culprit: PartFound | None = None
    spellings: tuple[Instead, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What became different in the library. No ids and `everything`: read all again."""

    paper_ids: frozenset[int] = frozenset()
    everything: bool = False
    counts: bool = True
