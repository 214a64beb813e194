"""Makes a library of a complete export, in a folder of its own, and opens it in another window."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QProcess
from PySide6.QtWidgets import QFileDialog

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library import beside
from readinglist.library.complete_export import MANIFEST
from readinglist.library.complete_import import Rebuilt, import_whole
from readinglist.ui import settings as remembered
from readinglist.ui import wording

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

translate = QCoreApplication.translate


def import_library(desk: "Desk") -> None:
    """Ask for a complete export and for a folder, and make a library of it there."""
    settings = desk.window.settings
    begin = settings.get(remembered.IMPORT_FOLDER) or str(Path.home())
    title = translate("LibraryImport", "Import a whole library")
    kinds = translate("LibraryImport", "Complete exports") + f" (*.zip {MANIFEST})"
    chosen, _ = QFileDialog.getOpenFileName(desk.window, title, begin, kinds)
    if not chosen:
        return
    path = Path(chosen)
    settings.set(remembered.IMPORT_FOLDER, str(path.parent))
    where = translate("LibraryImport", "A new folder for the library")
    folder = QFileDialog.getExistingDirectory(desk.window, where, str(path.parent))
    if folder:
        make_library(desk, path.parent if path.name == MANIFEST else path, Path(folder))


def make_library(desk: "Desk", path: Path, folder: Path) -> None:
    """Make the library of an export in a folder that is empty or not there yet, and open it in another window."""

    def open_it(rebuilt: Rebuilt) -> None:
        said = translate("LibraryImport", "Made a library of {papers} in {folder}")
        desk.say(said.format(papers=wording.papers(rebuilt.papers), folder=rebuilt.folder))
        program, *arguments = beside.command(rebuilt.folder)
        QProcess.startDetached(program, arguments)

    def tell_why(error: ExpectedError) -> None:
        if not isinstance(error, CancelledError):
            desk.window.tell(error)

    title = translate("LibraryImport", "Importing a whole library")
    desk.show_work(desk.window.background.run(title, partial(import_whole, path, folder), open_it, tell_why))
