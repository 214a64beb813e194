"""Export: which papers, in which format, a look at the first ones, and then a file or the clipboard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.answers import Progress
from readinglist.paths import write_then_rename
from readinglist.ui import theme
from readinglist.ui.background import Background, Work
from readinglist.ui.messages import tell
from readinglist.ui.small_parts import SEMIBOLD, ChoiceBox, ElidedWords, LinkButton, Words, icon_button
from readinglist.ui.wording import number, papers

if TYPE_CHECKING:
    from readinglist.library.library import Library

PREVIEWED = 3
PREVIEW_CHANNEL = "export preview"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format to write: the library's name for it, its own name, and the suffix of its files."""

    name: str
    words: str
    suffix: str


FORMATS = (ExportFormat("bibtex", "BibTeX", ".bib"),)


@dataclass(frozen=True, slots=True)
class Scope:
    """Papers that can be exported: what they are called, how many they are, a file name for them, and their ids.

    `ids` is called off the GUI thread.
    """

    words: str
    count: int
    file_name: str
    ids: Callable[[], Sequence[int]]


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
        scopes: Sequence[Scope],
        parent: QWidget | None = None,
        folder: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._scopes = scopes
        self.folder = folder or Path.home()
        self._work: Work | None = None
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Words(self.tr("Export papers"), step=4, weight=SEMIBOLD)
        self._make_choices()
        self._make_preview()
        self._make_outcome()
        self._make_buttons()
        self._lay_out()
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)
        self._choose_first()
        self.personal_box.toggled.connect(self._chosen)

    def _make_choices(self) -> None:
        self.scope_buttons = QButtonGroup(self)
        for place, scope in enumerate(self._scopes):
            button = QRadioButton(f"{scope.words.replace('&', '&&')}  ·  {number(scope.count)}")
            button.setAccessibleName(f"{scope.words}, {papers(scope.count)}")
            button.setEnabled(scope.count > 0)
            self.scope_buttons.addButton(button, place)
        self.scope_buttons.idToggled.connect(self._chosen)
        self.format_box = ChoiceBox()
        for form in FORMATS:
            self.format_box.addItem(f"{form.words} ({form.suffix})", form)
        self.format_box.currentIndexChanged.connect(self._chosen)
        self.format_box.setAccessibleName(self.tr("Format"))
        self.personal_box = QCheckBox(self.tr("With reading states, stars, ratings, tags and notes"))
        self.personal_box.setChecked(True)

    def _make_preview(self) -> None:
        self._preview_title = Words(tone="faint", step=-1)
        self.preview = QPlainTextEdit()
        self.preview.setObjectName("framed")
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setAccessibleName(self.tr("Preview"))

    def _make_outcome(self) -> None:
        self.outcome = ElidedWords(tone="new")
        self.outcome.elide = Qt.TextElideMode.ElideMiddle
        self.folder_link = LinkButton(self.tr("Show the folder"))
        self.folder_link.clicked.connect(self._show_folder)
        self.outcome.hide()
        self.folder_link.hide()

    def _make_buttons(self) -> None:
        self.copy_button = icon_button("copy", self.tr("Copy to the clipboard"))
        self.close_button = QPushButton(self.tr("Close"))
        self.save_button = QPushButton(self.tr("Save as…"))
        self.save_button.setDefault(True)
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save_as)
        self.close_button.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.spacing(5))
        form.setVerticalSpacing(theme.spacing(2))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for place, button in enumerate(self.scope_buttons.buttons()):
            form.addRow(Words(self.tr("Papers"), tone="quiet") if place == 0 else Words(), button)
        form.addRow(Words(self.tr("Format"), tone="quiet"), self.format_box)
        form.addRow(Words(), self.personal_box)
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
        page = QVBoxLayout(self)
        edge = theme.spacing(6)
        page.setContentsMargins(edge, edge, edge, theme.spacing(4))
        page.setSpacing(theme.spacing(3))
        page.addWidget(self._title)
        page.addLayout(form)
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
        return QSize(theme.spacing(150), theme.spacing(135))

    @property
    def format(self) -> ExportFormat:
        """The chosen format."""
        return FORMATS[self.format_box.currentIndex()]

    @property
    def scope(self) -> Scope | None:
        """The chosen papers; None where there are none to choose."""
        place = self.scope_buttons.checkedId()
        return self._scopes[place] if place >= 0 else None

    def _choose_first(self) -> None:
        first = next((place for place, scope in enumerate(self._scopes) if scope.count), None)
        if first is None:
            self._chosen()
        else:
            self.scope_buttons.button(first).setChecked(True)
            self.scope_buttons.button(first).setFocus()

    def _chosen(self) -> None:
        scope = self.scope
        self._enable()
        if scope is None:
            self._preview_title.setText(self.tr("There are no papers to export yet."))
            return
        shown = self.tr("The first {count} of {papers}").format(count=PREVIEWED, papers=papers(scope.count))
        self._preview_title.setText(shown if scope.count > PREVIEWED else self.tr("Preview"))
        library, name, ids, personal = self._library, self.format.name, scope.ids, self.personal_box.isChecked()
        self._background.ask(
            PREVIEW_CHANNEL,
            lambda: library.export(ids()[:PREVIEWED], name, personal=personal),
            self.preview.setPlainText,
        )

    def copy(self) -> None:
        """Put the text on the clipboard."""
        self._run(self.tr("Copying papers"), lambda text, count: (text, count), self._copied)

    def save_as(self) -> None:
        """Ask for a file, which warns where it exists, and write it."""
        if self.scope is None:
            return
        proposed = self.folder / f"{self.scope.file_name}{self.format.suffix}"
        pattern = f"{self.format.words} (*{self.format.suffix})"
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save papers"), str(proposed), pattern)
        if name:
            self.save(Path(name))

    def save(self, path: Path) -> None:
        """Write the text to a file, whole or not at all."""

        def write(text: str, count: int) -> tuple[Path, int]:
            write_then_rename(path, text.encode("utf-8"))
            return path, count

        self._run(self.tr("Writing {name}").format(name=path.name), write, self._saved)

    def reject(self) -> None:
        """Close; while papers are being written, only hide until they are."""
        self._background.drop(PREVIEW_CHANNEL)
        if self._work is None:
            super().reject()
        else:
            self.hide()

    def _run(self, title: str, take: Callable[[str, int], Answer], then: Callable[[Answer], None]) -> None:
        scope, library, name, personal = self.scope, self._library, self.format.name, self.personal_box.isChecked()
        if scope is None or self._work is not None:
            return

        def work(progress: Progress) -> Answer:
            ids = scope.ids()
            return take(library.export(ids, name, progress, personal=personal), len(ids))

        self._work = self._background.run(title, work, then, self._fail)
        self._work.ended.connect(self._ended)
        self._enable()
        self.started.emit(self._work)

    def _ended(self) -> None:
        self._work = None
        self._enable()

    def _enable(self) -> None:
        can = self.scope is not None and self._work is None
        self.copy_button.setEnabled(can)
        self.save_button.setEnabled(can)

    def _copied(self, answer: tuple[str, int]) -> None:
        text, count = answer
        QGuiApplication.clipboard().setText(text)
        self._tell_done(self.tr("Copied {papers} to the clipboard").format(papers=papers(count)))
        self.folder_link.hide()

    def _saved(self, answer: tuple[Path, int]) -> None:
        path, count = answer
        self.folder = path.parent
        self._tell_done(self.tr("Wrote {papers} to {file}").format(papers=papers(count), file=path.name))
        self.folder_link.show()

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
