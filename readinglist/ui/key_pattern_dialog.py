"""Citation keys: the pattern they are made by, what it gives while it is typed, and changing the keys there are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from readinglist.errors import CancelledError, ExpectedError
from readinglist.papers.citation_key import DEFAULT_PATTERN, pattern_problem
from readinglist.ui import theme
from readinglist.ui.background import Background
from readinglist.ui.plain_rows import give_air
from readinglist.ui.readable_text import readable
from readinglist.ui.small_parts import SEMIBOLD, LinkButton, Words, dialog_page
from readinglist.ui.wording import number, papers

if TYPE_CHECKING:
    from readinglist.library.citation_keys import KeyChange
    from readinglist.library.library import Library

CHANNEL = "citation keys"
SOON_MS = 150  # a pattern is looked at when its typing pauses
SHOWN = 200  # changes in the list; more are counted


class KeyPatternDialog(QDialog):
    """Shows what a pattern would change of some papers. Nothing is changed but by its buttons."""

    change_requested = Signal(object)
    """The `KeyChange`s that the reader agreed to."""
    kept = Signal(str)
    """The pattern that is the library's from now on."""

    def __init__(
        self, library: "Library", background: Background, ids: Sequence[int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._background = background
        self._ids = tuple(ids)
        self._changes: Sequence[KeyChange] = ()
        self._own = library.citation_key_pattern()
        self._wanted = ""
        self.setWindowTitle(self.tr("Citation keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = Words(self.tr("Citation keys"), step=4, weight=SEMIBOLD)
        self._make_pattern()
        self._make_list()
        self._make_buttons()
        self._lay_out()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._look)
        self.edit.textChanged.connect(self._typed)
        self._typed()

    def _make_pattern(self) -> None:
        self.edit = QLineEdit(self._own)
        self.edit.setAccessibleName(self.tr("Pattern"))
        self.edit.setClearButtonEnabled(True)
        self.edit.setPlaceholderText(DEFAULT_PATTERN)
        self.problem = Words(tone="error", step=-1).wrapping()
        self._help = Words(
            self.tr(
                "Markers as in JabRef: [auth] [authEtAl] [authors3] [authorsAlpha] [year] [shortyear] [shorttitle] "
                "[veryshorttitle] [camel] [journal:abbr] [keyword1] [firstpage], and fields such as [volume]. Behind a "
                'colon: lower, upper, abbr, titlecase, truncate8, regex("a","b"), (text for nothing).'
            ),
            tone="faint",
            step=-1,
        ).wrapping()

    def _make_list(self) -> None:
        self.summary = Words(tone="quiet").wrapping()
        self.list = QTreeWidget()
        self.list.setObjectName("framed")
        self.list.setIconSize(theme.icon_size())
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setAccessibleName(self.tr("Keys that would change"))
        self.list.setHeaderLabels((self.tr("Paper"), self.tr("Key now"), self.tr("New key")))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _make_buttons(self) -> None:
        self.keep_button = QPushButton(self.tr("&Use it for papers that come"))
        self.reset_button = LinkButton(self.tr("As usual"))
        self.close_button = QPushButton(self.tr("Close"))
        self.change_button = QPushButton()
        for button in (self.keep_button, self.close_button, self.change_button):
            button.setAutoDefault(False)  # Enter ends the typing of a pattern, and does nothing
        self.keep_button.clicked.connect(self.keep)
        self.reset_button.clicked.connect(lambda: self.edit.setText(DEFAULT_PATTERN))
        self.close_button.clicked.connect(self.reject)
        self.change_button.clicked.connect(self.change)

    def _lay_out(self) -> None:
        typed = QHBoxLayout()
        typed.setSpacing(theme.spacing(2))
        typed.addWidget(self.edit, 1)
        typed.addWidget(self.reset_button)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.spacing(5))
        form.addRow(Words(self.tr("Pattern"), tone="quiet"), typed)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.spacing(2))
        buttons.addWidget(self.keep_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.change_button)
        page = dialog_page(self, edge=6, between=3)
        page.addWidget(self._title)
        page.addLayout(form)
        for part in (self.problem, self._help, self.summary):
            page.addWidget(part)
        page.addWidget(self.list, 1)
        page.addLayout(buttons)
        self.setMinimumWidth(theme.spacing(130))

    def sizeHint(self) -> QSize:
        """Room for a screenful of keys."""
        return QSize(theme.spacing(210), theme.spacing(150))

    @property
    def pattern(self) -> str:
        """What is typed; the usual pattern where nothing is."""
        return self.edit.text().strip() or DEFAULT_PATTERN

    def keep(self) -> None:
        """Make the pattern that of the library, for papers that come."""
        wanted, library = self.pattern, self._library
        self._background.ask(
            f"{CHANNEL} kept", lambda: library.set_citation_key_pattern(wanted), lambda _: self._kept(wanted)
        )

    def change(self) -> None:
        """Change the keys that are shown, and close."""
        self.change_requested.emit(tuple(self._changes))
        self.accept()

    def done(self, result: int) -> None:
        """Ask no more."""
        self._soon.stop()
        self._wanted = ""
        self._background.drop(CHANNEL)
        super().done(result)

    def _kept(self, wanted: str) -> None:
        self._own = wanted
        self._enable()
        self.kept.emit(wanted)

    def _typed(self) -> None:
        problem = pattern_problem(self.pattern)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self._wanted = ""
        self._background.drop(CHANNEL)
        if problem:
            self._soon.stop()
            self._show(())
        else:
            self._soon.start()
        self._enable()

    def _look(self) -> None:
        library, ids, wanted = self._library, self._ids, self.pattern

        def go_on(_done: int, _total: int) -> None:
            if self._wanted != wanted:
                raise CancelledError("Another pattern is typed.")

        self._wanted = wanted
        self._background.ask(CHANNEL, lambda: library.plan_keys(ids, wanted, go_on), self._show, self._fail)

    def _fail(self, error: ExpectedError) -> None:
        self._show(())
        self.problem.setText(str(error))
        self.problem.show()

    def _show(self, changes: "Sequence[KeyChange]") -> None:
        self._changes = changes
        self.list.clear()
        for each in changes[:SHOWN]:
            item = QTreeWidgetItem([readable(each.title), each.old, each.new])
            item.setToolTip(0, readable(each.title))
            give_air(item, 0)
            self.list.addTopLevelItem(item)
        self.summary.setText(self._summary(len(changes)))
        self._enable()

    def _summary(self, count: int) -> str:
        if self.problem.text():
            return ""
        if not count:
            return self.tr("The keys of {papers} fit this pattern.").format(papers=papers(len(self._ids)))
        words = self.tr("{count} of {papers} would get another key. Texts that cite them by the old ones must follow.")
        if count > SHOWN:
            words = self.tr("{count} of {papers} would get another key, these among them. Texts that cite must follow.")
        return words.format(count=number(count), papers=papers(len(self._ids)))

    def _enable(self) -> None:
        count = len(self._changes)
        self.change_button.setEnabled(count > 0)
        self.change_button.setText(
            self.tr("Change 1 key") if count == 1 else self.tr("Change {count} keys").format(count=number(count))
        )
        self.keep_button.setEnabled(not self.problem.text() and self.pattern != self._own)
