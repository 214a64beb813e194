"""What the library remembers beside its papers, in the database: read, and the steps that change it."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from readinglist.papers.change import Forgotten, Remembered
from readinglist.papers.memory import Memory, memory_key, memory_paper
from readinglist.papers.plain import memory_from_plain, memory_to_plain
from readinglist.store.tables import MEMORIES


def read_memories(connection: Connection, kind: str, paper_id: int | None = None) -> Sequence[Memory]:
    """All memories of a kind ("different", "merge", "export", "feed"), or those of one paper."""
    query = select(MEMORIES.c.value).where(MEMORIES.c.kind == kind)
    if paper_id is not None:
        query = query.where(MEMORIES.c.paper_id == paper_id)
    return [memory_from_plain(kind, value) for value in connection.execute(query.order_by(MEMORIES.c.id)).scalars()]


def remember(connection: Connection, step: Remembered) -> None:
    """Keep a memory."""
    kind, key = memory_key(step.memory)
    value = {"paper_id": memory_paper(step.memory), "value": memory_to_plain(step.memory)}
    statement = sqlite_insert(MEMORIES).values(kind=kind, id=key, **value)
    connection.execute(statement.on_conflict_do_update(index_elements=[MEMORIES.c.kind, MEMORIES.c.id], set_=value))


def forget(connection: Connection, step: Forgotten) -> None:
    """Drop a memory."""
    kind, key = memory_key(step.memory)
    connection.execute(delete(MEMORIES).where(MEMORIES.c.kind == kind, MEMORIES.c.id == key))
