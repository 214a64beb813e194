"""The library's news as Qt signals in the GUI thread, also of what another program did to it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from readinglist.library.answers import News

if TYPE_CHECKING:
    from readinglist.library.library import Library

LOOK_EVERY_MS = 1000


class LibrarySignals(QObject):
    """Tells what became different in the library."""

    changed = Signal(object)
    """`News`, always in the thread of this object."""
    _heard = Signal(object)

    def __init__(self, library: "Library", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library: Library | None = library
        # Direct in the GUI thread, so that a star is seen at once; queued from every other.
        self._heard.connect(self._pass_on, Qt.ConnectionType.AutoConnection)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        library.listen(self._heard.emit)

    def watch(self, *, seen: bool) -> None:
        """Look once a second what other programs did, while the window is seen; and at once when it comes back."""
        if seen and not self._timer.isActive():
            self.look()
            self._timer.start()
        elif not seen:
            self._timer.stop()

    def look(self) -> None:
        """See whether another program wrote to the library."""
        if self._library is not None and self._library.changed_elsewhere():
            self.changed.emit(News(everything=True))

    def close(self) -> None:
        """Tell nothing any more: the library is about to be closed."""
        self._timer.stop()
        self._library = None

    def _pass_on(self, news: News) -> None:
        if self._library is not None:
            self.changed.emit(news)
