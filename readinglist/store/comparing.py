"""What stands in an older state of a library and not in today's, and the other way round."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from readinglist.store.backup import columns
from readinglist.store.opening import connected

TITLES = 5

# Derived from other columns, or changed by looking alone.
_NOT_COMPARED = {"id", "title_key", "seen", "has_code", "listed_day", "listed_id", "listed_position", "looked_at"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What a restore would do: how many come back, go, and become what they were; and some titles of papers."""

    papers_back: int
    papers_gone: int
    papers_changed: int
    notes_back: int
    notes_gone: int
    notes_changed: int
    titles_back: tuple[str, ...]
    titles_gone: tuple[str, ...]

    def __bool__(self) -> bool:
        return any(
            (self.papers_back, self.papers_gone, self.papers_changed, self.notes_back, self.notes_gone,
             self.notes_changed)
        )  # fmt: skip


def compare(today: Path, then: Path) -> Difference:
    """Compare two states of a library by their database files; neither is changed.

    Raises:
        sqlite3.Error: one of both cannot be read.
    """
    with connected(today) as connection:
        connection.execute("ATTACH ? AS past", (str(then),))
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        back, gone = _only(connection, "past", "main", "papers"), _only(connection, "main", "past", "papers")
        notes_back, notes_gone = _only(connection, "past", "main", "notes"), _only(connection, "main", "past", "notes")
        changed_notes = _changed(connection, "notes", ("text",))
        changed = _changed(connection, "papers", _compared(connection)) | _tagged_otherwise(connection)
        return Difference(
            len(back),
            len(gone),
            len(changed - back - gone),
            len(notes_back),
            len(notes_gone),
            len(changed_notes),
            _titles(connection, "past", sorted(back)),
            _titles(connection, "main", sorted(gone)),
        )


def _only(connection: sqlite3.Connection, here: str, not_there: str, table: str) -> set[int]:
    query = f"SELECT id FROM {here}.{table} WHERE id NOT IN (SELECT id FROM {not_there}.{table})"  # noqa: S608 - ours
    return {number for (number,) in connection.execute(query)}


def _changed(connection: sqlite3.Connection, table: str, names: Sequence[str]) -> set[int]:
    differs = " OR ".join(f"now.{name} IS NOT old.{name}" for name in names)
    query = f"SELECT id FROM main.{table} now JOIN past.{table} old USING (id) WHERE {differs}"  # noqa: S608 - ours
    return {number for (number,) in connection.execute(query)}


def _compared(connection: sqlite3.Connection) -> list[str]:
    past = {row[1] for row in connection.execute("PRAGMA past.table_info(papers)")}
    return [name for name in columns(connection, "papers") if name in past and name not in _NOT_COMPARED]


def _tagged_otherwise(connection: sqlite3.Connection) -> set[int]:
    now, past = (
        set(
            connection.execute(
                f"SELECT paper_id, name FROM {state}.paper_tags JOIN {state}.tags ON tags.id = tag_id"  # noqa: S608
            )
        )
        for state in ("main", "past")
    )
    return {number for number, _ in now ^ past}


def _titles(connection: sqlite3.Connection, state: str, ids: Sequence[int]) -> tuple[str, ...]:
    query = f"SELECT title FROM {state}.papers WHERE id = ?"  # noqa: S608 - ours
    return tuple(connection.execute(query, (number,)).fetchone()[0] for number in ids[:TITLES])
