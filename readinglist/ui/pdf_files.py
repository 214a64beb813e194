"""The files of the open paper as rows to choose from, and the page that stands there where a paper has none."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from readinglist.papers.paper import Attachment
from readinglist.ui import theme
from readinglist.ui.small_parts import SEMIBOLD, ElidedWords, Words, icon_button
from readinglist.ui.wording import number, translate

_MOST_NAMED = 3  # files that an entry names


def size_words(size: int) -> str:
    """A number of bytes as one reads it: "1.2 MB"."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def pages_words(pages: int) -> str:
    """A number of pages: "1 page", "12 pages"."""
    if pages == 1:
        return translate("Wording", "1 page")
    return translate("Wording", "{count} pages").format(count=number(pages))


class FileRow(QPushButton):
    """A file: its name, its size, and its pages once these are known."""

    def __init__(self, attachment: Attachment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attachment = attachment
        self._name = ElidedWords(attachment.name, parent=self)
        self._name.elide = Qt.TextElideMode.ElideMiddle
        self._facts = Words("", "faint", -1, parent=self)
        self._icon = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.spacing(2), theme.spacing(1.25), theme.spacing(2), theme.spacing(1.25))
        row.setSpacing(theme.spacing(2))
        row.addWidget(self._icon)
        row.addWidget(self._name, 1)
        row.addWidget(self._facts)
        for part in (self._icon, self._name, self._facts):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setToolTip(attachment.name)
        self.show_pages(0)
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)
        self.toggled.connect(self._apply_theme)

    def show_pages(self, pages: int) -> None:
        """Tell how many pages it has; 0 where that is not known."""
        words = [size_words(self.attachment.size), *([pages_words(pages)] if pages else [])]
        self._facts.setText(" · ".join(words))
        self.setAccessibleName(", ".join((self.attachment.name, *words)))

    def sizeHint(self) -> QSize:
        """As large as what is in it."""
        return self._laid_out().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """As small as what is in it may be."""
        return self._laid_out().minimumSize()

    def _laid_out(self) -> QHBoxLayout:
        layout = self.layout()
        if not isinstance(layout, QHBoxLayout):
            raise TypeError("a row is laid out when it is made")
        return layout

    def _apply_theme(self) -> None:
        colors = theme.current()
        chosen = self.isChecked()
        ground = colors.selected if chosen else colors.surface
        self.setStyleSheet(
            f"FileRow {{ background: {ground.name()}; border: 1px solid {ground.name()}; border-radius: 6px }}"
            f" FileRow:focus {{ border-color: {colors.accent.name()} }}"
        )
        # An icon that stands out tells the chosen file too, not its colour alone.
        self._icon.setPixmap(theme.icon("pdf", colors.accent if chosen else colors.faint).pixmap(theme.icon_size()))
        self._name.set_tone("text" if chosen else "quiet")


class NoFiles(QWidget):
    """A place to drop a file on, with what else one can do; and the files that the paper's entry names."""

    choose_requested = Signal()
    named_requested = Signal(str)
    """A path that the entry names."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QLabel(self)
        self._choose = icon_button("attach", self.tr("Attach file…"))
        self._choose.clicked.connect(self.choose_requested)
        self._named = QVBoxLayout()
        self._named.setSpacing(theme.spacing(1))
        self._lay_out()
        self._apply_theme()
        theme.notifier.changed.connect(self._apply_theme)

    def show_named(self, paths: Sequence[str]) -> None:
        """Offer the files that the entry names; each is read only once the reader asks for it."""
        while (item := self._named.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if paths:
            self._add(Words(self.tr("The imported entry names a file:"), "quiet", parent=self))
        for path in paths[:_MOST_NAMED]:
            words = Words(path, "text", -1, parent=self)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._add(words.wrapping())
            button = QPushButton(self.tr("Attach the file named in this entry…"), self)
            button.setAccessibleDescription(path)
            button.clicked.connect(lambda _=False, path=path: self.named_requested.emit(path))
            self._named.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            button.show()

    def _add(self, words: Words) -> None:
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._named.addWidget(words)
        words.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the border of the place to drop on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.current().star_off, 1.2, Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)

    def _lay_out(self) -> None:
        title = Words(self.tr("Drop a PDF here"), "text", 1, SEMIBOLD, self)
        lead = self.tr("A copy is kept with the library, and its text is searched. Any other file can be attached too.")
        center = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        edge = theme.spacing(5)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(theme.spacing(2))
        layout.addStretch(2)
        layout.addWidget(self._picture, 0, center)
        layout.addWidget(title, 0, center)
        words = Words(lead, "quiet", parent=self).wrapping()
        words.setAlignment(center)
        layout.addWidget(words)
        layout.addSpacing(theme.spacing(1))
        layout.addWidget(self._choose, 0, center)
        layout.addSpacing(theme.spacing(3))
        layout.addLayout(self._named)
        layout.addStretch(3)

    def _apply_theme(self) -> None:
        self._picture.setPixmap(theme.icon("pdf", theme.current().star_off).pixmap(theme.icon_size() * 2))
