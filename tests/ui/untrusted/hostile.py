"""Hostile words, what sees whether anybody follows them, and what a view may show of them."""

import ctypes
import os
import select
import socket
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QTextEdit, QToolTip, QWidget

from readinglist.library.library import Library
from readinglist.papers.change import Change, ListingAdded, PapersAdded, Remembered, SourceAdded, Step
from readinglist.papers.memory import Feed, KeptExport, Merge
from readinglist.papers.paper import Attachment, Author, Link, LinkKind, Listing, Note, Paper, Sighting, Source
from readinglist.ui.quiet_document import QuietDocument

NOW = datetime(2026, 3, 14, 9, tzinfo=UTC)

# What links within our own rich text are called; all others must lead to the web, and are shown before they do.
OWN_LINKS = ("paper", "word", "take-back")


def hostile(canary: Path, port: int = 9) -> str:
    """Words with all that a view could be tempted by: a file, a server of this machine, and programs."""
    there, server = canary.as_uri(), f"http://127.0.0.1:{port}"
    return (
        f'<img src="{there}"><img src="{server}/x.png"><img src="{canary}"><script>alert(1)</script>'
        f'<a href="javascript:alert(1)">x</a><a href="data:text/html,x">y</a><a href="file:///etc/passwd">z</a>'
        f'<iframe src="{there}"></iframe><link rel="stylesheet" href="{there}"><b onmouseover="x()">b</b>'
        f'<style>@import url("{there}"); body {{ background: url({there}) }}</style>'
        f'<svg onload="x()"><image href="{there}"/></svg><table background="{there}"><tr><td>t</td></tr></table>'
        f'<object data="{there}"></object><video src="{server}/v"></video><body background="{there}">'
        f"![p]({there}) ![r]({canary}) ![q]({server}/q.png) [l](file:///etc/passwd) <{server}/auto> &lt;img src=x&gt; "
        f"[m](javascript:x) \\\\127.0.0.1\\share\\x qrc:/x <h1>big</h1> =cmd|'/c calc'!A0 \u202egnp.exe\u202c \u200bz "
        r"\input{/etc/passwd} \write18{id} $\input{/etc/passwd}$ %s {0} {name} &amp; & %1"
    )


def fill(library: Library, words: str, canary: Path) -> None:
    """Hostile words in each field of papers, and in all that stands beside papers."""
    (one,) = (Attachment("ab" * 32, f"{words[:90].replace('/', '')}.pdf", 5),)
    bibliography = Source(50, words, "bibtex", "ab", NOW, words)
    page = Source(51, words, "hf-listing", "cd", NOW, words)
    listings = (Listing(50, 50, words, None, bibliography=True), Listing(51, 51, words, NOW.date()))
    papers = tuple(_paper(number, words, one) for number in (1, 2, 3))
    kept, absorbed = replace(papers[0], id=1), replace(papers[0], id=9)
    memories = (
        Feed(f"https://127.0.0.1/{words}", words),
        Feed("javascript:alert(1)", words),
        Feed(canary.as_uri(), words),
        KeptExport("e", f"{canary.parent}/{words[:60].replace('/', '')}.bib", "bibtex", words, {}),
        Merge("m", kept, absorbed, NOW),
    )
    steps: tuple[Step, ...] = (SourceAdded(bibliography), SourceAdded(page), *map(ListingAdded, listings))
    steps += (PapersAdded(papers), *(Remembered(each) for each in memories))
    library._store.record(Change(words, steps), NOW)
    for name in ("<b>bold</b>", words[:60]):
        library.save_smart_list(name, words)
    for text in ("Another title", words):
        library.edit_fields(3, {"title": text, "venue": text})
    library.rename_tag("<i>x</i>", f"<u>{words[:40]}".replace(",", ""))
    library.index_pending()


def _paper(number: int, words: str, attachment: Attachment) -> Paper:
    person = Author(words, words, words, words)
    urls = "javascript:alert(1)", words, f"https://x@{words}"
    links = tuple(Link(url, kind) for url, kind in zip((words, f"https://{words}", "file:///x"), LinkKind, strict=True))
    notes = tuple(Note(f"{number}{text[:1]}", text, NOW, NOW) for text in (words, f"x\n\n    {words}\n\n> {words}"))
    return Paper(
        id=number,
        title=words,
        abstract=f"{words}\n\n{words}",
        authors=(Author(literal=words), person),
        year=2020 + number // 3,
        entry_type="article",
        citation_key=f"{words} {number}",
        doi=words,
        arxiv_id=words,
        url=urls[number % 3],
        venue=words,
        keywords=(words,),
        links=links,
        extra=dict.fromkeys(("note", "file", "howpublished", words), words),
        starred=True,
        tags=(words.replace(",", "")[:200], "<i>x</i>"),
        notes=notes,
        attachments=(attachment,),
        origins={"": 50, "title": 51},
        sightings=(Sighting(50, None, number, 1, bibliography=True), Sighting(51, NOW.date(), number, 1)),
        added=NOW,
    )


class Watch:
    """Notes whether anybody opens a file (Linux's inotify): not even Qt's own code can do so unseen."""

    def __init__(self, path: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._descriptor = self._libc.inotify_init()
        self._libc.inotify_add_watch(self._descriptor, os.fsencode(path), 0x20 | 0x1)  # IN_OPEN | IN_ACCESS

    def opened(self) -> bool:
        """Whether the file was opened since."""
        ready, _, _ = select.select([self._descriptor], [], [], 0)
        return bool(ready) and len(os.read(self._descriptor, 4096)) >= struct.calcsize("iIII")

    def close(self) -> None:
        os.close(self._descriptor)


class Server:
    """A server of this machine that nobody has a reason to speak to."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0)
        self.port: int = self._socket.getsockname()[1]

    def was_reached(self) -> bool:
        """Whether anybody connected since."""
        try:
            visitor, _ = self._socket.accept()
        except BlockingIOError:
            return False
        visitor.close()
        return True

    def close(self) -> None:
        self._socket.close()


def assert_harmless(root: QWidget) -> None:
    """Nothing within a widget is markup by its looks, or shows a picture, or links to what is never opened."""
    for label in root.findChildren(QLabel):
        if label.textFormat() is Qt.TextFormat.AutoText:
            assert "<" not in label.text(), f"{label} guesses: {label.text()[:200]}"
        elif label.textFormat() is not Qt.TextFormat.PlainText:
            document = QuietDocument()
            document.setHtml(label.text())
            assert_of_our_own(document)
    for edit in root.findChildren(QTextEdit):
        assert_of_our_own(edit.document())


def assert_of_our_own(document: QTextDocument) -> None:
    """A document has no picture, no table or frame that a text brought in, and no link that is not to the web."""
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            shape = fragments.fragment().charFormat()
            assert not shape.isImageFormat(), f"a picture: {fragments.fragment().text()} {shape.property(0x5000)}"
            link = shape.anchorHref()
            known = not link or link.isdigit() or link.startswith((*OWN_LINKS, "http://", "https://", "file:"))
            assert known, f"a link: {link}"
            fragments += 1
        block = block.next()


def every_index(model: QAbstractItemModel, above: QModelIndex) -> Iterator[QModelIndex]:
    for row in range(min(model.rowCount(above), 30)):
        index = model.index(row, 0, above)
        yield index
        yield from every_index(model, index)


def show_every_tip(root: QWidget) -> None:
    """Let every tooltip within a widget be shown."""
    tips = {widget.toolTip() for widget in root.findChildren(QWidget)}
    for view in root.findChildren(QAbstractItemView):
        model = view.model()
        for index in every_index(model, QModelIndex()) if model is not None else ():
            tips.add(str(index.data(Qt.ItemDataRole.ToolTipRole) or ""))
    for words in filter(None, tips):
        QToolTip.hideText()
        QToolTip.showText(QPoint(20, 20), words, root)
        for shown in QApplication.topLevelWidgets():
            if isinstance(shown, QLabel) and shown.metaObject().className() == "QTipLabel":
                assert shown.textFormat() is Qt.TextFormat.PlainText
    QToolTip.hideText()
