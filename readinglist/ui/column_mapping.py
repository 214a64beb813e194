"""The page on which one says which column of a table is what, where its headers do not tell."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QWidget

from readinglist.library.inputs import column_fields
from readinglist.ui import theme
from readinglist.ui.import_course import Table
from readinglist.ui.small_parts import SEMIBOLD, ChoiceBox, ElidedWords, Words, dialog_page
from readinglist.ui.wording import marked

_WORDS = {
    "doi": marked("ColumnMapping", "DOI"),
    "arxiv_id": marked("ColumnMapping", "arXiv id"),
    "url": marked("ColumnMapping", "Web address"),
    "state": marked("ColumnMapping", "Reading state"),
    "starred": marked("ColumnMapping", "Star"),
    "pagetotal": marked("ColumnMapping", "Number of pages"),
    "eid": marked("ColumnMapping", "Article number"),
    "issn": "ISSN",
    "isbn": "ISBN",
    "pmid": marked("ColumnMapping", "PubMed id"),
    "pmcid": marked("ColumnMapping", "PubMed Central id"),
    "shorttitle": marked("ColumnMapping", "Short title"),
    "shortjournal": marked("ColumnMapping", "Short name of the journal"),
    "entry_type": marked("ColumnMapping", "Type"),
    "urldate": marked("ColumnMapping", "Day of access"),
    "added": marked("ColumnMapping", "Added on"),
    "read_at": marked("ColumnMapping", "Read on"),
    "kind": marked("ColumnMapping", "Kind of thesis or report"),
    "extra": marked("ColumnMapping", "Extra (as Zotero has it)"),
}


class ColumnMapping(QWidget):
    """A row for each column: its header, an example of its cells, and the field it is."""

    done = Signal(object)
    """The fields by header, "" for those that are left out; what is not named is kept as it is."""
    skipped = Signal()
    """The reader leaves this table out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = Words(step=3, weight=SEMIBOLD).wrapping()
        self._lead = Words(tone="quiet").wrapping()
        self._rows = QScrollArea()
        self._rows.setWidgetResizable(True)
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.boxes: list[tuple[str, ChoiceBox]] = []
        self._missing = Words(self.tr("Say which column holds the titles."), tone="warning")
        self.skip_button = QPushButton(self.tr("Leave this table out"))
        self.done_button = QPushButton(self.tr("Continue"))
        self.skip_button.clicked.connect(self.skipped)
        self.done_button.clicked.connect(lambda: self.done.emit(self.fields()))
        self._lay_out()

    def sizeHint(self) -> QSize:
        """Room for some columns."""
        return QSize(theme.spacing(190), theme.spacing(150))

    def show_table(self, name: str, table: Table) -> None:
        """Ask for the columns of a table."""
        self._heading.setText(self.tr("Which column is what?"))
        words = self.tr("{name} is a table. What you say here is remembered for tables with the same columns.")
        self._lead.setText(words.format(name=name))
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, theme.spacing(3), 0)
        grid.setHorizontalSpacing(theme.spacing(4))
        grid.setVerticalSpacing(theme.spacing(1.5))
        for place, head in enumerate((self.tr("Column"), self.tr("For example"), self.tr("Is"))):
            grid.addWidget(Words(head, "faint", -1), 0, place)
        self.boxes = []
        for number, column in enumerate(table.columns, 1):
            header = ElidedWords(column.header or self.tr("Column {number}").format(number=number), "text", 0, SEMIBOLD)
            grid.addWidget(header, number, 0)
            grid.addWidget(ElidedWords(column.example, "quiet"), number, 1)
            box = self._box(column.header, column.field)
            grid.addWidget(box, number, 2)
            self.boxes.append((column.header, box))
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setRowStretch(len(table.columns) + 1, 1)
        self._rows.setWidget(page)
        self._check()
        self.done_button.setDefault(True)  # which it can be only within its dialog
        if self.boxes:
            self.boxes[0][1].setFocus()

    def fields(self) -> dict[str, str]:
        """The field of each column by its header, but for those that are kept as they are."""
        return {header: field for header, box in self.boxes if (field := box.currentData()) is not None}

    def _box(self, header: str, field: str) -> ChoiceBox:
        box = ChoiceBox()
        box.setAccessibleName(self.tr("{column} is").format(column=header))
        if not field:
            box.addItem(self.tr("kept as it is"), None)
        box.addItem(self.tr("left out"), "")
        for name in column_fields():
            box.addItem(self._field_words(name), name)
        box.setCurrentIndex(box.findData(field) if field else 0)
        box.setMaxVisibleItems(20)
        box.currentIndexChanged.connect(self._check)
        return box

    def _field_words(self, name: str) -> str:
        return self.tr(_WORDS[name]) if name in _WORDS else name.replace("_", " ").capitalize()

    def _check(self) -> None:
        has_title = "title" in self.fields().values()
        self.done_button.setEnabled(has_title)
        self._missing.setVisible(not has_title)

    def _lay_out(self) -> None:
        page = dialog_page(self, edge=6, between=2)
        page.addWidget(self._heading)
        page.addWidget(self._lead)
        page.addSpacing(theme.spacing(2))
        page.addWidget(self._rows, 1)
        row = QHBoxLayout()
        row.addWidget(self._missing)
        row.addStretch(1)
        for button in (self.skip_button, self.done_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        page.addLayout(row)
