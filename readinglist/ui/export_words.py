"""What the formats of exports are called, and what each of them is for, in a line."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from readinglist.library.export_formats import ExportFormat
from readinglist.ui.wording import marked

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class FormatWords:
    """The name of a format, and what it is for."""

    name: str
    use: str


_WORDS = {
    "bibtex": FormatWords(
        marked("Export", "BibTeX"), marked("Export", "For LaTeX with BibTeX; JabRef, Zotero and most others read it.")
    ),
    "biblatex": FormatWords(
        marked("Export", "BibLaTeX"), marked("Export", "For LaTeX with biblatex and biber; whole dates, more types.")
    ),
    "ris": FormatWords(
        marked("Export", "RIS"), marked("Export", "For EndNote, Mendeley, Citavi and the tools of libraries.")
    ),
    "csl-json": FormatWords(
        marked("Export", "CSL-JSON"), marked("Export", "For Pandoc, Quarto, Zotero and citation processors.")
    ),
    "csv": FormatWords(
        marked("Export", "Table (CSV)"), marked("Export", "For Excel, LibreOffice and pandas: one row a paper.")
    ),
    "markdown": FormatWords(
        marked("Export", "Markdown"), marked("Export", "To read: for notes, wikis and repositories.")
    ),
    "html": FormatWords(marked("Export", "Web page"), marked("Export", "To read and to print; loads nothing.")),
    "bibliography": FormatWords(
        marked("Export", "Bibliography, text"), marked("Export", "In a citation style, as plain text.")
    ),
    "bibliography-html": FormatWords(
        marked("Export", "Bibliography, web page"),
        marked("Export", "In a citation style, with its italics; opens in word processors."),
    ),
}


def format_name(known: ExportFormat) -> str:
    """What a format is called."""
    return translate("Export", _WORDS[known.name].name)


def format_use(known: ExportFormat) -> str:
    """What a format is for."""
    return translate("Export", _WORDS[known.name].use)
