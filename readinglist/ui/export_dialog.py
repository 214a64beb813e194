"""Export: which papers, in which format, a look at the first ones, and then a file or the clipboard."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import Progress
from readinglist.library.citation_styles import styles
from readinglist.library.export_formats import Exported, ExportOptions
from readinglist.ui import settings as remembered
from readinglist.ui import theme
from readinglist.ui.background import Background, Work
from readinglist.ui.export_choices import ExportChoices, Scope
from readinglist.ui.export_words import format_name
from readinglist.ui.messages import tell
from readinglist.ui.questions import ask
from readinglist.ui.settings import Settings
from readinglist.ui.small_parts import SEMIBOLD, ElidedWords, LinkButton, Words, dialog_page, icon_button
from readinglist.ui.wording import papers

if TYPE_CHECKING:
    from readinglist.library.library import Library

PREVIEWED = 3
PREVIEW_CHANNEL = "export preview"
STYLES_CHANNEL = "export styles"
MOST_SHOWN = 20_000  # characters of a preview
Answer = TypeVar("Answer")


class ExportDialog(QDialog):
    """Stays open until it is closed, so that the same papers can be written in several ways."""

    started = Signal(object)
    """The `Work` that writes, for the status line."""
    message = Signal(str)
    """What was done, for the status line."""

    def __init__(
        self,
        library: "Library",
        background: Background,
        settings: Settings,
        scopes: Sequence[Scope],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._settings = settings
        self.folder = Path(settings.get(remembered.EXPORT_FOLDER) or Path.home())
        self._work: Work | None = None
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Words(self.tr("Export papers"), step=4, weight=SEMIBOLD)
        self.choices = ExportChoices(scopes, settings.get(remembered.EXPORT_FORMAT))
        self._make_preview()
        self._make_outcome()
        self._make_buttons()
        self._lay_out()
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)
        self.choices.changed.connect(self._chosen)
        self._load_styles()
        self.choices.focus_first()
        self._chosen()

    def _make_preview(self) -> None:
        self._preview_title = Words(tone="faint", step=-1)
        self.preview = QPlainTextEdit()
        self.preview.setObjectName("framed")
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setAccessibleName(self.tr("Preview"))

    def _make_outcome(self) -> None:
        self.outcome = ElidedWords(tone="new")
        self.outcome.elide = Qt.TextElideMode.ElideMiddle
        self.folder_link = LinkButton(self.tr("Show the folder"))
        self.folder_link.clicked.connect(self._show_folder)
        self.outcome.hide()
        self.folder_link.hide()

    def _make_buttons(self) -> None:
        self.copy_button = icon_button("copy", self.tr("&Copy to the clipboard"))
        self.close_button = QPushButton(self.tr("Close"))
        self.save_button = QPushButton(self.tr("&Save as…"))
        self.save_button.setDefault(True)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save_as)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        done = QHBoxLayout()
        done.setSpacing(theme.spacing(2))
        done.addWidget(self.outcome)
        done.addWidget(self.folder_link)
        done.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.spacing(2))
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.save_button)
        page = dialog_page(self, edge=6, between=3)
        page.addWidget(self._title)
        page.addWidget(self.choices)
        page.addWidget(self._preview_title)
        page.addWidget(self.preview, 1)
        page.addLayout(done)
        page.addLayout(buttons)

    def _apply_theme(self) -> None:
        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        mono.setPointSizeF(theme.font(-1).pointSizeF())
        self.preview.setFont(mono)

    def sizeHint(self) -> QSize:
        """Room for some lines of the preview."""
        return QSize(theme.spacing(165), theme.spacing(165))

    def _load_styles(self) -> None:
        wanted = self._settings.get(remembered.CITATION_STYLE)
        self._background.ask(STYLES_CHANNEL, styles, lambda known: self.choices.show_styles(known, wanted))

    def _chosen(self) -> None:
        scope, options = self.choices.scope, self.choices.options
        self._enable()
        if scope is None:
            self._preview_title.setText(self.tr("There are no papers to export yet."))
            return
        self._settings.set(remembered.EXPORT_FORMAT, options.format)
        shown = self.tr("The first {count} of {papers}").format(count=PREVIEWED, papers=papers(scope.count))
        self._preview_title.setText(shown if scope.count > PREVIEWED else self.tr("Preview"))
        wrap, lines = QPlainTextEdit.LineWrapMode.WidgetWidth, QPlainTextEdit.LineWrapMode.NoWrap
        self.preview.setLineWrapMode(wrap if options.format in {"markdown", "bibliography"} else lines)
        library, ids = self._library, scope.ids
        self._background.ask(
            PREVIEW_CHANNEL,
            lambda: "".join(library.export_pieces(list(islice(ids(), PREVIEWED)), options))[:MOST_SHOWN],
            self.preview.setPlainText,
            lambda error: self.preview.setPlainText(str(error)),
        )

    def copy(self) -> None:
        """Put the text on the clipboard."""
        scope, options, library = self.choices.scope, self.choices.options, self._library
        if scope is None:
            return

        def work(progress: Progress) -> tuple[str, int]:
            ids = scope.ids()
            return "".join(library.export_pieces(ids, options, progress)), len(ids)

        self._run(self.tr("Copying papers"), work, self._copied, self._fail)

    def save_as(self) -> None:
        """Ask for a file, which warns where it exists, and write it."""
        scope, chosen = self.choices.scope, self.choices.format
        if scope is None:
            return
        proposed = self.folder / f"{scope.file_name}{chosen.suffix}"
        pattern = f"{format_name(chosen)} (*{chosen.suffix})"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save papers"), str(proposed), pattern)
        if name:
            path = Path(name)
            self.save(path if path.suffix else path.with_suffix(chosen.suffix))

    def save(self, path: Path, *, replace_all: bool = False) -> None:
        """Write the papers to a file, whole and proven or not at all; `replace_all` whatever stands there."""
        scope, options = self.choices.scope, self.choices.options
        if scope is None:
            return
        kept = scope.query if self.choices.keeps else None
        work = partial(_write, self._library, scope, options, path, kept, replace_all)
        self._run(self.tr("Writing {name}").format(name=path.name), work, self._saved, partial(self._not_saved, path))

    def reject(self) -> None:
        """Close; while papers are being written, only hide until they are."""
        self._background.drop(PREVIEW_CHANNEL)
        self._background.drop(STYLES_CHANNEL)
        self._settings.set(remembered.EXPORT_FOLDER, str(self.folder))
        if self._work is None:
            super().reject()
        else:
            self.hide()

    def _run(
        self,
        title: str,
        work: Callable[[Progress], Answer],
        then: Callable[[Answer], None],
        failed: Callable[[ExpectedError], None],
    ) -> None:
        if self._work is not None:
            return
        self._work = self._background.run(title, work, then, failed)
        self._work.ended.connect(self._ended)
        self._enable()
        self.started.emit(self._work)

    def _ended(self) -> None:
        self._work = None
        self._enable()

    def _enable(self) -> None:
        can = self.choices.scope is not None and self._work is None
        self.copy_button.setEnabled(can)
        self.save_button.setEnabled(can)

    def _copied(self, answer: tuple[str, int]) -> None:
        text, count = answer
        QGuiApplication.clipboard().setText(text)
        self._tell_done(self.tr("Copied {papers} to the clipboard").format(papers=papers(count)))
        self.folder_link.hide()

    def _saved(self, written: Exported) -> None:
        self.folder = written.path.parent
        words = self.tr("Wrote {papers} to {file}")
        if written.copy is not None:
            words = self.tr("Wrote {papers} to {file}; what stood there is {copy} now")
        elif not written.changed:
            words = self.tr("{file} holds these {papers} already")
        copy = written.copy.name if written.copy else ""
        self._tell_done(words.format(papers=papers(written.papers), file=written.path.name, copy=copy))
        self.folder_link.show()
        if self.choices.open_box.isChecked():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.path)))

    def _not_saved(self, path: Path, error: ExpectedError) -> None:
        from readinglist.library.replaced_files import WouldLoseError

        if not isinstance(error, WouldLoseError):
            self._fail(error)
            return
        self.show()  # closed while it wrote: the question needs its answer
        kept = self.tr("What stands there now would be kept beside it, as {name}~.").format(name=path.name)
        ask(
            self,
            self.tr("{name} holds something else").format(name=path.name),
            f"{error.loss}. {kept}",
            (
                (self.tr("Choose another file…"), self.save_as),
                (self.tr("Replace it"), partial(self.save, path, replace_all=True)),
            ),
            self.tr("Cancel"),
        )

    def _tell_done(self, words: str) -> None:
        self.outcome.set_tone("new")
        self.outcome.setText(words)
        self.outcome.show()
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        self.message.emit(words)
        self._close_if_hidden()

    def _fail(self, error: ExpectedError) -> None:
        self.folder_link.hide()
        if isinstance(error, CancelledError):
            self.outcome.set_tone("quiet")
            self.outcome.setText(self.tr("Cancelled; nothing was written."))
            self.outcome.show()
        else:
            tell(self if self.isVisible() else self.parentWidget(), error, self.tr("The papers were not written"))
        self._close_if_hidden()

    def _close_if_hidden(self) -> None:
        """Closed while it was writing: now it can go."""
        if not self.isVisible():
            super().reject()
            self.deleteLater()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.folder)))


def _write(
    library: "Library",
    scope: Scope,
    options: ExportOptions,
    path: Path,
    kept: str | None,
    replace_all: bool,
    progress: Progress,
) -> Exported:
    """Write the papers of a scope; as a file that is kept up to date, where there is a search that it is kept for."""
    ids = scope.ids()
    if kept is None:
        return library.export_to(path, ids, options, progress, replace_all=replace_all)
    return library.keep_export(path, kept, options, progress, replace_all=replace_all)
