"""What papers can be written as: the formats that others read, and bibliographies in a citation style."""

from dataclasses import dataclass
from pathlib import Path, PurePath

from readinglist.errors import UsageError
from readinglist.formats import FORMATS


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format to write: its name in commands, the suffix of its files, and whether it takes a citation style.

    `bare`: it holds nothing of what the reader did to a paper, whatever is asked for.
    """

    name: str
    suffix: str
    styled: bool = False
    bare: bool = False


_SUFFIXES = {known.name: known.suffixes[0] for known in FORMATS if known.writes}
EXPORT_FORMATS: tuple[ExportFormat, ...] = (
    *(ExportFormat(name, _SUFFIXES[name]) for name in ("bibtex", "biblatex", "ris", "csl-json", "csv")),
    ExportFormat("markdown", _SUFFIXES["markdown"]),
    ExportFormat("html", _SUFFIXES["html"]),
    ExportFormat("bibliography", ".txt", styled=True, bare=True),
    ExportFormat("bibliography-html", ".html", styled=True, bare=True),
)


def export_format(name: str) -> ExportFormat:
    """The format with this name.

    Raises:
        UsageError: there is none.
    """
    found = next((known for known in EXPORT_FORMATS if known.name == name), None)
    if found is None:
        known = ", ".join(each.name for each in EXPORT_FORMATS)
        raise UsageError(f"There is no export format {name!r}. Papers can be written as {known}.")
    return found


def format_of_file(path: PurePath, *, styled: bool = False) -> ExportFormat:
    """The format that a file's name asks for; BibTeX, or with `styled` a bibliography as text, where it names none."""
    suffix = path.suffix.lower()
    fitting = [known for known in EXPORT_FORMATS if known.styled is styled]
    return next((known for known in fitting if known.suffix == suffix), fitting[0])


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How papers are written: the name of a format, and of a citation style for those that take one.

    `personal`: with reading states, stars, ratings, tags and notes.
    """

    format: str = "bibtex"
    personal: bool = True
    style: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written: how many papers went in, whether it is another one now, and the copy that was kept."""

    path: Path
    papers: int
    changed: bool = True
    copy: Path | None = None
