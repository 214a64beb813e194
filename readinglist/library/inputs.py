"""What can be imported: files and the files in folders, under names that tell them apart; the columns of tables."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.formats import FORMATS, Opened, format_named, open_text, recognise
from readinglist.formats.encoding import decode
from readinglist.formats.listing import says_what_it_is
from readinglist.formats.packed_text import PackedText
from readinglist.formats.record import Problem, Record
from readinglist.library.answers import Input, InputFile, InputText, Progress
from readinglist.library.ledger import Notice
from readinglist.papers.characters import name_text

_MOST_FILES = 20_000  # of one folder; more is no folder of papers
_MOST_OTHERS = 2_000  # files with a suffix that no format has, of which the beginning is looked at
_BEGINNING = 1 << 16  # bytes that tell what a file in a folder is
# Suffixes of files that can be nothing else: what is wrong with one of them is told.
_BIBLIOGRAPHIES = frozenset({".bib", ".bibtex", ".ris", ".nbib", ".enw", ".opml", ".pdf"})

_DETAILS = ("title", "abstract", "authors", "year", "doi", "arxiv_id", "url", "venue")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was found to import.

    `looked_at` counts the files in folders, those included that hold no papers and are left out; `troubles` say what
    could not be opened, or was too much.
    """

    texts: tuple[Input, ...] = ()
    troubles: tuple[Notice, ...] = ()
    looked_at: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, the field it is taken for ("" for none), an example of its cells."""

    header: str
    field: str
    example: str


@dataclass
class _Found:
    paths: list[Path] = field(default_factory=list)
    looked_at: int = 0
    others: int = 0
    troubles: list[Notice] = field(default_factory=list)


def inputs_of(paths: Sequence[Path], progress: Progress) -> Inputs:
    """The files to import, in order, with those of folders in the place of these.

    Files in folders are taken where they hold papers; hidden files and links to other folders are left out.

    Raises:
        CancelledError: `progress` raised it; it is told how many files were looked at, of 0.
    """
    found = _Found()
    for path in paths:
        if path.is_dir():
            _look_through(path, found, progress)
        else:
            found.paths.append(path)
    texts: list[Input] = []
    for path, name in zip(found.paths, distinct_names(found.paths), strict=True):
        try:
            texts.append(_input_of(path, name_text(name)))
        except OSError as error:
            message = f"The file could not be read: {error.strerror or error}."
            found.troubles.append(Notice(name_text(name), None, "unreadable", message))
    return Inputs(tuple(texts), tuple(found.troubles), found.looked_at)


def opened(text: Input, today: date) -> Opened:
    """A text, recognised and read up to its first record; one that cannot be read has an error that says why."""
    try:
        data = text.data
    except ExpectedError as error:
        return Opened("", "", PackedText(), (), Problem("unreadable", None, str(error)), iter(()))
    return open_text(text.name, data, today, dict(text.columns))


def richest(texts: Sequence[InputText], today: date) -> InputText:
    """Of several forms of one text, such as those of the clipboard, the one that tells most; else the first."""
    if len(texts) == 1:
        return texts[0]
    return max(texts, key=lambda text: _told(text, today))


def _told(text: InputText, today: date) -> tuple[int, int]:
    """How many papers a text holds, and how many of their details."""
    papers = [entry.paper for entry in opened(text, today).records if isinstance(entry, Record)]
    return len(papers), sum(bool(getattr(paper, name)) for paper in papers for name in _DETAILS)


def suffixes() -> tuple[str, ...]:
    """The suffixes of all files that can be imported, such as ".bib"."""
    return tuple(dict.fromkeys(suffix for known in FORMATS if known.reads for suffix in known.suffixes))


def kinds() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What can be imported, by what people call it, and the suffixes of such files."""
    return tuple((known.plural[0].upper() + known.plural[1:], known.suffixes) for known in FORMATS if known.reads)


def columns_of(text: Input) -> tuple[Column, ...]:
    """The columns of a table that is to be imported, by the columns that it is imported with; none if it is no table.

    Raises:
        ExpectedError: the file cannot be read.
    """
    from readinglist.formats.csv_table import columns_of as table_columns

    decoded = decode(text.data)
    known = None if decoded.error is not None else recognise(text.name, decoded.text)
    if known is None or not known.columns:
        return ()
    mapped = {header.strip().casefold(): field for header, field in text.columns.items()}
    return tuple(
        Column(header, mapped.get(header.strip().casefold(), guess), example)
        for header, guess, example in table_columns(decoded.text)
    )


def column_fields() -> tuple[str, ...]:
    """The fields that a column of a table can be."""
    from readinglist.formats.csv_table import FIELDS

    return FIELDS


def has_columns(format_name: str) -> bool:
    """Whether files of a format are tables, whose columns can be mapped."""
    known = format_named(format_name)
    return known is not None and known.columns


def distinct_names(paths: Sequence[Path]) -> list[str]:
    """The files' names, with as many of their folders as tell them apart."""
    names: dict[int, str] = {}
    left = list(range(len(paths)))
    for length in range(1, max((len(path.parts) for path in paths), default=0) + 1):
        tails = {number: "/".join(paths[number].parts[-length:]) for number in left}
        often = Counter(tails.values())
        names |= {number: tail for number, tail in tails.items() if often[tail] == 1}
        left = [number for number in left if number not in names]
    return [names.get(number, str(path)) for number, path in enumerate(paths)]


def _input_of(path: Path, name: str) -> Input:
    status = path.stat()
    if stat.S_ISREG(status.st_mode):
        with path.open("rb"):
            return InputFile(name, path, (status.st_size, status.st_mtime_ns))
    return InputText(name, path.read_bytes())  # a pipe gives what it has once


def _look_through(folder: Path, found: _Found, progress: Progress) -> None:
    known = frozenset(suffixes())
    before = len(found.paths)
    for path in _files_below(folder, found):
        if found.looked_at >= _MOST_FILES:
            message = f"Only the first {_MOST_FILES:,} files were looked at. Import its folders one by one."
            found.troubles.append(Notice(folder.name, None, "unreadable", message))
            break
        progress(found.looked_at, 0)
        found.looked_at += 1
        suffix = path.suffix.casefold()
        found.others += suffix not in known
        if suffix in _BIBLIOGRAPHIES or ((suffix in known or found.others <= _MOST_OTHERS) and _holds_papers(path)):
            found.paths.append(path)
    if len(found.paths) == before:
        message = "No file in this folder holds papers in a form that is read."
        found.troubles.append(Notice(folder.name, None, "no_papers", message))


def _files_below(folder: Path, found: _Found) -> Iterator[Path]:
    def tell(error: OSError) -> None:
        message = f"The folder could not be read: {error.strerror or error}."
        found.troubles.append(Notice(str(error.filename), None, "unreadable", message))

    for where, folders, names in os.walk(folder, onerror=tell):  # links to folders are not followed: no loops
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(where, name) for name in sorted(names) if not name.startswith(".")):
            if path.is_file():  # no pipes, which may never end
                yield path


def _holds_papers(path: Path) -> bool:
    """Whether the beginning of a file is that of some format; titles and texts in turn alone do not count."""
    try:
        with path.open("rb") as file:
            head = file.read(_BEGINNING)
    except OSError:
        return False
    decoded = decode(head)
    if decoded.error is not None:
        return False
    found = next((known for known in FORMATS if known.sniff(decoded.text)), None)
    return found is not None and (found.name != "hf-listing" or says_what_it_is(decoded.text))
