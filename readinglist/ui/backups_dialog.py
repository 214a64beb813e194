"""The backups: a list with what each holds against today, what a restore of the chosen one would do, and buttons."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from readinglist.library.backups import Backup, Difference, Facts
from readinglist.ui import backups_words as words
from readinglist.ui import theme
from readinglist.ui.plain_rows import choose_one_row
from readinglist.ui.small_parts import SEMIBOLD, Words, dialog_page

_BACKUP = Qt.ItemDataRole.UserRole
_COUNTS = ("papers", "notes", "tags", "starred")
_DETAIL_LINES = 5


class BackupsDialog(QDialog):
    """Shows backups, and asks for what is to be done with them. It stays beside the main window."""

    chosen = Signal(object)
    restore_requested = Signal(object)
    verify_requested = Signal(object)
    """Each with the `Backup`."""
    backup_requested = Signal()
    export_requested = Signal()
    stop_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Backups"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Words(self.tr("Backups"), step=4, weight=SEMIBOLD)
        self.lead = Words(tone="quiet").wrapping()
        self._make_list()
        self.details = Words().wrapping()
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setAccessibleName(self.tr("What a restore would do"))
        self.restore_button = QPushButton(self.tr("&Restore…"))
        self.verify_button = QPushButton(self.tr("&Verify"))
        self.backup_button = QPushButton(self.tr("Back up &now"))
        self.export_button = QPushButton(self.tr("&Export the whole library…"))
        self.close_button = QPushButton(self.tr("Close"))
        self._doing = Words(tone="quiet")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self.stop_button = QPushButton(self.tr("Stop"))
        self._lay_out()
        self._connect()
        self._apply_theme()
        self.end_work()
        self._follow()

    def _make_list(self) -> None:
        self.list = QTreeWidget()
        self.list.setObjectName("framed")
        choose_one_row(self.list)
        self.list.setAccessibleName(self.tr("Backups"))
        self.list.setHeaderLabels(
            [self.tr("Made"), self.tr("Papers"), self.tr("Notes"), self.tr("Tags"), self.tr("Starred"),
             self.tr("Newest change"), self.tr("Why"), self.tr("Size")]
        )  # fmt: skip
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _connect(self) -> None:
        self.list.itemSelectionChanged.connect(self._follow)
        self.list.itemActivated.connect(lambda _item: self._ask_for(self.restore_requested))
        self.restore_button.clicked.connect(lambda: self._ask_for(self.restore_requested))
        self.verify_button.clicked.connect(lambda: self._ask_for(self.verify_requested))
        self.backup_button.clicked.connect(self.backup_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.stop_button.clicked.connect(self.stop_requested)
        self.close_button.clicked.connect(self.reject)
        theme.notifier.changed.connect(self._apply_theme)

    def _lay_out(self) -> None:
        working, buttons = QHBoxLayout(), QHBoxLayout()
        working.setSpacing(theme.spacing(3))
        for widget, room in ((self._doing, 0), (self._bar, 1), (self.stop_button, 0)):
            working.addWidget(widget, room)
        buttons.setSpacing(theme.spacing(2))
        for button in (self.restore_button, self.verify_button, self.backup_button, self.export_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        page = dialog_page(self, edge=6, between=3)
        page.addWidget(self._title)
        page.addWidget(self.lead)
        page.addWidget(self.list, 1)
        page.addWidget(self.details)
        page.addLayout(working)
        page.addLayout(buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _apply_theme(self) -> None:
        self.details.setMinimumHeight(self.details.fontMetrics().lineSpacing() * _DETAIL_LINES)

    def sizeHint(self) -> QSize:
        """Room for a dozen backups."""
        return QSize(theme.spacing(270), theme.spacing(150))

    @property
    def current(self) -> Backup | None:
        """The chosen backup."""
        chosen = self.list.selectedItems()
        found: Backup | None = chosen[0].data(0, _BACKUP) if chosen else None
        return found

    def show_backups(self, backups: Sequence[Backup], today: Facts | None) -> None:
        """Show these backups, newest first, below what the library holds today; the chosen one stays so."""
        before = self.current
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's
        self.list.clear()
        if today is not None:
            item = QTreeWidgetItem([self.tr("Today"), *_held(today, None), "", ""])
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = item.font(0)
            font.setWeight(SEMIBOLD)
            for column in range(self.list.columnCount()):
                item.setFont(column, font)
            self.list.addTopLevelItem(item)
        for backup in backups:
            item = _row(backup, today)
            self.list.addTopLevelItem(item)
            if before is None or before.name == backup.name:
                self.list.setCurrentItem(item)
                before = backup
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's
        self._follow()

    def show_difference(self, difference: Difference) -> None:
        """Show what a restore of the chosen backup would do."""
        self.say(self.tr("Restoring it:"), *(f"•  {line}" for line in words.changes(difference)))

    def say(self, *lines: str) -> None:
        """Say something below the list."""
        self.details.setText("\n".join(lines))

    def begin_work(self, title: str) -> None:
        """Show that a piece of work runs."""
        self._doing.setText(title)
        self._bar.setRange(0, 0)
        self._show_work(on=True)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def end_work(self) -> None:
        """Show no work any more."""
        self._show_work(on=False)

    def _show_work(self, *, on: bool) -> None:
        for widget in (self._doing, self._bar, self.stop_button):
            widget.setVisible(on)
        self._working = on
        self._enable()

    def _enable(self) -> None:
        idle = not self._working
        for button in (self.restore_button, self.verify_button):
            button.setEnabled(idle and self.current is not None)
        for button in (self.backup_button, self.export_button):
            button.setEnabled(idle)

    def _follow(self) -> None:
        self._enable()
        self.say()
        if self.current is not None:
            self.chosen.emit(self.current)

    def _ask_for(self, signal: SignalInstance) -> None:
        if self.current is not None and not self._working:
            signal.emit(self.current)


class ConfirmRestore(QDialog):
    """Asks once more before the library becomes what it was."""

    def __init__(self, backup: Backup, difference: Difference | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore a backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        heading = self.tr("Restore the library of {when}?").format(when=words.moment(backup.made))
        lines = words.changes(difference) if difference is not None else []
        sure = self.tr(
            "The library as it is now is backed up before, so that you can come back to it. "
            "The window closes, and opens again."
        )
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.agree_button = self.buttons.addButton(self.tr("Restore"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree_button.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        page = dialog_page(self, edge=5, between=3)
        page.addWidget(Words(heading, step=2, weight=SEMIBOLD).wrapping())
        if lines:
            page.addWidget(Words("\n".join(f"•  {line}" for line in lines)).wrapping())
        page.addWidget(Words(sure, "quiet").wrapping())
        page.addStretch(1)
        page.addWidget(self.buttons)
        self.setMinimumWidth(theme.spacing(120))
        self.setAccessibleName(heading)
        self.setAccessibleDescription(" ".join((*lines, sure)))


def _row(backup: Backup, today: Facts | None) -> QTreeWidgetItem:
    row = [words.moment(backup.made), *_held(backup.facts, today), words.why(backup), words.size(backup.size)]
    item = QTreeWidgetItem(row)
    item.setData(0, _BACKUP, backup)
    item.setToolTip(0, backup.name)
    return item


def _held(facts: Facts, today: Facts | None) -> list[str]:
    return [*(words.against(name, facts, today) for name in _COUNTS), words.newest_change(facts)]
