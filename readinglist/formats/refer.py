"""EndNote's tagged format (.enw) and the refer and BibIX files that it comes from, in.

The tags are put into those of RIS, which say the same (EndNote manual, "EndNote Import"; refer(1)).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from readinglist.formats.latex_text import clean_line
from readinglist.formats.loose_values import doi_of, name_text
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.ris_fields import paper_of
from readinglist.papers.author_names import author_of

_LOOKED_AT = 1 << 16
_TAG = re.compile(r"[ \t\ufeff]{0,4}%([A-Z0-9?@!#$\]&()*+^><\[=~])(?:[ \t\xa0]+(.*)|)", re.DOTALL)
_IN_HEAD = re.compile(r"^%([A-Z0-9@])[ \t\xa0]+\S", re.MULTILINE)
_FIRST = re.compile(r"[\s\ufeff]*%[A-Z0-9][ \t\xa0]+\S")

_RIS_TAGS = MappingProxyType(
    {
        "A": "AU", "B": "T2", "C": "CY", "D": "PY", "E": "ED", "F": "ID", "G": "LA", "H": "TA", "I": "PB", "J": "JF",
        "K": "KW", "L": "CN", "M": "AN", "N": "IS", "O": "J2", "P": "SP", "Q": "TT", "R": "L3", "S": "T3", "T": "TI",
        "U": "UR", "V": "VL", "W": "DP", "X": "AB", "Y": "A4", "Z": "N1", "0": "TY", "1": "C1", "2": "C2", "3": "C3",
        "4": "C4", "6": "NV", "7": "ET", "8": "DA", "9": "M3", "?": "A4", "@": "SN", "!": "ST", "#": "C5", "$": "C6",
        "]": "C7", "&": "SE", "(": "OP", ")": "RP", "*": "RI", "+": "AD", "^": "CA", ">": "L1", "<": "RN", "[": "Y2",
        "=": "LM", "~": "DB",
    }
)  # fmt: skip
RIS_TYPES = MappingProxyType(
    {
        "aggregated database": "AGGR", "ancient text": "ANCIENT", "artwork": "ART", "audiovisual material": "ADVS",
        "bill": "BILL", "blog": "BLOG", "book": "BOOK", "book section": "CHAP", "case": "CASE", "catalog": "CTLG",
        "chart or table": "CHART", "classical work": "CLSWK", "computer program": "COMP", "conference paper": "CPAPER",
        "conference proceedings": "CONF", "dataset": "DATA", "dictionary": "DICT", "edited book": "EDBOOK",
        "electronic article": "EJOUR", "electronic book": "EBOOK", "electronic book section": "ECHAP",
        "electronic source": "ELEC", "encyclopedia": "ENCYC", "equation": "EQUA", "figure": "FIGURE",
        "film or broadcast": "MPCT", "generic": "GEN", "government document": "GOVDOC", "grant": "GRANT",
        "hearing": "HEAR", "journal": "JFULL", "journal article": "JOUR", "legal rule or regulation": "LEGAL",
        "magazine article": "MGZN", "manuscript": "MANSCPT", "map": "MAP", "music": "MUSIC",
        "newspaper article": "NEWS", "online database": "DBASE", "online multimedia": "MULTI", "pamphlet": "PAMP",
        "patent": "PAT", "personal communication": "PCOMM", "report": "RPRT", "serial": "SER", "standard": "STAND",
        "statute": "STAT", "thesis": "THES", "unpublished work": "UNPB", "web page": "ELEC",
    }
)  # fmt: skip


@dataclass(slots=True)
class _Block:
    """One record: its first line (from 1), and its tags with the lines of their values, in order."""

    line: int
    values: list[tuple[str, list[str]]] = field(default_factory=list)

    def has(self, tag: str) -> bool:
        return any(each == tag for each, _ in self.values)


def sniff(text: str) -> bool:
    """Whether a text begins with a tag such as %0, and has a title and another tag."""
    head = text[:_LOOKED_AT]
    if _FIRST.match(head) is None:
        return False
    tags = set(_IN_HEAD.findall(head.lstrip("\ufeff \t\n")))
    return ("T" in tags or "B" in tags) and len(tags) > 1


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of the file in order. A record begins with %0, or behind an empty line."""
    position = 0
    for block in _blocks(text):
        values = _ris_values(block)
        if not any(value for tag, value in values if tag != "TY"):
            yield Skipped(block.line, "The record is empty.")
            continue
        position += 1
        paper, problems = paper_of(values, today, block.line)
        yield from problems
        yield Record(paper, block.line, position)


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    gap = False
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.fullmatch(line)
        if found:
            if block is None or _begins(block, found[1], gap=gap):
                if block is not None:
                    yield block
                block = _Block(number)
            block.values.append((found[1], [(found[2] or "").strip()]))
        elif block is not None:
            block.values[-1][1].append(line.strip())
        gap = not line.strip()
    if block is not None:
        yield block


def _begins(block: _Block, tag: str, *, gap: bool) -> bool:
    """Whether a tag begins the next record; an empty line may stand within a record of EndNote, too."""
    if tag == "0":
        return gap or block.has("0")
    return gap and (not block.has("0") or (tag in {"A", "T"} and block.has("T")))


def _ris_values(block: _Block) -> list[tuple[str, str]]:
    values = [(_RIS_TAGS[tag], _value(tag, lines)) for tag, lines in block.values if tag in _RIS_TAGS]
    if block.has("0"):
        values = [(tag, RIS_TYPES.get(value.lower(), value) if tag == "TY" else value) for tag, value in values]
    else:
        values = [("TY", _guessed_type(block)), *((tag, _inverted(tag, value)) for tag, value in values)]
    languages = ", ".join(value for tag, value in values if tag == "LA" and value)
    values = [(tag, value) for tag, value in values if tag != "LA"]
    return [*values, ("LA", languages)]


def _value(tag: str, lines: list[str]) -> str:
    text = "\n".join(lines).strip("\n")
    if tag in {"X", "Z", "<", "K"}:
        return text
    value = clean_line(text)
    return doi_of(value) or value if tag == "R" else value


def _guessed_type(block: _Block) -> str:
    """The type of a record of refer, which has none: by the fields that it has."""
    if block.has("J"):
        return "JOUR"
    if block.has("B"):
        return "CHAP"
    if block.has("R"):
        return "RPRT"
    return "BOOK" if block.has("I") else "GEN"


def _inverted(tag: str, value: str) -> str:
    """A name of refer, which stands in reading order."""
    return name_text(author_of(value)) if tag in {"AU", "ED"} and "," not in value else value
