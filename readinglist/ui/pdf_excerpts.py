"""Shows in the list where a search found papers by their files alone, once the rows are seen: files are long."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from readinglist.library.answers import Found

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

_PAUSE_MS = 60  # rows that are scrolled by are not looked up


class PdfExcerpts(QObject):
    """Looks words up in the files of the papers that are seen, off the GUI thread, once for each question."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._list = desk.panes.list
        self._asked: set[int] = set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        desk.asking.found.connect(self._begin)
        self._list.verticalScrollBar().valueChanged.connect(lambda _: self._pause.start())

    def _begin(self, found: Found) -> None:
        self._asked.clear()
        if found.query.strip():
            self._pause.start()

    def _look(self) -> None:
        found, model = self._desk.found, self._list.papers
        if found is None or model.found is not found or not found.query.strip():
            return
        first = max(0, self._list.rowAt(0))
        rows = range(first, min(first + self._list.rows_seen() + 1, len(model.ids)))
        papers = [paper for paper in map(model.paper_at, rows) if paper is not None and paper.attachments]
        ids = [paper.id for paper in papers if paper.id not in self._asked]
        if not ids:
            return
        self._asked.update(ids)
        library, query = self._desk.library, found.query

        def show(excerpts: Mapping[int, str]) -> None:
            if model.found is not None and model.found.query == query:
                model.show_in_files(excerpts)

        self._desk.window.background.ask(
            "in-files", lambda: library.file_excerpts(ids, query, typing=True), show, self._desk.say_why
        )
