"""Smart lists in the database: read, and the steps that change them."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from readinglist.papers.change import SmartListAdded, SmartListChanged, SmartListRemoved
from readinglist.papers.smart_list import SmartList
from readinglist.store.tables import SMART_LISTS


def read_smart_lists(connection: Connection) -> list[SmartList]:
    """All smart lists, in no order."""
    return [SmartList(*row) for row in connection.execute(select(SMART_LISTS))]


def insert_smart_lists(connection: Connection, lists: Iterable[SmartList]) -> None:
    """Put lists into a library that has none of these."""
    connection.execute(insert(SMART_LISTS), [asdict(each) for each in lists])


def add_smart_list(connection: Connection, step: SmartListAdded) -> None:
    """Keep a list."""
    row = asdict(step.smart_list)
    statement = sqlite_insert(SMART_LISTS).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=[SMART_LISTS.c.id], set_=row))


def remove_smart_list(connection: Connection, step: SmartListRemoved) -> None:
    """Forget a list."""
    connection.execute(delete(SMART_LISTS).where(SMART_LISTS.c.id == step.smart_list.id))


def change_smart_list(connection: Connection, step: SmartListChanged) -> None:
    """Write what differs, and leave alone what another program changed meanwhile."""
    before, after = asdict(step.before), asdict(step.after)
    differing = {name: value for name, value in after.items() if value != before[name]}
    connection.execute(update(SMART_LISTS).where(SMART_LISTS.c.id == step.after.id).values(differing))
