"""Inspect: what an import of some files would read, as plain data for scripts; nothing is written."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from readinglist.formats import open_text
from readinglist.formats.record import Feed, Problem, Record, Skipped
from readinglist.papers.paper import Author, Paper

_TEXTS = ("title", "abstract", "year", "entry_type", "citation_key", "doi", "arxiv_id", "url", "venue", "upvotes")


def inspect(paths: Sequence[Path], today: date | None = None) -> dict[str, Any]:
    """What stands in the files: `{"files": [...]}`, one entry for each path in order, as JSON can hold it.

    Args:
        paths: the files. One that is missing or cannot be read has an entry with an error; the others go on.
        today: the day that days without a year are reckoned from; None is today.
    """
    day = today or date.today()  # noqa: DTZ011 - the reader's own calendar
    return {"files": [_file(path, day) for path in paths]}


def _file(path: Path, today: date) -> dict[str, Any]:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        message = f"The file cannot be opened: {reason[0].lower()}{reason[1:]}."
        return _entry(path, None, None, errors=[Problem("not_recognised", None, message)])
    opened = open_text(path.name, data, today)
    papers: list[dict[str, Any]] = []
    feeds: list[dict[str, Any]] = []
    warnings = list(opened.problems)
    for entry in opened.records:
        if isinstance(entry, Record):
            papers.append(_record(entry))
        elif isinstance(entry, Feed):
            feeds.append({"title": entry.title, "url": entry.url})
        elif isinstance(entry, Problem):
            warnings.append(entry)
        elif not any(problem.line == entry.line for problem in warnings[-1:]):  # most are explained by their warning
            warnings.append(_skipped(entry))
    errors = [opened.error] if opened.error is not None else []
    told = _entry(path, opened.format or None, opened.encoding or None, papers, warnings, errors)
    return {**told, "feeds": feeds} if feeds else told


def _skipped(entry: Skipped) -> Problem:
    return Problem("skipped_entry", entry.line, f"A record was left out: {entry.reason}")


def _entry(
    path: Path,
    format_name: str | None,
    encoding: str | None,
    papers: Sequence[dict[str, Any]] = (),
    warnings: Sequence[Problem] = (),
    errors: Sequence[Problem] = (),
) -> dict[str, Any]:
    return {
        "path": str(path),
        "format": format_name,
        "encoding": encoding,
        "papers": list(papers),
        "warnings": [_problem(problem) for problem in warnings],
        "errors": [_problem(problem) for problem in errors],
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "line": problem.line, "message": problem.message}


def _record(record: Record) -> dict[str, Any]:
    """One paper by the names of its fields; what is not known is left out."""
    paper = record.paper
    found: dict[str, Any] = {name: getattr(paper, name) for name in _TEXTS}
    found["authors"] = [_author(author) for author in paper.authors]
    found["listed_on"] = record.listed_on.isoformat() if record.listed_on else None
    found["position"] = record.position
    found["keywords"] = list(dict.fromkeys((*paper.keywords, *paper.tags)))
    found["links"] = _links(paper)
    return {name: value for name, value in found.items() if value not in ("", None, [])}


def _author(author: Author) -> dict[str, str]:
    parts = {name: getattr(author, name) for name in ("family", "given", "particle", "suffix", "literal")}
    return {name: value for name, value in parts.items() if value}


def _links(paper: Paper) -> list[dict[str, str]]:
    return [{"url": link.url, "kind": link.kind.value} for link in paper.links]
