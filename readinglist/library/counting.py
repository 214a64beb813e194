"""Count: the numbers beside the entries of the sidebar, and the colour of each tag."""

from zlib import crc32

from readinglist.library.answers import Counts, SmartListCount, TagCount
from readinglist.papers.smart_list import in_order
from readinglist.store.paper_store import PaperStore

# Eight hues that can be told apart on light and on dark ground.
_TAG_COLORS = ("#3157d5", "#1f8f4e", "#b8432f", "#8a4fc4", "#b57a00", "#0f8a9d", "#c2427f", "#5f6b7a")


def count(store: PaperStore) -> Counts:
    """All counts, as of one moment."""
    tallies = store.count()
    return Counts(
        all=sum(tallies.states.values()),
        states=tallies.states,
        starred=tallies.starred,
        trashed=tallies.trashed,
        listings=tallies.listings,
        tags=tuple(TagCount(name, color or tag_color(name), papers) for name, color, papers in tallies.tags),
        smart_lists=tuple(SmartListCount(each) for _, each in in_order(store.smart_lists())),
    )


def tag_color(name: str) -> str:
    """The colour of a tag that was given none: its first level decides, so that a family of tags looks alike."""
    family = name.split("/", maxsplit=1)[0].casefold()
    return _TAG_COLORS[crc32(family.encode()) % len(_TAG_COLORS)]
