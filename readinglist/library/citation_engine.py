"""A citation style at work: CSL items in, formatted entries and citations out. The one user of citeproc-py.

citeproc-py has neither letters after years, nor ranges of numbers, nor dashes for repeated authors: they are made here.
"""
# mypy: disable-error-code="import-untyped"

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from citeproc import CitationStylesStyle, model
from citeproc.source import VariableError

from readinglist.errors import CancelledError, ExpectedError
from readinglist.library.citation_apart import told_apart
from readinglist.library.citation_items import Cite, Fields, Item
from readinglist.library.rich_text import AFTER_NUMBER, NEW_LINE, RichText, finished, marked

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Cited:
    """Papers as a style writes them: the entries of the bibliography in its order, and one citation of all of them.

    A style may have no bibliography: `entries` is empty then. `hanging` says whether the lines of an entry but the
    first stand further in.
    """

    entries: tuple[RichText, ...]
    citation: RichText
    hanging: bool = False


class _Marks:
    """How citeproc-py is to format: with our marks instead of markup."""

    preformat = Light = staticmethod(str)
    Italic = Oblique = staticmethod(partial(marked, "italic"))
    Bold = staticmethod(partial(marked, "bold"))
    Underline = staticmethod(partial(marked, "underline"))
    Superscript = staticmethod(partial(marked, "superscript"))
    Subscript = staticmethod(partial(marked, "subscript"))
    SmallCaps = staticmethod(partial(marked, "small-caps"))


class Engine:
    """One style, ready to format. May be called from any thread; one call works at a time."""

    def __init__(self, source: bytes, locale: str | None = None) -> None:
        """Load a style.

        Args:
            source: an independent CSL style, checked and prepared (see `citation_styles`).
            locale: such as "de-DE"; else that of the style, else American English.
        """
        self._lock = threading.Lock()
        self._style = CitationStylesStyle(BytesIO(source), locale=locale, validate=False)
        self._root = self._style.root
        self._root.formatter = _Marks
        self._citation = self._root.citation
        self._bibliography = self._root.bibliography
        self._names: dict[int, str] = {}
        self._complete()
        # lxml makes elements anew when they are asked for, without what was kept on them, unless someone holds them.
        self._held = [list(root.iter()) for root in (self._root, *self._root.locales)]
        self._in_quotes = self._root.get_locale_option("punctuation-in-quote").lower() == "true"

    def cite(self, items: Iterable[Item], progress: Progress) -> Cited:
        """Format items. Their order is that of the numbers in a numeric style that does not sort.

        Raises:
            CancelledError: `progress` raised it.
        """
        with self._lock:
            papers = list(map(Fields, items))
            count, most = itertools.count(), len(papers) * self._passes

            def look() -> None:
                progress(min(next(count), most - 1), most)

            cites = self._in_order([Cite(fields, number, look) for number, fields in enumerate(papers, start=1)])
            citations = self._told_apart(cites)
            entries = tuple(self._entries(cites))
            citation = self._finished(self._joined(cites, citations))
            progress(most, most)
        hanging = bool(entries) and self._bibliography.get("hanging-indent") == "true"
        return Cited(entries, citation, hanging)

    @property
    def _passes(self) -> int:
        """How often each item is looked at, or a little less: for each key to sort by, its citation and its entry."""
        return 2 + len(self._root.xpath_search("cs:bibliography/cs:sort/cs:key"))

    def _complete(self) -> None:
        """Add what citeproc-py leaves out: the room after numbers and lines of their own; names without a form."""
        made, namespace = self._root.makeelement, f"{{{self._root.nsmap['cs']}}}"

        def text(words: str) -> Any:  # noqa: ANN401 - an element of citeproc-py
            return made(f"{namespace}text", value=words)

        for names in self._root.iterfind(".//cs:names", self._root.nsmap):
            if names.name is None and not isinstance(names.getparent(), model.Substitute):
                names.insert(0, made(f"{namespace}name"))
        for shown in self._root.xpath("//*[@display='left-margin']"):
            shown.addnext(text(AFTER_NUMBER))
        for shown in self._root.xpath("//*[@display='block' or @display='indent']"):
            shown.addprevious(text(NEW_LINE))
        for layout in self._root.xpath_search("cs:bibliography[@second-field-align]/cs:layout[*[1][not(@display)]]"):
            layout[0].addnext(text(AFTER_NUMBER))

    def _finished(self, text: str) -> RichText:
        return finished(text, punctuation_in_quotes=self._in_quotes)

    def _in_order(self, cites: list[Cite]) -> list[Cite]:
        """The items in the order of the bibliography, with their numbers."""
        sort = None if self._bibliography is None else self._bibliography.find("cs:sort", self._root.nsmap)
        ordered = cites if sort is None else sort.sort(cites, self._bibliography.layout)
        for number, cite in enumerate(ordered, start=1):
            cite.number = number
        return list(ordered)

    def _told_apart(self, cites: Sequence[Cite]) -> list[str]:
        """The citation of each item, so that no two of them read the same where the style can help it."""
        if any(text.get("variable") == "citation-number" for text in self._citation.layout.iter()):
            return [self._cited(cite) for cite in cites]
        return told_apart(cites, self._cited, self._citation)

    def _entries(self, cites: Sequence[Cite]) -> Iterator[RichText]:
        before = ""
        for cite in cites if self._bibliography is not None else ():
            text = self._rendered(self._bibliography.layout, cite, whole=True)
            before, text = self._same_authors(cite, text, before)
            yield self._finished(text)

    def _cited(self, cite: Cite) -> str:
        self._citation.cites = []
        text = self._rendered(self._citation.layout, cite, whole=False)
        self._names[cite.key] = cite.reference.trace.first_names
        return text

    def _rendered(self, layout: Any, cite: Cite, *, whole: bool) -> str:  # noqa: ANN401 - an element of citeproc-py
        layout.repressed = {}
        try:
            text = layout.render_children(cite.begun(cited=not whole))
        except VariableError:
            return ""
        except CancelledError:
            raise
        except Exception as error:  # whatever citeproc-py stumbles over, in a style or in an item
            title = cite.reference.get("title", "")
            raise ExpectedError(f"This style cannot format “{title}”. Choose another style.") from error
        if text is None:
            return ""
        return str(layout.format(layout.wrap(text)) if whole else text)

    def _same_authors(self, cite: Cite, text: str, before: str) -> tuple[str, str]:
        """The names an entry begins with, and the entry; the names are replaced where the one before has the same."""
        names = cite.reference.trace.first_names
        dash = self._bibliography.get("subsequent-author-substitute")
        if dash is not None and names and names == before and text.startswith(names):
            return names, dash + text.removeprefix(names)
        return names, text

    def _joined(self, cites: Sequence[Cite], texts: Sequence[str]) -> str:
        """One citation of all items, in the order that the style wants."""
        layout = self._citation.layout
        sort = self._citation.find("cs:sort", self._root.nsmap)
        ordered = list(cites) if sort is None else sort.sort(list(cites), layout)
        pieces = [texts[cite.number - 1] for cite in ordered]
        collapse = self._citation.get("collapse", "")
        if collapse == "citation-number":
            pieces = _ranges([cite.number for cite in ordered], pieces)
        elif collapse.startswith("year"):
            between = self._citation.get("cite-group-delimiter", ", ")
            pieces = _years([self._names[cite.key] for cite in ordered], pieces, between)
        delimiter = layout.get("delimiter", "")
        return str(layout.format(layout.wrap(delimiter.join(filter(None, pieces)))))


def _years(names: Sequence[str], texts: Sequence[str], between: str) -> list[str]:
    """The years alone where the names are those of the citation before, as in (Doe, 2020, 2021)."""
    pieces: list[str] = []
    for place, (name, text) in enumerate(zip(names, texts, strict=True)):
        year = text.removeprefix(name).lstrip(" ,")
        if place and name and name == names[place - 1] and text.startswith(name) and year:
            pieces[-1] += between + year
        else:
            pieces.append(text)
    return pieces


def _ranges(numbers: Sequence[int], texts: Sequence[str]) -> list[str]:
    """Three and more numbers in a row as a range, such as 2–5."""
    pieces: list[str] = []
    start = 0
    while start < len(numbers):
        end = start
        while end + 1 < len(numbers) and numbers[end + 1] == numbers[end] + 1:
            end += 1
        if end - start >= 2:
            pieces.append(f"{texts[start]}–{texts[end]}")
        else:
            pieces.extend(texts[start : end + 1])
        start = end + 1
    return pieces
