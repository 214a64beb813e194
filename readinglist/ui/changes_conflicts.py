"""Asks what is to become of what was changed again later, before a change is taken back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QWidget

from readinglist.library.taking_back import Conflict, TakeBack, later_labels
from readinglist.ui import theme
from readinglist.ui.readable_text import readable
from readinglist.ui.small_parts import SEMIBOLD, Words, dialog_page
from readinglist.ui.wording import number

MOST_NAMED = 6


class ConflictsDialog(QDialog):
    """Says what was changed again, and by which later changes; what conflicts stays, or goes back too."""

    agreed = Signal(bool)
    """Whether the later changes are to be taken back too."""

    def __init__(self, plan: TakeBack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Take back a change"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        title = Words(self.tr("Changed again since"), step=3, weight=SEMIBOLD)
        lead = Words(self._lead(plan.conflicts), "quiet").wrapping()
        later = Words("\n".join(self._later(plan.conflicts))).wrapping()
        for words in (lead, later):
            words.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.whole_button = self.buttons.addButton(self.tr("Take those back &too"), role)
        self.rest_button = self.buttons.addButton(self.tr("Only the &rest"), role)
        self.rest_button.setVisible(bool(plan.change))
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        (self.rest_button if plan.change else cancel).setDefault(True)
        self.whole_button.clicked.connect(lambda: self._agree(whole=True))
        self.rest_button.clicked.connect(lambda: self._agree(whole=False))
        self.buttons.rejected.connect(self.reject)
        page = dialog_page(self, edge=5, between=3)
        for widget in (title, lead, later, self.buttons):
            page.addWidget(widget)
        self.setMinimumWidth(theme.spacing(120))

    def _agree(self, *, whole: bool) -> None:
        self.accept()
        self.agreed.emit(whole)

    def _lead(self, conflicts: Sequence[Conflict]) -> str:
        parts = [self._what(conflict) for conflict in conflicts[:MOST_NAMED]]
        left = len(conflicts) - len(parts)
        if left > 0:
            parts.append(self.tr("and {count} more").format(count=number(left)))
        return self.tr("Later changes touched the same: {what}.").format(what="; ".join(parts))

    def _what(self, conflict: Conflict) -> str:
        title = readable(conflict.title)
        if not title:
            return self.tr("the {what}").format(what=conflict.what)
        if conflict.what == "paper":
            return self.tr("the paper “{title}”").format(title=title)
        return self.tr("the {what} of “{title}”").replace("{what}", conflict.what).replace("{title}", title)

    def _later(self, conflicts: Sequence[Conflict]) -> list[str]:
        labels = later_labels(conflicts)
        left = [self.tr("and {count} more").format(count=number(len(labels) - MOST_NAMED))]
        return [f"• {label}" for label in labels[:MOST_NAMED]] + (left if len(labels) > MOST_NAMED else [])
