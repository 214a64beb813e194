"""Joins an open library to the panes: what is asked, found, chosen and heard. What actions do stands in deeds.py."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer

from readinglist.errors import ExpectedError
from readinglist.library.answers import Found, News
from readinglist.papers.query_chips import chips, place
from readinglist.papers.smart_list import one_line
from readinglist.ui import settings as remembered
from readinglist.ui import snapshot, wording
from readinglist.ui.action_menus import Situation
from readinglist.ui.actions import BY_ID, SORT_ACTIONS
from readinglist.ui.asking import Asking, Standing
from readinglist.ui.attachments_desk import AttachmentsDesk
from readinglist.ui.background import Work
from readinglist.ui.deeds import Deeds
from readinglist.ui.editing import Editing
from readinglist.ui.in_and_out import InAndOut
from readinglist.ui.kept_exports_desk import KeptExporting
from readinglist.ui.kept_notes import KeptNotes
from readinglist.ui.library_signals import LibrarySignals
from readinglist.ui.origin_tips import OriginTips
from readinglist.ui.paper_details import PaperDetails
from readinglist.ui.pdf_excerpts import PdfExcerpts
from readinglist.ui.places import go_to
from readinglist.ui.relating import Relating
from readinglist.ui.sidebar_model import Entry, Kind
from readinglist.ui.smart_lists import SmartLists
from readinglist.ui.snapshot import Snapshot

if TYPE_CHECKING:
    from readinglist.library.library import Library
    from readinglist.ui.main_window import MainWindow
    from readinglist.ui.welcome import WelcomePage

LOOKED_AT_MS = 800  # a paper that is passed by faster is still new
PAINTED_MS = 15  # what an edit did is painted by then; to ask at once would hold that up
COUNTED_MS = 80  # counts follow a little later, and once for edits in quick succession
MOST_READ = 100  # of very many chosen papers, these stand for all in the details


class Desk(QObject):
    """Joins one library to the panes of one window."""

    def __init__(self, window: "MainWindow", library: "Library") -> None:
        super().__init__(window)
        self.window = window
        self.library = library
        self.panes = window.panes
        self._settings = window.settings
        self.standing = Standing(snapshot.Snapshot().counts, "", "")
        self._stood = False
        self.changeable = True
        """Whether edits were offered when the window last looked."""
        self.found: Found | None = None
        self.signals = LibrarySignals(library, self)
        self.asking = Asking(library, window.background, self.panes.list, self)
        self.editing = Editing(library, window.background, self)
        self.kept_notes = KeptNotes(library, self)
        self.in_and_out = InAndOut(library, window.background, window.settings, window)
        self._looking = self._timer(LOOKED_AT_MS, self._look_at_current)
        self._asking_again = self._timer(PAINTED_MS, self.asking.ask_again)
        self._detailing = self._timer(PAINTED_MS, self._show_details)
        self._counting = self._timer(COUNTED_MS, self.asking.look)
        self.details = PaperDetails()
        window.panes.put_details(self.details)
        self.smart_lists = SmartLists(self)
        self.kept_exports = KeptExporting(self)
        self.deeds = Deeds(self)
        self._join_library()
        self._join_panes()
        self._join_details()
        self.relating = Relating(self)
        self.origin_tips = OriginTips(self)
        self.attachments = AttachmentsDesk(self)
        self.pdf_excerpts = PdfExcerpts(self)
        self.show_query(self.panes.search_bar.text())
        self.asking.look()

    @property
    def _following(self) -> tuple[QTimer, ...]:
        """What follows an edit once it is painted."""
        return self._asking_again, self._detailing, self._counting

    @property
    def selected(self) -> Sequence[int]:
        """The ids of the chosen papers."""
        return self.panes.list.selected_ids()

    # what is shown

    def show_query(self, query: str) -> None:
        """Show the papers of a query, and the query in its box."""
        self.panes.search_bar.show_text(query)
        self._ask(query)

    def go_to(self, wanted: str) -> None:
        """Go to a place of the library by its filter ("" is all papers); words in the query stay.

        The query of a smart list goes: it is a place of its own.
        """
        query = self.panes.search_bar.text()
        self.show_query(go_to("" if self.smart_lists.is_kept(query) else query, wanted))

    def choose(self, entry: Entry) -> None:
        """Show what an entry of the sidebar stands for."""
        if entry.kind is Kind.SMART_LIST:
            self.show_query(entry.filter)
        else:
            self.go_to(entry.filter)

    def _leave_search(self) -> None:
        """On to the list: to the first paper that was found, where none is current."""
        papers = self.panes.list
        papers.setFocus()
        if papers.current_id() is None and self.panes.search_bar.text():
            papers.step(1)

    def _ask(self, query: str) -> None:
        self._mark_place(query)
        self.asking.ask(query, self._settings.get(remembered.SORT))

    def _mark_place(self, query: str) -> None:
        where = place(query) or ("" if not chips(query) else None)
        self.panes.sidebar.show_place(one_line(query) if self.smart_lists.is_kept(query) else where)

    def _show_found(self, found: Found) -> None:
        asked_anew = self.found is None or self.found.query != found.query
        self.found = found
        panes = self.panes
        panes.list.show_found(found)
        panes.search_bar.show_found(found, self._total())
        for action_id, sort in SORT_ACTIONS.items():
            if sort == found.sort:
                self.window.actions_.check(action_id, on=True)
                words = QCoreApplication.translate("Actions", BY_ID[action_id].words)
                panes.search_bar.show_sort(wording.without_mnemonic(words))
        self._count_chosen()
        if asked_anew and self.selected:
            self._show_details()  # other words are to be marked

    def _total(self) -> int:
        entry = self.panes.sidebar.place()
        is_place = entry is not None and entry.kind is not Kind.SMART_LIST
        return entry.count or 0 if entry is not None and is_place else self.standing.counts.all

    def _show_standing(self, standing: Standing) -> None:
        if not self._stood:
            self.asking.warm()
            self.asking.index()
        self.standing, self._stood = standing, True
        panes = self.panes
        self._show_counts()
        self._mark_place(panes.search_bar.text())
        self.smart_lists.counts.count(standing.counts)
        panes.search_bar.set_tags(standing.counts.tags)
        self.details.set_known_tags(tag.name for tag in standing.counts.tags)
        self.details.set_files({each.id: each.name for each in standing.counts.listings if each.bibliography})
        if self.found is not None:
            panes.search_bar.show_found(self.found, self._total())
        self._show_welcome(empty=not standing.counts.all and not standing.counts.trashed)
        self.enable()

    def _show_counts(self) -> None:
        counts = self.smart_lists.counts.filled(self.standing.counts)
        self.standing = replace(self.standing, counts=counts)
        self.panes.sidebar.show_counts(counts)

    def _show_welcome(self, *, empty: bool) -> None:
        shown = self.panes.welcome
        if shown is not None and not empty:
            self.panes.show_welcome(None)
            self.panes.list.setFocus()
        elif shown is None and empty:
            self.panes.show_welcome(self._welcome_page())
            self.window.show_key_caps()

    def _welcome_page(self) -> "WelcomePage":
        from readinglist.ui.welcome import WelcomePage

        page = WelcomePage()
        page.import_file.connect(self.in_and_out.choose_files)
        page.paste_clipboard.connect(self.in_and_out.import_clipboard)
        page.load_sample.connect(self.in_and_out.import_sample)
        self.window.actions_.serve(page, "import-clipboard")
        return page

    # what is chosen

    def _show_choice(self) -> None:
        self._count_chosen()
        self._show_details()

    def _count_chosen(self) -> None:
        shown, chosen = len(self.found.ids) if self.found else 0, len(self.selected)
        self.panes.status_line.set_counts(shown, chosen if chosen > 1 else 0)
        self.enable()

    def _show_details(self) -> None:
        chosen = self.selected
        try:
            papers = self.library.papers(chosen[:MOST_READ])
        except ExpectedError as error:
            self.window.tell(error)
            return
        self.details.show_papers(papers, self.found.hits if self.found else None, chosen)

    def _current_changed(self, paper_id: int | None) -> None:
        self._looking.stop()
        if paper_id is not None:
            self._looking.start()

    def _look_at_current(self) -> None:
        current = self.panes.list.current_id()
        if current is not None:
            library = self.library
            looks = self.window.background
            looks.ask("look", lambda: library.look_at(current), lambda _: None, lambda _: None)  # it is still new then

    def enable(self) -> None:
        """Offer what can be done now."""
        where = self.panes.sidebar.place()
        self.changeable = not self.library.read_only
        self.details.set_changeable(on=self.changeable)
        self.panes.sidebar.set_changeable(on=self.changeable)
        self.window.actions_.update(
            Situation(
                library=True,
                papers=len(self.found.ids) if self.found else 0,
                selected=len(self.selected),
                merged=self._is_merged(),
                in_trash=where is not None and where.kind is Kind.TRASH,
                undo=self.standing.undo,
                redo=self.standing.redo,
                read_only=not self.changeable,
            )
        )

    def _is_merged(self) -> bool:
        with suppress(ExpectedError):  # a library that cannot be read is told elsewhere
            return len(self.selected) == 1 and bool(self.library.merges(self.selected[0]))
        return False

    @property
    def settled(self) -> bool:
        """Whether the window shows what it was asked for last, and how the library stands."""
        return self.asking.answered and not any(timer.isActive() for timer in self._following)

    def save(self) -> None:
        """Keep what is being typed, and write no more files."""
        self.details.save()
        self.kept_exports.stop()

    def close(self, *, keep: bool) -> None:
        """Let go of the library, once all work has stopped; `keep` what is shown for the next start."""
        self.editing.finish()
        self.kept_notes.retry()
        self.smart_lists.counts.close()
        for timer in (self._looking, *self._following):
            timer.stop()
        self.signals.close()
        shown = self.found
        with suppress(ExpectedError):  # a library that is damaged or gone is told elsewhere
            if keep and shown is not None:
                papers = tuple(self.library.papers(shown.ids[: snapshot.ROWS]))
                snapshot.save(self.library.folder, Snapshot(shown.query, self.standing.counts, papers))
            self.library.write_kept_in_background()
        is_ours = not self.library.read_only  # once it is closed, its log is gone as if others had removed it
        self.library.close()
        if keep and is_ours:
            from readinglist.library.backups import start_if_due

            start_if_due(self.library.folder)

    # news and work

    def _hear(self, news: News) -> None:
        panes = self.panes
        if news.everything:
            panes.list.forget_all()
        else:
            panes.list.forget(news.paper_ids)
        if news.counts or news.everything:
            self._asking_again.start()
            self._counting.start()
        else:
            self.smart_lists.counts.count_new(self.standing.counts)
        if news.everything or news.paper_ids & set(self.selected):
            self._detailing.start()

    def show_work(self, work: Work) -> None:
        """Show on the status line that work runs."""
        self.panes.status_line.follow(work)

    def say(self, words: str, undoable: bool = False) -> None:
        """Say for a while what was done, with Undo where that takes it back."""
        self.panes.status_line.show_message(words, undoable)

    def say_why(self, error: ExpectedError) -> None:
        """Say quietly what could not be done."""
        self.say(str(error))

    def _timer(self, ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(then)
        return timer

    def _join_library(self) -> None:
        self.signals.changed.connect(self._hear)
        self.smart_lists.counts.counted.connect(self._show_counts)
        self.asking.found.connect(self._show_found)
        self.asking.stands.connect(self._show_standing)
        self.asking.warmed.connect(self.window.ready)
        self.editing.done.connect(self.say)
        self.editing.failed.connect(self.window.tell)
        self.editing.note_failed.connect(self.kept_notes.keep)
        self.editing.fields_failed.connect(self.details.keep_draft)
        self.editing.working.connect(self.show_work)
        self.in_and_out.started.connect(self.show_work)
        self.in_and_out.imported.connect(lambda _ledger: self.asking.index())
        self.in_and_out.message.connect(self.say)
        self.in_and_out.show_query.connect(self.show_query)
        self.in_and_out.undo_requested.connect(self.editing.undo)

    def _join_panes(self) -> None:
        panes = self.panes
        panes.search_bar.asked.connect(self._ask)
        panes.search_bar.left.connect(self._leave_search)
        panes.sidebar.chosen.connect(self.choose)
        panes.sidebar.narrowed.connect(self.deeds.narrow)
        panes.sidebar.dropped.connect(self.deeds.drop)
        panes.sidebar.left.connect(panes.list.setFocus)
        panes.list.selection_changed.connect(lambda _: self._show_choice())
        panes.list.current_changed.connect(self._current_changed)
        panes.list.star_toggled.connect(self.editing.toggle_star)
        panes.list.opened.connect(lambda _: self.deeds.open_current())
        panes.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panes.list.customContextMenuRequested.connect(self.deeds.show_menu)
        panes.status_line.undo_requested.connect(self.editing.undo)
        panes.status_line.commands_requested.connect(self.deeds.open_palette)

    def _join_details(self) -> None:
        details, editing = self.details, self.editing
        details.star_requested.connect(self.deeds.set_star)
        details.state_requested.connect(editing.set_state)
        details.rating_requested.connect(editing.rate)
        details.tags_requested.connect(editing.tag)
        details.left.connect(self.panes.list.setFocus)
        details.note_added.connect(editing.add_note)
        details.note_edited.connect(editing.edit_note)
        details.note_deleted.connect(editing.delete_note)
        details.edit_requested.connect(self.deeds.edit_details)
        details.fields_edited.connect(editing.edit_fields)
        details.message.connect(self.say)
        details.link_requested.connect(self.deeds.open_link)
        details.copy_requested.connect(self.deeds.copy)
