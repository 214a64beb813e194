"""Where the fields of the open paper come from, as tooltips: all of them over its title, each over its field's form."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk
    from readinglist.ui.paper_editor import PaperEditor


class OriginTips(QObject):
    """Looks up where fields come from when a tooltip is asked for, and not before."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._fields: dict[QObject, str] = {}
        self._watch(desk.details.title, "")
        desk.details.form_opened.connect(self._watch_form)

    def words(self, field: str) -> str:
        """Where a field of the open paper comes from; "" for all its fields, one a line."""
        from readinglist.ui.duplicates_words import all_origins, origin_words

        library = self._desk.library
        papers = library.papers(self._desk.selected[:2])
        if len(papers) != 1:
            return ""
        sources = library.sources_of(papers)
        return origin_words(papers[0], field, sources) if field else all_origins(papers[0], sources)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the tooltip of what is watched."""
        if event.type() is not QEvent.Type.ToolTip or watched not in self._fields:
            return False
        words = self.words(self._fields[watched])
        if words:
            QToolTip.showText(cast("QHelpEvent", event).globalPos(), words, cast("QWidget", watched))
        return bool(words)

    def _watch(self, widget: QWidget, field: str) -> None:
        self._fields[widget] = field
        widget.installEventFilter(self)

    def _watch_form(self, form: "PaperEditor") -> None:
        for name, field in form.fields.items():
            self._watch(field, name)
