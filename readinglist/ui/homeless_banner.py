"""The banner on text whose paper is gone: the reader copies it, saves it as a file, or discards it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from readinglist.errors import ExpectedError
from readinglist.paths import write_then_rename
from readinglist.ui.crash_drafts import Drafts
from readinglist.ui.kept_notes import KeptNotes
from readinglist.ui.opening_banner import Banner
from readinglist.ui.questions import ask

if TYPE_CHECKING:
    from readinglist.ui.main_window import MainWindow

translate = QCoreApplication.translate
_SHOWN = 40  # characters, by which one knows one's own words again


def text_of(drafts: Drafts) -> str:
    """All that was typed, as one text: the notes, and a line for each detail."""
    parts = [draft.text for draft in drafts.notes]
    parts += ["\n".join(f"{name}: {text}" for name, text in texts.items()) for texts in drafts.details.values()]
    return "\n\n".join(parts) + "\n"


def banner_on(kept: KeptNotes, window: "MainWindow") -> Banner:
    """The banner on what is kept of papers that are gone."""
    text = text_of(kept.homeless)
    start = " ".join(text[: 4 * _SHOWN].split())
    start = start if len(start) <= _SHOWN else f"{start[:_SHOWN]}…"
    words = translate("Homeless", "“{start}” is kept until you decide.").replace("{start}", start)
    offers = [
        (translate("Homeless", "Copy"), lambda: QGuiApplication.clipboard().setText(text)),
        (translate("Homeless", "Save as a file…"), lambda: _save(kept, window, text)),
        (translate("Homeless", "Discard…"), lambda: _discard(kept, window)),
    ]
    heading = translate("Homeless", "You typed this for a paper that is gone.")
    return Banner(heading, words, offers=offers)


def _save(kept: KeptNotes, window: "MainWindow", text: str) -> None:
    proposed = Path.home() / translate("Homeless", "Note.md")
    name, _ = QFileDialog.getSaveFileName(window, translate("Homeless", "Save what you typed"), str(proposed))
    if not name:
        return
    try:
        write_then_rename(Path(name), text.encode())
    except ExpectedError as error:
        window.tell(error)
    else:
        kept.drop_homeless()


def _discard(kept: KeptNotes, window: "MainWindow") -> None:
    ask(
        window,
        translate("Homeless", "Discard what you typed?"),
        translate("Homeless", "It stands nowhere else, and this cannot be undone."),
        [(translate("Homeless", "Discard"), kept.drop_homeless)],
        translate("Homeless", "Keep it"),
    )
