"""Work for which the library is closed: the window goes, a small one shows how far it is, and a new window comes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QProgressBar

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import Progress
from readinglist.ui import theme
from readinglist.ui.background import Background
from readinglist.ui.small_parts import SEMIBOLD, Words, dialog_page

if TYPE_CHECKING:
    from readinglist.ui.main_window import MainWindow


class Between(QDialog):
    """Shows a piece of work while there is no window."""

    ended = Signal(object)
    """It is over: the `ExpectedError` that ended it, or None."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Reading List"))
        self.background = Background(self)
        self._title = title
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._bar.setAccessibleName(title)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        page = dialog_page(self, edge=6, between=4)
        page.addWidget(Words(f"{title}…", step=2, weight=SEMIBOLD))
        page.addWidget(self._bar)
        page.addWidget(self.buttons)
        self.setMinimumWidth(theme.spacing(100))

    def run(self, work: Callable[[Progress], object]) -> None:
        """Do the work; where it breaks unexpectedly, that is `ended` too, and is raised."""
        running = self.background.run(self._title, work, lambda _answer: self.ended.emit(None), self.ended.emit)
        running.progressed.connect(self._show_progress)
        self.buttons.rejected.connect(running.cancel)
        self.background.broke.connect(self._end_broken)

    def _show_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _end_broken(self, error: BaseException) -> None:
        self.ended.emit(None)
        raise error

    def reject(self) -> None:
        """Esc cancels the work, and the window comes again."""
        self.buttons.rejected.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed by hand, it cancels; it goes by itself when the work has stopped."""
        if self.background.works:
            self.buttons.rejected.emit()
            event.ignore()


def begin_anew(
    window: "MainWindow", title: str, work: Callable[[Progress], Any], reopen: Callable[[], "MainWindow"]
) -> Between:
    """Close the library of a window, do the work, and show a new window in its place."""
    between = Between(title)
    between.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.remember()
    window.let_go(keep=False)

    def come_again(error: ExpectedError | None) -> None:
        new = reopen()
        between.background.close()
        between.close()
        window.close()
        window.deleteLater()
        if error is not None and not isinstance(error, CancelledError):
            new.tell(error)

    between.ended.connect(come_again)
    between.show()
    window.hide()
    between.run(work)
    return between
