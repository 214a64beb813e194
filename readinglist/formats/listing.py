"""The listing of the Hugging Face papers page, copied as text: titles and abstracts in turn, under their day.

The way through: `listing_lines` says what a line looks like, `listing_layout` puts wrapped lines together again,
`listing_structure` tells titles from abstracts, and this module makes papers of them.
"""

import re
from collections.abc import Iterator
from datetime import date

from readinglist.formats.listing_days import written_day
from readinglist.formats.listing_layout import Piece, layout_of, pieces_of
from readinglist.formats.listing_lines import Kind
from readinglist.formats.listing_papers import Assembler
from readinglist.formats.listing_structure import Role, roles_of, title_score
from readinglist.formats.lookalikes import look_of_beginning, look_of_signs
from readinglist.formats.record import Problem, Record, Skipped

_HEADER = re.compile(
    r"get trending papers in your|AK\s+and the research community|huggingface\.co/papers", re.IGNORECASE
)
_SNIFFED = 1 << 16


def sniff(text: str) -> bool:
    """Whether a text is such a listing: by the page's own words, or by titles and abstracts in turn."""
    head = text[:_SNIFFED]
    if len(text) > _SNIFFED:
        head = head[: head.rfind("\n") + 1] or head
    if look_of_beginning(head):
        return False
    return _HEADER.search(head) is not None or (not look_of_signs(head) and _looks_like_papers(head))


def says_what_it_is(text: str) -> bool:
    """Whether a listing has the page's own words or a day, so that it can hardly be any other text with headings."""
    head = text[:_SNIFFED]
    return _HEADER.search(head) is not None or any(written_day(line.strip()) for line in head.split("\n"))


def _looks_like_papers(head: str) -> bool:
    layout = layout_of(head)
    steps = list(roles_of(pieces_of(head, layout), layout))
    days = sum(role is Role.DAY for role, _ in steps)
    cards = sum(piece.looks.kind is not Kind.TEXT for _, piece in steps)
    titles = sum(role is Role.TITLE for role, _ in steps)
    if not titles:
        return days > 0 and cards == len(steps)
    pairs = _pairs(steps)
    paragraphs = sum(role in {Role.PARAGRAPH, Role.ORPHAN} for role, _ in steps)
    good = sum(title_score(title) - title_score(abstract) >= 3 > -title_score(title) for title, abstract in pairs)
    if days or cards > 2:
        return good * 2 >= len(pairs) and (good > 0 or cards > 2)
    return good * 3 >= titles * 2 and paragraphs <= 2 * good


def _pairs(steps: list[tuple[Role, Piece]]) -> list[tuple[str, str]]:
    pairs = []
    title = ""
    for role, piece in steps:
        if role in {Role.TITLE, Role.MORE_TITLE}:
            title = f"{title} {piece.text}" if role is Role.MORE_TITLE else piece.text
        elif role is Role.ABSTRACT and title:
            pairs.append((title, piece.text))
            title = ""
    return pairs


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of a listing in order; a day without a year is the latest such day that is not after `today`."""
    layout = layout_of(text)
    assembler = Assembler(today, layout)
    for role, piece in roles_of(pieces_of(text, layout), layout):
        yield from assembler.take(role, piece)
    yield from assembler.finish()
