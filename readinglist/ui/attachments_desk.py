"""Joins the files of papers to the library: what is attached, opened, copied and drawn; and now and then swept."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QImage
from PySide6.QtWidgets import QFileDialog

from readinglist.errors import ExpectedError
from readinglist.papers.change import Change
from readinglist.papers.paper import Attachment
from readinglist.ui import settings as remembered
from readinglist.ui.attachments_drop import FileDrops

if TYPE_CHECKING:
    from readinglist.library.opening_files import PagePicture
    from readinglist.ui.desk import Desk

SWEEP_MS = 5 * 60_000  # after the window opened, when nobody waits for anything any more


class AttachmentsDesk(QObject):
    """Does what the tab of files, drops and actions ask for."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = desk.library
        self._background = desk.window.background
        self._tab = tab = desk.details.pdf
        tab.choose_requested.connect(self.choose)
        tab.named_requested.connect(self.attach_named)
        tab.open_requested.connect(self.open)
        tab.reveal_requested.connect(self.reveal)
        tab.save_requested.connect(self.save_copy)
        tab.detach_requested.connect(desk.editing.detach)
        tab.page_wanted.connect(self._draw)
        self.drops = FileDrops(desk.details, lambda: len(desk.selected) == 1 and not desk.library.read_only)
        self.drops.dropped.connect(lambda paths: self.attach(desk.selected[0], paths))
        self._sweeping = QTimer(self)
        self._sweeping.setSingleShot(True)
        self._sweeping.timeout.connect(self.sweep)
        self._sweeping.start(SWEEP_MS)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the actions for files do."""
        return {"attach-file": self._choose_for_current, "open-file": self._open_first}

    def attach(self, paper_id: int, paths: Sequence[Path]) -> None:
        """Attach files to a paper."""
        title = self.tr("Attaching {name}").replace("{name}", paths[0].name)
        work = self._background.run(
            title,
            lambda progress: self._library.attach(paper_id, paths, progress),
            lambda change: self._attached(paper_id, paths, change),
            self._desk.window.tell,
        )
        self._desk.show_work(work)

    def choose(self, paper_id: int) -> None:
        """Let the reader choose files, and attach them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._desk.window,
            self.tr("Attach files"),
            self._desk.window.settings.get(remembered.IMPORT_FOLDER),
            ";;".join((self.tr("PDF documents") + " (*.pdf)", self.tr("All files") + " (*)")),
        )
        if names:
            self._desk.window.settings.set(remembered.IMPORT_FOLDER, str(Path(names[0]).parent))
            self.attach(paper_id, [Path(name) for name in names])

    def attach_named(self, paper_id: int, named: str) -> None:
        """Attach the file that a paper's entry names, which the reader has seen; where it is not, ask for it."""
        path = Path(named).expanduser()

        def follow(there: bool) -> None:
            if there:
                self.attach(paper_id, [path])
            else:
                self._find(paper_id, named)

        self._background.ask("named-file", lambda: path.is_absolute() and _is_file(path), follow)

    def open(self, attachment: Attachment) -> None:
        """Open a file with the system's program for it."""
        try:
            path = self._library.file_to_open(attachment)
        except ExpectedError as error:
            self._desk.say_why(error)
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.say(self.tr("No program was found that opens {name}.").replace("{name}", attachment.name))

    def reveal(self, attachment: Attachment) -> None:
        """Show where a file is kept."""
        try:
            path = self._library.attached_file(attachment)
        except ExpectedError as error:
            self._desk.say_why(error)
            return
        shown = {"win32": ("explorer", ["/select,", str(path)]), "darwin": ("open", ["-R", str(path)])}.get(
            sys.platform
        )
        if shown:
            QProcess.startDetached(*shown)
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
            self._desk.say(self.tr("The file is {path}.").replace("{path}", str(path)))

    def save_copy(self, attachment: Attachment) -> None:
        """Write a copy of a file where the reader wants it."""
        settings = self._desk.window.settings
        start = Path(settings.get(remembered.EXPORT_FOLDER)) / attachment.name
        name, _ = QFileDialog.getSaveFileName(self._desk.window, self.tr("Save a copy"), str(start))
        if not name:
            return
        settings.set(remembered.EXPORT_FOLDER, str(Path(name).parent))
        words = self.tr("Saved {path}").replace("{path}", name)
        library = self._library
        self._background.ask(
            "save-copy",
            lambda: library.save_attached(attachment, Path(name)),
            lambda _: self._desk.say(words),
            self._desk.window.tell,
        )

    def sweep(self) -> None:
        """Give up files that nothing has named for long; what prevents it now does not at another time."""
        self._background.ask("sweep", self._library.sweep_files, lambda _: None, lambda _: None)

    def _attached(self, paper_id: int, paths: Sequence[Path], change: Change) -> None:
        if list(self._desk.selected) == [paper_id]:
            self._desk.details.show_files()
        if not change:
            self._desk.say(self.tr("This paper has that file already."))
            return
        self._desk.say(
            self.tr("Attached {name}").replace("{name}", ", ".join(path.name for path in paths)), undoable=True
        )
        self._desk.asking.index()

    def _find(self, paper_id: int, named: str) -> None:
        title = self.tr("Find {name}").replace("{name}", Path(named).name)
        start = self._desk.window.settings.get(remembered.IMPORT_FOLDER)
        self._desk.say(self.tr("{path} is not there.").replace("{path}", named))
        name, _ = QFileDialog.getOpenFileName(self._desk.window, title, start)
        if name:
            self.attach(paper_id, [Path(name)])

    def _choose_for_current(self) -> None:
        if len(self._desk.selected) == 1:
            self.choose(self._desk.selected[0])

    def _open_first(self) -> None:
        papers = self._library.papers(self._desk.selected[:1])
        if papers and papers[0].attachments:
            self.open(papers[0].attachments[0])
        elif papers:
            self._desk.say(self.tr("This paper has no file. Drop one on its details, or attach it."))

    def _draw(self, attachment: Attachment, page: int, width: int) -> None:
        library, tab = self._library, self._tab

        def draw() -> "tuple[PagePicture, QImage]":
            picture = library.page_picture(attachment, page, width)
            size = picture.width, picture.height, picture.width * 4
            return picture, QImage(picture.pixels, *size, QImage.Format.Format_RGB32).copy()

        def show(drawn: "tuple[PagePicture, QImage]") -> None:
            picture, image = drawn
            tab.show_picture(attachment, picture.page, picture.pages, image)

        self._background.ask("pdf-page", draw, show, lambda error: tab.show_trouble(attachment, str(error)))


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
