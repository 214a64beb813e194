"""Every setting of the window: its key, its type and default, its words; and where they are kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QByteArray, QSettings

from readinglist import paths
from readinglist.papers.query_values import SORT_WORDS
from readinglist.ui.wording import marked

Value = TypeVar("Value", str, bool, int, QByteArray)


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One setting: `choices` are its values where they are few, `words` "" where the window remembers it by itself."""

    key: str
    default: Value
    words: str = ""
    choices: tuple[Value, ...] = ()


THEME = Setting("look/theme", "system", marked("Settings", "Theme"), ("system", "light", "dark"))
SORT = Setting(
    "list/sort",
    "",
    marked("Settings", "Order of the list"),
    ("", *SORT_WORDS),
)
SHOW_SIDEBAR = Setting("window/sidebar", True, marked("Settings", "Show the sidebar"))  # noqa: FBT003
SHOW_DETAILS = Setting("window/details", True, marked("Settings", "Show the details"))  # noqa: FBT003
GEOMETRY = Setting("window/geometry", QByteArray())
SPLITTER = Setting("window/splitter", QByteArray())
CLOSED_SECTIONS = Setting("window/closed-sections", "")
IMPORT_FOLDER = Setting("files/import-folder", "")
EXPORT_FOLDER = Setting("files/export-folder", "")
EXPORT_FORMAT = Setting("files/export-format", "bibtex")
LOOK_AT_IMPORTS = Setting(
    "files/look-at-imports",
    "when-needed",
    marked("Settings", "Look at imports before they are made"),
    ("always", "when-needed", "never"),
)
TABLE_COLUMNS = Setting("files/table-columns", "")
CITATION_STYLE = Setting("cite/style", "apa")
LINK_HOSTS = Setting("links/hosts", "")
SEEN_NOTICES = Setting("library/seen-notices", "")

SETTINGS: tuple[Setting[str] | Setting[bool] | Setting[QByteArray], ...] = (
    THEME,
    SORT,
    SHOW_SIDEBAR,
    SHOW_DETAILS,
    GEOMETRY,
    SPLITTER,
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


class Settings:
    """The settings of one user, in a text file. A value that cannot be what is meant counts as not set."""

    def __init__(self, folder: Path | None = None) -> None:
        """Read the settings in this folder (default: the user's own)."""
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
        self._store.setValue(setting.key, value)

    def keys_of(self, action: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """The keys of an action: those the user chose (under keys/ACTION, separated by blanks), else its own."""
        chosen = self._store.value(f"keys/{action}")
        return tuple(chosen.split()) if isinstance(chosen, str) else default

    def save(self) -> None:
        """Write the file now, rather than when the program ends."""
        self._store.sync()
