"""How many papers stand where: the numbers beside the sidebar's entries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from sqlalchemy import Connection, exists, func, select, true

from readinglist.papers.paper import Listing, ReadingState
from readinglist.store.reading import read_listings
from readinglist.store.tables import PAPER_TAGS, PAPERS, SIGHTINGS, TAGS


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts of papers; all but `trashed` leave out the trash.

    `tags` are name, colour ("" where none was chosen for it or one above) and the papers with it or one below it.
    """

    states: Mapping[ReadingState, int]
    starred: int
    trashed: int
    listings: tuple[Listing, ...]
    tags: tuple[tuple[str, str, int], ...]


def count(connection: Connection) -> Tallies:
    """All counts, as of one moment."""
    return Tallies(
        _states(connection),
        connection.execute(
            select(func.count()).where(PAPERS.c.starred == true(), PAPERS.c.trashed.is_(None))
        ).scalar_one(),
        connection.execute(select(func.count()).where(PAPERS.c.trashed.is_not(None))).scalar_one(),
        _listings(connection),
        _tags(connection),
    )


def tag_names(connection: Connection) -> list[str]:
    """The tags that papers outside the trash carry, and the levels above them, as `count` has them; none is counted."""
    carried = (
        exists()
        .where(PAPER_TAGS.c.tag_id == TAGS.c.id)
        .where(PAPERS.c.id == PAPER_TAGS.c.paper_id, PAPERS.c.trashed.is_(None))
    )
    spelled: dict[str, str] = {}
    for name in connection.execute(select(TAGS.c.name).where(carried)).scalars():
        for level in _levels(name):
            spelled.setdefault(level.casefold(), level)
    return [spelled[key] for key in sorted(spelled, key=_in_tree)]


def _states(connection: Connection) -> dict[ReadingState, int]:
    query = select(PAPERS.c.state, func.count()).where(PAPERS.c.trashed.is_(None)).group_by(PAPERS.c.state)
    counted = {ReadingState(state): number for state, number in connection.execute(query).all()}
    return {state: counted.get(state, 0) for state in ReadingState}


def _listings(connection: Connection) -> tuple[Listing, ...]:
    query = select(SIGHTINGS.c.listing_id, func.count(SIGHTINGS.c.paper_id.distinct())).group_by(SIGHTINGS.c.listing_id)
    if connection.execute(select(PAPERS.c.id).where(PAPERS.c.trashed.is_not(None)).limit(1)).first():
        query = query.join(PAPERS, PAPERS.c.id == SIGHTINGS.c.paper_id).where(PAPERS.c.trashed.is_(None))
    counted = dict(connection.execute(query).all())
    return tuple(replace(listing, papers=counted.get(listing.id, 0)) for listing in read_listings(connection))


def _tags(connection: Connection) -> tuple[tuple[str, str, int], ...]:
    query = (
        select(TAGS.c.name, PAPER_TAGS.c.paper_id)
        .join(PAPER_TAGS, PAPER_TAGS.c.tag_id == TAGS.c.id)
        .join(PAPERS, PAPERS.c.id == PAPER_TAGS.c.paper_id)
        .where(PAPERS.c.trashed.is_(None))
    )
    papers: dict[str, set[int]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for name, paper_id in connection.execute(query):
        for level in _levels(name):
            papers[level.casefold()].add(paper_id)
            spelled.setdefault(level.casefold(), level)
    colors = {name.casefold(): color for name, color in tag_colors(connection).items()}
    return tuple((spelled[key], _color(key, colors), len(papers[key])) for key in sorted(papers, key=_in_tree))


def tag_colors(connection: Connection) -> dict[str, str]:
    """All tags that papers ever carried, with the colours that were chosen for them, "" for none."""
    return dict(connection.execute(select(TAGS.c.name, TAGS.c.color)).all())


def _color(name: str, colors: Mapping[str, str]) -> str:
    """The colour that was chosen for a tag, or for the nearest one above it."""
    return next((color for level in reversed(_levels(name)) if (color := colors.get(level, ""))), "")


def _levels(name: str) -> list[str]:
    """A tag and those above it: nlp, nlp/parsing."""
    return ["/".join(parts) for parts in accumulate(([part] for part in name.split("/")), list.__add__)]


def _in_tree(name: str) -> list[str]:
    """Sorts parents before their children."""
    return name.split("/")
