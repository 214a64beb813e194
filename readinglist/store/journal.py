"""The journal: every change that was made, what undo and redo take from it, and how it is kept small.

What a done change added stands in the tables, so its entry names it by id alone; undoing it takes the whole values into
the entry, from which redo brings them back. When it was undone and done again is kept with it, so that the library of
an earlier day can be told.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from readinglist.errors import ExpectedError
from readinglist.papers.change import Change, FieldChanged, PapersAdded, SourceAdded, Step
from readinglist.papers.paper import Paper
from readinglist.store.applying import apply_step
from readinglist.store.journal_payload import pack, turns_of, unpack
from readinglist.store.reading import read_papers, read_source
from readinglist.store.tables import CHANGE_PARTS, CHANGES


def record(connection: Connection, change: Change, now: datetime) -> None:
    """Apply a change and keep it as the newest one; what was undone before can no longer be redone."""
    for step in change.steps:
        apply_step(connection, step)
    _drop_undone(connection)
    _insert(connection, change.label, "done", change.steps, now)


def begin(connection: Connection, label: str, now: datetime) -> int:
    """Open a change that is made in several transactions, such as an import; gives its number."""
    return _insert(connection, label, "pending", (), now)


def add_part(connection: Connection, change_id: int, steps: Sequence[Step]) -> None:
    """Apply further steps of an open change and keep them with it."""
    for step in steps:
        apply_step(connection, step)
    query = select(func.coalesce(func.max(CHANGE_PARTS.c.number), 0)).where(CHANGE_PARTS.c.change_id == change_id)
    number = connection.execute(query).scalar_one() + 1
    row = {"change_id": change_id, "number": number, "payload": pack(map(_thin, steps))}
    connection.execute(insert(CHANGE_PARTS).values(row))


def finish(connection: Connection, change_id: int, label: str) -> None:
    """Close an open change: it is done now, under this label. One without steps leaves no trace."""
    query = select(func.count()).where(CHANGE_PARTS.c.change_id == change_id)
    if not connection.execute(query).scalar_one():
        connection.execute(delete(CHANGES).where(CHANGES.c.id == change_id))
        return
    _drop_undone(connection)
    connection.execute(update(CHANGES).where(CHANGES.c.id == change_id).values(status="done", label=label))


def roll_back(connection: Connection, change_id: int) -> None:
    """Take back all that an open change has done, and forget it."""
    for step in reversed(_steps(connection, change_id)):
        apply_step(connection, step.inverse())
    connection.execute(delete(CHANGES).where(CHANGES.c.id == change_id))


def pending(connection: Connection) -> list[int]:
    """The numbers of open changes."""
    return list(connection.execute(select(CHANGES.c.id).where(CHANGES.c.status == "pending")).scalars())


def undo(connection: Connection, now: datetime) -> Change | None:
    """Take the newest done change back; gives the change that was applied, or None where there is none.

    Raises:
        ExpectedError: what it was done to is no longer there, as in a library that was brought back from damage.
    """
    change_id = _next_undo(connection)
    with _explained(connection, change_id, "undone"):
        return None if change_id is None else take_back(connection, change_id, now)


def take_back(connection: Connection, change_id: int, now: datetime) -> Change:
    """Take a done change back, the newest one; gives the change that was applied."""
    steps: list[Step] = []
    for thin in reversed(_steps(connection, change_id)):
        step = _fill(connection, thin)  # now that the later steps are taken back: as it was when it was done
        apply_step(connection, step.inverse())
        steps.insert(0, step)
    _rewrite(connection, change_id, "undone", steps, now)
    return Change(_label(connection, change_id), tuple(steps)).inverse()


def redo(connection: Connection, now: datetime) -> Change | None:
    """Do the oldest undone change again; gives it, or None where there is none.

    Raises:
        ExpectedError: what it is to be done to is no longer there.
    """
    change_id = _next_redo(connection)
    with _explained(connection, change_id, "done again"):
        return None if change_id is None else do_again(connection, change_id, now)


def do_again(connection: Connection, change_id: int, now: datetime) -> Change:
    """Do a change again that was taken back; gives it."""
    change = Change(_label(connection, change_id), tuple(_steps(connection, change_id)))
    for step in change.steps:
        apply_step(connection, step)
    _rewrite(connection, change_id, "done", change.steps, now)
    return change


def labels(connection: Connection) -> tuple[str, str]:
    """What undo and redo would do next, "" where nothing."""
    undoable, redoable = _next_undo(connection), _next_redo(connection)
    return (
        "" if undoable is None else _label(connection, undoable),
        "" if redoable is None else _label(connection, redoable),
    )


@contextmanager
def _explained(connection: Connection, change_id: int | None, verb: str) -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        label = "" if change_id is None else _label(connection, change_id)
        raise ExpectedError(
            f"“{label}” cannot be {verb}: something that it speaks of is no longer in the library. Nothing was changed."
        ) from error


def _insert(connection: Connection, label: str, status: str, steps: Iterable[Step], now: datetime) -> int:
    row = {"made": now, "label": label, "status": status, "payload": pack(map(_thin, steps))}
    return int(connection.execute(insert(CHANGES).values(row).returning(CHANGES.c.id)).scalar_one())


def _rewrite(connection: Connection, change_id: int, status: str, steps: Sequence[Step], now: datetime) -> None:
    kept = map(_thin, steps) if status == "done" else steps
    before = connection.execute(select(CHANGES.c.payload).where(CHANGES.c.id == change_id)).scalar_one()
    connection.execute(delete(CHANGE_PARTS).where(CHANGE_PARTS.c.change_id == change_id))
    values = {"status": status, "payload": pack(kept, (*turns_of(before), now))}
    connection.execute(update(CHANGES).where(CHANGES.c.id == change_id).values(values))


def _drop_undone(connection: Connection) -> None:
    connection.execute(update(CHANGES).where(CHANGES.c.status == "undone").values(status="dropped"))


def _next_undo(connection: Connection) -> int | None:
    return connection.execute(select(func.max(CHANGES.c.id)).where(CHANGES.c.status == "done")).scalar_one()


def _next_redo(connection: Connection) -> int | None:
    return connection.execute(select(func.min(CHANGES.c.id)).where(CHANGES.c.status == "undone")).scalar_one()


def _label(connection: Connection, change_id: int) -> str:
    return connection.execute(select(CHANGES.c.label).where(CHANGES.c.id == change_id)).scalar_one()


def _steps(connection: Connection, change_id: int) -> list[Step]:
    first = connection.execute(select(CHANGES.c.payload).where(CHANGES.c.id == change_id)).scalar_one()
    parts = connection.execute(
        select(CHANGE_PARTS.c.payload).where(CHANGE_PARTS.c.change_id == change_id).order_by(CHANGE_PARTS.c.number)
    )
    return [step for payload in (first, *parts.scalars()) for step in unpack(payload)]


def _thin(step: Step) -> Step:
    match step:
        case PapersAdded(papers=papers):
            return PapersAdded(tuple(Paper(id=paper.id) for paper in papers))
        case SourceAdded(source=source):
            return SourceAdded(replace(source, raw=""))
        case FieldChanged(field="notes"):
            return _without_what_stayed(step)
        case _:
            return step


def _without_what_stayed(step: FieldChanged) -> FieldChanged:
    """Of notes, those that differ suffice: they are applied as differences."""
    both = [set(before) & set(after) for before, after in zip(step.before, step.after, strict=True)]
    before, after = (
        tuple(tuple(note for note in notes if note not in stayed) for notes, stayed in zip(side, both, strict=True))
        for side in (step.before, step.after)
    )
    return FieldChanged("notes", step.ids, before, after)


def _fill(connection: Connection, step: Step) -> Step:
    match step:
        case PapersAdded(papers=papers):
            return PapersAdded(tuple(read_papers(connection, [paper.id for paper in papers])))
        case SourceAdded(source=source):
            return SourceAdded(read_source(connection, source.id) or source)
        case _:
            return step
