"""Papers that may be one, side by side: a row for each field, in which the reader chooses the value that stays."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from readinglist.papers.merging import ALIASES, CHOSEN_FIELDS, richest
from readinglist.papers.paper import Paper, Source
from readinglist.ui import theme
from readinglist.ui.duplicates_words import (
    differing_html,
    field_words,
    marks_words,
    origin_words,
    places_words,
    shown_text,
)
from readinglist.ui.small_parts import SEMIBOLD, Words

_COLUMN = 46  # spacings: papers side by side are not narrower


class ValueText(QLabel):
    """A value as HTML, on as many lines as it needs."""

    def __init__(self, html: str) -> None:
        super().__init__(html)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)


class ValueCell(QFrame):
    """One paper's value of a field. A click anywhere on it chooses it."""

    def __init__(self, field: str, html: str, spoken: str, origin: str) -> None:
        super().__init__()
        self.setObjectName("value")
        self.button = QRadioButton()
        self.button.setAccessibleName(f"{field}: {spoken}")
        self.button.setAccessibleDescription(origin)
        words = QVBoxLayout()
        words.setSpacing(theme.spacing(0.5))
        words.addWidget(ValueText(html))
        if origin:
            words.addWidget(Words(origin, "faint", -1).wrapping())
        words.addStretch(1)
        row = QHBoxLayout(self)
        edge = theme.spacing(2)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(theme.spacing(1.5))
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.button.toggled.connect(self._apply_theme)
        self._apply_theme()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this value."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.button.setChecked(True)
            self.button.setFocus(Qt.FocusReason.MouseFocusReason)
        else:
            super().mousePressEvent(event)

    def _apply_theme(self) -> None:
        colors = theme.current()
        ground, line = (colors.accent_soft, colors.accent) if self.button.isChecked() else (colors.window, colors.line)
        self.setStyleSheet(
            f"QFrame#value {{ background: {ground.name()}; border: 1px solid {line.name()}; border-radius: 6px; }}"
        )


class CompareView(QScrollArea):
    """Papers side by side; the first is the one that is kept."""

    chosen = Signal()
    """The reader chose another value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare")
        self.setAccessibleName(self.tr("Comparison"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._papers: Sequence[Paper] = ()
        self._sources: Mapping[int, Source] = {}
        self._richest: dict[str, int] = {}
        self._groups: dict[str, QButtonGroup] = {}
        theme.notifier.changed.connect(self._draw_again)

    def sizeHint(self) -> QSize:
        """Room for two papers."""
        return QSize(theme.spacing(190), theme.spacing(140))

    @property
    def papers(self) -> Sequence[Paper]:
        """The papers that are compared."""
        return self._papers

    def show_papers(self, papers: Sequence[Paper], sources: Mapping[int, Source]) -> None:
        """Compare these papers; `sources` are where their fields come from."""
        self._papers, self._sources = papers, sources
        self._richest = richest(papers) if papers else {}
        self._draw(self._richest)

    def choices(self) -> dict[str, int]:
        """The fields for which the reader wants another value than the richest, and the id of the paper that has it."""
        chosen = {field: group.checkedId() for field, group in self._groups.items()}
        return {field: paper_id for field, paper_id in chosen.items() if paper_id not in {-1, self._richest[field]}}

    def choose(self, field: str, paper_id: int) -> None:
        """Want a paper's value of a field that differs."""
        self._groups[field].button(paper_id).setChecked(True)

    def _draw_again(self) -> None:
        self._draw({**self._richest, **self.choices()})

    def _draw(self, owner: Mapping[str, int]) -> None:
        page = QWidget()
        grid = QGridLayout(page)
        edge = theme.spacing(4)
        grid.setContentsMargins(edge, theme.spacing(2), edge, edge)
        grid.setHorizontalSpacing(theme.spacing(3))
        grid.setVerticalSpacing(theme.spacing(2))
        for column in range(1, len(self._papers) + 1):
            grid.setColumnStretch(column, 1)
            grid.setColumnMinimumWidth(column, theme.spacing(_COLUMN))
        self._groups = {}
        self._draw_heads(grid)
        for field in CHOSEN_FIELDS:
            self._draw_field(grid, field, owner)
        self._draw_rest(grid)
        grid.setRowStretch(grid.rowCount(), 1)
        self.setWidget(page)

    def _draw_heads(self, grid: QGridLayout) -> None:
        for column, paper in enumerate(self._papers, 1):
            head = self.tr("Is kept") if column == 1 else self.tr("Goes into it")
            words = Words(f"{head} · {places_words(paper)}", "text" if column == 1 else "quiet", -1, SEMIBOLD)
            grid.addWidget(words.wrapping(), 0, column)

    def _draw_field(self, grid: QGridLayout, field: str, owner: Mapping[str, int]) -> None:
        texts = [shown_text(paper, field) for paper in self._papers]
        if not any(texts):
            return
        if len({getattr(paper, field) for paper in self._papers}) == 1:
            self._draw_same(grid, field_words(field), texts[0])
            return
        row = self._begin_row(grid, field_words(field), boxed=True)
        group = QButtonGroup(grid.parentWidget())
        for column, (paper, text) in enumerate(zip(self._papers, texts, strict=True), 1):
            if not text:
                grid.addWidget(self._indented(Words(self.tr("nothing"), "faint"), boxed=True), row, column)
                continue
            beside = texts[1] if column == 1 else texts[0]
            origin = origin_words(paper, field, self._sources)
            cell = ValueCell(field_words(field), differing_html(text, beside), text, origin)
            group.addButton(cell.button, paper.id)
            cell.button.setChecked(paper.id == owner.get(field))
            grid.addWidget(cell, row, column)
        group.idToggled.connect(lambda _id, on: self.chosen.emit() if on else None)
        self._groups[field] = group

    def _draw_rest(self, grid: QGridLayout) -> None:
        """What is not chosen: fields of other programs, of which the first stays, and what the reader did."""
        names = dict.fromkeys(name for paper in self._papers for name in paper.extra if name != ALIASES)
        for name in names:
            texts = [paper.extra.get(name, "") for paper in self._papers]
            if len(set(texts)) == 1:
                self._draw_same(grid, name, texts[0])
            else:
                self._draw_plain(grid, name, texts)
        self._draw_plain(grid, self.tr("Yours"), [marks_words(paper) for paper in self._papers])

    def _draw_same(self, grid: QGridLayout, name: str, text: str) -> None:
        row = self._begin_row(grid, name)
        grid.addWidget(self._indented(Words(text, "quiet").wrapping()), row, 1, 1, len(self._papers))

    def _draw_plain(self, grid: QGridLayout, name: str, texts: Sequence[str]) -> None:
        row = self._begin_row(grid, name)
        for column, text in enumerate(texts, 1):
            shown = ValueText(differing_html(text, texts[1] if column == 1 else texts[0]))
            grid.addWidget(self._indented(shown), row, column)

    def _indented(self, label: QLabel, *, boxed: bool = False) -> QLabel:
        """A text that stands where those in boxes do."""
        label.setContentsMargins(theme.spacing(2), theme.spacing(2) if boxed else 0, 0, 0)
        label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        return label

    def _begin_row(self, grid: QGridLayout, name: str, *, boxed: bool = False) -> int:
        row = grid.rowCount()
        label = Words(name, "faint", -1)
        label.setContentsMargins(0, theme.spacing(2.25 if boxed else 0.25), 0, 0)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignTrailing)
        return row
