"""What was changed when: the journal read, for papers and for days; nothing is written here."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, literal, select, union_all

from readinglist.papers.change import Step
from readinglist.papers.plain import step_from_plain
from readinglist.store.journal_payload import plain_steps, text_of, turns_of, unpack
from readinglist.store.reading import in_chunks
from readinglist.store.tables import CHANGE_PARTS, CHANGES

_FEW = 20  # ids that are looked for as text before an entry is taken apart
_BATCH = 200  # rows read at a time: payloads may be large


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in the journal: its number, when it was made, what it is called.

    `undone` says that it was taken back; `steps` are empty where they were not asked for, and of the papers that were
    asked for otherwise. What a done change added is named by id alone.
    """

    id: int
    made: datetime
    label: str
    undone: bool = False
    steps: tuple[Step, ...] = ()


def entries(connection: Connection, since: datetime | None = None, until: datetime | None = None) -> list[Entry]:
    """The changes made from `since` on and before `until`, newest first, without their steps."""
    query = select(CHANGES.c.id, CHANGES.c.made, CHANGES.c.label, CHANGES.c.status != "done")
    query = query.where(CHANGES.c.status != "pending").order_by(CHANGES.c.id.desc())
    if since is not None:
        query = query.where(CHANGES.c.made >= since)
    if until is not None:
        query = query.where(CHANGES.c.made < until)
    return [Entry(number, made, label, bool(undone)) for number, made, label, undone in connection.execute(query)]


def entry(connection: Connection, number: int) -> Entry | None:
    """A change with all its steps; None where there is none with this number."""
    query = select(CHANGES.c.id, CHANGES.c.made, CHANGES.c.label, CHANGES.c.status).where(CHANGES.c.id == number)
    row = connection.execute(query.where(CHANGES.c.status != "pending")).one_or_none()
    if row is None:
        return None
    steps = tuple(step for payload in _payloads(connection, number) for step in unpack(payload))
    return Entry(row.id, row.made, row.label, row.status != "done", steps)


def entries_of(connection: Connection, ids: AbstractSet[int], after: int = 0) -> list[Entry]:
    """The done changes of some papers behind number `after`, newest first, each with its steps on these papers alone.

    All of the journal is read; entries whose text does not hold one of the ids are not taken apart.
    """
    found: dict[int, list[Step]] = {}
    may_hold = _holder(ids)
    for number, payload in _all_payloads(connection, after):
        text = text_of(payload)
        if may_hold(text):
            steps = [step_from_plain(step) for plain in plain_steps(text) for step in _narrowed(plain, ids)]
            if steps:
                found.setdefault(number, []).extend(steps)
    query = select(CHANGES.c.id, CHANGES.c.made, CHANGES.c.label).where(CHANGES.c.status == "done")
    known = [
        row
        for chunk in in_chunks(sorted(found, reverse=True))
        for row in connection.execute(query.where(CHANGES.c.id.in_(chunk)).order_by(CHANGES.c.id.desc()))
    ]
    return [Entry(number, made, label, steps=tuple(found[number])) for number, made, label in known]


def reach(connection: Connection) -> datetime | None:
    """When the oldest change was made that the journal still knows; None where it knows none."""
    query = select(CHANGES.c.made).where(CHANGES.c.status != "pending").order_by(CHANGES.c.id).limit(1)
    return connection.execute(query).scalar_one_or_none()


def turns(connection: Connection) -> Iterator[tuple[int, datetime, bool, tuple[datetime, ...]]]:
    """All changes, oldest first: number, when made, whether done now, and when undone, done again and so on."""
    query = select(CHANGES.c.id, CHANGES.c.made, CHANGES.c.status, CHANGES.c.payload).order_by(CHANGES.c.id)
    for number, made, status, payload in connection.execute(query.execution_options(yield_per=_BATCH)):
        if status != "pending":
            yield number, made, status == "done", turns_of(payload)


def size(connection: Connection) -> tuple[int, int]:
    """How many changes the journal holds, and how many bytes they take."""
    count, first = connection.execute(
        select(func.count(), func.coalesce(func.sum(func.length(CHANGES.c.payload)), 0)).select_from(CHANGES)
    ).one()
    parts = select(func.coalesce(func.sum(func.length(CHANGE_PARTS.c.payload)), 0))
    return count, first + connection.execute(parts).scalar_one()


def _payloads(connection: Connection, number: int) -> Iterator[bytes]:
    yield connection.execute(select(CHANGES.c.payload).where(CHANGES.c.id == number)).scalar_one()
    parts = select(CHANGE_PARTS.c.payload).where(CHANGE_PARTS.c.change_id == number).order_by(CHANGE_PARTS.c.number)
    yield from connection.execute(parts).scalars()


def _all_payloads(connection: Connection, after: int) -> Iterator[tuple[int, bytes]]:
    parts = select(CHANGE_PARTS.c.change_id, CHANGE_PARTS.c.number, CHANGE_PARTS.c.payload)
    parts = parts.where(CHANGE_PARTS.c.change_id > after)
    done = select(CHANGES.c.id.label("change_id"), literal(0).label("number"), CHANGES.c.payload)
    done = done.where(CHANGES.c.status == "done", CHANGES.c.id > after)
    rows = union_all(done, parts).order_by("change_id", "number")
    for number, _, payload in connection.execute(rows.execution_options(yield_per=_BATCH)):
        yield number, payload


def _holder(ids: AbstractSet[int]) -> Callable[[bytes], object]:
    """Whether a text may hold one of the ids; for many of them, each may."""
    if len(ids) > _FEW:
        return bool
    wanted = b"|".join(str(each).encode() for each in sorted(ids))
    return re.compile(rb"(?<![0-9])(?:" + wanted + rb")(?![0-9])").search


def _narrowed(plain: dict[str, Any], ids: AbstractSet[int]) -> Iterable[dict[str, Any]]:
    """A step with what it does to these papers alone; nothing where it does not touch them."""
    match plain["step"]:
        case "FieldChanged":
            places = [place for place, each in enumerate(plain["ids"]) if each in ids]
            kept = {name: [plain[name][place] for place in places] for name in ("ids", "before", "after")}
            return [{**plain, **kept}] if places else []
        case "PapersAdded" | "PapersRemoved":
            return _with(plain, "papers", [paper for paper in plain["papers"] if paper["id"] in ids])
        case "SightingsAdded" | "SightingsRemoved":
            return _with(plain, "sightings", [pair for pair in plain["sightings"] if pair[0] in ids])
        case "Remembered" | "Forgotten":
            return [plain] if _remembers(plain, ids) else []
        case _:
            return []


def _with(plain: dict[str, Any], name: str, kept: Sequence[Any]) -> Iterable[dict[str, Any]]:
    return [{**plain, name: kept}] if kept else []


def _remembers(plain: dict[str, Any], ids: AbstractSet[int]) -> bool:
    memory = plain["memory"]
    match plain["kind"]:
        case "merge":
            return memory["kept"]["id"] in ids or memory["absorbed"]["id"] in ids
        case "different":
            return memory["one"] in ids or memory["other"] in ids
        case _:
            return False
