"""Complete import: a whole library made again of a complete export, in a folder of its own.

The export may come from anywhere. All of it is compared with its checksums before anything is made; no name in it
decides where a file is written; and a library that cannot be made whole is not made at all.
"""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from readinglist.errors import ExpectedError
from readinglist.library.answers import Progress
from readinglist.library.complete_export import (
    ATTACHED,
    FORMAT,
    JOURNAL,
    MANIFEST,
    PAPERS,
    TEXTS,
    VERSION,
    rows_name,
    source_name,
)
from readinglist.library.complete_files import Input, chunks, is_as_noted, is_zip, make_room, new_folder, reading
from readinglist.library.complete_papers import DIGEST, paper_from_row
from readinglist.papers.paper import Paper
from readinglist.store.database import FILE_NAME
from readinglist.store.whole import IDS, ROWS, Rebuilding, rebuilding

_LONGEST_LINE = 256 << 20  # bytes; the text of the largest source has a file of its own
_LARGEST_MANIFEST = 64 << 20
_LIKELY = 100  # times as large as its ZIP file: no library is
_SPARE = 100 << 20  # bytes that stay free on the disk
_SOURCE = re.compile(r"sources/[0-9]{1,18}\.txt")
_NEEDED = {*(rows_name(table) for table in ROWS), PAPERS, TEXTS}

Noted = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was made: the library's folder, its papers and attached files."""

    folder: Path
    papers: int
    files: int


def import_whole(path: Path, folder: Path, progress: Progress) -> Rebuilt:
    """Make the library of a complete export in a new folder.

    Args:
        path: the ZIP file or folder of the export.
        folder: where the library is to be; nothing may be there but an empty folder.
        progress: is told how much is done of how much.

    Raises:
        CancelledError: `progress` raised it; nothing was made.
        ExpectedError: it is no complete export, a damaged one or one of a newer version, or the folder cannot be
            written. Nothing was made.
    """
    with reading(path) as files:
        manifest = _manifest(path, files)
        noted: Noted = manifest["files"]
        _check(path, files, noted, folder, lambda done: progress(done, 2 * len(noted)))
        with new_folder(folder) as part:
            builder = _Builder(path, files, noted, progress)
            with rebuilding(part) as library:
                builder.build(library, manifest["last_ids"])
            builder.take_files(part)
            (part / FILE_NAME).chmod(0o600)
    return Rebuilt(folder, noted[PAPERS]["lines"], sum(ATTACHED.fullmatch(name) is not None for name in noted))


def _manifest(path: Path, files: Input) -> Mapping[str, Any]:
    try:
        manifest = _read_manifest(files)
    except (KeyError, FileNotFoundError, ValueError, TypeError, RecursionError) as error:
        raise ExpectedError(f"{path} is no complete export of a library: its {MANIFEST} is not one.") from error
    if manifest["version"] != VERSION:
        raise ExpectedError(
            f"{path} is a complete export of version {manifest['version']!r:.20}, and this program reads version "
            f"{VERSION}. Please update Reading List."
        )
    try:
        wrong = _wrong_in(manifest)
    except (KeyError, TypeError, AttributeError) as error:
        wrong = str(error)
    if wrong:
        raise ExpectedError(
            f"{path} is no whole export: its {MANIFEST} is not as it should be ({wrong:.80}). Nothing was made of it."
        )
    return manifest


def _read_manifest(files: Input) -> Mapping[str, Any]:
    if files.size(MANIFEST) > _LARGEST_MANIFEST:
        raise ValueError("it is too large")
    with files.reading(MANIFEST) as stream:
        manifest: Mapping[str, Any] = json.loads(stream.read(_LARGEST_MANIFEST))
    if manifest["format"] != FORMAT or "version" not in manifest:
        raise ValueError("it says so itself")
    return manifest


def _wrong_in(manifest: Mapping[str, Any]) -> str:
    """What a manifest lacks, or names that no export has; "" where it is as it should be."""
    for name, facts in manifest["files"].items():
        attached = ATTACHED.fullmatch(name)
        if not (name in _NEEDED or name == JOURNAL or _SOURCE.fullmatch(name) or attached):
            return str(name)
        if not all(isinstance(facts[each], int) and facts[each] >= 0 for each in ("bytes", "lines")):
            return str(name)
        if not DIGEST.fullmatch(facts["sha256"]) or (attached and attached[2] != facts["sha256"]):
            return str(name)
    if not all(isinstance(manifest["last_ids"][name], int) for name in IDS):
        return "last_ids"
    return ", ".join(sorted(_NEEDED - manifest["files"].keys()))


def _check(path: Path, files: Input, noted: Noted, folder: Path, tell: Callable[[int], None]) -> None:
    """Raises ExpectedError where the files are not those that the manifest notes, or would not fit on the disk."""
    names = files.names()
    there = set(names)
    lacking = sorted(noted.keys() - there)
    if lacking:
        raise ExpectedError(f"{path} is no whole export: {lacking[0]} is missing. Nothing was made of it.")
    if len(there) != len(names):
        raise ExpectedError(f"{path} holds several files of one name. Nothing was made of it.")
    size = sum(facts["bytes"] for facts in noted.values())
    if is_zip(path) and size > _LIKELY * path.stat().st_size + _SPARE:
        raise ExpectedError(f"{path} would unpack to {size:,} bytes, which no library does. Nothing was made of it.")
    room = shutil.disk_usage(_existing(folder)).free
    if size + _SPARE > room:
        raise ExpectedError(f"{path} needs {size:,} bytes, and the disk of {folder} has {room:,}. Free some space.")
    for done, (name, facts) in enumerate(noted.items(), 1):
        if not is_as_noted(files, name, facts):
            raise ExpectedError(f"{path} is damaged: {name} is not what was written. Nothing was made of it.")
        tell(done)


def _existing(folder: Path) -> Path:
    return next(path for path in (folder, *folder.absolute().parents) if path.exists())


class _Builder:
    """Fills one new library from one export whose files are what its manifest notes."""

    def __init__(self, path: Path, files: Input, noted: Noted, progress: Progress) -> None:
        self._path = path
        self._files = files
        self._noted = noted
        self._progress = progress
        self._at = ("", 0)
        self._done = 0
        self._days: dict[int, tuple[date | None, bool]] = {}

    def build(self, library: Rebuilding, last_ids: Mapping[str, int]) -> None:
        """Fill the database."""
        try:
            for table in ("library", "tags"):
                library.rows(table, self._lines(rows_name(table)))
            for row in self._lines(rows_name("sources")):
                self._take_source(library, row)
            library.rows("listings", self._noting_days(self._lines(rows_name("listings"))))
            library.papers(self._papers())
            for table in ("smart_lists", "memories"):
                library.rows(table, map(_with_checked_files, self._lines(rows_name(table))))
            library.attachment_texts(self._lines(TEXTS))
            if JOURNAL in self._noted:
                library.changes(map(_with_checked_files, self._lines(JOURNAL)))
            library.last_ids(last_ids)
        except (ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError) as error:
            name, line = self._at
            raise ExpectedError(
                f"{self._path} is no whole export: line {line} of {name} is not as it should be ({error!s:.120}). "
                "Nothing was made of it."
            ) from error

    def take_files(self, folder: Path) -> None:
        """Put the attached files in their places, under names made of their digests."""
        for name in self._noted:
            if ATTACHED.fullmatch(name):
                target = folder / name
                make_room(target, folder)
                with self._files.reading(name) as stream, target.open("xb") as kept:
                    target.chmod(0o600)
                    for chunk in chunks(stream):
                        kept.write(chunk)
                    kept.flush()
                    os.fsync(kept.fileno())
                self._step()

    def _take_source(self, library: Rebuilding, row: Mapping[str, Any]) -> None:
        name = source_name(int(row["id"]))
        if name not in self._noted:
            raise ValueError(f"{name} is missing")
        with self._files.reading(name) as stream:
            library.source(dict(row), chunks(stream))
        self._step()

    def _papers(self) -> Iterator[Paper]:
        for row in self._lines(PAPERS):
            yield paper_from_row(row, self._days)

    def _noting_days(self, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in rows:
            self._days[row["id"]] = (date.fromisoformat(row["day"]) if row["day"] else None, bool(row["bibliography"]))
            yield row

    def _lines(self, name: str) -> Iterator[dict[str, Any]]:
        with self._files.reading(name) as stream:
            number = 0
            while line := stream.readline(_LONGEST_LINE):
                number += 1
                self._at = (name, number)
                row = json.loads(line, parse_constant=_refuse_constant)
                if not isinstance(row, dict):
                    raise TypeError("it is no object")
                yield row
        self._step()

    def _step(self) -> None:
        self._done += 1
        self._progress(len(self._noted) + self._done, 2 * len(self._noted))


def _with_checked_files(row: dict[str, Any]) -> dict[str, Any]:
    """A line of a journal or a memory, in which all attached files are named by digests: paths are made of these."""
    below: list[Any] = [row]
    while below:
        plain = below.pop()
        if isinstance(plain, dict):
            if plain.get("field") == "attachments":
                below += [{"attachments": value} for value in (*plain["before"], *plain["after"])]
            for digest, *_ in plain.get("attachments", ()):
                if DIGEST.fullmatch(digest) is None:
                    raise ValueError(f"{digest!r:.80} is no SHA-256")
            below += plain.values()
        elif isinstance(plain, list):
            below += plain
    return row


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
