"""Duplicates as one goes through them: a list, sure ones first, and beside it the papers side by side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from readinglist.library.duplicates import Duplicates
from readinglist.papers.duplicates import Match
from readinglist.ui import theme
from readinglist.ui.duplicates_compare import CompareView
from readinglist.ui.duplicates_model import DuplicatesDelegate, DuplicatesModel
from readinglist.ui.duplicates_words import counts_words, reason_words
from readinglist.ui.small_parts import SEMIBOLD, KeyCaps, Words
from readinglist.ui.wording import number

if TYPE_CHECKING:
    from readinglist.library.library import Library

MOST_AT_ONCE = 8  # papers side by side
_STEPS = 1000  # of the progress bar
_SHOWN_SOON_MS = 30  # a reader who holds a key down passes by papers that are not compared


class DuplicatesWindow(QDialog):
    """Shows duplicates, and says what the reader wants; changes nothing itself."""

    merge_requested = Signal(object, object)
    """The ids, the one that is kept first, and the values chosen by field."""
    apart_requested = Signal(object)
    """The ids of papers that are not one."""
    merge_all_requested = Signal(object)
    """Groups of papers that are surely one."""
    stop_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, library: "Library", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._searching = False
        self._single = False
        self.setWindowTitle(self.tr("Duplicates"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._title = Words(self.tr("Duplicates"), step=3, weight=SEMIBOLD)
        self._lead = Words(tone="quiet")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the search"))
        self.stop_button = QPushButton(self.tr("Stop"))
        self.all_button = QPushButton()
        self.model = DuplicatesModel(library.papers, self)
        self.list = QListView()
        self.compare = CompareView()
        self._why = Words(step=2, weight=SEMIBOLD)
        self._hint = Words(tone="quiet", step=-1).wrapping()
        self._empty = Words(tone="quiet", step=1)
        self.merge_button = QPushButton(self.tr("Merge"))
        self.apart_button = QPushButton(self.tr("Keep apart"))
        self.skip_button = QPushButton(self.tr("Skip"))
        self.close_button = QPushButton(self.tr("Close"))
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SHOWN_SOON_MS)
        self._soon.timeout.connect(self._compare)
        self._prepare_list()
        self._lay_out()
        self._connect()
        self._show_state()

    def sizeHint(self) -> QSize:
        """Room for the list and two papers."""
        return QSize(theme.spacing(270), theme.spacing(175))

    @property
    def current(self) -> Duplicates | None:
        """The group that is compared."""
        index = self.list.currentIndex()
        return self.model.groups[index.row()] if index.isValid() else None

    @property
    def compared(self) -> bool:
        """Whether the papers of the current group are on the screen."""
        return not self._soon.isActive()

    def begin_search(self) -> None:
        """A search begins: what is found comes bit by bit."""
        self._searching = True
        self.model.set_groups(())
        self.bar.setValue(0)
        self._show_state()

    def show_progress(self, done: int, total: int) -> None:
        """How far the search is."""
        self.bar.setValue(round(_STEPS * done / total) if total else 0)

    def add_found(self, groups: Sequence[Duplicates]) -> None:
        """Show what was found since."""
        self.model.add(groups)
        self._choose_one()
        self._show_state()

    def end_search(self) -> None:
        """The search is over, or was stopped."""
        self._searching = False
        self._show_state()

    def set_groups(self, groups: Sequence[Duplicates]) -> None:
        """Show just these groups; the reader stays where they are."""
        before = self.current
        row = self.list.currentIndex().row()
        self.model.set_groups(groups)
        place = self.model.groups.index(before) if before in self.model.groups else max(row, 0)
        self._choose_one(place)
        self._show_state()

    def show_one(self, ids: Sequence[int]) -> None:
        """Show only these papers, which the reader chose."""
        self._single = True
        self.setWindowTitle(self.tr("Merge papers"))
        self._title.setText(self.tr("Merge papers"))
        self.list.hide()
        self._why.hide()
        self.skip_button.setText(self.tr("Cancel"))
        self.model.set_groups([Duplicates(Match.PROBABLE, tuple(ids))])
        self._choose_one()
        self._compare()
        self._show_state()

    def merge(self) -> None:
        """Make the papers that are compared one."""
        if self.current is not None:
            self._compare_now()
            self.merge_requested.emit(self.current.ids, self.compare.choices())
            self._leave()

    def keep_apart(self) -> None:
        """Remember that these papers are not one."""
        if self.current is not None:
            self.apart_requested.emit(self.current.ids)
            self._leave()

    def skip(self) -> None:
        """Go on to the next group; this one stays."""
        if self._single:
            self.reject()
            return
        row = self.list.currentIndex().row() + 1
        if row < self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(row))

    def merge_all(self) -> None:
        """Merge all sure ones."""
        if sure := self._sure():
            self.merge_all_requested.emit(sure)

    def showEvent(self, event: QShowEvent) -> None:
        """Keys go to the list."""
        super().showEvent(event)
        (self.merge_button if self._single else self.list if self.model.groups else self.close_button).setFocus()

    def _sure(self) -> list[Duplicates]:
        return [group for group in self.model.groups if group.match is Match.SAME]

    def _leave(self) -> None:
        """What is decided is not shown any more; the next one is."""
        if self._single:
            self.accept()
            return
        row = self.list.currentIndex().row()
        self.model.remove(row)
        self._choose_one(row)
        self._show_state()

    def _choose_one(self, row: int = 0) -> None:
        """Make a group the current one where there is none."""
        count = self.model.rowCount()
        if count and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(min(row, count - 1)))
        self._soon.start()

    def _compare_now(self) -> None:
        if self._soon.isActive():
            self._soon.stop()
            self._compare()

    def _compare(self) -> None:
        group = self.current
        papers = self._library.papers(group.ids[:MOST_AT_ONCE]) if group is not None else []
        if len(papers) < 2:
            papers = []
        if list(self.compare.papers) != papers:
            self.compare.show_papers(papers, self._library.sources_of(papers))
            self.compare.verticalScrollBar().setValue(0)
        self._why.setText(self._reason() if papers else "")

    def _reason(self) -> str:
        words = reason_words(self.compare.papers)
        words = words[:1].upper() + words[1:]
        count = len(self.current.ids) if self.current is not None else 0
        if count > MOST_AT_ONCE:
            some = self.tr("{shown} of {count} papers are shown")
            words += " · " + some.format(shown=MOST_AT_ONCE, count=number(count))
        return words

    def _show_state(self) -> None:
        sure, count = len(self._sure()), self.model.rowCount()
        self.bar.setVisible(self._searching)
        self.stop_button.setVisible(self._searching)
        self.all_button.setVisible(not self._single)
        self.all_button.setEnabled(bool(sure) and not self._searching)
        words = self.tr("Merge all sure ones ({count})") if sure else self.tr("Merge all sure ones")
        self.all_button.setText(words.format(count=number(sure)))
        if self._single:
            lead = self.tr(
                "Choose what stays of each field. All else is kept: tags, notes, files, where they were seen."
            )
        elif count:
            lead = counts_words(sure, count - sure)
        else:
            lead = self.tr("Looking for papers that are here twice…") if self._searching else ""
        self._lead.setText(lead)
        if bool(count) is self._splitter.isHidden():
            self._splitter.setVisible(bool(count))
            (self.list if count else self.close_button).setFocus()
        self._empty.setVisible(not count)
        self._empty.setText("" if self._searching else self.tr("No paper is here twice."))
        for button in (self.merge_button, self.apart_button, self.skip_button):
            button.setVisible(bool(count))
        self.close_button.setVisible(not count)
        self._keys.setVisible(bool(count) and not self._single)

    def _prepare_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(DuplicatesDelegate(self.list))
        self.list.setAccessibleName(self.tr("Duplicates"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._current_changed)

    def _current_changed(self, _index: QModelIndex, _before: QModelIndex) -> None:
        self._soon.start()

    def _lay_out(self) -> None:
        edge = theme.spacing(5)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._lead)
        top = QHBoxLayout()
        top.setContentsMargins(edge, theme.spacing(4), edge, 0)
        top.addLayout(words, 1)
        top.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._splitter = self._two_panes()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(theme.spacing(3))
        page.addLayout(top)
        page.addWidget(self.bar)
        page.addWidget(self._splitter, 1)
        page.addWidget(self._empty, 1)
        page.addLayout(self._buttons())

    def _two_panes(self) -> QSplitter:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing(1))
        self._why.setContentsMargins(theme.spacing(4), 0, 0, 0)
        column.addWidget(self._why)
        column.addWidget(self.compare, 1)
        splitter = QSplitter()
        splitter.addWidget(self.list)
        splitter.addWidget(side)
        splitter.setHandleWidth(1)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([theme.spacing(72), theme.spacing(198)])
        return splitter

    def _buttons(self) -> QHBoxLayout:
        self._keys = QWidget()
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(0, 0, 0, 0)
        keys.setSpacing(theme.spacing(1.5))
        for key, words in (("M", self.tr("merge")), ("D", self.tr("keep apart")), ("Space", self.tr("skip")),
                           ("Ctrl+Z", self.tr("undo"))):  # fmt: skip
            keys.addWidget(KeyCaps(key))
            keys.addWidget(Words(words, "faint", -1))
            keys.addSpacing(theme.spacing(2))
        row = QHBoxLayout()
        edge = theme.spacing(5)
        row.setContentsMargins(edge, 0, edge, theme.spacing(4))
        row.addWidget(self._keys)
        row.addStretch(1)
        for button in (self.close_button, self.skip_button, self.apart_button, self.merge_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.merge_button.setDefault(True)
        return row

    def _connect(self) -> None:
        self.merge_button.clicked.connect(self.merge)
        self.apart_button.clicked.connect(self.keep_apart)
        self.skip_button.clicked.connect(self.skip)
        self.close_button.clicked.connect(self.reject)
        self.all_button.clicked.connect(self.merge_all)
        self.stop_button.clicked.connect(self.stop_requested)
        for button in (self.all_button, self.stop_button):
            button.setAutoDefault(False)
        for key, then in (("M", self.merge), ("D", self.keep_apart)):
            QShortcut(QKeySequence(key), self, then)
        for keys, told in (("Ctrl+Z", self.undo_requested), ("Ctrl+Shift+Z", self.redo_requested),
                           ("Ctrl+Y", self.redo_requested)):  # fmt: skip
            QShortcut(QKeySequence(keys), self, told.emit)
        space = QShortcut(QKeySequence("Space"), self.list, self.skip)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
