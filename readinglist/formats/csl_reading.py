"""One item of CSL-JSON to a paper: of CSL itself, and of DOI agencies, which answer with lists in place of texts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from readinglist.formats import csl_tables as tables
from readinglist.formats.csl_custom import OWN_NAME, with_own
from readinglist.formats.csl_dates import Dated, read_date
from readinglist.formats.csl_identifiers import identifiers
from readinglist.formats.csl_names import read_names
from readinglist.formats.fields import put, put_names
from readinglist.formats.html_text import plain_line, plain_text
from readinglist.formats.json_text import any_text, line_of, lines_of
from readinglist.formats.latex_text import clean_line, escape
from readinglist.formats.zotero_extra import with_extra
from readinglist.papers.identifiers import arxiv_id_in, doi_in
from readinglist.papers.links import find_links
from readinglist.papers.paper import Paper

_ISSUED = ("issued", "published-print", "published", "published-online")
_IN_PAPER = frozenset({
    "id", "type", "citation-key", "title", "subtitle", "abstract", "author", "DOI", "URL", "keyword", "note", "custom",
    "page", "number", "issue", "collection-number", "container-title", "publisher", "article-number", *_ISSUED,
    "_graph",  # in which citation-js notes how it came to an item
})  # fmt: skip
_CONTAINED = frozenset({"article", "inproceedings", "incollection", "inreference"})
_RANGE = re.compile(r"(?<=[\w.])\s*[-\u2010-\u2015]+\s*(?=\w)")
# Ids that other programs count with, or addresses: no key that anyone cites.
_NO_KEY = re.compile(r"\d*|ITEM-\d+|https?:.*|doi:.*|10\.\d{4,9}/.*|\d+/[A-Z0-9]{8}|.*[\s,{}\"=\\%#~].*", re.IGNORECASE)
_ABSTRACT_HEADING = re.compile(r"\A(?:abstract|summary)\n\n", re.IGNORECASE)
_BETWEEN_KEYWORDS = re.compile(r"\s*[;\n]\s*")
_BETWEEN_KEYWORDS_OR_COMMA = re.compile(r"\s*[,;\n]\s*")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an item says: the paper, and the dates in it that are none."""

    paper: Paper
    wrong_dates: tuple[str, ...] = ()


@dataclass(slots=True)
class _Fields:
    """The fields of an item that have no attribute of a paper, while it is read."""

    extra: dict[str, str] = field(default_factory=dict)
    wrong_dates: list[str] = field(default_factory=list)

    def date(self, name: str, value: object, field_name: str) -> Dated:
        """A date variable; what it says beyond the year goes to a field."""
        found = read_date(value)
        text = found.date or (f"{found.year:04d}" if found.year is not None else "")
        if text:
            self.extra[field_name] = text
        put(self.extra, f"{tables.PREFIX}{name}", found.words)
        if found.wrong:
            self.wrong_dates.append(name)
        return found


def read_item(item: Mapping[str, object], today: date) -> Taken:
    """The paper of one item. Never raises, whatever the item holds."""
    item = _canonical(item)
    fields = _Fields()
    csl_type = line_of(item.get("type"))
    entry_type = _entry_type(item, csl_type)
    doi, arxiv_id, url = identifiers(doi_in(_line(item, "DOI")), _arxiv_id(item), _line(item, "URL"))
    year = _year(item, fields)
    venue = _venue(item, entry_type, is_on_arxiv=arxiv_id != "", fields=fields)
    _put_numbers(item, arxiv_id, csl_type, fields)
    for name, value in item.items():
        if name not in _IN_PAPER:
            _put_variable(name, value, item, fields)
    _put_rest(item, entry_type, arxiv_id, fields)
    abstract = _ABSTRACT_HEADING.sub("", plain_text(_lines(item, "abstract")))
    paper = Paper(
        title=_title(item),
        abstract=abstract,
        authors=read_names(item.get("author")) if "author" in item else (),
        year=year,
        entry_type=entry_type,
        citation_key=_citation_key(item),
        doi=doi,
        arxiv_id=arxiv_id,
        url=url,
        venue=venue,
        keywords=_keywords(item) if "keyword" in item else (),
        links=find_links(abstract),
        extra=fields.extra,
    )
    return Taken(_with_remarks(paper, item, today), tuple(fields.wrong_dates))


def _put_rest(item: Mapping[str, object], entry_type: str, arxiv_id: str, fields: _Fields) -> None:
    """CSL's type where ours would not give it back, a DOI that is none, and what other programs keep in `custom`."""
    csl_type = line_of(item.get("type"))
    is_preprint = csl_type == "article" and arxiv_id
    if csl_type in tables.ENTRY_TYPES and tables.CSL_TYPES.get(entry_type) != csl_type and not is_preprint:
        put(fields.extra, f"{tables.PREFIX}type", csl_type)
    doi = _line(item, "DOI")
    put(fields.extra, f"{tables.PREFIX}doi", "" if doi_in(doi) else doi)
    custom = item.get("custom")
    others = {name: value for name, value in custom.items() if name != OWN_NAME} if isinstance(custom, dict) else {}
    if others:
        put(fields.extra, f"{tables.PREFIX}custom", any_text(others))


def _with_remarks(paper: Paper, item: Mapping[str, object], today: date) -> Paper:
    """The paper with what stands in the note, which Zotero fills from its Extra field, and in our own values."""
    note = _lines(item, "note")
    if note:
        paper = with_extra(paper, note)
        doi, arxiv_id, url = identifiers(paper.doi, paper.arxiv_id, paper.url)
        paper = replace(paper, doi=doi, arxiv_id=arxiv_id, url=url)
    return with_own(paper, item["custom"], today) if "custom" in item else paper


def _canonical(item: Mapping[str, object]) -> dict[str, object]:
    """The item with its variables by the names that CSL 1.0.2 has for them."""
    found = {name: value for name, value in item.items() if name not in tables.OTHER_NAMES}
    for other, name in tables.OTHER_NAMES.items():
        if other in item and not found.get(name):
            found[name] = _told(item[other], "name")
    if isinstance(item.get("event"), Mapping):
        found.setdefault("event-place", _told(item["event"], "location"))
    return found


def _told(value: object, name: str) -> object:
    """What Crossref tells of an event as an object, and of institutions as a list of them."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        value = value[0]
    return value.get(name) if isinstance(value, Mapping) else value


def _line(item: Mapping[str, object], name: str) -> str:
    """A variable as one line of text; of a list, as DOI agencies have them, the texts with commas between them."""
    value = item.get(name)
    return ", ".join(filter(None, map(line_of, value))) if isinstance(value, list) else line_of(value)


def _lines(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    return "\n\n".join(filter(None, map(lines_of, value))) if isinstance(value, list) else lines_of(value)


def _first(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    texts = map(line_of, value) if isinstance(value, list) else iter([line_of(value)])
    return next(filter(None, texts), "")


def _title(item: Mapping[str, object]) -> str:
    title, subtitle = plain_line(_first(item, "title")), plain_line(_first(item, "subtitle"))
    is_told = not subtitle or subtitle.casefold() in title.casefold()
    return title if is_told else f"{title}: {subtitle}" if title else subtitle


def _entry_type(item: Mapping[str, object], csl_type: str) -> str:
    found = tables.ENTRY_TYPES.get(csl_type) or tables.DEPOSITED_TYPES.get(csl_type) or "misc"
    return _thesis_type(_line(item, "genre")) if found == "phdthesis" else found


def _thesis_type(genre: str) -> str:
    """The entry type of a thesis by its own words, such as "Master's thesis"; a doctoral one where there are none."""
    genre = genre.casefold()
    if "master" in genre or re.search(r"\bm\.? ?(?:sc|a|phil)\b", genre):
        return "mastersthesis"
    is_other = re.search(r"\b(?:bachelor|diplom|licentiate|b\.? ?(?:sc|a)\b|undergraduate|honours)", genre)
    return "thesis" if is_other else "phdthesis"


def _citation_key(item: Mapping[str, object]) -> str:
    key = line_of(item.get("citation-key"))
    identifier = line_of(item.get("id"))
    return key or ("" if _NO_KEY.fullmatch(identifier) else identifier)


def _year(item: Mapping[str, object], fields: _Fields) -> int | None:
    """The year; a date that tells more goes to its field."""
    for name in _ISSUED:
        if item.get(name) in (None, "", {}, []):
            continue
        found = read_date(item[name])
        if found.wrong:
            fields.wrong_dates.append(name)
        if found.date:
            fields.extra["date"] = found.date
        put(fields.extra, f"{tables.PREFIX}issued", found.words)
        if found.year is not None or found.words:
            return found.year
    return None


def _arxiv_id(item: Mapping[str, object]) -> str:
    """The arXiv id of a preprint, which Zotero keeps as its number, others as its place in the archive arXiv."""
    is_there = "arxiv" in f"{_line(item, 'publisher')} {_line(item, 'archive')}".lower()
    for name in ("number", "archive_location"):
        text = _line(item, name)
        if text.lower().startswith("arxiv") or is_there:
            found = arxiv_id_in(text.split(" [")[0])
            if found:
                return found
    return ""


def _venue(item: Mapping[str, object], entry_type: str, *, is_on_arxiv: bool, fields: _Fields) -> str:
    """Where it appeared, or who published it; the other one of them goes to its field."""
    container, publisher = plain_line(_first(item, "container-title")), plain_line(_first(item, "publisher"))
    if is_on_arxiv and publisher.lower() == "arxiv":
        publisher = ""
    if entry_type in tables.PUBLISHED_BY:
        put(fields.extra, f"{tables.PREFIX}container-title", container)
        return publisher
    if container or entry_type in _CONTAINED:
        put(fields.extra, "publisher", publisher)
        return container
    return publisher


def _put_numbers(item: Mapping[str, object], arxiv_id: str, csl_type: str, fields: _Fields) -> None:
    """Pages, and the one of three numbers that BibTeX's `number` is for this type; the others under CSL's names."""
    put_pages(fields.extra, _line(item, "page"))
    numbers = {name: _line(item, name) for name in ("issue", "collection-number", "number")}
    if arxiv_id_in(numbers["number"].split(" [")[0]) == arxiv_id != "":
        numbers["number"] = ""
    if csl_type in tables.ISSUED or csl_type == "journal-article":
        put(fields.extra, "eid", _line(item, "article-number") or numbers["number"])
        numbers["number"] = ""
    main = number_variable(csl_type)
    order = sorted(numbers, key=lambda name: name != main)
    taken = next((name for name in order if numbers[name]), main)
    put(fields.extra, "number", numbers.pop(taken))
    for name, text in numbers.items():
        put(fields.extra, f"{tables.PREFIX}{name}", text)


def put_pages(extra: dict[str, str], text: str) -> None:
    """Set the pages, with BibTeX's two hyphens in each range."""
    pages = "--".join(escape(clean_line(part)) for part in _RANGE.split(text))
    if pages:
        extra["pages"] = pages


def number_variable(csl_type: str) -> str:
    """The variable that BibTeX's `number` is, by CSL's type."""
    if csl_type in tables.ISSUED or csl_type == "journal-article":
        return "issue"
    return "collection-number" if csl_type in tables.IN_SERIES else "number"


def _keywords(item: Mapping[str, object]) -> tuple[str, ...]:
    value = item.get("keyword")
    if isinstance(value, list):
        words: Iterator[str] = map(line_of, value)
    else:
        text = lines_of(value)
        words = iter((_BETWEEN_KEYWORDS if ";" in text else _BETWEEN_KEYWORDS_OR_COMMA).split(text))
    return tuple(dict.fromkeys(filter(None, (plain_line(word) for word in words))))


def _put_variable(name: str, value: object, item: Mapping[str, object], fields: _Fields) -> None:
    """Any other variable to its field."""
    if value in (None, "", [], {}):
        return
    if name in tables.TEXTS:
        put(fields.extra, tables.TEXTS[name], plain_line(_line(item, name)))
    elif name in tables.NAMES or name in tables.OTHER_NAME_LISTS:
        put_names(fields.extra, tables.NAMES.get(name, f"{tables.PREFIX}{name}"), read_names(value))
    elif name in tables.DATES or name in tables.OTHER_DATES:
        fields.date(name, value, tables.DATES.get(name, f"{tables.PREFIX}{name}"))
    elif name in tables.OTHER_TEXTS:
        put(fields.extra, f"{tables.PREFIX}{name.lower()}", plain_line(_line(item, name)))
    elif not tables.DEPOSIT_MARKS & item.keys():
        put(fields.extra, f"{tables.PREFIX}{line_of(name).lower()}", any_text(value))
