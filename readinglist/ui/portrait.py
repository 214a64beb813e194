"""A picture of the window, without a display: for the tour, and for the README."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QDeadlineTimer, QMessageLogContext, QSize, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from readinglist.errors import ExpectedError
from readinglist.ui.main_window import MainWindow


def portray(window: MainWindow, query: str, chosen: int, scale: float, patience_ms: int) -> QImage:
    """The window as it shows a query and one of its papers, `scale` pixels of the image for one of the window.

    Raises:
        ExpectedError: the window did not fill within `patience_ms` milliseconds.
    """
    desk = window.desk
    if desk is None:
        raise ValueError("a window without a library has nothing to show")
    with _without_remarks():
        window.show()
    deadline = QDeadlineTimer(patience_ms)
    for _ in range(2):  # the first answer takes as long as loading the search does
        desk.show_query(query)
        while not (desk.settled and desk.smart_lists.counts.done):
            if deadline.hasExpired():
                raise ExpectedError("The picture was not made: the library took too long to answer. Try once more.")
            QApplication.processEvents()
    if window.panes.list.current_id() is None:
        window.panes.list.step(1)
    window.panes.list.step(chosen)
    QApplication.processEvents()
    image = QImage(QSize(window.width(), window.height()) * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    window.render(image)
    return image


@contextmanager
def _without_remarks() -> Iterator[None]:
    """Keep back what Qt remarks on showing a window without a display; all else that it says goes to stderr."""

    def tell(_kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        if "propagateSizeHints" not in message and sys.stderr is not None:
            sys.stderr.write(f"{message}\n")

    before = qInstallMessageHandler(tell)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
