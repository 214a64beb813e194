"""Library: the one object that a front end holds, put together from what one can ask, edit, exchange and look after."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from readinglist.library.answers import News
from readinglist.library.asking import Asking
from readinglist.library.base import no_progress
from readinglist.library.editing import Editing
from readinglist.library.exchanging import Exchanging
from readinglist.library.filing import Filing
from readinglist.library.looking_back import LookingBack
from readinglist.library.outgoing import Outgoing
from readinglist.library.upkeep import Upkeep
from readinglist.store.database import FILE_NAME

__all__ = ["Library", "no_progress"]


class Library(Asking, Editing, LookingBack, Outgoing, Exchanging, Filing, Upkeep):
    """A reading list in a folder. Methods can be called from any thread; one of them writes at a time.

    Raises:
        ExpectedError: the folder cannot be used, or its library is damaged, foreign or from a newer version.
    """

    @staticmethod
    def stands_in(folder: Path) -> bool:
        """Whether there is a library in a folder; opening one that is not there would make it."""
        return (folder / FILE_NAME).exists()

    def listen(self, listener: Callable[[News], None]) -> None:
        """Call `listener` after each change, in the thread that made it."""
        self._listeners.append(listener)

    def keep_until_closed(self, scratch: "TemporaryDirectory[str]") -> None:
        """Let the folder that this library lies in go when it is closed."""
        self._scratch = scratch

    def close(self) -> None:
        """Let go of all files."""
        self._index.close()
        self._store.close()
        if self._scratch is not None:
            self._scratch.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
