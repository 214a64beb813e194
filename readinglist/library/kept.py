"""Values worked out from the library, kept until it changes."""

from collections.abc import Callable
from typing import Generic, TypeVar

from readinglist.store.paper_store import PaperStore

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """Values worked out once for each state of the library, for any thread that asks."""

    def __init__(self, store: PaperStore) -> None:
        self._store = store
        self._version = -1
        self._values: dict[K, V] = {}

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value for a key, made now if the library changed since it was made last."""
        version = self._store.version()
        if version != self._version:
            self._version, self._values = version, {}
        values = self._values
        if key not in values:
            values[key] = make()
        return values[key]
