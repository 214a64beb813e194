"""A record of an import beside the paper that it is or may be, field by field, with what differs marked."""

from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QSizePolicy, QWidget

from readinglist.library.ledger import Notice
from readinglist.library.previewing import Verdict
from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.duplicates_words import FIELD_WORDS, differing_html, field_words, marks_words, shown_text
from readinglist.ui.import_preview_model import Row
from readinglist.ui.import_preview_words import detail_words, kind_words, like_words, title_words
from readinglist.ui.small_parts import SEMIBOLD, Words, scroll_quietly

translate = QCoreApplication.translate

_MOST_EXTRA = 40  # further fields that are shown
_ABSTRACT_SHOWN = 600  # characters


class RecordDetails(QScrollArea):
    """All that one record says; where it is or may be a known paper, that one beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("record")
        self.setAccessibleName(self.tr("Record"))
        scroll_quietly(self)
        self._row: Row | None = None
        theme.notifier.changed.connect(self._draw_again)

    def sizeHint(self) -> QSize:
        """Room for two papers."""
        return QSize(theme.spacing(120), theme.spacing(120))

    def show_row(self, row: Row | None) -> None:
        """Show one record; None shows nothing."""
        self._row = row
        page = QWidget()
        grid = QGridLayout(page)
        edge = theme.spacing(4)
        grid.setContentsMargins(edge, theme.spacing(3), edge, edge)
        grid.setHorizontalSpacing(theme.spacing(3))
        grid.setVerticalSpacing(theme.spacing(2))
        if isinstance(row, Notice) or (row is not None and row.verdict in {Verdict.SKIPPED, Verdict.FEED}):
            self._fill_plain(grid, row)
        elif row is not None and row.like is None:
            self._fill(grid, (self.tr("This record"),), (row.paper,))
        elif row is not None and row.like is not None:
            words = like_words(row)
            self._fill(grid, (self.tr("This record"), words[:1].upper() + words[1:]), (row.paper, row.like))
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(page)
        self.verticalScrollBar().setValue(0)

    def _draw_again(self) -> None:
        self.show_row(self._row)

    def _fill_plain(self, grid: QGridLayout, row: Row) -> None:
        kind = kind_words("not read" if isinstance(row, Notice) else row.verdict)
        grid.addWidget(Words(kind, "quiet", -1, SEMIBOLD), 0, 0)
        grid.addWidget(Words(title_words(row), "text", 0, SEMIBOLD).wrapping(), 1, 0)
        grid.addWidget(Words(detail_words(row, ""), "quiet").wrapping(), 2, 0)

    def _fill(self, grid: QGridLayout, heads: Sequence[str], papers: Sequence[Paper]) -> None:
        for column, head in enumerate(heads, 1):
            grid.setColumnStretch(column, 1)
            grid.addWidget(Words(head, "text" if column == 1 else "quiet", -1, SEMIBOLD).wrapping(), 0, column)
        for name, texts in _fields(papers):
            self._add(grid, name, texts)

    def _add(self, grid: QGridLayout, name: str, texts: Sequence[str]) -> None:
        row = grid.rowCount()
        label = Words(name, "faint", -1)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing)
        if len(texts) > 1 and texts[0] == texts[1]:
            grid.addWidget(_text(escape(texts[0])), row, 1, 1, 2)
            return
        for column, text in enumerate(texts):
            html = differing_html(text, texts[1 - column]) if len(texts) > 1 else escape(text)
            shown = _text(html) if text else Words(self.tr("nothing"), "faint")
            grid.addWidget(shown, row, column + 1, Qt.AlignmentFlag.AlignTop)


def _fields(papers: Sequence[Paper]) -> Iterator[tuple[str, list[str]]]:
    """The fields that any of the papers has, with the words of each."""
    for field in FIELD_WORDS:
        texts = [shown_text(paper, field) for paper in papers]
        if any(texts) and (field != "entry_type" or len(set(texts)) > 1):
            if field == "abstract":  # a record has only the beginning of its abstract
                texts = _beginnings(texts, len(papers[0].abstract) or _ABSTRACT_SHOWN)
            yield field_words(field), texts
    yield from _further(papers)


def _beginnings(texts: Sequence[str], length: int) -> list[str]:
    """As much of each text as is known of the first, with an ellipsis where there is more."""
    is_cut = length >= _ABSTRACT_SHOWN or any(len(text) > length for text in texts)
    return [f"{text[:length]}…" if is_cut and len(text) >= length else text for text in texts]


def _further(papers: Sequence[Paper]) -> Iterator[tuple[str, list[str]]]:
    names = dict.fromkeys(name for paper in papers for name in paper.extra)
    for name in list(names)[:_MOST_EXTRA]:
        yield name, [paper.extra.get(name, "") for paper in papers]
    marks = [marks_words(paper) for paper in papers]
    if any(paper.tags or paper.notes or paper.starred or paper.rating for paper in papers):
        yield translate("ImportPreview", "Yours"), marks


def _text(html: str) -> QLabel:
    label = QLabel(html)
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
    return label
