"""The commands that look after the library: reindex and check."""

import time

import click

from readinglist.cli.as_json import check_json
from readinglist.cli.printing import complain, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, pass_session
from readinglist.papers.edits import count_papers


@click.command(cls=Verb)
@click.option("--pending", is_flag=True, help="Only index what the index does not hold yet.")
@pass_session
def reindex(session: Session, pending: bool) -> int:
    """Build the full-text index anew.

    The papers themselves are not touched. The program does this by itself where it is needed.
    """
    from readinglist.library.library import Library

    if pending and not Library.stands_in(session.folder):
        return 0  # it was removed while this process was starting beside the one that asked for it
    started = time.perf_counter()
    with session.library() as library, progress("Indexing", "Stopped. What was indexed before still is.") as tell:
        count = library.index_pending(tell) if pending else library.reindex(tell)
    click.echo(f"Indexed {count_papers(count)} in {time.perf_counter() - started:.1f} s.")
    return 0


@click.command(cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--if-due", is_flag=True, hidden=True)
@pass_session
def check(session: Session, as_json: bool, if_due: bool) -> int:
    """Compare the papers with their full-text index, and say what differs.

    Nothing is changed. The exit code is 1 where something is not as it should be.
    """
    if if_due:
        from readinglist.library.guarding import check_if_due

        check_if_due(session.folder)
        return 0
    with session.library() as library, progress("Checking", "Stopped.") as tell:
        found = library.check(tell)
    if as_json:
        say_json(check_json(found))
    else:
        waiting = f" {count_papers(found.waiting)} will be indexed later." if found.waiting else ""
        click.echo(f"Compared {count_papers(found.papers)} with the full-text index.{waiting}")
        for difference in found.differences:
            complain(f"{difference.message} {difference.repair}")
        if not found.differences:
            click.echo("All is well.")
    return 1 if found.differences else 0
