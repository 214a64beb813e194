"""BibTeX and BibLaTeX in, BibTeX out: the .bib files of JabRef, Zotero, Mendeley, BibDesk, KBibTeX and people."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from types import MappingProxyType

from readinglist.formats.bibtex_entries import RawEntry, scan_pieces
from readinglist.formats.bibtex_fields import HEADER, PAPERS_PAGE
from readinglist.formats.bibtex_inheritance import inherit, parents_of
from readinglist.formats.bibtex_papers import paper_of
from readinglist.formats.bibtex_writing import Dialect, written
from readinglist.formats.record import Problem, Record, Skipped, WriteOptions
from readinglist.papers.paper import Paper

__all__ = ["HEADER", "PAPERS_PAGE", "read", "sniff", "write"]

DEFAULT_OPTIONS = WriteOptions()
_SNIFFED = 1 << 16
_OURS = HEADER.split(".")[0]
_BLOCK = re.compile(
    r"^[ \t]*@[ \t]*(?:(?:string|comment|preamble)\s*[{(]|[a-z]\w*\s*[{(]\s*[^\s,={}()\"]*\s*[,=}])",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(r"\w\s{0,9}=\s{0,9}[\"{\d]")
_NO_COMMENT = re.compile(r"^(?![ \t]*%)[^\n]*\S", re.MULTILINE)
# Entries that are no papers, and what they are.
_NO_PAPERS = MappingProxyType(
    {
        "xdata": "holds fields for other entries, which have them now",
        "set": "is a set of other entries",
        "control": "holds settings of a bibliography style",
        "ieeetranbstctl": "holds settings of a bibliography style",
        "bibnote": "is a footnote",
    }
)


def sniff(text: str) -> bool:
    """Whether a text is a .bib file: entries at the start of lines, and little else before them but comments."""
    head = text[:_SNIFFED]
    first = _BLOCK.search(head)
    if first is None:
        return False
    before = sum(len(found[0]) for found in _NO_COMMENT.finditer(head, 0, first.start()))
    return before <= 500 + 300 * len(_FIELD.findall(head, first.start()))


def read(text: str, today: date) -> Iterator[Record | Skipped | Problem]:
    """The papers of a .bib file in order; notes that they hold are dated by `today`. Never raises."""
    return read_pieces(lambda: (text,), today)


def read_pieces(pieces: Callable[[], Iterable[str]], today: date) -> Iterator[Record | Skipped | Problem]:
    """The same of a file that is given in pieces of whole lines, from its beginning each time."""
    is_ours = _OURS in next(iter(pieces()), "")[:200]
    parents = {} if is_ours else parents_of(pieces)  # our entries have all that they inherited
    lines: dict[str, int] = {}
    position = 0
    for entry in scan_pieces(pieces()):
        yield from _damage(entry, lines)
        reason = _why_skipped(entry, is_ours=is_ours)
        if reason:
            yield Skipped(entry.line, reason)
            continue
        inherit(entry, parents)
        paper, problems = paper_of(entry, today, ours=is_ours)
        yield from problems
        position += 1
        yield Record(paper, entry.line, position)


def _damage(entry: RawEntry, lines: dict[str, int]) -> Iterator[Problem]:
    for code, sentence in entry.damage:
        yield Problem(code, entry.line, f"{_name(entry)} is damaged: {sentence}")
    first = lines.setdefault(entry.key, entry.line)
    if entry.key and first != entry.line:
        yield Problem("duplicate_key", entry.line, f'The key "{entry.key}" is that of the entry in line {first} too.')


def _why_skipped(entry: RawEntry, *, is_ours: bool) -> str:
    """Why an entry is no paper; "" for one that is. We write a paper of which nothing is known, too."""
    if entry.entry_type in _NO_PAPERS:
        return f"{_name(entry)} {_NO_PAPERS[entry.entry_type]}."
    if not is_ours and not any(raw for _, raw in entry.fields.values()):
        return f"{_name(entry)} has no fields."
    return ""


def _name(entry: RawEntry) -> str:
    return f'The entry "{entry.key}"' if entry.key else "An entry without a key"


def write(papers: Iterable[Paper], options: WriteOptions = DEFAULT_OPTIONS) -> Iterator[str]:
    """The text of a .bib file in pieces: a line that names the program, then one entry for each paper.

    A paper without a citation key gets one, and a key that an earlier entry has gets a suffix. Same papers, same text.
    """
    return written(papers, options, Dialect.BIBTEX)
