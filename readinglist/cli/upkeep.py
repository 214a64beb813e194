"""The commands that look after the library: reindex."""

import time

import click

from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, pass_session
from readinglist.papers.edits import count_papers


@click.command(cls=Verb)
@pass_session
def reindex(session: Session) -> int:
    """Build the full-text index anew. The library itself is not touched."""
    started = time.perf_counter()
    with session.library() as library, progress("Indexing", "Stopped. The index as it was is still there.") as tell:
        count = library.reindex(tell)
    click.echo(f"Indexed {count_papers(count)} in {time.perf_counter() - started:.1f} s.")
    return 0
