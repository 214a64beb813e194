"""What the window asks the library for: the papers of a query, newest question first, and the counts beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from readinglist.library.answers import Counts, Found
from readinglist.ui.background import Background
from readinglist.ui.paper_list import PaperList
from readinglist.ui.readable_text import readable

if TYPE_CHECKING:
    from readinglist.library.library import Library

PAUSE_MS = 100  # between two steps of warming up: who types goes first


@dataclass(frozen=True, slots=True)
class Standing:
    """How the library stands: its counts, and what undo and redo would do ("" where nothing)."""

    counts: Counts
    undo: str
    redo: str


class Asking(QObject):
    """Asks off the GUI thread, and gives the newest answers."""

    found = Signal(object)
    """The `Found` of the newest query."""
    stands = Signal(object)
    """The newest `Standing`."""
    warmed = Signal()
    """What searches need is loaded."""

    def __init__(
        self, library: "Library", background: Background, papers: PaperList, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._papers = papers
        self._asked = ("", "")
        self._open: set[str] = set()
        self._warming: Iterator[str] = iter(())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._warm_on)

    @property
    def answered(self) -> bool:
        """Whether the newest questions were answered."""
        return not self._open

    def ask(self, query: str, sort: str) -> None:
        """Ask for the papers of a query. In a window one is always about to type on: its last word may go on."""
        self._asked = (query, sort)
        self.ask_again()

    def ask_again(self) -> None:
        """Ask the same again: something in the library changed."""
        query, sort = self._asked
        self._open.add("search")
        seen = self._papers.rows_seen()
        self._background.ask("search", lambda: self._find(query, sort, seen), self._answer)

    def look(self) -> None:
        """Ask how the library stands."""
        library = self._library
        self._open.add("standing")
        self._background.ask(
            "standing",
            lambda: Standing(library.counts(), library.undo_label(), library.redo_label()),
            self._stand,
        )

    def index(self) -> None:
        """Bring the full-text index up to date; searches are right meanwhile too."""
        library = self._library
        self._background.ask("index", lambda: library.index_in_background() or library.index_pending(), lambda _: None)

    def _find(self, query: str, sort: str, seen: int) -> Found:
        """Find, read the papers seen first and look for the hits in them: the window need not when it paints them."""
        found = self._library.find(query, sort=sort, typing=True)
        for paper in self._papers.papers.kept.read(found.ids[:seen]).values():
            if paper is not None:
                found.hits.spans(readable(paper.title))
                found.hits.spans(readable(paper.abstract))
        return found

    def _answer(self, found: Found) -> None:
        self._open.discard("search")
        self.found.emit(found)

    def _stand(self, standing: Standing) -> None:
        self._open.discard("standing")
        self.stands.emit(standing)

    def warm(self) -> None:
        """Load what a search needs before the first key is typed; then, while nothing is asked, what later ones do."""
        self._warming = self._library.warm()
        self._warm_on()

    def _warm_on(self) -> None:
        if not self.answered:
            self._pause.start()
            return
        steps = self._warming
        self._background.ask("warm", lambda: next(steps, None), self._warmed_by)

    def _warmed_by(self, step: str | None) -> None:
        self.warmed.emit()
        if step is not None:
            self._pause.start()
