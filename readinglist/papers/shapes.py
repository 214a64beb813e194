"""Whether values that came from anywhere are what their types say, all the way down: Python itself never looks."""

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import MAXYEAR, MINYEAR, datetime
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from readinglist.papers.change import EDITABLE_FIELDS, FieldChanged, PapersAdded, PapersRemoved, Step
from readinglist.papers.paper import Paper

_LARGEST = 2**63  # what a database can hold


def check_step(step: Step, *, undone: bool) -> None:
    """Look at a step of a change; what it added is named by id alone, unless it was undone.

    Raises:
        TypeError, ValueError: it could not be applied, or not be taken back.
    """
    check(step, type(step))
    match step:
        case FieldChanged():
            _check_field(step)
        case PapersAdded(papers=papers) if undone:
            _check_whole(papers)
        case PapersRemoved(papers=papers) if not undone:
            _check_whole(papers)
        case _:
            return


def check(value: object, kind: Any) -> None:  # noqa: ANN401 - any type there is
    """Look at a value of plain data, and at all values in it.

    Raises:
        TypeError, ValueError: it is not what the type says.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:
        return
    if origin is UnionType:
        _check_any(value, inner)
    elif origin is tuple:
        _check_tuple(value, inner)
    elif origin is not None:
        _check_mapping(value, inner)
    else:
        _check_one(value, kind)


def check_time(moment: datetime) -> None:
    """Look at a moment.

    Raises:
        ValueError: it has no time zone, or lies where it is no moment in every other.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone")
    if not MINYEAR < moment.year < MAXYEAR:
        raise ValueError(f"{moment.isoformat()} is no time in every time zone")


def _check_field(step: FieldChanged) -> None:
    if step.field not in EDITABLE_FIELDS:
        raise ValueError(f"{step.field!r:.50} is no field of a paper")
    if not len(step.ids) == len(step.before) == len(step.after):
        raise ValueError("it has not one value before and one after for each paper")
    kind = _hints(Paper)[step.field]
    for value in (*step.before, *step.after):
        check(value, kind)
        if value is None and step.field == "added":
            raise ValueError("a paper has the time it was added")


def _check_whole(papers: Iterable[Paper]) -> None:
    if any(paper.added is None for paper in papers):
        raise ValueError("a paper lacks the time it was added")


def _check_one(value: object, kind: type) -> None:
    if type(value) is not kind:
        raise TypeError(f"{value!r:.50} is no {kind.__name__}")
    if is_dataclass(kind):
        for name, each in _hints(kind).items():
            check(getattr(value, name), each)
    elif isinstance(value, datetime):
        check_time(value)
    elif isinstance(value, int) and abs(value) >= _LARGEST:
        raise ValueError(f"{value} is too large")


def _check_any(value: object, kinds: tuple[Any, ...]) -> None:
    fitting = [kind for kind in kinds if type(value) is (get_origin(kind) or kind)]
    if not fitting:
        raise TypeError(f"{value!r:.50} is none of {', '.join(kind.__name__ for kind in kinds)}")
    check(value, fitting[0])


def _check_tuple(value: object, kinds: tuple[Any, ...]) -> None:
    if not isinstance(value, tuple):
        raise TypeError(f"{value!r:.50} is no row of values")
    wanted = kinds[:1] * len(value) if kinds[-1] is ... else kinds
    if len(wanted) != len(value):
        raise TypeError(f"{value!r:.50} has not {len(wanted)} values")
    for each, kind in zip(value, wanted, strict=True):
        check(each, kind)


def _check_mapping(value: object, kinds: tuple[Any, ...]) -> None:
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r:.50} has no names")
    for name, each in value.items():
        check(name, kinds[0])
        check(each, kinds[1])


_hints = cache(get_type_hints)
