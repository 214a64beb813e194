"""An import as one sees it: its progress, which can be cancelled or left alone, and its account at the end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import InputText, Progress
from readinglist.library.ledger import Ledger, Notice
from readinglist.ui import theme
from readinglist.ui.background import Background, Work
from readinglist.ui.import_sources import distinct_names, read_files
from readinglist.ui.ledger_view import LedgerView
from readinglist.ui.messages import tell
from readinglist.ui.small_parts import SEMIBOLD, ElidedWords, Words
from readinglist.ui.wording import number

if TYPE_CHECKING:
    from readinglist.library.library import Library

QUICK_MS = 400  # an import over by then shows its account alone, not a flash of progress

Sources = Callable[[], tuple[Sequence[InputText], Sequence[Notice]]]


_one_at_a_time = Lock()


@contextmanager
def _turn(progress: Progress) -> Iterator[None]:
    """Wait until the imports before this one are done; cancelling ends the waiting too."""
    while not _one_at_a_time.acquire(timeout=0.05):
        progress(0, 0)
    try:
        yield
    finally:
        _one_at_a_time.release()


class ProgressPage(QWidget):
    """How far the import is, and the word that one need not wait for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedWords(step=2, weight=SEMIBOLD)
        self._title.elide = Qt.TextElideMode.ElideMiddle
        self._lead = Words(self.tr("You can go on working meanwhile."), tone="quiet").wrapping()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the import"))
        self.words = Words(tone="quiet", step=-1)
        self.hide_button = QPushButton(self.tr("Hide"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.hide_button.setDefault(True)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.hide_button)
        page = QVBoxLayout(self)
        edge = theme.spacing(6)
        page.setContentsMargins(edge, edge, edge, theme.spacing(4))
        page.setSpacing(theme.spacing(2))
        page.addWidget(self._title)
        page.addWidget(self._lead)
        page.addSpacing(theme.spacing(4))
        page.addWidget(self.bar)
        page.addWidget(self.words)
        page.addStretch(1)
        page.addLayout(buttons)

    def begin(self, title: str) -> None:
        """Show an import that starts."""
        self._title.setText(title)
        self.words.setText(self.tr("Reading…"))
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self.cancel_button.setEnabled(True)
        self.hide_button.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """So many records of so many are in."""
        if total:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.words.setText(self.tr("{done} of {total} records").format(done=number(done), total=number(total)))

    def show_cancelling(self) -> None:
        """The import is being taken back."""
        self.cancel_button.setEnabled(False)
        self.words.setText(self.tr("Cancelling: what was imported is being taken back…"))


class ImportDialog(QDialog):
    """One import, from its start to its account. It blocks nothing, and is gone for good when it is closed."""

    started = Signal(object)
    """The `Work` that imports, for the status line."""
    imported = Signal(object)
    """The `Ledger`."""
    show_query = Signal(str)
    undo_requested = Signal()
    message = Signal(str)
    """Something for the status line."""

    def __init__(self, library: "Library", background: Background, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._work: Work | None = None
        self._undo_label = ""
        self.setWindowTitle(self.tr("Import"))
        self.progress_page = ProgressPage()
        self.ledger_view = LedgerView()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.progress_page)
        self._pages.addWidget(self.ledger_view)
        self.progress_page.hide_button.clicked.connect(self.hide)
        self.progress_page.cancel_button.clicked.connect(self.cancel)
        self.ledger_view.close_requested.connect(self.reject)
        self.ledger_view.show_query.connect(self._show_new)
        self.ledger_view.undo_requested.connect(self._undo)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(QUICK_MS)
        self._later.timeout.connect(self.show)

    def sizeHint(self) -> QSize:
        """Large enough for the account; the progress needs less."""
        if self._pages.currentWidget() is self.progress_page:
            return QSize(theme.spacing(115), theme.spacing(48))
        return self.ledger_view.sizeHint()

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import files."""
        if len(paths) == 1:
            title = self.tr("Importing {name}").format(name=distinct_names(paths)[0])
        else:
            title = self.tr("Importing {count} files").format(count=number(len(paths)))
        self._start(title, lambda: read_files(paths))

    def import_text(self, text: InputText) -> None:
        """Import a text, such as the clipboard's."""
        self._start(self.tr("Importing {name}").format(name=text.name), lambda: ((text,), ()))

    def cancel(self) -> None:
        """Stop the import, and take back what it did."""
        if self._work is not None:
            self.progress_page.show_cancelling()
            self._work.cancel()

    def reject(self) -> None:
        """Esc: while the import runs the dialog is only hidden; after it, it is done with."""
        super().reject()
        if self._work is None:
            self.deleteLater()

    def _start(self, title: str, sources: Sources) -> None:
        self.progress_page.begin(title)
        self._pages.setCurrentWidget(self.progress_page)
        self.resize(self.sizeHint())
        library = self._library

        def work(progress: Progress) -> tuple[Ledger, str]:
            with _turn(progress):
                texts, unreadable = sources()
                ledger = library.import_texts(texts, progress) if texts else Ledger()
                return replace(ledger, errors=(*unreadable, *ledger.errors)), library.undo_label()

        self._work = self._background.run(title, work, self._finish, self._fail)
        self._work.progressed.connect(self.progress_page.show_progress)
        # Queued, so that it comes after what follows the work: only a fault of the program leaves it to tidy up.
        self._work.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self._later.start()
        self.started.emit(self._work)

    def _finish(self, answer: tuple[Ledger, str]) -> None:
        ledger, self._undo_label = answer
        self._work = None
        self._later.stop()
        self.setWindowTitle(self.tr("Imported"))
        self._pages.setCurrentWidget(self.ledger_view)
        self.ledger_view.show_ledger(ledger)
        self._grow()
        self.show()
        self.imported.emit(ledger)

    def _fail(self, error: ExpectedError) -> None:
        self._work = None
        if isinstance(error, CancelledError):
            self.message.emit(self.tr("The import was cancelled; nothing of it was kept."))
        else:
            tell(self.parentWidget(), error, self.tr("The import did not work"))
        self._dismiss()

    def _end(self) -> None:
        if self._work is not None:
            self._work = None
            self._dismiss()

    def _dismiss(self) -> None:
        self._later.stop()
        self.reject()

    def _grow(self) -> None:
        """Take the room of the account, around the middle of where the progress was."""
        wanted = self.sizeHint()
        screen = self.screen().availableGeometry()
        size = wanted.boundedTo(screen.size() * 0.9)
        if self.isVisible():
            middle = self.geometry().center()
            self.move(middle.x() - size.width() // 2, max(screen.top(), middle.y() - size.height() // 2))
        self.resize(size)

    def _show_new(self, query: str) -> None:
        self.show_query.emit(query)
        self.reject()

    def _undo(self) -> None:
        """Take the import back, unless something else would be taken back instead."""
        if self._library.undo_label() == self._undo_label:
            self.undo_requested.emit()
            self.reject()
            return
        words = self.tr(
            "Other things were done after this import. Take those back first with Undo, "
            "then the import can be undone too."
        )
        tell(self, ExpectedError(words), self.tr("The import is not the last change"))
