"""The papers that are about the same as the open one, with the words that they share."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from readinglist.papers.paper import Paper
from readinglist.papers.related import Related
from readinglist.ui import theme
from readinglist.ui.readable_text import readable
from readinglist.ui.small_parts import Words, scroll_quietly

_PAPER, _WORD = "paper", "word"


class RelatedRow(QLabel):
    """A related paper: its title, which leads to it, and the shared words, each of which searches."""

    paper_chosen = Signal(int)
    word_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._paper: Paper | None = None
        self._words: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        flags = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        self.setTextInteractionFlags(flags)
        self.linkActivated.connect(self._follow)
        theme.notifier.changed.connect(self._draw)

    def show_related(self, paper: Paper, words: tuple[str, ...]) -> None:
        """Show a paper and the words that it shares with the open one."""
        self._paper, self._words = paper, words
        self._draw()

    def _draw(self) -> None:
        if self._paper is None:
            return
        colors = theme.current()
        title = readable(self._paper.title) or self.tr("Untitled")
        text = _link(_PAPER, title, colors.text.name())
        words = " · ".join(
            _link(f"{_WORD}{number}", word, colors.quiet.name()) for number, word in enumerate(self._words)
        )
        if words:
            small = theme.font(-1).pointSizeF()
            shares = self.tr("shares: {}").format(words)
            text += f'<br><span style="font-size: {small}pt; color: {colors.faint.name()}">{shares}</span>'
        self.setFont(theme.font())
        line, gap = colors.line.name(), theme.spacing(2)
        self.setStyleSheet(f"border: none; border-bottom: 1px dashed {line}; padding: {gap}px 0 {gap}px 0")
        self.setText(text)
        self.setAccessibleName(title)

    def _follow(self, link: str) -> None:
        if link == _PAPER and self._paper is not None:
            self.paper_chosen.emit(self._paper.id)
        elif link.startswith(_WORD):
            self.word_chosen.emit(self._words[int(link.removeprefix(_WORD))])


class RelatedTab(QScrollArea):
    """Asks for related papers where someone looks at the tab, and shows those of the open paper."""

    wanted = Signal(int)
    """The paper whose related ones are to be shown: answer with `show_related`."""
    paper_chosen = Signal(int)
    word_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper_id = 0
        self._asked_for = 0
        self._rows: list[RelatedRow] = []
        self._none = Words("", "quiet", parent=self).wrapping()
        page = QWidget(self)
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(0, 0, theme.spacing(2), 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._none)
        self._layout.addStretch(1)
        self.setWidget(page)
        scroll_quietly(self)
        self.setAccessibleName(self.tr("Related papers"))

    def show_paper(self, paper: Paper | None) -> None:
        """Show the papers related to another one; the last answer stands until the new one is there."""
        self._paper_id = paper.id if paper else 0
        self._asked_for = 0
        self._ask()

    def show_related(self, paper_id: int, papers: Sequence[tuple[Related, Paper]]) -> None:
        """Show what is related to a paper, if that is still the open one."""
        if paper_id != self._paper_id:
            return
        while len(self._rows) < len(papers):
            self._make_row()
        for row, (near, paper) in zip(self._rows, papers, strict=False):
            row.show_related(paper, near.words)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(papers))
        self._none.setText("" if papers else self.tr("No paper that is indexed has much in common with this one."))
        self._none.setVisible(not papers)
        self.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask now that someone looks."""
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        if self._paper_id and self._asked_for != self._paper_id and self.isVisible():
            self._asked_for = self._paper_id
            self.wanted.emit(self._paper_id)

    def _make_row(self) -> None:
        row = RelatedRow(self)
        row.paper_chosen.connect(self.paper_chosen)
        row.word_chosen.connect(self.word_chosen)
        self._layout.insertWidget(len(self._rows), row)
        self._rows.append(row)


def _link(target: str, words: str, color: str) -> str:
    return f'<a href="{target}" style="text-decoration: none; color: {color}">{escape(words)}</a>'
