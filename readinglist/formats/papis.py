"""Papis in: info.yaml of one paper, or several of them one after another as `papis export --format yaml` writes them.

YAML is taken event by event, as text alone: no tag makes an object, no alias multiplies anything, "no" is no answer to
a question. Fields: papis.readthedocs.io (info.yaml), and papis/document.py and papis/crossref.py for who writes what.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from readinglist.formats import csl_tables
from readinglist.formats.csl_dates import Dated, month_in, read_date_text
from readinglist.formats.csl_identifiers import identifiers
from readinglist.formats.csl_names import person
from readinglist.formats.csl_reading import put_pages
from readinglist.formats.fields import put, put_names
from readinglist.formats.html_text import plain_line, plain_text
from readinglist.formats.json_text import any_text, line_of, lines_of
from readinglist.formats.reading import Entry
from readinglist.formats.record import Problem, Record, Skipped
from readinglist.formats.zotero_extra import apply_extra, entry_type_of
from readinglist.papers.author_names import authors_of
from readinglist.papers.identifiers import arxiv_id_in, doi_in
from readinglist.papers.links import find_links
from readinglist.papers.paper import Author, Paper, ReadingState

_SNIFFED = 1 << 16
_TITLE = re.compile(r"^title: ?\S", re.MULTILINE)
_MARK = re.compile(r"^(?:papis_id|author_list|ref|doc_url|time-added|abbrev_journal_title):(?: \S|$)", re.MULTILINE)
_DOCUMENT = re.compile(r"^(?:---(?=[ \t\n]|\Z).*|\.\.\.[ \t]*)$", re.MULTILINE)
_NO_YAML = re.compile("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DEEPEST = 40
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_YES = frozenset({"true", "yes", "on", "1"})

_VENUES: Mapping[str, tuple[str, ...]] = {
    "article": ("journal", "full_journal_title", "journaltitle"),
    "inproceedings": ("booktitle", "journal"), "incollection": ("booktitle", "journal"), "inbook": ("booktitle",),
    "inreference": ("booktitle",), "phdthesis": ("school", "institution", "university", "publisher"),
    "mastersthesis": ("school", "institution", "university", "publisher"),
    "thesis": ("school", "institution", "university", "publisher"), "techreport": ("institution", "publisher"),
    "report": ("institution", "publisher"), "manual": ("organization", "publisher"),
}  # fmt: skip
_OTHER_VENUES = ("howpublished", "journal", "booktitle")
# Names of papis for fields of BibLaTeX; whatever else there is keeps its name behind "x-papis-".
_FIELDS: Mapping[str, str] = {
    "issue": "number", "location": "address", "abbrev_journal_title": "shortjournal", "eprintclass": "primaryclass",
    "primaryclass": "primaryclass",
} | {
    name: name for name in (
        "volume", "number", "publisher", "address", "series", "edition", "chapter", "isbn", "issn", "language",
        "note", "annotation", "organization", "institution", "school", "howpublished", "journal", "booktitle",
        "eventtitle", "urldate", "version", "shorttitle", "pagetotal", "volumes", "eid", "pmid", "pmcid", "langid",
        "venue", "copyright", "pubstate", "origdate", "subtitle",
    )
}  # fmt: skip
_NAME_LISTS = ("editor", "translator")
_STATES = ("readstatus", "read_status", "read-status", "reading_status", "read")
_STARS = ("starred", "favorite")
_RATINGS = ("rating", "stars")
_BETWEEN_WORDS, _BLANK = re.compile(r"\s*[,;]\s*"), re.compile(" ")
_IN_PAPER = frozenset({
    *_STATES, *_STARS, *_RATINGS,
    "title", "author", "author_list", "editor", "editor_list", "translator", "translator_list", "year", "month", "day",
    "date", "type", "ref", "doi", "url", "eprint", "eprinttype", "archiveprefix", "arxivid", "arxiv_id", "abstract",
    "pages", "first_page", "last_page", "tags", "keywords", "files", "time-added", "time_added",
    # What the paper cites is no part of what is known of it.
    "citations", "cited-by", "cited_by",
})  # fmt: skip

_Document = dict[str, object]


def sniff(text: str) -> bool:
    """Whether this is data of papis: a title, and a field that only papis has."""
    beginning = text[:_SNIFFED].removeprefix("\ufeff")
    return _TITLE.search(beginning) is not None and _MARK.search(beginning) is not None


def read(text: str, today: date) -> Iterator[Entry]:  # noqa: ARG001 - all days in it are told with their year
    """The papers of a file, one of each document. Never raises."""
    position = 0
    for line, document in _documents(_NO_YAML.sub("\ufffd", text.removeprefix("\ufeff"))):
        try:
            fields, begins = _fields(document)
        except ValueError as error:
            yield Skipped(line, str(error))
            continue
        dated = _date(fields)
        paper = _paper(fields, dated)
        if paper == Paper():
            if fields or document.strip():
                yield Skipped(line + begins, "Nothing in this document tells of a paper.")
            continue
        position += 1
        if dated.wrong:
            message = "The date of this paper is no day of the calendar; what could be read of it was kept."
            yield Problem("invalid_date", line + begins, message)
        yield Record(paper, line + begins, position)


def _documents(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a text, each with the line on which it begins."""
    start, line = 0, 1
    for mark in _DOCUMENT.finditer(text):
        yield line, text[start : mark.start()]
        line += text.count("\n", start, mark.end())
        start = mark.end()
    yield line, text[start:]


def _fields(document: str) -> tuple[_Document, int]:
    """The mapping that a document is, {} for an empty one, and the lines before it.

    Raises:
        ValueError: it is no YAML, no mapping, or one that uses aliases; the message says so in a sentence.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        built, begins = _built(yaml.parse(document, loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1} of this paper)" if mark is not None else ""
        raise ValueError(f"This is no valid YAML{where}.") from None
    if built is None:
        return {}, 0
    if not isinstance(built, dict):
        raise ValueError("This is YAML, but no data of papis.")  # noqa: TRY004 - of the file, not of the program
    return built, begins


def _built(events: Iterator[object]) -> tuple[object, int]:
    """The value that YAML's events tell, all scalars as text, and the line (from 0) of its first field."""
    root: list[object] = []
    open_values: list[object] = [root]
    keys: list[str | None] = [None]
    begins = 0
    for event in events:
        kind = type(event).__name__
        if kind == "AliasEvent":
            raise ValueError("This uses YAML's aliases (“*name”), which papis does not write and which can be a trap.")
        if kind in {"ScalarEvent", "MappingStartEvent", "SequenceStartEvent"}:
            if len(open_values) == 1:
                begins = event.start_mark.line  # type: ignore[attr-defined]
            value = _value(event, kind)
            _add(open_values[-1], keys, value)
            if kind != "ScalarEvent":
                open_values.append(value)
                keys.append(None)
            if len(open_values) > _DEEPEST:
                raise ValueError("This is nested too deeply.")
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            open_values.pop()
            keys.pop()
    return (root[0] if root else None), begins


def _value(event: object, kind: str) -> object:
    if kind != "ScalarEvent":
        return {} if kind == "MappingStartEvent" else []
    text = str(event.value)  # type: ignore[attr-defined]
    is_plain = bool(event.implicit[0])  # type: ignore[attr-defined]
    return None if is_plain and text in _NOTHING else text


def _add(to: object, keys: list[str | None], value: object) -> None:
    """A value to what is open: the next of a list; of a mapping the next name, or the value of the last one."""
    if isinstance(to, list):
        to.append(value)
    elif isinstance(to, dict):
        if keys[-1] is None:
            keys[-1] = line_of(value)
        else:
            to[keys[-1]] = value
            keys[-1] = None


def _paper(fields: _Document, dated: Dated) -> Paper:
    entry_type = _entry_type(fields)
    venue_name = _venue_name(fields, entry_type)
    doi, arxiv_id, url = identifiers(doi_in(_text(fields, "doi")), _arxiv_id(fields), _text(fields, "url"))
    tags, abstract = fields.get("tags"), plain_text(lines_of(fields.get("abstract")))
    return Paper(
        title=plain_line(_text(fields, "title")),
        abstract=abstract,
        authors=_authors(fields, "author"),
        year=dated.year,
        entry_type=entry_type,
        citation_key="".join(_text(fields, "ref").split()),
        doi=doi,
        arxiv_id=arxiv_id,
        url=url,
        venue=plain_line(_text(fields, venue_name)),
        keywords=_words(fields.get("keywords"), _BETWEEN_WORDS),
        links=find_links(abstract),
        extra=_extra(fields, dated, venue_name),
        state=_state(fields),
        starred=any(_text(fields, name).lower() in _YES for name in _STARS),
        rating=next((int(text) for name in _RATINGS if re.fullmatch("[0-5]", text := _text(fields, name))), 0),
        tags=_words(tags, _BETWEEN_WORDS if re.search("[,;]", line_of(tags)) else _BLANK),
        added=_added(_text(fields, "time-added") or _text(fields, "time_added")),
    )


def _text(fields: _Document, name: str) -> str:
    return line_of(fields.get(name))


def _entry_type(fields: _Document) -> str:
    """The type, which papis takes from BibTeX; some programs that fill papis take it from Zotero or Crossref."""
    name = _text(fields, "type")
    if name.lower() in csl_tables.CSL_TYPES:
        return name.lower()
    return entry_type_of(name) or csl_tables.DEPOSITED_TYPES.get(name) or re.sub("[^a-z]", "", name.lower()) or "misc"


def _venue_name(fields: _Document, entry_type: str) -> str:
    """The name of the field that says where the paper appeared; "" for none."""
    names = _VENUES.get(entry_type, ("publisher",) if entry_type in csl_tables.PUBLISHED_BY else _OTHER_VENUES)
    return next((name for name in names if _text(fields, name)), "")


def _arxiv_id(fields: _Document) -> str:
    text = _text(fields, "arxivid") or _text(fields, "arxiv_id") or _text(fields, "eprint")
    kind = _text(fields, "eprinttype") or _text(fields, "archiveprefix") or "arxiv"
    return arxiv_id_in(text) if kind.lower() == "arxiv" else ""


def _date(fields: _Document) -> Dated:
    """The date, or the year with its month and day, which papis keeps as numbers or as names."""
    told = read_date_text(_text(fields, "date") or _text(fields, "year"))
    month, day = month_in(_text(fields, "month")), _text(fields, "day")
    if told.date or told.year is None or not month:
        return told
    text = f"{told.year:04d}-{month:02d}" + (f"-{int(day):02d}" if re.fullmatch("[0-9]{1,2}", day) else "")
    return read_date_text(text)


def _authors(fields: _Document, name: str) -> tuple[Author, ...]:
    """The names of a list of persons; where there is none, of a text such as "Iwata, Shohei and Ishii, Soh"."""
    people = fields.get(f"{name}_list")
    entries = [entry for entry in people if isinstance(entry, dict)] if isinstance(people, list) else []
    authors = tuple(_author(entry) for entry in entries)
    return tuple(author for author in authors if author.display) or authors_of(_text(fields, name))


def _author(entry: _Document) -> Author:
    family = _text(entry, "family") or _text(entry, "surname")
    given = _text(entry, "given") or _text(entry, "given_name")
    return person(family, given) if family or given else Author(literal=_text(entry, "name"))


def _extra(fields: _Document, dated: Dated, venue_name: str) -> dict[str, str]:
    extra: dict[str, str] = {}
    if dated.date:
        extra["date"] = dated.date
    first, last = _text(fields, "first_page"), _text(fields, "last_page")
    put_pages(extra, _text(fields, "pages") or "-".join(filter(None, (first, last))))
    for name in _NAME_LISTS:
        put_names(extra, name, _authors(fields, name))
    files = fields.get("files")
    put(extra, "file", ";".join(filter(None, map(line_of, files if isinstance(files, list) else [files]))))
    for name, value in fields.items():
        if value and name not in _IN_PAPER and name != venue_name:
            put(extra, _FIELDS.get(name, f"x-papis-{name.lower()}"), any_text(value))
    return extra


def _words(value: object, between: re.Pattern[str]) -> tuple[str, ...]:
    words = map(line_of, value) if isinstance(value, list) else between.split(line_of(value))
    return tuple(dict.fromkeys(filter(None, words)))


def _state(fields: _Document) -> ReadingState:
    """How far the reader is, in a field that readers of papis add themselves."""
    told = next(filter(None, (_text(fields, name) for name in _STATES)), "")
    if told.lower() in _YES:
        return ReadingState.READ
    return ReadingState(apply_extra(f"Read_Status: {told}")[0].get("state", ReadingState.INBOX))


def _added(text: str) -> datetime | None:
    """The moment that papis writes as 2021-03-04-12:13:14."""
    try:
        return datetime.strptime(text, "%Y-%m-%d-%H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        return None
