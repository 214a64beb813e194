"""One note: its Markdown shown as a reader wants it, or as source to be edited in place, which saves by itself."""

from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QTextEdit, QToolButton, QVBoxLayout, QWidget

from readinglist.papers.characters import without_controls
from readinglist.papers.paper import Note
from readinglist.ui import paper_wording as wording
from readinglist.ui import theme
from readinglist.ui.plain_tips import tip_text
from readinglist.ui.quiet_document import QuietDocument
from readinglist.ui.small_parts import Words
from readinglist.ui.true_address import true_address

PAUSE = 800  # milliseconds without a key until what was typed is saved
_STAYS = {
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
}
_AS_EDITED = str.maketrans(
    {"\u00a0": " ", "\u2028": "\n", "\u2029": "\n", "\ufdd0": "\n", "\ufdd1": "\n"}
)  # as Qt has it


def as_edited(text: str) -> str:
    """A text as the editor gives it back: not what one looks at becomes another text, but what one types."""
    return without_controls(text).translate(_AS_EDITED)


class NoteReader(QTextBrowser):
    """A note's Markdown as text. Links are told, not followed."""

    wanted_edit = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = QuietDocument(self)
        self.setDocument(self._quiet)
        self.setOpenLinks(False)
        self.highlighted.connect(lambda url: self.setToolTip(tip_text(true_address(url.toString()))))
        self.setAccessibleName(self.tr("Note"))
        _grow_with_text(self)

    def show_text(self, text: str) -> None:
        """Show a note."""
        self._quiet.show_markdown(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or F2 edits the note, unless a link has the focus."""
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}
        if Qt.Key(event.key()) in keys and not self.textCursor().charFormat().isAnchor():
            self.wanted_edit.emit()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: QEvent) -> None:
        """Two clicks edit the note."""
        self.wanted_edit.emit()


class NoteSource(QTextEdit):
    """A note's Markdown, being edited."""

    left = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Note, being edited"))
        self.setPlaceholderText(self.tr("Write in Markdown. It saves by itself."))
        _grow_with_text(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter ends the editing; Esc does too, and goes on to leave the details."""
        enter = Qt.Key(event.key()) in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.finished.emit()
            event.ignore()
            return
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere leaves a saved note behind."""
        super().focusOutEvent(event)
        self.left.emit() if event.reason() in _STAYS else self.finished.emit()


class NoteCard(QFrame):
    """A note, or a draft of one: `note_id` is "" until the library has it."""

    edited = Signal(str)  # the text to be saved
    deleted = Signal()
    link_requested = Signal(str)

    def __init__(self, note: Note | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.note_id = ""
        self.is_being_added = False
        self._changeable = True
        self._saved = ""
        self.stored = ""
        """The note as the library has it."""
        self._day = Words("", "quiet", -1)
        self._reader = NoteReader(self)
        self._source = NoteSource(self)
        self._source.hide()
        self._edit_button = _small_button("edit", self.tr("Edit the note"), self)
        self._delete_button = _small_button("trash", self.tr("Delete the note"), self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._lay_out()
        self._connect()
        self._apply_theme()
        if note is not None:
            self.show_note(note)
        else:
            self._day.setText(self.tr("New note"))

    @property
    def text(self) -> str:
        """The note as it stands in the editor."""
        return as_edited(self._source.toPlainText())

    @property
    def saved_text(self) -> str:
        """The note as it was last saved or shown."""
        return self._saved

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not saved yet."""
        return self.text != self._saved

    @property
    def is_editing(self) -> bool:
        """Whether the source is shown."""
        return not self._source.isHidden()

    def show_note(self, note: Note) -> None:
        """Show the note as the library has it. What is typed and not saved yet stays, and is saved over it."""
        dirty = self.is_dirty
        self.note_id, self.is_being_added, self._saved, self.stored = note.id, False, as_edited(note.text), note.text
        if not dirty and self.text != self._saved:
            self._source.setPlainText(note.text)
        self._pause.start() if self.is_dirty else self._pause.stop()
        created, changed = wording.local_day(note.created), wording.local_day(note.changed)
        words = created if created == changed else self.tr("{} · changed {}").format(created, changed)
        self._day.setText(words)
        self._reader.show_text(self.text)

    def become_draft(self) -> None:
        """Keep what is typed of a note that is gone elsewhere."""
        self.note_id, self._saved, self.stored, self.is_being_added = "", "", "", False

    def edit(self) -> None:
        """Edit the source, from its end."""
        if not self._changeable:
            return
        self._reader.hide()
        self._source.show()
        self._source.setFocus(Qt.FocusReason.OtherFocusReason)
        self._source.moveCursor(self._source.textCursor().MoveOperation.End)

    def save(self, *, at_once: bool = False) -> None:
        """Hand on what was typed since the last time.

        A draft whose first text is still on its way into the library waits for its id, unless `at_once`: then it is
        saved as one more note, which is better than lost.
        """
        self._pause.stop()
        if not self.is_dirty or not self.text.strip() or (self.is_being_added and not at_once):
            return
        self._saved = self.text
        self.is_being_added = not self.note_id
        self.edited.emit(self._saved)

    def finish(self) -> None:
        """Save, and show the note as text again; a note without text is deleted."""
        if not self.is_editing:
            return
        self.save()
        had_focus = self._source.hasFocus()
        self._source.hide()
        self._reader.show_text(self.text)
        self._reader.show()
        if had_focus:
            self._reader.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._changeable and not self.text.strip():
            self.deleted.emit()

    def set_changeable(self, *, on: bool) -> None:
        """Let the note be edited, or only be read."""
        self._changeable = on
        self._source.setReadOnly(not on)
        for button in (self._edit_button, self._delete_button):
            button.setVisible(on)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft box with a bar of the star's colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), theme.current().note)
        bar = QRectF(0, 0, 3, self.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            bar.moveRight(self.width())
        painter.fillRect(bar, theme.current().star)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._day, 1)
        head.addWidget(self._edit_button)
        head.addWidget(self._delete_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.spacing(4), theme.spacing(1.5), theme.spacing(2), theme.spacing(2.5))
        layout.setSpacing(theme.spacing(0.5))
        layout.addLayout(head)
        layout.addWidget(self._reader)
        layout.addWidget(self._source)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.save)
        self._source.textChanged.connect(self._pause.start)
        self._source.left.connect(self.save)
        self._source.finished.connect(self.finish)
        self._reader.wanted_edit.connect(self.edit)
        self._reader.anchorClicked.connect(lambda url: self.link_requested.emit(url.toString()))
        self._edit_button.clicked.connect(self.edit)
        self._delete_button.clicked.connect(self.deleted)
        theme.notifier.changed.connect(self._apply_theme)

    def _apply_theme(self) -> None:
        colors = theme.current()
        for view in (self._reader, self._source):
            view.setFont(theme.font())
            view.setStyleSheet(f"background: transparent; border: none; padding: 0; color: {colors.text.name()}")
        self._reader.show_text(self.text)
        self.update()


def _small_button(icon: str, words: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(theme.icon(icon))
    button.setIconSize(QSize(theme.spacing(3.5), theme.spacing(3.5)))
    button.setToolTip(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _grow_with_text(view: QTextEdit) -> None:
    """Make the view as high as its text, as it stands in a page that scrolls."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.document().setDocumentMargin(0)
    view.document().setIndentWidth(theme.spacing(5))

    def grow(size: QSizeF) -> None:
        view.setFixedHeight(max(ceil(size.height()), view.fontMetrics().height()) + theme.spacing(1))

    view.document().documentLayout().documentSizeChanged.connect(grow)
