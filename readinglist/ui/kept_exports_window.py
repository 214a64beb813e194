"""The files that are kept up to date: where they are, what they hold, how they stand, and what can be done."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from readinglist.library.export_formats import export_format
from readinglist.library.kept_exports import KeptFile, KeptState
from readinglist.ui import theme
from readinglist.ui.export_words import format_name
from readinglist.ui.plain_rows import choose_one_row, give_air
from readinglist.ui.small_parts import SEMIBOLD, LinkButton, Words, dialog_page
from readinglist.ui.wording import marked

translate = QCoreApplication.translate
_FILE_ROLE = Qt.ItemDataRole.UserRole
_STATES = {
    KeptState.CURRENT: marked("KeptExports", "Up to date"),
    KeptState.STALE: marked("KeptExports", "To be written"),
    KeptState.FOREIGN: marked("KeptExports", "Changed by another program"),
    KeptState.FAILED: marked("KeptExports", "Not written"),
}


class KeptExportsWindow(QDialog):
    """A list of files, and what can be done with the chosen one. It stays beside the main window."""

    write_requested = Signal(object)
    elsewhere_requested = Signal(object)
    stop_requested = Signal(object)
    """Each with the `KeptFile`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Files kept up to date"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Words(self.tr("Files kept up to date"), step=4, weight=SEMIBOLD)
        self._hint = Words(tone="quiet").wrapping()
        self._make_list()
        self.write_button = QPushButton(self.tr("&Write now"))
        self.elsewhere_button = QPushButton(self.tr("Save as &another file…"))
        self.stop_button = QPushButton(self.tr("&Stop keeping it"))
        self.folder_link = LinkButton(self.tr("Show the folder"))
        self.close_button = QPushButton(self.tr("Close"))
        self._lay_out()
        self.write_button.clicked.connect(lambda: self._ask_for(self.write_requested))
        self.elsewhere_button.clicked.connect(lambda: self._ask_for(self.elsewhere_requested))
        self.stop_button.clicked.connect(lambda: self._ask_for(self.stop_requested))
        self.folder_link.clicked.connect(self._show_folder)
        self.close_button.clicked.connect(self.reject)
        self.list.itemSelectionChanged.connect(self._follow)
        self._follow()

    def _make_list(self) -> None:
        self.list = QTreeWidget()
        self.list.setObjectName("framed")
        self.list.setIconSize(theme.icon_size())
        choose_one_row(self.list)
        self.list.setAccessibleName(self.tr("Files kept up to date"))
        heads = (self.tr("File"), self.tr("Papers"), self.tr("Format"), self.tr("Written"), self.tr("State"))
        self.list.setHeaderLabels(heads)
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.spacing(2))
        for button in (self.write_button, self.elsewhere_button, self.stop_button, self.folder_link):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        page = dialog_page(self, edge=6, between=3)
        page.addWidget(self._title)
        page.addWidget(self._hint)
        page.addWidget(self.list, 1)
        page.addLayout(buttons)

    def sizeHint(self) -> QSize:
        """Room for a few files and for their searches."""
        return QSize(theme.spacing(270), theme.spacing(115))

    @property
    def current(self) -> KeptFile | None:
        """The chosen file."""
        chosen = self.list.selectedItems()
        found: KeptFile | None = chosen[0].data(0, _FILE_ROLE) if chosen else None
        return found

    def show_files(self, files: Sequence[KeptFile]) -> None:
        """Show these files; the chosen one stays so."""
        before = self.current
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's
        self.list.clear()
        for kept in files:
            item = _row(kept)
            self.list.addTopLevelItem(item)
            item.setSelected(before is not None and before.export.id == kept.export.id)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's
        first = self.list.topLevelItem(0)
        if first is not None and self.current is None:
            self.list.setCurrentItem(first)
        self._follow()

    def _follow(self) -> None:
        kept = self.current
        for button in (self.write_button, self.elsewhere_button, self.stop_button, self.folder_link):
            button.setEnabled(kept is not None)
        is_foreign = kept is not None and kept.state is KeptState.FOREIGN
        self.write_button.setText(self.tr("&Write anyway") if is_foreign else self.tr("&Write now"))
        self._hint.setText(self._words(kept))

    def _words(self, kept: KeptFile | None) -> str:
        if kept is None:
            return self.tr("None yet. Export papers, and tick “Keep the file up to date”.")
        if kept.problem:
            return kept.problem
        if kept.state is KeptState.FOREIGN:
            words = self.tr("Another program changed {name}. Written anyway, that file is kept beside it as {name}~.")
            return words.format(name=kept.path.name)
        return self.tr("They are written anew a moment after what their search finds changes, if that changes them.")

    def _ask_for(self, signal: object) -> None:
        kept = self.current
        if kept is not None:
            signal.emit(kept)  # type: ignore[attr-defined]

    def _show_folder(self) -> None:
        if self.current is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.current.path.parent)))


def _row(kept: KeptFile) -> QTreeWidgetItem:
    texts = [
        kept.path.name,
        kept.export.query or translate("KeptExports", "All papers"),
        format_name(export_format(kept.export.format)),
        _moment(kept.written),
        translate("KeptExports", _STATES[kept.state]),
    ]
    item = QTreeWidgetItem(texts)
    item.setData(0, _FILE_ROLE, kept)
    give_air(item, 1)
    item.setToolTip(0, str(kept.path))
    item.setToolTip(1, kept.export.query)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(texts))
    icon = {KeptState.FOREIGN: "warning", KeptState.FAILED: "error", KeptState.CURRENT: "check"}.get(kept.state)
    if icon:
        item.setIcon(4, theme.icon(icon))
    return item


def _moment(written: str) -> str:
    """When a file was written, in the reader's own zone and words; "" where it was not."""
    if not written:
        return ""
    moment = QDateTime.fromSecsSinceEpoch(int(datetime.fromisoformat(written).timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
