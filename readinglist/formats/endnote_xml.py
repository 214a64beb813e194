"""EndNote's XML, which Mendeley, Zotero and publishers write too, in.

Its elements are put into the tags of RIS, as EndNote's own RIS export has them (EndNote's DTD "RSXML.dtd").
"""

import re
from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from xml.etree.ElementTree import Element

from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.refer import RIS_TYPES
from readinglist.formats.ris_fields import paper_of
from readinglist.formats.xml_text import below, elements, first_text, paragraphs_of, root_of, text_of, texts

_OWN = re.compile(r"<(?:ref-type|rec-number|source-app|contributors|titles|foreign-keys)[\s/>]")
_LOOKED_AT = 1 << 16
_RECORD = "record"

# The names of EndNote's types by the numbers that it writes beside them.
_TYPES = MappingProxyType(
    {
        "1": "aggregated database", "2": "artwork", "3": "audiovisual material", "4": "bill", "5": "book section",
        "6": "book", "7": "case", "8": "classical work", "9": "computer program", "10": "conference proceedings",
        "12": "web page", "13": "generic", "14": "hearing", "17": "journal article", "19": "magazine article",
        "20": "map", "21": "film or broadcast", "23": "newspaper article", "25": "patent",
        "26": "personal communication", "27": "report", "28": "edited book", "31": "statute", "32": "thesis",
        "34": "unpublished work", "36": "manuscript", "37": "figure", "38": "chart or table", "39": "equation",
        "43": "electronic article", "44": "electronic book", "45": "online database", "46": "government document",
        "47": "conference paper", "48": "online multimedia", "50": "legal rule or regulation", "51": "ancient text",
        "52": "dictionary", "53": "encyclopedia", "54": "grant", "55": "serial", "56": "blog", "57": "pamphlet",
        "58": "standard", "59": "dataset", "60": "electronic book section", "61": "music",
    }
)  # fmt: skip

# Elements of one line, and the tags that say the same in RIS; those of several lines follow.
_LINES = MappingProxyType({
    "titles/title": "TI", "titles/secondary-title": "T2", "titles/tertiary-title": "T3",
    "titles/alt-title": "J2", "titles/short-title": "ST", "titles/translated-title": "TT",
    "periodical/full-title": "JF", "periodical/abbr-1": "JA", "alt-periodical/full-title": "J2",
    "alt-periodical/abbr-1": "J2", "contributors/authors/author": "AU",
    "contributors/secondary-authors/author": "A2", "contributors/tertiary-authors/author": "A3",
    "contributors/subsidiary-authors/author": "A4", "contributors/translated-authors/author": "A4",
    "pages": "SP", "volume": "VL", "number": "IS", "issue": "M1", "num-vols": "NV", "edition": "ET",
    "section": "SE", "pub-location": "CY", "publisher": "PB", "orig-pub": "OP", "isbn": "SN",
    "accession-num": "AN", "call-num": "CN", "report-id": "M1", "electronic-resource-num": "DO",
    "label": "LB", "caption": "CA", "work-type": "M3", "reviewed-item": "RI", "reprint-edition": "RP",
    "remote-database-name": "DB", "remote-database-provider": "DP", "language": "LA", "access-date": "Y2",
    "auth-address": "AD", "auth-affiliation": "AD", "meeting-place": "CY", "custom1": "C1", "custom2": "C2",
    "custom3": "C3", "custom4": "C4", "custom5": "C5", "custom6": "C6", "custom7": "C7", "misc1": "M1",
    "misc2": "M3", "urls/pdf-urls/url": "L1", "urls/image-urls/url": "L4", "dates/copyright-dates/date": "Y0",
})  # fmt: skip
_LEVELS = 2  # of elements around one of these
_CONTAINERS = frozenset({"T2", "JF", "JA", "J2"})
_REMARKS = (("notes", "N1"), ("research-notes", "RN"))
# How EndNote deals with a record is no part of the paper.
_HOUSEKEEPING = frozenset(
    {"database", "source-app", "rec-number", "foreign-keys", "ref-type", "contributors", "titles", "periodical",
     "alt-periodical", "dates", "keywords", "abstract", "urls"}
)  # fmt: skip
_KNOWN = _HOUSEKEEPING | {path.partition("/")[0] for path in (*_LINES, *(name for name, _ in _REMARKS))}


def sniff(text: str) -> bool:
    """Whether a text has records with EndNote's elements near its beginning."""
    if root_of(text)[0].lower() not in {"xml", "records"}:
        return False
    head = text[:_LOOKED_AT]
    begin = head.find("<record>")
    return begin >= 0 and _OWN.search(head, begin) is not None


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of the file in order; a damaged record gives what can be read of it."""
    position = 0
    for found in elements(text, (_RECORD,)):
        if isinstance(found, Problem):
            yield found
            continue
        values = list(_values(found.element))
        if not any(value for tag, value in values if tag != "TY"):
            yield Skipped(found.line, "The record is empty.")
            continue
        position += 1
        paper, problems = paper_of(values, today, found.line)
        yield from problems
        yield Record(paper, found.line, position)


def _values(record: Element) -> Iterator[tuple[str, str]]:
    """The tags and values of RIS that a record means."""
    yield "TY", _type(record)
    yield from _one_line_values(record)
    yield from _dates(record)
    yield from _addresses(record)
    yield from (("KW", _lines(keyword)) for keyword in below(record, "keywords/keyword"))
    yield from (("AB", paragraphs_of(abstract)) for abstract in record.findall("abstract"))
    yield from ((tag, _lines(remark)) for name, tag in _REMARKS for remark in record.findall(name))
    yield from ((f"endnote-{other.tag}", text_of(other)) for other in record if other.tag not in _KNOWN)


def _one_line_values(record: Element) -> Iterator[tuple[str, str]]:
    """The values of one line; where a journal or book is named a second time in the same words, the first alone."""
    told: set[str] = set()
    for path, element in _leaves(record, "", _LEVELS):
        tag, text = _LINES[path], text_of(element)
        if tag not in _CONTAINERS or text.casefold() not in told:
            yield tag, text
        if tag in _CONTAINERS:
            told.add(text.casefold())


def _leaves(element: Element, path: str, levels: int) -> Iterator[tuple[str, Element]]:
    """The elements within one that stand at a known path, in order."""
    for child in element:
        place = f"{path}{child.tag}"
        if place in _LINES:
            yield place, child
        elif levels and len(child):
            yield from _leaves(child, f"{place}/", levels - 1)


def _type(record: Element) -> str:
    kind = record.find("ref-type")
    if kind is None:
        return "GEN"
    by_number = RIS_TYPES.get(_TYPES.get(text_of(kind), ""))
    return RIS_TYPES.get((kind.get("name") or "").lower()) or by_number or "GEN"


def _lines(element: Element) -> str:
    """The text of several lines, between which EndNote has carriage returns; the file's own line ends are blanks."""
    return "\n".join(map(clean_line, "".join(element.itertext()).split("\r"))).strip("\n")


def _dates(record: Element) -> Iterator[tuple[str, str]]:
    """The year, and the day or month, which mostly stands without its year."""
    year = next(iter(below(record, "dates/year")), None)
    if year is None:
        return
    number = text_of(year) or year.get("year", "")
    yield "PY", number
    parts = [number, year.get("month", ""), year.get("day", "")]
    if parts[1]:
        yield "DA", "/".join(filter(None, parts))
    for day in texts(record, "dates/pub-dates/date"):
        yield "DA", day if number and number in day else f"{number} {day}".strip()


def _addresses(record: Element) -> Iterator[tuple[str, str]]:
    """Web addresses; what stands there and is none, such as the link of another program, is kept apart."""
    for kind in ("related-urls", "web-urls", "text-urls"):
        for group in below(record, f"urls/{kind}"):
            for url in filter(None, (clean_lines("".join(each.itertext())) for each in group.iter("url"))):
                is_address = "://" in url and url[0].isalpha()
                yield ("UR" if is_address else "endnote-url"), " ".join(url.split())
    if not record.findall("urls/related-urls") and (url := first_text(record, "urls/url")):
        yield "UR", url
