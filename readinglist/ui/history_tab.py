"""The life of the open paper: when it was seen, and every change of it, each of which can be taken back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.small_parts import LinkButton, Words, scroll_quietly

if TYPE_CHECKING:
    from readinglist.library.history import Event

SHOWN_FIRST = 40  # changes; a row for each of hundreds would take long to make
_TAKE_BACK = "take-back"


class HistoryRow(QLabel):
    """A change of the open paper: what it did, when, and a link that takes it back."""

    take_back_requested = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.event_shown: Event | None = None
        self._changeable = True
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.linkActivated.connect(self._follow)
        theme.notifier.changed.connect(self._draw)

    def show_event(self, event: "Event", *, changeable: bool) -> None:
        """Show a change, which can be taken back where the paper is `changeable`."""
        self.event_shown, self._changeable = event, changeable
        self._draw()

    def _draw(self) -> None:
        from readinglist.ui.history_words import details_html, when_words

        event = self.event_shown
        if event is None:
            return
        colors, small = theme.current(), theme.font(-1).pointSizeF()
        under = when_words(event.when)
        if event.number and self._changeable:
            link = f'style="text-decoration: none; color: {colors.accent.name()}"'
            under += f' · <a href="{_TAKE_BACK}" {link}>{self.tr("take back")}</a>'
        self.setFont(theme.font())
        self.setText(
            f'{details_html(event)}<br><span style="font-size: {small}pt; color: {colors.faint.name()}">{under}</span>'
        )
        line, gap = colors.line.name(), theme.spacing(2)
        self.setStyleSheet(f"border: none; border-bottom: 1px dashed {line}; padding: {gap}px 0 {gap}px 0")
        self.setToolTip("" if event.details and event.label.count("“") else event.label)
        self.setAccessibleName(", ".join((when_words(event.when), *(detail.words() for detail in event.details))))

    def _follow(self, _link: str) -> None:
        if self.event_shown is not None:
            self.take_back_requested.emit(self.event_shown.number)


class HistoryTab(QScrollArea):
    """Asks for a paper's changes where someone looks at the tab, and shows them, newest first."""

    wanted = Signal(int)
    """The paper whose changes are to be shown: answer with `show_events`."""
    take_back_requested = Signal(int, int)
    """The number of a change, and the paper whose part of it is to be taken back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.changeable = True
        self._paper_id = 0
        self._paper: Paper | None = None
        self._asked_for: Paper | None = None
        self._events: Sequence[Event] = ()
        self._rows: list[HistoryRow] = []
        self._more = LinkButton(parent=self)
        self._more.clicked.connect(self._show_all)
        self._end = Words("", "quiet", -1, parent=self).wrapping()
        page = QWidget(self)
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(0, 0, theme.spacing(2), 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeading)
        self._layout.addWidget(self._end)
        self._layout.addStretch(1)
        self.setWidget(page)
        scroll_quietly(self)
        self.setAccessibleName(self.tr("History"))
        self._more.hide()

    def set_changeable(self, *, on: bool) -> None:
        """Offer to take changes back, or do not."""
        self.changeable = on
        self._show_first(len(self._rows) or SHOWN_FIRST)

    def show_paper(self, paper: Paper | None) -> None:
        """Show the changes of another paper, or of this one as it is now; what is shown stands until they come."""
        self._paper, self._paper_id = paper, paper.id if paper else 0
        self._ask()

    def show_events(self, paper_id: int, events: "Sequence[Event]", end: str) -> None:
        """Show the changes of a paper, if that is still the open one; `end` says what the journal knows no more."""
        if paper_id != self._paper_id:
            return
        same = [event.number for event in events[: len(self._events)]] == [event.number for event in self._events]
        self._events = events
        self._end.setText(end)
        self._end.setVisible(bool(end))
        self._show_first(SHOWN_FIRST)
        if not same:
            self.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask now that someone looks."""
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        if self._paper is not None and self._asked_for is not self._paper and self.isVisible():
            self._asked_for = self._paper
            self.wanted.emit(self._paper_id)

    def _show_all(self) -> None:
        self._show_first(len(self._events))

    def _show_first(self, count: int) -> None:
        shown = self._events[:count]
        while len(self._rows) < len(shown):
            self._make_row()
        for row, event in zip(self._rows, shown, strict=False):
            row.show_event(event, changeable=self.changeable)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(shown))
        left = len(self._events) - len(shown)
        self._more.setText(self.tr("Show {count} older changes").format(count=left))
        self._more.setVisible(left > 0)

    def _make_row(self) -> None:
        row = HistoryRow(self)
        row.take_back_requested.connect(lambda number: self.take_back_requested.emit(number, self._paper_id))
        self._layout.insertWidget(len(self._rows), row)
        self._rows.append(row)
