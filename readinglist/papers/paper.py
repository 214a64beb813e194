"""The values of the program: a paper, its authors, its notes, and the listings where it was seen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

NO_FIELDS: Mapping[str, str] = MappingProxyType({})
NO_ORIGINS: Mapping[str, int] = MappingProxyType({})


class ReadingState(StrEnum):
    """How far the reader has come with a paper. The value is the word used in files, queries and commands."""

    INBOX = "inbox"
    TO_READ = "to-read"
    READING = "reading"
    READ = "read"
    SKIPPED = "skipped"


class LinkKind(StrEnum):
    """What stands behind a link drawn out of an abstract."""

    CODE = "code"
    DATA = "data"
    PROJECT = "project"


@dataclass(frozen=True, slots=True)
class Author:
    """A person by the parts of a BibTeX name, or a body such as a company by its `literal` name alone."""

    family: str = ""
    given: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def display(self) -> str:
        """The name in reading order, such as "Ludwig van Beethoven Jr."."""
        return self.literal or " ".join(filter(None, (self.given, self.particle, self.family, self.suffix)))


@dataclass(frozen=True, slots=True)
class Link:
    """A web address found in a paper's text."""

    url: str
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Note:
    """A note in Markdown. `id` is unique for ever (a UUID in hex), so that edits of notes can be told apart."""

    id: str
    text: str
    created: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """A file or clipboard text that was imported.

    `digest` is the SHA-256 of its text in hex (line ends and outer blanks aside); `raw` is that text, kept so that a
    better reader can read it again, and empty when a source was loaded without it.
    """

    id: int
    name: str
    format: str
    digest: str
    imported: datetime
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """One day's list of papers within a source. `day` is the page's day, or None where the page gave none.

    `number` tells listings of the same day apart: 1 for the first imported, 2 for the next. `papers` counts them.
    A `bibliography` is the file of another program or person: its papers stand in it, but were not seen on a day.
    """

    id: int
    source_id: int
    name: str
    day: date | None
    number: int = 1
    papers: int = 0
    bibliography: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a paper was seen: the listing, its day, the place in it (from 1), and the line in the source (from 1).

    `bibliography` says that the listing is one: the paper stands in it, which is no news of that paper.
    """

    listing_id: int
    day: date | None
    position: int
    line: int = 0
    bibliography: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a paper and is kept with the library: SHA-256 in hex, the name it had, bytes."""

    digest: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, with all that is known of it and all that the reader did to it.

    Texts are plain Unicode (mathematics as `$...$`). `year` is the paper's own, never a listing's day. `id` is 0 for a
    paper that is not in a library yet; once given, it is never given again. Times are in UTC.

    `extra` holds the fields that have no place of their own, by their BibTeX name, as raw BibTeX. `origins` tells where
    fields came from: the id of a source, or 0 for the reader; "" stands for all fields that are not named.
    """

    id: int = 0
    title: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    year: int | None = None
    entry_type: str = "misc"
    citation_key: str = ""
    doi: str = ""
    arxiv_id: str = ""
    url: str = ""
    venue: str = ""
    keywords: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    upvotes: int | None = None
    extra: Mapping[str, str] = field(default_factory=lambda: NO_FIELDS)
    state: ReadingState = ReadingState.INBOX
    starred: bool = False
    rating: int = 0
    tags: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    origins: Mapping[str, int] = field(default_factory=lambda: NO_ORIGINS)
    sightings: tuple[Sighting, ...] = ()
    added: datetime | None = None
    looked_at: datetime | None = None
    read_at: datetime | None = None
    trashed: datetime | None = None

    @property
    def has_code(self) -> bool:
        """Whether a link to the paper's code is known."""
        return any(link.kind is LinkKind.CODE for link in self.links)
