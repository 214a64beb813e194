"""One page of a PDF document as a picture, with what turns pages and brings them nearer."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from readinglist.ui import theme
from readinglist.ui.action_menus import tip
from readinglist.ui.small_parts import Words
from readinglist.ui.wording import number

_ASK_MS = 80  # a pane whose border is dragged asks once, when that is over
_STEP = 1.25
_FARTHEST, _NEAREST = 0.5, 4.0  # times the width of the pane


class _Sheet(QWidget):
    """The page itself, as large as it is shown; the picture is drawn into that until a sharper one comes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image = QImage()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture and a line around it; paper is white in every theme."""
        if self.image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self.image)
        painter.setPen(theme.current().line)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class _Area(QScrollArea):
    """Scrolls over the page, and at its ends to the next one and the one before."""

    turned = Signal(int)  # by how many pages
    neared = Signal(int)  # 1 nearer, -1 farther, 0 as wide as the pane

    def __init__(self, sheet: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidget(sheet)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else its coming would change the width
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, and come nearer, by keys."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Space: 1, Qt.Key.Key_Backspace: -1}
        key = Qt.Key(event.key())
        if key in steps:
            self._scroll(steps[key])
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
            self.turned.emit(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.neared.emit(1)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_0):
            self.neared.emit(-1 if key == Qt.Key.Key_Minus else 0)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl come nearer; beyond an end of the page turn it."""
        turn = event.angleDelta().y()
        bar = self.verticalScrollBar()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turn:
            self.neared.emit(1 if turn > 0 else -1)
        elif turn <= -120 and bar.value() == bar.maximum():
            self.turned.emit(1)
        elif turn >= 120 and bar.value() == bar.minimum():
            self.turned.emit(-1)
        else:
            super().wheelEvent(event)

    def _scroll(self, direction: int) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + direction * bar.pageStep())
        if bar.value() == before:
            self.turned.emit(direction)


class PageView(QWidget):
    """Shows pages of one document. It asks for a picture of what it wants to show, where someone looks."""

    wanted = Signal(int, int)
    """The page, from 0, and the width in pixels of the screen of a picture that is to come by `show_picture`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page, self.pages = 0, 0
        self._seen = -1  # the page whose picture is shown
        self._zoom = 1.0
        self._asked: tuple[int, int] | None = None
        self._to_end = False
        self._open = False
        self._sheet = _Sheet(self)
        self._area = _Area(self._sheet, self)
        self._place = Words("", "quiet", parent=self)
        self._trouble = Words("", "quiet", parent=self).wrapping()
        self._previous = self._button("chevron-left", self.tr("Previous page"), "Left")
        self._next = self._button("chevron-right", self.tr("Next page"), "Right")
        self._farther = self._button("zoom-out", self.tr("Zoom out"), "-")
        self._fit = self._button("fit-width", self.tr("Fit width"), "0")
        self._nearer = self._button("zoom-in", self.tr("Zoom in"), "+")
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)
        self._lay_out()
        self._join()

    def open(self, *, there: bool) -> None:
        """Begin with the first page of another document, or show none."""
        self._open = there
        self.page, self.pages, self._seen, self._asked = 0, 0, -1, None
        self._sheet.image = QImage()
        self._show_trouble("")
        self._tell_place()
        self._asking.start(0)  # once it is laid out, and its width is known

    def show_picture(self, page: int, pages: int, image: QImage) -> None:
        """Show a picture that was wanted."""
        turned = page != self._seen
        self.page = self._seen = page
        self.pages = pages
        self._sheet.image = image
        self._show_trouble("")
        self._fit_sheet()
        if turned:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.maximum() if self._to_end else 0)
        self._to_end = False
        self._tell_place()

    def show_trouble(self, words: str) -> None:
        """Say why there is no picture."""
        self._sheet.image = QImage()
        self._show_trouble(words)
        self._tell_place()

    def turn(self, pages: int) -> None:
        """Go some pages on, or back; coming back one sees the end of the page."""
        wanted = max(0, min(self.page + pages, self.pages - 1))
        if wanted != self.page:
            self._to_end = pages < 0
            self.page = wanted
            self._ask()

    def come_near(self, steps: int) -> None:
        """Show the page larger or smaller, or as wide as the pane (0)."""
        zoom = self._zoom * _STEP**steps if steps else 1.0
        self._zoom = max(_FARTHEST, min(zoom, _NEAREST))
        self._fit_sheet()
        self._tell_place()
        self._asking.start(_ASK_MS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page as wide as the pane; a sharp picture follows."""
        super().resizeEvent(event)
        self._fit_sheet()
        self._asking.start(_ASK_MS)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask now that someone looks."""
        super().showEvent(event)
        self._asking.start(_ASK_MS)

    def changeEvent(self, event: QEvent) -> None:
        """Another font is another size of the icons."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            for button in self.findChildren(QToolButton):
                button.setIconSize(theme.icon_size())

    def _ask(self) -> None:
        width = round(self._width() * self.devicePixelRatioF())
        if self._open and self.isVisible() and width > 0 and self._asked != (self.page, width):
            self._asked = self.page, width
            self.wanted.emit(self.page, width)

    def _width(self) -> int:
        return round(self._area.viewport().width() * self._zoom)

    def _fit_sheet(self) -> None:
        image = self._sheet.image
        width = self._width()
        height = round(width * image.height() / image.width()) if image.width() else 0
        self._sheet.resize(width, height)
        self._sheet.update()

    def _show_trouble(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))
        self._area.setVisible(not words)

    def _tell_place(self) -> None:
        words = self.tr("Page {page} of {pages}").format(page=number(self.page + 1), pages=number(self.pages))
        self._place.setText(words if self.pages else "")
        self._area.setAccessibleName(words if self.pages else self.tr("Page"))
        self._previous.setEnabled(self.page > 0)
        self._next.setEnabled(self.page + 1 < self.pages)
        self._farther.setEnabled(bool(self.pages) and self._zoom > _FARTHEST)
        self._nearer.setEnabled(bool(self.pages) and self._zoom < _NEAREST)
        self._fit.setEnabled(bool(self.pages) and self._zoom != 1.0)

    def _button(self, icon: str, words: str, key: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(theme.icon(icon))
        button.setIconSize(theme.icon_size())
        button.setToolTip(tip(words, [key]))
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _join(self) -> None:
        self._previous.clicked.connect(lambda: self.turn(-1))
        self._next.clicked.connect(lambda: self.turn(1))
        self._farther.clicked.connect(lambda: self.come_near(-1))
        self._fit.clicked.connect(lambda: self.come_near(0))
        self._nearer.clicked.connect(lambda: self.come_near(1))
        self._area.turned.connect(self.turn)
        self._area.neared.connect(self.come_near)

    def _lay_out(self) -> None:
        controls = QHBoxLayout()
        controls.setSpacing(theme.spacing(0.5))
        controls.addWidget(self._previous)
        controls.addWidget(self._place)
        controls.addWidget(self._next)
        controls.addStretch(1)
        for button in (self._farther, self._fit, self._nearer):
            controls.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.spacing(1))
        layout.addLayout(controls)
        layout.addWidget(self._trouble)
        layout.addWidget(self._area, 1)
