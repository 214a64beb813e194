"""What goes out of a library: papers in any format, to files too, and the keys they are cited by. Part of `Library`.

What writes files is imported when it is first used: a window and a search start without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.library import citation_keys
from readinglist.library.answers import Progress
from readinglist.library.base import LibraryBase, no_progress
from readinglist.library.citation_keys import KeyChange
from readinglist.papers.change import Change
from readinglist.papers.memory import KeptExport

if TYPE_CHECKING:
    from readinglist.library.export_formats import Exported, ExportOptions
    from readinglist.library.kept_exports import KeptExports, KeptFile


class Outgoing(LibraryBase):
    """The ways out, each a short call of a verb in this folder."""

    def export(
        self, ids: Sequence[int], format_name: str, progress: Progress = no_progress, *, personal: bool = True
    ) -> str:
        """The papers as text in a format ("bibtex"), in the order of the ids.

        Without `personal`, reading states, stars, ratings, tags and notes are left out.

        Raises:
            UsageError: there is no such format.
            CancelledError: `progress` raised it.
        """
        from readinglist.library.export_formats import ExportOptions

        return "".join(self.export_pieces(ids, ExportOptions(format_name, personal), progress))

    def export_pieces(
        self, ids: Sequence[int], options: ExportOptions, progress: Progress = no_progress
    ) -> Iterator[str]:
        """The same, piece by piece, so that it need not fit into memory, and in citation styles too.

        Raises:
            UsageError: there is no such format or style.
            CancelledError: `progress` raised it.
        """
        from readinglist.library import exporting

        return exporting.pieces(self._store, ids, options, progress)

    def export_to(
        self,
        path: Path,
        ids: Sequence[int],
        options: ExportOptions,
        progress: Progress = no_progress,
        *,
        replace_all: bool = False,
    ) -> Exported:
        """Write papers to a file: whole and proven, or not at all.

        A file that stood there and that this library did not write is kept beside it ("papers.bib~").

        Raises:
            WouldLoseError: without `replace_all`, the file holds entries that are not among these papers.
            ProofError: the text would not read back as it was meant; the message names entry and field.
            UsageError: there is no such format or style.
            ExpectedError: the file cannot be written.
            CancelledError: `progress` raised it. After any of these the old file is there as it was.
        """
        from readinglist.library import exporting
        from readinglist.library.replaced_files import Guard

        guard = Guard.ANY if replace_all else Guard.KNOWN
        return exporting.export_to(self._store, path, ids, options, progress, guard=guard)

    def kept_exports(self) -> list[KeptFile]:
        """The files that are kept up to date, by their paths, and how each of them stands."""
        return self._kept.all()

    def kept_export(self, name: str) -> KeptExport:
        """The file that is kept up to date with this id, path or file name.

        Raises:
            UsageError: there is none, or several.
        """
        return self._kept.named(name)

    def keep_export(
        self,
        path: Path,
        query: str,
        options: ExportOptions,
        progress: Progress = no_progress,
        *,
        replace_all: bool = False,
    ) -> Exported:
        """Write what a search finds to a file, now and whenever that changes, as long as the file is as we wrote it.

        Raises:
            UsageError: this file is kept up to date already.
            ExpectedError: as `export_to`; nothing is remembered then.
        """
        from readinglist.library.replaced_files import Guard

        guard = Guard.ANY if replace_all else Guard.KNOWN
        change, written = self._kept.keep(path, query, options, progress, guard)
        self._record(change)
        return written

    def stop_export(self, name: str) -> Change:
        """Keep a file up to date no more; it stays as it is.

        Raises:
            UsageError: there is no such file, or several.
        """
        return self._record(self._kept.stop(name))

    def write_kept(
        self, progress: Progress = no_progress, only: Sequence[str] = (), *, anyway: bool = False
    ) -> list[KeptFile]:
        """Write the files that are stale, or those with the ids `only`; gives how all of them stand then.

        A file that another program changed is left alone unless `anyway`; it is kept as a copy then.

        Raises:
            CancelledError: `progress` raised it.
        """
        from readinglist.library.replaced_files import Guard

        return self._kept.write(progress, only, Guard.ANY if anyway else Guard.OURS)

    def keeps_exports(self) -> bool:
        """Whether there is any file to be kept up to date."""
        return bool(self._store.memories("export"))

    def write_kept_in_background(self) -> None:
        """Let another process write the files that are stale, where any is."""
        from readinglist.library import kept_exports

        if not self._store.read_only and any(each.state is kept_exports.KeptState.STALE for each in self._kept.all()):
            kept_exports.start_in_background(self.folder)

    def citation_key_pattern(self) -> str:
        """The pattern, as in JabRef, by which papers get their citation keys when they come in."""
        return citation_keys.pattern(self._store)

    def set_citation_key_pattern(self, text: str) -> None:
        """Set that pattern; "" for the usual one. Keys that papers have stay as they are.

        Raises:
            UsageError: the pattern cannot be meant.
        """
        citation_keys.set_pattern(self._store, text)

    def plan_keys(self, ids: Sequence[int], pattern: str = "", progress: Progress = no_progress) -> list[KeyChange]:
        """Which of these papers would get another citation key by a pattern ("": the library's own). Changes nothing.

        Raises:
            UsageError: the pattern cannot be meant.
        """
        return citation_keys.plan(self._store, ids, pattern or self.citation_key_pattern(), progress)

    def change_keys(self, changes: Sequence[KeyChange]) -> Change:
        """Give papers the citation keys that were planned, as one undo step."""
        return self._record(citation_keys.change_keys(self._store, changes))

    @cached_property
    def _kept(self) -> KeptExports:
        from readinglist.library.kept_exports import KeptExports

        return KeptExports(self._store, self._finder)
