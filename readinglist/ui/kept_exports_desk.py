"""Keeps files up to date while the window is open: after changes, quietly, and never over what others wrote."""

import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import Progress
from readinglist.ui.questions import ask

if TYPE_CHECKING:
    from readinglist.library.kept_exports import KeptFile
    from readinglist.ui.desk import Desk
    from readinglist.ui.kept_exports_window import KeptExportsWindow

CHANNEL = "kept exports"
LIST_CHANNEL = "kept exports shown"
AFTER_MS = 2000  # several edits in a row are one writing
AT_START_MS = 4000  # the window is filled and answers first


class KeptExporting(QObject):
    """Writes the files of one library that are to be kept up to date, and asks where that cannot be decided here."""

    shown = Signal(list)
    """How all files stand (`KeptFile`)."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = desk.library
        self._background = desk.window.background
        self._stopped = threading.Event()
        self._told: dict[str, str] = {}
        self._window: KeptExportsWindow | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.write)
        self._timer.start(AT_START_MS)
        desk.signals.changed.connect(lambda _: self._timer.start(AFTER_MS))

    def write(self) -> None:
        """Write what is stale, off the GUI thread."""
        self._timer.stop()
        self._background.ask(CHANNEL, lambda: self._library.write_kept(self._go_on), self._take, self._desk.say_why)

    def look(self) -> None:
        """See how all files stand."""
        self._background.ask(LIST_CHANNEL, self._library.kept_exports, self.shown.emit)

    def stop(self) -> None:
        """Let a file that is being written be as it was: the window closes."""
        self._timer.stop()
        self._stopped.set()

    def open_window(self) -> None:
        """Show which files are kept up to date."""
        from readinglist.library.kept_exports import KeptState
        from readinglist.ui.dialog_sizes import keep_size
        from readinglist.ui.kept_exports_window import KeptExportsWindow

        window = self._window = KeptExportsWindow(self._desk.window)
        window.write_requested.connect(lambda kept: self.write_one(kept, anyway=kept.state is KeptState.FOREIGN))
        window.elsewhere_requested.connect(self.move)
        window.stop_requested.connect(self.forget)
        self.shown.connect(window.show_files)
        self._desk.signals.changed.connect(self.look)
        window.finished.connect(self._closed)
        keep_size(window, self._desk.window.settings)
        window.show()
        self.look()

    def write_one(self, kept: "KeptFile", *, anyway: bool = False) -> None:
        """Write one file now; `anyway` over what another program changed, which is kept as a copy."""
        ids = [kept.export.id]
        self._run(
            self.tr("Writing {name}").format(name=kept.path.name),
            lambda progress: self._library.write_kept(progress, ids, anyway=anyway),
            partial(self._wrote, kept),
        )

    def move(self, kept: "KeptFile") -> None:
        """Keep another file up to date instead of this one, which stays as it is."""
        from readinglist.library.export_formats import ExportOptions

        name, _ = QFileDialog.getSaveFileName(self._parent(), self.tr("Save papers"), kept.export.path)
        if not name or Path(name) == kept.path:
            return
        export, library = kept.export, self._library
        options = ExportOptions(export.format, bool(export.options["personal"]), str(export.options["style"]))

        def work(progress: Progress) -> str:
            written = library.keep_export(Path(name), export.query, options, progress, replace_all=True)
            library.stop_export(export.id)
            return written.path.name

        words = self.tr("{name} is kept up to date now")
        title = self.tr("Writing {name}").format(name=Path(name).name)
        self._run(title, work, lambda written: self._desk.say(words.format(name=written)))

    def forget(self, kept: "KeptFile") -> None:
        """Keep a file up to date no more."""
        library = self._library
        words = self.tr("{name} is kept up to date no more").format(name=kept.path.name)
        self._background.ask(
            LIST_CHANNEL,
            lambda: library.stop_export(kept.export.id),
            lambda _: self._desk.say(words, undoable=True),
            self._desk.say_why,
        )

    def _run(self, title: str, work: Callable[[Progress], object], then: Callable[..., None]) -> None:
        def finish(answer: object) -> None:
            then(answer)
            self.look()

        self._desk.show_work(self._background.run(title, work, finish, self._desk.window.tell))

    def _go_on(self, _done: int, _total: int) -> None:
        if self._stopped.is_set():
            raise CancelledError("The window was closed.")

    def _take(self, files: Sequence["KeptFile"]) -> None:
        """Say of each file what went wrong with it, once."""
        from readinglist.library.kept_exports import KeptState

        self.shown.emit(list(files))
        for kept in files:
            trouble = kept.problem or (kept.state.value if kept.state is KeptState.FOREIGN else "")
            is_new = trouble != self._told.get(kept.export.id, "")
            self._told[kept.export.id] = trouble
            if is_new and kept.problem:
                words = self.tr("{name} is not up to date: {problem}")
                self._desk.say(words.format(name=kept.path.name, problem=kept.problem))
            elif is_new and trouble:
                self._ask(kept)

    def _wrote(self, kept: "KeptFile", files: Sequence["KeptFile"]) -> None:
        now = next((each for each in files if each.export.id == kept.export.id), kept)
        self._told.pop(kept.export.id, None)
        if now.problem:
            self._desk.window.tell(ExpectedError(now.problem))
        elif now.written != kept.written or now.state != kept.state:
            self._desk.say(self.tr("Wrote {name}").format(name=kept.path.name))
        else:
            self._desk.say(self.tr("{name} is up to date").format(name=kept.path.name))

    def _ask(self, kept: "KeptFile") -> None:
        words = self.tr(
            "It is kept up to date, but what another program changed in it was not written over. Write it anyway, and "
            "the changed file is kept beside it as {name}~."
        )
        ask(
            self._parent(),
            self.tr("{name} was changed by another program").format(name=kept.path.name),
            words.format(name=kept.path.name),
            (
                (self.tr("Save as another file…"), partial(self.move, kept)),
                (self.tr("Write anyway"), partial(self.write_one, kept, anyway=True)),
                (self.tr("Stop keeping it"), partial(self.forget, kept)),
            ),
            self.tr("Later"),
        )

    def _parent(self) -> QWidget:
        return self._window or self._desk.window

    def _closed(self) -> None:
        self._window = None
        self._desk.signals.changed.disconnect(self.look)
