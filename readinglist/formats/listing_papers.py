"""From titles, abstracts and what stands around them to the records of a listing, with warnings where it is due."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from readinglist.formats.listing_layout import BULLET, Layout, Piece, join_lines
from readinglist.formats.listing_lines import About, Kind, looks_of
from readinglist.formats.listing_structure import Role
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.papers.author_names import author_of
from readinglist.papers.clean_text import clean
from readinglist.papers.duplicates import texts_agree, title_key
from readinglist.papers.links import find_links, kind_of
from readinglist.papers.paper import Author, Link, Paper

_TITLE_LABEL = re.compile(r"title\s*:\s+", re.IGNORECASE)
_ABSTRACT_LABEL = re.compile(r"(?:abstract|summary)\s*[:.—–-]\s*", re.IGNORECASE)
_LINKED_TITLE = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)")
_NUMBER = re.compile(r"\(?(\d{1,4})[.)]\s+")
_LEADING_BULLET = re.compile(r"[-*•·–—▪◦‣●○■➢✓]\s+")
_ENDED = re.compile(r"(?:[.!?。！？｡؟۔।:]|https?://\S+)[\"'”’)\]}»*]*$|[)\]”\"]$")
_CUT_OFF = re.compile(r"(?:…|\.\.\.)[\"'”’)\]]*$")

Entry = Record | Skipped | Problem


@dataclass(slots=True)
class _Draft:
    """A paper while its pieces come in."""

    line: int
    title: list[str]
    day: date | None
    position: int
    paragraphs: list[list[str]] = field(default_factory=list)
    about: list[About] = field(default_factory=list)
    last_line: int = 0


class Assembler:
    """Takes the pieces of a listing with their roles, gives the records when they are complete."""

    def __init__(self, today: date, layout: Layout) -> None:
        self._today = today
        self._long = layout.long_piece
        self._day: date | None = None
        self._positions: dict[str, int] = {}
        self._day_key = ""
        self._draft: _Draft | None = None
        self._coming: list[About] = []  # told above the title that comes next
        self._cards_above = False
        self._number = 0
        self._abstracts: dict[str, tuple[int, str]] = {}
        self._by_user = False

    def take(self, role: Role, piece: Piece) -> Iterator[Entry]:
        """The entries that are complete once this piece has come."""
        match role:
            case Role.AROUND:
                self._tell(piece)
            case Role.DAY:
                yield from self._begin_day(piece)
            case Role.TITLE:
                yield from self._close()
                self._begin_paper(piece)
            case Role.ORPHAN:
                yield from self._close()
                yield from self._orphan(piece)
            case _:
                yield from self._add(role, piece)

    def finish(self) -> Iterator[Entry]:
        """What is left at the end of the text."""
        last = self._draft
        yield from self._close()
        if last is not None and last.paragraphs:
            text = " ".join(last.paragraphs[-1])
            if not _ENDED.search(text[-200:]) and not _CUT_OFF.search(text[-12:]):
                yield Problem("possibly_truncated", last.last_line, _truncated(clean(join_lines(last.title))))

    def _begin_day(self, piece: Piece) -> Iterator[Entry]:
        yield from self._close()
        written = piece.looks.day
        if written is None:
            return
        self._day = written.resolve(self._today)
        self._day_key = self._day.isoformat() if self._day else piece.text.casefold()
        self._coming, self._cards_above = [], False
        if self._day is None:
            message = f"There is no such day as “{piece.text}”. The papers below it are kept without a day."
            yield Problem("invalid_date", piece.line, message)
        elif self._day > self._today:
            message = f"The day “{piece.text}” has not come yet. It is kept as it is told."
            yield Problem("future_date", piece.line, message)

    def _begin_paper(self, piece: Piece) -> None:
        position = self._positions.get(self._day_key, 0) + 1
        self._positions[self._day_key] = position
        lines = list(piece.lines)
        lines[0] = self._without_number(lines[0], position)
        told = _with_last_votes(self._coming)
        self._draft = _Draft(piece.line, lines, self._day, position, about=told, last_line=piece.line)
        self._coming, self._by_user = [], False

    def _without_number(self, line: str, position: int) -> str:
        line = _without(_TITLE_LABEL, _without(_LEADING_BULLET, line))
        match = _NUMBER.match(line)
        if match is None or int(match[1]) not in {position, self._number + 1}:
            return line
        self._number = int(match[1])
        return line[match.end() :]

    def _add(self, role: Role, piece: Piece) -> Iterator[Entry]:
        draft = self._draft
        if draft is None:
            yield from self._orphan(piece)
            return
        draft.last_line = piece.line
        if role is Role.MORE_TITLE:
            draft.title.extend(piece.lines)
        elif role is Role.MORE_ABSTRACT and draft.paragraphs:
            draft.paragraphs[-1].extend(piece.lines)
        elif role is Role.PARAGRAPH and self._is_whole_abstract(draft, piece):
            yield from self._close()
            yield from self._orphan(piece)
        else:
            draft.paragraphs.append(list(piece.lines))

    def _is_whole_abstract(self, draft: _Draft, piece: Piece) -> bool:
        """Whether a second paragraph is an abstract of its own whose title is missing: both as long as any other."""
        before = sum(len(line) for paragraph in draft.paragraphs for line in paragraph)
        return 0 < self._long <= min(before, sum(len(line) for line in piece.lines))

    def _orphan(self, piece: Piece) -> Iterator[Entry]:
        start = clean(piece.text[:60])
        message = f"The abstract “{start}…” has no title above it, and was left out."
        yield Problem("orphan_abstract", piece.line, message)
        yield Skipped(piece.line, "An abstract without a title.")

    def _tell(self, piece: Piece) -> None:
        """Keep what a line around the papers tells, for the paper before or the one that comes."""
        about = piece.looks.about
        if about.begins:
            self._by_user = True
        if piece.looks.kind is not Kind.CARD:
            return
        draft = self._draft
        if draft is None:
            self._cards_above = True
        if draft is None or self._by_user or (self._cards_above and draft.paragraphs):
            self._coming.append(about)
        else:
            draft.about.append(about)

    def _close(self) -> Iterator[Entry]:
        draft, self._draft = self._draft, None
        if draft is None:
            return
        paper = _paper_of(draft)
        yield Record(paper, draft.line, draft.position, draft.day)
        if not paper.abstract:
            message = f"“{paper.title}” has no abstract."
            yield Problem("missing_abstract", draft.line, message)
        elif _CUT_OFF.search(paper.abstract[-12:]):
            yield Problem("possibly_truncated", draft.last_line, _truncated(paper.title))
        yield from self._compared(paper, draft.line)

    def _compared(self, paper: Paper, line: int) -> Iterator[Entry]:
        """A warning where the text has had this title before, with another abstract."""
        key = title_key(paper.title)
        first_line, begin = self._abstracts.setdefault(key, (line, paper.abstract[:200]))
        if key and not texts_agree(begin, paper.abstract[:200]):
            message = f"“{paper.title}” also stands in line {first_line}, with another abstract."
            yield Problem("possible_duplicate", line, message)


def _without(mark: re.Pattern[str], text: str) -> str:
    """The text without a mark at its beginning, unless it is nothing else."""
    match = mark.match(text)
    return text[match.end() :] or text if match is not None else text


def _truncated(title: str) -> str:
    return f"The abstract of “{title}” seems to be cut off."


def _with_last_votes(told: list[About]) -> list[About]:
    """What stood above a title, the number next to it as its votes: those before count comments on the last paper."""
    voted = [place for place, about in enumerate(told) if about.upvotes is not None]
    return [about for place, about in enumerate(told) if place not in voted[:-1]]


def _paper_of(draft: _Draft) -> Paper:
    title = clean(join_lines(draft.title))
    told = draft.about
    linked = _LINKED_TITLE.fullmatch(title)
    if linked is not None:
        title = linked[1]
        told = [*told, looks_of(linked[2]).about]
    abstract = _abstract_of(draft.paragraphs)
    arxiv_id = next((about.arxiv_id for about in told if about.arxiv_id), "")
    return Paper(
        title=title,
        abstract=abstract,
        authors=next((_authors_of(about.authors) for about in told if about.authors), ()),
        year=next((about.year for about in told if about.year), None),
        arxiv_id=arxiv_id,
        url=f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else "",
        links=_links_of(abstract, told),
        upvotes=next((about.upvotes for about in told if about.upvotes is not None), None),
    )


def _links_of(abstract: str, told: list[About]) -> tuple[Link, ...]:
    links = {link.url: link for link in find_links(abstract)}
    for about in told:
        if about.url:
            links.setdefault(about.url, Link(about.url, kind_of(about.url, "")))
    return tuple(links.values())


def _authors_of(names: str) -> tuple[Author, ...]:
    return tuple(author_of(name) for name in re.split(r"\s*[,;]\s*(?:and\s+|&\s+)?|\s+(?:and|&)\s+", names) if name)


def _abstract_of(paragraphs: list[list[str]]) -> str:
    """The abstract: an empty line between paragraphs, a line for each item of a list."""
    texts = [clean(join_lines(lines)) for lines in paragraphs]
    if texts:
        texts[0] = _without(_ABSTRACT_LABEL, texts[0])
    if len(texts) == 1:
        return _without(_LEADING_BULLET, texts[0])
    abstract = ""
    for number, text in enumerate(texts):
        both = number > 0 and BULLET.match(text)
        abstract += ("\n" if both else "\n\n" if number else "") + text
    return abstract
