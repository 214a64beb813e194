"""Looks after the kept files: which of them are missing or changed, and which nothing names any more.

A file is given up only where no paper, no step of the journal, nothing remembered and no backup names it, and where
that was so 30 days before too, or the reader asks for it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.library.answers import Progress
from readinglist.library.attaching import FOLDER, digest_of, path_of
from readinglist.papers.paper import Attachment
from readinglist.store import backup_set
from readinglist.store.paper_store import PaperStore

WAIT = timedelta(days=30)
_YOUNG = timedelta(hours=1)  # an import may have kept such a file, and not yet named it
_SETTING = "unnamed_files"  # the day on which each was first found to be named by nothing
_DIGEST = re.compile("[0-9a-f]{64}")
_KEPT = re.compile(r"([0-9a-f]{64})(?:\.[a-z0-9]+)?")
_LEFT_OVER = re.compile(r"\.[0-9a-f]{64}.*\.part")


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: the files that went and their bytes, and the files that nothing names but that wait."""

    files: int = 0
    size: int = 0
    waiting: int = 0


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
    unnamed = _unnamed(store, files)
    since = {path.name: before.get(path.name, now.date().isoformat()) for path in unnamed}
    gone = [path for path in unnamed if _is_old(path, now) and (at_once or _waited(since[path.name], now))]
    size = sum(map(_remove, gone))
    store.forget_attachment_texts(sorted({files[path] for path in gone}))
    left = {path.name: since[path.name] for path in unnamed if path not in gone}
    if left != before:
        store.set_setting(_SETTING, json.dumps(left, sort_keys=True) if left else "")
    return Swept(len(gone), size, len(left))


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
    """Those files that nothing names. The journal is looked through only where no paper names one."""
    by_papers = {attachment.digest for attachment in store.attachments()}
    left = {digest for digest in files.values() if digest} - by_papers
    if left:
        left -= set(_in_backups(store.folder))
        left -= store.digests_in_journal(left)
    return [path for path, digest in files.items() if not digest or digest in left]


def _in_backups(folder: Path) -> Iterable[str]:
    for manifest in (folder / backup_set.FOLDER).glob(f"*/{backup_set.MANIFEST}"):
        with suppress(OSError):
            yield from _DIGEST.findall(manifest.read_text(encoding="utf-8", errors="replace"))


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


def _is_old(path: Path, now: datetime) -> bool:
    try:
        return path.stat().st_mtime <= (now - _YOUNG).timestamp()
    except OSError:
        return False


def _remove(path: Path) -> int:
    """The bytes that are free now; a file that cannot be removed stays for the next sweep."""
    try:
        size = path.stat().st_size
        path.chmod(0o600)  # Windows removes no file that is read only
        path.unlink()
    except OSError:
        return 0
    return size
