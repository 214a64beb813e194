"""The fields of a paper that no attribute holds: raw BibTeX by name in `Paper.extra`, set and read as plain text."""

import re
from collections.abc import Mapping, Sequence

from readinglist.formats.bibtex_names import read_names, write_names
from readinglist.formats.latex_decoding import to_text
from readinglist.formats.latex_text import clean_line, clean_lines, escape
from readinglist.papers.paper import Author

# Fields that hold addresses and identifiers, in which no character means LaTeX.
ADDRESSES = frozenset({"url", "doi", "file", "eprint", "pdf", "local-url", "localfile"})
_IN_ADDRESS = re.compile(r"\{?\\textasciitilde\s*(?:\{\})?\}?|\\~\{\}|\$\\sim\$|\{?\\_\}?|\{_\}|\\([_%&#~{}$])")


def put(extra: dict[str, str], name: str, text: str | None) -> None:
    """Set a field to a plain text, escaped for LaTeX; addresses stay as they are. Nothing happens for an empty text."""
    cleaned = clean_lines(text) if text else ""
    if cleaned:
        extra[name] = clean_line(cleaned) if name.lower() in ADDRESSES else escape(cleaned)


def put_names(extra: dict[str, str], name: str, authors: Sequence[Author]) -> None:
    """Set a field such as "editor" to a BibTeX name list. Nothing happens for nobody."""
    names = write_names(authors)
    if names:
        extra[name] = names


def plain(extra: Mapping[str, str], name: str) -> str:
    """The plain text of a field, whatever the case of its name; "" where there is none. Lines and blanks stay."""
    raw = raw_field(extra, name)
    return address(raw) if name.lower() in ADDRESSES else to_text(raw)


def names(extra: Mapping[str, str], name: str) -> tuple[Author, ...]:
    """The names of a field such as "editor", whatever the case of its name."""
    return read_names(raw_field(extra, name))


def raw_field(extra: Mapping[str, str], name: str) -> str:
    """The raw BibTeX of a field, whatever the case of its name; "" where there is none."""
    found = extra.get(name)
    if found is not None:
        return found
    wanted = name.lower()
    return next((text for known, text in extra.items() if known.lower() == wanted), "")


def address(raw: str) -> str:
    r"""A web address or identifier without the escapes that some programs put into it, such as `\_` and `\%`."""
    raw = clean_line(raw)
    if raw.startswith(r"\url{") and raw.endswith("}"):
        raw = raw[5:-1]
    if "\\" not in raw and "{_}" not in raw:
        return raw
    return _IN_ADDRESS.sub(_unescaped, raw)


def _unescaped(escape_sequence: re.Match[str]) -> str:
    if escape_sequence[1]:
        return escape_sequence[1]
    return "_" if "_" in escape_sequence[0] else "~"
