"""The answer to a search as a Qt model: all ids at hand, the papers behind them read by page when they are painted."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from readinglist.library.answers import Found, Hits
from readinglist.papers.paper import Paper
from readinglist.ui.kept_papers import KeptPapers
from readinglist.ui.paper_mime_data import PaperMimeData
from readinglist.ui.paper_wording import spoken
from readinglist.ui.readable_text import readable
from readinglist.ui.shelf import PaperSource

AnyIndex = QModelIndex | QPersistentModelIndex

PAGE = 24  # rows on a tall screen: what an answer shows is read while the reader waits for it
FEW = 16  # of so many changed papers each is painted again by itself, of more all rows that are seen
PAPER_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1


class PaperListModel(QAbstractListModel):
    """One row a paper. `data(PAPER_ROLE)` is the `Paper`, or None where it is gone from the library."""

    def __init__(self, library: PaperSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._found: Found | None = None
        self._ids: Sequence[int] = ()
        self.kept = KeptPapers(library)
        self._in_files: dict[int, str] = {}

    @property
    def found(self) -> Found | None:
        """The answer that is shown; None before the first."""
        return self._found

    @property
    def hits(self) -> Hits | None:
        """The words to mark."""
        return self._found.hits if self._found else None

    @property
    def ids(self) -> Sequence[int]:
        """The ids of all rows, in order."""
        return self._ids

    def show(self, found: Found) -> None:
        """Show another answer. Costs the same for ten papers and for all of a large library."""
        self.beginResetModel()
        self._in_files = {}
        self._found = found
        self._ids = found.ids
        self.endResetModel()

    def renew(self, found: Found) -> None:
        """Take an answer whose ids are the ones already shown, without disturbing selection or scrolling."""
        marks_differ = self.hits != found.hits
        self._found = found
        if marks_differ:
            self._in_files = {}
            self._all_changed()

    def in_file(self, paper_id: int) -> str:
        """The words that were found in a file of a paper alone; "" where they are not known, or there are none."""
        return self._in_files.get(paper_id, "")

    def show_in_files(self, excerpts: Mapping[int, str]) -> None:
        """Show of some papers the words that were found in their files."""
        self._in_files.update(excerpts)
        for row in map(self.row_of, excerpts):
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))

    def forget(self, ids: Collection[int]) -> None:
        """Read these papers again when they are painted next."""
        self.kept.forget(ids)
        if len(ids) > FEW:
            self._all_changed()
            return
        for row in map(self.row_of, ids):
            if row >= 0:
                self.dataChanged.emit(self.index(row), self.index(row))

    def forget_all(self) -> None:
        """Read every paper again when it is painted next."""
        self.kept.forget_all()
        self._all_changed()

    def row_of(self, paper_id: int) -> int:
        """The row of a paper; -1 where it is not in the list."""
        try:
            return self._ids.index(paper_id)
        except ValueError:
            return -1

    def paper_at(self, row: int) -> Paper | None:
        """The paper in a row, read with its neighbours where it is not at hand; None where it is gone."""
        paper_id = self._ids[row]
        first = row - row % PAGE
        wanted = (paper_id,) if paper_id in self.kept else self._ids[first : first + PAGE]
        return self.kept.read(wanted)[paper_id]

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of papers."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - as Qt has it
        """The paper, its id, its title, or what a screen reader says of it."""
        if not index.isValid() or not 0 <= index.row() < len(self._ids):
            return None
        if role == ID_ROLE:
            return self._ids[index.row()]
        if role not in _ROLES_OF_A_PAPER:
            return None
        paper = self.paper_at(index.row())
        if role == PAPER_ROLE or paper is None:
            return paper
        return readable(paper.title) if role == Qt.ItemDataRole.DisplayRole else spoken(paper)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Every row can be chosen and dragged out, and has no children."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        wanted = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
        return wanted | Qt.ItemFlag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        """What is dragged out of the list."""
        return list(PaperMimeData.FORMATS)

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The papers of these rows, to be dropped elsewhere."""
        return self.mime_data_of([self._ids[index.row()] for index in indexes])

    def mime_data_of(self, ids: Sequence[int]) -> PaperMimeData:
        """Papers to be dropped elsewhere; their texts are made when the other side asks."""
        return PaperMimeData(ids, self._library)

    def supportedDragActions(self) -> Qt.DropAction:
        """Dragging out never takes anything away."""
        return Qt.DropAction.CopyAction

    def _all_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))


_ROLES_OF_A_PAPER = {
    PAPER_ROLE,
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
}
