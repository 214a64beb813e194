"""Joins the tab of related papers to the library: what is asked for it, and where its links lead."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from readinglist.library.answers import Found
from readinglist.papers.paper import Paper
from readinglist.papers.related import Related
from readinglist.ui.filter_words import quoted

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk


class Relating(QObject):
    """Asks for related papers off the GUI thread, and goes to them."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._going_to: int | None = None
        tab = desk.details.related
        tab.wanted.connect(self._ask)
        tab.paper_chosen.connect(self.go_to_paper)
        tab.word_chosen.connect(lambda word: desk.show_query(quoted(word)))
        desk.asking.found.connect(self._arrive)

    def go_to_paper(self, paper_id: int) -> None:
        """Make a paper the current one; where the list does not hold it, among all papers."""
        if not self._desk.panes.list.choose(paper_id):
            self._going_to = paper_id
            self._desk.show_query("")

    def _arrive(self, found: Found) -> None:
        if self._going_to is not None and not found.query:
            self._desk.panes.list.choose(self._going_to)
        self._going_to = None

    def _ask(self, paper_id: int) -> None:
        library = self._desk.library

        def relate() -> list[tuple[Related, Paper]]:
            found = library.related(paper_id)
            papers = {paper.id: paper for paper in library.papers([near.paper_id for near in found])}
            return [(near, papers[near.paper_id]) for near in found if near.paper_id in papers]

        tab = self._desk.details.related
        self._desk.window.background.ask("related", relate, lambda papers: tab.show_related(paper_id, papers))
