"""Exports kept up to date: files that are written anew when what a search finds is no longer what stands in them.

A file that somebody else changed since is left alone until the reader decides. What was written when is noted beside
the library (`written_files`), so that a start, or another program, sees at once which files are stale.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from readinglist.errors import CancelledError, ExpectedError, UsageError
from readinglist.library import beside, exporting
from readinglist.library.answers import Progress
from readinglist.library.export_formats import Exported, ExportOptions
from readinglist.library.finding import Finder
from readinglist.library.replaced_files import Guard, NotOursError
from readinglist.library.written_files import WrittenFiles, is_as_noted
from readinglist.papers.change import Change, Forgotten, Remembered
from readinglist.papers.memory import KeptExport
from readinglist.papers.query_parser import parse
from readinglist.paths import acquire
from readinglist.store.paper_store import PaperStore

_LOCK = "kept-exports.lock"
# A library that was brought from elsewhere names places of another machine, or such as somebody would like to have
# written: no file comes into being there by itself.
_NEVER_WRITTEN = "This library has not written this file yet, as where it came from another machine. Write it once."
_WAIT = 0.2  # seconds between two looks at whether the wait for another program is still wanted


class KeptState(StrEnum):
    """How a file that is kept up to date stands."""

    CURRENT = "up to date"
    STALE = "to be written"
    FOREIGN = "changed by another program"
    FAILED = "not written"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept up to date: how it stands, when it was written last (ISO, UTC), and what went wrong."""

    export: KeptExport
    state: KeptState
    written: str = ""
    problem: str = ""

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.export.path)


class KeptExports:
    """The files of one library that are kept up to date."""

    def __init__(self, store: PaperStore, finder: Finder) -> None:
        self._store = store
        self._finder = finder
        self._files = WrittenFiles(store.folder)

    def all(self) -> list[KeptFile]:
        """All of them, by their paths, as they stand now."""
        state = self._state()
        return [self._standing(export, state) for export in self._exports()]

    def named(self, name: str) -> KeptExport:
        """The one with this id, path or file name.

        Raises:
            UsageError: there is none, or several.
        """
        path = str(Path(name).expanduser().absolute())
        found = [each for each in self._exports() if name in {each.id, Path(each.path).name} or path == each.path]
        if len(found) != 1:
            known = ", ".join(each.path for each in self._exports()) or "none"
            reason = "There are several files" if found else "There is no file"
            raise UsageError(f"{reason} {name!r} that is kept up to date. Kept are: {known}.")
        return found[0]

    def keep(
        self, path: Path, query: str, options: ExportOptions, progress: Progress, guard: Guard
    ) -> tuple[Change, Exported]:
        """Write a file now, and remember to keep it up to date; gives the change that remembers, and what was written.

        Raises:
            UsageError: this file is kept up to date already.
            WouldLoseError, ProofError, ExpectedError, CancelledError: as from `export_to`; nothing is remembered then.
        """
        target = path.expanduser().absolute()
        if not _is_text(str(target)):
            raise UsageError(f"The name of {path} is not in UTF-8, so it cannot be remembered. Choose another one.")
        if any(Path(each.path).resolve() == target.resolve() for each in self._exports()):
            raise UsageError(f"{path} is kept up to date already. Stop that first.")
        plain = {"personal": options.personal, "style": options.style}
        export = KeptExport(uuid4().hex, str(target), options.format, query, plain)
        written = self._write(export, progress, guard)
        return Change(f"Keep {target.name} up to date", (Remembered(export),)), written

    def stop(self, export_id: str) -> Change:
        """The change that forgets a file; the file itself stays as it is."""
        export = self.named(export_id)
        return Change(f"Stop keeping {Path(export.path).name} up to date", (Forgotten(export),))

    def write(self, progress: Progress, only: Sequence[str] = (), guard: Guard = Guard.OURS) -> list[KeptFile]:
        """Write the files that are stale, or those with these ids whatever they are; gives how all of them stand.

        A file that cannot be written, or that somebody else changed, does not stop the others. A library that can be
        read alone writes none.

        Raises:
            CancelledError: `progress` raised it.
        """
        if not self._exports() or self._store.read_only:  # beside which nothing can be noted of what was written
            return self.all()
        with self._alone(progress):
            return [self._brought_up(kept, progress, only, guard) for kept in self.all()]

    def _brought_up(self, kept: KeptFile, progress: Progress, only: Sequence[str], guard: Guard) -> KeptFile:
        if kept.export.id not in only and (only or kept.state is not KeptState.STALE):
            return kept
        try:
            self._write(kept.export, progress, guard)
        except CancelledError:
            raise
        except NotOursError:
            return KeptFile(kept.export, KeptState.FOREIGN, kept.written)
        except ExpectedError as error:
            return KeptFile(kept.export, KeptState.FAILED, kept.written, str(error))
        return self._standing(kept.export, self._state())

    def _write(self, export: KeptExport, progress: Progress, guard: Guard) -> Exported:
        state = self._state()
        found = self._finder.find(export.query, "", typing=False)
        # In the order in which papers came, unless another one was asked for: new ones stand at the end then.
        ids = found.ids if parse(export.query, _today()).sort else sorted(found.ids)
        options = _options(export)
        return exporting.export_to(self._store, Path(export.path), ids, options, progress, guard=guard, state=state)

    def _standing(self, export: KeptExport, state: str) -> KeptFile:
        path = Path(export.path)
        note = self._files.get(path)
        written = note.written if note else ""
        if not path.exists() and note is None:
            return KeptFile(export, KeptState.FAILED, problem=_NEVER_WRITTEN)
        if not path.exists():
            return KeptFile(export, KeptState.STALE, written)
        if note is None or not is_as_noted(path, note):
            # It may hold just what it should: that is seen when it is to be written.
            return KeptFile(export, KeptState.STALE if note is None else KeptState.FOREIGN, written)
        return KeptFile(export, KeptState.CURRENT if note.state == state else KeptState.STALE, written)

    def _state(self) -> str:
        """A word for all that a file depends on: the papers, and the day, which searches may name."""
        return f"{self._store.state()} {_today()}"

    def _exports(self) -> list[KeptExport]:
        found = [each for each in self._store.memories("export") if isinstance(each, KeptExport)]
        return sorted(found, key=lambda export: export.path)

    @contextmanager
    def _alone(self, progress: Progress) -> Iterator[None]:
        """Wait until no other program writes these files."""
        lock = FileLock(self._store.folder / _LOCK, mode=0o600)
        while True:
            try:
                acquire(lock, _WAIT)
                break
            except Timeout:
                progress(0, 0)
        try:
            yield
        finally:
            lock.release()


def start_in_background(folder: Path) -> None:
    """Let another process write what is stale."""
    if beside.is_off():
        return
    beside.start(folder, "kept", "--write")


def _options(export: KeptExport) -> ExportOptions:
    personal, style = export.options.get("personal", True), export.options.get("style", "")
    return ExportOptions(export.format, bool(personal), str(style))


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the reader's own day is meant


def _is_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
