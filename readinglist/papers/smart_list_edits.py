"""The verbs of smart lists: each takes all lists as they are and gives the Change that does what was asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import uuid4

from readinglist.errors import UsageError
from readinglist.papers.change import Change, SmartListAdded, SmartListChanged, SmartListRemoved, Step
from readinglist.papers.smart_list import ICONS, MOST_NAME, SmartList, ancestors, below, in_order, one_line


def save(lists: Sequence[SmartList], name: str, query: str, icon: str = "", parent: str = "") -> Change:
    """Keep a search under a name, as the last list below its parent.

    Raises:
        UsageError: name or query is empty, or there is no such icon or parent.
    """
    if parent:
        find(lists, parent)
    siblings = below(lists, parent)
    position = siblings[-1].position + 1 if siblings else 0
    icon_name = _clean_icon(icon or ICONS[0])
    added = SmartList(uuid4().hex, clean_name(name), _clean_query(query), icon_name, parent, position)
    return Change(f"Save smart list “{added.name}”", (SmartListAdded(added),))


def rename(lists: Sequence[SmartList], list_id: str, name: str) -> Change:
    """Give a list another name.

    Raises:
        UsageError: the name is empty, or there is no such list.
    """
    before = find(lists, list_id)
    return _changed(f"Rename smart list “{before.name}”", [(before, replace(before, name=clean_name(name)))])


def edit(lists: Sequence[SmartList], list_id: str, name: str, query: str, icon: str) -> Change:
    """Give a list another name, query and icon.

    Raises:
        UsageError: name or query is empty, or there is no such icon or list.
    """
    before = find(lists, list_id)
    after = replace(before, name=clean_name(name), query=_clean_query(query), icon=_clean_icon(icon))
    return _changed(f"Edit smart list “{before.name}”", [(before, after)])


def move(lists: Sequence[SmartList], list_id: str, parent: str, place: int) -> Change:
    """Put a list below another one, or with "" at the top, as number `place` from 0 among those there.

    Raises:
        UsageError: there is no such list or parent, or the parent stands below the list.
    """
    moved = find(lists, list_id)
    if parent:
        goal = find(lists, parent)
        if list_id in {parent, *ancestors(lists, goal)}:
            raise UsageError(f"“{moved.name}” cannot stand below itself.")
    siblings = [each for each in below(lists, parent) if each.id != list_id]
    siblings.insert(max(0, place), moved)
    pairs = [(each, replace(each, parent=parent, position=number)) for number, each in enumerate(siblings)]
    return _changed(f"Move smart list “{moved.name}”", pairs)


def delete(lists: Sequence[SmartList], list_id: str) -> Change:
    """Forget a list. The lists below it take its place; no paper is touched.

    Raises:
        UsageError: there is no such list.
    """
    gone = find(lists, list_id)
    parent = gone.parent if gone in below(lists, gone.parent) else ""
    siblings: list[SmartList] = []
    for each in below(lists, parent):
        siblings += below(lists, list_id) if each is gone else [each]
    pairs = [(each, replace(each, parent=parent, position=number)) for number, each in enumerate(siblings)]
    moved = _changed("", pairs).steps
    return Change(f"Delete smart list “{gone.name}”", (*moved, SmartListRemoved(gone)))


def add(lists: Sequence[SmartList], new: Sequence[SmartList]) -> Change:
    """Take over lists from another library, ids and nesting kept, behind the ones here; known ids are left as they are.

    Raises:
        UsageError: one of them has an empty name or query, or an icon that there is none of.
    """
    known = {each.id for each in lists}
    added: list[SmartList] = []
    for _, each in in_order(new):
        if each.id in known:
            continue
        known.add(each.id)
        parent = each.parent if each.parent in known else ""
        siblings = below([*lists, *added], parent)
        position = siblings[-1].position + 1 if siblings else 0
        kept = SmartList(
            each.id, clean_name(each.name), _clean_query(each.query), _clean_icon(each.icon), parent, position
        )
        added.append(kept)
    words = "1 smart list" if len(added) == 1 else f"{len(added)} smart lists"
    return Change(f"Import {words}", tuple(map(SmartListAdded, added)))


def find(lists: Sequence[SmartList], name: str) -> SmartList:
    """The list with this id, name or path of names ("Thesis/Unread"), case aside.

    Raises:
        UsageError: there is none, or several.
    """
    wanted = name.strip().casefold()
    by_id = [each for each in lists if each.id.casefold() == wanted]
    found = by_id or [each for each in lists if wanted in {each.name.casefold(), path(lists, each).casefold()}]
    if not found:
        raise UsageError(f"There is no smart list {name!r}. `readinglist smart-lists` shows all.")
    if len(found) > 1:
        paths = ", ".join(f"{path(lists, each)} ({each.id})" for each in found)
        raise UsageError(f"Several smart lists are called {name!r}: {paths}. Name one by its path or its id.")
    return found[0]


def path(lists: Sequence[SmartList], smart_list: SmartList) -> str:
    """The names of the lists from the top down to this one, with slashes between."""
    names = {each.id: each.name for each in lists}
    above = [names[list_id] for list_id in ancestors(lists, smart_list) if list_id in names]
    return "/".join([*reversed(above), smart_list.name])


def clean_name(name: str) -> str:
    """A name with single blanks and none around it.

    Raises:
        UsageError: nothing is left, or it is too long to be a name.
    """
    cleaned = one_line(name)
    if not cleaned or len(cleaned) > MOST_NAME:
        raise UsageError(f"A smart list needs a name of up to {MOST_NAME} characters.")
    return cleaned


def _clean_query(query: str) -> str:
    cleaned = one_line(query)
    if not cleaned:
        raise UsageError("A smart list needs a search, such as `has:code is:unread`.")
    return cleaned


def _clean_icon(icon: str) -> str:
    if icon not in ICONS:
        raise UsageError(f"There is no icon {icon!r} for smart lists. Possible are {', '.join(ICONS)}.")
    return icon


def _changed(label: str, pairs: Iterable[tuple[SmartList, SmartList]]) -> Change:
    steps: tuple[Step, ...] = tuple(SmartListChanged(before, after) for before, after in pairs if before != after)
    return Change(label, steps)
