"""The commands that write a whole library as plain text, and make it again: export-library and import-library."""

from pathlib import Path

import click

from readinglist.cli.backups import size_words
from readinglist.cli.printing import complain
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, pass_session
from readinglist.papers.edits import count_papers

PATH = click.Path(path_type=Path)


@click.command("export-library", cls=Verb)
@click.argument("path", metavar="FILE.zip|FOLDER", type=PATH)
@click.option("--no-journal", is_flag=True, help="Leave out the changes that were made, which undo needs.")
@pass_session
def export_library(session: Session, path: Path, no_journal: bool) -> int:
    """Write all that the library holds as JSON Lines, with its attached files.

    The exit code is 1 where an attached file is missing or damaged; all else was written.
    """
    from readinglist.library.complete_export import export_whole

    with progress("Exporting", "The export was stopped. Nothing was written.") as tell:
        exported = export_whole(session.folder, path.absolute(), tell, journal=not no_journal)
    files = f" and {_files(exported.files)}" if exported.files else ""
    click.echo(f"Wrote {count_papers(exported.papers)}{files} to {path} ({size_words(exported.size)}, checked).")
    for name in exported.lacking:
        complain(f"An attached file could not be written: {name}.")
    return 1 if exported.lacking else 0


@click.command("import-library", cls=Verb)
@click.argument("path", metavar="FILE.zip|FOLDER", type=PATH)
@click.option("--into", metavar="DIR", type=PATH, help="The new library's folder; else the one that commands use.")
@pass_session
def import_library(session: Session, path: Path, into: Path | None) -> int:
    """Make a whole library again of what export-library wrote, in a new folder."""
    from readinglist.library.complete_import import import_whole

    folder = (into or session.folder).absolute()
    with progress("Importing", "The import was stopped. Nothing was made.") as tell:
        rebuilt = import_whole(path, folder, tell)
    files = f" and {_files(rebuilt.files)}" if rebuilt.files else ""
    click.echo(f"Made a library of {count_papers(rebuilt.papers)}{files} in {rebuilt.folder}.")
    session.folder = folder
    with session.library() as library:
        library.index_in_background()
    return 0


def _files(count: int) -> str:
    return f"{count:,} attached {'file' if count == 1 else 'files'}"
