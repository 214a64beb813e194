"""The records of an import before it is made, as a Qt model, with what the reader chose for each."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from readinglist.library.answers import Choice
from readinglist.library.ledger import Notice
from readinglist.library.previewing import Preview, PreviewRecord, Verdict
from readinglist.ui.import_preview_words import NOT_READ, spoken, title_words

Index = QModelIndex | QPersistentModelIndex
Row = PreviewRecord | Notice
ROW_ROLE = Qt.ItemDataRole.UserRole

KNOWN = (Verdict.KNOWN, Verdict.COMPLETES)
# What becomes of a record that nobody chose anything for, and what can be chosen, in the order of the space bar.
_USUAL = {
    Verdict.NEW: Choice.ADD, Verdict.PROBABLE: Choice.ADD, Verdict.KNOWN: Choice.MERGE, Verdict.COMPLETES: Choice.MERGE,
}  # fmt: skip
_CHOICES: Mapping[Verdict, tuple[Choice, ...]] = {
    Verdict.NEW: (Choice.ADD, Choice.LEAVE_OUT),
    Verdict.PROBABLE: (Choice.ADD, Choice.MERGE, Choice.LEAVE_OUT),
    Verdict.KNOWN: (Choice.MERGE, Choice.LEAVE_OUT, Choice.ADD),
    Verdict.COMPLETES: (Choice.MERGE, Choice.LEAVE_OUT, Choice.ADD),
}


def kind_of(row: Row) -> str:
    """What a row is: the verdict of a record, or `NOT_READ`."""
    return NOT_READ if isinstance(row, Notice) else row.verdict


class PreviewModel(QAbstractTableModel):
    """One column of rows, those of one kind or all. `data(ROW_ROLE)` is the row."""

    chosen = Signal()
    """The reader chose something for some records."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Row] = ()
        self._shown: Sequence[Row] = ()
        self._names: Sequence[str] = ()
        self._kind = ""
        self._choices: dict[tuple[int, int], Choice] = {}
        self.counts: Counter[str] = Counter()

    def show_preview(self, preview: Preview, troubles: Iterable[Notice]) -> None:
        """Show these records, after what could not be read; choices for records of before stay."""
        self._all = (*troubles, *preview.errors, *preview.records)
        self._names = [file.name for file in preview.files] if len(preview.files) > 1 else []
        self.counts = Counter(map(kind_of, self._all))
        self.show_kind(self._kind if self._kind in self.counts else "")

    def show_kind(self, kind: str) -> None:
        """Show the rows of one kind; "" shows all."""
        self.beginResetModel()
        self._kind = kind
        self._shown = [row for row in self._all if kind_of(row) == kind] if kind else self._all
        self.endResetModel()

    @property
    def kind(self) -> str:
        """The kind of rows that is shown; "" for all."""
        return self._kind

    @property
    def choices(self) -> dict[tuple[int, int], Choice]:
        """What the reader chose, by the number of the text (from 0) and of the record (from 1)."""
        return dict(self._choices)

    def forget_choices(self) -> None:
        """Let all go as usual."""
        self._choices.clear()
        self._tell()

    def choice(self, row: Row) -> Choice | None:
        """What becomes of a record; None where that cannot be chosen."""
        if isinstance(row, Notice):
            return None
        return self._choices.get((row.file, row.number), _USUAL.get(row.verdict))

    def is_chosen(self, row: Row) -> bool:
        """Whether another thing becomes of a record than usual."""
        return not isinstance(row, Notice) and self.choice(row) is not _USUAL.get(row.verdict)

    def row(self, index: Index) -> Row | None:
        """What stands at an index."""
        return self._shown[index.row()] if index.isValid() else None

    def file_of(self, row: Row) -> str:
        """The name of a record's file, where there are several."""
        return self._names[row.file] if self._names and not isinstance(row, Notice) else ""

    def choose(self, indexes: Iterable[Index], choice: Choice) -> None:
        """Choose for some rows, where they have that choice."""
        self._choose((row for index in indexes if (row := self.row(index)) is not None), choice)

    def choose_all(self, verdicts: Sequence[Verdict], choice: Choice) -> None:
        """Choose for all records of some kinds, whether they are shown or not."""
        self._choose((row for row in self._all if kind_of(row) in verdicts), choice)

    def choose_next(self, indexes: Sequence[Index]) -> None:
        """The next choice after that of the first row, for all."""
        first = self.row(indexes[0]) if indexes else None
        if isinstance(first, PreviewRecord) and first.verdict in _CHOICES:
            offered = _CHOICES[first.verdict]
            now = self.choice(first)
            self.choose(indexes, offered[(offered.index(now) + 1) % len(offered)] if now in offered else offered[0])

    def outcome(self) -> Counter[Choice]:
        """How many records are added, merged and left out."""
        return Counter(choice for row in self._all if (choice := self.choice(row)) is not None)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, _parent: Index | None = None) -> int:
        """One."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The title, the row itself, or what a screen reader says."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return title_words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, self.choice(row), self.file_of(row))
        return None

    def _choose(self, rows: Iterable[Row], choice: Choice) -> None:
        for row in rows:
            if isinstance(row, PreviewRecord) and choice in _CHOICES.get(row.verdict, ()):
                self._choices[row.file, row.number] = choice
        self._tell()

    def _tell(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))
        self.chosen.emit()
