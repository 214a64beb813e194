"""The search language: what a user types becomes a tree of words, field tests, and / or / not."""

from dataclasses import dataclass
from datetime import date

TextField = str  # one of "", "title", "abstract", "authors", "notes", "pdf"; "" is all of them


@dataclass(frozen=True, slots=True)
class Word:
    """A word that must stand in a text. With `prefix` it may go on: lang* or the last word while typing.

    With `near` words of almost the same spelling count as well: langage~.
    """

    text: str
    field: TextField = ""
    prefix: bool = False
    near: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand one after the other; with `prefix` the last one may go on."""

    text: str
    field: TextField = ""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class DateRange:
    """The days from `first` to `last`, both included; None is an open end."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class FieldTest:
    """A test that the database answers, such as status:inbox or seen:>=2.

    `field` is the test's name in the language. `operator` is one of = < <= > >= and belongs to numbers; texts, words
    and `DateRange` values come with "=". A tag that ends in "*" stands for all that begin so. With `unfinished` the
    reader is typing the value: where nothing has just this value, what begins so is meant.
    """

    field: str
    operator: str
    value: str | int | DateRange
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """All of them. No parts at all: every paper."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The papers that `part` does not find."""

    part: "Node"


Node = Word | Phrase | FieldTest | And | Or | Not


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """A part of the typed text that cannot be meant as written, with the place it stands at; the rest still counts."""

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed search. `sort` is the order asked for in the text ("" where none)."""

    tree: Node
    sort: str = ""
    problems: tuple[QueryProblem, ...] = ()
