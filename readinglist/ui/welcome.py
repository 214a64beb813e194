"""The page of an empty library: what to do first."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD, KeyCaps, Words, key_caps


class ChoiceButton(QPushButton):
    """A wide button with an icon, what it does, a line on what that means, and its key."""

    def __init__(self, icon: str, title: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self._picture = QLabel()
        self._picture.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._title = Words(title, step=1, weight=SEMIBOLD)
        self._meaning = Words(meaning, tone="quiet").wrapping()
        self._caps = KeyCaps("")
        words = QVBoxLayout()
        words.setSpacing(theme.spacing(0.5))
        words.addWidget(self._title)
        words.addWidget(self._meaning)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.spacing(4), theme.spacing(3), theme.spacing(4), theme.spacing(3))
        row.setSpacing(theme.spacing(4))
        row.addWidget(self._picture)
        row.addLayout(words, 1)
        row.addWidget(self._caps)
        for part in (self._picture, self._title, self._meaning):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(title)
        self.setAccessibleDescription(meaning)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)

    def show_key(self, key: str) -> None:
        """Show the key that does the same."""
        self._caps.set_key(key)
        self.setAccessibleDescription(" ".join((self._meaning.text(), *key_caps(key))))

    def _apply_theme(self) -> None:
        tinted = theme.icon(self._icon_name, theme.current().accent)
        self._picture.setPixmap(tinted.pixmap(theme.icon_size() * 1.25))

    def _content(self) -> QHBoxLayout:
        layout = self.layout()
        if not isinstance(layout, QHBoxLayout):
            raise TypeError("a choice is laid out when it is made")
        return layout

    def sizeHint(self) -> QSize:
        """As large as what is in it."""
        return self._content().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As small as what is in it may be."""
        return self._content().minimumSize()

    def heightForWidth(self, width: int) -> int:
        """Higher where the words need more lines."""
        return self._content().heightForWidth(width)


class WelcomePage(QWidget):
    """Three ways to the first papers, and the word that dropping files works too."""

    import_file = Signal()
    paste_clipboard = Signal()
    load_sample = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self._picture = QLabel()
        self._title = Words(self.tr("Your reading list is empty"), step=4, weight=SEMIBOLD).wrapping()
        self._lead = Words(
            self.tr(
                "Copy a page of papers, such as a day of the Hugging Face papers page, and bring it in as it is. "
                "Reading List finds the papers, keeps where you saw them, and never takes one in twice."
            ),
            tone="quiet",
            step=1,
        ).wrapping()
        self._drop = Words(self.tr("You can also drop files anywhere on this window."), tone="faint").wrapping()
        self._choices = (
            ChoiceButton(
                "import",
                self.tr("Import a file…"),
                self.tr("A listing that you saved as text; several files at once are fine."),
            ),
            ChoiceButton(
                "paste",
                self.tr("Paste the clipboard"),
                self.tr("Select all on the page, copy, and come back here."),
            ),
            ChoiceButton(
                "listing",
                self.tr("Load the sample listing"),
                self.tr("Some real titles to look around with; Undo takes them out again."),
            ),
        )
        signals = (self.import_file, self.paste_clipboard, self.load_sample)
        for choice, signal in zip(self._choices, signals, strict=True):
            choice.clicked.connect(signal)
        self._lay_out()
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)

    def show_keys(self, import_files: str, paste: str) -> None:
        """Show the keys of what it offers; "" where there is none."""
        for choice, key in zip(self._choices, (import_files, paste), strict=False):
            choice.show_key(key)

    def _lay_out(self) -> None:
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.spacing(2.5))
        for label in (self._picture, self._title, self._lead):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inner.addWidget(label)
        inner.addSpacing(theme.spacing(4))
        for choice in self._choices:
            inner.addWidget(choice)
        inner.addSpacing(theme.spacing(2))
        self._drop.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(self._drop)
        column.setMaximumWidth(theme.spacing(125))
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        page = QVBoxLayout(self)
        edge = theme.spacing(5)
        page.setContentsMargins(edge, edge, edge, edge)
        page.addStretch(2)
        page.addLayout(across)
        page.addStretch(3)

    def _apply_theme(self) -> None:
        tinted = theme.icon("all-papers", theme.current().star_off)
        self._picture.setPixmap(tinted.pixmap(theme.icon_size() * 3))
