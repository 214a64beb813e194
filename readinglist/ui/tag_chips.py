"""The tags of the open papers as chips, each with a cross to take it off."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.flow_layout import FlowLayout


def counted_tags(papers: Sequence[Paper]) -> dict[str, int]:
    """How many of the papers carry each tag, by name."""
    counts: dict[str, int] = {}
    for paper in papers:
        for tag in paper.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: pair[0].casefold()))


class TagChip(QWidget):
    """One tag; `carried` says by how many papers, where not by all of them."""

    removed = Signal(str)

    def __init__(self, tag: str, carried: str, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.spacing(2), 0, theme.spacing(0.5), 0)
        layout.setSpacing(theme.spacing(0.5))
        colors = theme.current()
        words = QLabel(f"{tag} {carried}".strip(), self)
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setFont(theme.font(-1))
        words.setStyleSheet(f"color: {colors.tag_text.name()}")
        cross = QToolButton(self)
        cross.setIcon(theme.icon("clear", colors.tag_text))
        cross.setIconSize(QSize(theme.spacing(2.75), theme.spacing(2.75)))
        cross.setStyleSheet("QToolButton { padding: 1px; }")
        cross.setToolTip(self.tr("Take the tag “{}” off").format(tag))
        cross.setAccessibleName(cross.toolTip())
        cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cross.clicked.connect(lambda: self.removed.emit(tag))
        layout.addWidget(words)
        layout.addWidget(cross)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chip's ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().tag)
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 2, self.height() / 2)


class TagChips(QWidget):
    """The chips of all tags that some of the papers carry, and a button to add one."""

    removed = Signal(str)
    add_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[dict[str, int], int] | None = None
        self._layout = FlowLayout(self, theme.spacing(1.5))
        self._chips: list[TagChip] = []
        self.add_button = QToolButton(self)
        self.add_button.setText(self.tr("Tag"))
        self.add_button.setToolTip(self.tr("Add tags and take them off"))
        self.add_button.setIcon(theme.icon("add"))
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add_button.clicked.connect(self.add_requested)
        self._build()
        theme.notifier.changed.connect(self._build)

    def show_tags(self, papers: Sequence[Paper]) -> None:
        """Show the tags of these papers."""
        shown = (counted_tags(papers), len(papers))
        if shown != self._shown:
            self._shown = shown
            self._build()

    def _build(self) -> None:
        while self._layout.takeAt(0) is not None:
            pass
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips.clear()
        self.add_button.setFont(theme.font(-1))
        self.add_button.setIconSize(QSize(theme.spacing(3), theme.spacing(3)))
        counts, papers = self._shown or ({}, 0)
        for tag, count in counts.items():
            carried = "" if count == papers else self.tr("{} of {}").format(count, papers)
            chip = TagChip(tag, carried, self)
            chip.removed.connect(self.removed)
            self._chips.append(chip)
            self._layout.addWidget(chip)
            chip.show()
            self.setTabOrder(chip, self.add_button)
        self._layout.addWidget(self.add_button)
        self.updateGeometry()
