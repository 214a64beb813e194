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
        self._for_all: dict[Verdict, Choice] = {}
        self._choices: dict[tuple[int, int], tuple[Verdict, Choice]] = {}  # what goes before that
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

    def read_choices(self) -> dict[tuple[int, int], Choice]:
        """What the reader chose, by the number of the text (from 0) and of the record (from 1); from any thread."""
        found: dict[tuple[int, int], Choice] = {}
        if self._for_all:
            found = {
                (row.file, row.number): self._for_all[row.verdict]
                for row in self._all
                if isinstance(row, PreviewRecord) and row.verdict in self._for_all
            }
        return found | {key: choice for key, (_, choice) in self._choices.items()}

    @property
    def has_choices(self) -> bool:
        """Whether the reader chose anything."""
        return bool(self._choices or self._for_all)

    def forget_choices(self) -> None:
        """Let all go as usual."""
        self._choices.clear()
        self._for_all.clear()
        self._tell()

    def choice(self, row: Row) -> Choice | None:
        """What becomes of a record; None where that cannot be chosen."""
        if isinstance(row, Notice):
            return None
        chosen = self._choices.get((row.file, row.number))
        return chosen[1] if chosen is not None else self._usual(row.verdict)

    def is_chosen(self, row: Row) -> bool:
        """Whether another thing becomes of a record than usual."""
        return not isinstance(row, Notice) and self.choice(row) is not _USUAL.get(row.verdict)

    def row(self, index: Index) -> Row | None:
        """What stands at an index."""
        return self._shown[index.row()] if index.isValid() else None

    def file_of(self, row: Row) -> str:
        """The name of a record's file, where there are several."""
        return self._names[row.file] if self._names and not isinstance(row, Notice) else ""

    def choose(self, places: Sequence[int], choice: Choice) -> None:
        """Choose for the rows at some places, where they have that choice."""
        if len(places) == len(self._shown):
            kinds = [kind for kind, offered in _CHOICES.items() if choice in offered and self._kind in {"", kind}]
            self.choose_all(kinds, choice)
            return
        for row in map(self._shown.__getitem__, places):
            if isinstance(row, PreviewRecord) and choice in _CHOICES.get(row.verdict, ()):
                self._choices[row.file, row.number] = row.verdict, choice
        self._tell()

    def choose_all(self, verdicts: Sequence[Verdict], choice: Choice) -> None:
        """Choose for all records of some kinds, whether they are shown or not."""
        self._for_all |= dict.fromkeys(verdicts, choice)
        self._choices = {key: chosen for key, chosen in self._choices.items() if chosen[0] not in verdicts}
        self._tell()

    def choose_next(self, places: Sequence[int]) -> None:
        """The next choice after that of the first row, for all."""
        first = self._shown[places[0]] if places else None
        now = self.choice(first) if first is not None else None
        if isinstance(first, PreviewRecord) and now is not None:
            offered = _CHOICES[first.verdict]
            self.choose(places, offered[(offered.index(now) + 1) % len(offered)])

    def outcome(self) -> Counter[Choice | None]:
        """How many records are added, merged and left out."""
        found: Counter[Choice | None] = Counter()
        for verdict in _USUAL:
            found[self._usual(verdict)] += self.counts[verdict]
        for verdict, choice in self._choices.values():
            found[self._usual(verdict)] -= 1
            found[choice] += 1
        return found

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

    def _usual(self, verdict: Verdict) -> Choice | None:
        """What becomes of a record of this kind, unless another thing was chosen for it alone."""
        return self._for_all.get(verdict, _USUAL.get(verdict))

    def _tell(self) -> None:
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))
        self.chosen.emit()
