"""The command for the trash: show it, move papers there, bring them back, delete them for good."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from readinglist.cli.printing import aligned, iso, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, as_text, named_papers, pass_session
from readinglist.errors import CancelledError, UsageError
from readinglist.library.days import day_words, goes_on
from readinglist.papers.edits import count_papers
from readinglist.papers.paper import Paper

if TYPE_CHECKING:
    from readinglist.library.library import Library


@click.command(cls=Verb)
@click.argument("names", metavar="[ID]...", nargs=-1, type=as_text)
@click.option("--bring-back", is_flag=True, help="Bring these papers back.")
@click.option("--delete", is_flag=True, help="Delete these papers of the trash for good.")
@click.option("--empty", is_flag=True, help="Delete all papers of the trash for good.")
@click.option("--yes", is_flag=True, help="Do not ask before papers are deleted.")
@click.option("--json", "as_json", is_flag=True, help="Print what is in the trash as JSON.")
@pass_session
def trash(
    session: Session, names: tuple[str, ...], bring_back: bool, delete: bool, empty: bool, yes: bool, as_json: bool
) -> int:
    """Show the trash, or move papers there.

    Papers stay there for 30 days, with their tags, notes and listings, and go then.
    """
    if (bring_back or delete) and not names:
        raise UsageError("Say which papers, by id or citation key.")
    if bring_back + delete + empty > 1 or (empty and names):
        raise UsageError("--bring-back, --delete and --empty do not go together, and --empty takes no papers.")
    with session.library() as library:
        papers = named_papers(library, names)
        ids = [paper.id for paper in papers]
        if empty or delete:
            _delete(library, papers if delete else _trashed(library), yes=yes)
        elif bring_back:
            click.echo(f"Brought {count_papers(len(library.restore(ids).paper_ids()))} back from the trash.")
        elif names:
            click.echo(f"Moved {count_papers(len(library.trash(ids).paper_ids()))} to the trash.")
        else:
            _show(_trashed(library), as_json=as_json)
    return 0


def _trashed(library: "Library") -> list[Paper]:
    return library.papers(library.find("is:trashed").ids)


def _delete(library: "Library", papers: Sequence[Paper], *, yes: bool) -> None:
    ids = [paper.id for paper in papers if paper.trashed is not None]
    if not ids:
        click.echo("None of these papers is in the trash." if papers else "The trash is empty.")
        return
    if not yes and not click.confirm(f"Delete {count_papers(len(ids))} for good?"):
        raise CancelledError("Stopped. Nothing was deleted.")
    with progress("Deleting", "Stopped. Nothing was deleted.") as tell:
        done = library.empty_trash(ids, tell)
    library.index_in_background()
    click.echo(f"Deleted {count_papers(done.papers)} for good. `readinglist undo` brings them back for now.")


def _show(papers: Sequence[Paper], *, as_json: bool) -> None:
    rows = [(paper, paper.trashed, goes_on(paper.trashed)) for paper in papers if paper.trashed is not None]
    if as_json:
        say_json(
            {
                "papers": [
                    {"id": paper.id, "title": paper.title, "trashed": iso(moved), "kept_until": iso(day)}
                    for paper, moved, day in rows
                ]
            }
        )
        return
    for line in aligned([(str(paper.id), f"until {day_words(day)}", paper.title) for paper, _, day in rows]):
        click.echo(line)
    if not rows:
        click.echo("The trash is empty.")
