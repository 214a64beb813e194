"""The commands for papers that are in the library twice: duplicates, merge, unmerge, different."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from readinglist.cli.as_json import duplicates_json
from readinglist.cli.editing import names_argument
from readinglist.cli.printing import aligned, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, as_text, named_papers, pass_session
from readinglist.errors import UsageError
from readinglist.papers.edits import count_papers

if TYPE_CHECKING:
    from readinglist.library.duplicates import Duplicates
    from readinglist.library.library import Library
    from readinglist.papers.paper import Paper

_READ_AT_ONCE = 500


@click.command(cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@pass_session
def duplicates(session: Session, as_json: bool) -> int:
    """Show papers that are in the library twice.

    Those that surely are come first, then those that perhaps are. Nothing is changed: merge makes them one, different
    keeps them apart.
    """
    with session.library() as library:
        with progress("Comparing", "Stopped. Nothing was changed.") as tell:
            groups = library.find_duplicates(tell)
        papers = _papers_of(library, groups)
    if as_json:
        say_json(duplicates_json(groups, papers))
        return 0
    sure = [group for group in groups if group.match.value == "same"]
    _show("Surely one paper:", sure, papers)
    _show("Perhaps one paper:", [group for group in groups if group not in sure], papers)
    click.echo(_what_to_do(len(sure), len(groups) - len(sure)))
    return 0


@click.command(cls=Verb)
@click.argument("names", metavar="[ID...]", nargs=-1, type=as_text)
@click.option("--sure", is_flag=True, help="Merge all papers that are surely one.")
@pass_session
def merge(session: Session, names: tuple[str, ...], sure: bool) -> int:
    """Make several papers one.

    The first one named is kept, with all that was of the others: sightings, tags, notes, files, and the richer
    value of each detail. unmerge brings the others back.
    """
    if sure == bool(names) or len(names) == 1:
        raise UsageError("Name the papers that are one, as in `readinglist merge 3 8`, or say --sure.")
    with session.library() as library:
        if sure:
            _merge_sure(library)
            return 0
        papers = named_papers(library, names)
        library.merge([paper.id for paper in papers])
        kept = library.papers([papers[0].id])[0]
        library.index_in_background()
    click.echo(f"Merged {count_papers(len(papers))} into “{kept.title}” ({kept.id}).")
    return 0


@click.command(cls=Verb)
@click.argument("name", metavar="ID", type=as_text)
@pass_session
def unmerge(session: Session, name: str) -> int:
    """Bring back the paper that was last merged into another one.

    It comes back under its own id and key, and the two are kept apart from then on.
    """
    with session.library() as library:
        (paper,) = named_papers(library, [name])
        merges = library.merges(paper.id)
        library.take_apart(paper.id)
        back = library.papers([merges[0].absorbed.id])[0]
        library.index_in_background()
    click.echo(f"“{back.title}” is a paper of its own again ({back.id}).")
    return 0


@click.command(cls=Verb)
@names_argument
@pass_session
def different(session: Session, names: tuple[str, ...]) -> int:
    """Keep papers apart: they are not one.

    duplicates does not show them together any more.
    """
    with session.library() as library:
        papers = named_papers(library, names)
        change = library.tell_apart([paper.id for paper in papers])
    told = f"Kept {count_papers(len(papers))} apart." if change else "Nothing to do: it was so already."
    click.echo(told)
    return 0


def _merge_sure(library: "Library") -> None:
    stopped = "Stopped. Nothing was merged."
    with progress("Comparing", stopped) as tell:
        groups = [group for group in library.find_duplicates(tell) if group.match.value == "same"]
    with progress("Merging", stopped) as tell:
        count = library.merge_all(groups, tell) if groups else 0
    library.index_in_background()
    if not count:
        click.echo("No papers are surely one.")
        return
    merged = sum(len(group.ids) for group in groups)
    click.echo(f"Merged {count_papers(merged)} into {count:,}. `readinglist undo` takes it back.")


def _papers_of(library: "Library", groups: "Sequence[Duplicates]") -> "dict[int, Paper]":
    ids = list(dict.fromkeys(paper_id for group in groups for paper_id in group.ids))
    pieces = (ids[start : start + _READ_AT_ONCE] for start in range(0, len(ids), _READ_AT_ONCE))
    return {paper.id: paper for piece in pieces for paper in library.papers(piece)}


def _show(heading: str, groups: "Sequence[Duplicates]", papers: "dict[int, Paper]") -> None:
    if not groups:
        return
    click.echo(heading)
    rows = [_row(papers[paper_id]) for group in groups for paper_id in group.ids]
    lines = iter(aligned(rows))
    for group in groups:
        click.echo("\n".join(next(lines) for _ in group.ids) + "\n")


def _row(paper: "Paper") -> tuple[str, ...]:
    first = paper.authors[0].family or paper.authors[0].display if paper.authors else ""
    return f"{paper.id:>7}", paper.citation_key, f"{first} {paper.year or ''}".strip(), paper.title


def _what_to_do(sure: int, perhaps: int) -> str:
    if not sure and not perhaps:
        return "No paper is here twice."
    merges = "`readinglist merge --sure` merges all sure ones, " if sure else ""
    return f"{merges}`readinglist merge ID ID` two of them, `readinglist different ID ID` keeps them apart."
