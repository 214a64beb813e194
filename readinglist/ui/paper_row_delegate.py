"""Paints the rows of the list without asking the model for more than the paper: each is laid out once and kept."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QStaticText
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from readinglist.library.answers import Hits
from readinglist.papers.paper import Paper
from readinglist.ui import paper_wording as wording
from readinglist.ui import theme
from readinglist.ui.paper_list_model import PAPER_ROLE, AnyIndex, PaperListModel
from readinglist.ui.paper_row import Measures, Piece, Row, lay_out
from readinglist.ui.plain_tips import tip_text
from readinglist.ui.readable_text import readable
from readinglist.ui.tinted_icon import draw

KEPT_ROWS = 400
_SELECTED = QStyle.StateFlag.State_Selected.value
_HOVERED = QStyle.StateFlag.State_MouseOver.value
_FOCUSED = QStyle.StateFlag.State_HasFocus.value


class PaperRowDelegate(QStyledItemDelegate):
    """Paints one paper: star, title, excerpt of the abstract, and a line of facts and tags."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: dict[int, Row] = {}
        self.measures = Measures()

    def renew(self) -> None:
        """Lay everything out anew: the theme or the font changed."""
        self._rows.clear()
        self.measures = Measures()

    def sizeHint(self, option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """All rows are equally high, so that a list of any length is laid out at once."""
        return QSize(option.rect.width(), self.measures.height)

    def star_rect(self, row: QRect, direction: Qt.LayoutDirection) -> QRect:
        """Where a click in a row means its star: its whole corner, so that it is easy to hit."""
        height = 2 * self.measures.padding + self.measures.star
        corner = QRect(row.left(), row.top(), self.measures.text_left - self.measures.gap, height)
        return QStyle.visualRect(direction, row, corner)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """Say what a click on the star does, and all of a title that was cut short."""
        paper = index.data(PAPER_ROLE)
        row = self._rows.get(paper.id) if paper is not None else None
        words = ""
        if row is not None and self.star_rect(option.rect, option.direction).contains(event.pos()):
            words = self.tr("Take the star off") if row.paper.starred else self.tr("Star")
        elif row is not None and row.title.elided:
            words = tip_text(readable(row.paper.title))
        QToolTip.showText(event.globalPos(), words, view)
        return bool(words)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one row."""
        model = index.model()
        if not isinstance(model, PaperListModel):
            return
        place = _Place(option.rect, option.direction, option.state)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, place)
        paper = model.paper_at(index.row())
        if paper is not None:
            row = self._row(paper, model.hits, place.rect.width(), model.in_file(paper.id))
            self._paint_row(painter, place, row)
        painter.restore()

    def _row(self, paper: Paper, hits: Hits | None, width: int, in_file: str) -> Row:
        row = self._rows.get(paper.id)
        if row is None or not row.is_for(paper, hits, width, in_file):
            if len(self._rows) >= KEPT_ROWS:
                self._rows.clear()
            row = self._rows[paper.id] = lay_out(paper, hits, width, self.measures, row, in_file)
        return row

    def _paint_row(self, painter: QPainter, place: "_Place", row: Row) -> None:
        measures, colors = self.measures, theme.current()
        box = measures.text_box(place.rect)
        self._paint_star(painter, place, row.paper)
        title_box = box
        if row.paper.looked_at is None:
            title_box = box.adjusted(0, 0, -round(measures.badge_width), 0)
            self._paint_badge(painter, place, box)
        strong = colors.selected_text if place.selected else colors.text
        color = colors.quiet if row.paper.state in wording.DONE_STATES else strong
        row.title.paint(painter, QPointF(place.visual(title_box).topLeft()), color)
        below = QPointF(place.visual(box).topLeft())
        below += QPointF(0, row.title.height + measures.gap)
        row.abstract.paint(painter, below, colors.quiet)
        self._paint_pieces(painter, place, box, row.pieces)

    def _paint_star(self, painter: QPainter, place: "_Place", paper: Paper) -> None:
        measures, colors, rect = self.measures, theme.current(), place.rect
        # A hollow star for "not starred": the state is not told by colour alone.
        name, color = ("star", colors.star) if paper.starred else ("star-outline", colors.star_off)
        top = rect.top() + measures.padding + round((measures.title_bold.pitch - measures.star) / 2)
        square = QRect(rect.left() + measures.margin, top, measures.star, measures.star)
        self._paint_icon(painter, name, color.name(), place.visual(square))

    def _paint_badge(self, painter: QPainter, place: "_Place", box: QRect) -> None:
        measures = self.measures
        width, height = round(measures.badge_width), round(measures.title_bold.pitch)
        badge = QRectF(place.visual(QRect(box.right() - width, box.top(), width, height)))
        painter.setFont(measures.badge)
        painter.setPen(theme.current().new)
        left = badge.left() if place.mirrored else badge.right() - measures.badge_text_width
        _draw_words(painter, measures.badge_text, left, badge)

    def _paint_pieces(self, painter: QPainter, place: "_Place", box: QRect, pieces: tuple[Piece, ...]) -> None:
        measures, colors = self.measures, theme.current()
        top = box.bottom() + 1 - measures.line_height
        painter.setFont(measures.small)
        for piece in pieces:
            where = QRectF(box.left() + piece.x, top, piece.width, measures.line_height)
            if place.mirrored:
                where.moveRight(place.rect.left() + place.rect.right() - where.left())
            if piece.shaped is None:
                square = QRectF(0, 0, measures.icon, measures.icon)
                square.moveCenter(where.center())
                self._paint_icon(painter, piece.text, colors.faint.name(), square.toRect())
                continue
            left = where.left()
            if piece.kind == "tag":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colors.tag)
                painter.drawRoundedRect(where, where.height() / 2, where.height() / 2)
                left += measures.chip_padding
            painter.setPen(colors.tag_text if piece.kind == "tag" else colors.faint)
            _draw_words(painter, piece.shaped, left, where)

    def _paint_icon(self, painter: QPainter, name: str, color: str, square: QRect) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawImage(square, draw(name, color, round(square.width() * ratio)))


class _Place:
    """Where and how a row is painted: what Qt's option says, each asked once, as each answer is a copy."""

    def __init__(self, rect: QRect, direction: Qt.LayoutDirection, state: QStyle.StateFlag) -> None:
        self.rect = rect
        self.mirrored = direction is Qt.LayoutDirection.RightToLeft
        flags = state.value  # as a plain number: Python's flags take longer to compare than a short text to draw
        self.selected = bool(flags & _SELECTED)
        self.hovered = bool(flags & _HOVERED)
        self.focused = bool(flags & _FOCUSED)

    def visual(self, part: QRect) -> QRect:
        """A part of the row, given as if it ran from left to right, where it is on the screen."""
        return QStyle.visualRect(Qt.LayoutDirection.RightToLeft, self.rect, part) if self.mirrored else part


def _draw_words(painter: QPainter, words: QStaticText, left: float, where: QRectF) -> None:
    """Draw words in one line, in the middle of a place's height."""
    painter.drawStaticText(QPointF(left, where.top() + (where.height() - words.size().height()) / 2), words)


def _paint_ground(painter: QPainter, place: _Place) -> None:
    colors, rect = theme.current(), place.rect
    if place.selected:
        painter.fillRect(rect, colors.selected)
    elif place.hovered:
        painter.fillRect(rect, colors.hover)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.line)
    if place.focused:
        bar = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
        painter.fillRect(place.visual(bar), colors.accent)
