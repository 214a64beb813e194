"""The tour: the sample listing taken through every verb in a library of its own, each step printed."""

import shlex
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import click

from readinglist.cli.printing import faint
from readinglist.cli.session import Session, Verb
from readinglist.paths import resource

PICTURE = Path("reading-list.png")


@click.command(cls=Verb)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    default=PICTURE,
    show_default=True,
    help="Where to save the picture of the window.",
)
@click.pass_context
def tour(ctx: click.Context, output: Path) -> int:
    """Show what the program does on a sample listing.

    All of it happens in a scratch library, and a picture of the window is saved; no display is needed.
    """
    program = ctx.find_root().command
    with tempfile.TemporaryDirectory(prefix="readinglist-tour-", ignore_cleanup_errors=True) as scratch:
        session = replace(ctx.ensure_object(Session), folder=Path(scratch) / "library")
        _walk(_Guide(program, session), Path(scratch) / "starred.bib")
        _say("The window with these papers")
        session.draw_window(session.folder, output)
    click.echo(f"Saved as {output.absolute()}")
    return 0


@dataclass(frozen=True)
class _Guide:
    """Runs commands of the program as a user types them, and prints each before its answer."""

    program: click.Command
    session: Session

    def run(self, why: str, *words: str) -> None:
        _say(why)
        click.echo(click.style(f"$ readinglist {shlex.join(words)}", bold=True))
        self.program.main(list(words), "readinglist", standalone_mode=False, obj=self.session)

    def first_ids(self, count: int) -> list[str]:
        with self.session.library() as library:
            return [str(paper_id) for paper_id in library.find(sort="listed").ids[:count]]


def _walk(guide: _Guide, bibliography: Path) -> None:
    sample = str(resource("samples", "listing.txt"))
    guide.run("A listing copied from a web page into a text file comes in", "import", sample)
    first, second, third = guide.first_ids(3)
    guide.run(
        "Search: all words must stand somewhere in title, abstract, authors or notes",
        "find",
        "language",
        "model",
        "--limit",
        "5",
    )
    guide.run("Star what looks good", "star", first, second)
    guide.run("Tag it; a slash nests tags", "tag", first, second, "+nlp/models", "+to discuss")
    guide.run("Write down why", "note", first, "Read the *results* before Friday.")
    guide.run("Say how far you are", "status", "reading", first)
    guide.run("And skip what is not for you", "status", "skipped", third)
    guide.run("That was a mistake: every change can be taken back", "undo")
    guide.run("and made again", "redo")
    guide.run("Ask for marks as for words", "find", "is:starred", "tag:nlp")
    guide.run("All about one paper", "show", first)
    guide.run("The starred papers as BibTeX", "export", "is:starred")
    guide.run("or into a file", "export", "is:starred", "-o", str(bibliography))
    guide.run("The same listing again adds nothing", "import", sample)


def _say(words: str) -> None:
    click.echo("\n" + faint(words))
