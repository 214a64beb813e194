"""A smart list: a search that is kept under a name. Smart lists nest, and stand in the order the reader gives them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from readinglist.papers.characters import without_controls

ICONS = (
    "search", "star", "to-read", "reading", "read", "inbox", "note", "code", "seen", "tag", "listing", "data",
    "link", "key", "import", "edit",
)  # fmt: skip


MOST_NAME = 120  # characters; a sidebar shows thirty


@dataclass(frozen=True, slots=True)
class SmartList:
    """A search with a name and an icon (one of `ICONS`).

    `parent` is the id of the list that it stands below, "" for none; lists of one parent are ordered by `position`.
    """

    id: str
    name: str
    query: str
    icon: str = ICONS[0]
    parent: str = ""
    position: int = 0


# What comes with a new library. The ids are the same in all libraries, so that exchanged lists are known again.
DEFAULTS = (
    SmartList("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e01", "New this week", "added:last-7-days status:inbox", "search", "", 0),
    SmartList("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e02", "Seen in 2+ listings", "seen:>=2", "seen", "", 1),
    SmartList("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e03", "Has code, not read", "has:code is:unread", "code", "", 2),
    SmartList("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e04", "Starred, not read", "is:starred is:unread", "star", "", 3),
    SmartList("5a1c0f6e2b7d4c8f9e3a6b1d0c4f7e05", "With notes", "has:note", "note", "", 4),
)


def one_line(text: str) -> str:
    """A name or a query with single blanks and none around it, as lists keep them."""
    return " ".join(without_controls(text).split())


def narrowed(query: str, words: str) -> str:
    """A list's query, narrowed down by further words or filters."""
    return f"({query}) {words.strip()}" if words.strip() else query


def below(lists: Sequence[SmartList], parent: str) -> list[SmartList]:
    """The lists that stand right below one, in order; with "" those at the top.

    A list whose parent is gone, or that stands below itself after two programs moved lists at once, is at the top.
    """
    return by_parent(lists).get(parent, [])


def in_order(lists: Sequence[SmartList]) -> Iterator[tuple[int, SmartList]]:
    """All lists as they are shown, from top to bottom, each with its depth."""
    tree = by_parent(lists)

    def level(parent: str, depth: int) -> Iterator[tuple[int, SmartList]]:
        for each in tree.get(parent, ()):
            yield depth, each
            yield from level(each.id, depth + 1)

    return level("", 0)


def by_parent(lists: Sequence[SmartList]) -> dict[str, list[SmartList]]:
    """The lists below each id, and below "", in order."""
    by_id = {each.id: each for each in lists}
    tree: dict[str, list[SmartList]] = {}
    for each in sorted(lists, key=lambda each: (each.position, each.name.casefold(), each.id)):
        tree.setdefault(each.parent if _hangs_on_its_parent(by_id, each) else "", []).append(each)
    return tree


def ancestors(lists: Sequence[SmartList], smart_list: SmartList) -> list[str]:
    """The ids of the lists above one, nearest first."""
    return [each.id for each in _above({each.id: each for each in lists}, smart_list)]


def _above(by_id: Mapping[str, SmartList], smart_list: SmartList) -> list[SmartList]:
    """The lists above one, as far as there are any, and each once."""
    found: list[SmartList] = []
    above = by_id.get(smart_list.parent)
    while above is not None and above is not smart_list and above not in found:
        found.append(above)
        above = by_id.get(above.parent)
    return found


def _hangs_on_its_parent(by_id: Mapping[str, SmartList], smart_list: SmartList) -> bool:
    above = _above(by_id, smart_list)
    return bool(above) and above[-1].parent != smart_list.id
