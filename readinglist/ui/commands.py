"""What the command palette offers: the actions that can be done now, and the places of the library to go to."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication

from readinglist.library.answers import Counts
from readinglist.papers.paper import Listing, ReadingState
from readinglist.ui import wording
from readinglist.ui.action_menus import Actions
from readinglist.ui.actions import ACTIONS, MENUS
from readinglist.ui.command_palette import Command
from readinglist.ui.filter_words import listing_filter, state_filter, tag_filter
from readinglist.ui.paper_wording import STATE_ICONS, state_name

translate = QCoreApplication.translate


def action_commands(actions: Actions) -> Iterator[Command]:
    """The actions that can be done now, in the order of the menus; the palette itself is left out."""
    for row in ACTIONS:
        action = actions.action(row.id)
        if not action.isEnabled() or row.id == "commands":
            continue
        keys = actions.keys(row.id)
        menu = " › ".join(_menu_words(part) for part in _menu_path(row.menu))
        yield Command(wording.without_mnemonic(action.text()), menu, action.trigger, keys[0] if keys else "", row.icon)


def place_commands(counts: Counts, go: Callable[[str], object], show: Callable[[str], object]) -> Iterator[Command]:
    """The places of the library, each with the filter that `go` is called with; smart lists `show` their queries."""
    place = translate("Commands", "Library")
    yield Command(translate("Commands", "All papers"), place, lambda: go(""), icon="all-papers")
    for state in ReadingState:
        yield Command(state_name(state), place, partial(go, state_filter(state)), icon=STATE_ICONS[state])
    yield Command(translate("Commands", "Starred"), place, lambda: go("is:starred"), icon="star")
    yield Command(translate("Commands", "Trash"), place, lambda: go("is:trashed"), icon="trash")
    for each in counts.smart_lists:
        kept, hint = each.smart_list, translate("Commands", "Smart list")
        yield Command(kept.name, hint, partial(show, kept.query), icon=kept.icon)
    for listing in counts.listings:
        yield _listing_command(listing, go)
    for tag in counts.tags:
        yield _tag_command(tag.name, go)


def _listing_command(listing: Listing, go: Callable[[str], object]) -> Command:
    hint = translate("Commands", "Listing")
    return Command(wording.listing(listing), hint, lambda: go(listing_filter(listing)), icon="listing")


def _tag_command(name: str, go: Callable[[str], object]) -> Command:
    return Command(name, translate("Commands", "Tag"), lambda: go(tag_filter(name)), icon="tag")


def _menu_path(menu: str) -> tuple[str, ...]:
    return (menu.split("/", maxsplit=1)[0], menu) if "/" in menu else (menu,)


def _menu_words(menu: str) -> str:
    return wording.without_mnemonic(translate("Actions", MENUS[menu]))
