"""What comes into a library and goes out of it. Part of `Library`.

What reads files is imported when it is first used: a window and a search start without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.library.answers import (
    DEFAULT_OPTIONS,
    ImportOptions,
    Input,
    InputText,
    News,
    Progress,
    no_progress,
)
from readinglist.library.base import LibraryBase, now
from readinglist.papers.memory import Feed

if TYPE_CHECKING:
    from readinglist.library.citation_engine import Cited
    from readinglist.library.inputs import Column, Inputs
    from readinglist.library.ledger import Ledger
    from readinglist.library.previewing import Preview


class Exchanging(LibraryBase):
    """In and out, each a short call of a verb in this folder."""

    def import_texts(
        self,
        texts: Sequence[Input],
        progress: Progress = no_progress,
        options: ImportOptions = DEFAULT_OPTIONS,
    ) -> Ledger:
        """Import files or clipboard texts as one undo step.

        Raises:
            CancelledError: `progress` raised it; all of the import was taken back.
            ExpectedError: the library cannot be written, or another import is under way.
        """
        from readinglist.library import importing

        try:
            return importing.import_texts(self._store, texts, progress, options)
        finally:
            self._tell(News(everything=True))

    def preview(self, texts: Sequence[Input], progress: Progress = no_progress, *, personal: bool = True) -> Preview:
        """What an import of these texts would do with each of their records. Nothing is written.

        Raises:
            CancelledError: `progress` raised it.
        """
        from readinglist.library import previewing

        today = now().astimezone().date()
        return previewing.preview_texts(self._store, texts, progress, personal=personal, today=today)

    def inputs(self, paths: Sequence[Path], progress: Progress = no_progress) -> Inputs:
        """What can be imported of some files and folders, in order. Nothing is written.

        Raises:
            CancelledError: `progress` raised it.
        """
        from readinglist.library import inputs

        return inputs.inputs_of(paths, progress)

    def richest(self, texts: Sequence[InputText]) -> InputText:
        """Of several forms of one text, such as those of the clipboard, the one that tells most; else the first."""
        from readinglist.library import inputs

        return inputs.richest(texts, now().astimezone().date())

    def columns(self, text: Input) -> tuple[Column, ...]:
        """The columns of a table that is to be imported; none if it is no table.

        Raises:
            ExpectedError: the file cannot be read.
        """
        from readinglist.library import inputs

        return inputs.columns_of(text)

    def feeds(self) -> list[Feed]:
        """The feeds that the library keeps, by title."""
        from readinglist.library import feeds

        return feeds.feeds(self._store)

    def forget_feeds(self, urls: Sequence[str]) -> None:
        """Keep the feeds with these addresses no more; others are left alone."""
        from readinglist.library import feeds

        change = feeds.forgotten(self._store, urls)
        self._store.record(change, now())
        self._tell_of(change)

    def cite(self, ids: Sequence[int], style: str, progress: Progress = no_progress) -> Cited:
        """Papers as a citation style writes them, as a bibliography and in one citation.

        Raises:
            ExpectedError: there is no such style, or it cannot be used.
            CancelledError: `progress` raised it.
        """
        from readinglist.library import citing

        return citing.cite(self._store, ids, style, progress)

    def cite_keys(self, ids: Sequence[int], form: str) -> str:
        """The citation keys of papers as a "key", or for "latex", "pandoc" or "typst".

        Raises:
            UsageError: there is no such form.
        """
        from readinglist.library import citing

        return citing.keys(self._store.papers(ids), form)
