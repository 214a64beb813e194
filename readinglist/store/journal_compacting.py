"""Keeps the journal small: its oldest changes are forgotten, whole ones only, so that undo ends where they ended."""

import sqlite3
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, select

from readinglist.store.opening import connected
from readinglist.store.tables import CHANGE_PARTS, CHANGES


def compact(connection: Connection, last: int) -> int:
    """Forget the changes up to number `last`; gives how many.

    What can still be done again and imports under way stay, with all behind them, and so does the newest change, so
    that no number is given twice.
    """
    waiting = select(func.min(CHANGES.c.id)).where(CHANGES.c.status.in_(("undone", "pending")))
    newest = select(func.max(CHANGES.c.id))
    stays = [connection.execute(query).scalar_one() for query in (waiting, newest)]
    end = min((last + 1, *(each for each in stays if each is not None)))
    return connection.execute(delete(CHANGES).where(CHANGES.c.id < end)).rowcount


def number_at(connection: Connection, most: int) -> int:
    """The number of the change up to which all have to go, so that the rest takes `most` bytes; 0 where none has to."""
    parts = select(CHANGE_PARTS.c.change_id, func.sum(func.length(CHANGE_PARTS.c.payload)).label("size"))
    added = parts.group_by(CHANGE_PARTS.c.change_id).subquery()
    own = func.length(CHANGES.c.payload) + func.coalesce(added.c.size, 0)
    query = select(CHANGES.c.id, own).outerjoin(added, added.c.change_id == CHANGES.c.id).order_by(CHANGES.c.id.desc())
    total = 0
    for number, size in connection.execute(query):
        total += size
        if total > most:
            return int(number)
    return 0


def newest(connection: Connection) -> int:
    """The number of the newest change; 0 where there is none."""
    return connection.execute(select(func.coalesce(func.max(CHANGES.c.id), 0))).scalar_one()


def newest_before(connection: Connection, moment: datetime) -> int:
    """The number of the last change of the row of those made before a moment that the journal begins with."""
    later = select(func.min(CHANGES.c.id)).where(CHANGES.c.made >= moment)
    first = connection.execute(later).scalar_one()
    return newest(connection) if first is None else first - 1


def shrink(path: Path) -> None:
    """Give the room in a library's file that nothing takes any more back to the disk, where no other program writes."""
    with suppress(sqlite3.OperationalError), connected(path) as connection:
        connection.execute("VACUUM")
