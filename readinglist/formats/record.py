"""What every reader gives, records and problems with the line that they come from; and what every writer is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from readinglist.papers.paper import Paper


class Holds(Enum):
    """What a file is: a listing, whose papers were seen on its day; a bibliography; or one paper itself."""

    LISTING = "listing"
    BIBLIOGRAPHY = "bibliography"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the reader of a file should know. `line` counts from 1; None is the file as a whole.

    `code` is one of: no_papers empty_file not_text not_recognised missing_abstract orphan_abstract possible_duplicate
    invalid_utf8 encoding_guessed control_characters_removed invalid_date future_date possibly_truncated duplicate_key
    skipped_entry.
    """

    code: str
    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """The file that a paper was read from and that is kept with it: its name, its bytes, and its text to search."""

    name: str
    data: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as a file tells it, without an id; its first line, its place in its listing (from 1), the day.

    `attached` is the file itself, where it is the paper.
    """

    paper: Paper
    line: int
    position: int
    listed_on: date | None = None
    attached: AttachedFile | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A record that could not be read as a paper, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a list of feeds names: its title, its web address, and the line where it stands (from 1)."""

    title: str
    url: str
    line: int


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What is written. `personal`: reading state, star, rating, tags and notes too.

    `listing_names` are the words for listings by id, such as "arXiv listing"; others are listings of the Hugging Face
    papers page.
    """

    personal: bool = True
    listing_names: Mapping[int, str] = field(default_factory=dict)
