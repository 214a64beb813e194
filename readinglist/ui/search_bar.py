"""Above the list: the search box, the chips that mirror the query, the order, and what is wrong with the query."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from readinglist.library.answers import Found, TagCount
from readinglist.papers.query import QueryProblem
from readinglist.papers.query_chips import Chip, with_filter, without
from readinglist.ui import theme, wording
from readinglist.ui.filter_chips import CHIP_HEIGHT, FilterChips
from readinglist.ui.search_box import SearchBox
from readinglist.ui.small_parts import Words


class SearchBar(QWidget):
    """The query, which is the one truth on what the list shows: choosing a filter or a place edits its text."""

    asked = Signal(str)
    """The query, after each change of it."""
    save_requested = Signal()
    """The query is to be kept as a smart list."""
    left = Signal()
    """The reader is done here: on to the list."""

    def __init__(self, sort_menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = SearchBox()
        self.chips = FilterChips()
        self._sort = QToolButton()
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setMenu(sort_menu)
        self._sort.setAccessibleName(self.tr("Order of the list"))
        self._sort.setToolTip(self.tr("Order of the list"))
        self._warning = QLabel()
        self._problems = Words(tone="warning", step=-1).wrapping()
        self._problem_line = QWidget()
        self.setFocusProxy(self.box)
        self.box.typed.connect(self._typed)
        self.box.left.connect(self.left)
        self.chips.removed.connect(self._remove)
        self.chips.added.connect(self._add)
        self.chips.save_requested.connect(self.save_requested)
        self._lay_out()
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)
        self.show_problems(())

    def text(self) -> str:
        """The query."""
        return self.box.text()

    def set_text(self, text: str) -> None:
        """Ask for something else."""
        self.show_text(text)
        self.asked.emit(text)

    def show_text(self, text: str) -> None:
        """Show a query without asking for it."""
        self.box.set_text(text)
        self.chips.show_query(text)

    def show_found(self, found: Found, total: int) -> None:
        """Show how many papers were found of how many, how fast, and what of the query could not be meant."""
        number, ms = wording.number(len(found.ids)), QLocale().toString(max(1, round(found.ms)))
        if found.query.strip():
            words = self.tr("{found} of {all} · {ms} ms").format(found=number, all=wording.number(total), ms=ms)
        else:
            words = ""
        self.box.show_count(words)
        self.show_problems(found.problems)

    def show_problems(self, problems: Sequence[QueryProblem]) -> None:
        """Say in words what of the query could not be meant as it is written."""
        self._problems.setText("\n".join(dict.fromkeys(problem.message for problem in problems)))
        self._problem_line.setVisible(bool(problems))

    def show_sort(self, words: str) -> None:
        """Show the order of the list."""
        self._sort.setText(f"{words} ▾")

    def set_tags(self, tags: Sequence[TagCount]) -> None:
        """The tags that can be asked for."""
        self.chips.set_tags(tags)

    def clear(self) -> None:
        """Ask for all papers."""
        self.set_text("")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line to the list."""
        QPainter(self).fillRect(0, self.height() - 1, self.width(), 1, theme.current().line)

    def _lay_out(self) -> None:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        second = QHBoxLayout()
        second.addWidget(self.chips, 1)
        second.addWidget(self._sort, 0, Qt.AlignmentFlag.AlignTop)
        problems = QHBoxLayout(self._problem_line)
        problems.setContentsMargins(0, 0, 0, 0)
        problems.setSpacing(theme.spacing(1.5))
        problems.addWidget(self._warning)
        problems.addWidget(self._problems, 1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.box)
        self._column.addLayout(second)
        self._column.addWidget(self._problem_line)

    def _apply_theme(self) -> None:
        self._column.setContentsMargins(theme.spacing(3), theme.spacing(2.5), theme.spacing(3), theme.spacing(2))
        self._column.setSpacing(theme.spacing(2))
        self._sort.setFont(theme.font(-1))
        self._sort.setFixedHeight(theme.spacing(CHIP_HEIGHT))
        self._sort.setStyleSheet(
            f"QToolButton {{ color: {theme.current().quiet.name()}; padding: 0px {theme.spacing(1)}px; }}"
        )
        size = theme.icon_size()
        self._warning.setPixmap(theme.icon("warning", theme.current().warning).pixmap(size, self.devicePixelRatioF()))

    def _typed(self, text: str) -> None:
        self.chips.show_query(text)
        self.asked.emit(text)

    def _remove(self, chip: Chip) -> None:
        self.set_text(without(self.text(), chip))

    def _add(self, text: str) -> None:
        self.set_text(with_filter(self.text(), text))
