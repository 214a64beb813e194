"""The filters that the query holds, as chips below the search box: each can be taken out, and others put in."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from readinglist.library.answers import TagCount
from readinglist.papers.paper import ReadingState
from readinglist.papers.query_chips import Chip, chips
from readinglist.ui import theme
from readinglist.ui.filter_words import state_filter, tag_filter
from readinglist.ui.flow_layout import FlowLayout
from readinglist.ui.paper_wording import STATE_ICONS, state_name

# Worth a place in the menu, beside the reading states and the tags.
OFFERED = ("is:starred", "is:new", "is:unread", "has:code", "has:note", "seen:>=2")
MOST_TAGS = 30  # a longer menu is no help: the sidebar has them all
WIDEST = 45  # of a chip, in units of theme.spacing
CHIP_HEIGHT = 5.5


class FilterChips(QWidget):
    """A row of chips that mirrors the query."""

    removed = Signal(object)
    """The chip that the reader took out, as `query_chips` gave it."""
    save_requested = Signal()
    """The query is to be kept as a smart list."""
    added = Signal(str)
    """The filter that the reader chose, such as "is:starred"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._tags: Sequence[TagCount] = ()
        self._chips: Sequence[Chip] = ()
        self._buttons: list[ChipButton] = []
        self.setAccessibleName(self.tr("Filters"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow = FlowLayout(self, theme.spacing(1.5))
        self._add = ChipButton(self.tr("+ Filter"), solid=False)
        self._add.setAccessibleName(self.tr("Add a filter"))
        self._add.setToolTip(self.tr("Show only papers that…"))
        self._add.clicked.connect(self._offer)
        self._flow.addWidget(self._add)

    def show_query(self, text: str) -> None:
        """Show the filters of this query."""
        before = [chip.label for chip in self._chips]
        self._text, self._chips = text, chips(text)
        if [chip.label for chip in self._chips] != before:
            self._make_buttons()

    def set_tags(self, tags: Sequence[TagCount]) -> None:
        """The tags to offer."""
        self._tags = tags

    def menu(self) -> QMenu:
        """The filters that can be added."""
        menu = QMenu(self)
        for state in ReadingState:
            self._entry(menu, state_name(state), state_filter(state), STATE_ICONS[state])
        menu.addSeparator()
        for text in OFFERED:
            self._entry(menu, chips(text)[0].label, text)
        if self._tags:
            tags = menu.addMenu(theme.icon("tag"), self.tr("Tag"))
            for tag in self._tags[:MOST_TAGS]:
                self._entry(tags, tag.name, tag_filter(tag.name))
        if self._text.strip():
            menu.addSeparator()
            menu.addAction(theme.icon("save"), self.tr("Save as a smart list…"), self.save_requested.emit)
        return menu

    def _make_buttons(self) -> None:
        for button in self._buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._flow.removeWidget(self._add)
        self._buttons = [self._button(number, chip.label) for number, chip in enumerate(self._chips)]
        for button in (*self._buttons, self._add):
            self._flow.addWidget(button)
        self.updateGeometry()

    def _button(self, number: int, label: str) -> "ChipButton":
        button = ChipButton(f"{label} ×")
        button.setAccessibleName(self.tr("Take out the filter {filter}").format(filter=label))
        button.setToolTip(self.tr("Take this filter out"))
        button.clicked.connect(lambda: self.removed.emit(self._chips[number]))  # it may stand elsewhere by then
        return button

    def _entry(self, menu: QMenu, words: str, text: str, icon: str = "") -> None:
        action = menu.addAction(words.replace("&", "&&"))
        if icon:
            action.setIcon(theme.icon(icon))
        action.triggered.connect(_call(self.added.emit, text))

    def _offer(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))


class ChipButton(QPushButton):
    """A small round button; solid for a filter that is in use."""

    def __init__(self, words: str, *, solid: bool = True) -> None:
        super().__init__()
        self._words = words
        self._solid = solid
        self.setAutoDefault(False)
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)

    def sizeHint(self) -> QSize:
        """The words in one line."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * theme.spacing(2), theme.spacing(CHIP_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """No narrower than its words."""
        return self.sizeHint()

    def _apply_theme(self) -> None:
        colors = theme.current()
        self.setFont(theme.font(-1))
        metrics = QFontMetrics(self.font())
        self.setText(metrics.elidedText(self._words, Qt.TextElideMode.ElideMiddle, theme.spacing(WIDEST)))
        ink, ground = (colors.accent, colors.accent_soft) if self._solid else (colors.tag_text, colors.tag)
        radius = theme.spacing(CHIP_HEIGHT) // 2
        self.setStyleSheet(
            f"QPushButton {{ color: {ink.name()}; background: {ground.name()}; border: 1px solid {ground.name()};"
            f" border-radius: {radius}px; padding: 0px {theme.spacing(2)}px; }}"
            f" QPushButton:hover, QPushButton:focus {{ border-color: {ink.name()}; }}"
        )


def _call(function: Callable[[object], None], value: object) -> Callable[[], None]:
    return lambda *_: function(value)
