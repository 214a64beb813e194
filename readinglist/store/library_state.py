"""By what one sees that a library changed since another day: a word for the state that its papers are in."""

from sqlalchemy import Connection, func, select

from readinglist.store.tables import CHANGES


def read_state(connection: Connection) -> str:
    """A word for what papers, tags, notes and lists are now: the newest change, and what is undone of the changes."""
    newest = connection.execute(select(func.coalesce(func.max(CHANGES.c.id), 0))).scalar_one()
    query = select(func.count()).select_from(CHANGES)
    undone = connection.execute(query.where(CHANGES.c.status == "undone")).scalar_one()
    under_way = connection.execute(query.where(CHANGES.c.status == "pending")).scalar_one()
    return f"{newest}-{undone}-{under_way}"
