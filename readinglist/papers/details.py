"""The details of a paper that a reader can correct: each as text, as one types it, and back to its value."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from readinglist.errors import UsageError
from readinglist.papers.author_names import author_text, authors_of
from readinglist.papers.characters import without_controls
from readinglist.papers.identifiers import arxiv_id_in, doi_in
from readinglist.papers.paper import Paper

# What each field is called, in the order in which one fills them in.
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "title": "title",
        "authors": "authors",
        "year": "year",
        "entry_type": "type",
        "venue": "venue",
        "doi": "DOI",
        "arxiv_id": "arXiv id",
        "url": "web address",
        "keywords": "keywords",
        "citation_key": "citation key",
        "abstract": "abstract",
    }
)

# The types of BibTeX's standard styles (btxdoc, section 3.1).
ENTRY_TYPES = (
    "article", "inproceedings", "book", "incollection", "inbook", "proceedings", "phdthesis", "mastersthesis",
    "techreport", "manual", "booklet", "unpublished", "misc",
)  # fmt: skip

_BETWEEN_KEYWORDS = re.compile(r"[,;\n](?![^{}]*\})")
_NOT_IN_KEY = re.compile(r"[\s,{}()\"'=\\%#~]")
_SCHEME = re.compile(r"(?:https?|ftp)://[^\s/]+\S*", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#:]\S*)?")


def text_of(paper: Paper, field: str) -> str:
    """A detail as text: authors one a line, keywords with commas between them, "" for a year that is not known."""
    value = getattr(paper, field)
    if field == "authors":
        return "\n".join(map(author_text, value))
    if field == "keywords":
        return ", ".join(f"{{{word}}}" if re.search("[,;]", word) else word for word in value)
    return "" if value is None else str(value)


def value_of(field: str, text: str) -> Any:  # noqa: ANN401 - the value has the field's own type
    """The value that a text means for a field of `NAMES`.

    Raises:
        UsageError: it can be none; the words say what one looks like.
    """
    return _READERS[field](unicodedata.normalize("NFC", without_controls(text)))


def _line(text: str) -> str:
    return " ".join(text.split())


def _title(text: str) -> str:
    if not text.strip():
        raise UsageError("A paper needs a title.")
    return _line(text)


def _year(text: str) -> int | None:
    if not text.strip():
        return None
    latest = datetime.now(UTC).year + 10
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) == 4 and 1000 <= int(digits) <= latest):
        raise UsageError(f"A year has four digits, such as 2024, and is not after {latest}.")
    return int(digits)


def _entry_type(text: str) -> str:
    name = text.strip().lower().removeprefix("@")
    if not re.fullmatch("[a-z]+", name) or name in {"comment", "string", "preamble"}:
        raise UsageError("A type of entry is one of BibTeX's words, such as article, inproceedings or misc.")
    return name


def _doi(text: str) -> str:
    return _identifier(text, doi_in, "A DOI looks like 10.1145/3292500; a link that holds one will do.")


def _arxiv_id(text: str) -> str:
    return _identifier(text, arxiv_id_in, "An arXiv id looks like 2212.14052; a link to its page will do.")


def _identifier(text: str, found_in: Callable[[str], str], why: str) -> str:
    found = found_in(text)
    if text.strip() and not found:
        raise UsageError(why)
    return found


def _url(text: str) -> str:
    address = text.strip()
    if not address or _SCHEME.fullmatch(address):
        return address
    if _BARE_ADDRESS.fullmatch(address):
        return f"https://{address}"
    raise UsageError("A web address looks like https://example.org/paper, without blanks.")


def _keywords(text: str) -> tuple[str, ...]:
    words = (_line(word.replace("{", "").replace("}", "")) for word in _BETWEEN_KEYWORDS.split(text))
    return tuple(dict.fromkeys(filter(None, words)))


def _citation_key(text: str) -> str:
    key = text.strip()
    if _NOT_IN_KEY.search(key):
        raise UsageError("A citation key is one word without commas, braces, quotes, brackets and = \\ % # ~.")
    if key.isdigit():
        raise UsageError("A citation key needs a letter: a number alone would be a paper's id.")
    return key


def _abstract(text: str) -> str:
    """Lines as they were typed, without blanks at their ends."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


_READERS: Mapping[str, Callable[[str], Any]] = {
    "title": _title,
    "authors": authors_of,
    "year": _year,
    "entry_type": _entry_type,
    "venue": _line,
    "doi": _doi,
    "arxiv_id": _arxiv_id,
    "url": _url,
    "keywords": _keywords,
    "citation_key": _citation_key,
    "abstract": _abstract,
}
