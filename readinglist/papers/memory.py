"""What a library remembers beside its papers: pairs told apart, merges, exports kept up to date, feeds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from readinglist.papers.paper import Paper


@dataclass(frozen=True, slots=True)
class DifferentPair:
    """Two papers that the reader said are not one: their ids, the smaller one first."""

    one: int
    other: int


@dataclass(frozen=True, slots=True)
class Merge:
    """Two papers made one. `kept` and `absorbed` are both as they were before; `kept` lives on under its id."""

    id: str
    kept: Paper
    absorbed: Paper
    made: datetime


@dataclass(frozen=True, slots=True)
class KeptExport:
    """A file that is rewritten whenever what a search finds changes. `path` is absolute; `options` are JSON values."""

    id: str
    path: str
    format: str
    query: str
    options: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feed:
    """The address of a feed, and what it is called."""

    url: str
    title: str


Memory = DifferentPair | Merge | KeptExport | Feed


def memory_key(memory: Memory) -> tuple[str, str]:
    """The kind of a memory and what it is known by within its kind."""
    match memory:
        case DifferentPair(one=one, other=other):
            return "different", f"{one} {other}"
        case Merge(id=merge_id):
            return "merge", merge_id
        case KeptExport(id=export_id):
            return "export", export_id
        case Feed(url=url):
            return "feed", url


def memory_paper(memory: Memory) -> int | None:
    """The paper that a memory is asked for by, if there is one."""
    return memory.kept.id if isinstance(memory, Merge) else None
