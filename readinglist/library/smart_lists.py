"""Smart lists: the library's kept searches, how many papers each finds, and exchanging them between libraries."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date

from readinglist.errors import UsageError
from readinglist.library.finding import Finder
from readinglist.library.kept import Kept
from readinglist.papers.smart_list import ICONS, SmartList, in_order
from readinglist.store.paper_store import PaperStore


class Counter:
    """Counts what queries find, each once for a state of the library and a day."""

    def __init__(self, store: PaperStore, finder: Finder) -> None:
        self._finder = finder
        self._numbers = Kept[tuple[str, bool, date], int](store)

    def count(self, query: str, *, typing: bool) -> int:
        """How many papers a query finds."""
        key = (query, typing, date.today())  # noqa: DTZ011 - the reader's own day is meant
        return self._numbers.get(key, lambda: len(self._finder.find(query, "listed", typing=typing).ids))


def ordered(store: PaperStore) -> list[SmartList]:
    """All smart lists as they are shown, from top to bottom."""
    return [each for _, each in in_order(store.smart_lists())]


def to_json(lists: Sequence[SmartList], count: Callable[[str], int]) -> dict[str, object]:
    """The lists in the shape in which they are exchanged, each with how many papers it finds here."""
    return {"smart_lists": [{**asdict(each), "papers": count(each.query)} for each in lists]}


def from_json(text: str) -> list[SmartList]:
    """The lists that `to_json` wrote, as JSON text. What a later version adds to a list is left out.

    Raises:
        UsageError: the text is no JSON of this shape.
    """
    try:
        rows = json.loads(text)["smart_lists"]
        return [_from_row(row) for row in rows]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(
            "This is no export of smart lists. `readinglist smart-lists --json > lists.json` writes one."
        ) from error


def _from_row(row: dict[str, object]) -> SmartList:
    icon = str(row.get("icon", ""))
    position = row.get("position", 0)
    return SmartList(
        id=_text(row["id"]),
        name=_text(row["name"]),
        query=_text(row["query"]),
        icon=icon if icon in ICONS else ICONS[0],
        parent=_text(row.get("parent") or ""),
        position=position if isinstance(position, int) else 0,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    value.encode()  # half of a surrogate pair cannot be kept
    return value
