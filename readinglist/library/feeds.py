"""The feeds that the library keeps: listed and forgotten. None of them is ever asked for anything."""

from collections.abc import Sequence

from readinglist.papers.change import Change, Forgotten
from readinglist.papers.memory import Feed
from readinglist.store.paper_store import PaperStore


def feeds(store: PaperStore) -> list[Feed]:
    """All feeds, by title."""
    kept = [memory for memory in store.memories("feed") if isinstance(memory, Feed)]
    return sorted(kept, key=lambda feed: (feed.title.casefold(), feed.url))


def forgotten(store: PaperStore, urls: Sequence[str]) -> Change:
    """Forget the feeds with these addresses."""
    gone = [feed for feed in feeds(store) if feed.url in urls]
    label = f"Remove the feed “{gone[0].title}”" if len(gone) == 1 else f"Remove {len(gone)} feeds"
    return Change(label, tuple(map(Forgotten, gone)))
