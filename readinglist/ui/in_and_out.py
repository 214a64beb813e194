"""Import and export as the window starts them: from a dialog, from a drop, from the clipboard, from the sample."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from readinglist.paths import resource
from readinglist.ui import settings as all_settings
from readinglist.ui.actions import LOOK_ACTIONS
from readinglist.ui.background import Background
from readinglist.ui.paper_mime_data import IDS
from readinglist.ui.settings import Settings

if TYPE_CHECKING:
    from readinglist.library.library import Library
    from readinglist.ui.export_choices import Scope
    from readinglist.ui.import_dialog import ImportDialog

SAMPLE = ("samples", "listing.txt")


class InAndOut(QObject):
    """Brings papers in and out of one library."""

    started = Signal(object)
    """The `Work` that runs."""
    imported = Signal(object)
    """The `Ledger` of an import that ended."""
    message = Signal(str)
    look_changed = Signal(str)
    """Imports are looked at first "always", "when-needed" or "never" from now on."""
    show_query = Signal(str)
    undo_requested = Signal()

    def __init__(self, library: "Library", background: Background, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._background = background
        self._settings = settings
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each action that brings papers in does."""
        return {
            "import-files": self.choose_files,
            "import-folder": self.choose_folder,
            "import-clipboard": self.import_clipboard,
            "import-sample": self.import_sample,
            **{action: partial(self.look_first, when) for action, when in LOOK_ACTIONS.items()},
        }

    def choose_files(self) -> None:
        """Let the reader choose files, and import them."""
        from readinglist.ui.import_sources import choose_files

        paths = choose_files(self._window, self._settings.get(all_settings.IMPORT_FOLDER))
        if paths:
            self._settings.set(all_settings.IMPORT_FOLDER, str(paths[0].parent))
            self.import_files(paths)

    def choose_folder(self) -> None:
        """Let the reader choose a folder, and import what holds papers in it."""
        from readinglist.ui.import_sources import choose_folder

        folder = choose_folder(self._window, self._settings.get(all_settings.IMPORT_FOLDER))
        if folder is not None:
            self._settings.set(all_settings.IMPORT_FOLDER, str(folder.parent))
            self.import_files([folder])

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import files."""
        self._dialog().import_files(paths)

    def look_first(self, when: str) -> None:
        """Look at imports before they are made "always", "when-needed" or "never"."""
        self._settings.set(all_settings.LOOK_AT_IMPORTS, when)
        self.look_changed.emit(when)

    def import_sample(self) -> None:
        """Import the listing that comes with the program."""
        self.import_files([resource(*SAMPLE)])

    def import_clipboard(self) -> None:
        """Import what was copied: files, or text."""
        from readinglist.ui.import_sources import files_in, texts_in

        # Qt gives null where nothing was copied, which its types do not say.
        held: QMimeData | None = QGuiApplication.clipboard().mimeData()
        copied = held or QMimeData()
        files = files_in(copied)
        texts = texts_in(copied, datetime.now())  # noqa: DTZ005 - the name is for the reader's own clock
        if files:
            self.import_files(files)
        elif texts:
            self._dialog().import_texts(texts)
        else:
            self.message.emit(self.tr("The clipboard holds no text and no files to import."))

    def export(self, scopes: Sequence["Scope"]) -> None:
        """Let the reader export one of these sets of papers."""
        from readinglist.ui.dialog_sizes import keep_size
        from readinglist.ui.export_dialog import ExportDialog

        dialog = ExportDialog(self._library, self._background, self._settings, scopes, self._window)
        dialog.started.connect(self.started)
        dialog.message.connect(self.message)
        keep_size(dialog, self._settings)
        dialog.show()

    def copy_bibtex(self, ids: Sequence[int]) -> None:
        """Put papers on the clipboard as BibTeX."""
        self._copy(lambda: self._library.export(ids, "bibtex"), self.tr("Copied as BibTeX"))

    def copy_keys(self, ids: Sequence[int]) -> None:
        """Put the citation keys of papers on the clipboard, as LaTeX wants them: separated by commas."""
        library = self._library
        self._copy(lambda: ",".join(paper.citation_key for paper in library.papers(ids)), self.tr("Copied: {text}"))

    def _copy(self, make: Callable[[], str], words: str) -> None:
        def take(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self.message.emit(words.replace("{text}", text if len(text) < 80 else f"{text[:79]}…"))

        self._background.ask("copy", make, take)

    def _dialog(self) -> "ImportDialog":
        from readinglist.ui.import_dialog import ImportDialog

        dialog = ImportDialog(self._library, self._background, self._settings, self._window)
        dialog.started.connect(self.started)
        dialog.imported.connect(self.imported)
        dialog.message.connect(self.message)
        dialog.look_changed.connect(self.look_first)
        dialog.show_query.connect(self.show_query)
        dialog.undo_requested.connect(self.undo_requested)
        return dialog


def importable(dragged: QMimeData) -> list[Path]:
    """The files and folders among what is dragged; none where it is our own list that they come from."""
    if dragged.hasFormat(IDS):
        return []
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
