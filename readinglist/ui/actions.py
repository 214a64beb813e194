"""THE table of what can be done: id, words, icon, keys, menu, and when it can be done."""

from dataclasses import dataclass
from enum import Enum, auto

from readinglist.papers.paper import ReadingState
from readinglist.ui.wording import marked


class Needs(Enum):
    """What an action needs before it can be done."""

    NOTHING = auto()
    LIBRARY = auto()
    PAPERS = auto()  # something in the list
    SELECTION = auto()
    SEVERAL = auto()  # two papers or more are selected
    MERGED = auto()  # another paper went into the selected one
    ONE_PAPER = auto()
    TRASHED = auto()  # the selection is in the trash
    UNDO = auto()
    REDO = auto()


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that can be done.

    `keys` work in the whole window, `list_keys` only while a list has the focus, so never while typing. `menu` is
    "edit", or "view/sort" for a menu within a menu. Actions of the same `group` exclude each other; `checkable` makes a
    switch; `starts` draws a line above.
    """

    id: str
    menu: str
    words: str
    needs: Needs = Needs.LIBRARY
    icon: str = ""
    keys: tuple[str, ...] = ()
    list_keys: tuple[str, ...] = ()
    starts: bool = False
    checkable: bool = False
    group: str = ""


MENUS = {
    "file": marked("Actions", "&File"),
    "file/look": marked("Actions", "Look at imp&orts first"),
    "edit": marked("Actions", "&Edit"),
    "edit/copy": marked("Actions", "Co&py as"),
    "paper": marked("Actions", "&Paper"),
    "paper/rating": marked("Actions", "Ratin&g"),
    "view": marked("Actions", "&View"),
    "view/sort": marked("Actions", "&Order"),
    "view/theme": marked("Actions", "&Theme"),
    "tools": marked("Actions", "&Tools"),
    "help": marked("Actions", "&Help"),
}

# Which action sets which reading state, rating or order.
STATE_ACTIONS = {f"state-{state.value}": state for state in ReadingState}
RATING_ACTIONS = {f"rate-{stars}": stars for stars in range(6)}
LOOK_ACTIONS = {"look-always": "always", "look-when-needed": "when-needed", "look-never": "never"}
SORT_ACTIONS = {
    "sort-best": "best",
    "sort-listed": "listed",
    "sort-added": "added",
    "sort-title": "title",
    "sort-year": "year",
    "sort-rating": "rating",
}

_NOTHING, _LIBRARY, _PAPERS, _SELECTION = Needs.NOTHING, Needs.LIBRARY, Needs.PAPERS, Needs.SELECTION

ACTIONS: tuple[Action, ...] = (
    Action("import-files", "file", marked("Actions", "&Import files…"), _LIBRARY, "import", ("Ctrl+I",)),
    Action(
        "import-clipboard",
        "file",
        marked("Actions", "Import from the &clipboard"),
        _LIBRARY,
        "paste",
        ("Ctrl+Shift+V",),
        ("Ctrl+V",),
    ),
    Action("import-folder", "file", marked("Actions", "Import a &folder…"), _LIBRARY),
    Action("look-always", "file/look", marked("Actions", "&Always"), checkable=True, group="look"),
    Action(
        "look-when-needed",
        "file/look",
        marked("Actions", "When something is to be &decided"),
        checkable=True,
        group="look",
    ),
    Action("look-never", "file/look", marked("Actions", "&Never"), checkable=True, group="look"),
    Action("import-sample", "file", marked("Actions", "Load the &sample listing"), _LIBRARY),
    Action("export", "file", marked("Actions", "&Export…"), _PAPERS, "export", ("Ctrl+E",), starts=True),
    Action("kept-exports", "file", marked("Actions", "Files &kept up to date…"), _LIBRARY),
    Action("backups", "file", marked("Actions", "&Backups…"), _LIBRARY, "restore", starts=True),
    Action("export-library", "file", marked("Actions", "Export the &whole library…"), _LIBRARY),
    Action("import-library", "file", marked("Actions", "Import a whole &library…"), _LIBRARY),
    Action("empty-trash", "file", marked("Actions", "E&mpty the trash…"), _LIBRARY, "trash"),
    Action("quit", "file", marked("Actions", "&Quit"), _NOTHING, "quit", ("Ctrl+Q",), starts=True),
    Action("undo", "edit", marked("Actions", "&Undo"), Needs.UNDO, "undo", ("Ctrl+Z",)),
    Action("redo", "edit", marked("Actions", "&Redo"), Needs.REDO, "redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    Action("changes", "edit", marked("Actions", "Chan&ges…"), _LIBRARY, "seen", ("Ctrl+H",)),
    Action(
        "copy-bibtex",
        "edit",
        marked("Actions", "&Copy as BibTeX"),
        _SELECTION,
        "copy",
        list_keys=("Ctrl+C",),
        starts=True,
    ),
    Action("copy-key", "edit", marked("Actions", "Copy citation &key"), _SELECTION, "key", ("Ctrl+Shift+K",)),
    Action(
        "copy-citation", "edit", marked("Actions", "Copy &formatted citation"), _SELECTION, "cite", ("Ctrl+Shift+C",)
    ),
    Action("copy-in-text", "edit/copy", marked("Actions", "Copy in-&text citation"), _SELECTION),
    Action("copy-latex", "edit/copy", marked("Actions", "Copy as \\cite{…} for &LaTeX"), _SELECTION),
    Action("copy-pandoc", "edit/copy", marked("Actions", "Copy as [@…] for &Markdown"), _SELECTION),
    Action("copy-typst", "edit/copy", marked("Actions", "Copy as @… for T&ypst"), _SELECTION),
    Action("copy-links", "edit/copy", marked("Actions", "Copy titles and lin&ks"), _SELECTION, "link"),
    Action("cite", "edit", marked("Actions", "C&ite…"), _SELECTION, list_keys=("C",)),
    Action("select-all", "edit", marked("Actions", "Select &all"), _PAPERS, list_keys=("Ctrl+A",), starts=True),
    Action("search", "edit", marked("Actions", "&Search"), _LIBRARY, "search", ("Ctrl+F", "/")),
    Action("clear-search", "edit", marked("Actions", "C&lear the search"), _LIBRARY, list_keys=("Esc",)),
    Action(
        "save-smart-list",
        "edit",
        marked("Actions", "Sa&ve the search as a smart list…"),
        _LIBRARY,
        "save",
        ("Ctrl+D",),
    ),
    Action("settings", "edit", marked("Actions", "S&ettings…"), _NOTHING, "settings", ("Ctrl+,",), starts=True),
    Action(
        "open", "paper", marked("Actions", "&Open its web page"), Needs.ONE_PAPER, "open", list_keys=("Return", "Enter")
    ),
    Action("open-file", "paper", marked("Actions", "Open its PD&F"), Needs.ONE_PAPER, "pdf", list_keys=("O",)),
    Action("next", "paper", marked("Actions", "Ne&xt"), _PAPERS, list_keys=("J",)),
    Action("previous", "paper", marked("Actions", "Pre&vious"), _PAPERS, list_keys=("K",)),
    Action("star", "paper", marked("Actions", "&Star"), _SELECTION, "star", list_keys=("S",), starts=True),
    Action("state-inbox", "paper", marked("Actions", "&Inbox"), _SELECTION, "inbox", list_keys=("1",), starts=True),
    Action("state-to-read", "paper", marked("Actions", "To &read"), _SELECTION, "to-read", list_keys=("2",)),
    Action("state-reading", "paper", marked("Actions", "R&eading"), _SELECTION, "reading", list_keys=("3",)),
    Action("state-read", "paper", marked("Actions", "Rea&d"), _SELECTION, "read", list_keys=("4",)),
    Action("state-skipped", "paper", marked("Actions", "S&kipped"), _SELECTION, "skipped", list_keys=("5",)),
    Action("tag", "paper", marked("Actions", "&Tags…"), _SELECTION, "tag", list_keys=("T",), starts=True),
    Action("note", "paper", marked("Actions", "Add a &note"), Needs.ONE_PAPER, "note", list_keys=("N",)),
    Action("attach-file", "paper", marked("Actions", "Attac&h file…"), Needs.ONE_PAPER, "attach"),
    Action("edit-details", "paper", marked("Actions", "Edit det&ails…"), Needs.ONE_PAPER, "edit", list_keys=("F2",)),
    Action("citation-keys", "paper", marked("Actions", "Citation ke&ys…"), _SELECTION, "key"),
    Action("merge", "paper", marked("Actions", "Merge sele&cted papers…"), Needs.SEVERAL, "merge"),
    Action("take-apart", "paper", marked("Actions", "Take merge a&part…"), Needs.MERGED),
    Action("rate-0", "paper/rating", marked("Actions", "&No rating"), _SELECTION, keys=("Alt+0",)),
    Action("rate-1", "paper/rating", marked("Actions", "&1 ★"), _SELECTION, keys=("Alt+1",)),
    Action("rate-2", "paper/rating", marked("Actions", "&2 ★★"), _SELECTION, keys=("Alt+2",)),
    Action("rate-3", "paper/rating", marked("Actions", "&3 ★★★"), _SELECTION, keys=("Alt+3",)),
    Action("rate-4", "paper/rating", marked("Actions", "&4 ★★★★"), _SELECTION, keys=("Alt+4",)),
    Action("rate-5", "paper/rating", marked("Actions", "&5 ★★★★★"), _SELECTION, keys=("Alt+5",)),
    Action(
        "trash",
        "paper",
        marked("Actions", "&Move to the trash"),
        _SELECTION,
        "trash",
        list_keys=("Del", "Ctrl+Del"),
        starts=True,
    ),
    Action("restore", "paper", marked("Actions", "&Bring back from the trash"), Needs.TRASHED, "restore"),
    Action("delete-for-good", "paper", marked("Actions", "De&lete for good…"), Needs.TRASHED, list_keys=("Shift+Del",)),
    Action("show-sidebar", "view", marked("Actions", "&Sidebar"), _NOTHING, keys=("F9",), checkable=True),
    Action(
        "show-details",
        "view",
        marked("Actions", "&Details"),
        _NOTHING,
        keys=("F8",),
        list_keys=("Space",),
        checkable=True,
    ),
    Action("as-of", "view", marked("Actions", "Li&brary as of a day…"), _LIBRARY),
    Action("sort-best", "view/sort", marked("Actions", "&Best match"), checkable=True, group="sort"),
    Action("sort-listed", "view/sort", marked("Actions", "&Listed"), checkable=True, group="sort"),
    Action("sort-added", "view/sort", marked("Actions", "&Added"), checkable=True, group="sort"),
    Action("sort-title", "view/sort", marked("Actions", "&Title"), checkable=True, group="sort"),
    Action("sort-year", "view/sort", marked("Actions", "&Year"), checkable=True, group="sort"),
    Action("sort-rating", "view/sort", marked("Actions", "&Rating"), checkable=True, group="sort"),
    Action("theme-system", "view/theme", marked("Actions", "As the &system"), _NOTHING, checkable=True, group="theme"),
    Action("theme-light", "view/theme", marked("Actions", "&Light"), _NOTHING, checkable=True, group="theme"),
    Action("theme-dark", "view/theme", marked("Actions", "&Dark"), _NOTHING, checkable=True, group="theme"),
    Action("commands", "tools", marked("Actions", "&Command palette"), _LIBRARY, "command", ("Ctrl+K", "Ctrl+Shift+P")),
    Action("find-duplicates", "tools", marked("Actions", "Find &duplicates…"), _LIBRARY, "merge", starts=True),
    Action("feeds", "tools", marked("Actions", "&Feeds…"), _LIBRARY),
    Action("reindex", "tools", marked("Actions", "&Rebuild the search index"), _LIBRARY, starts=True),
    Action("keys", "help", marked("Actions", "&All keys"), _NOTHING, "help", ("?", "F1")),
    Action("search-help", "help", marked("Actions", "Search &language"), _NOTHING, "search"),
    Action("about", "help", marked("Actions", "A&bout Reading List"), _NOTHING, "info", starts=True),
)

BY_ID = {action.id: action for action in ACTIONS}

# What changes a library, and cannot be done in one that is read only.
EDITS = frozenset(
    {
        "import-files", "import-clipboard", "import-folder", "import-sample", "undo", "redo", "save-smart-list", "star",
        "tag", "note", "edit-details", "citation-keys", "merge", "take-apart", "find-duplicates", "trash", "restore",
        "empty-trash", "delete-for-good", "attach-file", "reindex", *STATE_ACTIONS, *RATING_ACTIONS,
    }
)  # fmt: skip
