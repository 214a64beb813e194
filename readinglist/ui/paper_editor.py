"""The form for what is known of a paper. It saves by itself: when a field is left, and when the form is."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from readinglist.errors import UsageError
from readinglist.papers.details import text_of, value_of
from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.detail_field import DetailField, LineInput, TextInput, TypeInput, ends_form
from readinglist.ui.small_parts import SEMIBOLD, Words, scroll_quietly

Check = Callable[[int, str, str], str]


class PaperEditor(QWidget):
    """Edits one paper. What is typed and cannot be saved is kept as a draft until the paper is edited again."""

    fields_edited = Signal(int, object)  # paper id, texts by the names of papers/details.py
    closed = Signal()
    """The reader wants back to the paper; whoever shows the form calls `finish`."""
    message = Signal(str)

    def __init__(self, check: Check, parent: QWidget | None = None) -> None:
        """Make the form.

        Args:
            check: says of a paper's id, a field and a text why it cannot be; "" where it can.
            parent: the widget that it stands in.
        """
        super().__init__(parent)
        self._check = check
        self._paper = Paper()
        self._known: dict[str, str] = {}  # the paper's details as texts
        self._drafts: dict[int, dict[str, str]] = {}
        self.fields = self._make_fields()
        self._page = QWidget()
        self._scroll = QScrollArea()
        self.done_button = QPushButton(self.tr("Done"))
        self._lay_out()
        self._connect()

    @property
    def paper_id(self) -> int:
        """The id of the paper that is being edited; 0 for none."""
        return self._paper.id

    def edit_paper(self, paper: Paper) -> None:
        """Begin with a paper, or with what could not be saved of it the last time."""
        if paper.id == self.paper_id:
            self.fields["title"].input.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.finish()
        self._take(paper)
        drafts = self._drafts.pop(paper.id, {})
        for name, field in self.fields.items():
            field.input.show_text(drafts.get(name, self._known[name]))
            self._judge(name)
        self._scroll.verticalScrollBar().setValue(0)
        first = self.fields[next(iter(drafts), "title")]
        first.input.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(first)

    def show_paper(self, paper: Paper) -> None:
        """Follow the paper as the library has it. What is typed and not saved yet stays."""
        typed = set(self._changed())
        self._drafts.pop(paper.id, None)  # what was kept of it stands in the form
        self._take(paper)
        unsaved = typed & set(self._changed())
        for name, field in self.fields.items():
            said_already = field.is_current and name in typed  # in the reader's own writing
            if name not in unsaved and not said_already:
                field.input.show_text(self._known[name])

    def save(self) -> None:
        """Hand on what was typed since the last time, as far as it can be."""
        texts = {name: self.fields[name].input.text() for name in self._changed() if not self._judge(name)}
        if not texts:
            return
        if not texts.get("citation_key", "-").strip():
            # The library makes a new key, which comes back with the paper.
            self.fields["citation_key"].input.show_text(self._paper.citation_key)
        self.fields_edited.emit(self.paper_id, texts)

    def finish(self) -> None:
        """Save, keep what cannot be saved as a draft and say so, and let go of the paper."""
        if not self.paper_id:
            return
        self.save()
        bad = {name: field.input.text() for name, field in self.fields.items() if field.problem}
        if bad:
            self._drafts[self.paper_id] = {**self._drafts.get(self.paper_id, {}), **bad}
            why = self.fields[next(iter(bad))].problem
            self.message.emit(self.tr("Not saved, but kept in the form: {why}").format(why=why))
        self._paper = Paper()

    def keep(self, paper_id: int, texts: Mapping[str, str]) -> None:
        """Keep what was handed on and could not be saved, until the paper is edited again."""
        self._drafts[paper_id] = {**self._drafts.get(paper_id, {}), **texts}

    def set_changeable(self, *, on: bool) -> None:
        """Let the details be edited, or only be read."""
        for field in self.fields.values():
            field.set_changeable(on=on)

    def drafts(self) -> dict[int, dict[str, str]]:
        """What is typed and not saved, by the paper's id and the names of papers/details.py."""
        typed = {name: self.fields[name].input.text() for name in self._changed()}
        return {**self._drafts, **({self.paper_id: typed} if typed else {})}

    def restore(self, drafts: Mapping[int, Mapping[str, str]]) -> None:
        """Show these drafts, which were typed before, when their papers are edited."""
        for paper_id, texts in drafts.items():
            known = {name: text for name, text in texts.items() if name in self.fields}
            if known and paper_id not in self._drafts:
                self._drafts[paper_id] = known

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+Enter end the editing."""
        if ends_form(event):
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the form, the pane or the window is out of sight."""
        super().hideEvent(event)
        self.save()

    def _take(self, paper: Paper) -> None:
        before, self._paper = self._paper, paper
        for name in self.fields:
            if name not in self._known or getattr(before, name) != getattr(paper, name):
                self._known[name] = text_of(paper, name)

    def _changed(self) -> Iterator[str]:
        """The names of the fields that say something else than the paper."""
        if self.paper_id:
            for name, field in self.fields.items():
                text = field.input.text()
                if text != self._known[name] and self._means_another(name, text):
                    yield name

    def _means_another(self, name: str, text: str) -> bool:
        try:
            return bool(value_of(name, text) != getattr(self._paper, name))
        except UsageError:
            return True

    def _judge(self, name: str) -> str:
        """Say beside a field why what is typed cannot be; what the paper has already is not judged."""
        field = self.fields[name]
        text = field.input.text()
        field.show_problem("" if text == self._known[name] else self._check(self.paper_id, name, text))
        return field.problem

    def _judge_again(self, name: str) -> None:
        """While one types, a problem can only go."""
        if self.fields[name].problem:
            self._judge(name)

    def _leave(self, name: str) -> None:
        if self.paper_id:
            self._judge(name)
            self.save()

    def _make_fields(self) -> dict[str, DetailField]:
        authors = self.tr("One a line: “Family, Given” or “Given Family”. Braces keep a body whole: {Google Brain}.")
        return {
            "title": DetailField(self.tr("Title"), TextInput(1, one=True)),
            "authors": DetailField(self.tr("Authors"), TextInput(2), authors),
            "year": DetailField(self.tr("Year"), LineInput("2024")),
            "entry_type": DetailField(self.tr("Type of entry"), TypeInput()),
            "venue": DetailField(self.tr("Venue"), LineInput(self.tr("Journal, conference or publisher"))),
            "doi": DetailField(self.tr("DOI"), LineInput(self.tr("10.1145/3292500, or a link with it"))),
            "arxiv_id": DetailField(self.tr("arXiv id"), LineInput(self.tr("2212.14052, or a link to its page"))),
            "url": DetailField(self.tr("Web address"), LineInput("https://")),
            "keywords": DetailField(self.tr("Keywords"), LineInput(self.tr("With commas between them"))),
            "citation_key": DetailField(self.tr("Citation key"), LineInput(self.tr("Left empty, a new one is made"))),
            "abstract": DetailField(self.tr("Abstract"), TextInput(4)),
        }

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Words(self.tr("Edit details"), step=2, weight=SEMIBOLD))
        words.addWidget(Words(self.tr("Saves by itself"), "faint", -1))
        head.addLayout(words, 1)
        head.addWidget(self.done_button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, theme.spacing(4), theme.spacing(4))
        column.setSpacing(theme.spacing(3))
        for field in self.fields.values():
            column.addWidget(field)
        column.addStretch(1)
        self._scroll.setWidget(self._page)
        scroll_quietly(self._scroll)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.spacing(6), theme.spacing(5), 0, theme.spacing(2))
        layout.setSpacing(theme.spacing(3.5))
        head.setContentsMargins(0, 0, theme.spacing(4), 0)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)
        self.setAccessibleName(self.tr("Edit details"))

    def _connect(self) -> None:
        self.done_button.clicked.connect(self.closed)
        for name, field in self.fields.items():
            field.input.edited.connect(lambda name=name: self._judge_again(name))
            field.input.left.connect(lambda name=name: self._leave(name))
            if isinstance(field.input, TextInput):
                field.input.cursorPositionChanged.connect(lambda entry=field.input: self._follow(entry))

    def _follow(self, entry: TextInput) -> None:
        """Keep the line in sight that is typed in, in a text that is higher than the form."""
        if entry.hasFocus():
            line = entry.cursorRect()
            at = entry.viewport().mapTo(self._page, QPoint(0, line.center().y()))
            self._scroll.ensureVisible(0, at.y(), 0, line.height() * 2)
