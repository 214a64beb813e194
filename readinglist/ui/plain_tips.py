"""Tooltips are plain text: what papers, tags and files are called is never taken for markup there.

Qt decides by the look of a text whether a tooltip is rich, and a rich one loads the pictures that it names.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QProxyStyle, QWidget

_TIP = "QTipLabel"  # Qt's own class for what a tooltip shows; it is polished before it is given its text


class PlainTips(QProxyStyle):
    """A style that makes each tooltip show its text as it is."""

    def polish(self, what: QWidget | QApplication | QPalette) -> None:  # type: ignore[override]
        """Prepare a widget."""
        if isinstance(what, QLabel) and what.metaObject().className() == _TIP:
            what.setTextFormat(Qt.TextFormat.PlainText)
        super().polish(what)
