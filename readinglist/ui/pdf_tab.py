"""The files of the open paper: what they are, what can be done with them, and the pages of a PDF document."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from readinglist.papers.paper import Attachment, Paper
from readinglist.ui import theme
from readinglist.ui.flow_layout import FlowLayout
from readinglist.ui.small_parts import Words, icon_button

if TYPE_CHECKING:
    from readinglist.ui.pdf_files import FileRow


class PdfTab(QWidget):
    """Shows files and says what the reader asks for; what is in it is made for those who look at it."""

    choose_requested = Signal(int)  # paper id: which files are to be attached
    named_requested = Signal(int, str)  # paper id, a path that its entry names
    open_requested = Signal(object)  # Attachment
    reveal_requested = Signal(object)
    save_requested = Signal(object)
    detach_requested = Signal(int, str)  # paper id, digest
    page_wanted = Signal(object, int, int)
    """An `Attachment`, a page from 0, and the width in pixels of the picture to answer with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper: Paper | None = None
        self._shown: Paper | None = None
        self._rows: list[FileRow] = []
        self._chosen: Attachment | None = None
        self._made = False
        self._changeable = True
        self.setAccessibleName(self.tr("Files"))

    def show_paper(self, paper: Paper | None) -> None:
        """Show a paper's files; the same ones again keep the page that is open."""
        self._paper = paper
        if self.isVisible():
            self._show()

    def show_picture(self, attachment: Attachment, page: int, pages: int, image: QImage) -> None:
        """Show a page that was wanted, if its file is still the chosen one."""
        if attachment == self._chosen:
            self.page_view.show_picture(page, pages, image)
            for row in self._rows:
                if row.attachment == attachment:
                    row.show_pages(pages)

    def show_trouble(self, attachment: Attachment, words: str) -> None:
        """Say why a page that was wanted does not come."""
        if attachment == self._chosen:
            self.page_view.show_trouble(words)

    def set_changeable(self, *, on: bool) -> None:
        """Let files be attached and detached, or only be read."""
        self._changeable = on
        if self._made:
            for button in self._edits:
                button.setEnabled(on)
            self._none.setEnabled(on)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the files to those who look."""
        super().showEvent(event)
        if not self._made:
            self._make()
        self._show()

    def _show(self) -> None:
        from readinglist.papers.named_files import named_files

        paper = self._paper
        if paper is None or paper == self._shown:
            return
        before, self._shown = self._shown, paper
        self._stack.setCurrentWidget(self._files if paper.attachments else self._none)
        self._none.show_named(named_files(paper))
        if before is None or before.id != paper.id:
            self._show_files(paper.attachments, None)
        elif before.attachments != paper.attachments:
            self._show_files(paper.attachments, before.attachments)

    def _show_files(self, files: Sequence[Attachment], before: Sequence[Attachment] | None) -> None:
        """Show files in place of those `before` of the same paper, of which the chosen one stays unless others came."""
        from readinglist.ui.pdf_files import FileRow

        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [FileRow(attachment, self._files) for attachment in files]
        for number, row in enumerate(self._rows):
            self._list.insertWidget(number, row)
            row.show()  # here and now: Qt would do it a little later, and the pane would flicker
            row.clicked.connect(lambda _=False, row=row: self._choose(row.attachment))
        wanted = next(iter(files), None)
        if before is not None:
            come = [attachment for attachment in files if attachment not in before]
            kept = [attachment for attachment in files if attachment == self._chosen]
            wanted = next(iter([*reversed(come), *kept]), wanted)
        if before is None or wanted != self._chosen:
            self._choose(wanted)
        self._check()

    def _choose(self, attachment: Attachment | None) -> None:
        from readinglist.library.opening_files import is_pdf

        self._chosen = attachment
        has_pages = attachment is not None and is_pdf(attachment)
        self.page_view.setVisible(has_pages)
        self._no_pages.setVisible(not has_pages)
        self.page_view.open(there=has_pages)
        self._check()

    def _check(self) -> None:
        for row in self._rows:
            row.setChecked(row.attachment == self._chosen)

    def _make(self) -> None:
        from readinglist.ui.pdf_files import NoFiles
        from readinglist.ui.pdf_page_view import PageView

        self._none = NoFiles(self)
        self._files = QWidget(self)
        self.page_view = PageView(self._files)
        self._no_pages = Words(self.tr("This kind of file has no preview."), "quiet", parent=self._files).wrapping()
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.spacing(1))
        page = QVBoxLayout(self._files)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(theme.spacing(2))
        page.addLayout(self._list)
        page.addLayout(self._buttons())
        page.addWidget(self.page_view, 1)
        page.addWidget(self._no_pages)
        page.addStretch(0)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._files)
        self._none.choose_requested.connect(lambda: self.choose_requested.emit(self._paper_id()))
        self._none.named_requested.connect(lambda path: self.named_requested.emit(self._paper_id(), path))
        self._made = True
        self.set_changeable(on=self._changeable)
        self.page_view.wanted.connect(lambda number, width: self.page_wanted.emit(self._chosen, number, width))

    def _buttons(self) -> FlowLayout:
        flow = FlowLayout(gap=theme.spacing(1.5))
        opening = icon_button("open", self.tr("Open"))
        opening.clicked.connect(lambda: self.open_requested.emit(self._chosen))
        flow.addWidget(opening)
        for words, signal in (
            (self.tr("Show in folder"), self.reveal_requested),
            (self.tr("Save a copy…"), self.save_requested),
        ):
            button = QPushButton(words)
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self._chosen))
            flow.addWidget(button)
        detach = QPushButton(self.tr("Detach"))
        detach.clicked.connect(self._detach)
        flow.addWidget(detach)
        attach = icon_button("attach", self.tr("Attach file…"))
        attach.clicked.connect(lambda: self.choose_requested.emit(self._paper_id()))
        flow.addWidget(attach)
        self._edits = (detach, attach)
        return flow

    def _detach(self) -> None:
        if self._chosen is not None:
            self.detach_requested.emit(self._paper_id(), self._chosen.digest)

    def _paper_id(self) -> int:
        return self._paper.id if self._paper else 0
