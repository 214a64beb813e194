"""The open paper: head, tabs for abstract, notes, files and related papers; several papers at once; or useful keys."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from readinglist.library.answers import Hits
from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.abstract_view import AbstractView
from readinglist.ui.actions import BY_ID
from readinglist.ui.detail_tabs import DetailTabs
from readinglist.ui.head_area import HeadArea
from readinglist.ui.history_tab import HistoryTab
from readinglist.ui.notes_tab import NotesTab
from readinglist.ui.paper_header import PaperHeader
from readinglist.ui.pdf_tab import PdfTab
from readinglist.ui.related_tab import RelatedTab
from readinglist.ui.small_parts import SEMIBOLD, KeyCaps, Words
from readinglist.ui.wording import number, translate, without_mnemonic

if TYPE_CHECKING:
    from readinglist.ui.paper_editor import Check, PaperEditor

_USEFUL = ("next", "previous", "star", "state-to-read", "state-read", "tag", "note", "search", "commands", "keys")


class PaperDetails(QStackedWidget):
    """Shows papers and says what the reader asks for; every edit comes back through `show_papers`."""

    star_requested = Signal(object, bool)  # ids, on or off
    state_requested = Signal(object, object)  # ids, ReadingState
    rating_requested = Signal(object, int)  # ids, 0 to 5
    tags_requested = Signal(object, object, object)  # ids, names to add, names to take off
    note_added = Signal(int, str)  # paper id, text
    note_edited = Signal(int, str, str)  # paper id, note id, text
    note_deleted = Signal(int, str)  # paper id, note id
    link_requested = Signal(str)
    copy_requested = Signal(str)  # "citation", "key", "bibtex", or "cite" for the dialog
    edit_requested = Signal()
    fields_edited = Signal(int, object)  # paper id, texts by the names of papers/details.py
    form_opened = Signal(object)
    """The `PaperEditor`, once it is made."""
    message = Signal(str)
    left = Signal()  # Esc: back to the list

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[int, ...] = ()
        self._shown: tuple[list[Paper], Hits | None, Sequence[int] | None] | None = None
        self._editor: PaperEditor | None = None
        self._kept_drafts: dict[int, dict[str, str]] = {}
        self._changeable = True
        self._header = PaperHeader(self)
        self._abstract = AbstractView(self)
        self._notes = NotesTab(self)
        self.tabs = DetailTabs(self)
        self.add_tab(self._abstract, self.tr("Abstract"))
        self.add_tab(self._notes, self.tr("Notes"))
        self.pdf = PdfTab(self)
        self.add_tab(self.pdf, self.tr("PDF"))
        self.related = RelatedTab(self)
        self.add_tab(self.related, self.tr("Related"))
        self.history = HistoryTab(self)
        self.add_tab(self.history, self.tr("History"))
        self.setAccessibleName(self.tr("Details"))
        self.addWidget(self._hint_page())
        self.addWidget(self._paper_page())
        self._connect()

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a small window, whatever is shown."""
        return QSize(theme.spacing(75), super().minimumSizeHint().height())

    def add_tab(self, page: QWidget, words: str) -> None:
        """Add a tab behind the others."""
        frame = QWidget(self.tabs)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, theme.spacing(3), 0, 0)
        layout.addWidget(page)
        self.tabs.addTab(frame, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, from wherever in the details."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def show_papers(self, papers: Sequence[Paper], hits: Hits | None = None, ids: Sequence[int] | None = None) -> None:
        """Show one paper, the controls for several, or for none the keys.

        Args:
            papers: the papers; of very many, some of them suffice.
            hits: the words to mark.
            ids: the ids of all papers that the controls are for, where `papers` are only some.
        """
        shown = (list(papers), hits, ids)
        if shown == self._shown:
            return
        self._shown = shown
        self._ids = tuple(ids) if ids is not None else tuple(paper.id for paper in papers)
        one = papers[0] if len(self._ids) == 1 and papers else None
        self._notes.show_paper(one)
        self.pdf.show_paper(one)
        self.related.show_paper(one)
        self.history.show_paper(one)
        self._show_page(papers, one)
        if not papers:
            return
        self._header.show_papers(papers, len(self._ids))
        self.tabs.setVisible(one is not None)
        self._head.show_from_top(is_all=one is None)
        if one is not None:
            self._abstract.show_paper(one, hits)
            notes = len(one.notes)
            self.tabs.setTabText(1, self.tr("Notes {}").format(number(notes)) if notes else self.tr("Notes"))
            files = len(one.attachments)
            self.tabs.setTabText(2, self.tr("PDF {}").format(number(files)) if files else self.tr("PDF"))

    @property
    def title(self) -> QWidget:
        """What shows the open paper's title."""
        return self._header.title

    def set_known_tags(self, names: Iterable[str]) -> None:
        """The names of all tags of the library, for the tag editor."""
        self._header.set_known_tags(names)

    def set_files(self, names: Mapping[int, str]) -> None:
        """The names of bibliographies, by the ids of their listings."""
        self._header.set_files(names)

    def edit_tags(self) -> None:
        """Open the tag editor for what is shown."""
        if self._ids:
            self._leave_form()
            self._head.ensureWidgetVisible(self._header.tag_button)
            self._header.edit_tags()

    def add_note(self) -> None:
        """Begin a note on the open paper."""
        if len(self._ids) == 1:
            self._leave_form()
            self.tabs.setCurrentIndex(1)
            self._notes.add_note()

    def show_files(self) -> None:
        """Show the files of the open paper."""
        if len(self._ids) == 1:
            self._leave_form()
            self.tabs.setCurrentIndex(2)

    def edit(self, check: "Check") -> None:
        """Edit what is known of the open paper; `check` says why a text cannot be a detail of it."""
        papers = self._shown[0] if self._shown else []
        if len(self._ids) != 1 or not papers:
            return
        editor = self._editor or self._make_editor(check)
        self.setCurrentWidget(editor)
        editor.edit_paper(papers[0])

    def drafts(self) -> tuple[dict[int, dict[str, str]], list[tuple[int, str, str, str]]]:
        """What is typed and not saved: details, as `PaperEditor.drafts` gives them, and notes, as `NotesTab.drafts`."""
        kept = dict(self._kept_drafts) if self._editor is None else self._editor.drafts()
        return kept, self._notes.drafts()

    def restore_drafts(self, details: Mapping[int, Mapping[str, str]]) -> None:
        """Show these details, typed before, when their papers are edited."""
        self._kept_drafts = {paper_id: dict(texts) for paper_id, texts in details.items()}
        if self._editor is not None:
            self._editor.restore(details)

    def keep_draft(self, paper_id: int, texts: Mapping[str, str]) -> None:
        """Keep details that could not be saved, until the paper is edited again."""
        if self._editor is not None:
            self._editor.keep(paper_id, texts)

    def set_changeable(self, *, on: bool) -> None:
        """Let papers be changed here, or only be read."""
        if on == self._changeable:
            return
        self._changeable = on
        self._header.set_changeable(on=on)
        self._notes.set_changeable(on=on)
        self.pdf.set_changeable(on=on)
        self.history.set_changeable(on=on)
        if self._editor is not None:
            self._editor.set_changeable(on=on)

    def save(self) -> None:
        """Save what is being typed, before the library closes."""
        if self._editor is not None:
            self._editor.save()
        self._notes.save(at_once=True)

    def _make_editor(self, check: "Check") -> "PaperEditor":
        from readinglist.ui.paper_editor import PaperEditor

        self._editor = editor = PaperEditor(check, self)
        editor.restore(self._kept_drafts)
        editor.set_changeable(on=self._changeable)
        self.addWidget(editor)
        editor.fields_edited.connect(self.fields_edited)
        editor.message.connect(self.message)
        editor.closed.connect(self._leave_form)
        editor.closed.connect(self.left)
        self.form_opened.emit(editor)
        return editor

    def _leave_form(self) -> None:
        """Back to the paper's own page, with what was typed saved."""
        if self._editor is not None and self._editor.paper_id:
            self._editor.finish()
            self.setCurrentIndex(1)

    def _show_page(self, papers: Sequence[Paper], one: Paper | None) -> None:
        """The paper's own page, or its form while it is being edited."""
        editor = self._editor
        if editor is not None and editor.paper_id:
            if one is not None and one.id == editor.paper_id:
                editor.show_paper(one)
                return
            editor.finish()
        self.setCurrentIndex(1 if papers else 0)

    def _connect(self) -> None:
        header, notes = self._header, self._notes
        header.star_requested.connect(lambda on: self.star_requested.emit(self._ids, on))
        header.state_requested.connect(lambda state: self.state_requested.emit(self._ids, state))
        header.rating_requested.connect(lambda rating: self.rating_requested.emit(self._ids, rating))
        header.tags_requested.connect(lambda add, remove: self.tags_requested.emit(self._ids, add, remove))
        header.link_requested.connect(self.link_requested)
        header.copy_requested.connect(self.copy_requested)
        header.edit_requested.connect(self.edit_requested)
        notes.note_added.connect(self.note_added)
        notes.note_edited.connect(self.note_edited)
        notes.note_deleted.connect(self.note_deleted)
        notes.link_requested.connect(self.link_requested)

    def _paper_page(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        side = theme.spacing(6)
        layout.setContentsMargins(side, theme.spacing(5), theme.spacing(4), theme.spacing(2))
        layout.setSpacing(theme.spacing(3.5))
        self._head = HeadArea(self._header, page)
        layout.addWidget(self._head)
        layout.addWidget(self.tabs, 1)
        layout.addStretch(0)
        return page

    def _hint_page(self) -> QWidget:
        page = QWidget(self)
        keys = QWidget(page)
        grid = QGridLayout(keys)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.spacing(4))
        grid.setVerticalSpacing(theme.spacing(2))
        for row, action in enumerate(BY_ID[name] for name in _USEFUL):
            grid.addWidget(KeyCaps((action.list_keys + action.keys)[0]), row, 0, Qt.AlignmentFlag.AlignTrailing)
            grid.addWidget(Words(without_mnemonic(translate("Actions", action.words)), "quiet"), row, 1)
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        layout.addWidget(Words(self.tr("No paper is open"), "text", 2, SEMIBOLD), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(theme.spacing(3))
        layout.addWidget(keys, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        return page
