"""What was changed when: all changes by day and words, what each did, and to take one of them back."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QWidget,
)

from readinglist.library.history import Event
from readinglist.papers.paper import Paper
from readinglist.ui import theme
from readinglist.ui.changes_model import ChangesModel
from readinglist.ui.history_words import details_html, when_words
from readinglist.ui.plain_rows import choose_one_row
from readinglist.ui.readable_text import readable
from readinglist.ui.small_parts import SEMIBOLD, ChoiceBox, Words, breakable, dialog_page
from readinglist.ui.wording import marked, number, translate

PAPERS_NAMED = 12

# What one may choose, in the words of the search language.
_DAYS = {
    "": marked("ChangesDialog", "All days"),
    "today": marked("ChangesDialog", "Today"),
    "yesterday": marked("ChangesDialog", "Since yesterday"),
    "monday": marked("ChangesDialog", "Since Monday"),
    "last-week": marked("ChangesDialog", "Since last week"),
    "last-30-days": marked("ChangesDialog", "Since 30 days ago"),
    "this-year": marked("ChangesDialog", "This year"),
}


class ChangesDialog(QDialog):
    """Shows changes, and asks for what is to be done with them. It stays beside the main window."""

    since_changed = Signal(str)
    """The changes of which days are wanted: answer with `show_changes`."""
    chosen = Signal(int)
    """The number of the change whose details are wanted: answer with `show_change`."""
    paper_chosen = Signal(int)
    take_back_requested = Signal(int)
    day_requested = Signal(object)
    """The moment of a change: the library of that day is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Changes"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Words(self.tr("What was changed when"), step=3, weight=SEMIBOLD)
        self.count = Words(tone="quiet")
        self.days = ChoiceBox()
        self.days.setAccessibleName(self.tr("Since"))
        for value, words in _DAYS.items():
            self.days.addItem(translate("ChangesDialog", words), value)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Words of the change"))
        self.words.setAccessibleName(self.words.placeholderText())
        self.words.setClearButtonEnabled(True)
        self.model = ChangesModel(self)
        self._make_list()
        self.details = QLabel()
        self.details.setTextFormat(Qt.TextFormat.RichText)
        self.details.setWordWrap(True)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.details.setMinimumHeight(theme.spacing(30))
        self.take_back_button = QPushButton(self.tr("&Take back this change"))
        self.day_button = QPushButton(self.tr("&Library as of that day"))
        self.close_button = QPushButton(self.tr("Close"))
        self._shown: tuple[Event, Sequence[Paper]] | None = None
        self._lay_out()
        self._connect()
        self._follow()

    def sizeHint(self) -> QSize:
        """Room for a screenful of changes."""
        return QSize(theme.spacing(180), theme.spacing(165))

    def since(self) -> str:
        """The day from which on changes are shown, as in the search language; "" for all."""
        return str(self.days.currentData())

    def show_changes(self, events: Sequence[Event], end: str) -> None:
        """Show these changes; the one that was chosen stays so. `end` says what the journal knows no more."""
        before = self._current()
        self.model.show(events)
        self._choose(before.number if before else 0)
        told = self.tr("1 change") if len(events) == 1 else self.tr("{} changes").format(number(len(events)))
        self.count.setText(f"{told}. {end}" if end else told)

    def show_change(self, event: Event, papers: Sequence[Paper]) -> None:
        """Show what a change did, and to which papers, the first of them by name."""
        current = self._current()
        if current is None or current.number != event.number:
            return
        self._shown = event, papers
        parts = [f"<b>{escape(breakable(event.label))}</b> · {escape(when_words(event.when))}"]
        if event.details:
            parts.append(details_html(event))
        color = theme.current().accent.name()
        parts += [
            f'<a href="{paper.id}" style="color: {color}; text-decoration: none">'
            f"{escape(breakable(readable(paper.title)) or self.tr('Untitled'))}</a>"
            for paper in papers
        ]
        left = len(event.papers) - len(papers)
        if left > 0:
            parts.append(self.tr("and {count} more").format(count=number(left)))
        self.details.setText("<br>".join(parts))

    def _make_list(self) -> None:
        self.list = QTreeView()
        self.list.setObjectName("framed")
        self.list.setModel(self.model)
        choose_one_row(self.list)
        self.list.setAccessibleName(self.tr("Changes"))
        header = self.list.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(0, self.fontMetrics().horizontalAdvance("28 Nov 2025, 12:59 PM") + theme.spacing(6))
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def _lay_out(self) -> None:
        filters, buttons = QHBoxLayout(), QHBoxLayout()
        filters.setSpacing(theme.spacing(2))
        filters.addWidget(self.days)
        filters.addWidget(self.words, 1)
        buttons.setSpacing(theme.spacing(2))
        buttons.addWidget(self.take_back_button)
        buttons.addWidget(self.day_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        page = dialog_page(self, edge=6, between=3)
        page.addWidget(self._title)
        page.addLayout(filters)
        page.addWidget(self.list, 1)
        page.addWidget(self.count)
        page.addWidget(self.details)
        page.addLayout(buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _connect(self) -> None:
        self.days.currentIndexChanged.connect(lambda _index: self.since_changed.emit(self.since()))
        self.words.textChanged.connect(self._narrow)
        self.list.selectionModel().currentChanged.connect(lambda _new, _old: self._follow())
        self.take_back_button.clicked.connect(self._ask_to_take_back)
        self.day_button.clicked.connect(self._ask_for_day)
        self.close_button.clicked.connect(self.reject)
        self.details.linkActivated.connect(lambda link: self.paper_chosen.emit(int(link)))
        theme.notifier.changed.connect(self._draw_again)

    def _narrow(self, words: str) -> None:
        before = self._current()
        self.model.narrow(words)
        self._choose(before.number if before else 0)

    def _choose(self, number_: int) -> None:
        """Make a change the current one again, else the first."""
        rows = {event.number: row for row, event in enumerate(self.model.shown)}
        if self.model.shown:
            self.list.setCurrentIndex(self.model.index(rows.get(number_, 0), 0))
        self._follow()

    def _current(self) -> Event | None:
        index = self.list.currentIndex()
        return self.model.shown[index.row()] if index.isValid() else None

    def _follow(self) -> None:
        current = self._current()
        self.take_back_button.setEnabled(current is not None and not current.undone)
        self.day_button.setEnabled(current is not None)
        if current is None:
            self._shown = None
            self.details.clear()
        else:
            self.chosen.emit(current.number)

    def _ask_to_take_back(self) -> None:
        current = self._current()
        if current is not None:
            self.take_back_requested.emit(current.number)

    def _ask_for_day(self) -> None:
        current = self._current()
        if current is not None:
            self.day_requested.emit(current.when)

    def _draw_again(self) -> None:
        if self._shown is not None:
            self.show_change(*self._shown)
