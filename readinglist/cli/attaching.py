"""The commands for the files of papers: attach, detach, open, sweep."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readinglist.cli.backups import size_words
from readinglist.cli.printing import complain
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, as_text, named_papers, pass_session
from readinglist.errors import ExpectedError, UsageError
from readinglist.papers.identifiers import web_page
from readinglist.papers.paper import Attachment, Paper
from readinglist.papers.web_address import true_address

if TYPE_CHECKING:
    from readinglist.library.library import Library

_paper_argument = click.argument("name", metavar="ID", type=as_text)


@click.command(cls=Verb)
@_paper_argument
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@pass_session
def attach(session: Session, name: str, files: tuple[Path, ...]) -> int:
    """Attach files to a paper.

    Copies of them are kept with the library; the text of PDF documents is searched.
    """
    with session.library() as library, progress("Attaching", "Stopped. Nothing was attached.") as tell:
        (paper,) = named_papers(library, [name])
        change = library.attach(paper.id, [path.absolute() for path in files], tell)
        (after,) = library.papers([paper.id])
    new = len(after.attachments) - len(paper.attachments)
    if not change:
        click.echo("Nothing to do: it was so already.")
        return 0
    click.echo(f"Attached {'1 file' if new == 1 else f'{new} files'} to “{paper.title}”.")
    return 0


@click.command(cls=Verb)
@_paper_argument
@click.argument("file", metavar="FILE", type=as_text)
@pass_session
def detach(session: Session, name: str, file: str) -> int:
    """Take a file, by its name or number, off a paper.

    `readinglist undo` brings it back.
    """
    with session.library() as library:
        (paper,) = named_papers(library, [name])
        attachment = _named(paper, file)
        library.detach(paper.id, attachment.digest)
    click.echo(f"Took {attachment.name} off “{paper.title}”.")
    return 0


@click.command("open", cls=Verb)
@_paper_argument
@click.option("--file", metavar="FILE", type=as_text, help="Which of its files, by name or number; else the first.")
@click.option("--path", "only_path", is_flag=True, help="Print where the file is, and open nothing.")
@pass_session
def open_paper(session: Session, name: str, file: str | None, only_path: bool) -> int:
    """Open the file of a paper, or its web page where it has no file."""
    with session.library() as library:
        (paper,) = named_papers(library, [name])
        if only_path:
            click.echo(str(library.attached_file(_named(paper, file or "1"))))
            return 0
        target = _to_open(library, paper, file)
    if not _is_wanted(target):
        return 1
    if click.launch(target, wait=sys.platform == "linux"):  # xdg-open comes back at once, and tells whether it could
        complain(f"No program was found that opens {target}.")
        return 1
    return 0


@click.command(cls=Verb)
@pass_session
def sweep(session: Session) -> int:
    """Remove the files that nothing names any more.

    These are files that no paper, no step of undo and no backup names. The program does this by itself after 30 days.
    """
    with session.library() as library:
        swept = library.sweep_files(at_once=True)
    if swept.unread:
        raise ExpectedError(
            f"Nothing was removed: {swept.unread} cannot be read, and files may still be needed to bring it back. Once "
            "you do not need it any more, move it elsewhere, and try again."
        )
    files = "1 file" if swept.files == 1 else f"{swept.files:,} files"
    click.echo(f"Removed {files}, {size_words(swept.size)}." if swept.files else "There is nothing to remove.")
    return 0


def _to_open(library: "Library", paper: Paper, file: str | None) -> str:
    if paper.attachments or file is not None:
        return str(library.file_to_open(_named(paper, file or "1")))
    page = web_page(paper)
    if not page.lower().startswith(("http://", "https://")):
        raise ExpectedError(
            f"“{paper.title}” has no file, and no web page of it is known. Attach one with `readinglist attach`."
        )
    return true_address(page)


def _is_wanted(target: str) -> bool:
    """Tell where a link leads before it is followed, and let somebody at a terminal think better of it."""
    if not target.startswith(("http://", "https://")):
        return True
    click.echo(f"Opening {target}")
    is_known = target.startswith(("https://doi.org/", "https://arxiv.org/"))
    return is_known or not sys.stdin.isatty() or click.confirm("This address stands in the paper's record. Open it?")


def _named(paper: Paper, name: str) -> Attachment:
    """The attachment with this name, or this number from 1.

    Raises:
        UsageError: there is none.
    """
    held = paper.attachments
    for attachment in held:
        if attachment.name == name:
            return attachment
    if name.isascii() and name.isdigit() and 0 < int(name) <= len(held):
        return held[int(name) - 1]
    known = ", ".join(attachment.name for attachment in held) or "none"
    raise UsageError(f"“{paper.title}” has no file {name!r}. Its files: {known}.")
