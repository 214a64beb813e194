"""Proof of an export: the new text, read back by the format's own reader, says of each paper what was meant."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from readinglist.errors import ExpectedError
from readinglist.formats import FORMATS, Format
from readinglist.formats.bibtex_fields import venue_field
from readinglist.formats.latex_text import clean_line, clean_lines, verbatim
from readinglist.formats.readable import title_of
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Author, Link, Note, Paper

_NO_DAY = date(2000, 1, 1)
_SHOWN = 60  # characters of a text in a message
# Whose reader reads what a format writes.
_READERS = MappingProxyType({"biblatex": "bibtex"})
_DAMAGE = frozenset({"possibly_truncated", "duplicate_key", "invalid_date"})
_PUBLIC = (
    "title", "abstract", "authors", "year", "entry_type", "citation_key", "doi", "arxiv_id", "url", "venue",
    "keywords", "links", "upvotes",
)  # fmt: skip
_PERSONAL = ("state", "starred", "rating", "tags", "notes", "added", "read_at")
_BETWEEN_ITEMS = "[], \n"
_AUTHOR_PARTS = ("family", "given", "particle", "suffix", "literal")
# Fields of other programs that say what the paper itself says, and are told anew, or left out where they are wrong now.
_RETOLD = frozenset(
    {"bibtex-title", "year", "month", "readstatus", "ranking", "x-stars", "stars", "rating", "read", "annote",
     "annotation", "review", "comment", "relevance", "groups"}
)  # fmt: skip
_IN_PERCENT = re.compile(r"[\s{}\\]|\^\^")
_NUMBERED = re.compile(r"-\d+$")
_NO_LETTERS = re.compile(r"[\s{}\\]|textbrace(?:left|right)")
_MARKDOWN_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKDOWN_TITLE = re.compile(r"## (?:\[(.*)\]\(<[^<>]*>\)|(.*))")


class ProofError(ExpectedError):
    """The new text does not say what was meant; it must not be written over anything."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of an entry that reads back otherwise than it was meant."""

    key: str
    field: str
    meant: str
    found: str

    def __str__(self) -> str:
        where = f"the entry {self.key[:_SHOWN]}" if self.key else "an entry without a citation key"
        return f"{self.field.replace('_', ' ')} of {where}: meant is {self.meant}, but {self.found} is what others read"


class Proof:
    """Proves an export piece by piece, as it is written.

    Args:
        written: the format that is written.
        personal: whether what the reader did is written too.
    """

    def __init__(self, written: Format, *, personal: bool) -> None:
        self._written = written
        name = _READERS.get(written.name, written.name)
        self._reader = next(known for known in FORMATS if known.name == name)
        self._personal = personal

    def check(self, papers: Sequence[Paper], head: str, text: str) -> None:
        """Prove a piece of the text: that it holds these papers, one after the other, and nothing else.

        Args:
            papers: the papers as they were meant.
            head: what stands before the first paper of the whole text.
            text: the piece.

        Raises:
            ProofError: it does not; the message names entry and field.
        """
        find = _TITLES.get(self._written.name)
        found = self._differing(papers, head, text) if find is None else _differing_titles(papers, find(text))
        difference = next(found, None)
        if difference is not None:
            raise ProofError(
                f"Nothing was written, because the text would not read back as it was meant: the {difference}. "
                "What stood there before is untouched. Correct this field, or leave the paper out."
            )

    def _differing(self, papers: Sequence[Paper], head: str, text: str) -> Iterator[Difference]:
        entries = list(self._reader.read(_document(self._written.name, head, text), _NO_DAY, {}))
        records = [entry for entry in entries if isinstance(entry, Record)]
        for paper, record in zip_longest(papers, records):
            if record is None or paper is None:
                known = paper or record.paper
                yield Difference(known.citation_key, "title", _shown(paper and paper.title), _shown(record and known))
            else:
                yield from differences(paper, record.paper, personal=self._personal)
        for entry in entries:
            if isinstance(entry, Skipped):
                yield Difference("", "text", "an entry", f"“{entry.reason}”")
            elif isinstance(entry, Problem) and entry.code in _DAMAGE:
                yield Difference("", "text", "a whole entry", f"“{entry.message}”")


def differences(meant: Paper, found: Paper, *, personal: bool) -> Iterator[Difference]:
    """The fields in which a paper read back differs from what was meant, blanks that mean nothing aside."""
    for field in _PUBLIC + (_PERSONAL if personal else ()):
        one, other = (_comparable(field, getattr(paper, field)) for paper in (meant, found))
        if one != other and not _is_same(field, meant, found):
            yield Difference(meant.citation_key, field, _shown(one), _shown(other))
    yield from _missing(meant, found)


def _is_same(field: str, meant: Paper, found: Paper) -> bool:
    """Whether a field says the same in other words, where a format has but one way to say it."""
    match field:
        case "authors":
            pairs = list(zip_longest(meant.authors, found.authors, fillvalue=Author()))
            return all(_is_same_author(one, other) for one, other in pairs)
        case "citation_key":
            return _is_key_of(meant.citation_key, found.citation_key)
        case "venue":  # of which there is none, but a field of the same name
            return not meant.venue and any(_letters(raw) == _letters(found.venue) for raw in meant.extra.values())
        case _:
            return False


def _is_same_author(meant: Author, found: Author) -> bool:
    """A name of one part alone may read back as that of a body, and a large particle as part of the family name."""
    if _author(meant) == _author(found):
        return True
    is_whole = not (meant.family and meant.given) or meant.literal != "" or meant.particle != meant.particle.lower()
    return is_whole and clean_line(meant.display) == clean_line(found.display)


def _is_key_of(meant: str, found: str) -> bool:
    """Whether a key is the one that was meant, as far as the format can hold it; a paper without one is given one."""
    letters = iter(meant)
    return not meant or all(letter in letters for letter in found[: len(meant)] if letter.isalnum())


def _missing(meant: Paper, found: Paper) -> Iterator[Difference]:
    """The fields of other programs that did not come back: under their name, a number behind it, or x- before it."""
    if not meant.extra:
        return
    back: dict[str, list[str]] = {_plain_name(venue_field(found.entry_type)): [_letters(found.venue)]}
    for name, raw in found.extra.items():
        back.setdefault(_plain_name(name), []).append(_letters(raw))
    for name, raw in meant.extra.items():
        told = ["", *back.get(_plain_name(name), [])]
        is_back = _letters(raw) in told or _letters(verbatim(raw)) in told
        if not is_back and _plain_name(name) not in _RETOLD:
            yield Difference(meant.citation_key, name, _shown(raw), _shown("; ".join(told[1:])))


def _plain_name(name: str) -> str:
    return _NUMBERED.sub("", name.lower().removeprefix("x-"))


def _letters(raw: str) -> str:
    """A raw text without braces and blanks, which writers mend where a file could not hold them."""
    return _NO_LETTERS.sub("", raw)


def _differing_titles(papers: Sequence[Paper], found: Sequence[str]) -> Iterator[Difference]:
    for paper, title in zip_longest(papers, found):
        meant = title_of(paper) if paper else ""
        if title is None or meant != clean_line(title):
            yield Difference(paper.citation_key if paper else "", "title", _shown(meant), _shown(title))


def _markdown_titles(text: str) -> list[str]:
    found = (_MARKDOWN_TITLE.fullmatch(line) for line in text.split("\n"))
    return [_MARKDOWN_ESCAPE.sub(r"\1", title[1] or title[2]) for title in found if title]


def _html_titles(text: str) -> list[str]:
    reader = _Titles()
    reader.feed(text)
    reader.close()
    return reader.titles


class _Titles(HTMLParser):
    """Gathers the headings of papers."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: list[str] = []
        self._within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        """A heading begins."""
        if tag == "h2":
            self._within = True
            self.titles.append("")

    def handle_endtag(self, tag: str) -> None:
        """A heading ends."""
        if tag == "h2":
            self._within = False

    def handle_data(self, data: str) -> None:
        """Text of a heading, or of anything else."""
        if self._within:
            self.titles[-1] += data


# How the titles of papers are found in formats that no program reads.
_TITLES: Mapping[str, Callable[[str], list[str]]] = MappingProxyType(
    {"markdown": _markdown_titles, "html": _html_titles}
)


def _author(name: Author) -> Author:
    return Author(**{part: clean_line(getattr(name, part)) for part in _AUTHOR_PARTS})


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _moment(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(microsecond=0)


def _words(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(clean_line, words)))


def _sorted_links(links: Sequence[Link]) -> list[tuple[str, str]]:
    return sorted((link.kind.value, link.url) for link in links)


def _note_texts(notes: Sequence[Note]) -> list[str]:
    return [text for note in notes if (text := clean_lines(note.text))]


_COMPARABLE: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        **dict.fromkeys(("title", "venue", "citation_key"), clean_line),
        **dict.fromkeys(("doi", "arxiv_id", "url"), lambda address: _IN_PERCENT.sub(_percent, clean_line(address))),
        "abstract": clean_lines,
        "authors": lambda authors: [_author(name) for name in authors],
        "keywords": _words,
        "tags": _words,
        "links": _sorted_links,
        "notes": _note_texts,
        "added": _moment,
        "read_at": _moment,
    }
)


def _comparable(field: str, value: object) -> object:
    """A value without what no format means: blanks at ends, the ids and times of notes, parts of seconds."""
    clean = _COMPARABLE.get(field)
    return clean(value) if clean else value


def _document(format_name: str, head: str, text: str) -> str:
    """A piece of a text as a whole one."""
    text = text.replace("\r\n", "\n")
    if format_name == "csl-json":
        return f"[{text.strip(_BETWEEN_ITEMS)}]"
    return f"{head}{text}"


def _shown(value: object) -> str:
    """A value in a message."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = "; ".join(each.display if isinstance(each, Author) else str(each) for each in value)
    words = " ".join(str("" if value is None else value).split())
    return f"“{words}”" if len(words) <= _SHOWN else f"“{words[: _SHOWN - 1]}…”"
