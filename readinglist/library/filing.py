"""The files of papers: attached, opened, copied, looked after. Part of `Library`.

What touches files is imported when it is first used: a window and a search start without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readinglist.library import naming
from readinglist.library.answers import Progress, no_progress
from readinglist.library.base import LibraryBase, now
from readinglist.papers import edits
from readinglist.papers.change import Change
from readinglist.papers.paper import Attachment

if TYPE_CHECKING:
    from readinglist.library.opening_files import PagePicture
    from readinglist.library.sweeping import Swept


class Filing(LibraryBase):
    """The verbs for files, each a short call of one in this folder."""

    def attach(self, paper_id: int, paths: Sequence[Path], progress: Progress = no_progress) -> Change:
        """Keep copies of some files with the library and attach them to a paper, as one undo step.

        Files of any kind can be attached; the text of PDF documents is searched. What the paper has already is left
        out.

        Raises:
            UsageError: there is no such paper.
            ExpectedError: a file cannot be read or kept; nothing is attached.
            CancelledError: `progress` raised it; nothing is attached.
        """
        from readinglist.library import attaching

        paper = naming.named_paper(self._store, str(paper_id))
        return self._record(attaching.attach(self._store, paper, paths, progress))

    def detach(self, paper_id: int, digest: str) -> Change:
        """Take a file off a paper. It stays in the library's folder for as long as undo or a backup needs it."""
        return self._edit_one(paper_id, lambda paper: edits.detach(paper, digest))

    def attached_file(self, attachment: Attachment) -> Path:
        """Where an attached file is; other programs must not change it.

        Raises:
            ExpectedError: it is missing.
        """
        from readinglist.library import opening_files

        return opening_files.file_of(self.folder, attachment)

    def file_to_open(self, attachment: Attachment) -> Path:
        """Where an attached file is that the system is to open.

        Raises:
            ExpectedError: it is missing, or would be started as a program.
        """
        from readinglist.library import opening_files

        return opening_files.file_to_open(self.folder, attachment)

    def save_attached(self, attachment: Attachment, target: Path) -> None:
        """Write a copy of an attached file.

        Raises:
            ExpectedError: the file is missing, or the copy cannot be written.
        """
        from readinglist.library import opening_files

        opening_files.copy_to(self.folder, attachment, target)

    def page_picture(self, attachment: Attachment, page: int, width: int) -> PagePicture:
        """A page (from 0) of an attached PDF document as a picture of this width in pixels; beyond the last, the last.

        Raises:
            ExpectedError: the file is missing or damaged, or the page cannot be drawn.
        """
        from readinglist.library import opening_files

        return opening_files.page_picture(self.folder, attachment, page, width)

    def file_excerpts(
        self, ids: Sequence[int], query: str, *, typing: bool = False, length: int = 140
    ) -> dict[int, str]:
        """For those papers that hold some of what a query looks for in their files alone, the words around it there."""
        from readinglist.library.file_excerpts import file_excerpts

        return file_excerpts(self._store, ids, query, typing=typing, length=length)

    def sweep_files(self, *, at_once: bool = False) -> Swept:
        """Remove files that no paper, no undo step and no backup has named for 30 days; with `at_once`, any such.

        Raises:
            ExpectedError: the library is read only.
        """
        from readinglist.library import sweeping

        return sweeping.sweep(self._store, now(), at_once=at_once)
