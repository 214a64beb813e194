"""One file per file format: text in, records and problems out, or papers in and text out.

This is the table of the formats. The module of a format is imported when a file looks like it, or is written in it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from pathlib import PurePath
from types import ModuleType

from readinglist.formats.packed_text import PackedText
from readinglist.formats.reading import Entry, Opened, open_text
from readinglist.formats.record import Holds, WriteOptions
from readinglist.papers.paper import Paper

__all__ = ["FORMATS", "Entry", "Format", "Holds", "Opened", "WriteOptions", "format_named", "open_text", "recognise"]

_LOOKED_AT = 1 << 16  # characters at the beginning of a text in which a clue is looked for


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name in commands and ledgers, what people call one file and many, its suffixes.

    `module` is the file in this room that knows it:

    - `sniff(text) -> bool` tells whether a text is in it; asked only where `clue` is found near the beginning;
    - `read(text, today) -> Iterator[Entry]` gives records and problems, days reckoned from `today`;
      with `columns`, `read(text, today, columns)`, where `columns` says which column is which field;
      with `in_pieces`, `read_pieces(pieces, today)`, where `pieces()` gives the text anew in pieces of whole lines;
      with `magic`, the bytes that a file begins with which is no text, `read(data, today, name of the file)`;
    - `write(papers, options) -> Iterator[str]` gives the text of papers piece by piece.

    `reads` and `writes` say which of these there are. `short` names what is read where all of that is named.
    """

    name: str
    title: str
    plural: str
    suffixes: tuple[str, ...]
    module: str
    clue: re.Pattern[str] = field(default_factory=lambda: re.compile(""))
    holds: Holds = Holds.BIBLIOGRAPHY
    reads: bool = False
    writes: bool = False
    columns: bool = False
    in_pieces: bool = False
    magic: bytes = b""
    short: str = ""

    def sniff(self, text: str) -> bool:
        """Whether a text is in this format."""
        if not self.reads or self.magic or self.clue.search(text, 0, _LOOKED_AT) is None:
            return False
        return bool(self._module().sniff(text))

    def read(self, text: str, today: date, columns: dict[str, str]) -> Iterator[Entry]:
        """The records and problems of a text."""
        entries: Iterator[Entry] = self._module().read(text, today, *([columns] if self.columns else []))
        return entries

    def read_packed(self, text: PackedText, today: date, columns: dict[str, str]) -> Iterator[Entry]:
        """The same of a packed text, which is held whole only where the format cannot be read in pieces."""
        if not self.in_pieces:
            return self.read(str(text), today, columns)
        entries: Iterator[Entry] = self._module().read_pieces(text.pieces, today)
        return entries

    def read_bytes(self, data: bytes, today: date, name: str) -> Iterator[Entry]:
        """The records and problems of a file that is no text."""
        entries: Iterator[Entry] = self._module().read(data, today, name)
        return entries

    def write(self, papers: Iterable[Paper], options: WriteOptions) -> Iterator[str]:
        """The text of papers, piece by piece. Same papers, same text."""
        pieces: Iterator[str] = self._module().write(papers, options)
        return pieces

    def _module(self) -> ModuleType:
        return import_module(f"{__name__}.{self.module}")


def _clue(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


# In the order in which they are asked; those that take nearly everything come last.
FORMATS: tuple[Format, ...] = (
    Format(
        "pdf", "a PDF document", "PDF documents", (".pdf",), "pdf", holds=Holds.PAPER, reads=True, magic=b"%PDF-",
        short="PDF",
    ),
    Format(
        "hf-json", "JSON of the Hugging Face papers page", "JSON of the Hugging Face papers page", (".json",),
        "huggingface_json", _clue(r"\A[\s\ufeff]*[\[{]"), Holds.LISTING, reads=True,
        short="the Hugging Face papers page",
    ),
    Format(
        "zotero-json", "Zotero items as JSON", "Zotero items as JSON", (".json",), "zotero_json",
        _clue(r"\A[\s\ufeff]*[\[{]"), reads=True,
        short="Zotero",
    ),
    Format(
        "csl-json", "a CSL-JSON file", "CSL-JSON", (".json",), "csl_json", _clue(r"\A[\s\ufeff]*[\[{]"),
        reads=True, writes=True,
        short="CSL-JSON",
    ),
    Format(
        "endnote-xml", "an EndNote XML file", "EndNote XML", (".xml",), "endnote_xml", _clue(r"<(xml|records?)\b"),
        reads=True,
        short="EndNote",
    ),
    Format(
        "pubmed-xml", "a PubMed XML file", "PubMed XML", (".xml",), "pubmed_xml", _clue("<Pubmed|<Medline"),
        reads=True,
        short="PubMed",
    ),
    Format(
        "zotero-rdf", "a Zotero RDF file", "Zotero RDF", (".rdf", ".xml"), "zotero_rdf", _clue(r"<(?:\w+:)?RDF\b"),
        reads=True,
        short="Zotero",
    ),
    Format(
        "opml", "a list of feeds (OPML)", "lists of feeds (OPML)", (".opml", ".xml"), "opml", _clue(r"<opml\b"),
        reads=True,
        short="OPML lists of feeds",
    ),
    Format(
        "arxiv-feed", "a feed of papers", "feeds of arXiv and journals (RSS, Atom)",
        (".xml", ".rss", ".atom", ".rdf"), "arxiv_feeds", _clue(r"<(?:\w+:)?(?:rss|feed|RDF)\b"), Holds.LISTING,
        reads=True,
        short="arXiv",
    ),
    Format(
        "arxiv-html", "a saved arXiv listing page", "saved arXiv listing pages", (".html", ".htm", ".mhtml"),
        "arxiv_html", _clue(r"[<&](?:lt;)?(?:dl|dt|html|div|li)\b"), Holds.LISTING, reads=True,
        short="arXiv",
    ),
    Format(
        "hf-html", "a saved Hugging Face papers page", "saved Hugging Face papers pages", (".html", ".htm", ".mhtml"),
        "huggingface_html", _clue(r"[<&](?:lt;)?(?:html|article|div|body|main|section)\b"),
        Holds.LISTING, reads=True,
        short="the Hugging Face papers page",
    ),
    Format(
        "paper-html", "a saved page of a paper", "saved pages of papers (with citation tags)",
        (".html", ".htm", ".mhtml"), "paper_page",
        _clue(r"[<&](?:lt;)?(?:!doctype|html|head|meta)\b"), reads=True,
        short="saved pages of papers",
    ),
    Format(
        "bibtex", "a BibTeX file", "BibTeX files", (".bib", ".bibtex"), "bibtex", _clue(r"@\s*\w+\s*[{(]"),
        reads=True, writes=True, in_pieces=True,
        short="BibTeX",
    ),
    Format("biblatex", "a BibLaTeX file", "BibLaTeX files", (".bib",), "biblatex", writes=True),
    Format(
        "ris", "an RIS file", "RIS files", (".ris",), "ris", _clue(r"^\W{0,8}TY[ \t\xa0]{0,4}[-\u2010-\u2013]"),
        reads=True, writes=True,
        short="RIS",
    ),
    Format(
        "nbib", "a PubMed file (NBIB)", "PubMed files (NBIB)", (".nbib",), "nbib", _clue(r"\A\W{0,99}[A-Z]{2,4} *-"),
        reads=True,
        short="PubMed",
    ),
    Format(
        "refer", "an EndNote file (refer)", "EndNote files (refer)", (".enw",), "refer", _clue(r"^\W{0,8}%[A-Z0-9]\s"),
        reads=True,
        short="EndNote",
    ),
    Format(
        "arxiv-mail", "an arXiv listing mail", "arXiv listing mails", (".eml", ".mbox"), "arxiv_mail",
        _clue(r"^[>|\s]*\\\\\s*$|^content-transfer-encoding: *base64"), Holds.LISTING, reads=True,
        short="arXiv",
    ),
    Format(
        "papis", "papis data (info.yaml)", "papis data (info.yaml)", (".yaml", ".yml"), "papis", _clue(r"^title: ?\S"),
        reads=True,
        short="papis",
    ),
    Format(
        "csv", "a table (CSV)", "tables (CSV, TSV)", (".csv", ".tsv", ".tab"), "csv_table", _clue(r"[,;\t|]"),
        reads=True, writes=True, columns=True,
        short="CSV tables",
    ),
    Format(
        "hf-listing", "a listing of the Hugging Face papers page",
        "listings copied as text from the Hugging Face papers page", (".txt", ".text", ".md"), "listing",
        holds=Holds.LISTING, reads=True,
        short="the Hugging Face papers page",
    ),
    Format("markdown", "a Markdown file", "Markdown", (".md",), "markdown", writes=True),
    Format("html", "a web page", "web pages", (".html",), "html_page", writes=True),
)  # fmt: skip


def format_named(name: str) -> Format | None:
    """The format with this name, such as "bibtex"."""
    return next((known for known in FORMATS if known.name == name), None)


def recognise(name: str, text: str) -> Format | None:
    """The format of a text, by its content; where that tells nothing, the one format that reads files named so."""
    found = next((known for known in FORMATS if known.sniff(text)), None)
    if found is not None:
        return found
    suffix = PurePath(name).suffix.lower()
    named = [known for known in FORMATS if known.reads and not known.magic and suffix in known.suffixes]
    return named[0] if len(named) == 1 and named[0].name != "hf-listing" else None
