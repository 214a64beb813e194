"""The account of an import: what became of every record of every file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from readinglist.library.days import day_words, sighting_words
from readinglist.papers.paper import Paper, Source


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning or an error of an import: the file, the line in it (None: the whole file), a code, a sentence."""

    file: str
    line: int | None
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class KnownPaper:
    """A record of a paper that the library had: where it stands now, and the listings it was seen in before."""

    paper_id: int
    title: str
    position: int
    seen_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileLedger:
    """What became of one file's records: new, known, changed, skipped, left and feeds sum up to `records`.

    `changed` counts known papers that learned something from their record, and `changes` says what. `left` counts
    records that the reader chose to leave out, `feeds` the feeds that were kept.
    """

    file: str
    format: str
    days: tuple[date, ...] = ()
    records: int = 0
    new: int = 0
    known: int = 0
    changed: int = 0
    skipped: int = 0
    left: int = 0
    feeds: int = 0
    imported_before: str = ""
    known_papers: tuple[KnownPaper, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The account of a whole import: one entry a file, all warnings and errors, and the time it took in seconds.

    `looked_at` counts the files that were found in folders, those among them that hold no papers included.
    """

    files: tuple[FileLedger, ...] = ()
    warnings: tuple[Notice, ...] = ()
    errors: tuple[Notice, ...] = ()
    seconds: float = 0.0
    looked_at: int = 0

    @property
    def records(self) -> int:
        """All records in all files."""
        return sum(file.records for file in self.files)

    @property
    def new(self) -> int:
        """Papers that came into the library."""
        return sum(file.new for file in self.files)

    @property
    def known(self) -> int:
        """Records of papers that the library had, and that taught it nothing but the sighting."""
        return sum(file.known for file in self.files)

    @property
    def changed(self) -> int:
        """Records of papers that the library had, and that completed them."""
        return sum(file.changed for file in self.files)

    @property
    def skipped(self) -> int:
        """Records that could not be read."""
        return sum(file.skipped for file in self.files)

    @property
    def left(self) -> int:
        """Records that the reader left out."""
        return sum(file.left for file in self.files)

    @property
    def feeds(self) -> int:
        """Feeds that were kept."""
        return sum(file.feeds for file in self.files)


def met(paper: Paper, position: int, places: Mapping[int, str]) -> KnownPaper:
    """The entry for a record of a known paper, as it was before; `places` are names of bibliographies by listing."""
    seen = tuple(
        places.get(sighting.listing_id, "") if sighting.bibliography else sighting_words(sighting)
        for sighting in paper.sightings
    )
    return KnownPaper(paper.id, paper.title, position, seen)


def completed_words(paper: Paper, gains: str) -> str:
    """What a known paper learned from a record."""
    return f"“{paper.title}”: {gains} added"


def imported_words(source: Source) -> str:
    """When a text was imported before, and under which name: "2 Apr 2025 as march.txt"."""
    return f"{day_words(source.imported.astimezone().date())} as {source.name}"


def both_kept(file: str, line: int, paper: Paper, known: Paper) -> Notice:
    """The warning that a record may be a known paper and is not taken for it."""
    name = known.citation_key or f"“{known.title}”"
    message = f"“{paper.title}” may be the paper {name}, but the two differ; both are kept."
    return Notice(file, line, "possible_duplicate", message)
