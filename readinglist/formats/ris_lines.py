"""RIS text to records of tagged values, with tags repaired, and lines without a tag put where they belong.

The format: two letters or digits, two blanks, a dash, a blank, the value; TY begins a record and ER ends it
(refman.com "RIS Format Specifications"). Programs write one blank or three, small letters, no ER, and text between
records.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from readinglist.formats.record import Problem

# Of the specification, and of RefMan, EndNote, Zotero, Embase and Ovid beside it.
_TAGS = frozenset({
    "TY", "A1", "A2", "A3", "A4", "AB", "AD", "AN", "AU", "AV", "BT", "C1", "C2", "C3", "C4", "C5", "C6", "C7",
    "C8", "CA", "CN", "CP", "CR", "CT", "CY", "DA", "DB", "DI", "DO", "DP", "ED", "EP", "ER", "ET", "H1", "H2",
    "ID", "IS", "J1", "J2", "JA", "JF", "JO", "K1", "KW", "L1", "L2", "L3", "L4", "LA", "LB", "LK", "M1", "M2",
    "M3", "N1", "N2", "NO", "NV", "OP", "PA", "PB", "PP", "PY", "RD", "RI", "RN", "RP", "RT", "SE", "SF", "SN",
    "SP", "SR", "ST", "SV", "T1", "T2", "T3", "TA", "TI", "TT", "U1", "U2", "U3", "U4", "U5", "UR", "VL", "VO",
    "WP", "WT", "WV", "Y1", "Y2", "YR",
})  # fmt: skip
_USUAL = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*)")
_LOOSE = re.compile(r"([A-Za-z][A-Za-z0-9])[ \t\xa0]{0,4}[-\u2010-\u2013](?:[ \t\xa0](.*)|\s*)")
_START = re.compile(r"[ \t\xa0]{0,8}[Tt][Yy][ \t\xa0]{0,4}[-\u2010-\u2013](?:[ \t\xa0].*|\s*)")
_BARE_END = re.compile(r"ER\s*")
# What stands between records and is no part of any: numbers, rules, and what providers say of themselves.
_NO_RECORD = re.compile(
    r"[\s\ufeff\d.\])(#*=_-]*|E[FR]\s*|[\s\ufeff]*(?:[A-Z][\w -]{1,30}: .{0,300}|(?:<[^<>]{1,200}>\s*)+)"
)
_BLANKS = " \t\xa0"
_WITH_TEXT = frozenset({"AB", "N1", "N2", "RN", "NO", "M2"})
_TITLES = frozenset({"TI", "T1", "CT", "BT", "AU", "A1"})


@dataclass(slots=True)
class Tagged:
    """One record: its first line (from 1), its tags and values in order, and whether ER ended it."""

    line: int
    values: list[tuple[str, str]] = field(default_factory=list)
    ended: bool = False
    after_gap: bool = False

    def repaired(self) -> list[tuple[str, str]]:
        """Tags and values; where one line has all keywords with commas between them, one for each keyword."""
        words = [value for tag, value in self.values if tag == "KW" and value]
        if len(words) != 1 or "," not in words[0] or ";" in words[0] or "\n" in words[0]:
            return self.values
        others = [(tag, value) for tag, value in self.values if tag != "KW"]
        return others + [("KW", word.strip()) for word in words[0].split(",")]

    def holds(self, tags: frozenset[str]) -> bool:
        """Whether one of these tags has a value."""
        return any(tag in tags and value for tag, value in self.values)


def records_of(text: str) -> Iterator[Tagged | Problem]:
    """The records of a text, and problems where something stands between them that is no record.

    A TY within a record begins another one, but where what follows has neither title nor author and no empty line
    before it: then it corrects the type.
    """
    waiting: Tagged | None = None
    for each in _blocks(text):
        if isinstance(each, Problem):
            yield each
            continue
        if waiting is not None:
            if _goes_on(waiting, each):
                waiting.values += each.values
                waiting.ended |= each.ended
                continue
            yield waiting
        waiting = each
    if waiting is not None:
        yield waiting


def _goes_on(record: Tagged, block: Tagged) -> bool:
    if block.values[0][0] != "TY" and not block.holds(_TITLES):
        return True  # Ovid has a tag behind the end
    if record.ended or block.after_gap:
        return False
    return not block.holds(_TITLES) or all(tag == "TY" for tag, _ in record.values)


def _blocks(text: str) -> Iterator[Tagged | Problem]:
    """What stands from one TY to the next, or to ER."""
    reader = _Reader()
    for number, line in _lines(text):
        yield from reader.take(number, line)
    yield from reader.finish()


class _Reader:
    """Takes lines one after the other and gives what stands between one TY and the next, or ER."""

    def __init__(self) -> None:
        self._style = _Style()
        self._block: Tagged | None = None
        self._value = _Value("", "")
        self._gap = True
        self._strange = False

    def take(self, number: int, line: str) -> Iterator[Tagged | Problem]:
        line = line.removeprefix("\ufeff")
        begins = self._block is None or line[:1] not in _BLANKS or self._style.is_indented
        if begins and _START.fullmatch(line):
            self._style = _Style(line)
        found = self._style.tag_of(line)
        if found is None:
            yield from self._without_tag(number, line)
        elif found[0] == "ER":
            self._gap = True
            yield from self.finish(ended=True)
        else:
            if found[0] == "TY":
                yield from self.finish()
            self._begin(number, *found)

    def finish(self, *, ended: bool = False) -> Iterator[Tagged]:
        self._strange = False
        if self._block is not None:
            self._block.values.append(self._value.whole())
            self._block.ended = ended
            yield self._block
        self._block = None

    def _begin(self, number: int, tag: str, value: str) -> None:
        if self._block is None:
            self._block = Tagged(number, after_gap=self._gap)
        else:
            self._block.values.append(self._value.whole())
        self._value = _Value(tag, value)
        self._gap = False

    def _without_tag(self, number: int, line: str) -> Iterator[Problem]:
        if self._block is not None:
            self._value.add(line)
            self._gap = not line.strip()
        elif not self._strange and _NO_RECORD.fullmatch(line) is None:
            self._strange = True
            yield Problem("skipped_entry", number, f"Text that belongs to no record was left out: {_short(line)}")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start, number = 0, 1
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield number, text[start:end]
        start, number = end + 1, number + 1


def _short(line: str) -> str:
    words = " ".join(line[:200].split())
    return f"“{words[:60]}…”" if len(words) > 60 else f"“{words}”"


class _Style:
    """How tags are written in a record, which its TY shows: in capitals or not, and how far from the margin."""

    def __init__(self, first: str = "TY  - ") -> None:
        bare = first.lstrip(_BLANKS)
        self.indent = first[: len(first) - len(bare)]
        self.is_indented = bool(self.indent)
        self._small = bare[:1].islower()

    def tag_of(self, line: str) -> tuple[str, str] | None:
        """The tag and the value of a line; None for a line that goes on with the value before."""
        usual = _USUAL.fullmatch(line)
        if usual:
            return usual[1], usual[2] or ""
        if line[:1] in _BLANKS:
            if not self.is_indented or not line.startswith(self.indent):
                return None
            line = line.lstrip(_BLANKS)
        loose = _LOOSE.fullmatch(line)
        if loose is None or loose[1].upper() not in _TAGS or (loose[1].upper() != loose[1] and not self._small):
            return ("ER", "") if _BARE_END.fullmatch(line) else None
        return loose[1].upper(), loose[2] or ""


class _Value:
    """The value of a tag, over several lines."""

    def __init__(self, tag: str, first: str) -> None:
        self._tag = tag
        self._lines = [first.strip()]

    def add(self, line: str) -> None:
        self._lines.append(line.strip())

    def whole(self) -> tuple[str, str]:
        """In a text, empty lines part paragraphs, in a list of keywords every line is one; else lines are one line."""
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        text = "\n".join(self._lines)
        return self._tag, text if self._tag in _WITH_TEXT or self._tag == "KW" else " ".join(text.split())
