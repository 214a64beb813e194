"""Takes a merge apart: the papers that went into one, of which the reader chooses the one that is to come back."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from readinglist.papers.memory import Merge
from readinglist.ui import paper_wording, theme
from readinglist.ui.readable_text import readable
from readinglist.ui.small_parts import SEMIBOLD, Words, dialog_page

translate = QCoreApplication.translate
_MERGE = Qt.ItemDataRole.UserRole


class TakeApartDialog(QDialog):
    """Asks which paper is to be one of its own again."""

    wanted = Signal(str)
    """The id of the merge."""

    def __init__(self, merges: Sequence[Merge], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take merge apart"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        title = Words(self.tr("Take merge apart"), step=3, weight=SEMIBOLD)
        lead = Words(
            self.tr("The paper comes back with all that was its own, and takes with it what came from it alone. "
                    "What you changed since stays."),
            "quiet",
        ).wrapping()  # fmt: skip
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Papers that were merged"))
        self.list.setWordWrap(True)
        self.list.setObjectName("framed")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for merge in merges:
            self.list.addItem(_item(merge))
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self._agree)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.agree_button = self.buttons.addButton(self.tr("Take apart"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.agree_button.setDefault(True)
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)
        page = dialog_page(self, edge=5, between=3)
        for widget in (title, lead, self.list, self.buttons):
            page.addWidget(widget)
        self.resize(theme.spacing(130), theme.spacing(75))

    def _agree(self) -> None:
        item = self.list.currentItem()
        self.accept()
        self.wanted.emit(item.data(_MERGE))


def _item(merge: Merge) -> QListWidgetItem:
    paper = merge.absorbed
    key = f"{paper.citation_key}, " if paper.citation_key else ""
    when = translate("TakeApartDialog", "merged {day}").format(day=paper_wording.local_day(merge.made))
    item = QListWidgetItem(f"{readable(paper.title)}\n{key}{when}")
    item.setData(_MERGE, merge.id)
    return item
