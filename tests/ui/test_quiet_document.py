"""Notes as text: what others would fetch for them is told in words, and leaves with nothing that is copied."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from readinglist.ui.quiet_document import QuietDocument


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("a ![alt words](http://127.0.0.1:9/x.png) b", "a alt words [http://127.0.0.1:9/x.png] b"),
        ("![](file:///etc/hosts) ![two](x.png)", " two [x.png]"),
        ("[words](javascript:alert(1)) and [more](data:text/html,x)", "words and more"),
        ("<img src='x.png'> *there*", "<img src='x.png'> there"),
        ("[ours](https://example.org/) and [file](file:///tmp/x.pdf)", "ours and file"),
    ],
)
def test_words_stand_for_pictures_and_for_links_that_are_never_opened(markdown: str, shown: str, qtbot: QtBot) -> None:
    view = QTextBrowser()
    qtbot.addWidget(view)
    document = QuietDocument(view)
    view.setDocument(document)
    document.show_markdown(markdown)
    assert document.toPlainText() == shown
    view.selectAll()
    copied = QTextCursor(view.textCursor()).selection().toHtml().lower()
    assert "<img" not in copied
    assert "javascript:" not in copied.replace("[javascript:", "")
    assert "data:text" not in copied


def test_a_link_stays_one(qtbot: QtBot) -> None:
    document = QuietDocument()
    document.show_markdown("See [**this**](https://example.org/a) ![x](y.png).")
    assert 'href="https://example.org/a"' in document.toHtml()
    assert "font-weight" in document.toHtml()
    qtbot.wait(1)
