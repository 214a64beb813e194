"""The items of a citation as citeproc-py asks for them, made from CSL-JSON."""
# mypy: allow-subclassing-any, disable-error-code="import-untyped"

import re
from collections.abc import Callable, Mapping
from typing import Any, Self

from citeproc import DATES, NAMES
from citeproc import source as csl
from citeproc.string import String

from readinglist.library.citation_repairs import LETTER, Trace
from readinglist.library.rich_text import typographic, without_marks

Item = Mapping[str, Any]

_NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]+")
_WORDS = frozenset({
    "title", "title-short", "container-title", "container-title-short", "collection-title", "event-title", "event",
    "volume-title", "part-title", "publisher", "publisher-place", "genre", "original-title",
})  # fmt: skip
_NUMBERS = frozenset({"volume", "issue"})
_RANGE = re.compile(r"(?<=\d)--?(?=\d)")
_NO_TEXTS = frozenset({*NAMES, *DATES})
_NO_VARIABLES = frozenset({"id", "type", "language", "custom"})


class Fields(dict[str, Any]):
    """The variables of one item as citeproc-py asks for them, and what was written of them in the entry being made."""

    def __init__(self, item: Item) -> None:
        super().__init__(_variables(item))
        self.type = str(item.get("type", "document"))
        self.trace = Trace()
        self.ambiguous = False

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - text, names, dates
        """The value of a variable.

        Raises:
            VariableError: the item has none.
        """
        if name not in self:
            raise csl.VariableError
        return super().__getitem__(name)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        return self[name]


class Cite(dict[str, Any]):
    """One item in a citation or bibliography; it has no page or chapter of its own (no locator)."""

    has_locator = False

    def __init__(self, reference: Fields, key: int, look: Callable[[], None]) -> None:
        """Make one.

        Args:
            reference: what is known of it.
            key: what tells it from the others; its number as well, until they are sorted.
            look: called before each piece of work on it, to see whether it is still wanted.
        """
        super().__init__()
        self._look = look
        self.reference = reference
        self.key = key
        self.number = key
        self.more_names = 0
        self.letter = ""

    def begun(self, *, cited: bool = False) -> Self:
        """Itself, with nothing written of it yet; `cited` in a citation, else in a bibliography.

        Raises:
            CancelledError: the work is not wanted any more.
        """
        self._look()
        self.reference.trace = Trace(more_names=self.more_names if cited else 0)
        if self.letter:
            self.reference["issued"][LETTER] = self.letter
        return self

    @property
    def locator(self) -> Any:  # noqa: ANN401 - citeproc-py's
        """The place within the item.

        Raises:
            VariableError: always, as papers are cited whole.
        """
        raise csl.VariableError

    def get_field(self, name: str) -> Any:  # noqa: ANN401 - text of citeproc-py's own kinds
        """The text of a variable, for sorting."""
        return self.reference.get(name)


def _variables(item: Item) -> dict[str, Any]:
    """The variables of a CSL item in citeproc-py's own kinds, under both spellings that it asks for."""
    found: dict[str, Any] = {"language": str(item.get("language", "en-US"))}
    for name, value in item.items():
        if name in _NO_VARIABLES or not value:
            continue
        made = _made(value)
        if isinstance(made, str):
            made = None if name.replace("-", "_") in _NO_TEXTS else String(_printed(name, made))
        if made is not None:
            found[name] = found[name.replace("-", "_")] = made
    return found


def _printed(name: str, text: str) -> str:
    """A text with the signs of print."""
    if name in _WORDS:
        return typographic(text)
    return _RANGE.sub("–", text) if name in _NUMBERS else text


def _made(value: object) -> Any:  # noqa: ANN401 - as citeproc-py has it
    """Names, a date or a text; None for what is none of them."""
    if isinstance(value, Mapping):
        return _date(value)
    if isinstance(value, list | tuple):
        return [name for name in map(_name, value) if name is not None] or None
    return without_marks(str(value)) or None


def _name(value: object) -> csl.Name | None:
    if not isinstance(value, Mapping):
        return None
    parts = {part: typographic(without_marks(str(value.get(part) or ""))).strip("-") for part in _NAME_PARTS}
    parts = {part: text for part, text in parts.items() if text}
    literal = typographic(without_marks(str(value.get("literal") or "")))
    literal = literal or ("" if "family" in parts else parts.get("given", ""))
    if not literal and _EAST_ASIAN.fullmatch("".join(parts.values())):
        literal = parts.get("family", "") + parts.get("given", "")  # never turned round, and no blank within
    if literal:
        return csl.Name(literal=literal)
    return csl.Name(**parts) if parts else None


def _date(value: Mapping[str, Any]) -> Any:  # noqa: ANN401 - one of citeproc-py's dates
    parts = value.get("date-parts")
    days = [day for day in map(_day, parts if isinstance(parts, list) else ()) if day is not None]
    if len(days) > 1:
        return csl.DateRange(begin=days[0], end=days[1])
    if days:
        return days[0]
    text = without_marks(str(value.get("literal") or value.get("raw") or ""))
    return csl.LiteralDate(text) if text else None


def _day(parts: object) -> csl.Date | None:
    """A date of one to three numbers; parts that cannot be are left out."""
    numbers: list[int] = []
    for part, most in zip(parts if isinstance(parts, list | tuple) else (), (9999, 12, 31), strict=False):
        if not str(part).isdecimal() or not 0 < int(part) <= most:
            break
        numbers.append(int(part))
    return csl.Date(**dict(zip(("year", "month", "day"), numbers, strict=False))) if numbers else None
