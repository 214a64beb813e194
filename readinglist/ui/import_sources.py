"""Where an import comes from: chosen files, files dropped on the window, the clipboard."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from readinglist.library.answers import InputText
from readinglist.library.ledger import Notice

translate = QCoreApplication.translate

# What the file dialog offers first. What a file is, its content says; this only hides what is never meant.
SUFFIXES = ("txt", "text", "md")


def choose_files(parent: QWidget | None, folder: str = "") -> list[Path]:
    """Let the reader choose files to import; none where the choice was given up."""
    patterns = " ".join(f"*.{suffix}" for suffix in SUFFIXES)
    listings = translate("Import", "Listings saved as text")
    everything = translate("Import", "All files")
    names, _ = QFileDialog.getOpenFileNames(
        parent, translate("Import", "Import files"), folder, f"{listings} ({patterns});;{everything} (*)"
    )
    return [Path(name) for name in names]


def files_in(dropped: QMimeData) -> list[Path]:
    """The files of this computer among what was dropped or copied."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


def text_in(clipboard: QMimeData, now: datetime) -> InputText | None:
    """The text that was copied, named by the moment; None where there is none."""
    text = clipboard.text()
    if not text.strip():
        return None
    name = translate("Import", "Clipboard {moment}").format(moment=now.strftime("%Y-%m-%d %H:%M"))
    return InputText(name, text.encode("utf-8", "surrogatepass"))


def read_files(paths: Sequence[Path]) -> tuple[list[InputText], list[Notice]]:
    """Read files, and say of those that cannot be read why."""
    texts, unreadable = [], []
    for path, name in zip(paths, distinct_names(paths), strict=True):
        try:
            texts.append(InputText(name, path.read_bytes()))
        except OSError as error:
            reason = error.strerror or str(error)
            words = translate("Import", "The file could not be read: {reason}.").format(reason=reason)
            unreadable.append(Notice(name, None, "unreadable", words))
    return texts, unreadable


def distinct_names(paths: Sequence[Path]) -> list[str]:
    """The files' names, with as many of their folders as tell them apart."""
    names = [path.name for path in paths]
    return [_tail(path, paths) if names.count(path.name) > 1 else path.name for path in paths]


def _tail(path: Path, paths: Sequence[Path]) -> str:
    others = [other for other in paths if other != path]
    for length in range(2, len(path.parts)):
        tail = path.parts[-length:]
        if all(other.parts[-length:] != tail for other in others):
            return "/".join(tail)
    return str(path)
