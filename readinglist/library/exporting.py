"""Export: papers as text in one of the formats that we write."""

from collections.abc import Iterator, Sequence

from readinglist.errors import UsageError
from readinglist.formats import FORMATS, WriteOptions, format_named
from readinglist.library.answers import Progress
from readinglist.papers.paper import Paper
from readinglist.store.paper_store import PaperStore

_BATCH = 500


def export(store: PaperStore, ids: Sequence[int], format_name: str, progress: Progress, *, personal: bool) -> str:
    """The papers as one text, in the order of the ids; ids that are gone are left out.

    Without `personal`, reading states, stars, ratings, tags and notes are left out.

    Raises:
        UsageError: there is no such format, or we do not write it.
        CancelledError: `progress` raised it.
    """
    found = format_named(format_name)
    if found is None or not found.writes:
        known = ", ".join(known.name for known in FORMATS if known.writes)
        raise UsageError(f"There is no export format {format_name!r}. Papers can be written as {known}.")
    return "".join(found.write(_papers(store, ids, progress), WriteOptions(personal)))


def _papers(store: PaperStore, ids: Sequence[int], progress: Progress) -> Iterator[Paper]:
    for start in range(0, len(ids), _BATCH):
        progress(start, len(ids))
        yield from store.papers(ids[start : start + _BATCH])
    progress(len(ids), len(ids))
