"""One paper as the cells of a row; what no column holds stands in the last one, "Extra" (see `exact_lines`)."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from readinglist.formats import ris_types
from readinglist.formats.csv_fields import NOTE_BORDER
from readinglist.formats.exact_lines import lines_beyond, lines_without_field
from readinglist.formats.fields import names, plain
from readinglist.formats.latex_text import clean_line, clean_lines
from readinglist.formats.loose_values import is_usual_year
from readinglist.papers.author_names import author_text
from readinglist.papers.paper import Author, Paper, ReadingState

# Headers by the field of BibTeX that they hold.
_FIELDS = {
    "Volume": "volume", "Issue": "number", "Place": "address", "Edition": "edition",
    "Series": "series", "ISSN": "issn", "ISBN": "isbn", "PMID": "pmid", "Language": "language",
    "Short title": "shorttitle", "Journal abbreviation": "shortjournal", "File": "file",
}  # fmt: skip
_DAY = re.compile(r"[12]\d{3}(?:-\d\d){0,2}")
PERSONAL_COLUMNS = ("State", "Starred", "Rating", "Tags", "Notes", "Added", "Read at")
COLUMNS: tuple[str, ...] = (
    "Title", "Authors", "Year", "Date", "Type", "Publication title", "Publisher", "Volume", "Issue", "Pages", "DOI",
    "arXiv", "URL", "Abstract", "Keywords", *PERSONAL_COLUMNS, "Citation key", "Editors", "Translators", "Place",
    "Edition", "Series", "ISSN", "ISBN", "PMID", "Language", "Short title", "Journal abbreviation", "File", "Extra",
)  # fmt: skip
_TOLD = frozenset({"arxiv_id", "state", "rating", "starred", "tags", "added", "read_at"})


def cells_of(paper: Paper, read_back: Callable[[Mapping[str, str]], Paper], *, personal: bool) -> dict[str, str]:
    """The text of each column. `read_back` tells which paper some cells make: "Extra" says what is missing in it."""
    cells = {**_cells(paper), **(_personal_cells(paper) if personal else {})}
    lines = lines_without_field(paper, personal=personal, told=_TOLD)
    back = read_back({**cells, "Extra": "\n".join(lines)})
    lines += lines_beyond(paper, back, personal=personal)
    return {**cells, "Extra": "\n".join(lines)}


def _cells(paper: Paper) -> dict[str, str]:
    extra = paper.extra
    published = paper.entry_type in ris_types.PUBLISHED or paper.entry_type in ris_types.BY_INSTITUTIONS
    venue = clean_line(paper.venue)
    cells = {header: clean_line(plain(extra, name)) for header, name in _FIELDS.items() if name in extra}
    return {
        **cells,
        "Title": clean_line(paper.title),
        "Authors": _names(paper.authors),
        "Year": str(paper.year) if is_usual_year(paper.year) else "",
        "Date": day if _DAY.fullmatch(day := clean_line(plain(extra, "date"))) else "",
        "Type": paper.entry_type,
        "Publication title": "" if published else venue,
        "Publisher": venue if published else clean_line(plain(extra, "publisher")),
        "Pages": clean_line(plain(extra, "pages").replace("--", "-").replace("–", "-")),
        "DOI": clean_line(paper.doi),
        "arXiv": clean_line(paper.arxiv_id),
        "URL": clean_line(paper.url),
        "Abstract": clean_lines(paper.abstract),
        "Keywords": _list(paper.keywords),
        "Citation key": clean_line(paper.citation_key),
        "Editors": _names(names(extra, "editor")),
        "Translators": _names(names(extra, "translator")),
    }


def _personal_cells(paper: Paper) -> dict[str, str]:
    return {
        "State": "" if paper.state is ReadingState.INBOX else paper.state.value,
        "Starred": "yes" if paper.starred else "",
        "Rating": str(paper.rating) if paper.rating else "",
        "Tags": _list(paper.tags),
        "Notes": NOTE_BORDER.join(clean_lines(note.text) for note in paper.notes),
        "Added": paper.added.isoformat() if paper.added else "",
        "Read at": paper.read_at.isoformat() if paper.read_at else "",
    }


def _names(authors: Iterable[Author]) -> str:
    return "; ".join(filter(None, map(_name, authors)))


_name = lru_cache(maxsize=1 << 14)(author_text)


def _list(words: Iterable[str]) -> str:
    return "; ".join(filter(None, map(clean_line, words)))
