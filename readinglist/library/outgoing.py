"""What goes out of a library: papers in any format, to files too. Part of `Library`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from readinglist.library import exporting
from readinglist.library.answers import Progress
from readinglist.library.base import LibraryBase, no_progress
from readinglist.library.export_formats import Exported, ExportOptions


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
        return "".join(self.export_pieces(ids, ExportOptions(format_name, personal), progress))

    def export_pieces(
        self, ids: Sequence[int], options: ExportOptions, progress: Progress = no_progress
    ) -> Iterator[str]:
        """The same, piece by piece, so that it need not fit into memory, and in citation styles too.

        Raises:
            UsageError: there is no such format or style.
            CancelledError: `progress` raised it.
        """
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
        return exporting.export_to(self._store, path, ids, options, progress, replace_all=replace_all)
