"""Inspect: what an import of some files would read, as plain data for scripts; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from readinglist.formats import Opened
from readinglist.formats.record import Feed, Problem, Record, Skipped
from readinglist.library.answers import InputFile, Progress, no_progress
from readinglist.library.inputs import inputs_of
from readinglist.library.inputs import opened as opened_input
from readinglist.papers.paper import Author, Paper

_TEXTS = ("title", "abstract", "year", "entry_type", "citation_key", "doi", "arxiv_id", "url", "venue", "upvotes")
_NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
_TYPICAL_RECORD = 1500  # characters; only to guess how many records a text holds
_TOLD_EVERY = 250  # records


@dataclass
class Inspected:
    """One file. `papers` are read while one asks for them; `warnings` and `feeds` are whole when there are no more."""

    path: str
    format: str | None = None
    encoding: str | None = None
    papers: Iterator[dict[str, Any]] = field(default_factory=lambda: iter(()))
    warnings: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    feeds: list[dict[str, Any]] = field(default_factory=list)


def inspect(
    paths: Sequence[Path], today: date | None = None, columns: Mapping[str, str] = _NO_COLUMNS
) -> dict[str, Any]:
    """What stands in the files: `{"files": [...]}`, as `inspect_each` gives them, with all papers."""
    return {"files": [as_plain(file) for file in inspect_each(paths, today, columns)]}


def as_plain(file: Inspected) -> dict[str, Any]:
    """One file as JSON can hold it, all of its papers read."""
    papers = list(file.papers)
    told = {"path": file.path, "format": file.format, "encoding": file.encoding, "papers": papers}
    return {**told, **ending(file)}


def ending(file: Inspected) -> dict[str, Any]:
    """What is known of a file once its papers are read."""
    told: dict[str, Any] = {"warnings": file.warnings, "errors": file.errors}
    return {**told, "feeds": file.feeds} if file.feeds else told


def inspect_each(
    paths: Sequence[Path],
    today: date | None = None,
    columns: Mapping[str, str] = _NO_COLUMNS,
    progress: Progress = no_progress,
) -> Iterator[Inspected]:
    """What stands in the files, one after the other; for folders, in the files there that hold papers.

    Args:
        paths: the files. One that is missing or cannot be read has an entry with an error; the others go on.
        today: the day that days without a year are reckoned from; None is today.
        columns: which column of a table is which field of a paper.
        progress: told how many records of about how many in a file were read.
    """
    day = today or date.today()  # noqa: DTZ011 - the reader's own calendar
    for path in paths:
        if not path.is_dir():
            yield _inspect_file(path, day, columns, progress)
            continue
        found = inputs_of([path], progress)
        for trouble in found.troubles:
            yield Inspected(str(path), errors=[_problem(Problem(trouble.code, None, trouble.message))])
        for text in found.texts:
            yield _inspect_file(text.path if isinstance(text, InputFile) else path, day, columns, progress)


def _inspect_file(path: Path, today: date, columns: Mapping[str, str], progress: Progress) -> Inspected:
    found = inputs_of([path], progress)
    if not found.texts:
        return Inspected(str(path), errors=[_problem(Problem("not_recognised", None, found.troubles[0].message))])
    opened = opened_input(replace(found.texts[0], columns=columns), today)
    inspected = Inspected(str(path), opened.format or None, opened.encoding or None)
    inspected.warnings = [_problem(problem) for problem in opened.problems]
    inspected.errors = [_problem(opened.error)] if opened.error is not None else []
    inspected.papers = _papers(opened, inspected, progress)
    return inspected


def _papers(opened: Opened, inspected: Inspected, progress: Progress) -> Iterator[dict[str, Any]]:
    total = len(opened.packed) // _TYPICAL_RECORD
    for number, entry in enumerate(opened.records):
        if number % _TOLD_EVERY == 0:
            progress(number, max(number, total))
        match entry:
            case Record():
                yield _record(entry)
            case Feed(title=title, url=url):
                inspected.feeds.append({"title": title, "url": url})
            case Problem():
                inspected.warnings.append(_problem(entry))
            case Skipped(line=line) if all(warning["line"] != line for warning in inspected.warnings[-1:]):
                inspected.warnings.append(_skipped(entry))  # most are explained by their warning


def _skipped(entry: Skipped) -> dict[str, Any]:
    return _problem(Problem("skipped_entry", entry.line, f"A record was left out: {entry.reason}"))


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "line": problem.line, "message": problem.message}


def _record(record: Record) -> dict[str, Any]:
    """One paper by the names of its fields; what is not known is left out."""
    paper = record.paper
    found: dict[str, Any] = {name: getattr(paper, name) for name in _TEXTS}
    found["authors"] = [_author(author) for author in paper.authors]
    found["listed_on"] = record.listed_on.isoformat() if record.listed_on else None
    found["position"] = record.position
    found["keywords"] = list(paper.keywords)
    found["links"] = _links(paper)
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def _author(author: Author) -> dict[str, str]:
    parts = {name: getattr(author, name) for name in ("family", "given", "particle", "suffix", "literal")}
    return {name: value for name, value in parts.items() if value}


def _links(paper: Paper) -> list[dict[str, str]]:
    return [{"url": link.url, "kind": link.kind.value} for link in paper.links]
