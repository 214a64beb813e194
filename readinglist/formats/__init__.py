"""One file per file format: text in, records and problems out, or papers in and text out.

This is the table of the formats. Readers and writers are imported when they are first used.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from readinglist.formats.reading import Entry, Opened, open_text
from readinglist.papers.paper import Paper

__all__ = ["FORMATS", "Entry", "Format", "Opened", "format_named", "open_text", "recognise"]

Sniffer = Callable[[str], bool]
Reader = Callable[[str, date], Iterator[Entry]]
Writer = Callable[[Iterable[Paper], bool], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name in commands and ledgers, what people call one file and many, its suffixes.

    `sniff` tells from a text whether it is in this format; `read` gives records and problems of a text and a day to
    reckon days from; `write` gives the text of papers piece by piece, with or without what is the reader's own
    (reading states, stars, ratings, tags and notes). None: we cannot do that.
    """

    name: str
    title: str
    plural: str
    suffixes: tuple[str, ...]
    sniff: Sniffer | None = None
    read: Reader | None = None
    write: Writer | None = None


def _sniff_listing(text: str) -> bool:
    from readinglist.formats import listing

    return listing.sniff(text)


def _read_listing(text: str, today: date) -> Iterator[Entry]:
    from readinglist.formats import listing

    return listing.read(text, today)


def _write_bibtex(papers: Iterable[Paper], personal: bool) -> Iterator[str]:
    from readinglist.formats import bibtex

    return bibtex.write(papers, bibtex.BibtexOptions(personal=personal))


FORMATS: tuple[Format, ...] = (
    Format(
        "hf-listing",
        "a listing of the Hugging Face papers page",
        "listings copied as text from the Hugging Face papers page",
        (".txt", ".text", ".md"),
        sniff=_sniff_listing,
        read=_read_listing,
    ),
    Format("bibtex", "a BibTeX file", "BibTeX files", (".bib", ".bibtex"), write=_write_bibtex),
)


def format_named(name: str) -> Format | None:
    """The format with this name, such as "bibtex"."""
    return next((known for known in FORMATS if known.name == name), None)


def recognise(name: str, text: str) -> Format | None:
    """The format of a text, by its content; where several would do, the one whose suffix the name has goes first."""
    suffix = PurePath(name).suffix.lower()
    by_suffix = sorted(FORMATS, key=lambda known: suffix not in known.suffixes)
    return next((known for known in by_suffix if known.sniff is not None and known.sniff(text)), None)
