"""Joins the dialog of citation keys to the library: what it asks for is an edit like any other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from readinglist.ui.dialog_sizes import keep_size
from readinglist.ui.key_pattern_dialog import KeyPatternDialog
from readinglist.ui.wording import number

if TYPE_CHECKING:
    from readinglist.library.citation_keys import KeyChange
    from readinglist.ui.desk import Desk

translate = QCoreApplication.translate


def open_key_dialog(desk: "Desk") -> None:
    """Let the reader see what a pattern makes of the chosen papers, and change their keys."""
    library, background = desk.library, desk.window.background
    dialog = KeyPatternDialog(library, background, desk.selected, desk.window)

    def change(changes: "Sequence[KeyChange]") -> None:
        one, many = translate("CitationKeys", "Changed 1 key"), translate("CitationKeys", "Changed {count} keys")
        words = one if len(changes) == 1 else many.format(count=number(len(changes)))
        title = translate("CitationKeys", "Changing citation keys")
        work = background.run(
            title,
            lambda _progress: library.change_keys(changes),
            lambda _: desk.say(words, undoable=True),
            desk.say_why,
        )
        desk.show_work(work)

    def tell(pattern: str) -> None:
        words = translate("CitationKeys", "New papers get their keys by {pattern} now")
        desk.say(words.format(pattern=pattern))

    dialog.change_requested.connect(change)
    dialog.kept.connect(tell)
    keep_size(dialog, desk.window.settings)
    dialog.show()
