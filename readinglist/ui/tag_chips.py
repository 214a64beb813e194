"""The tags of the open papers as chips, each with a cross to take it off."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QToolButton, QWidget

from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.flow_layout import FlowLayout

MOST_CHIPS = 24  # more than anyone reads; the tag editor has them all


def counted_tags(papers: Sequence[Paper]) -> dict[str, int]:
    """How many of the papers carry each tag, by name."""
    counts: dict[str, int] = {}
    for paper in papers:
        for tag in paper.tags:
            counts[tag] = counts.get(tag, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: pair[0].casefold()))


class TagChip(QPushButton):
    """One tag. It is a single button, drawn by itself, as the chips are made anew with each paper that one passes.

    Disabled, it has no cross, and is for reading.
    """

    removed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._tag = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.removed.emit(self._tag))

    def show_tag(self, tag: str, carried: str) -> None:
        """Show a tag; `carried` says by how many papers, where not by all of them."""
        self._tag = tag
        self.setText(f"{tag} {carried}".strip())
        self._tell_use()

    def changeEvent(self, event: QEvent) -> None:
        """Say what a click does, or that it does nothing."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._tell_use()

    def _tell_use(self) -> None:
        usable = self.isEnabled()
        self.setCursor(Qt.CursorShape.PointingHandCursor if usable else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self.tr("Take the tag “{}” off").format(self._tag) if usable else self._tag)
        self.setAccessibleName(self.toolTip())
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the tag and the cross."""
        metrics = QFontMetricsF(theme.font(-1))
        width = round(metrics.horizontalAdvance(self.text())) + theme.spacing(2) * 2 + self._side()
        return QSize(width, round(metrics.height()) + theme.spacing(1))

    def minimumSizeHint(self) -> QSize:
        """A long tag gives way where the pane is narrow."""
        return QSize(min(self.sizeHint().width(), theme.spacing(20)), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the tag off, as Space and a click do."""
        if Qt.Key(event.key()) in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip, its words and its cross."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        painter.setPen(QPen(colors.accent, 1.5) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(colors.line if self.underMouse() else colors.tag)
        shape = QRectF(self.rect()).adjusted(1, 1, -1, -1) if self.hasFocus() else QRectF(self.rect())
        painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
        side, margin = self._side(), theme.spacing(2)
        words = QRect(margin, 0, self.width() - 2 * margin - side, self.height())
        painter.setFont(theme.font(-1))
        painter.setPen(colors.tag_text)
        text = QFontMetricsF(theme.font(-1)).elidedText(self.text(), Qt.TextElideMode.ElideMiddle, words.width() + 1)
        painter.drawText(_mirrored(words, self), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        if side:
            small = side - theme.spacing(1)
            cross = QRect(self.width() - margin - small, (self.height() - small) // 2, small, small)
            theme.icon("clear", colors.tag_text).paint(painter, _mirrored(cross, self))

    def _side(self) -> int:
        """The width of the cross, and of the gap before it."""
        return theme.spacing(2.75) + theme.spacing(1) if self.isEnabled() else 0


class TagChips(QWidget):
    """The chips of all tags that some of the papers carry, and a button to add one."""

    removed = Signal(str)
    add_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[dict[str, int], int] | None = None
        self._changeable = True
        self._layout = FlowLayout(self, theme.spacing(1.5))
        self._chips: list[TagChip] = []
        self._first = 0
        self.add_button = QToolButton(self)
        self.add_button.setText(self.tr("Tag"))
        self.add_button.setToolTip(self.tr("Add tags and take them off"))
        self.add_button.setIcon(theme.icon("add"))
        self.add_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add_button.clicked.connect(self.add_requested)
        self._layout.addWidget(self.add_button)
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)

    def put_first(self, *widgets: QWidget) -> None:
        """Put other controls before the chips, on the same lines."""
        for place, widget in enumerate(widgets):
            self._layout.insert(place, widget)
        self._first = len(widgets)

    def show_tags(self, papers: Sequence[Paper], count: int) -> None:
        """Show the tags of `count` papers, of which `papers` are the first."""
        shown = (counted_tags(papers), count)
        if shown == self._shown:
            return
        self._shown = shown
        counts = list(shown[0].items())[:MOST_CHIPS]
        while len(self._chips) < len(counts):
            self._make_chip()
        for chip, (tag, carrying) in zip(self._chips, counts, strict=False):
            chip.show_tag(tag, self._carried(carrying, len(papers), count))
        for number, chip in enumerate(self._chips):
            chip.setVisible(number < len(counts))

    def _carried(self, carrying: int, read: int, count: int) -> str:
        """By how many of the papers a tag is carried, where not by all; of very many, only the first were read."""
        if read < count:
            return self.tr("on some")
        return "" if carrying == count else self.tr("{} of {}").format(carrying, count)

    def set_changeable(self, *, on: bool) -> None:
        """Let tags be added and taken off, or only be read."""
        self._changeable = on
        self.add_button.setVisible(on)
        for chip in self._chips:
            chip.setEnabled(on)

    def _make_chip(self) -> None:
        chip = TagChip(self)
        chip.setEnabled(self._changeable)
        chip.removed.connect(self.removed)
        self._layout.insert(self._first + len(self._chips), chip)
        self.setTabOrder(self._chips[-1] if self._chips else chip, chip)
        self.setTabOrder(chip, self.add_button)
        self._chips.append(chip)

    def _apply_theme(self) -> None:
        self.add_button.setFont(theme.font(-1))
        self.add_button.setIconSize(QSize(theme.spacing(3), theme.spacing(3)))
        self.updateGeometry()


def _mirrored(rect: QRect, widget: QWidget) -> QRect:
    """The rectangle as it lies in the widget's direction of writing."""
    return QStyle.visualRect(widget.layoutDirection(), widget.rect(), rect)
