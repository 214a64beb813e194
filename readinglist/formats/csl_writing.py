"""A paper to one item of CSL-JSON, in the variables that citation styles print."""

from collections.abc import Iterator, Mapping

from readinglist.formats import csl_tables as tables
from readinglist.formats.csl_dates import csl_date, month_in, read_date_text
from readinglist.formats.csl_names import csl_names
from readinglist.formats.csl_reading import number_variable
from readinglist.formats.fields import names, plain
from readinglist.formats.json_text import line_of, lines_of
from readinglist.formats.latex_decoding import to_text
from readinglist.formats.record import WriteOptions
from readinglist.papers.citation_key import citation_key
from readinglist.papers.identifiers import arxiv_page
from readinglist.papers.paper import Paper

# Types that print where they appeared; of all others it is who published them.
_CONTAINED = frozenset({
    "article-journal", "article-magazine", "article-newspaper", "chapter", "paper-conference", "entry",
    "entry-dictionary", "entry-encyclopedia", "webpage", "post", "post-weblog", "review", "review-book", "broadcast",
    "periodical", "legal_case", "legislation", "bill",
})  # fmt: skip
# What BibTeX prints of theses that do not say what they are; CSL has one type for all of them.
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
_ALIASES = {"address": "location", "annotation": "annote", "origlocation": "origaddress", "shortjournal": "journalabbr"}


def csl_item(paper: Paper, options: WriteOptions) -> dict[str, object]:  # noqa: ARG001 - the same call as for files
    """The item of a paper: `id` and `citation-key` are its citation key; what is not known is left out.

    Nothing personal is in it, and nothing is invented: without authors there is no author, without a year no date.
    Texts are plain, mathematics stays `$...$`; "<" and "&" are these characters, and no markup.
    """
    key = line_of(paper.citation_key) or citation_key(paper)
    csl_type = _csl_type(paper)
    item: dict[str, object] = {"id": key, "citation-key": key, "type": csl_type}
    for name, value in _variables(paper, csl_type):
        if value not in ("", [], {}):
            item.setdefault(name, value)
    return item


def _csl_type(paper: Paper) -> str:
    kept = plain(paper.extra, f"{tables.PREFIX}type")
    if kept in tables.ENTRY_TYPES and tables.ENTRY_TYPES[kept] == paper.entry_type:
        return kept
    if paper.entry_type == "misc" and paper.arxiv_id:
        return "article"  # which is CSL's word for a preprint
    return tables.CSL_TYPES.get(paper.entry_type, "document")


def _variables(paper: Paper, csl_type: str) -> Iterator[tuple[str, object]]:
    extra = {name.lower(): raw for name, raw in paper.extra.items()}
    yield "title", line_of(paper.title)
    yield "author", csl_names(paper.authors)
    yield "issued", _issued(paper, extra)
    yield from _where(paper, extra, csl_type)
    yield from _numbers(paper, extra, csl_type)
    yield "DOI", line_of(paper.doi)
    yield "URL", line_of(paper.url) or (arxiv_page(paper.arxiv_id) if paper.arxiv_id and not paper.doi else "")
    for name, field in tables.TEXTS.items():
        yield name, _text(extra, field)
    yield "genre", _GENRES.get(paper.entry_type, "")
    for name, field in tables.NAMES.items():
        yield name, csl_names(names(extra, field)) if field in extra else []
    for name, field in tables.DATES.items():
        yield name, _date(extra, field) if field in extra else {}
    yield from _kept_variables(extra)
    yield "keyword", _keywords(paper.keywords)
    yield "note", lines_of(to_text(extra.get("note", "")))
    yield "abstract", lines_of(paper.abstract)


def _issued(paper: Paper, extra: Mapping[str, str]) -> dict[str, object]:
    date = _date_text(extra, "date")
    if not date and paper.year is not None:
        month = month_in(_text(extra, "month"))
        day = _text(extra, "day") if month else ""
        date = f"{paper.year:04d}-{month:02d}" if month and 0 < paper.year <= 9999 else ""
        date += f"-{int(day):02d}" if day.isdecimal() and len(day) < 3 else ""
    written = csl_date(paper.year, date)
    words = _text(extra, f"{tables.PREFIX}issued")
    return written or ({"literal": words} if words else {})


def _date(extra: Mapping[str, str], field: str) -> dict[str, object]:
    text = _date_text(extra, field)
    if not text:
        return {}
    found = read_date_text(text)
    return csl_date(found.year, found.date) if found.year is not None else {"literal": text}


def _where(paper: Paper, extra: Mapping[str, str], csl_type: str) -> Iterator[tuple[str, object]]:
    venue, publisher = line_of(paper.venue), _text(extra, "publisher")
    if paper.entry_type not in tables.PUBLISHED_BY and (csl_type in _CONTAINED or publisher):
        yield "container-title", venue
    else:
        publisher = venue or publisher
    is_preprint = csl_type == "article" and paper.arxiv_id
    yield "publisher", publisher or ("arXiv" if is_preprint and not venue else "")


def _numbers(paper: Paper, extra: Mapping[str, str], csl_type: str) -> Iterator[tuple[str, object]]:
    yield "page", _text(extra, "pages").replace("\u2013", "-")
    yield number_variable(csl_type), _text(extra, "number")
    yield "number", _text(extra, "eid") if csl_type in tables.ISSUED else ""
    if csl_type == "article" and paper.arxiv_id:
        yield "number", f"arXiv:{line_of(paper.arxiv_id)}"


def _kept_variables(extra: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    """What was read from CSL-JSON and has no field of BibLaTeX."""
    kept = {name.removeprefix(tables.PREFIX): name for name in extra if name.startswith(tables.PREFIX)}
    for name in sorted(tables.OTHER_TEXTS & kept.keys()):
        yield name, _text(extra, kept[name])
    for name in sorted(tables.OTHER_NAME_LISTS & kept.keys()):
        yield name, csl_names(names(extra, kept[name]))
    for name in sorted(tables.OTHER_DATES & kept.keys()):
        yield name, _date(extra, kept[name])


def _text(extra: Mapping[str, str], field: str) -> str:
    if field not in extra:
        field = _ALIASES.get(field, "")
    return line_of(to_text(extra[field])) if field in extra else ""


def _date_text(extra: Mapping[str, str], field: str) -> str:
    """A date as BibLaTeX reads it, to which "~" says "about"."""
    raw = line_of(extra.get(field, ""))
    return _text(extra, field) if set(raw) & set("\\{}") else raw


def _keywords(keywords: tuple[str, ...]) -> str:
    words = [word for keyword in keywords if (word := line_of(keyword))]
    return ("; " if any("," in word for word in words) else ", ").join(words)
