"""Every setting of the window: its key, its type and default, its words; and where they are kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from readinglist import paths
from readinglist.papers.query_values import SORT_WORDS
from readinglist.ui.wording import marked

Value = TypeVar("Value", str, bool, int, QByteArray)


# The pages of the dialog that show settings of this table alone, and what they are called.
PAGES = {
    "look": marked("Settings", "Look"),
    "list": marked("Settings", "List"),
    "import": marked("Settings", "Import"),
    "export": marked("Settings", "Export and citing"),
}


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One setting: `choices` are its values where they are few.

    `page` is the page of the dialog that shows it, below its `words` and above a `remark`; "" where the window
    remembers it by itself. `action` is the action that sets a switch, or for a choice what the ids of the actions that
    set it begin with. What the window learned by itself has the words of a `button` that lets it be forgotten.
    """

    key: str
    default: Value
    choices: tuple[Value, ...] = ()
    page: str = ""
    words: str = ""
    remark: str = ""
    action: str = ""
    button: str = ""


THEME = Setting(
    "look/theme",
    "system",
    ("system", "light", "dark"),
    "look",
    marked("Settings", "Theme"),
    marked("Settings", "“As the system” turns light and dark whenever the system does."),
    "theme",
)
SORT = Setting(
    "list/sort",
    "",
    ("", *(word for word in SORT_WORDS if word != "best")),  # the best of what words find, else as it was listed
    "list",
    marked("Settings", "Order"),
    marked("Settings", "Best match puts what words find best first, and all else as it was listed."),
    "sort",
)
SHOW_SIDEBAR = Setting(
    "window/sidebar",
    True,  # noqa: FBT003
    page="list",
    words=marked("Settings", "Show the sidebar"),
    action="show-sidebar",
)
SHOW_DETAILS = Setting(
    "window/details",
    True,  # noqa: FBT003
    page="list",
    words=marked("Settings", "Show the details of the paper"),
    action="show-details",
)
GEOMETRY = Setting("window/geometry", QByteArray())
SPLITTER = Setting("window/splitter", QByteArray())
DIALOG_SIZES = Setting("window/dialog-sizes", "")
CLOSED_SECTIONS = Setting("window/closed-sections", "")
IMPORT_FOLDER = Setting("files/import-folder", "")
EXPORT_FOLDER = Setting("files/export-folder", "")
EXPORT_FORMAT = Setting(
    "files/export-format",
    "bibtex",
    page="export",
    words=marked("Settings", "Format of exports"),
    remark=marked("Settings", "The export begins with it; the one that was used last is remembered."),
)
LOOK_AT_IMPORTS = Setting(
    "files/look-at-imports",
    "when-needed",
    ("always", "when-needed", "never"),
    "import",
    marked("Settings", "Look at imports first"),
    marked("Settings", "What an import brought in, Undo takes out again, whether it was looked at or not."),
    "look",
)
TABLE_COLUMNS = Setting(
    "files/table-columns",
    "",
    page="import",
    words=marked("Settings", "Columns of tables"),
    remark=marked("Settings", "What you said of the columns of a CSV or TSV file holds for others with the same ones."),
    button=marked("Settings", "&Forget what was said"),
)
CITATION_STYLE = Setting(
    "cite/style",
    "apa",
    page="export",
    words=marked("Settings", "Citation style"),
    remark=marked(
        "Settings", "For copied citations and bibliographies. “Cite…” shows them, and adds styles from .csl files."
    ),
)
LINK_HOSTS = Setting("links/hosts", "")
SEEN_NOTICES = Setting(
    "library/seen-notices",
    "",
    page="library",
    words=marked("Settings", "Notices put away"),
    remark=marked("Settings", "Such as that a library lies in a sync folder. They come when it is next opened."),
    button=marked("Settings", "Show them &again"),
)
_KEYS = "keys/"

SETTINGS: tuple[Setting[str] | Setting[bool] | Setting[QByteArray], ...] = (
    THEME,
    SORT,
    SHOW_SIDEBAR,
    SHOW_DETAILS,
    GEOMETRY,
    SPLITTER,
    DIALOG_SIZES,
    CLOSED_SECTIONS,
    IMPORT_FOLDER,
    EXPORT_FOLDER,
    EXPORT_FORMAT,
    LOOK_AT_IMPORTS,
    TABLE_COLUMNS,
    CITATION_STYLE,
    LINK_HOSTS,
    SEEN_NOTICES,
)


class Settings(QObject):
    """The settings of one user, in a text file. A value that cannot be what is meant counts as not set."""

    changed = Signal(str)
    """The key of a setting that has another value now."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read the settings in this folder (default: the user's own)."""
        super().__init__()
        path = (folder or paths.settings_folder()) / "window.ini"
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, setting: Setting[Value]) -> Value:
        """The value of a setting, its default where none was set."""
        kind = type(setting.default)
        value = self._store.value(setting.key, setting.default)
        if kind is bool and isinstance(value, str):
            value = {"true": True, "false": False}.get(value, setting.default)
        if not isinstance(value, kind) or (setting.choices and value not in setting.choices):
            return setting.default
        return value

    def set(self, setting: Setting[Value], value: Value) -> None:
        """Remember a value."""
        before = self.get(setting)
        self._store.setValue(setting.key, value)
        if value != before:
            self.changed.emit(setting.key)

    def for_a_while(self, folder: Path) -> "Settings":
        """The same settings in a folder of their own, for a window beside this one whose changes are to go with it."""
        made = Settings(folder)
        for name in self._store.allKeys():
            if name != GEOMETRY.key:
                made._store.setValue(name, self._store.value(name))
        return made

    def chosen_keys(self) -> dict[str, str]:
        """The keys that the user chose, by the actions that they are for; several are separated by blanks."""
        names = [name for name in self._store.allKeys() if name.startswith(_KEYS)]
        values = {name.removeprefix(_KEYS): self._store.value(name) for name in names}
        return {action: value for action, value in values.items() if isinstance(value, str)}

    def choose_keys(self, action: str, keys: str | None) -> None:
        """Remember which keys an action has; None for its own."""
        if keys is None:
            self._store.remove(f"{_KEYS}{action}")
        else:
            self._store.setValue(f"{_KEYS}{action}", keys)

    def save(self) -> None:
        """Write the file now, rather than when the program ends."""
        self._store.sync()
