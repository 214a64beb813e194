"""One paper as an RIS record, in the tags that Zotero and EndNote use for its type.

What RIS has no tag for stands in M2, which Zotero takes for its Extra field and other programs leave alone; see
`exact_lines`. Each record is read back while it is written, and M2 says whatever the tags could not.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from readinglist.formats import ris_types
from readinglist.formats.exact_lines import lines_beyond, lines_without_field
from readinglist.formats.fields import names, plain
from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.formats.loose_values import is_usual_year, name_text
from readinglist.formats.ris_fields import database_remarks, paper_of
from readinglist.formats.ris_lines import Tagged, records_of
from readinglist.papers.paper import Author, Paper

# The fields of BibTeX that have a tag of their own for all types.
_TAGS = (
    ("VL", "volume"), ("IS", "number"), ("ET", "edition"), ("NV", "volumes"), ("PB", "publisher"), ("CY", "address"),
    ("SN", "issn"), ("SN", "isbn"), ("LA", "language"), ("ST", "shorttitle"), ("L1", "file"),
)  # fmt: skip
_DAY = re.compile(r"[12]\d{3}(?:-\d\d){0,2}")
_READ_ON = date(2000, 1, 1)  # notes are compared without their days
_INDENT = "  "  # a line that begins with blanks is never taken for a tag


def text_of(paper: Paper, *, personal: bool) -> str:
    r"""The record of a paper with an empty line behind it, with "\n" at line ends."""
    values = [(tag, value) for tag, value in _values(paper, personal=personal) if value]
    lines = lines_without_field(paper, personal=personal)
    back = _read_back(_text(values, lines))
    return _text(values, lines + lines_beyond(paper, back, personal=personal))


def _text(values: Iterable[tuple[str, str]], lines: Iterable[str]) -> str:
    written = [f"{tag}  - {value}\n" for tag, value in values]
    written += [f"M2  - {line}\n" for line in lines]
    return f"{''.join(written)}ER  - \n\n"


def _read_back(text: str) -> Paper:
    found = next(record for record in records_of(text) if isinstance(record, Tagged))
    return paper_of(found.repaired(), _READ_ON)[0]


def _values(paper: Paper, *, personal: bool) -> Iterator[tuple[str, str]]:
    extra = paper.extra
    yield "TY", _type(paper)
    yield "ID", clean_line(paper.citation_key)
    yield "TI", clean_line(paper.title)
    yield from _people("AU", paper.authors)
    yield from _people(_editor_tag(paper), names(extra, "editor"))
    yield from _people("A4", names(extra, "translator"))
    yield from _venue(paper)
    yield from _dates(paper)
    yield from ((tag, clean_line(plain(extra, name))) for tag, name in _TAGS if name in extra)
    yield from _pages(paper)
    yield "DO", clean_line(paper.doi)
    yield "UR", clean_line(paper.url)
    yield from (("KW", clean_line(word)) for word in paper.keywords)
    if personal:
        yield from (("KW", clean_line(tag)) for tag in paper.tags if tag not in paper.keywords)
    yield "AB", _indented(paper.abstract)
    yield from _other_programs(extra)
    yield from (("N1", remark) for remark in database_remarks(clean_line(plain(extra, "note"))))
    if personal:
        yield from (("N1", _indented(note.text)) for note in paper.notes)


def _type(paper: Paper) -> str:
    """The type of RIS: the one that it was read as, if it still fits."""
    before = plain(paper.extra, "x-ris-type")
    if before and ris_types.ENTRY_TYPES.get(before, "misc") == paper.entry_type:
        return before
    return ris_types.RIS_TYPES.get(paper.entry_type, "GEN")


def _people(tag: str, authors: Iterable[Author]) -> Iterator[tuple[str, str]]:
    return ((tag, clean_line(name_text(author))) for author in authors)


def _editor_tag(paper: Paper) -> str:
    if paper.entry_type in ris_types.PUBLISHED:
        return "A3" if "x-ris-a2" in paper.extra else "ED"
    return "A2"


def _venue(paper: Paper) -> Iterator[tuple[str, str]]:
    venue, extra = clean_line(paper.venue), paper.extra
    series = clean_line(plain(extra, "series"))
    if paper.entry_type in ris_types.PUBLISHED or paper.entry_type in ris_types.BY_INSTITUTIONS:
        yield "T2", series
        yield "PB", venue
        yield "M3", clean_line(plain(extra, "type")) or _KINDS.get(paper.entry_type, "")
        return
    event = clean_line(plain(extra, "eventtitle")) if paper.entry_type == "inproceedings" else ""
    yield "C3", venue if event else ""
    yield "T2", event or venue
    yield "J2", clean_line(plain(extra, "shortjournal"))
    yield "T3", series
    if paper.entry_type in {"unpublished", "online", "misc"}:
        yield "M3", clean_line(plain(extra, "type"))


_KINDS = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}


def _dates(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "PY", str(paper.year) if is_usual_year(paper.year) else ""
    yield "DA", _day(plain(paper.extra, "date"))
    yield "Y2", _day(plain(paper.extra, "urldate"))


def _day(text: str) -> str:
    """A day such as 2019-05-03 as RIS has it, 2019/05/03/, with nothing for what is not known."""
    if _DAY.fullmatch(text) is None:
        return ""
    year, month, day = [*text.split("-"), "", ""][:3]
    return f"{year}/{month}/{day}/"


def _pages(paper: Paper) -> Iterator[tuple[str, str]]:
    first, _, last = plain(paper.extra, "pages").replace("–", "--").partition("--")
    if not first and "pagetotal" in paper.extra:
        first = plain(paper.extra, "pagetotal")
    yield "SP", clean_line(first)
    yield "EP", clean_line(last)


def _indented(text: str) -> str:
    first, *others = clean_lines(text).split("\n")
    return "\n".join([first, *(f"{_INDENT}{line}" if line else "" for line in others)])


def _other_programs(extra: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Tags that were kept as they stood, such as the number of a record in a database."""
    for name in extra:
        tag = name.removeprefix("x-ris-").upper()
        if tag in {"A2", "A3", "A4"}:
            yield from _people(tag, names(extra, name))
        elif name.startswith("x-ris-") and len(tag) == 2 and tag.isalnum() and tag not in {"TY", "ER", "M2"}:
            yield tag, clean_line(plain(extra, name))
    yield "C2", clean_line(plain(extra, "pmcid"))
    yield "C7", clean_line(plain(extra, "eid"))
