"""The page on which one looks at an import before it is made, and chooses what becomes of its records."""

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from readinglist.library.answers import Choice
from readinglist.library.previewing import Verdict
from readinglist.ui import theme
from readinglist.ui.filter_chips import ChipButton
from readinglist.ui.flow_layout import FlowLayout
from readinglist.ui.import_course import LOOKS, Looked
from readinglist.ui.import_preview_details import RecordDetails
from readinglist.ui.import_preview_model import KNOWN, PreviewModel
from readinglist.ui.import_preview_rows import PreviewDelegate
from readinglist.ui.import_preview_words import KINDS, kind_words
from readinglist.ui.small_parts import SEMIBOLD, ChoiceBox, KeyCaps, LinkButton, Words
from readinglist.ui.wording import marked, number

LOOK_WORDS = {
    "always": marked("ImportPreview", "Look at every import first"),
    "when-needed": marked("ImportPreview", "Look when something is to be decided"),
    "never": marked("ImportPreview", "Import without looking"),
}
_COMPARED_MS = 60  # holding an arrow key down draws no comparison in between
_KEYS = {Qt.Key.Key_A: Choice.ADD, Qt.Key.Key_M: Choice.MERGE, Qt.Key.Key_L: Choice.LEAVE_OUT}


class RecordTable(QTableView):
    """The records, of which one chooses what becomes with single keys."""

    key_chosen = Signal(object)
    """A `Choice` for the selected records; None is the next one."""
    accepted = Signal()

    def __init__(self, model: PreviewModel) -> None:
        super().__init__()
        self.setModel(model)
        delegate = PreviewDelegate(self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(self.tr("Records"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(delegate.height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by key; Enter imports."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.accepted.emit()
        elif plain and key in _KEYS:
            self.key_chosen.emit(_KEYS[key])
        elif plain and key == Qt.Key.Key_Space:
            self.key_chosen.emit(None)
        else:
            super().keyPressEvent(event)


class PreviewPage(QWidget):
    """The records of an import, filtered by what they are; the chosen one in full; and what goes for all."""

    import_requested = Signal()
    cancel_requested = Signal()
    columns_requested = Signal()
    personal_changed = Signal(bool)
    look_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._personal = True
        self.model = PreviewModel(self)
        self.table = RecordTable(self.model)
        self.details = RecordDetails()
        self._heading = Words(step=3, weight=SEMIBOLD).wrapping()
        self._lead = Words(tone="quiet").wrapping()
        self._chip_row = QWidget()
        self._chips = FlowLayout(self._chip_row, theme.spacing(1.5))
        self.chips: dict[str, ChipButton] = {}
        self.leave_known = LinkButton()
        self.merge_probable = LinkButton()
        self.keep_all = LinkButton(self.tr("Start over"))
        self.personal = QCheckBox(self.tr("Take over reading states, stars, tags and notes"))
        self.columns_button = QPushButton(self.tr("Columns…"))
        self.look_box = ChoiceBox()
        for look in LOOKS:
            self.look_box.addItem(self.tr(LOOK_WORDS[look]), look)
        self.look_box.setAccessibleName(self.tr("When to look at imports before they are made"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.import_button = QPushButton()
        self._comparing = QTimer(self)
        self._comparing.setSingleShot(True)
        self._comparing.setInterval(_COMPARED_MS)
        self._lay_out()
        self._connect()

    def sizeHint(self) -> QSize:
        """Room for the records and one of them in full."""
        return QSize(theme.spacing(260), theme.spacing(165))

    def show_looked(self, looked: Looked, look: str) -> None:
        """Show what was found; `look` is when the reader wants to see this."""
        self._heading.setText(_heading(self, looked))
        self._lead.setText(_lead(self, looked))
        self._lead.setVisible(bool(self._lead.text()))
        self.personal.setVisible(looked.preview.personal)
        self.columns_button.setVisible(bool(looked.tables))
        self.look_box.blockSignals(True)  # noqa: FBT003 - as Qt has it
        self.look_box.setCurrentIndex(self.look_box.findData(look))
        self.look_box.blockSignals(False)  # noqa: FBT003 - as Qt has it
        self.model.show_preview(looked.preview, looked.inputs.troubles)
        self._show_chips()
        self._show_outcome()
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.import_button.setDefault(True)  # which it can be only within its dialog
        self.table.setFocus()

    def show_kind(self, kind: str) -> None:
        """Show the records of one kind; "" for all."""
        self.model.show_kind(kind)
        self._show_chips()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.table.setFocus()
        self._comparing.start()

    def _choose(self, choice: Choice | None) -> None:
        chosen = self.table.selectionModel().selection()
        ranges = [chosen.at(number) for number in range(chosen.count())]
        places = [place for each in ranges for place in range(each.top(), each.bottom() + 1)]
        if choice is None:
            self.model.choose_next(places)
        else:
            self.model.choose(places, choice)

    def _show_chips(self) -> None:
        for chip in self.chips.values():
            self._chips.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        counts = self.model.counts
        self.chips = {}
        kinds = [kind for kind in KINDS if counts[kind]]
        for kind in ("", *kinds):
            count = number(counts[kind] if kind else counts.total())
            words = f"{kind_words(kind) if kind else self.tr('all')} {count}"
            chip = ChipButton(words, solid=kind == self.model.kind)
            chip.setAccessibleName(self.tr("Show: {kind}").format(kind=words))
            chip.clicked.connect(partial(self.show_kind, kind))
            self.chips[kind] = chip
            self._chips.addWidget(chip)
            chip.show()

    def _show_outcome(self) -> None:
        outcome, counts = self.model.outcome(), self.model.counts
        taken = outcome[Choice.ADD] + outcome[Choice.MERGE] + counts[Verdict.FEED]
        words = self.tr("Import {count} records") if taken != 1 else self.tr("Import 1 record")
        self.import_button.setText(words.format(count=number(taken)))
        self.import_button.setEnabled(taken > 0)
        known = counts[Verdict.KNOWN] + counts[Verdict.COMPLETES]
        self.leave_known.setVisible(known > 0)
        self.leave_known.setText(self.tr("Leave out all known ({count})").format(count=number(known)))
        probable = counts[Verdict.PROBABLE]
        self.merge_probable.setVisible(probable > 0)
        self.merge_probable.setText(self.tr("Merge all perhaps known ({count})").format(count=number(probable)))
        self.keep_all.setVisible(self.model.has_choices)

    def _compare(self) -> None:
        self.details.show_row(self.model.row(self.table.currentIndex()))

    def _lay_out(self) -> None:
        edge = theme.spacing(5)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, theme.spacing(4), 0, theme.spacing(4))
        page.setSpacing(theme.spacing(2))
        top = QVBoxLayout()
        top.setContentsMargins(edge, 0, edge, 0)
        top.setSpacing(theme.spacing(1.5))
        top.addWidget(self._heading)
        top.addWidget(self._lead)
        top.addWidget(self._chip_row)
        top.addLayout(self._for_all())
        page.addLayout(top)
        splitter = QSplitter()
        splitter.addWidget(self.table)
        splitter.addWidget(self.details)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([theme.spacing(140), theme.spacing(120)])
        page.addWidget(splitter, 1)
        page.addLayout(self._buttons())

    def _for_all(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.spacing(2))
        for button in (self.leave_known, self.merge_probable, self.keep_all):
            row.addWidget(button)
        row.addStretch(1)
        for key, words in (("Space", self.tr("next choice")), ("A", self.tr("add")), ("M", self.tr("merge")),
                           ("L", self.tr("leave out"))):  # fmt: skip
            row.addWidget(KeyCaps(key))
            row.addWidget(Words(words, "faint", -1))
            row.addSpacing(theme.spacing(1))
        return row

    def _buttons(self) -> QVBoxLayout:
        edge = theme.spacing(5)
        rows = QVBoxLayout()
        rows.setContentsMargins(edge, theme.spacing(1), edge, 0)
        rows.setSpacing(theme.spacing(2))
        self.personal.setChecked(True)
        rows.addWidget(self.personal)
        row = QHBoxLayout()
        row.setSpacing(theme.spacing(2))
        row.addWidget(self.look_box)
        row.addStretch(1)
        for button in (self.columns_button, self.cancel_button, self.import_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        rows.addLayout(row)
        return rows

    def _connect(self) -> None:
        self.table.key_chosen.connect(self._choose)
        self.table.accepted.connect(self.import_button.click)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._comparing.start())
        self._comparing.timeout.connect(self._compare)
        self.model.chosen.connect(self._show_outcome)
        self.model.modelReset.connect(self._comparing.start)
        self.leave_known.clicked.connect(lambda: self.model.choose_all(KNOWN, Choice.LEAVE_OUT))
        self.merge_probable.clicked.connect(lambda: self.model.choose_all((Verdict.PROBABLE,), Choice.MERGE))
        self.keep_all.clicked.connect(self.model.forget_choices)
        self.import_button.clicked.connect(self.import_requested)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.columns_button.clicked.connect(self.columns_requested)
        self.personal.toggled.connect(self.personal_changed)
        self.look_box.currentIndexChanged.connect(lambda _: self.look_changed.emit(self.look_box.currentData()))


def _heading(page: QWidget, looked: Looked) -> str:
    records = len(looked.preview.records)
    counted = page.tr("1 record") if records == 1 else page.tr("{count} records").format(count=number(records))
    texts = looked.inputs.texts
    where = texts[0].name if len(texts) == 1 else page.tr("{count} files").format(count=number(len(texts)))
    return page.tr("{records} in {where}").format(records=counted, where=where)


def _lead(page: QWidget, looked: Looked) -> str:
    """What one should know of all of it."""
    parts = []
    if looked.inputs.looked_at:
        words = page.tr("{count} files in folders were looked at.")
        parts.append(words.format(count=number(looked.inputs.looked_at)))
    before = [file for file in looked.preview.files if file.imported_before]
    if before and len(looked.preview.files) == 1:
        parts.append(page.tr("This file was imported before, on {when}.").format(when=before[0].imported_before))
    elif before:
        parts.append(page.tr("{count} of the files were imported before.").format(count=number(len(before))))
    return " ".join(parts)
