"""The commands for files that are kept up to date: keep begins with one, kept shows, writes and stops them."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from readinglist.cli.exporting import format_option, options_of, outcome, personal_option, style_option
from readinglist.cli.printing import aligned, complain, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import QUERY_WORDS, Session, Verb, WordsVerb, as_text, pass_session
from readinglist.errors import ExpectedError

if TYPE_CHECKING:
    from readinglist.library.kept_exports import KeptFile

_STOPPED = "Stopped. The files that were not written yet are as they were."


@click.command(cls=WordsVerb, epilog=QUERY_WORDS)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("query", nargs=-1, type=as_text)
@format_option
@style_option
@personal_option
@click.option(
    "--replace", is_flag=True, help="Replace a file that holds other entries too; it is kept beside as FILE~."
)
@pass_session
def keep(
    session: Session,
    file: Path,
    query: tuple[str, ...],
    format_name: str | None,
    style: str | None,
    no_personal: bool,
    replace: bool,
) -> int:
    """Write papers to a file, and write it anew whenever the query finds something else.

    Without a query, all papers are written. What another program changes in the file is never overwritten.
    """
    from readinglist.library.replaced_files import WouldLoseError

    options = options_of(format_name, style, file, personal=not no_personal)
    with session.library() as library, progress("Exporting", "Stopped. Nothing was written.") as tell:
        words = " ".join(query)
        try:
            written = library.keep_export(file, words, options, tell, replace_all=replace)
        except WouldLoseError as error:
            raise ExpectedError(f"{error} `--replace` replaces it, and keeps it as {file.name}~.") from error
    said = outcome(file, written.papers, written.copy)
    click.echo(f"{said} It is kept up to date from now on; `readinglist kept` shows how it stands.")
    return 0


@click.command(cls=Verb)
@click.argument("names", metavar="[FILE]...", nargs=-1, type=as_text)
@click.option("--write", is_flag=True, help="Write those that are not up to date, or the named ones.")
@click.option("--anyway", is_flag=True, help="With --write: also over what another program changed, kept as FILE~.")
@click.option("--stop", is_flag=True, help="Keep the named files up to date no more; they stay as they are.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@pass_session
def kept(session: Session, names: tuple[str, ...], write: bool, anyway: bool, stop: bool, as_json: bool) -> int:
    """Show the files that are kept up to date, write them, or stop that."""
    _refuse_senseless(names, write=write, anyway=anyway, stop=stop)
    with session.library() as library, progress("Exporting", _STOPPED) as tell:
        chosen = [library.kept_export(name) for name in names]
        for export in chosen if stop else ():
            library.stop_export(export.id)
            click.echo(f"{export.path} is kept up to date no more. It stays as it is.")
        if write:
            files = library.write_kept(tell, [export.id for export in chosen], anyway=anyway)
        else:
            files = [] if stop else library.kept_exports()
    if as_json:
        say_json({"kept": [_json(file) for file in files]})
    else:
        _tell(files)
    return 1 if write and any(file.problem or file.state.name == "FOREIGN" for file in files) else 0


def _refuse_senseless(names: tuple[str, ...], *, write: bool, anyway: bool, stop: bool) -> None:
    if stop and (write or not names):
        raise click.UsageError("--stop needs the files, and goes without --write.")
    if anyway and not (write and names):
        raise click.UsageError("--anyway needs --write and the files.")


def _tell(files: "list[KeptFile]") -> None:
    rows = [(str(file.path), file.export.format, file.state.value, file.export.query or "all papers") for file in files]
    for line in aligned(rows):
        click.echo(line)
    for file in files:
        if file.problem:
            complain(file.problem)
        elif file.state.name == "FOREIGN":
            complain(
                f"{file.path} was changed by another program and is left alone. `readinglist kept --write --anyway "
                f"{file.path.name}` replaces it and keeps it as {file.path.name}~; `kept --stop` lets it be."
            )


def _json(file: "KeptFile") -> dict[str, object]:
    export = file.export
    return {
        "id": export.id,
        "path": export.path,
        "format": export.format,
        "query": export.query,
        **export.options,
        "state": file.state.name.lower(),
        "written": file.written or None,
        "problem": file.problem or None,
    }
