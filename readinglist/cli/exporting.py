"""The command that writes papers out: export."""

from collections.abc import Iterable
from pathlib import Path

import click

from readinglist.cli.progress import progress
from readinglist.cli.session import QUERY_WORDS, Session, WordsVerb, as_text, pass_session
from readinglist.errors import ExpectedError
from readinglist.library.export_formats import EXPORT_FORMATS, ExportOptions, export_format, format_of_file
from readinglist.papers.edits import count_papers

_AT_ONCE = 1 << 16  # characters
format_option = click.option(
    "--format",
    "format_name",
    type=click.Choice([known.name for known in EXPORT_FORMATS]),
    help="The format to write; else the one that the file's name asks for, else bibtex.",
)
style_option = click.option(
    "--style", metavar="STYLE", type=as_text, help="Write a bibliography in this citation style (see `styles`)."
)
personal_option = click.option(
    "--no-personal", is_flag=True, help="Leave out reading states, stars, ratings, tags and notes."
)


@click.command(cls=WordsVerb, epilog=QUERY_WORDS)
@click.argument("query", nargs=-1, type=as_text)
@format_option
@style_option
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file.")
@personal_option
@click.option(
    "--replace", is_flag=True, help="Replace a file that holds other entries too; it is kept beside as FILE~."
)
@pass_session
def export(
    session: Session,
    query: tuple[str, ...],
    format_name: str | None,
    style: str | None,
    output: Path | None,
    no_personal: bool,
    replace: bool,
) -> int:
    """Write papers as BibTeX, or in another format: those that a query finds, or all."""
    from readinglist.library.replaced_files import WouldLoseError

    options = options_of(format_name, style, output, personal=not no_personal)
    with session.library() as library, progress("Exporting", "The export was stopped. Nothing was written.") as tell:
        ids = library.find(" ".join(query)).ids
        if not ids:
            raise ExpectedError("No paper was found, so nothing was written. `readinglist find` tries a query out.")
        if output is None:
            _print(library.export_pieces(ids, options, tell))
            return 0
        try:
            written = library.export_to(output, ids, options, tell, replace_all=replace)
        except WouldLoseError as error:
            raise ExpectedError(f"{error} `--replace` replaces it, and keeps it as {output.name}~.") from error
    if written.changed:
        click.echo(outcome(output, written.papers, written.copy))
    else:
        click.echo(f"{output} holds these {count_papers(written.papers)} already; it was left as it is.")
    return 0


def options_of(format_name: str | None, style: str | None, output: Path | None, *, personal: bool) -> ExportOptions:
    """How to write what was asked for.

    Raises:
        UsageError: a style was named for a format that takes none.
    """
    if format_name is None:
        found = format_of_file(output or Path(), styled=style is not None)
    else:
        found = export_format(format_name)
    if style is not None and not found.styled:
        raise click.UsageError(f"--style goes with --format bibliography or bibliography-html, not with {found.name}.")
    return ExportOptions(found.name, personal, style or "")


def _print(pieces: Iterable[str]) -> None:
    """Print a text as it comes, in larger pieces than the writer's."""
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > _AT_ONCE:
            click.echo("".join(held).encode("utf-8", "replace"), nl=False)
            held, size = [], 0
    click.echo("".join(held).encode("utf-8", "replace"), nl=False)


def outcome(path: Path, count: int, copy: Path | None = None) -> str:
    """What was written, in words."""
    kept = f" What stood there is kept as {copy.name}." if copy else ""
    return f"Wrote {count_papers(count)} to {path}.{kept}"
