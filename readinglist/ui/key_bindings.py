"""Which keys do what: those of the table of actions, or those that the reader chose instead. No key does two things."""

from collections.abc import Iterable
from dataclasses import dataclass

from readinglist.ui.actions import ACTIONS, BY_ID
from readinglist.ui.key_rules import canonical, in_list_only, menu_keys, why_not
from readinglist.ui.settings import Settings

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A key that is wanted for one action, and another action that has it."""

    key: str
    action: str


class KeyClashError(ValueError):
    """A key was to be given to a second action."""


class KeyBindings:
    """The keys of all actions, as the settings of one user have them.

    Settings that were edited by hand may say what cannot be: keys that are none count as not chosen, a key that was
    chosen for two actions belongs to the first, and one that was chosen goes before the table.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._keys: dict[str, Keys] = {}
        self.read()

    def read(self) -> None:
        """Take the keys from the settings."""
        chosen = {
            action: keys
            for action, text in self._settings.chosen_keys().items()
            if action in BY_ID and (keys := _parsed(text)) is not None
        }
        taken: set[str] = set()
        read: dict[str, Keys] = {}
        for action in sorted(BY_ID, key=lambda each: each not in chosen):
            wanted = chosen.get(action, default_keys(action))
            read[action] = tuple(key for key in wanted if key not in taken)
            taken.update(wanted)
        self._keys = {action.id: read[action.id] for action in ACTIONS}

    def keys(self, action_id: str) -> Keys:
        """All keys of an action, those that work in the whole window first."""
        return self._keys[action_id]

    def everywhere(self, action_id: str) -> Keys:
        """The keys of an action that work in the whole window."""
        return tuple(key for key in self._keys[action_id] if not in_list_only(key))

    def in_list(self, action_id: str) -> Keys:
        """The keys of an action that work only while a list has the focus."""
        return tuple(key for key in self._keys[action_id] if in_list_only(key))

    def is_changed(self, action_id: str) -> bool:
        """Whether an action has other keys than in the table."""
        return self._keys[action_id] != default_keys(action_id)

    def clashes(self, action_id: str, wanted: Iterable[str]) -> list[Clash]:
        """Which of the wanted keys other actions have."""
        others = {key: other for other, keys in self._keys.items() if other != action_id for key in keys}
        return [Clash(key, others[key]) for key in wanted if key in others]

    def give(self, action_id: str, wanted: Iterable[str], *, take: bool = False) -> None:
        """Let an action have these keys and no others, and remember it; with `take` they are taken from other actions.

        Raises:
            KeyClashError: another action has one of them, and it is not to be taken; nothing was changed.
        """
        keys = _ordered(wanted)
        clashes = self.clashes(action_id, keys)
        if clashes and not take:
            raise KeyClashError(f"{clashes[0].key} belongs to {clashes[0].action}")
        for other in {clash.action for clash in clashes}:
            self._set(other, tuple(key for key in self._keys[other] if key not in keys))
        self._set(action_id, keys)
        self._settings.save()

    def reset_all(self) -> None:
        """Let all actions have the keys of the table, and remember it."""
        for action in self._settings.chosen_keys():
            self._settings.choose_keys(action, None)
        self._settings.save()
        self.read()

    def _set(self, action_id: str, keys: Keys) -> None:
        self._keys[action_id] = keys
        self._settings.choose_keys(action_id, None if keys == default_keys(action_id) else " ".join(keys))


def default_keys(action_id: str) -> Keys:
    """The keys of an action in the table, those that work in the whole window first."""
    action = BY_ID[action_id]
    return action.keys + action.list_keys


def _ordered(keys: Iterable[str]) -> Keys:
    """Each key once, those that work in the whole window first."""
    return tuple(sorted(dict.fromkeys(keys), key=in_list_only))


def _parsed(text: str) -> Keys | None:
    """The keys in a text of the settings; None where one of them is none, or can be given to no action."""
    keys = [canonical(word) for word in text.split()]
    menus = menu_keys()
    if not all(key and not why_not(key, menus) for key in keys):
        return None
    return _ordered(keys)
