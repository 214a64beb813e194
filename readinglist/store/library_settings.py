"""What is set for a library as a whole, and by what one sees that its papers changed since another day."""

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from readinglist.store.tables import ChangeRow, LibraryRow


def read_setting(connection: Connection, key: str) -> str:
    """The value of a setting; "" where none was set."""
    return connection.execute(select(LibraryRow.value).where(LibraryRow.key == key)).scalar_one_or_none() or ""


def write_setting(connection: Connection, key: str, value: str) -> None:
    """Set a setting."""
    statement = sqlite_insert(LibraryRow).values(key=key, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=[LibraryRow.key], set_={"value": value}))


def read_state(connection: Connection) -> str:
    """A word for what papers, tags, notes and lists are now: the newest change, and what is undone of the changes."""
    newest = connection.execute(select(func.coalesce(func.max(ChangeRow.id), 0))).scalar_one()
    query = select(func.count()).select_from(ChangeRow)
    undone = connection.execute(query.where(ChangeRow.status == "undone")).scalar_one()
    under_way = connection.execute(query.where(ChangeRow.status == "pending")).scalar_one()
    return f"{newest}-{undone}-{under_way}"
