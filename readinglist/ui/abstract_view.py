"""The abstract as plain text that can be read and selected, its hits marked. Nothing in it is taken for markup."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from readinglist.library.answers import Hits
from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.marked_text import direction_of, joined
from readinglist.ui.readable_text import readable

LETTERS_A_LINE = 84


class AbstractView(QTextEdit):
    """Reads like a page: wide lines are broken before they tire the eye."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._hits: Hits | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(flags)
        self.setAccessibleName(self.tr("Abstract"))
        self.setViewportMargins(0, 0, theme.spacing(2), 0)
        self.document().setDocumentMargin(0)
        self._draw()
        theme.notifier.changed.connect(self._draw)

    def show_paper(self, paper: Paper, hits: Hits | None) -> None:
        """Show a paper's abstract; the same text keeps its place and its selection."""
        text = readable(paper.abstract)
        if text == self._text and hits == self._hits:
            return
        at = self.verticalScrollBar().value() if text == self._text else 0
        self._text, self._hits = text, hits
        self._draw()
        self.verticalScrollBar().setValue(at)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines at the pane's width, but none longer than a reader likes."""
        super().resizeEvent(event)
        longest = round(self.fontMetrics().averageCharWidth() * LETTERS_A_LINE)
        self.setLineWrapColumnOrWidth(min(self.viewport().width(), longest))

    def _draw(self) -> None:
        """Write the text in one go, so that it is laid out once."""
        self.setFont(theme.font(1))
        option = QTextOption(self.document().defaultTextOption())
        option.setTextDirection(direction_of(self._text))
        self.document().setDefaultTextOption(option)
        plain, mark = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(theme.current().text if self._text else theme.current().quiet)
        mark.setForeground(theme.current().mark_text)
        mark.setBackground(theme.current().mark)
        lines = QTextBlockFormat()
        lines.setLineHeight(132, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(lines)
        if not self._text:
            cursor.insertText(self.tr("This paper has no abstract."), plain)
        for part, is_hit in self._parts():
            cursor.insertText(part, mark if is_hit else plain)
        cursor.endEditBlock()

    def _parts(self) -> Iterator[tuple[str, bool]]:
        """The text, hits and what lies between them."""
        end = 0
        for start, stop in joined(self._text, self._hits.spans(self._text) if self._hits else ()):
            yield self._text[end:start], False
            yield self._text[start:stop], True
            end = stop
        yield self._text[end:], False
