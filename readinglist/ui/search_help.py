"""The page on the search language: resources/help/search.md, which the README refers to as well."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontDatabase, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextLength, QTextTable
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QTextBrowser, QVBoxLayout, QWidget

from readinglist.paths import resource
from readinglist.ui import theme

FIRST_COLUMN = 36  # per cent of the width


class SearchHelp(QDialog):
    """Shows the page. It never blocks the window: one can try an example while reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Search language"))
        self.page = QTextBrowser()
        self.page.setFrameShape(QFrame.Shape.NoFrame)
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(self.tr("Search language"))
        self.page.document().setDocumentMargin(theme.spacing(4))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        edge = theme.spacing(4)
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(self.page, 1)
        column.addWidget(buttons)
        self._draw()
        theme.notifier.changed.connect(self._draw)

    def sizeHint(self) -> QSize:
        """Room for a page."""
        return QSize(theme.spacing(185), theme.spacing(190))

    def _draw(self) -> None:
        at = self.page.verticalScrollBar().value()
        self.page.setFont(theme.font())
        self.page.setMarkdown(resource("help", "search.md").read_text(encoding="utf-8"))
        for frame in self.page.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _set_table(frame)
        self._dress()
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        self.page.verticalScrollBar().setValue(at)

    def _dress(self) -> None:
        """Give headings air, and show what one types in the accent colour, in letters that are equally wide."""
        look = QTextCharFormat()
        look.setForeground(theme.current().accent)
        look.setFontFamilies(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).families())
        cursor = QTextCursor(self.page.document())
        air = QTextBlockFormat()
        air.setTopMargin(theme.spacing(4))
        block = self.page.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1:
                cursor.setPosition(block.position())
                cursor.mergeBlockFormat(air)
            for part in block.textFormats():
                if part.format.fontFixedPitch():
                    cursor.setPosition(block.position() + part.start)
                    cursor.setPosition(block.position() + part.start + part.length, QTextCursor.MoveMode.KeepAnchor)
                    cursor.mergeCharFormat(look)
            block = block.next()


def _set_table(table: QTextTable) -> None:
    """Give a table air in the place of lines, and a quiet head."""
    looks = table.format().toTableFormat()
    looks.setBorder(0)
    looks.setCellPadding(theme.spacing(0.75))
    looks.setCellSpacing(0)
    looks.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    percent = QTextLength.Type.PercentageLength
    looks.setColumnWidthConstraints([QTextLength(percent, FIRST_COLUMN), QTextLength(percent, 100 - FIRST_COLUMN)])
    table.setFormat(looks)
    head = QTextCharFormat()
    head.setForeground(theme.current().faint)
    head.setFontWeight(QFont.Weight.Normal)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastCursorPosition().position(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(head)
