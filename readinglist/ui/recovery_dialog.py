"""A damaged library: what can be read of it and its backups side by side, with what each holds; the reader chooses."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from readinglist.library.backups import Backup
from readinglist.library.recovery import Findings, Recovered
from readinglist.ui import theme
from readinglist.ui.backups_words import moment
from readinglist.ui.plain_rows import choose_one_row
from readinglist.ui.small_parts import SEMIBOLD, Words, dialog_page
from readinglist.ui.wording import number

Choice = Recovered | Backup
_COUNTED = ("papers", "notes", "starred", "tags", "listings")


class RecoveryDialog(QDialog):
    """Says what is wrong, shows how far the reading is, and then what can be brought back."""

    chosen = Signal(object)
    """The `Recovered` or the `Backup` that is to be the library."""

    def __init__(self, wrong: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Reading List"))
        self._choices: list[Choice] = []
        self._heading = Words(self.tr("The library is damaged"), step=2, weight=SEMIBOLD)
        self._wrong = Words(wrong.partition(" `readinglist")[0], "quiet").wrapping()  # the window is here already
        self._wrong.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.lead = Words(self.tr("Reading what can be read of it…")).wrapping()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.table = self._make_table()
        self.lost = Words("", "quiet").wrapping()
        self.buttons = QDialogButtonBox()
        self.take_button = QPushButton(self.tr("Use this one"))
        self.take_button.setEnabled(False)
        self.take_button.setDefault(True)
        self.buttons.addButton(self.take_button, QDialogButtonBox.ButtonRole.AcceptRole)
        self.close_button = QPushButton(self.tr("Close, and change nothing"))
        self.close_button.setAutoDefault(False)
        self.buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the reading is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_findings(self, findings: Findings) -> None:
        """Show what can be brought back; the one that holds most is chosen."""
        self.bar.hide()
        self._choices = [*([findings.recovered] if findings.recovered else []), *findings.backups]
        words = self.tr(
            "Choose what is to be your library. The damaged file is kept beside it; the program never deletes it."
        )
        if not self._choices:
            words = f"{findings.why_none} " + self.tr("There is no backup. Keep the folder as it is.")
        elif findings.recovered is None:
            words = f"{findings.why_none} {words}"
        self.lead.setText(words)
        self.table.clear()
        rows = [self._row(choice) for choice in self._choices]
        self.table.addTopLevelItems(rows)
        self.table.setVisible(bool(self._choices))
        if self._choices:
            self.table.setCurrentItem(rows[0])
            self.table.setFocus()
            self.take_button.setDefault(True)
        self.adjustSize()

    @property
    def choice(self) -> Choice | None:
        """What is chosen."""
        row = self.table.currentIndex().row()
        return self._choices[row] if 0 <= row < len(self._choices) else None

    def wait(self) -> None:
        """Show that what was chosen is being brought back."""
        self.lead.setText(self.tr("Bringing it back…"))
        self.bar.setRange(0, 0)
        self.bar.show()
        self.take_button.setEnabled(False)
        self.close_button.setEnabled(False)
        self.table.setEnabled(False)

    def show_failure(self, words: str) -> None:
        """Say why it could not be done; another one can be chosen."""
        self.bar.hide()
        self.lead.setText(words)
        self.table.setEnabled(True)
        self.close_button.setEnabled(True)
        self._show_choice()

    def _make_table(self) -> QTreeWidget:
        table = QTreeWidget()
        table.setObjectName("framed")
        choose_one_row(table)
        table.setAccessibleName(self.tr("What can be brought back"))
        table.setHeaderLabels(
            [self.tr("What"), self.tr("Papers"), self.tr("Notes"), self.tr("Starred"), self.tr("Tags"),
             self.tr("Listings"), self.tr("Newest change")]
        )  # fmt: skip
        table.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.header().setStretchLastSection(False)
        table.currentItemChanged.connect(lambda *_: self._show_choice())
        table.itemActivated.connect(lambda *_: self._take())
        table.hide()
        return table

    def _row(self, choice: Choice) -> QTreeWidgetItem:
        if isinstance(choice, Recovered):
            words, holds, changed = self.tr("What can be read of the damaged library"), choice.holds, choice.changed
        else:
            words = self.tr("Backup of {when}").format(when=moment(choice.made))
            holds, changed = choice.facts.holds, choice.facts.changed
        counts = (number(holds[name]) for name in _COUNTED)
        item = QTreeWidgetItem([words, *counts, moment(changed) if changed else self.tr("not known")])
        for column in range(1, len(_COUNTED) + 1):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _show_choice(self) -> None:
        choice = self.choice
        self.take_button.setEnabled(choice is not None)
        words = ""
        if isinstance(choice, Recovered):
            words = (
                self.tr("Lost: {what}.").format(what="; ".join(choice.lost))
                if choice.lost
                else self.tr("Nothing seems to be lost.")
            )
        elif choice is not None:
            words = self.tr("What came after this backup is not in it.")
        self.lost.setText(words)

    def _take(self) -> None:
        if self.choice is not None and self.take_button.isEnabled():
            self.chosen.emit(self.choice)

    def _lay_out(self) -> None:
        page = dialog_page(self, edge=6, between=3)
        for part in (self._heading, self._wrong, self.lead, self.bar, self.table, self.lost, self.buttons):
            page.addWidget(part, 1 if part is self.table else 0)
        self.setMinimumWidth(theme.spacing(215))
        self.table.setMinimumHeight(theme.spacing(45))
