"""Lines across the top of the window on what the reader should know of the library: why, and what to do about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD, Words

Offer = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""


class Banner(QFrame):
    """A heading and a sentence, with buttons, and a cross where it may be put away."""

    put_away = Signal()
    """The reader has seen it."""

    def __init__(
        self, heading: str, sentence: str, *, grave: bool = False, offers: Sequence[Offer] = (), lasting: bool = False
    ) -> None:
        """Make a banner.

        Args:
            heading: what is so, in a few words.
            sentence: what that means.
            grave: whether something is wrong, rather than to be known.
            offers: the buttons.
            lasting: whether it stays until what it tells has passed.
        """
        super().__init__()
        self.grave = grave
        self._icon_name = "error" if grave else "warning"
        self._picture = QLabel()
        self.heading = Words(heading, weight=SEMIBOLD)
        self.sentence = Words(sentence, "quiet").wrapping()
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.spacing(4), theme.spacing(1.5), theme.spacing(3), theme.spacing(1.5))
        row.setSpacing(theme.spacing(3))
        row.addWidget(self._picture)
        row.addWidget(self.heading)
        row.addWidget(self.sentence, 1)
        for words, act in offers:
            self.buttons[words] = button = QPushButton(words)
            button.clicked.connect(lambda _checked, act=act: act())
            row.addWidget(button)
        self.away = QToolButton()
        self.away.setIcon(theme.icon("clear"))
        self.away.setToolTip(self.tr("Put this away"))
        self.away.setAccessibleName(self.tr("Put this away"))
        self.away.setVisible(not lasting)
        self.away.clicked.connect(self.put_away)
        self.away.clicked.connect(self.deleteLater)
        row.addWidget(self.away)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(sentence)
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground with a line below it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.current().note)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.current().line)

    def _apply_theme(self) -> None:
        colors = theme.current()
        tint = colors.error if self._icon_name == "error" else colors.warning
        self._picture.setPixmap(theme.icon(self._icon_name, tint).pixmap(theme.icon_size()))
        self.away.setIconSize(theme.icon_size() * 0.8)
        self.update()


class Banners(QWidget):
    """The banners, one below the other; of each kind there is one at the most."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: dict[str, Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_banner(self, kind: str, banner: Banner) -> None:
        """Show a banner in place of the last of its kind."""
        self.put_away(kind)
        self._shown[kind] = banner
        banner.destroyed.connect(lambda: self._forget(kind, banner))
        self._column.insertWidget(0 if banner.grave else self._column.count(), banner)

    def put_away(self, kind: str) -> None:
        """Show no banner of this kind."""
        banner = self._shown.pop(kind, None)
        if banner is not None:
            banner.hide()
            banner.deleteLater()

    def banner(self, kind: str) -> Banner | None:
        """The banner of a kind; None where none is shown."""
        return self._shown.get(kind)

    def sizeHint(self) -> QSize:
        """As high as the banners."""
        return self._column.sizeHint()

    def _forget(self, kind: str, banner: Banner) -> None:
        if self._shown.get(kind) is banner:
            del self._shown[kind]
