"""Looks after the kept files: which of them are missing or changed, and which nothing names any more.

A file is given up only where no paper, no note, no step of the journal, nothing remembered, no backup and no other
database in the library's folder names it, and where that was so 30 days before too, or the reader asks for it. Where
one of these cannot be read, all files stay.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.library.answers import Progress
from readinglist.library.attaching import FOLDER, digest_of, path_of
from readinglist.papers.paper import Attachment
from readinglist.store.naming_beside import CannotTellError, named_beside
from readinglist.store.paper_store import PaperStore

WAIT = timedelta(days=30)
_YOUNG = timedelta(days=1)  # an import may have kept such a file, and not yet named it
_SETTING = "unnamed_files"  # the day on which each was first found to be named by nothing
_KEPT = re.compile(r"([0-9a-f]{64})(?:\.[a-z0-9]+)?")
_HIDDEN = ".part"
_LEFT_OVER = re.compile(r"\.[0-9a-f]{64}.*\.part")


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: the files that went and their bytes, and the files that nothing names but that wait.

    `unread` is the path of a database that may name these and cannot be read: until it can, or is gone, all stay.
    """

    files: int = 0
    size: int = 0
    waiting: int = 0
    unread: str = ""


@dataclass(frozen=True, slots=True)
class Faulty:
    """A kept file that is not as it was: its attachment, its papers, and whether it is missing or else changed."""

    attachment: Attachment
    paper_ids: tuple[int, ...]
    missing: bool


def sweep(store: PaperStore, now: datetime, *, at_once: bool = False) -> Swept:
    """Remove kept files that nothing names, and has not named for 30 days; with `at_once`, whenever that began.

    Args:
        store: the library's database.
        now: this moment, in UTC.
        at_once: the reader asks for it.

    Raises:
        ExpectedError: the library is read only.
    """
    if store.read_only:
        raise ExpectedError(store.read_only)
    files = {path: _named_as(path) for path in _kept_files(store.folder)}
    before = _noted(store)
    try:
        unnamed = _unnamed(store, files)
    except CannotTellError as error:
        return Swept(waiting=len(before), unread=str(error))
    since = {path.name: before.get(path.name, now.date().isoformat()) for path in unnamed}
    wanted = [path for path in unnamed if at_once or _waited(since[path.name], now)]
    sizes = {path: size for path in wanted if (size := _remove(path, now)) is not None}
    store.forget_attachment_texts(sorted({files[path] for path in sizes} - {""}))
    left = {path.name: since[path.name] for path in unnamed if path not in sizes}
    if left != before:
        store.set_setting(_SETTING, json.dumps(left, sort_keys=True) if left else "")
    return Swept(len(sizes), sum(sizes.values()), len(left))


def faulty(store: PaperStore, progress: Progress) -> Iterator[Faulty]:
    """The attached files that are missing or not what they were; reads all of them.

    Raises:
        CancelledError: `progress` raised it.
    """
    held = store.attachments()
    for done, (attachment, paper_ids) in enumerate(held.items(), 1):
        try:
            changed = digest_of(path_of(store.folder, attachment)) != attachment.digest
        except OSError:
            yield Faulty(attachment, paper_ids, missing=True)
        else:
            if changed:
                yield Faulty(attachment, paper_ids, missing=False)
        progress(done, len(held))


def _kept_files(folder: Path) -> Iterator[Path]:
    """The files that were kept, and what was left of such by a program that was killed; others are not ours."""
    for path in sorted((folder / FOLDER).glob("[0-9a-f][0-9a-f]/*")):
        if path.is_file() and not path.is_symlink() and (_KEPT.fullmatch(path.name) or _LEFT_OVER.fullmatch(path.name)):
            yield path


def _named_as(path: Path) -> str:
    """The digest that names a file; "" for what was left over."""
    kept = _KEPT.fullmatch(path.name)
    return kept[1] if kept else ""


def _unnamed(store: PaperStore, files: Mapping[Path, str]) -> list[Path]:
    """Those files that nothing names. Backups are looked through only where the library itself does not name one.

    Raises:
        CannotTellError: what may name some cannot be read.
    """
    left = {digest for digest in files.values() if digest}
    left -= store.named_files(left)
    if left:
        left -= named_beside(store.folder, left)
        left -= store.named_files(left)  # what was undone or attached meanwhile
    return [path for path, digest in files.items() if not digest or digest in left]


def _noted(store: PaperStore) -> dict[str, str]:
    try:
        noted = json.loads(store.setting(_SETTING) or "{}")
    except ValueError:
        return {}
    return {str(name): str(day) for name, day in noted.items()} if isinstance(noted, dict) else {}


def _waited(since: str, now: datetime) -> bool:
    try:
        return date.fromisoformat(since) + WAIT <= now.date()
    except ValueError:
        return False


def _remove(path: Path, now: datetime) -> int | None:
    """The bytes that are free now; None where a file stays: it cannot be removed, or was kept again just now.

    It is first put out of the way of whoever keeps it again: they look for it under its name, and tell by its time that
    they found it.
    """
    hidden = path.with_name(f".{path.name.strip('.')}{_HIDDEN}")
    try:
        path.replace(hidden)
        if hidden.stat().st_mtime > (now - _YOUNG).timestamp():
            hidden.replace(path)
            return None
        size = hidden.stat().st_size
        hidden.chmod(0o600)  # Windows removes no file that is read only
        hidden.unlink()
    except OSError:
        return None
    return size
