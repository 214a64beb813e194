r"""arXiv's listing mails and files: records between lines of `\\`, daily with abstracts, by month and week without.

Source: the listing files of arXiv (info.arxiv.org/help/subscribe.html), which differ in what stands around records.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from readinglist.formats.arxiv_dates import day_in, days_in, year_of_id
from readinglist.formats.arxiv_words import Submission, arxiv_id_of, authors_of_line, categories_of, paper_of
from readinglist.formats.mail_lines import mail_lines, unquoted
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.paper import Author, Paper

_ID = re.compile(r"(?:arXiv|Paper)(?: *\(\*?cross-listing\*?\))? *: *(?P<id>\S+)", re.IGNORECASE)
_ID_ALONE = re.compile(rf"{_ID.pattern}(?: *\(\*?cross-listing\*?\))?\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\\\\\s*(?P<address>\(.*)?$")
_RULE = re.compile(r"[-%]{20,}\s*$")
_DAY = re.compile(r"/\*(.+)\*/$")
_RECEIVED = re.compile(r"\s*received from\s+(.+?)\s+to\s+(.+)", re.IGNORECASE)
_SENT = re.compile(r"\s*\**(?:date|sent)\s*:\**\s+(.+)", re.IGNORECASE)
_LABEL = re.compile(
    r"(title|authors?|categories|comments?|journal-ref|doi|report-no|license|msc-class|acm-class|subj-class|proxy|from"
    r"|date)(?: \([^)]*\))?\s*:\s*",
    re.IGNORECASE,
)
_REPLACED = re.compile(r"(?:replaced with revised version|(?:figures|part) added)\b", re.IGNORECASE)
_NOT_QUOTED = re.compile(r"\\\\(?:\s*\(.*)?$")

_BEGIN = re.compile(
    r"^[>|\s]*\\\\[ \t\xa0]*\n[>|\s]*(?:(?:arXiv|Paper)(?: *\(\*?cross-listing\*?\))? *: *\S|/\*)",
    re.MULTILINE | re.IGNORECASE,
)
_BASE64 = re.compile(r"^content-transfer-encoding: *base64", re.MULTILINE | re.IGNORECASE)
_LOOKED_AT = 1 << 16
_LONGEST_WAY = 4  # days from the end of a listing's time to its mail: over a weekend and a holiday

# What no attribute holds, and the fields that keep it.
_KEPT = {"license": "x-arxiv-license", "msc-class": "x-arxiv-msc-class", "acm-class": "x-arxiv-acm-class"}


def sniff(text: str) -> bool:
    r"""Whether a text holds such records: a line `\\` and below it the id of a paper."""
    head = text[:_LOOKED_AT]
    if _BEGIN.search(head):
        return True
    if _BASE64.search(head) is None:
        return False
    decoded = "\n".join(line for _, line in mail_lines(text))
    return _BEGIN.search(decoded, 0, _LOOKED_AT) is not None


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of a mail or of a listing file; their day is that of the mail, or of the part of a week's list."""
    reader = _Reader(today)
    for number, line in unquoted(mail_lines(text), _NOT_QUOTED):
        yield from reader.take(number, line)
    yield from reader.finish()


class _Place(Enum):
    """Where in a record a line stands."""

    OUTSIDE = 0
    ABOUT = 1  # title, authors and so on
    ABSTRACT = 2
    BEHIND = 3  # behind what looked like the end of the abstract


@dataclass(slots=True)
class _Draft:
    """A record while its lines come in."""

    line: int
    arxiv_id: str = ""
    replaced: bool = False
    label: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    abstract: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        """A line above the abstract."""
        found = _ID.match(line)
        if found is not None and not self.arxiv_id:
            self.arxiv_id = arxiv_id_of(found["id"])
            return
        label = _LABEL.match(line)
        if label is not None:
            self.label = label[1].lower()
            self.fields.setdefault(self.label, []).append(line[label.end() :])
        elif _REPLACED.match(line):
            self.replaced, self.label = True, ""
        elif self.label and line.strip():
            self.fields[self.label][-1] += f" {line.strip()}"

    @property
    def is_paper(self) -> bool:
        """Whether it says which paper it is."""
        return bool(self.arxiv_id or self.fields.get("title"))

    def first(self, *labels: str) -> str:
        """The text of the first of some fields that there is."""
        return next((self.fields[label][0].strip() for label in labels if label in self.fields), "")


class _Reader:
    """Takes the lines of a listing, gives the records when they are complete."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._place = _Place.OUTSIDE
        self._draft = _Draft(0)
        self._sent: date | None = None
        self._until: date | None = None
        self._positions: dict[date | None, int] = {}

    def take(self, number: int, line: str) -> Iterator[Record | Skipped | Problem]:
        """The entries that are complete once this line has come."""
        start = line[:1]
        if start == "\\" and (separator := _SEPARATOR.match(line)):
            yield from self._separate(number, with_address=bool(separator["address"]))
        elif start in {"-", "%"} and _RULE.match(line):
            yield from self._close()
        elif start in {"a", "A", "p", "P"} and self._begins_here(line):
            yield from self._close()
            self._open(number)
            self._draft.take(line)
        elif self._place is _Place.ABOUT:
            self._take_about(line)
        elif self._place is not _Place.OUTSIDE:
            self._draft.abstract.append(line)
        elif line:
            self._take_around(line)

    def finish(self) -> Iterator[Record | Skipped | Problem]:
        """What is left at the end of the text."""
        draft, place = self._draft, self._place
        cut_off = place is _Place.ABOUT or (place is _Place.ABSTRACT and any(map(str.strip, draft.abstract)))
        yield from self._close()
        if cut_off and draft.is_paper:
            name = draft.first("title") or draft.arxiv_id
            message = f"The text ends within the record of “{name}”: it was perhaps cut off."
            yield Problem("possibly_truncated", draft.line, message)

    def _separate(self, number: int, *, with_address: bool) -> Iterator[Record | Skipped | Problem]:
        if with_address:
            yield from self._close(told_whole=self._place is _Place.ABSTRACT)
        elif self._place is _Place.ABOUT:
            self._place = _Place.ABSTRACT
        elif self._place is _Place.ABSTRACT and any(map(str.strip, self._draft.abstract)):
            self._place = _Place.BEHIND
        else:
            yield from self._close()
            self._open(number)

    def _begins_here(self, line: str) -> bool:
        """Whether a line names a paper where none is expected: the separator above it was lost."""
        found = _ID_ALONE.fullmatch(line)
        if found is None or not arxiv_id_of(found["id"]):
            return False
        return self._place is not _Place.ABOUT or self._draft.is_paper

    def _open(self, number: int) -> None:
        self._place, self._draft = _Place.ABOUT, _Draft(number)

    def _take_about(self, line: str) -> None:
        day = _DAY.match(line)
        if day is None:
            self._draft.take(line)
        else:
            self._sent, self._until = day_in(day[1]), None
            self._place = _Place.OUTSIDE

    def _take_around(self, line: str) -> None:
        """The days that a mail tells of itself."""
        received, sent = _RECEIVED.match(line), _SENT.match(line)
        if received is not None:
            self._until = next(iter(days_in(received[2])), None)
        elif sent is not None:
            self._sent, self._until = day_in(sent[1]), None

    def _close(self, *, told_whole: bool = False) -> Iterator[Record | Skipped | Problem]:
        draft, place, self._place = self._draft, self._place, _Place.OUTSIDE
        if place is _Place.OUTSIDE:
            return
        if not draft.is_paper:
            if draft.fields or any(map(str.strip, draft.abstract)):
                yield Skipped(draft.line, "A record without an arXiv id and without a title.")
            return
        day = _day_of(self._sent, self._until)
        if day is not None and day > self._today and day not in self._positions:
            message = f"The day {day.isoformat()} has not come yet. It is kept as it is told."
            yield Problem("future_date", draft.line, message)
        position = self._positions[day] = self._positions.get(day, 0) + 1
        paper = _paper_of(draft)
        yield Record(paper, draft.line, position, day)
        if told_whole and not paper.abstract:
            yield Problem("missing_abstract", draft.line, f"“{paper.title or paper.arxiv_id}” has no abstract.")


def _day_of(sent: date | None, until: date | None) -> date | None:
    """The day of a listing: that of its mail, unless the mail was sent on long after the listing's time had ended."""
    if sent is not None and (until is None or 0 <= (sent - until).days <= _LONGEST_WAY):
        return sent
    return until


def _paper_of(draft: _Draft) -> Paper:
    submitted = day_in(draft.first("date"))
    paper = paper_of(
        Submission(
            arxiv_id=draft.arxiv_id,
            title=draft.first("title"),
            authors=_authors_of(draft.first("authors", "author")),
            abstract="\n".join(draft.abstract),
            categories=categories_of(draft.first("categories")),
            comments=draft.first("comments", "comment"),
            journal_ref=draft.first("journal-ref"),
            doi=draft.first("doi"),
            report_number=draft.first("report-no"),
            year=submitted.year if submitted else year_of_id(draft.arxiv_id),
        )
    )
    return replace(paper, extra={**paper.extra, **_more_of(draft, submitted)})


def _authors_of(text: str) -> tuple[Author, ...]:
    """The authors, even where brackets stand around all of them."""
    return authors_of_line(text) or authors_of_line(text.removeprefix("(").removesuffix(")"))


def _more_of(draft: _Draft, submitted: date | None) -> dict[str, str]:
    from readinglist.formats.fields import put

    extra: dict[str, str] = {}
    put(extra, "date", submitted.isoformat() if submitted else "")
    for label, name in _KEPT.items():
        put(extra, name, draft.first(label))
    return extra
