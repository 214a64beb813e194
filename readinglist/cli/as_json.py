"""The JSON of the command line. Programs read it: keys are added, never renamed or taken away."""

import json
from collections.abc import Iterable, Mapping, Sequence
from textwrap import indent
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.printing import iso
from readinglist.library.ledger import FileLedger, Ledger, Notice
from readinglist.papers.paper import Listing, Paper
from readinglist.papers.related import Related

if TYPE_CHECKING:
    from readinglist.library.checking import Check
    from readinglist.library.duplicates import Duplicates
    from readinglist.library.inspecting import Inspected


def ledger_json(ledger: Ledger) -> dict[str, Any]:
    """What an import did."""
    return {
        "records": ledger.records,
        "new": ledger.new,
        "known": ledger.known,
        "changed": ledger.changed,
        "skipped": ledger.skipped,
        "left": ledger.left,
        "feeds": ledger.feeds,
        "looked_at": ledger.looked_at,
        "files": [_file_json(file) for file in ledger.files],
        "warnings": [notice_json(notice) for notice in ledger.warnings],
        "errors": [notice_json(notice) for notice in ledger.errors],
        "seconds": round(ledger.seconds, 3),
    }


def _file_json(file: FileLedger) -> dict[str, Any]:
    return {
        "file": file.file,
        "format": file.format or None,
        "days": [iso(day) for day in file.days],
        "records": file.records,
        "new": file.new,
        "known": file.known,
        "changed": file.changed,
        "skipped": file.skipped,
        "left": file.left,
        "feeds": file.feeds,
        "imported_before": file.imported_before or None,
    }


def say_inspected(files: "Iterable[Inspected]") -> list[tuple[str, dict[str, Any]]]:
    """Print `{"files": [...]}` paper by paper, as they are read, and give the errors, each with its file's path."""
    from readinglist.library.inspecting import ending

    errors = []
    click.echo('{\n  "files": [', nl=False)
    for number, file in enumerate(files):
        told = {"path": file.path, "format": file.format, "encoding": file.encoding}
        click.echo(("," if number else "") + "\n    {\n" + _members(told) + ',\n      "papers": [', nl=False)
        for place, paper in enumerate(file.papers):
            click.echo(("," if place else "") + "\n" + indent(_json(paper), " " * 8), nl=False)
        click.echo("\n      ],\n" + _members(ending(file)) + "\n    }", nl=False)
        errors += [(file.path, error) for error in file.errors]
    click.echo("\n  ]\n}")
    return errors


def _members(told: Mapping[str, Any]) -> str:
    """The members of an object as they stand between its braces."""
    return indent(_json(told)[2:-2], " " * 4)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def notice_json(notice: Notice) -> dict[str, Any]:
    """A warning or an error, with the file and the line it is about."""
    return {"file": notice.file, "line": notice.line, "code": notice.code, "message": notice.message}


def found_paper_json(paper: Paper, listing_names: Mapping[int, str], score: float | None) -> dict[str, Any]:
    """A paper in the answer of `find`; `score` is None where the query has no words. What is not known is null."""
    return {**_core(paper, listing_names), "score": round(score, 4) if score else None}


def whole_paper_json(paper: Paper, listing_names: Mapping[int, str]) -> dict[str, Any]:
    """All that is known of a paper. Times are in UTC."""
    return {
        **_core(paper, listing_names),
        "abstract": paper.abstract,
        "entry_type": paper.entry_type,
        "venue": paper.venue or None,
        "keywords": list(paper.keywords),
        "links": [{"url": link.url, "kind": link.kind.value} for link in paper.links],
        "upvotes": paper.upvotes,
        "extra": dict(paper.extra),
        "attachments": [
            {"name": attachment.name, "size": attachment.size, "sha256": attachment.digest}
            for attachment in paper.attachments
        ],
        "notes": [
            {"id": note.id, "text": note.text, "created": iso(note.created), "changed": iso(note.changed)}
            for note in paper.notes
        ],
        "added": iso(paper.added),
        "read_at": iso(paper.read_at),
        "trashed": iso(paper.trashed),
    }


def related_json(near: Related, paper: Paper) -> dict[str, Any]:
    """A paper that is about the same as another, and the words that they share."""
    return {
        "id": paper.id,
        "citation_key": paper.citation_key or None,
        "title": paper.title,
        "score": near.score,
        "words": list(near.words),
    }


def check_json(check: "Check") -> dict[str, Any]:
    """What a check of the library found."""
    return {
        "papers": check.papers,
        "waiting": check.waiting,
        "differences": [
            {
                "kind": difference.kind,
                "message": difference.message,
                "repair": difference.repair,
                "papers": list(difference.paper_ids),
            }
            for difference in check.differences
        ],
    }


def duplicates_json(groups: "Sequence[Duplicates]", papers: Mapping[int, Paper]) -> list[dict[str, Any]]:
    """Papers that are surely ("same") or perhaps ("probable") one; the one that a merge keeps comes first."""
    return [
        {
            "match": group.match.value,
            "papers": [
                {
                    "id": paper.id,
                    "citation_key": paper.citation_key or None,
                    "title": paper.title,
                    "authors": [author.display for author in paper.authors],
                    "year": paper.year,
                    "doi": paper.doi or None,
                    "arxiv_id": paper.arxiv_id or None,
                }
                for paper in map(papers.__getitem__, group.ids)
            ],
        }
        for group in groups
    ]


def listing_json(listing: Listing) -> dict[str, Any]:
    """A listing; `number` tells two of the same day apart."""
    return {
        "listing": listing.name,
        "day": iso(listing.day),
        "number": listing.number,
        "papers": listing.papers,
    }


def _core(paper: Paper, listing_names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": paper.id,
        "citation_key": paper.citation_key or None,
        "title": paper.title,
        "authors": [author.display for author in paper.authors],
        "year": paper.year,
        "doi": paper.doi or None,
        "arxiv_id": paper.arxiv_id or None,
        "url": paper.url or None,
        "status": paper.state.value,
        "starred": paper.starred,
        "rating": paper.rating,
        "tags": list(paper.tags),
        "sightings": [
            {
                "listing": listing_names.get(sighting.listing_id),
                "day": iso(sighting.day),
                "position": sighting.position,
            }
            for sighting in paper.sightings
        ],
    }
