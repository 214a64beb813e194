"""What stands in one row of the list: laid out once from the paper for a width, then only drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QStaticText, QTextOption, QTransform

from readinglist.library.answers import Hits
from readinglist.library.days import goes_on
from readinglist.papers.paper import Paper, ReadingState
from readinglist.ui import paper_wording as wording
from readinglist.ui import theme
from readinglist.ui.marked_text import MarkedText, TextStyle
from readinglist.ui.readable_text import readable

TITLE_LINES, ABSTRACT_LINES = 2, 2

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a row's last line: a text, an icon by name, or a tag's chip, `x` pixels from the line's start.

    `shaped` are the words as they are drawn; an icon has none.
    """

    kind: Literal["text", "icon", "tag"]
    text: str
    x: float
    width: float
    shaped: QStaticText | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row laid out: the paper, hits and width that it was made for, and what is drawn."""

    paper: Paper
    hits: Hits | None
    width: int
    title: MarkedText
    abstract: MarkedText
    pieces: tuple[Piece, ...]
    in_file: str = ""
    """The words in a file of the paper that were found, which stand in the place of the abstract."""

    def is_for(self, paper: Paper, hits: Hits | None, width: int, in_file: str = "") -> bool:
        """Whether this is still the row to draw."""
        same_paper = self.paper is paper or self.paper == paper
        return self.width == width and self.in_file == in_file and self.hits == hits and same_paper


class Measures:
    """Fonts and distances of a row; made anew when the theme or the font changes."""

    def __init__(self) -> None:
        bold = QFont.Weight.DemiBold
        self.title = TextStyle.of(theme.font(1), 1.08)
        self.title_bold = TextStyle.of(theme.font(1, bold), 1.08)
        self.abstract = TextStyle.of(theme.font(0), 1.1)
        self.small = theme.font(-1)
        self.badge = theme.font(-1, bold)
        self.small_metrics = QFontMetricsF(self.small)
        self.letter = self.abstract.metrics.averageCharWidth()
        self.badge_text = shaped(translate("PaperRow", "new"), self.badge)
        self.badge_text_width = QFontMetricsF(self.badge).horizontalAdvance(self.badge_text.text())
        self.badge_width = self.badge_text_width + theme.spacing(2)
        self.margin = theme.spacing(3)
        self.padding = theme.spacing(2.5)
        self.gap = theme.spacing(0.75)
        self.chip_padding = theme.spacing(1.75)
        self.star = theme.spacing(3.75)
        self.icon = theme.spacing(3.25)
        self.text_left = self.margin + self.star + theme.spacing(2.5)
        self.line_height = self.small_metrics.height() + theme.spacing(1)
        texts = TITLE_LINES * self.title_bold.pitch + ABSTRACT_LINES * self.abstract.pitch
        self.height = round(2 * self.padding + texts + self.line_height + 2 * self.gap)

    def text_box(self, row: QRect) -> QRect:
        """Where a row's texts stand, from left to right."""
        return row.adjusted(self.text_left, self.padding, -self.margin, -self.padding)


def shaped(words: str, font: QFont) -> QStaticText:
    """Words in one line, ready to be drawn again and again: to shape them takes longer than to draw them."""
    static = QStaticText(words)
    static.setTextFormat(Qt.TextFormat.PlainText)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(QGuiApplication.layoutDirection())
    static.setTextOption(option)
    static.prepare(QTransform(), font)
    return static


def lay_out(
    paper: Paper, hits: Hits | None, width: int, measures: Measures, before: Row | None = None, in_file: str = ""
) -> Row:
    """Lay out a row `width` pixels wide. A title of one line leaves its second one to the abstract.

    What is the same in the row that the paper had `before` is taken from there. Words that were found `in_file` alone
    stand in the place of the abstract.
    """
    room = max(40, width - measures.text_left - measures.margin)
    done = paper.state in wording.DONE_STATES
    text = readable(paper.title) or translate("PaperRow", "Untitled")
    title_room = room - (measures.badge_width if paper.looked_at is None else 0)
    style = measures.title if done else measures.title_bold
    title = _marked(before.title if before else None, text, hits, style, title_room, TITLE_LINES)
    lines = ABSTRACT_LINES + TITLE_LINES - title.lines
    found = translate("PaperRow", "PDF: {words}").replace("{words}", in_file) if in_file else ""
    excerpt = found or _excerpt(paper, hits, int(room / measures.letter * lines))
    abstract = _marked(before.abstract if before else None, excerpt, hits, measures.abstract, room, lines)
    same_line = before is not None and before.width == width and before.paper == paper
    pieces = before.pieces if before is not None and same_line else tuple(_pieces(paper, room, measures))
    return Row(paper, hits, width, title, abstract, pieces, in_file)


def _marked(
    before: MarkedText | None, text: str, hits: Hits | None, style: TextStyle, width: float, most: int
) -> MarkedText:
    spans = hits.spans(text) if hits else ()
    if before and before.is_of(text, spans, style, width, most):
        return before
    return MarkedText(text, spans, style, width, most)


def _excerpt(paper: Paper, hits: Hits | None, length: int) -> str:
    text = readable(paper.abstract)
    if not text:
        known = " · ".join(filter(None, (", ".join(author.display for author in paper.authors), paper.venue)))
        return known[:length] or translate("PaperRow", "No abstract")
    # More than fits, so that the row ends where it is full; and a blank for every line end.
    excerpt = hits.excerpt(text, length * 3 // 2) if hits else text[: length * 2]
    return " ".join(excerpt.split())


def _facts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Pairs of icon name ("" where there is none) and words, the most telling first."""
    seen = wording.latest_sighting(paper)
    if paper.authors or paper.year:
        yield "", " ".join(filter(None, (wording.authors_words(paper, 2), str(paper.year or ""))))
    if seen is not None:
        yield "", f"{wording.day(seen.day)} · {wording.place(seen)}"
    if len(wording.listed(paper)) > 1:
        yield "", wording.listings_words(paper)
    yield from _marks(paper)


def _marks(paper: Paper) -> Iterator[tuple[str, str]]:
    """What the reader did to the paper, and whether there is code."""
    if paper.trashed is not None:
        yield "trash", translate("PaperRow", "In the trash until {}").format(wording.day(goes_on(paper.trashed)))
    if paper.state is not ReadingState.INBOX:
        yield wording.STATE_ICONS[paper.state], wording.state_words(paper)
    if paper.rating:
        yield "star", f"{paper.rating}/5"
    if paper.notes:
        yield "note", wording.notes_words(paper)
    if paper.attachments:
        yield "pdf", translate("PaperRow", "PDF")
    if paper.has_code:
        yield "code", translate("PaperRow", "code")


def _pieces(paper: Paper, room: float, measures: Measures) -> Iterator[Piece]:
    """Facts parted by dots, then tags. What there is no room for is left out."""
    metrics = measures.small_metrics
    blank = metrics.horizontalAdvance(" ")
    text, start, end = "", 0.0, 0.0  # the text not given yet, and where it stands
    for icon, words in _facts(paper):
        joint = " · " if end else ""
        width = metrics.horizontalAdvance(joint + words) + (measures.icon + blank if icon else 0)
        if end and end + width > room:
            continue
        shown = words if width <= room else metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        if icon:
            end += metrics.horizontalAdvance(joint)
            yield _words(text + joint, start, end - start, measures)
            yield Piece("icon", icon, end, measures.icon)
            text, start = shown, end + measures.icon + blank
        else:
            text += joint + shown
        end = start + metrics.horizontalAdvance(text)
    yield _words(text, start, end - start, measures)
    yield from _chips(paper.tags, end + theme.spacing(2) if end else 0.0, room, measures)


def _words(text: str, x: float, width: float, measures: Measures) -> Piece:
    return Piece("text", text, x, width, shaped(text, measures.small))


def _chips(tags: tuple[str, ...], x: float, room: float, measures: Measures) -> Iterator[Piece]:
    """As many tags as there is room for, then how many more there are."""
    widths = [measures.small_metrics.horizontalAdvance(tag) + 2 * measures.chip_padding for tag in tags]
    for number, (tag, width) in enumerate(zip(tags, widths, strict=True)):
        left = len(tags) - number
        more = f"+{left}"
        more_width = measures.small_metrics.horizontalAdvance(more)
        if x + width + (more_width + measures.gap if left > 1 else 0) > room:
            if x + more_width <= room:
                yield _words(more, x, more_width, measures)
            return
        yield Piece("tag", tag, x, width, shaped(tag, measures.small))
        x += width + theme.spacing(1)
