"""What the actions do with an open library, beside the edits themselves: one method for each."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt

from readinglist.papers.identifiers import web_page
from readinglist.papers.paper import ReadingState
from readinglist.papers.query_chips import place, with_filter
from readinglist.papers.smart_list import narrowed
from readinglist.ui import settings as remembered
from readinglist.ui import wording
from readinglist.ui.actions import LOOK_ACTIONS, RATING_ACTIONS, SORT_ACTIONS, STATE_ACTIONS
from readinglist.ui.copying import Copying
from readinglist.ui.places import sorted_by
from readinglist.ui.sidebar_model import Entry, Kind

if TYPE_CHECKING:
    from readinglist.ui.command_palette import CommandPalette
    from readinglist.ui.desk import Desk
    from readinglist.ui.link_opening import Links


class Deeds(QObject):
    """Does what an action, a drop or a menu asks for, at one desk."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._window = desk.window
        self._panes = desk.panes
        self._library = desk.library
        self._editing = desk.editing
        self._in_and_out = desk.in_and_out
        self.copying = Copying(desk.library, desk.window.background, desk.window.settings, desk.window)
        self.copying.message.connect(desk.say)
        self.copying.started.connect(desk.show_work)
        self._palette: CommandPalette | None = None
        self._links: Links | None = None
        desk.in_and_out.look_changed.connect(self._check_look)
        self._check_look(desk.window.settings.get(remembered.LOOK_AT_IMPORTS))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action that needs the library does."""
        panes, io, editing = self._panes, self._in_and_out, self._editing
        return {
            "feeds": self.show_feeds,
            **io.handlers(),
            "export": self.export,
            "kept-exports": self._desk.kept_exports.open_window,
            "undo": editing.undo,
            "redo": editing.redo,
            "copy-bibtex": lambda: io.copy_bibtex(self._desk.selected),
            "copy-key": lambda: io.copy_keys(self._desk.selected),
            "select-all": panes.list.selectAll,
            "search": self.search,
            "clear-search": self.clear_search,
            "save-smart-list": self._desk.smart_lists.save,
            "open": self.open_current,
            "next": partial(panes.list.step, 1),
            "previous": partial(panes.list.step, -1),
            "star": lambda: editing.toggle_star(self._desk.selected),
            "tag": self.edit_tags,
            "note": self.add_note,
            "edit-details": self.edit_details,
            "trash": lambda: editing.trash(self._desk.selected),
            "restore": lambda: editing.restore(self._desk.selected),
            "commands": self.open_palette,
            "citation-keys": self.open_keys,
            "merge": self.merge,
            "take-apart": self.take_apart,
            "find-duplicates": self.find_duplicates,
            "reindex": self.reindex,
            "backups": self.open_backups,
            "export-library": self.export_library,
            "import-library": self.import_library,
            **self._desk.attachments.handlers(),
            **self.copying.handlers(lambda: self._desk.selected),
            **{action: partial(self._set_state, state) for action, state in STATE_ACTIONS.items()},
            **{action: partial(self._rate, rating) for action, rating in RATING_ACTIONS.items()},
            **{action: partial(self.sort_by, sort) for action, sort in SORT_ACTIONS.items()},
        }

    def search(self) -> None:
        """Go to the search box."""
        box = self._panes.search_bar.box.edit
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        box.selectAll()

    def clear_search(self) -> None:
        """Take the words and filters out of the query, but stay where one is."""
        query = self._panes.search_bar.text()
        where = place(query)
        self._desk.show_query("" if where == query.strip() else where)

    def sort_by(self, sort: str) -> None:
        """Put the list in an order, and keep it; "best" is the usual: by words best first, as listed otherwise."""
        chosen = "" if sort == "best" else sort
        self._window.settings.set(remembered.SORT, chosen)
        self._desk.show_query(sorted_by(self._panes.search_bar.text(), chosen))

    def open_current(self) -> None:
        """Open the web page of the current paper."""
        papers = self._library.papers(self._desk.selected[:1])
        page = web_page(papers[0]) if papers else ""
        if page:
            self.open_link(page)
        elif papers:
            self._desk.say(self.tr("No web page of this paper is known."))

    def edit_tags(self) -> None:
        """Edit the tags of the chosen papers."""
        self._reveal_details()
        self._desk.details.edit_tags()

    def add_note(self) -> None:
        """Begin a note on the current paper."""
        self._reveal_details()
        self._desk.details.add_note()

    def edit_details(self) -> None:
        """Correct what is known of the current paper."""
        self._reveal_details()
        self._desk.details.edit(self._library.check_field)

    def open_link(self, address: str) -> None:
        """Open a web page, a DOI or a file of the library, after showing where it leads."""
        from readinglist.ui.link_opening import Links

        if self._links is None:
            self._links = Links(self._window, self._window.settings, self._library.folder, self._desk.say)
        self._links.open(address)

    def export(self) -> None:
        """Export what is chosen, what is shown, or all."""
        from readinglist.ui.export_choices import Scope

        chosen, found, library = tuple(self._desk.selected), self._desk.found, self._library
        count = self._desk.standing.counts.all
        scopes = [Scope(self.tr("All papers"), count, "papers", lambda: library.find("").ids, "")]
        if found is not None and found.query.strip():
            ids = found.ids
            scopes.insert(0, Scope(self.tr("The papers in the list"), len(ids), "search", lambda: ids, found.query))
        if len(chosen) > 1 or (chosen and not scopes):
            scopes.insert(0, Scope(self.tr("The selected papers"), len(chosen), "selection", lambda: chosen))
        self._in_and_out.export(scopes)

    def open_keys(self) -> None:
        """Show what the pattern of citation keys makes of the chosen papers."""
        from readinglist.ui.key_pattern_desk import open_key_dialog

        open_key_dialog(self._desk)

    def reindex(self) -> None:
        """Build the search index anew."""
        words = self.tr("The search index holds {papers} again.")
        work = self._window.background.run(
            self.tr("Building the search index"),
            self._library.reindex,
            lambda count: self._desk.say(words.format(papers=wording.papers(count))),
            self._desk.say_why,
        )
        self._desk.show_work(work)

    def merge(self) -> None:
        """Compare the chosen papers, to make them one."""
        from readinglist.ui.duplicates_desk import merge_selected

        merge_selected(self._desk)

    def take_apart(self) -> None:
        """Bring back a paper that was merged into the current one."""
        from readinglist.ui.duplicates_desk import take_apart

        take_apart(self._desk)

    def find_duplicates(self) -> None:
        """Look for papers that are here twice."""
        from readinglist.ui.duplicates_desk import find_duplicates

        find_duplicates(self._desk)

    def _check_look(self, when: str) -> None:
        for action, each in LOOK_ACTIONS.items():
            self._window.actions_.check(action, on=each == when)

    def show_feeds(self) -> None:
        """Show the feeds that the library keeps."""
        from readinglist.ui.dialog_sizes import keep_size
        from readinglist.ui.feeds_window import FeedsWindow

        window = FeedsWindow(self._library, self._window)
        window.link_requested.connect(self.open_link)
        window.undo_requested.connect(self._editing.undo)
        self._desk.signals.changed.connect(window.hear)
        keep_size(window, self._window.settings)
        window.show()

    def open_backups(self) -> None:
        """Show the backups."""
        from readinglist.ui.backups_desk import open_backups

        open_backups(self._desk)

    def import_library(self) -> None:
        """Make another library of a complete export."""
        from readinglist.ui.library_import import import_library

        import_library(self._desk)

    def export_library(self) -> None:
        """Write the whole library to a file."""
        from readinglist.ui.backups_desk import export_library

        export_library(self._desk)

    def open_palette(self) -> None:
        """Open the command palette."""
        from readinglist.ui.command_palette import CommandPalette
        from readinglist.ui.commands import action_commands, place_commands

        if self._palette is None:
            self._palette = CommandPalette(self._window)
        places = place_commands(self._desk.standing.counts, self._desk.go_to, self._desk.show_query)
        self._palette.open_with([*action_commands(self._window.actions_), *places])

    def _reveal_details(self) -> None:
        if not self._desk.details.isVisible():
            self._window.actions_.trigger("show-details")

    def copy(self, what: str) -> None:
        """Copy the "key", the "bibtex" or the "citation" of the chosen papers, or "cite" them in a style."""
        copy = {
            "key": self._in_and_out.copy_keys,
            "bibtex": self._in_and_out.copy_bibtex,
            "citation": self.copying.copy_bibliography,
            "cite": self.copying.open_dialog,
        }[what]
        copy(self._desk.selected)

    def set_star(self, ids: Sequence[int], on: bool) -> None:
        """Star papers, or take their stars off."""
        (self._editing.star if on else self._editing.unstar)(ids)

    def _set_state(self, state: ReadingState) -> None:
        self._editing.set_state(self._desk.selected, state)

    def _rate(self, rating: int) -> None:
        self._editing.rate(self._desk.selected, rating)

    def drop(self, entry: Entry, ids: Sequence[int]) -> None:
        """Mark papers as the entry says that they were dropped on."""
        match entry.kind:
            case Kind.STATE:
                self._editing.set_state(ids, ReadingState(entry.name))
            case Kind.STARRED:
                self._editing.star(ids)
            case Kind.TRASH:
                self._editing.trash(ids)
            case Kind.TAG:
                self._editing.tag(ids, add=(entry.name,))
            case _:
                pass

    def narrow(self, entry: Entry) -> None:
        """Add an entry's filter to the query."""
        if entry.kind is Kind.SMART_LIST:
            self._desk.show_query(narrowed(entry.filter, self._panes.search_bar.text()))
        elif entry.filter:
            self._desk.show_query(with_filter(self._panes.search_bar.text(), entry.filter))

    def show_menu(self, where: QPoint) -> None:
        """Show what can be done with the chosen papers."""
        menu = self._window.actions_.menu("paper", self._panes.list)
        menu.addSeparator()
        menu.addAction(self._window.actions_.action("copy-citation"))
        menu.addMenu(self._window.actions_.menu("edit/copy", menu))
        menu.addAction(self._window.actions_.action("cite"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._panes.list.viewport().mapToGlobal(where))
