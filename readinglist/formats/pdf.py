"""PDF: one paper, by what its document says of itself and by how its first page is set; the file comes along."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from readinglist.formats.pdf_pages import Line, Pages, UnreadablePdfError, open_pages
from readinglist.formats.record import AttachedFile, Problem, Record, Skipped
from readinglist.formats.xmp import description_of
from readinglist.papers.author_names import author_of
from readinglist.papers.identifiers import arxiv_id_in, doi_in
from readinglist.papers.paper import Author, Paper

_DOI = re.compile(r"(?:doi\s*[:.]?\s*|doi\.org/)(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ARXIV_STAMP = re.compile(r"arXiv:\s*(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?)\s*\[([\w.-]+)\]")
_ABSTRACT = re.compile(
    r"^\s*abstract\b[\s.:—–-]*(.+?)"
    r"(?=\n\s*(?:\d|I|A)?\.?\s*introduction\b|\n\s*(?:key ?words|index terms|ccs concepts)\b"
    r"|\n\s*1\s+[A-Z]|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_LONGEST_ABSTRACT = 5000  # characters: more is a page whose abstract has no end that we know
_NO_TITLE = re.compile(
    r"untitled|microsoft word.*|.*\.(?:docx?|dvi|tex|pdf|indd|qxd|ps)\b|[\w.-]*\d{3,}[\w.-]*", re.IGNORECASE
)
_MARKS = re.compile(r"(?:(?<=[^\d\s])[\d,]+|[*†‡§¶∗⋆♣♠♦♥✉]+)+$")
_NAME_WORD = r"(?:[^\W\d_a-z][\w.'’-]*|[dl]['’][A-Z]\w*)"
_PARTICLE = "(?:van|von|der|den|de|del|della|di|da|la|le|du|dos|bin|al|el|ter|ten)"
_NAME = re.compile(rf"{_NAME_WORD}(?: (?:{_NAME_WORD}|{_PARTICLE}))* {_NAME_WORD}")
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&]|\band\b)\s*")
_NOT_A_NAME = re.compile(
    r"[@{}\d]|\b(?:universit|institut|department|school|college|laborator|research|academy|center|centre|abstract|google|"
    r"microsoft|inc|ltd|gmbh|proceedings|conference|journal|preprint|draft|corresponding|equal|contribution)",
    re.IGNORECASE,
)
_AUTHOR_LINES = 6
_LONGEST_TITLE = 300  # characters: more is a page that is set in letters of one size


def read(data: bytes, today: date, name: str) -> Iterator[Record | Skipped | Problem]:  # noqa: ARG001 - as all readers
    """The paper of a document; its title is the file's name where nothing in it tells one."""
    try:
        pages = open_pages(data)
    except UnreadablePdfError as error:
        yield Problem("not_text", None, str(error))
        return
    if not pages.text.strip():
        message = "This PDF document holds pictures of pages, and no text: it can be read, but not searched."
        yield Problem("not_text", None, message)
    paper = _paper(pages)
    if not paper.title:
        paper = _titled(paper, PurePath(name).stem.replace("_", " ").strip())
        message = f"No title was found in this PDF document; it is called “{paper.title}” for now."
        yield Problem("possibly_truncated", None, message)
    yield Record(paper, 1, 1, attached=AttachedFile(PurePath(name).name, data, pages.text))


def _titled(paper: Paper, title: str) -> Paper:
    return replace(paper, title=title or "Untitled")


def _paper(pages: Pages) -> Paper:
    own = description_of(pages.xmp)
    first = [line for line in pages.front[0] if line.upright] if pages.front else []
    front = "\n".join(line.text for page in pages.front[:1] for line in page)
    stamp = _ARXIV_STAMP.search(front)
    title, after = _set_title(first)
    stated = own.title or pages.information.get("Title", "").strip()
    if (
        stated
        and not _NO_TITLE.fullmatch(stated)
        and (not after or _plain(stated) in _plain(front) or not _stands_out(first))
    ):
        title = stated
    authors = own.authors or _stated_authors(pages.information.get("Author", "")) or _set_authors(first[after:])
    abstract = _ABSTRACT.search("\n".join(line.text for page in pages.front for line in page if line.upright))
    doi = own.doi or _doi(front)
    return Paper(
        title=_joined(title),
        authors=authors,
        abstract=_joined(abstract[1]) if abstract and len(abstract[1]) < _LONGEST_ABSTRACT else "",
        doi=doi,
        arxiv_id=arxiv_id_in(stamp[1]) if stamp else "",
        year=own.year,
        venue=own.venue,
        entry_type="article" if own.venue else "misc",
        keywords=own.keywords,
        extra={"primaryclass": stamp[2]} if stamp else {},
    )


def _stands_out(lines: Sequence[Line]) -> bool:
    """Whether letters of several sizes tell a title from the rest."""
    return len({line.size for line in lines}) > 1


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _set_title(lines: Sequence[Line]) -> tuple[str, int]:
    """The lines in the largest letters of the upper page, and the number of the line after them."""
    upper = [line for line in lines[:40] if len(_plain(line.text)) > 2]
    if not upper:
        return "", 0
    largest = max(line.size for line in upper)
    start = next(place for place, line in enumerate(lines) if line in upper and line.size == largest)
    end = start + 1
    if any(line.size < largest * 0.95 for line in lines):
        while end < len(lines) and lines[end].size > largest * 0.95:
            end += 1
    if sum(len(line.text) for line in lines[start:end]) > _LONGEST_TITLE:
        end = start + 1
    return _MARKS.sub("", "\n".join(line.text for line in lines[start:end])), end


def _joined(text: str) -> str:
    """Lines as one, words that were parted at a line's end put together again."""
    return " ".join(re.sub("\u00ad\\s*", "", text).split())


def _stated_authors(text: str) -> tuple[Author, ...]:
    names = [name for name in re.split(r"\s*;\s*|\s*,\s+|\s+and\s+", text.strip()) if name]
    return tuple(author_of(name) for name in names) if all(" " in name for name in names) else ()


def _set_authors(lines: Sequence[Line]) -> tuple[Author, ...]:
    """The names in the lines under the title, up to the first line that is of something else."""
    found: list[Author] = []
    for line in lines[:_AUTHOR_LINES]:
        if _NOT_A_NAME.search(_MARKS.sub("", line.text)) and found:
            break
        parts = [part for part in map(_bare, _BETWEEN_NAMES.split(_without_marks(line.text))) if part]
        names = [part for part in parts if _NAME.fullmatch(part)]
        if not names or len(names) < len(parts) or _NOT_A_NAME.search(" ".join(names)):
            if found:
                break
            continue
        found += map(author_of, names)
    return tuple(found)


def _bare(part: str) -> str:
    return _MARKS.sub("", part).strip(" *†‡")


def _without_marks(text: str) -> str:
    return re.sub(r"(?<=\w)[\d*†‡§¶∗⋆]+(?:,[\d*†‡§¶∗⋆]+)*", "", text)


def _doi(front: str) -> str:
    found = _DOI.search(front)
    return doi_in(found[1]) if found else ""
