"""Cite: a style chosen by typing, a look at what it makes of papers, and then the clipboard or a file."""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QTextEdit, QWidget

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import Progress
from readinglist.library.citation_styles import CitationStyle, add_style, styles
from readinglist.paths import write_then_rename
from readinglist.ui import settings as remembered
from readinglist.ui import theme
from readinglist.ui.background import Background, Work
from readinglist.ui.citation_style_list import StyleList
from readinglist.ui.copying import rich_text
from readinglist.ui.messages import tell
from readinglist.ui.quiet_document import QuietDocument
from readinglist.ui.settings import Settings
from readinglist.ui.small_parts import SEMIBOLD, ElidedWords, LinkButton, Words, dialog_page
from readinglist.ui.wording import papers

if TYPE_CHECKING:
    from readinglist.library.citation_engine import Cited
    from readinglist.library.library import Library

PREVIEWED = 20
STYLES_CHANNEL = "citation styles"
PREVIEW_CHANNEL = "citation preview"
Answer = TypeVar("Answer")


class CitationDialog(QDialog):
    """Stays open until it is closed, so that the same papers can be cited in several ways. Never blocks the window."""

    started = Signal(object)
    """The `Work` that formats, for the status line."""
    message = Signal(str)
    """What was done, for the status line."""

    def __init__(
        self,
        library: "Library",
        background: Background,
        settings: Settings,
        ids: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._settings = settings
        self._ids = tuple(ids)
        self._work: Work | None = None
        self._cited: Cited | None = None
        self._trouble = ""
        self.setWindowTitle(self.tr("Cite"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._make_parts()
        self._make_buttons()
        self._lay_out()
        theme.notifier.changed.connect(self._draw)
        self._enable()
        self._load(settings.get(remembered.CITATION_STYLE))

    def _make_parts(self) -> None:
        self._title = Words(self.tr("Cite {papers}").format(papers=papers(len(self._ids))), step=4, weight=SEMIBOLD)
        self.styles = StyleList()
        self.styles.chosen.connect(self._choose)
        self.preview = QTextEdit()
        self.preview.setDocument(QuietDocument(self.preview))
        self.preview.setObjectName("framed")
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("Preview"))
        self.outcome = ElidedWords(tone="new")
        self.outcome.hide()

    def _make_buttons(self) -> None:
        self.add_button = LinkButton(self.tr("Add a style…"))
        self.citation_button = QPushButton(self.tr("Copy &citation"))
        self.close_button = QPushButton(self.tr("Close"))
        self.save_button = QPushButton(self.tr("&Save as…"))
        self.copy_button = QPushButton(self.tr("Copy &bibliography"))
        self.copy_button.setDefault(True)
        self.add_button.clicked.connect(self.choose_file)
        self.citation_button.clicked.connect(self.copy_citation)
        self.close_button.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save_as)
        self.copy_button.clicked.connect(self.copy)

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(theme.spacing(4))
        middle.addWidget(self.styles, 2)
        middle.addWidget(self.preview, 3)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.spacing(2))
        buttons.addWidget(self.add_button)
        buttons.addStretch(1)
        for button in (self.close_button, self.save_button, self.citation_button, self.copy_button):
            buttons.addWidget(button)
        page = dialog_page(self, edge=6, between=4)
        page.addWidget(self._title)
        page.addLayout(middle, 1)
        page.addWidget(self.outcome)
        page.addLayout(buttons)
        self.setMinimumSize(theme.spacing(140), theme.spacing(80))
        self.styles.field.setFocus()

    def sizeHint(self) -> QSize:
        """Room for the list of styles, and for lines that read well beside it."""
        return QSize(theme.spacing(225), theme.spacing(130))

    def _load(self, wanted: str) -> None:
        self._background.ask(STYLES_CHANNEL, styles, lambda known: self.styles.show_styles(known, wanted))

    def _choose(self, style: CitationStyle) -> None:
        """Show what a style makes of the first papers, and remember it."""
        self._settings.set(remembered.CITATION_STYLE, style.name)
        self._enable()
        library, first = self._library, self._ids[:PREVIEWED]
        self._background.ask(PREVIEW_CHANNEL, lambda: library.cite(first, style.name), self._show, self._show_trouble)

    def _show(self, cited: "Cited") -> None:
        self._cited, self._trouble = cited, ""
        self._draw()

    def _show_trouble(self, error: ExpectedError) -> None:
        self._cited, self._trouble = None, str(error)
        self._draw()

    def _draw(self) -> None:
        """Write the preview. All of a paper is escaped where its HTML is made, and nothing is loaded for it."""
        from readinglist.library.citing import as_html

        self.preview.setFont(theme.font())
        self.preview.document().setDocumentMargin(theme.spacing(3))
        if self._cited is None:
            self.preview.setPlainText(self._trouble)
            return
        more = len(self._ids) - PREVIEWED
        parts = [_heading(self.tr("In the text")), f"<p>{self._cited.citation.html}</p>"]
        if self._cited.entries:
            parts += [_heading(self.tr("Bibliography")), as_html(self._cited)]
        if more > 0:
            parts.append(_heading(self.tr("and {papers} more").format(papers=papers(more))))
        self.preview.setHtml("".join(parts))

    def choose_file(self) -> None:
        """Let the reader choose a .csl file, and add it to the styles."""
        pattern = self.tr("Citation styles (*.csl)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Add a style"), str(Path.home()), pattern)
        if name:
            self.add(Path(name))

    def add(self, path: Path) -> None:
        """Add a style, and choose it."""

        def fail(error: ExpectedError) -> None:
            tell(self, error, self.tr("The style was not added"))

        self._background.ask(STYLES_CHANNEL, lambda: add_style(path), self._added, fail)

    def _added(self, style: CitationStyle) -> None:
        self.styles.field.clear()
        self._load(style.name)
        self._tell_done(self.tr("Added {style}").format(style=style.title))

    def copy(self) -> None:
        """Put the bibliography on the clipboard, as text and as rich text; of a style of notes, the notes."""

        def texts(cited: "Cited") -> tuple[str, str]:
            from readinglist.library.citing import as_html, as_text

            if not cited.entries:
                return cited.citation.text, cited.citation.html
            return as_text(cited).removesuffix("\n"), as_html(cited)

        self._run(texts, self._copied)

    def copy_citation(self) -> None:
        """Put one citation of all papers on the clipboard."""
        self._run(lambda cited: (cited.citation.text, cited.citation.html), self._copied)

    def _copied(self, texts: tuple[str, str]) -> None:
        QGuiApplication.clipboard().setMimeData(rich_text(*texts))
        self._tell_done(self.tr("Copied {papers} to the clipboard").format(papers=papers(len(self._ids))))

    def save_as(self) -> None:
        """Ask for a file, which warns where it exists, and write the bibliography to it."""
        folder = self._settings.get(remembered.EXPORT_FOLDER) or str(Path.home())
        pattern = f"{self.tr('Web page')} (*.html);;{self.tr('Text')} (*.txt)"
        name, kind = QFileDialog.getSaveFileName(self, self.tr("Save"), f"{folder}/bibliography.html", pattern)
        if name:
            path = Path(name)
            usual = ".txt" if "*.txt" in kind else ".html"
            self.save(path if path.suffix else path.with_suffix(usual))

    def save(self, path: Path) -> None:
        """Write the bibliography to a file, whole or not at all: as text where it is a .txt, else as a web page."""
        title = self.tr("Bibliography")

        def write(cited: "Cited") -> Path:
            from readinglist.library.citing import as_page, as_text

            text = as_text(cited) if path.suffix.casefold() == ".txt" else as_page(cited, title)
            write_then_rename(path, text.encode("utf-8"))
            return path

        self._run(write, self._saved)

    def _saved(self, path: Path) -> None:
        self._settings.set(remembered.EXPORT_FOLDER, str(path.parent))
        done = self.tr("Wrote {papers} to {file}").format(papers=papers(len(self._ids)), file=path.name)
        self._tell_done(done)

    def _run(self, take: Callable[["Cited"], Answer], then: Callable[[Answer], None]) -> None:
        style, library, ids = self.styles.current, self._library, self._ids
        if style is None or self._work is not None:
            return

        def work(progress: Progress) -> Answer:
            return take(library.cite(ids, style.name, progress))

        title = self.tr("Formatting {papers}").format(papers=papers(len(ids)))
        self._work = self._background.run(title, work, then, self._fail)
        self._work.ended.connect(self._ended)
        self._enable()
        self.started.emit(self._work)

    def _ended(self) -> None:
        self._work = None
        self._enable()

    def _enable(self) -> None:
        can = self.styles.current is not None and self._work is None
        for button in (self.copy_button, self.citation_button, self.save_button):
            button.setEnabled(can)

    def _tell_done(self, words: str) -> None:
        self.outcome.set_tone("new")
        self.outcome.setText(words)
        self.outcome.show()
        self.message.emit(words)
        self._close_if_hidden()

    def _fail(self, error: ExpectedError) -> None:
        if isinstance(error, CancelledError):
            self.outcome.set_tone("quiet")
            self.outcome.setText(self.tr("Cancelled; nothing was copied or written."))
            self.outcome.show()
        else:
            tell(self if self.isVisible() else self.parentWidget(), error, self.tr("The papers were not formatted"))
        self._close_if_hidden()

    def reject(self) -> None:
        """Close; while papers are being formatted, only hide until they are."""
        self._background.drop(PREVIEW_CHANNEL)
        self._background.drop(STYLES_CHANNEL)
        if self._work is None:
            super().reject()
        else:
            self.hide()

    def _close_if_hidden(self) -> None:
        """Closed while it was formatting: now it can go."""
        if not self.isVisible():
            super().reject()
            self.deleteLater()


def _heading(words: str) -> str:
    font = theme.font(-1)
    color = theme.current().faint.name()
    return f'<p style="color:{color};font-size:{font.pointSizeF():.1f}pt">{escape(words)}</p>'
