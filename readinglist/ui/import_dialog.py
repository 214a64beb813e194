"""An import as one sees it: its progress, which can be cancelled or left alone, and its account at the end."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QStackedLayout, QWidget

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import ImportOptions, InputText, Progress
from readinglist.library.inputs import Inputs
from readinglist.library.ledger import Ledger
from readinglist.ui import import_course as course
from readinglist.ui import theme
from readinglist.ui.background import Background, Work
from readinglist.ui.column_mapping import ColumnMapping
from readinglist.ui.import_course import Looked, Sources, Table
from readinglist.ui.import_preview import PreviewPage
from readinglist.ui.ledger_view import LedgerView
from readinglist.ui.messages import tell
from readinglist.ui.settings import LOOK_AT_IMPORTS, TABLE_COLUMNS, Settings
from readinglist.ui.small_parts import SEMIBOLD, ElidedWords, Words, dialog_page
from readinglist.ui.wording import number

if TYPE_CHECKING:
    from readinglist.library.library import Library

QUICK_MS = 400  # an import over by then shows its account alone, not a flash of progress

MOST_TABLES = 100  # of which the columns are remembered

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
        page = dialog_page(self, edge=6, between=2)
        page.addWidget(self._title)
        page.addWidget(self._lead)
        page.addSpacing(theme.spacing(4))
        page.addWidget(self.bar)
        page.addWidget(self.words)
        page.addStretch(1)
        page.addLayout(buttons)

    def sizeHint(self) -> QSize:
        """Room for long names of files."""
        return QSize(theme.spacing(115), theme.spacing(48))

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
    """The `Work` that looks or imports, for the status line."""
    imported = Signal(object)
    """The `Ledger`."""
    look_changed = Signal(str)
    """When the reader wants to look at imports first."""
    show_query = Signal(str)
    undo_requested = Signal()
    message = Signal(str)
    """Something for the status line."""

    def __init__(
        self, library: "Library", background: Background, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._settings = settings
        self._work: Work | None = None
        self._looked: Looked | None = None
        self._table = Table(0, ())
        self._title = ""
        self._undo_label = ""
        self.setWindowTitle(self.tr("Import"))
        self.progress_page = ProgressPage()
        self.ledger_view = LedgerView()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.progress_page)
        self._pages.addWidget(self.ledger_view)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(QUICK_MS)
        self._later.timeout.connect(self.show)
        self._connect()

    def _connect(self) -> None:
        self.progress_page.hide_button.clicked.connect(self.hide)
        self.progress_page.cancel_button.clicked.connect(self.cancel)
        self.ledger_view.close_requested.connect(self.reject)
        self.ledger_view.show_query.connect(self._show_new)
        self.ledger_view.undo_requested.connect(self._undo)

    @cached_property
    def mapping_page(self) -> ColumnMapping:
        """Where one says what the columns of a table are; made when it is needed."""
        page = ColumnMapping()
        page.done.connect(self._take_columns)
        page.skipped.connect(self._leave_table)
        self._pages.addWidget(page)
        return page

    @cached_property
    def preview_page(self) -> PreviewPage:
        """Where one looks at the records first; made when it is needed."""
        page = PreviewPage()
        page.import_requested.connect(self._import_looked)
        page.cancel_requested.connect(self.reject)
        page.columns_requested.connect(lambda: self._ask_columns(0))
        page.personal_changed.connect(lambda _: self._look_again())
        page.look_changed.connect(self.look_changed)
        self._pages.addWidget(page)
        return page

    def sizeHint(self) -> QSize:
        """As large as the page that is shown needs it."""
        page = self._pages.currentWidget()
        return QSize(theme.spacing(115), theme.spacing(48)) if page is None else page.sizeHint()

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import files, and what holds papers in folders."""
        if len(paths) == 1:
            title = self.tr("Importing {name}").format(name=paths[0].name)
        else:
            title = self.tr("Importing {count} files").format(count=number(len(paths)))
        library = self._library
        self._start(title, lambda progress: library.inputs(paths, progress))

    def import_texts(self, texts: Sequence[InputText]) -> None:
        """Import a text, such as the clipboard's: of its forms the one that tells most."""
        library = self._library
        self._start(self.tr("Importing {name}").format(name=texts[0].name), lambda _: Inputs((library.richest(texts),)))

    def cancel(self) -> None:
        """Stop the import, and take back what it did."""
        if self._work is not None:
            self.progress_page.show_cancelling()
            self._work.cancel()

    def reject(self) -> None:
        """Esc: while the import runs the dialog is only hidden; after it, it is done with."""
        super().reject()
        if self._work is None:
            if self._looked is not None:
                self.message.emit(self.tr("Nothing was imported."))
            self.deleteLater()

    def _start(self, title: str, sources: Sources) -> None:
        self._title = title
        library, look, memory = self._library, self._settings.get(LOOK_AT_IMPORTS), columns_in(self._settings)
        self._run(lambda progress: course.run(library, sources, look, memory, progress))

    def _look_again(self, inputs: Inputs | None = None) -> None:
        """Look at what was found with other columns, or with or without what other readers did."""
        if self._looked is None:
            return
        library, memory = self._library, columns_in(self._settings)
        again, personal = inputs or self._looked.inputs, self.preview_page.personal.isChecked()
        self._run(lambda progress: course.look_at(library, again, memory, progress, personal=personal))

    def _import_looked(self) -> None:
        if self._looked is not None:
            library, inputs, page = self._library, self._looked.inputs, self.preview_page
            choices, personal = page.model.read_choices, page.personal.isChecked()
            self._run(
                lambda progress: course.import_inputs(library, inputs, ImportOptions(choices(), personal), progress)
            )

    def _run(self, step: Callable[[Progress], Looked | Ledger]) -> None:
        self.progress_page.begin(self._title)
        library = self._library

        def work(progress: Progress) -> tuple[Looked | Ledger, str]:
            with _turn(progress):
                return step(progress), library.undo_label()

        self._work = self._background.run(self._title, work, self._finish, self._fail)
        self._work.progressed.connect(self.progress_page.show_progress)
        # Queued, so that it comes after what follows the work: only a fault of the program leaves it to tidy up.
        self._work.ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        if not self.isVisible():
            self._show_page(self.progress_page)
            self._later.start()
        else:
            self._pages.setCurrentWidget(self.progress_page)
        self.started.emit(self._work)

    def _finish(self, answer: tuple[Looked | Ledger, str]) -> None:
        found, self._undo_label = answer
        self._work = None
        self._later.stop()
        if isinstance(found, Ledger):
            self._looked = None
            self.setWindowTitle(self.tr("Imported"))
            self.ledger_view.show_ledger(found)
            self._show_page(self.ledger_view)
            self.imported.emit(found)
        else:
            self._looked = found
            self._ask_next()

    # what the reader is asked

    def _ask_next(self) -> None:
        """Ask for the columns of the first table that has no titles; then show what would be imported."""
        if self._looked is None:
            return
        unclear = (place for place, table in enumerate(self._looked.tables) if not table.has_titles and table.columns)
        place = next(unclear, None)
        if place is not None:
            self._ask_columns(place)
        elif self._looked.inputs.texts:
            self.preview_page.show_looked(self._looked, self._settings.get(LOOK_AT_IMPORTS))
            self._show_page(self.preview_page)
        else:
            self.reject()

    def _ask_columns(self, place: int) -> None:
        if self._looked is not None:
            self._table = self._looked.tables[place]
            self.mapping_page.show_table(self._looked.inputs.texts[self._table.number].name, self._table)
            self._show_page(self.mapping_page)

    def _take_columns(self, fields: Mapping[str, str]) -> None:
        if self._looked is None:
            return
        remember_columns(self._settings, self._table.headers, fields)
        same = (table.number for table in self._looked.tables if table.headers == self._table.headers)
        self._look_again(course.with_columns(self._looked.inputs, dict.fromkeys(same, fields)))

    def _leave_table(self) -> None:
        if self._looked is None:
            return
        inputs = course.without(self._looked.inputs, [self._table.number])
        if inputs.texts:
            self._look_again(inputs)
        else:
            self.reject()

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        if page is self.progress_page:
            self.resize(self.sizeHint())
            return
        self._grow()
        self.show()

    def _fail(self, error: ExpectedError) -> None:
        self._work = None
        self._looked = None
        if isinstance(error, CancelledError):
            self.message.emit(self.tr("The import was cancelled; nothing of it was kept."))
        else:
            tell(self.parentWidget(), error, self.tr("The import did not work"))
        self._dismiss()

    def _end(self) -> None:
        if self._work is not None and self.sender() is self._work:  # and not a step that began since
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


def columns_in(settings: Settings) -> dict[tuple[str, ...], dict[str, str]]:
    """What the reader said of the columns of tables, by their headers."""
    try:
        kept = json.loads(settings.get(TABLE_COLUMNS) or "[]")
        return {tuple(headers): dict(fields) for headers, fields in kept}
    except (TypeError, ValueError):
        return {}  # edited by hand, and not understood


def remember_columns(settings: Settings, headers: Sequence[str], fields: Mapping[str, str]) -> None:
    """Remember what the columns of a table are."""
    kept = columns_in(settings)
    kept.pop(tuple(headers), None)
    kept[tuple(headers)] = dict(fields)
    newest = list(kept.items())[-MOST_TABLES:]
    settings.set(TABLE_COLUMNS, json.dumps([[list(each), known] for each, known in newest], ensure_ascii=False))
