"""Dialogs come again as large as they were left."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from readinglist.ui.settings import DIALOG_SIZES, Settings

_MOST = 0.95  # of the screen, which may be another one by now


def keep_size(dialog: QDialog, settings: Settings) -> None:
    """Give a dialog that is not shown yet the size that its like had last, and remember its own when it closes."""
    name = type(dialog).__name__
    size = _sizes(settings).get(name)
    if size is not None:
        dialog.resize(size.boundedTo(dialog.screen().availableSize() * _MOST))
    dialog.finished.connect(lambda: _remember(settings, name, dialog.size()))


def _remember(settings: Settings, name: str, size: QSize) -> None:
    sizes = _sizes(settings) | {name: size}
    texts = (f"{each} {size.width()} {size.height()}" for each, size in sorted(sizes.items()))
    settings.set(DIALOG_SIZES, "\n".join(texts))


def _sizes(settings: Settings) -> dict[str, QSize]:
    """The remembered sizes by the names of dialogs; what cannot be meant is left out."""
    lines = (line.split() for line in settings.get(DIALOG_SIZES).splitlines())
    return {
        parts[0]: QSize(int(parts[1]), int(parts[2]))
        for parts in lines
        if len(parts) == 3 and all(part.isdecimal() and 0 < len(part) < 6 for part in parts[1:])
    }
