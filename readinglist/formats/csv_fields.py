"""The cells of one row, by field, to a paper: through the tags of RIS, which know what each type of paper has where."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from readinglist.formats.csv_columns import plain_name
from readinglist.formats.csv_names import authors_in, list_in
from readinglist.formats.exact_lines import with_lines
from readinglist.formats.fields import put, put_names
from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.formats.loose_values import arxiv_id_of, different, split_list
from readinglist.formats.record import Problem
from readinglist.formats.ris_fields import paper_of, plain_or_html
from readinglist.formats.ris_types import ENTRY_TYPES, RIS_TYPES
from readinglist.formats.zotero_extra import apply_extra, entry_type_of
from readinglist.papers.identifiers import arxiv_id_in
from readinglist.papers.paper import Note, Paper, ReadingState

NOTE_BORDER = "\n\n----\n\n"
_TAGS = {
    "title": "TI", "year": "PY", "date": "DA", "abstract": "AB", "venue": "T2", "publisher": "PB", "address": "CY",
    "doi": "DO", "url": "UR", "volume": "VL", "number": "IS", "pages": "SP", "first_page": "SP", "last_page": "EP",
    "edition": "ET", "series": "T3", "issn": "SN", "isbn": "SN", "pmid": "U1", "pmcid": "U2", "language": "LA",
    "shorttitle": "ST", "shortjournal": "J2", "file": "L1", "urldate": "Y2", "kind": "M3",
}  # fmt: skip
# Kinds of articles to Scopus and Web of Science, and something else to BibLaTeX and CSL.
_IN_DATABASES = frozenset({"review", "letter"})
_SAY_LITTLE = frozenset({"thesis", "report"})  # of Zotero, which has the kind of them in another column
_OTHER_TYPES = {
    "conference": "CONF", "proceedingspaper": "CONF", "proceedingsarticle": "CONF", "conferenceproceeding": "CONF",
    "conferenceproceedings": "CONF", "conferencereview": "CONF", "c": "CONF", "b": "BOOK", "monograph": "BOOK",
    "editedbook": "EDBOOK", "bookchapter": "CHAP", "dissertation": "THES", "postedcontent": "GEN", "j": "JOUR",
}  # fmt: skip
_SOURCE = re.compile(
    r"(?P<journal>[^\n]{1,300}?) \((?P<year>[12]\d{3})\)(?: (?P<volume>[^\s:]{1,20})(?::(?P<number>[^\s(]{1,20}))?)?"
    r"(?: \((?P<pages>[^()\s]{1,30})\))?(?:\.|$)"
)
_YES = frozenset({"yes", "true", "1", "y", "x", "★", "*", "✓", "starred", "favorite", "favourite"})
_NO = frozenset({"no", "false", "0", "n", "-", "☆"})
_SEVERAL = frozenset({"issn", "isbn", "url"})
_MEANT_AS_RIS = {"pmid": "{}[pmid]", "pmcid": "{}[pmcid]"}


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and the field that it holds; a field that starts with "x-" is none of ours."""

    field: str
    text: str


def paper_of_cells(cells: Sequence[Cell], today: date, line: int = 1) -> tuple[Paper, list[Problem]]:
    """The paper of a row, and what is wrong with it. Cells that are not empty; of a field said twice the first counts.

    Args:
        cells: the cells in the order of the columns.
        today: the day that new notes are dated with.
        line: where the row begins, for the problems.
    """
    texts: dict[str, list[str]] = {}
    for cell in cells:
        texts.setdefault(cell.field, []).append(cell.text)
    _part_source(texts)
    kind = texts.pop("entry_type", [""])[0]
    paper, problems = paper_of([("TY", _ris_type(kind, texts)), *_tagged(texts)], today, line)
    paper = _with_type(paper, kind)
    paper = _with_identifiers(paper, texts)
    paper = _with_people(paper, texts)
    paper = _with_own(paper, texts, today)
    extra = {**paper.extra}
    for field, values in texts.items():
        if field.startswith("x-") or field in {"pagetotal", "eid"}:
            put(extra, field, "; ".join(values))
    return with_lines(replace(paper, extra=extra), "\n".join(texts.get("extra", ()))), problems


def _part_source(texts: dict[str, list[str]]) -> None:
    """Take apart where a paper appeared, if that is all in one cell, as Embase has it."""
    found = _SOURCE.match(texts.get("venue", [""])[0])
    if found and "year" not in texts:
        texts["venue"] = [found["journal"]]
        for name in ("year", "volume", "number", "pages"):
            if found[name] and name not in texts:
                texts[name] = [found[name]]


def _ris_type(kind: str, texts: Mapping[str, Sequence[str]]) -> str:
    """The type of RIS for the type that a table gives; without one, an article where there is a journal."""
    word = _type_word(kind)
    if word.upper() in ENTRY_TYPES:
        return word.upper()
    entry_type = _known_type(word) or ("" if word.lower() in _IN_DATABASES else entry_type_of(word))
    if entry_type:
        return RIS_TYPES.get(entry_type, "GEN")
    return _OTHER_TYPES.get(plain_name(word), "JOUR" if "venue" in texts else "GEN")


def _type_word(kind: str) -> str:
    """The first of several types, as in "Article; Early Access" of Web of Science."""
    return clean_line(kind.partition(";")[0])


def _known_type(word: str) -> str:
    """The type of BibTeX or BibLaTeX that a word is, if it means the same to databases."""
    return word.lower() if word.lower() in RIS_TYPES.keys() - _IN_DATABASES - _SAY_LITTLE else ""


def _with_type(paper: Paper, kind: str) -> Paper:
    """The type of BibTeX that a table names, rather than the one that RIS makes of it; any other name is kept."""
    word = _type_word(kind)
    if _known_type(word):
        extra = {name: raw for name, raw in paper.extra.items() if name != "x-ris-type"}
        return replace(paper, entry_type=word.lower(), extra=extra)
    extra = {**paper.extra}
    if word and word.upper() not in ENTRY_TYPES and (word.lower() in _IN_DATABASES or not entry_type_of(word)):
        put(extra, "x-csv-type", kind)
    return replace(paper, extra=extra)


def _tagged(texts: dict[str, list[str]]) -> list[tuple[str, str]]:
    tagged = []
    for field, tag in _TAGS.items():
        values = texts.get(field, [])
        for value in values if field in _SEVERAL else values[:1]:
            meant = _MEANT_AS_RIS.get(field, "{}").format(value) if value.isalnum() else value
            tagged.append((tag, meant))
    tagged += [("KW", word) for word in _words(texts.get("keywords", ()))]
    return tagged


def _words(cells: Sequence[str]) -> tuple[str, ...]:
    """The words of lists with ";", "|" or line ends between them, or else with commas."""
    words = [word for cell in cells for part in list_in(cell) for word in split_list(part.replace("|", ";"))]
    if len(words) == len(cells) and "," in "".join(words):
        words = [clean_line(part) for word in words for part in word.split(",")]
    return different(map(clean_line, words))


def _with_identifiers(paper: Paper, texts: dict[str, list[str]]) -> Paper:
    given = clean_line(" ".join(texts.get("arxiv_id", ())[:1]))
    arxiv_id = arxiv_id_in(given) or arxiv_id_of(given)
    key = clean_line(" ".join(texts.get("citation_key", ())[:1]))
    extra = {**paper.extra}
    if not arxiv_id:
        put(extra, "x-csv-arxiv", given)
    return replace(paper, arxiv_id=arxiv_id or paper.arxiv_id, citation_key=key, extra=extra)


def _with_people(paper: Paper, texts: dict[str, list[str]]) -> Paper:
    """Authors by the cell that says most: programs give short names in one column, and full ones in another."""
    authors = max(map(authors_in, texts.get("authors", ())), key=_length, default=())
    extra = {**paper.extra}
    for field in ("editor", "translator"):
        put_names(extra, field, authors_in("; ".join(texts.get(field, ()))))
    return replace(paper, authors=authors, extra=extra)


def _length(authors: Sequence[Any]) -> tuple[int, int]:
    return len(authors), sum(len(author.display) for author in authors)


def _with_own(paper: Paper, texts: dict[str, list[str]], today: date) -> Paper:
    """What a reader did with the paper; what is not understood of it is kept."""
    extra = {**paper.extra}
    values: dict[str, Any] = {"tags": _words(texts.get("tags", ())), "notes": _notes(texts.get("notes", ()), today)}
    for field, reader in _OWN.items():
        for text in texts.get(field, ())[:1]:
            found = reader(clean_line(text))
            if found is None:
                put(extra, f"x-csv-{field.replace('_', '-')}", text)
            else:
                values[field] = found
    return replace(paper, extra=extra, **values)


def _notes(cells: Sequence[str], today: date) -> tuple[Note, ...]:
    when = datetime.combine(today, time(), UTC)
    texts = [plain_or_html(text) for cell in cells for text in clean_lines(cell).split(NOTE_BORDER)]
    return tuple(Note("", text, when, when) for text in texts if text)


def _state(text: str) -> ReadingState | None:
    found = apply_extra(f"Read_Status: {text}")[0].get("state")
    return None if found is None else ReadingState(found)


def _starred(text: str) -> bool | None:
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def _rating(text: str) -> int | None:
    found = apply_extra(f"Rating: {text}")[0].get("rating")
    return None if found is None else int(found)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


_OWN: dict[str, Callable[[str], object]] = {
    "state": _state, "starred": _starred, "rating": _rating, "added": _moment, "read_at": _moment,
}  # fmt: skip
