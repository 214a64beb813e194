"""How a listing is laid out: the width its lines were wrapped at, and which lines are one piece of text."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from readinglist.formats.listing_lines import NEVER_TEXT, About, Kind, Looks, looks_of, strip_line

_SAMPLE_LINES = 20_000
_LONGEST_WRAPPED = 250  # columns; a longer line is a paragraph by itself
_NARROWEST = 24
_WIDE_SCRIPT = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_SENTENCE_INSIDE = re.compile(r"[.।۔](?:(?<=[^\W\d_][^\W\d_].)|(?<=[\d)\]%”\"].))\s+(?=[^a-z\s])|[。।۔](?=\S)")
_ENDED = re.compile(r"[.!?…。！？｡؟۔।][\"'”’)\]}»*]*$")
BULLET = re.compile(r"(?:[-*•·–—▪◦‣●○■➢✓]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s+")
_LINK_AT_END = re.compile(r"://\S*[^\s/-]$")
_CLOSING = re.compile(r"[.,;:!?)\]}”\"]+")
_NAME_FOLLOWS = frozenset({"submitted by", "submitted by:", "posted by", "shared by"})
_USER = Looks(Kind.CARD, 3.0)
_DOTS = frozenset("·•")
_DOT = Looks(Kind.CARD, NEVER_TEXT, About(body_follows=True))
_HYPHEN_KEPT_APART = re.compile(r"(?:and|or|to|nor|und|oder|et|as|but|than)\b|&")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text were broken.

    `width` is the column they were wrapped at, or 0; `doubled`: a blank line stands after every line; `blanks`: blank
    lines stand between pieces often enough to mean something; `long_piece` is the length from which a piece is as long
    as the abstracts of this text usually are, or 0 where that cannot be told.
    """

    width: int = 0
    doubled: bool = False
    blanks: bool = True
    long_piece: int = 0


@dataclass(slots=True)
class Piece:
    """Lines that surely belong together, with what is known of the break before them.

    `gap` counts the blank lines before; `soft`: the break before may come from wrapping, as the next word did not fit.
    """

    line: int
    gap: int
    soft: bool
    looks: Looks
    lines: list[str] = field(default_factory=list)
    has_sentence: bool = False

    @property
    def text(self) -> str:
        """The piece as one line."""
        return self.lines[0] if len(self.lines) == 1 else join_lines(self.lines)

    @property
    def ended(self) -> bool:
        """Whether its last line ends as a sentence does, or with a link, after which full stops are often left out."""
        last = self.lines[-1]
        return _ENDED.search(last[-12:]) is not None or (
            "://" in last[-300:] and _LINK_AT_END.search(last[-300:]) is not None
        )


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers from 1, without making a list of them all."""
    number, start = 1, 0
    while (end := text.find("\n", start)) >= 0:
        yield number, text[start:end]
        number, start = number + 1, end + 1
    yield number, text[start:]


def layout_of(text: str) -> Layout:
    """The layout of a text, from its first lines."""
    close: Counter[tuple[int, int]] = Counter()
    apart: Counter[tuple[int, int]] = Counter()
    lengths: list[tuple[int, bool]] = []
    gaps, length, gap = 0, 0, 0
    for _, raw in islice(lines_of(text), _SAMPLE_LINES):
        line = strip_line(raw)
        if not line:
            gap += 1
            continue
        if length and gap < 2:
            (apart if gap else close)[length, _first_word(line)] += 1
        gaps += gap > 0
        if gap or not lengths:
            lengths.append((0, False))
        length, gap = len(raw.rstrip()), 0
        lengths[-1] = (lengths[-1][0] + length, _ENDED.search(line[-12:]) is not None)
    width, soft = _width_of(close, 3)
    if not width and close.total() * 20 < apart.total() and (wide := _width_of(apart, 6)[0]):
        return Layout(wide, doubled=True)
    return Layout(width, blanks=gaps * 4 > close.total() - soft, long_piece=_long_piece(lengths))


def _first_word(line: str) -> int:
    return 1 if _WIDE_SCRIPT.match(line) else len(line.split(None, 1)[0])


def _soft_at(pairs: Counter[tuple[int, int]]) -> Counter[int]:
    """For each width, how many breaks would come from wrapping at it."""
    soft: Counter[int] = Counter()
    for (length, word), count in pairs.items():
        if length <= _LONGEST_WRAPPED:
            for width in range(length, min(length + word, _LONGEST_WRAPPED) + 1):
                soft[width] += count
    return soft


def _width_of(pairs: Counter[tuple[int, int]], least: int) -> tuple[int, int]:
    """The width that most breaks agree on, and their number; zeros where the lines were not wrapped."""
    short = sum(count for (length, _), count in pairs.items() if length <= _LONGEST_WRAPPED)
    soft = _soft_at(pairs)
    if not soft:
        return 0, 0
    width = max(soft, key=lambda candidate: (soft[candidate], -candidate))
    wider = sum(count for (length, _), count in pairs.items() if width < length <= _LONGEST_WRAPPED)
    believed = soft[width] >= least and soft[width] * 5 >= short * 2 and wider * 8 <= short
    return (width, soft[width]) if believed and width >= _NARROWEST else (0, 0)


def _long_piece(lengths: list[tuple[int, bool]]) -> int:
    """The length of a short abstract where titles and one-paragraph abstracts clearly take turns, else 0."""
    ended = sum(1 for _, is_ended in lengths if is_ended)
    if len(lengths) < 10 or not 0.6 * (len(lengths) - ended) <= ended <= 1.15 * (len(lengths) - ended):
        return 0
    longest = sorted((length for length, is_ended in lengths if is_ended), reverse=True)
    return longest[len(longest) * 9 // 10] * 9 // 10


def pieces_of(text: str, layout: Layout) -> Iterator[Piece]:
    """The text as pieces: lines that wrapping alone had parted are together again."""
    piece: Piece | None = None
    length, gap = 0, 0
    for number, raw in lines_of(text):
        line = strip_line(raw)
        if not line:
            gap += 1
            continue
        gap = max(0, gap - 1) if layout.doubled else gap
        soft = piece is not None and not gap and _is_full(piece.lines[-1], length, line, layout.width)
        if piece is not None and not gap and _goes_on(piece, line, soft=soft):
            piece.lines.append(line)
            piece.has_sentence = piece.has_sentence or _SENTENCE_INSIDE.search(line) is not None
        else:
            if piece is not None:
                yield piece
            piece = _begin(piece, number, line, gap, soft=soft)
        length, gap = len(raw.rstrip()), 0
    if piece is not None:
        yield piece


def _is_full(before: str, length: int, line: str, width: int) -> bool:
    """Whether the next word had no place in a line of this length; a link alone may be longer than the width."""
    return 0 < width < length + 1 + _first_word(line) and (length <= width or " " not in before)


def _goes_on(piece: Piece, line: str, *, soft: bool) -> bool:
    if piece.looks.kind is not Kind.TEXT:
        return False
    if len(line) < 3 and _CLOSING.fullmatch(line):
        return True
    if not soft:
        return False
    if line[0].islower() and line.split(None, 1)[0].islower() and not BULLET.match(line):
        return not piece.ended or " " in line
    return (piece.has_sentence or len(piece.lines) > 3) and not piece.ended


def _begin(before: Piece | None, number: int, line: str, gap: int, *, soft: bool) -> Piece:
    looks = looks_of(line)
    if before is not None and before.looks.kind is Kind.TEXT:
        if soft and not before.ended and looks.as_text < NEVER_TEXT and not looks.about.authors:
            looks = Looks(Kind.TEXT)
    elif before is not None:
        looks = _after_card(before, line) or looks
    mark = BULLET.match(line)
    sentence = _SENTENCE_INSIDE.search(line, mark.end() if mark else 0, 1000)
    return Piece(number, gap, soft, looks, [line], sentence is not None)


def _after_card(before: Piece, line: str) -> Looks | None:
    """What a line is because of the one before: a user's name, or after "6 authors" a dot, and an organisation."""
    about = before.looks.about
    if about.counts_authors and line in _DOTS:
        return _DOT
    name_follows = about.begins and before.lines[-1].casefold() in _NAME_FOLLOWS
    return _USER if name_follows or about.body_follows else None


def join_lines(lines: list[str]) -> str:
    """Wrapped lines as one: hyphens keep their word together, links and scripts without blanks get none."""
    text = lines[0]
    for line in lines[1:]:
        text += _between(text, line) + line if not text.endswith("\u00ad") else line
    return text


def _between(text: str, line: str) -> str:
    last, first = text[-1:], line[:1]
    if last == "-" and first.isalnum() and text[-2:-1].isalnum() and not _HYPHEN_KEPT_APART.match(line):
        return ""
    if text[-2:] == "--" and not text[-3:-2].isspace():
        return ""
    if line.startswith("--") and not line[2:3].isspace():
        return ""
    if last in "—/" and "://" in text[-200:].rsplit(None, 1)[-1]:
        return ""
    return "" if _WIDE_SCRIPT.match(last) and _WIDE_SCRIPT.match(first) else " "
