"""The notes of the open paper, in the order they were written, with room for one more."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from readinglist.papers.paper import Note, Paper
from readinglist.ui import theme
from readinglist.ui.note_card import NoteCard, as_edited
from readinglist.ui.small_parts import Words, scroll_quietly


class NotesTab(QScrollArea):
    """Cards for the notes. Nothing typed is lost: it is saved when the paper, the focus or the window goes."""

    note_added = Signal(int, str)  # paper id, text
    note_edited = Signal(int, str, str)  # paper id, note id, text
    note_deleted = Signal(int, str)  # paper id, note id
    link_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper_id = 0
        self._notes: tuple[Note, ...] = ()
        self._cards: list[NoteCard] = []
        self._changeable = True
        self._none = Words(self.tr("No notes yet."), "quiet", parent=self)
        self._add = QPushButton(theme.icon("add"), self.tr("Add a note"), self)
        self._add.clicked.connect(self.add_note)
        self._page = page = QWidget(self)
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(0, 0, theme.spacing(2), 0)
        self._layout.setSpacing(theme.spacing(2.5))
        self._layout.addWidget(self._none)
        self._layout.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)
        self._layout.addStretch(1)
        self.setWidget(page)
        scroll_quietly(self)

    def show_paper(self, paper: Paper | None) -> None:
        """Show a paper's notes; the same paper again keeps what is being typed."""
        paper_id = paper.id if paper else 0
        if paper_id != self._paper_id:
            self.save(at_once=True)
            for card in list(self._cards):
                self._drop(card)
            self._paper_id = paper_id
        self._notes = paper.notes if paper else ()
        if self._cards or self.isVisible():
            self._show_notes()

    def add_note(self) -> None:
        """Begin a note, or go on with the one that was just begun."""
        if not self._changeable:
            return
        self._show_notes()
        draft = next((card for card in self._cards if not card.note_id and not card.is_being_added), None)
        if draft is None and self._paper_id:
            draft = self._make_card(None)
        if draft is not None:
            draft.edit()
            self._tell_none()
            self._page.adjustSize()
            self.ensureWidgetVisible(draft)

    def set_changeable(self, *, on: bool) -> None:
        """Let notes be written, or only be read."""
        self._changeable = on
        self._add.setVisible(on)
        for card in self._cards:
            card.set_changeable(on=on)

    def save(self, *, at_once: bool = False) -> None:
        """Save all that was typed."""
        for card in list(self._cards):
            card.save(at_once=at_once)

    def drafts(self) -> list[tuple[int, str, str, str]]:
        """What is typed and not in the library: paper id, note id ("" for a new one), the note there, what is typed."""
        return [
            (self._paper_id, card.note_id, card.stored, card.text)
            for card in self._cards
            if self._paper_id and card.text.strip() and card.text != as_edited(card.stored)
        ]

    def showEvent(self, event: QShowEvent) -> None:
        """Make the cards, which are made only for those who look at them."""
        self._show_notes()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the tab, the pane or the window is out of sight."""
        self.save()
        super().hideEvent(event)

    def _show_notes(self) -> None:
        notes = self._notes
        cards = {card.note_id: card for card in self._cards if card.note_id}
        fresh = [note for note in notes if note.id not in cards]
        for card in [card for card in self._cards if card.is_being_added]:
            # The draft that was just saved comes back with its id.
            note = next((note for note in fresh if note.text == card.saved_text), None)
            if note is not None:
                fresh.remove(note)
                card.show_note(note)
        for note in notes:
            if note.id in cards:
                cards.pop(note.id).show_note(note)
            elif note in fresh:
                self._make_card(note)
        for card in cards.values():
            self._gone(card)
        self._tell_none()

    def _gone(self, card: NoteCard) -> None:
        """A note was deleted elsewhere: what is typed into it just now stays as a draft."""
        if card.is_dirty and card.text.strip():
            card.become_draft()
        else:
            self._drop(card)

    def _make_card(self, note: Note | None) -> NoteCard:
        card = NoteCard(note, self._page)
        card.set_changeable(on=self._changeable)
        card.edited.connect(lambda text: self._save_card(card, text))
        card.deleted.connect(lambda: self._delete(card))
        card.link_requested.connect(self.link_requested)
        self._layout.insertWidget(len(self._cards) + 1, card)
        card.show()
        self._cards.append(card)
        return card

    def _save_card(self, card: NoteCard, text: str) -> None:
        if card.note_id:
            self.note_edited.emit(self._paper_id, card.note_id, text)
        else:
            self.note_added.emit(self._paper_id, text)

    def _delete(self, card: NoteCard) -> None:
        """Undo brings it back, so nothing is asked."""
        self._drop(card)
        if card.note_id:
            self.note_deleted.emit(self._paper_id, card.note_id)

    def _drop(self, card: NoteCard) -> None:
        if card in self._cards:
            self._cards.remove(card)
            card.hide()
            card.deleteLater()
        self._tell_none()

    def _tell_none(self) -> None:
        self._none.setVisible(not self._cards)
