"""The command that opens the window, with files to be imported."""

from pathlib import Path

import click

from readinglist.cli.session import Session, Verb, pass_session
from readinglist.errors import ExpectedError


@click.command(cls=Verb)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@pass_session
def window(session: Session, files: tuple[Path, ...]) -> int:
    """Open the window, and import FILES in it.

    Where a window of this library is open already, that comes to the front.
    """
    missing = [str(file) for file in files if not file.exists()]
    if missing:
        raise ExpectedError(f"There is no file {', '.join(missing)}. Nothing was imported.")
    return session.open_window(session.folder, files)
