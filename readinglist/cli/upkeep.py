"""The commands that look after the library: reindex."""

import time

import click

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
    started = time.perf_counter()
    with session.library() as library, progress("Indexing", "Stopped. What was indexed before still is.") as tell:
        count = library.index_pending(tell) if pending else library.reindex(tell)
    click.echo(f"Indexed {count_papers(count)} in {time.perf_counter() - started:.1f} s.")
    return 0
