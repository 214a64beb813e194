"""What the list says where a search finds nothing: what each part of it finds, and what to ask instead."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from readinglist.library.answers import Diagnosis, Found, PartFound
from readinglist.ui import theme, wording
from readinglist.ui.small_parts import SEMIBOLD, ElidedWords, LinkButton, Words

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

_FOLLOWS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
LONGEST = 60  # letters of a part; a longer one is cut


class Suggestion(LinkButton):
    """A link to another search; Enter follows it too. Where it is narrow, its middle gives way."""

    def __init__(self, words: str) -> None:
        super().__init__(words.replace("&", "&&"))
        self._words = words
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Room for all the words."""
        width = self._around() + self.fontMetrics().horizontalAdvance(self._words) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few words."""
        return QSize(theme.spacing(20), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many of the words as have room."""
        super().resizeEvent(event)
        room = self.width() - self._around()
        shown = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._words if shown != self._words else "")

    def _around(self) -> int:
        """What stands beside the words: the border and the padding of a link."""
        words = self.text().replace("&&", "&")
        return super().sizeHint().width() - self.fontMetrics().horizontalAdvance(words) + 1

    def event(self, event: QEvent) -> bool:
        """The keys that follow a link are no keys of the list around it."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in _FOLLOWS:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click."""
        if Qt.Key(event.key()) in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class NoHits(QWidget):
    """Lies over an empty list."""

    asked = Signal(str)
    """The search that the reader chose instead."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.links: list[Suggestion] = []
        self._content: QWidget | None = None
        self._page = QVBoxLayout(self)
        self._page.addStretch(1)
        self._page.addStretch(3)
        self.setAccessibleName(self.tr("Why nothing was found"))
        over.installEventFilter(self)
        self.hide()

    def show_diagnosis(self, diagnosis: Diagnosis) -> None:
        """Show why a search finds nothing; where nothing can be said beside that, nothing is shown."""
        self.clear()
        if not (diagnosis.spellings or len(diagnosis.parts) > 1):
            return
        self._content = content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.spacing(4)] * 4)
        column.setSpacing(theme.spacing(2))
        headline = self.tr("No papers match “{query}”").format(query=_short(diagnosis.query))
        column.addWidget(_centred(Words(headline, step=2, weight=SEMIBOLD)))
        column.addWidget(_centred(Words(self._reason(diagnosis), tone="quiet")))
        column.addSpacing(theme.spacing(1))
        if len(diagnosis.parts) > 1:
            column.addLayout(self._table(diagnosis))
            column.addSpacing(theme.spacing(1))
        for spelling in diagnosis.spellings:
            words = self.tr("Search for “{query}” instead").format(query=_short(spelling.query))
            self._link(column, words, spelling.query, spelling.papers)
        for part in diagnosis.parts:
            if part.rest:
                self._link(column, self.tr("Without “{part}”").format(part=_short(part.text)), part.without, part.rest)
        self._page.insertWidget(1, content)
        for before, link in zip((self._over, *self.links), self.links, strict=False):
            QWidget.setTabOrder(before, link)
        self.resize(self._over.size())
        self.show()
        self.raise_()

    def clear(self) -> None:
        """Give the list free."""
        self.hide()
        self.links = []
        if self._content is not None:
            self._page.removeWidget(self._content)
            self._content.hide()
            self._content.deleteLater()
            self._content = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lie over all of the list."""
        if watched is self._over and event.type() is QEvent.Type.Resize:
            self.resize(self._over.size())
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Cover what the list says by itself."""
        QPainter(self).fillRect(event.rect(), theme.current().window)

    def _reason(self, diagnosis: Diagnosis) -> str:
        culprit = diagnosis.culprit
        if culprit is None:
            return self.tr("Each part finds papers, but none of them has all parts.")
        if not culprit.papers:
            return self.tr("Nothing in the library has “{part}”.").format(part=_short(culprit.text))
        return self.tr("Each part finds papers; it is “{part}” that leaves none.").format(part=_short(culprit.text))

    def _table(self, diagnosis: Diagnosis) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.spacing(4))
        grid.setVerticalSpacing(theme.spacing(1))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(3, 1)
        for row, part in enumerate(diagnosis.parts):
            self._row(grid, row, part, blamed=part == diagnosis.culprit or not part.papers)
        return grid

    def _row(self, grid: QGridLayout, row: int, part: PartFound, *, blamed: bool) -> None:
        count = Words(wording.papers(part.papers), tone="warning" if blamed else "quiet")
        count.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(ElidedWords(_short(part.text), weight=SEMIBOLD if blamed else theme.font().weight()), row, 1)
        grid.addWidget(count, row, 2)

    def _link(self, column: QVBoxLayout, words: str, query: str, papers: int) -> None:
        link = Suggestion(f"{words} · {wording.papers(papers)}")
        link.clicked.connect(lambda: self.asked.emit(query))
        self.links.append(link)
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)


class Diagnosing(QObject):
    """Asks why, where the search of a window found nothing, and shows the answer in its list."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self.page = NoHits(desk.panes.list.viewport())
        self.page.asked.connect(self._ask)
        desk.asking.found.connect(self._look)
        desk.panes.search_bar.left.connect(self._enter)

    def _look(self, found: Found) -> None:
        background, library = self._desk.window.background, self._desk.library
        if found.ids or not found.query.strip():
            background.drop("diagnose")
            self.page.clear()
        else:
            query = found.query
            background.ask("diagnose", lambda: library.diagnose(query, typing=True), self.page.show_diagnosis)

    def _enter(self) -> None:
        if self.page.isVisible() and self.page.links:
            self.page.links[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, query: str) -> None:
        self._desk.show_query(query)
        self._desk.panes.list.setFocus()


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _centred(words: Words) -> Words:
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return words.wrapping()
