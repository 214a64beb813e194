"""PubMed's own format (NBIB, MEDLINE), in: tags of up to four letters, a dash in the fifth column, wrapped lines.

The tags are put into those of RIS where these say the same (nlm.nih.gov/bsd/mms/medlineelements.html).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from readinglist.formats.latex_text import clean_line
from readinglist.formats.loose_values import doi_of, name_text, person
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.ris_fields import paper_of

_LOOKED_AT = 1 << 16
_TAG = re.compile(r"\ufeff?([A-Z]{2}  |[A-Z]{3} |[A-Z]{4})-(?: ?(.*))", re.DOTALL)
_IN_HEAD = re.compile(r"^\ufeff?(?:([A-Z]{4})-|([A-Z]{3}) -|([A-Z]{2})  -)", re.MULTILINE)
# No other format has these.
_OWN_TAGS = frozenset({
    "PMID", "PMCR", "PMC", "OWN", "STAT", "DCOM", "FAU", "EDAT", "CRDT", "PHST", "LID", "AID", "MHDA",
})  # fmt: skip

_RIS_TAGS = MappingProxyType(
    {
        "TI": "TI", "TT": "TT", "AB": "AB", "JT": "JF", "TA": "J2", "VI": "VL", "IP": "IS", "PG": "SP", "DP": "PY",
        "IS": "SN", "ISBN": "SN", "LA": "LA", "MH": "KW", "OT": "KW", "PB": "PB", "EN": "ET", "CTI": "T3", "AD": "AD",
    }
)  # fmt: skip
# How PubMed deals with a record is no part of the paper.
_HOUSEKEEPING = frozenset({
    "OWN", "STAT", "DA", "DCOM", "LR", "SB", "EDAT", "MHDA", "CRDT", "PHST", "PST", "SO", "OTO", "JID", "DRDT", "CTDT",
    "PMCR", "RF", "OID", "OABL", "PUBM",
})  # fmt: skip
_KNOWN = _HOUSEKEEPING | set(_RIS_TAGS) | {
    "BTI", "PL", "DP", "DEP", "PT", "FAU", "AU", "CN", "FED", "ED", "LID", "AID", "PMID", "PMC",
}  # fmt: skip
_RIS_TYPES = MappingProxyType(
    {
        "book": "BOOK", "books": "BOOK", "book chapter": "CHAP", "technical report": "RPRT", "dataset": "DATA",
        "academic dissertation": "THES", "dissertation": "THES", "journal article": "JOUR",
    }
)  # fmt: skip
_IDENTIFIER = re.compile(r"(.+?)\s*\[(\w+)\]")


@dataclass(slots=True)
class _Block:
    """One record: its first line (from 1), and its tags and values in order."""

    line: int
    values: list[tuple[str, list[str]]] = field(default_factory=list)

    def all(self, *tags: str) -> list[str]:
        return [value for tag, lines in self.values if tag in tags and (value := clean_line(" ".join(lines)))]


def sniff(text: str) -> bool:
    """Whether a text begins with tags of MEDLINE."""
    head = text[:_LOOKED_AT].lstrip("\ufeff \t\n")
    if _TAG.match(head) is None:
        return False
    tags = {"".join(groups) for groups in _IN_HEAD.findall(head)}
    return not tags.isdisjoint(_OWN_TAGS) and ("PMID" in tags or len(tags) > 1)


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of the file in order. A record begins with its PMID, or behind an empty line."""
    position = 0
    for block in _blocks(text):
        if not any(value for tag, lines in block.values if tag not in _HOUSEKEEPING for value in lines):
            yield Skipped(block.line, "The record has no title, and no other detail of a paper.")
            continue
        position += 1
        yield from _entry(block, today, position)


def _entry(block: _Block, today: date, position: int) -> Iterator[Record | Problem]:
    paper, problems = paper_of(_ris_values(block), today, block.line)
    yield from problems
    yield Record(paper, block.line, position)


def _blocks(text: str) -> Iterator[_Block]:
    block: _Block | None = None
    gap = False
    for number, line in enumerate(text.split("\n"), start=1):
        found = _TAG.fullmatch(line)
        if found:
            tag = found[1].strip()
            if block is None or gap or (tag == "PMID" and block.all("PMID")):
                if block is not None:
                    yield block
                block = _Block(number)
            block.values.append((tag, [found[2]]))
        elif block is not None and line.strip():
            block.values[-1][1].append(line.strip())
        gap = not line.strip()
    if block is not None:
        yield block


def _ris_values(block: _Block) -> list[tuple[str, str]]:
    kind = _kind(block)
    values = [("TY", kind), *_names(block), *_book(block, kind), *_identifiers(block)]
    values += [(_RIS_TAGS[tag], clean_line(" ".join(lines))) for tag, lines in block.values if tag in _RIS_TAGS]
    days = block.all("DP") or block.all("DEP")
    values += [("PY", day) for day in days[:1]]
    others = (tag for tag in _tags(block) if tag not in _KNOWN)
    values += [(f"nbib-{tag}", value) for tag in others for value in block.all(tag)]
    return values


def _book(block: _Block, kind: str) -> Iterator[tuple[str, str]]:
    """The title of a book, and where it appeared; of a journal, PubMed tells the country."""
    within = kind == "CHAP" or block.all("TI")
    for title in block.all("BTI"):
        yield "BT" if within else "TI", title
    for place in block.all("PL"):
        yield "nbib-PL" if kind == "JOUR" else "CY", place


def _tags(block: _Block) -> list[str]:
    return list(dict.fromkeys(tag for tag, _ in block.values))


def _kind(block: _Block) -> str:
    found = [_RIS_TYPES[kind] for value in block.all("PT") if (kind := value.lower()) in _RIS_TYPES]
    if found:
        return found[0]
    return "CHAP" if block.all("BTI") and block.all("TI") else "BOOK" if block.all("BTI") else "JOUR"


def _names(block: _Block) -> Iterator[tuple[str, str]]:
    """Authors and bodies in order; a full name (FAU) comes before its short form (AU)."""
    before = ""
    for tag, lines in block.values:
        value = clean_line(" ".join(lines))
        if tag in {"FAU", "FED"}:
            yield ("AU" if tag == "FAU" else "ED"), value
        elif tag in {"AU", "ED"} and before != f"F{tag}":
            yield tag, name_text(person(value, bare_initials=True))
        elif tag == "CN" and value:
            yield "AU", value if "," not in value else value.replace(",", ",,", 1)
        before = tag if tag in {"FAU", "FED", "AU", "ED"} else before


def _identifiers(block: _Block) -> Iterator[tuple[str, str]]:
    for value in block.all("LID", "AID"):
        found = _IDENTIFIER.fullmatch(value)
        number, kind = found.groups() if found else (value, "doi" if doi_of(value) else "")
        if kind == "doi":
            yield "DO", number
        elif kind == "bookaccession":
            yield "AN", number
        elif value.startswith("http"):
            yield "UR", value  # of ERIC, which exports in this format too
    for value in block.all("PMID")[:1]:
        yield "U1", f"{value}[pmid]" if value.isdecimal() else value
    for value in block.all("PMC")[:1]:
        yield "U2", f"{value}[pmcid]"
