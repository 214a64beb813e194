"""The line above the list in the trash: how long papers stay there, and a button that empties it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from readinglist.library.days import TRASH_DAYS
from readinglist.ui import theme
from readinglist.ui.small_parts import Words


class TrashStrip(QWidget):
    """Shown while the list shows the trash."""

    empty_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = self.tr("Papers go for good after {days} days here.").format(days=TRASH_DAYS)
        self._words = Words(words, "quiet", -1).wrapping()
        self.button = QPushButton(self.tr("Empty the trash…"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self.empty_requested)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.spacing(3.5), theme.spacing(1), theme.spacing(3), theme.spacing(1.5))
        row.addWidget(self._words, 1)
        row.addWidget(self.button)
        self.hide()

    def allow(self, *, emptying: bool) -> None:
        """Let the trash be emptied, or not."""
        self.button.setEnabled(emptying)
