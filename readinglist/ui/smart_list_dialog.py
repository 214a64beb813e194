"""A small dialog for a smart list: its name, its search, its icon."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from readinglist.papers.query_chips import chips, without
from readinglist.papers.smart_list import ICONS, MOST_NAME, SmartList, one_line
from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD, ChoiceBox, Words, dialog_page
from readinglist.ui.wording import marked

translate = QCoreApplication.translate

ICON_WORDS = {
    "search": marked("SmartLists", "Magnifier"),
    "star": marked("SmartLists", "Star"),
    "to-read": marked("SmartLists", "Clock"),
    "reading": marked("SmartLists", "Half circle"),
    "read": marked("SmartLists", "Full circle"),
    "inbox": marked("SmartLists", "Inbox"),
    "note": marked("SmartLists", "Pencil"),
    "code": marked("SmartLists", "Code"),
    "seen": marked("SmartLists", "Eye"),
    "tag": marked("SmartLists", "Tag"),
    "listing": marked("SmartLists", "Listing"),
    "data": marked("SmartLists", "Data"),
    "link": marked("SmartLists", "Link"),
    "key": marked("SmartLists", "Key"),
    "import": marked("SmartLists", "Arrow"),
    "edit": marked("SmartLists", "Pen"),
}


class SmartListDialog(QDialog):
    """Asks what a smart list is to be; `wanted` tells it when the reader agrees."""

    wanted = Signal(str, str, str)
    """Name, query and icon."""

    def __init__(self, shown: SmartList, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self._title = Words(title, step=4, weight=SEMIBOLD)
        self.name_edit = QLineEdit(shown.name)
        self.name_edit.setMaxLength(MOST_NAME)
        self.query_edit = QLineEdit(shown.query)
        self.icon_box = ChoiceBox()
        for name in ICONS:
            self.icon_box.addItem(theme.icon(name), icon_words(name), name)
        self.icon_box.setCurrentIndex(self.icon_box.findData(shown.icon))
        save, cancel = QDialogButtonBox.StandardButton.Save, QDialogButtonBox.StandardButton.Cancel
        self.buttons = QDialogButtonBox(save | cancel)
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)
        for edit in (self.name_edit, self.query_edit):
            edit.textChanged.connect(self._enable)
        self._lay_out()
        self._enable()
        self.name_edit.selectAll()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(theme.spacing(2.5))
        for words, widget in (
            (self.tr("&Name"), self.name_edit),
            (self.tr("&Search"), self.query_edit),
            (self.tr("&Icon"), self.icon_box),
        ):
            form.addRow(words, widget)
            widget.setAccessibleName(words.replace("&", ""))
        page = dialog_page(self, edge=5, between=4)
        page.addWidget(self._title)
        page.addLayout(form)
        page.addWidget(self.buttons)
        self.setMinimumWidth(theme.spacing(105))

    def _enable(self) -> None:
        can = bool(self.name_edit.text().strip() and self.query_edit.text().strip())
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(can)

    def _agree(self) -> None:
        self.accept()
        self.wanted.emit(self.name_edit.text(), self.query_edit.text(), self.icon_box.currentData())


def icon_words(icon: str) -> str:
    """What an icon is called."""
    return translate("SmartLists", ICON_WORDS[icon])


def proposed_name(query: str) -> str:
    """A name for a search: its words, then its filters in words."""
    words = query
    for chip in reversed(chips(query)):
        words = without(words, chip)
    return ", ".join(filter(None, [one_line(words), *(chip.label for chip in chips(query))]))[:MOST_NAME]
