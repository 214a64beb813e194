"""Tooltips are plain text: what papers, tags and files are called is never taken for markup there.

Qt decides by the look of a text whether a tooltip is rich, and a rich one loads the pictures that it names.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QProxyStyle, QWidget

_TIP = "QTipLabel"  # Qt's own class for what a tooltip shows; it is polished before it is given its text

_WIDTH = 72  # characters
_MOST = 1000


class PlainTips(QProxyStyle):
    """A style that makes each tooltip show its text as it is."""

    def polish(self, what: QWidget | QApplication | QPalette) -> None:  # type: ignore[override]
        """Prepare a widget."""
        if isinstance(what, QLabel) and what.metaObject().className() == _TIP:
            what.setTextFormat(Qt.TextFormat.PlainText)
        super().polish(what)


def tip_text(text: str) -> str:
    """A long text for a tooltip: broken into lines, which Qt does for rich text alone, and cut where it is too long."""
    from textwrap import shorten, wrap

    lines = (wrap(shorten(line, _MOST, placeholder=" …"), _WIDTH) for line in text[: 2 * _MOST].split("\n"))
    return "\n".join("\n".join(line) for line in lines)
