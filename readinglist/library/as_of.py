"""As of a day: the library as it was then, opened from a copy that goes when it is closed; it cannot be changed."""

import shutil
from contextlib import nullcontext, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from readinglist.errors import ExpectedError
from readinglist.library import compacting
from readinglist.library.answers import Progress
from readinglist.library.attaching import FOLDER
from readinglist.library.days import day_words
from readinglist.library.indexing import INDEX_FOLDER
from readinglist.papers.query_values import date_range
from readinglist.search.paper_index import PaperIndex
from readinglist.store.database import FILE_NAME
from readinglist.store.journal_rewinding import rewind_copy
from readinglist.store.opening import on_read_only_disk
from readinglist.store.paper_store import PaperStore

_FIRST_DAY = date(1, 1, 2)  # whose beginning is a moment in every time zone


def end_of(text: str, today: date) -> datetime:
    """The moment that a day or a period ends in the reader's own time: "monday", "2026-03-14", "last-week".

    Raises:
        UsageError: the text means no days.
    """
    last = date_range(text.strip(), today).last
    return _midnight(min(last or today, today) + timedelta(days=1)) - timedelta(microseconds=1)


def start_of(text: str, today: date) -> datetime:
    """The moment that a day or a period begins in the reader's own time: "monday", "2026-03-14", "last-week".

    Raises:
        UsageError: the text means no days.
    """
    return _midnight(max(date_range(text.strip(), today).first or _FIRST_DAY, _FIRST_DAY))


def words(moment: datetime) -> str:
    """What a library of an earlier day says of itself: "As of 14 Mar 2026. Read only."."""
    return f"As of {day_words(moment.astimezone().date())}. Read only."


def copy(
    store: PaperStore, index: PaperIndex, moment: datetime, progress: Progress
) -> "TemporaryDirectory[str]":  # fmt: skip
    """Put the library as it was at a moment into a folder of its own, which goes with what is given.

    Raises:
        ExpectedError: the journal does not reach back so far, or the copy cannot be written.
        CancelledError: `progress` raised it.
    """
    reach, compacted = store.journal_reach(), compacting.compacted_words(store)
    if compacted and reach is not None and moment < reach:
        raise ExpectedError(
            f"The journal reaches back to {day_words(reach.astimezone().date())}. {compacted} Choose a later day."
        )
    scratch = TemporaryDirectory(prefix="readinglist-as-of-", ignore_cleanup_errors=True)
    try:
        _copy_both(store, index, Path(scratch.name))
        rewind_copy(Path(scratch.name), moment, words(moment), progress)
        with suppress(OSError):  # without it, attached files are not found; the rest is
            (Path(scratch.name) / FOLDER).symlink_to(store.folder.absolute() / FOLDER, target_is_directory=True)
    except BaseException:
        scratch.cleanup()
        raise
    return scratch


def _copy_both(store: PaperStore, index: PaperIndex, folder: Path) -> None:
    """Copy the database, and the full-text index with it, as both are at one moment; without it, searches are slow."""
    own = store.folder / INDEX_FOLDER
    try:
        if own.is_dir():
            with nullcontext() if on_read_only_disk(own) else index.still():
                store.copy_to(folder)
                shutil.copytree(own, folder / INDEX_FOLDER, ignore=shutil.ignore_patterns("*.lock"))
            return
    except (ExpectedError, OSError, shutil.Error):  # where someone writes to it, or we may not keep others from that
        shutil.rmtree(folder / INDEX_FOLDER, ignore_errors=True)
        (folder / FILE_NAME).unlink(missing_ok=True)
    store.copy_to(folder)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
