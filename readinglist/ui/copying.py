"""What is copied to cite papers: formatted entries, citations, keys for other programs, titles with links."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from readinglist.library.answers import Progress
from readinglist.ui import settings as remembered
from readinglist.ui.background import Background
from readinglist.ui.settings import Settings
from readinglist.ui.wording import papers

if TYPE_CHECKING:
    from readinglist.library.library import Library

CHANNEL = "copy"
AT_ONCE = 25  # more papers than these take a while: they get a bar on the status line, and can be cancelled
MOST_SHOWN = 80  # letters of what was copied


class Copying(QObject):
    """Puts papers on the clipboard, for one library."""

    started = Signal(object)
    """The `Work` that formats very many papers."""
    message = Signal(str)
    """What was copied."""

    def __init__(self, library: "Library", background: Background, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._library = library
        self._background = background
        self._settings = settings
        self._window = window

    def handlers(self, selected: Callable[[], Sequence[int]]) -> dict[str, Callable[[], object]]:
        """What each action that cites does with the chosen papers."""
        return {
            "copy-citation": lambda: self.copy_bibliography(selected()),
            "copy-in-text": lambda: self.copy_citation(selected()),
            "copy-latex": lambda: self.copy_keys(selected(), "latex"),
            "copy-pandoc": lambda: self.copy_keys(selected(), "pandoc"),
            "copy-typst": lambda: self.copy_keys(selected(), "typst"),
            "copy-links": lambda: self.copy_links(selected()),
            "cite": lambda: self.open_dialog(selected()),
        }

    def copy_bibliography(self, ids: Sequence[int]) -> None:
        """Copy papers formatted in the style that was used last, as text and as rich text."""
        self._cite(ids, partial(_bibliography, self._library, tuple(ids), self._style()))

    def copy_citation(self, ids: Sequence[int]) -> None:
        """Copy one citation of papers, such as (Doe, 2020), in the style that was used last."""
        self._cite(ids, partial(_citation, self._library, tuple(ids), self._style()))

    def copy_keys(self, ids: Sequence[int], form: str) -> None:
        """Copy the citation keys of papers as "latex", "pandoc" or "typst" wants them."""
        library, chosen = self._library, tuple(ids)

        def make() -> tuple[str, str]:
            return library.cite_keys(chosen, form), ""

        self._background.ask(CHANNEL, make, self._take)

    def copy_links(self, ids: Sequence[int]) -> None:
        """Copy the titles of papers with the addresses of their pages."""
        library, chosen = self._library, tuple(ids)

        def make() -> tuple[str, str]:
            from readinglist.library.citing import links_html, links_text

            found = library.papers(chosen)
            return links_text(found), links_html(found)

        self._background.ask(CHANNEL, make, self._take)

    def open_dialog(self, ids: Sequence[int]) -> None:
        """Let the reader choose a style, and see and copy what it makes of papers."""
        from readinglist.ui.citation_dialog import CitationDialog
        from readinglist.ui.dialog_sizes import keep_size

        dialog = CitationDialog(self._library, self._background, self._settings, tuple(ids), self._window)
        dialog.started.connect(self.started)
        dialog.message.connect(self.message)
        keep_size(dialog, self._settings)
        dialog.show()

    def _style(self) -> str:
        return self._settings.get(remembered.CITATION_STYLE)

    def _cite(self, ids: Sequence[int], make: Callable[[Progress], tuple[str, str]]) -> None:
        if len(ids) <= AT_ONCE:
            self._background.ask(CHANNEL, lambda: make(_silent), self._take)
        else:
            title = self.tr("Formatting {papers}").format(papers=papers(len(ids)))
            self.started.emit(self._background.run(title, make, self._take))

    def _take(self, copied: tuple[str, str]) -> None:
        text, html = copied
        QGuiApplication.clipboard().setMimeData(rich_text(text, html))
        shown = " ".join(text.split())
        cut = shown if len(shown) <= MOST_SHOWN else f"{shown[: MOST_SHOWN - 1]}…"
        self.message.emit(self.tr("Copied: {text}").replace("{text}", cut))


def rich_text(text: str, html: str) -> QMimeData:
    """What goes to the clipboard: plain text for editors, and rich text for word processors, where there is any."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    return data


def _bibliography(library: "Library", ids: Sequence[int], style: str, progress: Progress) -> tuple[str, str]:
    from readinglist.library.citing import as_html, as_text

    cited = library.cite(ids, _known(style), progress)
    if not cited.entries:  # a style without bibliography writes whole notes as its citations
        return cited.citation.text, cited.citation.html
    return as_text(cited).removesuffix("\n"), as_html(cited)


def _citation(library: "Library", ids: Sequence[int], style: str, progress: Progress) -> tuple[str, str]:
    cited = library.cite(ids, _known(style), progress)
    return cited.citation.text, cited.citation.html


def _known(style: str) -> str:
    """The style, or the usual one where the reader took it away since it was used last."""
    from readinglist.library import citation_styles

    return style if any(style == known.name for known in citation_styles.styles()) else citation_styles.DEFAULT


def _silent(_done: int, _total: int) -> None:
    """For work that nobody watches."""
