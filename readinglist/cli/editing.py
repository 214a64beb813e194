"""The commands that change papers, and take changes back: star, unstar, tag, status, note, undo, redo."""

import sys
from collections.abc import Sequence

import click

from readinglist.cli.session import Session, Verb, WordsVerb, as_text, named_papers, pass_session
from readinglist.errors import ExpectedError, UsageError
from readinglist.papers.change import Change
from readinglist.papers.edits import STATE_NAMES, count_papers, parse_state

STDIN = "-"

names_argument = click.argument("names", metavar="ID...", nargs=-1, required=True, type=as_text)


@click.command(cls=Verb)
@names_argument
@pass_session
def star(session: Session, names: tuple[str, ...]) -> int:
    """Star papers."""
    with session.library() as library:
        papers = named_papers(library, names)
        _tell("Starred {}.", library.star([paper.id for paper in papers]), len(papers))
    return 0


@click.command(cls=Verb)
@names_argument
@pass_session
def unstar(session: Session, names: tuple[str, ...]) -> int:
    """Take the star off papers."""
    with session.library() as library:
        papers = named_papers(library, names)
        _tell("Took the star off {}.", library.unstar([paper.id for paper in papers]), len(papers))
    return 0


@click.command(cls=WordsVerb)
@click.argument("words", metavar="ID... [+TAG]... [-TAG]...", nargs=-1, type=as_text)
@click.option("--rename", metavar="TAG NEW", nargs=2, type=as_text, help="Rename a tag, or merge it into another.")
@click.option("--color", metavar="TAG #RRGGBB", nargs=2, type=as_text, help="Colour a tag; the colour - is its own.")
@click.option("--delete", metavar="TAG", type=as_text, help="Take a tag off all papers.")
@pass_session
def tag(
    session: Session,
    words: tuple[str, ...],
    rename: tuple[str, str] | None,
    color: tuple[str, str] | None,
    delete: str | None,
) -> int:
    """Tag papers: +TAG adds, -TAG takes off.

    A / nests tags, as in nlp/parsing. What is done to a tag is done to those below it.
    """
    whole = [each for each in (rename, color, delete) if each]
    if whole:
        if words or len(whole) > 1:
            raise UsageError("--rename, --color and --delete are of a tag on all papers, and one is done at a time.")
        return _edit_tag(session, rename, color, delete or "")
    names, add, remove = _sort_words(words)
    with session.library() as library:
        papers = named_papers(library, names)
        _tell("Tagged {}.", library.tag([paper.id for paper in papers], add, remove), len(papers))
    return 0


@click.command(cls=Verb)
@click.argument("state", type=as_text)
@names_argument
@pass_session
def status(session: Session, state: str, names: tuple[str, ...]) -> int:
    """Set the reading state of papers.

    The states are inbox, to-read, reading, read and skipped.
    """
    wanted = parse_state(state)
    with session.library() as library:
        papers = named_papers(library, names)
        change = library.set_state([paper.id for paper in papers], wanted)
    _tell(f"Moved {{}} to {STATE_NAMES[wanted]}.", change, len(papers))
    return 0


@click.command(cls=WordsVerb)
@click.argument("name", metavar="ID", type=as_text)
@click.argument("words", metavar="TEXT", nargs=-1, required=True, type=as_text)
@pass_session
def note(session: Session, name: str, words: tuple[str, ...]) -> int:
    """Add a note in Markdown to a paper.

    - as the text reads it from standard input.
    """
    text = sys.stdin.buffer.read().decode("utf-8", "replace") if words == (STDIN,) else " ".join(words)
    if not text.strip():
        raise UsageError("The note is empty, so there is nothing to add.")
    with session.library() as library:
        (paper,) = named_papers(library, [name])
        library.add_note(paper.id, text.rstrip())
    click.echo(f"Added a note to “{paper.title}”.")
    return 0


@click.command(cls=Verb)
@pass_session
def undo(session: Session) -> int:
    """Take the last change back, whichever program made it."""
    with session.library() as library:
        change = library.undo()
        library.index_in_background()
        end = library.compacted_words()
    if change is None:
        raise ExpectedError(f"There is nothing to undo. {end}".rstrip())
    click.echo(f"Undone: {change.label}.")
    return 0


@click.command(cls=Verb)
@pass_session
def redo(session: Session) -> int:
    """Make the change again that undo took back last."""
    with session.library() as library:
        change = library.redo()
        library.index_in_background()
    if change is None:
        raise ExpectedError("There is nothing to redo.")
    click.echo(f"Redone: {change.label}.")
    return 0


def _edit_tag(session: Session, rename: tuple[str, str] | None, color: tuple[str, str] | None, delete: str) -> int:
    with session.library() as library:
        if rename:
            change = library.rename_tag(*rename)
        elif color:
            change = library.color_tag(color[0], "" if color[1] == "-" else color[1])
        else:
            change = library.delete_tag(delete)
    click.echo(f"{change.label}." if change else "Nothing to do: it was so already.")
    return 0


def _sort_words(words: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    add = [word[1:] for word in words if word.startswith("+")]
    remove = [word[1:] for word in words if word.startswith("-")]
    names = [word for word in words if not word.startswith(("+", "-"))]
    if not names:
        raise UsageError("Say which papers, by id or citation key: `readinglist tag 3 +nlp`.")
    if not add and not remove:
        raise UsageError("Say which tags: +NAME adds one, -NAME takes it off, as in `readinglist tag 3 +nlp -old`.")
    return names, add, remove


def _tell(words: str, change: Change, asked: int) -> None:
    """Say what was done to how many papers; those that were so already are counted apart."""
    changed = len(change.paper_ids())
    if not changed:
        click.echo("Nothing to do: it was so already.")
        return
    rest = asked - changed
    click.echo(words.format(count_papers(changed)) + (f" {count_papers(rest)} had it already." if rest else ""))
