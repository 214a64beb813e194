"""The tags of one RIS record while a paper is made of them: what is not used yet, and the fields that are."""

from dataclasses import dataclass, field
from datetime import date

from readinglist.formats.html_text import plain_line
from readinglist.formats.latex_text import clean_line
from readinglist.formats.record import Problem


@dataclass(slots=True)
class Tags:
    """The tags of a record that are not used yet, by tag, and what was made of the others."""

    left: dict[str, list[str]]
    today: date
    line: int
    extra: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def all(self, *tags: str) -> list[str]:
        """The values of some tags, which are used now."""
        return [value for tag in tags for value in self.left.pop(tag, ())]

    def first(self, *tags: str) -> str:
        """The first value of the first of these tags that has one; further values of that tag stay."""
        for tag in tags:
            values = self.left.get(tag)
            if values:
                value = values.pop(0)
                while value in values:
                    values.remove(value)
                return value
        return ""

    def drop(self, value: str, *tags: str) -> None:
        """What says a second time what is known is used too."""
        for tag in tags:
            if value in self.left.get(tag, ()):
                self.left[tag] = [other for other in self.left[tag] if other != value]


def shown(value: str) -> str:
    """The text of a title or a name on one line, without markup."""
    line = clean_line(value)
    return plain_line(line) if "<" in line or "&" in line else line
