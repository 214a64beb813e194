"""Joins the recovery dialog to the folder of a damaged library: what can be read, and what the reader chooses."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library import recovery
from readinglist.library.recovery import Findings, Recovered
from readinglist.ui.background import Background
from readinglist.ui.recovery_dialog import Choice, RecoveryDialog

translate = QCoreApplication.translate


class RecoveryDesk(QObject):
    """One recovery: `recovered` is called once a library stands in the folder again, `left` where none was chosen."""

    def __init__(
        self,
        folder: Path,
        wrong: str,
        background: Background,
        parent: QWidget,
        recovered: Callable[[], None],
        left: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._background = background
        self._findings: Findings | None = None
        self._recovered = recovered
        self._left = left
        self.dialog = dialog = RecoveryDialog(wrong, parent)
        dialog.chosen.connect(self._take)
        dialog.rejected.connect(self._leave)
        self._reading = background.run(
            translate("Recovery", "Reading the damaged library"),
            lambda progress: recovery.look(folder, progress),
            self._show,
            self._fail,
        )
        self._reading.progressed.connect(dialog.show_progress)
        dialog.open()

    def _show(self, findings: Findings) -> None:
        self._findings = findings
        if self.dialog.isVisible():
            self.dialog.show_findings(findings)
        else:
            recovery.forget(findings)

    def _fail(self, error: ExpectedError) -> None:
        if not isinstance(error, CancelledError):
            self.dialog.show_failure(str(error))

    def _take(self, choice: Choice) -> None:
        folder, findings = self._folder, self._findings
        self.dialog.wait()

        def take() -> None:
            if isinstance(choice, Recovered):
                recovery.take_recovered(folder, choice)
                return
            recovery.take_backup(folder, choice, lambda _done, _total: None)
            if findings is not None:
                recovery.forget(findings)

        self._background.ask("recover", take, lambda _: self._end(), self._fail)

    def _end(self) -> None:
        self.dialog.accept()
        self._recovered()

    def _leave(self) -> None:
        if self._findings is not None:
            recovery.forget(self._findings)
        else:
            self._reading.cancel()
        self._left()
