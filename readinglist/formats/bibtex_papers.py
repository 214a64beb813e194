"""One entry of a .bib file made a paper: what its fields mean, in BibTeX, BibLaTeX and the habits of other programs."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from readinglist.formats.bibtex_braces import hidden, parted
from readinglist.formats.bibtex_entries import RawEntry
from readinglist.formats.bibtex_fields import (
    BIBLATEX_NAMES,
    OTHER_VENUES,
    RAW_TITLE,
    TYPE_FIELD,
    bibtex_type,
    date_text,
    is_impossible,
    is_read,
    joined_title,
    line,
    listing_in,
    moment,
    month_of_date,
    rank_in,
    rating_in,
    repeated_line,
    stars_in,
    state_in,
    type_of,
    venue_field,
    year_of,
    year_of_date,
)
from readinglist.formats.bibtex_ids import find_ids
from readinglist.formats.bibtex_names import read_names
from readinglist.formats.latex_decoding import to_text
from readinglist.formats.latex_text import clean_line, clean_lines, escape_title
from readinglist.formats.record import Problem
from readinglist.papers.citation_key import key_words
from readinglist.papers.links import find_links
from readinglist.papers.paper import Author, Link, LinkKind, Note, Paper, ReadingState

_ALIASES = MappingProxyType({"conference": "inproceedings", "electronic": "online", "www": "online"})
_NOTES = re.compile(r"comment(?:-\d+)?|annote|annotation|review")
_WEB_ADDRESS = re.compile(r"https?://\S+")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")
_COMMA, _SEMICOLON = re.compile(","), re.compile(";")
_TAGS = ("groups", "mendeley-groups", "mendeley-tags")
_ADDED = ("creationdate", "date-added", "dateadded", "timestamp")


def paper_of(entry: RawEntry, today: date, *, ours: bool) -> tuple[Paper, list[Problem]]:
    """The paper of an entry, and what is to be told of it.

    Args:
        entry: the entry, with what it inherits.
        today: the day that notes without a time are dated by.
        ours: whether this program wrote the file; then texts are read to the letter, else as they were meant.
    """
    return _Reader(entry, today, ours=ours).paper()


class _Reader:
    """Takes field after field out of an entry; what is left at the end is kept as it is."""

    def __init__(self, entry: RawEntry, today: date, *, ours: bool) -> None:
        self._entry = entry
        self._fields = {name: _cleaned(*field) for name, field in entry.fields.items() if field[1]}
        self._today = today
        self._ours = ours
        self._problems: list[Problem] = []
        self._type = type_of(_ALIASES.get(entry.entry_type, entry.entry_type))
        kept = self._take(TYPE_FIELD)
        if kept and kept == type_of(kept) and bibtex_type(kept) == self._type:
            self._type = kept

    def _take(self, *names: str) -> str:
        """The raw text of the first of these fields that is there, which is gone from the entry then."""
        for name in names:
            if name in self._fields:
                return self._fields.pop(name)[1]
        return ""

    def _raw(self, name: str) -> str:
        return self._fields.get(name, ("", ""))[1]

    def paper(self) -> tuple[Paper, list[Problem]]:
        title = self._title()
        authors = read_names(self._take("author"))
        abstract = self._lines(self._take("abstract"))
        year = self._year()
        tags = self._tags()
        keywords = self._keywords(tags)
        ids = find_ids(self._fields, ours=self._ours)
        self._drop_derived(title, authors)
        venue = self._venue()
        state, rating, starred = self._state(), self._rating(), self._starred()
        paper = Paper(
            title=title,
            abstract=abstract,
            authors=authors,
            year=year,
            entry_type=self._type,
            citation_key=clean_line(self._entry.key),
            doi=ids.doi,
            arxiv_id=ids.arxiv_id,
            url=ids.url,
            venue=venue,
            keywords=keywords,
            links=self._links(abstract),
            upvotes=self._upvotes(),
            state=state,
            starred=starred,
            rating=rating,
            tags=tags,
            notes=tuple(self._notes()),
            added=self._added(),
            read_at=self._read_at(),
            extra=dict(self._fields.values()),
        )
        return paper, self._problems

    def _title(self) -> str:
        raw = clean_line(self._take("title"))
        main = line(raw)
        if main and ("{" in raw or "\\" in raw) and raw != escape_title(main):
            self._fields[RAW_TITLE] = RAW_TITLE, raw
        return joined_title(main, line(self._raw("subtitle")), line(self._raw("titleaddon")))

    def _lines(self, raw: str) -> str:
        """A text of several lines; in files that are not ours, line ends stand where an editor broke lines."""
        text = clean_lines(to_text(raw))
        if self._ours or ("\n" not in text and "  " not in text):
            return text
        return "\n\n".join(filter(None, map(clean_line, _PARAGRAPHS.split(text))))

    def _year(self) -> int | None:
        raw = date_text(self._raw("date"))
        if raw and is_impossible(raw):
            self._problems.append(
                Problem("invalid_date", self._entry.line, f'There is no day "{raw}"; only its year was read.')
            )
            self._fields["x-date"] = "x-date", self._take("date")
        year, more = year_of_date(raw) if raw else (None, False)
        if raw and not more:
            self._take("date")
        other = line(self._raw("year"))
        if other and (year is None or year_of(other) == year):
            year = year_of(other)
            if other == str(year):
                self._take("year")
        if "date" in self._fields and self._raw("month") == month_of_date(raw):
            self._take("month")
        return year

    def _venue(self) -> str:
        name = venue_field(self._type)
        raw = self._take(name, BIBLATEX_NAMES.get(name, name))
        if name == "howpublished" and raw.startswith(r"\url{"):  # no place of publication, but how one gets there
            self._fields[name] = name, raw
            return ""
        if raw or name in self._entry.fields:
            return repeated_line(raw)
        other = next((field for field in OTHER_VENUES if field in self._fields), "")
        return repeated_line(self._raw(other))

    def _tags(self) -> tuple[str, ...]:
        raw = [words for name in _TAGS for words in _words(self._take(name))]
        return tuple(dict.fromkeys(raw))

    def _keywords(self, tags: tuple[str, ...]) -> tuple[str, ...]:
        """The keywords, without the tags, which our writer puts behind them for programs that know no groups."""
        words = tuple(_words(self._take("keywords", "keyword")))
        return words[: len(words) - len(tags)] if tags and words[-len(tags) :] == tags else words

    def _drop_derived(self, title: str, authors: tuple[Author, ...]) -> None:
        """Take away what our writer derives from the rest."""
        if "key" in self._fields and not authors:
            derived = " ".join(key_words(Paper(title=title))) or "Untitled"
            if line(self._raw("key")) == derived:
                self._take("key")
        for name in ("note", "addendum"):
            listing = listing_in(line(self._raw(name))) if self._raw(name).startswith("Seen in the ") else ""
            if listing:
                self._take(name)
            if listing and line(self._raw("howpublished")) == listing and venue_field(self._type) == "howpublished":
                self._take("howpublished")

    def _links(self, abstract: str) -> tuple[Link, ...]:
        links = [] if self._ours else list(find_links(abstract))
        for kind in LinkKind:
            urls = self._raw(kind.value).split()
            if urls and (self._ours or all(map(_WEB_ADDRESS.fullmatch, urls))):
                self._take(kind.value)
                links += [Link(url, kind) for url in urls if all(link.url != url for link in links) or self._ours]
        return tuple(links)

    def _upvotes(self) -> int | None:
        return int(self._take("upvotes")) if re.fullmatch(r"[0-9]{1,9}", self._raw("upvotes")) else None

    def _state(self) -> ReadingState:
        state = state_in(self._raw("readstatus"))
        if state is not None and self._raw("readstatus") == state.value:
            self._take("readstatus")
        if state is None and is_read(self._raw("read")):
            state = ReadingState.READ
        return state or ReadingState.INBOX

    def _starred(self) -> bool:
        return self._raw("relevance").strip().lower() == "relevant" and bool(self._take("relevance"))

    def _rating(self) -> int:
        rating = rank_in(self._raw("ranking"))
        if rating is not None:
            self._take("ranking")
        ratings = (rating, stars_in(self._raw("x-stars")), rating_in(self._raw("rating")))
        return next((number for number in ratings if number is not None), 0)

    def _notes(self) -> Iterator[Note]:
        at = datetime.combine(self._today, time(), UTC)
        for name in [name for name in self._fields if _NOTES.fullmatch(name)]:
            text = clean_lines(to_text(self._raw(name)))
            if name.startswith("comment"):
                self._take(name)
            if text:
                yield Note("", text, at, at)

    def _added(self) -> datetime | None:
        for name in _ADDED:
            raw = self._raw(name)
            at = moment(line(raw)) if raw else None
            if at is not None:
                if name == "creationdate":
                    self._take(name)
                return at
        return None

    def _read_at(self) -> datetime | None:
        raw = self._raw("readdate")
        at = moment(raw) if raw else None
        if at is not None:
            self._take("readdate")
        return at


def _cleaned(name: str, raw: str) -> tuple[str, str]:
    """A field without characters that no library can hold."""
    return (name, raw) if name.isprintable() and raw.isprintable() else (clean_line(name), clean_lines(raw))


def _words(raw: str) -> Iterator[str]:
    """The words of a list with commas, or semicolons, between them; braces hold one together."""
    if not raw:
        return
    for part in parted(raw, _SEMICOLON if ";" in hidden(raw) else _COMMA):
        word = repeated_line(part)
        if word:
            yield word
