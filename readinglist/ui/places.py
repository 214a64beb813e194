"""Going to a place of the library is an edit of the query: words and other filters stay, the place is exchanged."""

from readinglist.papers.query_chips import Chip, chips, filter_text, with_filter, without

# Filters that a choice in the sidebar takes the place of.
_PLACE_FIELDS = frozenset({"status", "tag", "in"})
_PLACE_FILTERS = frozenset({"is:starred", "is:trashed"})


def go_to(query: str, wanted: str) -> str:
    """The query with `wanted` (such as "status:inbox"; "" is all papers) in the place of where it was."""
    # From the end, so that the places of the chips before stay right.
    for chip in reversed(chips(query)):
        if _is_place(chip):
            query = without(query, chip)
    return with_filter(query, wanted) if wanted else query


def sorted_by(query: str, sort: str) -> str:
    """The query with the order it asks for exchanged, where it asks for one; "" takes it out."""
    for chip in reversed(chips(query)):
        if chip.field == "sort":
            query = without(query, chip)
            return with_filter(query, filter_text("sort", sort)) if sort else query
    return query


def _is_place(chip: Chip) -> bool:
    if chip.negated or chip.depth:
        return False
    return chip.field in _PLACE_FIELDS or f"{chip.field}:{chip.value}" in _PLACE_FILTERS
