"""Joins the dialog of backups to the library: its list, its work, a restore; and the export of the whole library."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library import backups
from readinglist.library.answers import Progress
from readinglist.library.backups import Backup, Difference, Facts, Report, Why
from readinglist.library.complete_export import Exported, export_whole
from readinglist.ui import backups_words as words
from readinglist.ui import settings as remembered
from readinglist.ui import wording
from readinglist.ui.background import Work
from readinglist.ui.backups_dialog import BackupsDialog, ConfirmRestore
from readinglist.ui.dialog_sizes import keep_size

if TYPE_CHECKING:
    from readinglist.ui.desk import Desk

T = TypeVar("T")
translate = QCoreApplication.translate


class BackupsDesk(QObject):
    """One dialog of backups at one desk, until it is closed."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._folder = desk.library.folder
        self._background = desk.window.background
        self._work: Work | None = None
        self._differences: dict[str, Difference] = {}
        self.dialog = dialog = BackupsDialog(desk.window)
        dialog.lead.setText(self._lead(()))
        dialog.chosen.connect(self._compare)
        dialog.restore_requested.connect(self._confirm)
        dialog.verify_requested.connect(self._verify)
        dialog.backup_requested.connect(self._back_up)
        dialog.export_requested.connect(partial(export_library, desk))
        dialog.stop_requested.connect(self._stop)
        dialog.finished.connect(self._close)
        keep_size(dialog, desk.window.settings)
        self.refresh()
        dialog.show()

    @property
    def settled(self) -> bool:
        """Whether nothing runs, and what a restore would do is shown."""
        current = self.dialog.current
        return self._work is None and (current is None or current.name in self._differences)

    def refresh(self) -> None:
        """Show the backups that there are."""
        folder = self._folder

        def read() -> tuple[list[Backup], Facts, list[Path]]:
            return backups.backups(folder), backups.today(folder), backups.unreadable(folder)

        def show(found: tuple[list[Backup], Facts, list[Path]]) -> None:
            every, today, unreadable = found
            self.dialog.show_backups(every, today)
            self.dialog.lead.setText(self._lead([path.name for path in unreadable]))

        self._background.ask("backups", read, show, self._tell)

    def _lead(self, unreadable: Sequence[str]) -> str:
        said = self.tr(
            "The library is backed up once a day while you use it. The newest of each of the last 7 days, 4 weeks and "
            "12 months are kept in {folder}."
        ).format(folder=self._folder / "backups")
        if not unreadable:
            return said
        damaged = self.tr("Damaged, and left as they are: {names}.").format(names=", ".join(unreadable))
        return f"{said} {damaged}"

    def _compare(self, backup: Backup) -> None:
        known = self._differences.get(backup.name)
        if known is not None:
            self.dialog.show_difference(known)
            return
        folder = self._folder

        def show(difference: Difference) -> None:
            self._differences[backup.name] = difference
            if self._work is None:
                self.dialog.show_difference(difference)

        def compare() -> Difference:
            return backups.compare(folder, backup, lambda _done, _total: None)

        self._background.ask("backup", compare, show, self._tell)

    def _back_up(self) -> None:
        def show(made: Backup) -> None:
            self._differences.clear()
            self._desk.say(self.tr("Backed up {papers}").format(papers=wording.papers(made.facts.holds["papers"])))
            self.dialog.list.clearSelection()
            self.refresh()

        folder = self._folder
        self._run(self.tr("Backing up"), lambda tell: backups.back_up(folder, Why.BY_HAND, tell), show)

    def _verify(self, backup: Backup) -> None:
        def show(report: Report) -> None:
            self.dialog.say(*words.report(report))

        folder = self._folder
        self._run(self.tr("Verifying"), lambda tell: backups.verify(folder, backup, tell), show)

    def _confirm(self, backup: Backup) -> None:
        question = ConfirmRestore(backup, self._differences.get(backup.name), self.dialog)
        question.accepted.connect(partial(self._restore, backup))
        question.show()

    def _restore(self, backup: Backup) -> None:
        """Let the window go, and come again on the older library."""
        folder = self._folder
        self.dialog.close()
        self._desk.window.anew.emit(
            self.tr("Restoring the library"), lambda tell: backups.restore(folder, backup, tell)
        )

    def _run(self, title: str, work: Callable[[Progress], T], then: Callable[[T], None]) -> None:
        def end(answer: T) -> None:
            self._end()
            then(answer)

        self._work = self._background.run(title, work, end, self._tell)
        self._work.progressed.connect(self.dialog.show_progress)
        self.dialog.begin_work(title)
        self._desk.show_work(self._work)

    def _end(self) -> None:
        self._work = None
        self.dialog.end_work()

    def _tell(self, error: ExpectedError) -> None:
        self._end()
        self.dialog.say("" if isinstance(error, CancelledError) else str(error))

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _close(self) -> None:
        self._stop()
        self._background.drop("backups")
        self._background.drop("backup")
        self.deleteLater()


def open_backups(desk: "Desk") -> BackupsDesk:
    """Open the dialog of backups, or bring it to the front."""
    opened = next((each for each in desk.findChildren(BackupsDesk) if each.dialog.isVisible()), None)
    if opened is not None:
        opened.dialog.activateWindow()
        return opened
    return BackupsDesk(desk)


def export_library(desk: "Desk") -> None:
    """Ask for a file, and write the whole library to it."""
    settings, folder = desk.window.settings, desk.library.folder
    begin = settings.get(remembered.EXPORT_FOLDER) or QStandardPaths.writableLocation(
        QStandardPaths.StandardLocation.DocumentsLocation
    )
    name = translate("Backups", "Reading List {day}.zip").format(day=datetime.now().astimezone().date().isoformat())
    chosen, _ = QFileDialog.getSaveFileName(
        desk.window,
        translate("Backups", "Export the whole library"),
        str(Path(begin) / name),
        translate("Backups", "ZIP files (*.zip)"),
    )
    if chosen:
        path = Path(chosen)
        settings.set(remembered.EXPORT_FOLDER, str(path.parent))
        write_library(desk, path if path.suffix.lower() == ".zip" else path.with_name(f"{path.name}.zip"), folder)


def write_library(desk: "Desk", path: Path, folder: Path) -> None:
    """Write the whole library to a file, and say so."""

    def tell(exported: Exported) -> None:
        said = translate("Backups", "Wrote the whole library, {papers}, to {name}")
        desk.say(said.format(papers=wording.papers(exported.papers), name=path.name))
        if exported.lacking:
            missing = translate("Backups", "Attached files that could not be written: {names}. All else was.")
            desk.window.tell(ExpectedError(missing.format(names=", ".join(exported.lacking[:5]))))

    def tell_why(error: ExpectedError) -> None:
        if not isinstance(error, CancelledError):
            desk.window.tell(error)

    title = translate("Backups", "Exporting the whole library")
    desk.show_work(desk.window.background.run(title, partial(export_whole, folder, path), tell, tell_why))
