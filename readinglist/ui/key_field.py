"""A field that takes the key which is pressed in it, whatever that key does elsewhere."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from readinglist.ui.key_rules import native, pressed

_STAYS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class KeyField(QLineEdit):
    """Waits for one key. Esc, or going elsewhere with the mouse, leaves it."""

    taken = Signal(str)
    """The key that was pressed, as `key_rules.pressed` writes it."""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(self.tr("Press the new key; Esc leaves all as it is"))
        self.setAccessibleName(self.tr("New key"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Take keys before the shortcuts of the window and the move to the next control."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if not event.isAutoRepeat():
                self._take(event)
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere wants no new key; another window or a menu may come between."""
        super().focusOutEvent(event)
        if event.reason() not in _STAYS:
            self.left.emit()

    def _take(self, event: QKeyEvent) -> None:
        key = pressed(event)
        if key == "Esc":
            self.left.emit()
        elif key:
            self.setText(native(key))
            self.taken.emit(key)
