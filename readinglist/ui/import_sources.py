"""Where an import comes from: chosen files, files and folders dropped on the window, the clipboard."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from readinglist.library.answers import InputText
from readinglist.library.inputs import kinds, suffixes

translate = QCoreApplication.translate


def choose_files(parent: QWidget | None, folder: str = "") -> list[Path]:
    """Let the reader choose files to import; none where the choice was given up."""
    title = translate("Import", "Import files")
    names, _ = QFileDialog.getOpenFileNames(parent, title, folder, ";;".join(name_filters()))
    return [Path(name) for name in names]


def choose_folder(parent: QWidget | None, folder: str = "") -> Path | None:
    """Let the reader choose a folder whose files are imported; None where the choice was given up."""
    name = QFileDialog.getExistingDirectory(parent, translate("Import", "Import a folder"), folder)
    return Path(name) if name else None


def name_filters() -> list[str]:
    """What a file dialog offers to show: all that can be imported, each kind of it, and all files.

    What a file is, its content says; this only hides what is never meant.
    """
    everything = translate("Import", "All that can be imported")
    single = [f"{name.split(' (')[0]} ({_patterns(own)})" for name, own in kinds()]
    return [f"{everything} ({_patterns(suffixes())})", *single, f"{translate('Import', 'All files')} (*)"]


def files_in(dropped: QMimeData) -> list[Path]:
    """The files of this computer among what was dropped or copied."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


def texts_in(clipboard: QMimeData, now: datetime) -> list[InputText]:
    """What was copied, as text and as HTML, named by the moment; nothing where there is none."""
    name = translate("Import", "Clipboard {moment}").format(moment=now.strftime("%Y-%m-%d %H:%M"))
    forms = (clipboard.text(), clipboard.html() if clipboard.hasHtml() else "")
    return [InputText(name, form.encode("utf-8", "surrogatepass")) for form in forms if form.strip()]


def _patterns(own: Sequence[str]) -> str:
    return " ".join(f"*{suffix}" for suffix in own)
