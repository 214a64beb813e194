"""Complete export: all that a library holds, as JSON Lines and the attached files, in a ZIP file or a folder.

`resources/help/complete-export.md` describes each file. `complete_import` makes the same library of it again.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from readinglist import __version__
from readinglist.errors import ExpectedError
from readinglist.library.answers import Progress
from readinglist.library.attaching import FOLDER, path_of
from readinglist.library.complete_files import (
    Input,
    Output,
    Written,
    chunks,
    is_as_noted,
    is_zip,
    reading,
    writing,
)
from readinglist.library.complete_papers import paper_to_row
from readinglist.papers.paper import Paper
from readinglist.store.backup_set import share
from readinglist.store.database import FILE_NAME
from readinglist.store.whole import ROWS, Whole, whole

FORMAT = "readinglist-complete-export"
VERSION = 1
MANIFEST = "manifest.json"
PAPERS, TEXTS, JOURNAL = "papers.jsonl", "attachment-texts.jsonl", "journal.jsonl"
ATTACHED = re.compile(rf"{FOLDER}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})(\.[a-z0-9]{{1,60}})?")

Noted = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: papers, attached files, bytes; and the attached files that are missing or damaged, by name."""

    path: Path
    papers: int
    files: int
    size: int
    lacking: tuple[str, ...]


def rows_name(table: str) -> str:
    """The file that holds the rows of a table, such as "smart-lists.jsonl"."""
    return f"{table.replace('_', '-')}.jsonl"


def source_name(source_id: int) -> str:
    """The file that holds the text of a source."""
    return f"sources/{source_id}.txt"


def export_whole(folder: Path, path: Path, progress: Progress, *, journal: bool = True) -> Exported:
    """Write all of the library in a folder to a ZIP file, or where the name does not end so, into a new folder.

    What is written is read back before it gets its name. A ZIP file is replaced only if it is such an export.

    Args:
        folder: the library's.
        path: where to write.
        progress: is told how much is done of how much.
        journal: whether the changes that were made, which undo and history need, are written too.

    Raises:
        CancelledError: `progress` raised it; nothing was written.
        ExpectedError: there is no library, an import is under way, or the path cannot be written.
    """
    if not (folder / FILE_NAME).exists():
        raise ExpectedError(f"There is no library in {folder}. Choose another folder.")
    _refuse_foreign(path)
    noted: Noted = {}

    def prove(files: Input) -> None:
        _prove(path, files, noted, share(progress, 1, 2))

    with whole(folder) as library, writing(path, prove) as output:
        writer = _Writer(output, library, share(progress, 0, 2), noted)
        writer.write_all(journal=journal)
        lacking = writer.add_files(folder)
        with output.adding(MANIFEST) as stream:
            stream.write(json.dumps(writer.manifest(), ensure_ascii=False, indent=1).encode())
    size = path.stat().st_size if is_zip(path) else sum(facts["bytes"] for facts in noted.values())
    return Exported(path, noted[PAPERS]["lines"], sum(map(is_attached, noted)), size, tuple(lacking))


def is_attached(name: str) -> bool:
    """Whether a file of an export is an attached one."""
    return ATTACHED.fullmatch(name) is not None


class _Writer:
    """Writes one library into one output, and notes what it wrote."""

    def __init__(self, output: Output, library: Whole, progress: Progress, noted: Noted) -> None:
        self._output = output
        self._library = library
        self._progress = progress
        self._counts = library.counts()
        self._total = sum(self._counts[name] for name in ("papers", "sources", "changes", "change_parts")) + 1
        self._done = 0
        self._noted = noted
        self._named: set[str] = set()

    def write_all(self, *, journal: bool) -> None:
        library = self._library
        for table in ROWS:
            self._write_rows(rows_name(table), library.rows(table))
        for row in library.rows("sources"):
            with self._adding(source_name(row["id"])) as written:
                for piece in library.source_text(row["id"]):
                    written.write(piece)
            self._step()
        self._write_rows(PAPERS, self._counted(map(self._paper_row, library.papers())))
        self._write_rows(TEXTS, library.attachment_texts())
        if journal:
            self._write_rows(JOURNAL, self._counted(library.changes()))

    def add_files(self, folder: Path) -> list[str]:
        """Add the attached files; gives those that papers name, but that are missing, and those that are damaged."""
        present = sorted(_present(folder))
        lacking = [f"{name} (missing)" for name in sorted(self._named.difference(present))]
        for done, name in enumerate(present):
            if not _is_whole(folder / name):
                lacking.append(f"{name} (damaged)")
                continue
            with self._adding(name, packed=False) as written, (folder / name).open("rb") as stream:
                for chunk in chunks(stream):
                    written.write(chunk)
            self._progress(self._done + done, self._total + len(present))
        return lacking

    def manifest(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": VERSION,
            "program": __version__,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "last_ids": self._library.last_ids(),
            "files": self._noted,
        }

    @contextmanager
    def _adding(self, name: str, *, packed: bool = True) -> Iterator[Written]:
        with self._output.adding(name, packed=packed) as stream:
            written = Written(stream)
            yield written
        self._noted[name] = written.facts()

    def _write_rows(self, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
        with self._adding(name) as written:
            for row in rows:
                written.write(_line(row))

    def _paper_row(self, paper: Paper) -> Mapping[str, Any]:
        self._named.update(path_of(Path(), each).as_posix() for each in paper.attachments)
        return paper_to_row(paper)

    def _counted(self, rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        for row in rows:
            self._step()
            yield row

    def _step(self) -> None:
        self._done += 1
        self._progress(self._done, self._total)


def _line(row: Mapping[str, Any]) -> bytes:
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can hold and UTF-8 cannot
        return json.dumps(row, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _present(folder: Path) -> set[str]:
    found = ((folder / FOLDER).glob("??/*")) if (folder / FOLDER).is_dir() else ()
    names = (path.relative_to(folder).as_posix() for path in found if path.is_file())
    return {name for name in names if is_attached(name)}


def _is_whole(path: Path) -> bool:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == path.stem


def _prove(path: Path, files: Input, noted: Noted, progress: Progress) -> None:
    """Compare what stands on the disk with what was written."""
    for done, (name, facts) in enumerate(noted.items(), 1):
        if not is_as_noted(files, name, facts):
            raise ExpectedError(f"{path} does not give back what was written to it ({name}). Check the disk.")
        progress(done, len(noted))


def _refuse_foreign(path: Path) -> None:
    if not is_zip(path) or not path.exists():
        return
    try:
        with reading(path) as files, files.reading(MANIFEST) as stream:
            known = json.load(stream)["format"] == FORMAT
    except (ExpectedError, ValueError, KeyError, TypeError):
        known = False
    if not known:
        raise ExpectedError(f"{path} is there already, and is no complete export. Choose another name.")
