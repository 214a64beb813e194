"""Files dropped on the details of a paper are attached to it; what can only be papers goes on to be imported."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from readinglist.ui import theme
from readinglist.ui.in_and_out import importable
from readinglist.ui.small_parts import SEMIBOLD, Words


class FileDrops(QObject):
    """Watches what is dragged over a widget.

    Args:
        target: the widget.
        can_take: whether files could be attached now.
    """

    dropped = Signal(object)
    """The paths of files to be attached."""

    def __init__(self, target: QWidget, can_take: Callable[[], bool]) -> None:
        super().__init__(target)
        self._target = target
        self._can_take = can_take
        self._hint = Words(self.tr("Drop to attach to this paper"), "accent", 1, SEMIBOLD, target)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.hide()
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take what can be attached; the rest is for others."""
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove:
                return self._drag(cast("QDragMoveEvent", event))
            case QEvent.Type.DragLeave:
                self._hint.hide()
            case QEvent.Type.Drop:
                return self._drop(cast("QDropEvent", event))
            case _:
                pass
        return False

    def _drag(self, event: QDragMoveEvent) -> bool:
        if not self._can_take() or not attachable(event.mimeData()):
            return False
        self._show_hint()
        event.acceptProposedAction()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self._hint.hide()
        paths = attachable(event.mimeData())
        if not paths or not self._can_take():
            return False
        event.acceptProposedAction()
        self.dropped.emit(paths)
        return True

    def _show_hint(self) -> None:
        if self._hint.isVisible():
            return
        colors = theme.current()
        self._hint.setStyleSheet(
            f"color: {colors.accent.name()}; background: {colors.accent_soft.name()};"
            f" border: 2px dashed {colors.accent.name()}; border-radius: 8px"
        )
        edge = theme.spacing(2)
        self._hint.setGeometry(self._target.rect().adjusted(edge, edge, -edge, -edge))
        self._hint.raise_()
        self._hint.show()


def attachable(dragged: QMimeData) -> list[Path]:
    """The files among what is dragged, if all can belong to a paper: PDF documents, and what no format reads."""
    from readinglist.library.inputs import suffixes

    paths = importable(dragged)
    of_formats = {*suffixes()} - {".pdf"}
    fits = all(path.suffix.lower() not in of_formats and path.is_file() for path in paths)
    return paths if fits else []
