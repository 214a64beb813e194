"""What one does in the window with an open library: ask, choose, edit, bring in and out."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from readinglist.errors import ExpectedError
from readinglist.library.answers import Found, News
from readinglist.papers.paper import ReadingState
from readinglist.papers.query_chips import chips, place, with_filter
from readinglist.ui import settings as remembered
from readinglist.ui import snapshot, wording
from readinglist.ui.action_menus import Situation
from readinglist.ui.actions import BY_ID, RATING_ACTIONS, SORT_ACTIONS, STATE_ACTIONS
from readinglist.ui.asking import Asking, Standing
from readinglist.ui.background import Work
from readinglist.ui.editing import Editing
from readinglist.ui.in_and_out import InAndOut
from readinglist.ui.library_signals import LibrarySignals
from readinglist.ui.paper_details import PaperDetails
from readinglist.ui.places import go_to, sorted_by
from readinglist.ui.sidebar_model import Entry, Kind
from readinglist.ui.snapshot import Snapshot
from readinglist.ui.status_line import RunningWork

if TYPE_CHECKING:
    from readinglist.library.library import Library
    from readinglist.ui.command_palette import CommandPalette
    from readinglist.ui.main_window import MainWindow

LOOKED_AT_MS = 800  # a paper that is passed by faster is still new
PAINTED_MS = 15  # what an edit did is painted by then; to ask at once would hold that up
COUNTED_MS = 80  # counts follow a little later, and once for edits in quick succession
MOST_READ = 100  # of very many chosen papers, these stand for all in the details


class Desk(QObject):
    """Joins one library to the panes of one window."""

    def __init__(self, window: "MainWindow", library: "Library") -> None:
        super().__init__(window)
        self._window = window
        self._library = library
        self._panes = window.panes
        self._settings = window.settings
        self._standing = Standing(snapshot.Snapshot().counts, "", "")
        self._stood = False
        self._found: Found | None = None
        self._palette: CommandPalette | None = None
        self._running: dict[RunningWork, Work] = {}
        self.signals = LibrarySignals(library, self)
        self.asking = Asking(library, window.background, self)
        self.editing = Editing(library, window.background, self)
        self.in_and_out = InAndOut(library, window.background, window.settings, window)
        self._looking = self._timer(LOOKED_AT_MS, self._look_at_current)
        self._asking_again = self._timer(PAINTED_MS, self.asking.ask_again)
        self._detailing = self._timer(PAINTED_MS, self._show_details)
        self._counting = self._timer(COUNTED_MS, self.asking.look)
        self._details = PaperDetails()
        window.panes.put_details(self._details)
        self._join_library()
        self._join_panes()
        self._join_details()
        self.show_query(self._panes.search_bar.text())
        self.asking.look()
        self.asking.index()

    @property
    def _following(self) -> tuple[QTimer, ...]:
        """What follows an edit once it is painted."""
        return self._asking_again, self._detailing, self._counting

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action that needs the library does."""
        panes, io, editing = self._panes, self.in_and_out, self.editing
        return {
            "import-files": io.choose_files,
            "import-clipboard": io.import_clipboard,
            "import-sample": io.import_sample,
            "export": self.export,
            "undo": editing.undo,
            "redo": editing.redo,
            "copy-bibtex": lambda: io.copy_bibtex(self.selected),
            "copy-key": lambda: io.copy_keys(self.selected),
            "select-all": panes.list.selectAll,
            "search": self.search,
            "clear-search": self.clear_search,
            "open": self.open_current,
            "next": partial(panes.list.step, 1),
            "previous": partial(panes.list.step, -1),
            "star": lambda: editing.toggle_star(self.selected),
            "tag": self.edit_tags,
            "note": self.add_note,
            "trash": lambda: editing.trash(self.selected),
            "restore": lambda: editing.restore(self.selected),
            "commands": self.open_palette,
            "reindex": self.reindex,
            **{action: partial(self._set_state, state) for action, state in STATE_ACTIONS.items()},
            **{action: partial(self._rate, rating) for action, rating in RATING_ACTIONS.items()},
            **{action: partial(self.sort_by, sort) for action, sort in SORT_ACTIONS.items()},
        }

    @property
    def selected(self) -> Sequence[int]:
        """The ids of the chosen papers."""
        return self._panes.list.selected_ids()

    # what is shown

    def show_query(self, query: str) -> None:
        """Show the papers of a query, and the query in its box."""
        self._panes.search_bar.show_text(query)
        self._ask(query)

    def go_to(self, wanted: str) -> None:
        """Go to a place of the library by its filter ("" is all papers); words in the query stay."""
        self.show_query(go_to(self._panes.search_bar.text(), wanted))

    def search(self) -> None:
        """Go to the search box."""
        box = self._panes.search_bar.box.edit
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    def _leave_search(self) -> None:
        """On to the list: to the first paper that was found, where none is current."""
        papers = self._panes.list
        papers.setFocus()
        if papers.current_id() is None and self._panes.search_bar.text():
            papers.step(1)

    def clear_search(self) -> None:
        """Take the words and filters out of the query, but stay where one is."""
        query = self._panes.search_bar.text()
        where = place(query)
        self.show_query("" if where == query.strip() else where)

    def sort_by(self, sort: str) -> None:
        """Put the list in an order, and keep it; "best" is the usual: by words best first, as listed otherwise."""
        chosen = "" if sort == "best" else sort
        self._settings.set(remembered.SORT, chosen)
        self.show_query(sorted_by(self._panes.search_bar.text(), chosen))

    def _ask(self, query: str) -> None:
        self._panes.sidebar.show_place(place(query) or ("" if not chips(query) else None))
        self.asking.ask(query, self._settings.get(remembered.SORT))

    def _show_found(self, found: Found) -> None:
        self._found = found
        panes = self._panes
        panes.list.show_found(found)
        panes.search_bar.show_found(found, self._total())
        for action_id, sort in SORT_ACTIONS.items():
            if sort == found.sort:
                self._window.actions_.check(action_id, on=True)
                words = QCoreApplication.translate("Actions", BY_ID[action_id].words)
                panes.search_bar.show_sort(wording.without_mnemonic(words))
        self._show_choice()

    def _total(self) -> int:
        entry = self._panes.sidebar.place()
        return entry.count if entry is not None else self._standing.counts.all

    def _show_standing(self, standing: Standing) -> None:
        if not self._stood:
            self.asking.warm()
        self._standing, self._stood = standing, True
        panes = self._panes
        panes.sidebar.show_counts(standing.counts)
        panes.search_bar.set_tags(standing.counts.tags)
        self._details.set_known_tags(tag.name for tag in standing.counts.tags)
        if self._found is not None:
            panes.search_bar.show_found(self._found, self._total())
        self._show_welcome(empty=not standing.counts.all and not standing.counts.trashed)
        self._enable()

    def _show_welcome(self, *, empty: bool) -> None:
        if not empty:
            self._panes.show_welcome(None)
        elif self._panes.welcome is None:
            from readinglist.ui.welcome import WelcomePage

            page = WelcomePage()
            page.import_file.connect(self.in_and_out.choose_files)
            page.paste_clipboard.connect(self.in_and_out.import_clipboard)
            page.load_sample.connect(self.in_and_out.import_sample)
            self._window.actions_.serve(page, "import-clipboard")
            self._panes.show_welcome(page)

    # what is chosen

    def _show_choice(self) -> None:
        shown = len(self._found.ids) if self._found else 0
        chosen = self.selected
        self._panes.status_line.set_counts(shown, len(chosen) if len(chosen) > 1 else 0)
        self._show_details()
        self._enable()

    def _show_details(self) -> None:
        chosen = self.selected
        papers = self._library.papers(chosen[:MOST_READ])
        self._details.show_papers(papers, self._found.hits if self._found else None, chosen)

    def _current_changed(self, paper_id: int | None) -> None:
        self._looking.stop()
        if paper_id is not None:
            self._looking.start()

    def _look_at_current(self) -> None:
        current = self._panes.list.current_id()
        if current is not None:
            library = self._library
            self._window.background.ask("look", lambda: library.look_at(current), lambda _: None)

    def _enable(self) -> None:
        where = self._panes.sidebar.place()
        self._window.actions_.update(
            Situation(
                library=True,
                papers=len(self._found.ids) if self._found else 0,
                selected=len(self.selected),
                in_trash=where is not None and where.kind is Kind.TRASH,
                undo=self._standing.undo,
                redo=self._standing.redo,
            )
        )

    # what is done

    def open_current(self) -> None:
        """Open the web page of the current paper."""
        papers = self._library.papers(self.selected[:1])
        if papers and papers[0].url:
            self.open_link(papers[0].url)
        elif papers:
            self._say(self.tr("No web page of this paper is known."))

    def edit_tags(self) -> None:
        """Edit the tags of the chosen papers."""
        self._reveal_details()
        self._details.edit_tags()

    def add_note(self) -> None:
        """Begin a note on the current paper."""
        self._reveal_details()
        self._details.add_note()

    def open_link(self, address: str) -> None:
        """Open a web address in the browser."""
        if not QDesktopServices.openUrl(QUrl(address)):
            self._say(self.tr("No program was found that opens {address}.").format(address=address))

    def export(self) -> None:
        """Export what is chosen, what is shown, or all."""
        from readinglist.ui.export_dialog import Scope

        chosen, found, library = tuple(self.selected), self._found, self._library
        scopes = [Scope(self.tr("All papers"), self._standing.counts.all, "papers", lambda: library.find("").ids)]
        if found is not None and found.query.strip():
            ids = found.ids
            scopes.insert(0, Scope(self.tr("The papers in the list"), len(ids), "search", lambda: ids))
        if len(chosen) > 1 or (chosen and not scopes):
            scopes.insert(0, Scope(self.tr("The selected papers"), len(chosen), "selection", lambda: chosen))
        self.in_and_out.export(scopes)

    def reindex(self) -> None:
        """Build the search index anew."""
        words = self.tr("The search index holds {papers} again.")
        work = self._window.background.run(
            self.tr("Building the search index"),
            self._library.reindex,
            lambda count: self._say(words.format(papers=wording.papers(count))),
            self._say_why,
        )
        self._show_work(work)

    def open_palette(self) -> None:
        """Open the command palette."""
        from readinglist.ui.command_palette import CommandPalette
        from readinglist.ui.commands import action_commands, place_commands

        if self._palette is None:
            self._palette = CommandPalette(self._window)
        places = place_commands(self._standing.counts, self.go_to)
        self._palette.open_with([*action_commands(self._window.actions_), *places])

    @property
    def settled(self) -> bool:
        """Whether the window shows what it was asked for last, and how the library stands."""
        return self.asking.answered and not any(timer.isActive() for timer in self._following)

    def close(self, *, keep: bool) -> None:
        """Let go of the library, once all work has stopped; `keep` what is shown for the next start."""
        self._details.save()
        for timer in (self._looking, *self._following):
            timer.stop()
        self.signals.close()
        shown = self._found
        if keep and shown is not None:
            papers = tuple(self._library.papers(shown.ids[: snapshot.ROWS]))
            snapshot.save(self._library.folder, Snapshot(shown.query, self._standing.counts, papers))
        self._library.close()

    def _reveal_details(self) -> None:
        if not self._details.isVisible():
            self._window.actions_.trigger("show-details")

    def _copy(self, what: str) -> None:
        copy = {"key": self.in_and_out.copy_keys, "bibtex": self.in_and_out.copy_bibtex}[what]
        copy(self.selected)

    def _set_star(self, ids: Sequence[int], on: bool) -> None:
        (self.editing.star if on else self.editing.unstar)(ids)

    def _set_state(self, state: ReadingState) -> None:
        self.editing.set_state(self.selected, state)

    def _rate(self, rating: int) -> None:
        self.editing.rate(self.selected, rating)

    def _drop(self, entry: Entry, ids: Sequence[int]) -> None:
        match entry.kind:
            case Kind.STATE:
                self.editing.set_state(ids, ReadingState(entry.name))
            case Kind.STARRED:
                self.editing.star(ids)
            case Kind.TRASH:
                self.editing.trash(ids)
            case Kind.TAG:
                self.editing.tag(ids, add=(entry.name,))
            case _:
                pass

    def _narrow(self, entry: Entry) -> None:
        if entry.filter:
            self.show_query(with_filter(self._panes.search_bar.text(), entry.filter))

    # news and work

    def _hear(self, news: News) -> None:
        panes = self._panes
        if news.everything:
            panes.list.forget_all()
        else:
            panes.list.forget(news.paper_ids)
        if news.counts or news.everything:
            self._asking_again.start()
            self._counting.start()
        if news.everything or news.paper_ids & set(self.selected):
            self._detailing.start()

    def _show_work(self, work: Work) -> None:
        running = self._panes.status_line.work_started(work.title)
        self._running[running] = work
        work.progressed.connect(running.progress)
        work.ended.connect(partial(self._work_ended, running))

    def _work_ended(self, running: RunningWork) -> None:
        running.finished()
        self._running.pop(running, None)

    def _cancel(self, running: RunningWork) -> None:
        if running in self._running:
            self._running[running].cancel()

    def _say(self, words: str, undoable: bool = False) -> None:
        self._panes.status_line.show_message(words, undoable)

    def _say_why(self, error: ExpectedError) -> None:
        self._say(str(error))

    def _timer(self, ms: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        timer.timeout.connect(then)
        return timer

    def _join_library(self) -> None:
        self.signals.changed.connect(self._hear)
        self.asking.found.connect(self._show_found)
        self.asking.stands.connect(self._show_standing)
        self.editing.done.connect(self._say)
        self.editing.failed.connect(self._window.tell)
        self.editing.working.connect(self._show_work)
        self.in_and_out.started.connect(self._show_work)
        self.in_and_out.imported.connect(lambda _ledger: self.asking.index())
        self.in_and_out.message.connect(self._say)
        self.in_and_out.show_query.connect(self.show_query)
        self.in_and_out.undo_requested.connect(self.editing.undo)

    def _join_panes(self) -> None:
        panes = self._panes
        panes.search_bar.asked.connect(self._ask)
        panes.search_bar.left.connect(self._leave_search)
        panes.sidebar.chosen.connect(lambda entry: self.go_to(entry.filter))
        panes.sidebar.narrowed.connect(self._narrow)
        panes.sidebar.dropped.connect(self._drop)
        panes.sidebar.left.connect(panes.list.setFocus)
        panes.list.selection_changed.connect(lambda _: self._show_choice())
        panes.list.current_changed.connect(self._current_changed)
        panes.list.star_toggled.connect(self.editing.toggle_star)
        panes.list.opened.connect(lambda _: self.open_current())
        panes.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        panes.list.customContextMenuRequested.connect(self._show_menu)
        panes.status_line.undo_requested.connect(self.editing.undo)
        panes.status_line.cancel_requested.connect(self._cancel)
        panes.status_line.commands_requested.connect(self.open_palette)

    def _join_details(self) -> None:
        details, editing = self._details, self.editing
        details.star_requested.connect(self._set_star)
        details.state_requested.connect(editing.set_state)
        details.rating_requested.connect(editing.rate)
        details.tags_requested.connect(editing.tag)
        details.note_added.connect(editing.add_note)
        details.note_edited.connect(editing.edit_note)
        details.note_deleted.connect(editing.delete_note)
        details.link_requested.connect(self.open_link)
        details.copy_requested.connect(self._copy)

    def _show_menu(self, where: QPoint) -> None:
        menu = self._window.actions_.menu("paper", self._panes.list)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._panes.list.viewport().mapToGlobal(where))
