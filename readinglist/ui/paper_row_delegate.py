"""Paints the rows of the list without asking the model for more than the paper: each is laid out once and kept."""

from html import escape

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from readinglist.library.answers import Hits
from readinglist.papers.paper import Paper
from readinglist.ui import paper_wording as wording
from readinglist.ui import theme
from readinglist.ui.paper_list_model import PAPER_ROLE, AnyIndex, PaperListModel
from readinglist.ui.paper_row import Measures, Piece, Row, lay_out
from readinglist.ui.readable_text import readable
from readinglist.ui.tinted_icon import draw

KEPT_ROWS = 400
_State = QStyle.StateFlag
# As plain numbers: Python's flags take longer to join than a short text to draw.
_CHIP = Qt.AlignmentFlag.AlignCenter.value
_FACT = (Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine).value
_BADGE = (Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter).value


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
            words = f"<p>{escape(readable(row.paper.title))}</p>"  # as a paragraph it is wrapped
        QToolTip.showText(event.globalPos(), words, view)
        return bool(words)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint one row."""
        model = index.model()
        if not isinstance(model, PaperListModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, option)
        paper = model.paper_at(index.row())
        if paper is not None:
            row = self._row(paper, model.hits, option.rect.width())
            self._paint_row(painter, option, row)
        painter.restore()

    def _row(self, paper: Paper, hits: Hits | None, width: int) -> Row:
        row = self._rows.get(paper.id)
        if row is None or not row.is_for(paper, hits, width):
            if len(self._rows) >= KEPT_ROWS:
                self._rows.clear()
            row = self._rows[paper.id] = lay_out(paper, hits, width, self.measures)
        return row

    def _paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        measures, colors, direction = self.measures, theme.current(), option.direction
        box = measures.text_box(option.rect)
        self._paint_star(painter, option, row.paper)
        title_box = QRect(box)
        if row.paper.looked_at is None:
            title_box.setWidth(box.width() - round(measures.badge_width))
            self._paint_badge(painter, option, box)
        strong = colors.selected_text if option.state & _State.State_Selected else colors.text
        title_box = QStyle.visualRect(direction, option.rect, title_box)
        color = colors.quiet if row.paper.state in wording.DONE_STATES else strong
        row.title.paint(painter, QPointF(title_box.topLeft()), color)
        below = QPointF(QStyle.visualRect(direction, option.rect, box).topLeft())
        below += QPointF(0, row.title.height + measures.gap)
        row.abstract.paint(painter, below, colors.quiet)
        self._paint_pieces(painter, option, row.pieces)

    def _paint_star(self, painter: QPainter, option: QStyleOptionViewItem, paper: Paper) -> None:
        measures, colors = self.measures, theme.current()
        # A hollow star for "not starred": the state is not told by colour alone.
        name, color = ("star", colors.star) if paper.starred else ("star-outline", colors.star_off)
        top = option.rect.top() + measures.padding + round((measures.title_bold.pitch - measures.star) / 2)
        square = QRect(option.rect.left() + measures.margin, top, measures.star, measures.star)
        self._paint_icon(painter, name, color.name(), QStyle.visualRect(option.direction, option.rect, square))

    def _paint_badge(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        measures = self.measures
        badge = QRect(
            box.right() - round(measures.badge_width),
            box.top(),
            round(measures.badge_width),
            round(measures.title_bold.pitch),
        )
        painter.setFont(measures.badge)
        painter.setPen(theme.current().new)
        painter.drawText(QStyle.visualRect(option.direction, option.rect, badge), _BADGE, measures.badge_text)

    def _paint_pieces(self, painter: QPainter, option: QStyleOptionViewItem, pieces: tuple[Piece, ...]) -> None:
        measures, colors = self.measures, theme.current()
        box = measures.text_box(option.rect)
        top = box.bottom() + 1 - measures.line_height
        painter.setFont(measures.small)
        for piece in pieces:
            place = QRectF(box.left() + piece.x, top, piece.width, measures.line_height)
            if option.direction is Qt.LayoutDirection.RightToLeft:
                place.moveRight(option.rect.left() + option.rect.right() - place.left())
            if piece.kind == "icon":
                square = QRectF(0, 0, measures.icon, measures.icon)
                square.moveCenter(place.center())
                self._paint_icon(painter, piece.text, colors.faint.name(), square.toRect())
                continue
            if piece.kind == "tag":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colors.tag)
                painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
            painter.setPen(colors.tag_text if piece.kind == "tag" else colors.faint)
            painter.drawText(place, _CHIP if piece.kind == "tag" else _FACT, piece.text)

    def _paint_icon(self, painter: QPainter, name: str, color: str, square: QRect) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawImage(square, draw(name, color, round(square.width() * ratio)))


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    colors, rect = theme.current(), option.rect
    if option.state & _State.State_Selected:
        painter.fillRect(rect, colors.selected)
    elif option.state & _State.State_MouseOver:
        painter.fillRect(rect, colors.hover)
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors.line)
    if option.state & _State.State_HasFocus:
        bar = QRect(rect.left(), rect.top(), 3, rect.height() - 1)
        painter.fillRect(QStyle.visualRect(option.direction, rect, bar), colors.accent)
