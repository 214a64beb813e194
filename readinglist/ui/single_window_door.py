"""The door of a window: a local socket that this user alone can use, where later starts of the program knock."""

import json
import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from readinglist.ui.single_window import ANSWER, MOST_BYTES, address, knock


class Door(QObject):
    """Listens for other starts of the program with the same library, while the window is open."""

    knocked = Signal(object)
    """Someone knocked, with these files (a list of `Path`) to be imported."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._let_in)

    def open(self) -> bool:
        """Begin to listen; False where another window of this library does already."""
        try:
            where = address(self._folder)
        except OSError:
            return True  # without a place for the socket, every start has a window of its own
        if knock(self._folder):
            return False
        QLocalServer.removeServer(where)  # left behind by a program that was killed
        self._server.listen(where)  # where it cannot, every start has a window of its own too
        return True

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _let_in(self) -> None:
        while True:
            # Qt gives null where no more is waiting, which its types do not say.
            visitor: QLocalSocket | None = self._server.nextPendingConnection()
            if visitor is None:
                return
            visitor.readyRead.connect(lambda visitor=visitor: self._hear(visitor))
            visitor.disconnected.connect(visitor.deleteLater)
            self._hear(visitor)

    def _hear(self, visitor: QLocalSocket) -> None:
        if not visitor.canReadLine():
            if visitor.bytesAvailable() > MOST_BYTES:
                visitor.abort()
            return
        line = bytes(visitor.readLine().data())
        files, token = _read(line)
        visitor.write(ANSWER)
        visitor.flush()
        visitor.disconnectFromServer()
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token
        self.knocked.emit(files)


def bring_to_front(window: QWidget) -> None:
    """Show a window above the others, and let keys go to it."""
    state = window.windowState() & ~Qt.WindowState.WindowMinimized
    window.setWindowState(state | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()


def _read(line: bytes) -> tuple[list[Path], str]:
    """The files and the token of a request; nothing of one that makes no sense."""
    with suppress(ValueError):
        request = json.loads(line.decode("utf-8", "surrogateescape"))
        if isinstance(request, dict):
            files, tokens = request.get("files", []), request.get("token", [])
            if isinstance(files, list) and isinstance(tokens, list):
                return [Path(name) for name in files if isinstance(name, str)], next(map(str, tokens), "")
    return [], ""
