"""The tags of an RIS record beyond those of every paper, to fields of BibTeX: pages, numbers, editors, PubMed's ids."""

import re

from readinglist.formats import ris_types
from readinglist.formats.fields import put, put_names
from readinglist.formats.latex_text import clean_line
from readinglist.formats.loose_values import day_of, different, pages_of, people, serial_numbers
from readinglist.formats.ris_tags import Tags, shown

_WITH_KIND = frozenset({"techreport", "standard", "unpublished", "online", "misc"})
_PMCID = re.compile(r"(PMC\d{3,9})(?:\[pmcid\])?")
_PMID = re.compile(r"(\d{1,15})\[pmid\]")
_NUMBER = re.compile(r"[\w./() -]{0,12}\d[\w./() -]{0,12}")
# Tags that mean the same for all types, by the BibTeX field that takes them.
_PLAIN_FIELDS = (
    ("volume", ("VL", "VO")), ("number", ("IS",)), ("volumes", ("NV",)),
    ("language", ("LA",)), ("series", ("T3",)), ("publisher", ("PB", "PU")), ("address", ("CY", "PP", "PI")),
)  # fmt: skip


def take_further_fields(tags: Tags, entry_type: str) -> None:
    """Put what a paper has no attribute for into fields of BibTeX, and all that is left into `x-ris-...`."""
    for name, names in _PLAIN_FIELDS:
        if name not in tags.extra:
            put(tags.extra, name, shown(tags.first(*names)))
    put(tags.extra, "file", " ".join(tags.all("L1")))
    _take_edition_and_number(tags, entry_type)
    _take_pages(tags, entry_type)
    _take_serial_numbers(tags, entry_type)
    _take_people(tags, entry_type)
    _take_ids_of_medicine(tags)
    if entry_type in _WITH_KIND and "type" not in tags.extra:
        put(tags.extra, "type", shown(tags.first("M3")))
    for tag, values in tags.left.items():
        name = f"x-ris-{tag.lower()}" if len(tag) == 2 else f"x-{tag.lower()}"
        put(tags.extra, name, "; ".join(different(map(clean_line, values))))


def _take_edition_and_number(tags: Tags, entry_type: str) -> None:
    edition = clean_line("".join(tags.left.get("ET", ())[:1]))
    if entry_type not in ris_types.IN_JOURNALS or day_of(edition).year is None:  # of an article, EndNote's online day
        put(tags.extra, "edition", shown(tags.first("ET")))
    if entry_type in ris_types.IN_BOOKS:
        put(tags.extra, "chapter", shown(tags.first("SE")))
    if entry_type == "article":
        put(tags.extra, "eid", shown(tags.first("C7")))
        if "number" not in tags.extra and _NUMBER.fullmatch("".join(tags.left.get("M1", ()))):
            put(tags.extra, "number", shown(tags.first("M1")))


def _take_pages(tags: Tags, entry_type: str) -> None:
    first, last = clean_line(tags.first("SP")), clean_line(tags.first("EP"))
    if (first, last) == ("No", "Specified"):
        return  # Ovid's "No Pages Specified"
    counted = entry_type in ris_types.COUNTED_PAGES and not last and "-" not in first
    put_pages(tags.extra, "pagetotal" if counted else "pages", pages_of(first, last))


def put_pages(extra: dict[str, str], name: str, pages: str) -> None:
    """Set pages, in which "--" stays what BibTeX takes for a range."""
    put(extra, name, pages)
    if name in extra:
        extra[name] = extra[name].replace("-{}-", "--")


def _take_serial_numbers(tags: Tags, entry_type: str) -> None:
    """ISSN and ISBN, which share a tag with the numbers of reports and patents."""
    texts = [clean_line(value) for value in tags.all("SN")]
    if entry_type in {"techreport", "patent"}:
        issns, isbns, others = serial_numbers(texts) if entry_type == "techreport" else ([], [], texts)
        if others and "number" not in tags.extra:
            put(tags.extra, "number", others.pop(0))
    else:
        issns, isbns, others = serial_numbers(texts)
    put(tags.extra, "issn", ", ".join(issns))
    put(tags.extra, "isbn", ", ".join(isbns))
    if others:
        kind = "issn" if entry_type == "article" else "isbn"
        put(tags.extra, kind if kind not in tags.extra else "x-ris-sn", ", ".join(others))


def _take_people(tags: Tags, entry_type: str) -> None:
    """Editors and translators. Zotero has a book's own editors in A3, and those of its series in A2."""
    series = entry_type in ris_types.PUBLISHED and bool(tags.left.get("A3"))
    _put_people(tags, "editor", "ED", *(("A3",) if series else ("A2",)))
    _put_people(tags, "x-ris-a2", "A2")
    _put_people(tags, "x-ris-a3", "A3")
    if entry_type in {"inproceedings", "movie", "jurisdiction"}:
        _put_people(tags, "x-ris-a4", "A4")
    _put_people(tags, "translator", "A4")


def _put_people(tags: Tags, name: str, *of_people: str) -> None:
    put_names(tags.extra, name, [author for value in tags.all(*of_people) for author in people(clean_line(value))])


def _take_ids_of_medicine(tags: Tags) -> None:
    """PubMed's numbers, which JabRef has in U1 and U2, EndNote in C2, and PubMed's own exports in AN."""
    for tag in ("U1", "U2", "C2"):
        for value in tuple(tags.left.get(tag, ())):
            pmid, pmcid = _PMID.fullmatch(value), _PMCID.fullmatch(value)
            if pmid or pmcid:
                tags.drop(value, tag)
                tags.extra.setdefault("pmid" if pmid else "pmcid", (pmid or pmcid or [""])[1])
    number = " ".join(tags.left.get("AN", ()))
    source = " ".join(tags.left.get("DB", ())).lower()
    if number.isdecimal() and ("pubmed" in source or "medline" in source or tags.extra.get("pmid") == number):
        tags.all("AN")
        tags.extra["pmid"] = number
