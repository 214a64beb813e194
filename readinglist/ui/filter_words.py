"""The filters that show a place of the library, as the search language writes them."""

from readinglist.papers.paper import Listing, ReadingState
from readinglist.papers.query_chips import filter_text


def state_filter(state: ReadingState) -> str:
    """The papers in a reading state."""
    return filter_text("status", state.value)


def tag_filter(name: str) -> str:
    """The papers with a tag or one below it."""
    return filter_text("tag", name)


def listing_filter(listing: Listing) -> str:
    """The papers of one listing."""
    value = f"{listing.day.isoformat()}#{listing.number}" if listing.day else listing.name
    return filter_text("in", value)


def quoted(value: str) -> str:
    """A value as it stands behind a colon: in quotation marks where it would not hold together."""
    return filter_text("", value)[1:]
