"""The command that writes papers out: export."""

from pathlib import Path

import click

from readinglist.cli.progress import progress
from readinglist.cli.session import QUERY_WORDS, Session, WordsVerb, as_text, pass_session
from readinglist.errors import ExpectedError
from readinglist.papers.edits import count_papers
from readinglist.paths import write_then_rename


@click.command(cls=WordsVerb, epilog=QUERY_WORDS)
@click.argument("query", nargs=-1, type=as_text)
@click.option("--format", "format_name", default="bibtex", show_default=True, help="The format to write.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file.")
@click.option("--no-personal", is_flag=True, help="Leave out reading states, stars, ratings, tags and notes.")
@pass_session
def export(session: Session, query: tuple[str, ...], format_name: str, output: Path | None, no_personal: bool) -> int:
    """Write papers as BibTeX: those that a query finds, or all."""
    with session.library() as library, progress("Exporting", "The export was stopped. Nothing was written.") as tell:
        found = library.find(" ".join(query))
        if not found.ids:
            raise ExpectedError("No paper was found, so nothing was written. `readinglist find` tries a query out.")
        text = library.export(found.ids, format_name, tell, personal=not no_personal)
    if output is None:
        click.echo(text.encode("utf-8"), nl=False)
    else:
        write_then_rename(output, text.encode("utf-8"))
        click.echo(f"Wrote {count_papers(len(found.ids))} to {output}.")
    return 0
