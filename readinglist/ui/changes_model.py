"""The changes of a library as a table: when each was made, and what it is called; those that hold some words."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from readinglist.library.history import Event
from readinglist.ui import theme
from readinglist.ui.history_words import when_words

AnyIndex = QModelIndex | QPersistentModelIndex


class ChangesModel(QAbstractTableModel):
    """One row for each change, newest first; what was undone stands back."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Event] = ()
        self._words: tuple[str, ...] = ()
        self.shown: Sequence[Event] = ()

    def show(self, events: Sequence[Event]) -> None:
        """Show these changes, as far as they hold the words."""
        self._all = events
        self._fill()

    def narrow(self, words: str) -> None:
        """Show the changes whose names hold all of these words."""
        self._words = tuple(words.casefold().split())
        self._fill()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of changes that are shown."""
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """When, and what."""
        return 0 if parent is not None and parent.isValid() else 2

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("When"), self.tr("Change"))[section]
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """The words of a cell, and how they look."""
        event = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return when_words(event.when) if index.column() == 0 else _name(self, event)
        if role == Qt.ItemDataRole.ForegroundRole and (event.undone or index.column() == 0):
            return theme.current().faint
        return None

    def _fill(self) -> None:
        self.beginResetModel()
        self.shown = [event for event in self._all if all(word in event.label.casefold() for word in self._words)]
        self.endResetModel()


def _name(model: ChangesModel, event: Event) -> str:
    return model.tr("{change} (undone)").format(change=event.label) if event.undone else event.label
