"""The account of an import as one sees it: the sum, and every file with what became of its records."""

from collections.abc import Iterable, Iterator
from itertools import islice

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from readinglist.library.ledger import FileLedger, Ledger, Notice
from readinglist.ui import theme
from readinglist.ui.filter_words import quoted
from readinglist.ui.ledger_rows import Row, RowPainter, row_of, set_row
from readinglist.ui.ledger_words import (
    explanation,
    figures,
    file_counts,
    file_origin,
    heading,
    known_place,
    ledger_text,
    notice_place,
)
from readinglist.ui.small_parts import SEMIBOLD, ColorName, Words, dialog_page, icon_button
from readinglist.ui.wording import number

SHOWN_PER_GROUP = 500  # more than anybody scrolls through; Copy gives them all


class SumLine(QWidget):
    """The sum made visible: 469 records = 419 new + 50 known + 0 changed + 0 skipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.spacing(3))

    def show_sum(self, ledger: Ledger) -> None:
        """Show the figures of an import."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, (value, word) in enumerate(figures(ledger)):
            if place:
                sign = Words("=" if place == 1 else "+", tone="faint", step=2)
                self._row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            tone: ColorName = "new" if place == 1 else "text"
            self._row.addLayout(self._figure(value, word, tone if value else "faint"))
        self._row.addStretch(1)

    def _figure(self, value: int, word: str, tone: ColorName) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(Words(number(value), tone=tone, step=2, weight=SEMIBOLD))
        column.addWidget(Words(word, tone="quiet", step=-1))
        return column


class FilesTree(QTreeWidget):
    """One row a file; below it its errors, warnings, changes and known papers, filled in when they are opened."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ledger-files")
        self.setAccessibleName(self.tr("Files"))
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(True)
        self.setItemDelegate(RowPainter(self))
        self.setIndentation(theme.spacing(5))
        self._rows: dict[int, Iterable[Row]] = {}
        self.itemExpanded.connect(self._fill)
        theme.notifier.changed.connect(self.scheduleDelayedItemsLayout)

    def show_files(self, ledger: Ledger) -> None:
        """Show the files of an import; open where something went wrong, or where there is one file alone."""
        self.clear()
        self._rows.clear()
        errors, warnings = _by_file(ledger.errors), _by_file(ledger.warnings)
        for file in ledger.files:
            item = self._add_file(file, len(errors.get(file.file, ())))
            self._add_notices(item, errors.pop(file.file, []), warnings.pop(file.file, []))
            self._add_changes(item, file)
            item.setExpanded(item.isExpanded() or len(ledger.files) == 1)
        for name in dict.fromkeys((*errors, *warnings)):
            item = self._add(self, Row(name, strong=True, side=self.tr("could not be read") if name in errors else ""))
            self._add_notices(item, errors.get(name, []), warnings.get(name, []))

    def _add_file(self, file: FileLedger, errors: int) -> QTreeWidgetItem:
        side = file_counts(file) if file.records or not errors else self.tr("could not be read")
        return self._add(self, Row(file.file, faint=file_origin(file), side=side, strong=True))

    def _add_notices(self, item: QTreeWidgetItem, errors: list[Notice], warnings: list[Notice]) -> None:
        for row in _notice_rows(errors[:SHOWN_PER_GROUP], "error"):
            self._add(item, row)
        if errors:
            item.setExpanded(True)
        self._add_group(item, self.tr("Warnings"), len(warnings), _notice_rows(warnings, "warning"))

    def _add_changes(self, item: QTreeWidgetItem, file: FileLedger) -> None:
        self._add_group(item, self.tr("Changed papers"), len(file.changes), map(Row, file.changes))
        known = (Row(paper.title, faint=known_place(paper)) for paper in file.known_papers)
        self._add_group(item, self.tr("Known papers"), len(file.known_papers), known)

    def _add_group(self, parent: QTreeWidgetItem, title: str, count: int, rows: Iterable[Row]) -> None:
        if not count:
            return
        item = self._add(parent, Row(title, count=count))
        item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        self._rows[id(item)] = rows

    def _add(self, parent: QTreeWidget | QTreeWidgetItem, row: Row) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent)
        set_row(item, row)
        return item

    def _fill(self, item: QTreeWidgetItem) -> None:
        rows = self._rows.pop(id(item), None)
        if rows is None:
            return
        for row in islice(rows, SHOWN_PER_GROUP):
            self._add(item, row)
        left = row_of(self.indexFromItem(item)).count - SHOWN_PER_GROUP
        if left > 0:
            words = self.tr("{count} more. Copy gives you all of them.").format(count=number(left))
            self._add(item, Row("", faint=words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the selected rows as text."""
        if event.matches(QKeySequence.StandardKey.Copy):
            rows = (row_of(self.indexFromItem(item)) for item in self.selectedItems())
            QGuiApplication.clipboard().setText("\n".join(row.spoken for row in rows))
            return
        super().keyPressEvent(event)


class LedgerView(QWidget):
    """What an import did, with the ways on from there."""

    show_query = Signal(str)
    """A search that finds the papers that are new by this import."""
    undo_requested = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ledger = Ledger()
        self._heading = Words(step=4, weight=SEMIBOLD).wrapping()
        self._explanation = Words(tone="quiet").wrapping()
        self._sum = SumLine()
        self.files = FilesTree()
        self.copy_button = icon_button("copy", self.tr("Copy"))
        self.undo_button = icon_button("undo", self.tr("Undo import"))
        self.show_button = QPushButton(self.tr("Show the new papers"))
        self.close_button = QPushButton(self.tr("Close"))
        self.copy_button.setToolTip(self.tr("Copy the whole account as text"))
        self.copy_button.clicked.connect(self.copy)
        self.undo_button.clicked.connect(self.undo_requested)
        self.show_button.clicked.connect(lambda: self.show_query.emit(new_papers_query(self._ledger)))
        self.close_button.clicked.connect(self.close_requested)
        self._lay_out()

    def _lay_out(self) -> None:
        page = dialog_page(self, edge=6, between=2)
        page.addWidget(self._heading)
        page.addWidget(self._explanation)
        page.addSpacing(theme.spacing(3))
        page.addWidget(self._sum)
        page.addSpacing(theme.spacing(3))
        page.addWidget(self.files, 1)
        page.addSpacing(theme.spacing(2))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.spacing(2))
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        for button in (self.undo_button, self.show_button, self.close_button):
            buttons.addWidget(button)
        page.addLayout(buttons)

    def sizeHint(self) -> QSize:
        """Room for some files and their counts."""
        return QSize(theme.spacing(170), theme.spacing(130))

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the account of an import."""
        self._ledger = ledger
        self._heading.setText(heading(ledger))
        self.setAccessibleName(heading(ledger))
        self._explanation.setText(explanation(ledger))
        self._explanation.setVisible(bool(self._explanation.text()))
        self._sum.show_sum(ledger)
        self._sum.setVisible(ledger.records > 0)
        self.files.show_files(ledger)
        self.show_button.setVisible(ledger.new > 0)
        self.undo_button.setVisible(any(_left_a_trace(file) for file in ledger.files))
        first = self.show_button if ledger.new else self.close_button
        self.show_button.setDefault(ledger.new > 0)
        self.close_button.setDefault(not ledger.new)
        first.setFocus()

    def copy(self) -> None:
        """Put the whole account on the clipboard as text."""
        QGuiApplication.clipboard().setText(ledger_text(self._ledger))


def new_papers_query(ledger: Ledger) -> str:
    """The search for the papers that came in with an import and were not looked at since."""
    names = dict.fromkeys(file.file for file in ledger.files if file.new)
    places = " or ".join(f"in:{quoted(name)}" for name in names)
    return f"is:new ({places})" if len(names) > 1 else f"is:new {places}".rstrip()


def _left_a_trace(file: FileLedger) -> bool:
    """Whether there is something to undo: a file imported before, or with nothing that can be read, left none."""
    return not file.imported_before and file.records > file.skipped


def _by_file(notices: Iterable[Notice]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        found.setdefault(notice.file, []).append(notice)
    return found


def _notice_rows(notices: Iterable[Notice], icon: str) -> Iterator[Row]:
    for notice in notices:
        yield Row(notice.message, faint=notice_place(notice) if notice.line else "", icon=icon)
