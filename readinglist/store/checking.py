"""Whether the database is whole, by SQLite's own checks."""

from sqlalchemy import Connection

_MOST_TOLD = 20


def faults(connection: Connection) -> list[str]:
    """What is wrong with the database, in words; nothing where it is whole.

    SQLite's `integrity_check` reads all of the file; `foreign_key_check` looks for rows that belong to none.
    """
    found = connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST_TOLD})").scalars().all()
    told = [str(line) for line in found if line != "ok"]
    orphans: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        orphans[table, parent] = orphans.get((table, parent), 0) + 1
    told += [f"{count} rows of {table} belong to no row of {parent}" for (table, parent), count in orphans.items()]
    return told
