"""The commands for smart lists: smart-lists shows them, smart-list adds, edits, moves, deletes and imports."""

from pathlib import Path

import click

from readinglist.cli.printing import aligned, say_json
from readinglist.cli.session import QUERY_WORDS, Session, Verb, WordsVerb, as_text, pass_session
from readinglist.errors import ExpectedError
from readinglist.papers.change import Change
from readinglist.papers.edits import count_papers
from readinglist.papers.smart_list import ICONS, below, in_order

name_argument = click.argument("name", type=as_text)
icon_option = click.option("--icon", type=click.Choice(ICONS), help="What stands before its name in the window.")
NAMES = "A list is named by its name, by its path (Thesis/Unread) or by its id."


@click.command("smart-lists", cls=Verb)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, which `smart-list import` reads.")
@pass_session
def smart_lists(session: Session, as_json: bool) -> int:
    """Show the smart lists, what each searches for, and how many papers it finds."""
    with session.library() as library:
        if as_json:
            say_json(library.export_smart_lists())
            return 0
        rows = [
            (f"{library.count_found(each.query):>6,}", "  " * depth + each.name, each.query)
            for depth, each in in_order(library.smart_lists())
        ]
    for line in aligned(rows):
        click.echo(line)
    return 0


@click.group("smart-list")
def smart_list() -> None:
    """Keep searches as smart lists, and change them."""


@smart_list.command("add", cls=WordsVerb, epilog=QUERY_WORDS)
@name_argument
@click.argument("query", nargs=-1, required=True, type=as_text)
@icon_option
@click.option("--parent", metavar="NAME", type=as_text, help="The smart list to put it below.")
@pass_session
def add(session: Session, name: str, query: tuple[str, ...], icon: str | None, parent: str | None) -> int:
    """Keep a search as a smart list."""
    with session.library() as library:
        above = library.smart_list(parent).id if parent else ""
        words = " ".join(query)
        library.save_smart_list(name, words, icon or "", above)
        number = library.count_found(words)
    click.echo(f"Saved “{name}”. It finds {count_papers(number)} now.")
    return 0


@smart_list.command("rename", cls=Verb, epilog=NAMES)
@name_argument
@click.argument("new_name", type=as_text)
@pass_session
def rename(session: Session, name: str, new_name: str) -> int:
    """Give a smart list another name."""
    with session.library() as library:
        known = library.smart_list(name)
        _tell(f"Renamed “{known.name}” to “{new_name}”.", library.rename_smart_list(known.id, new_name))
    return 0


@smart_list.command("edit", cls=WordsVerb, epilog=NAMES)
@name_argument
@click.argument("query", nargs=-1, type=as_text)
@icon_option
@pass_session
def edit(session: Session, name: str, query: tuple[str, ...], icon: str | None) -> int:
    """Give a smart list another search, or another icon."""
    with session.library() as library:
        known = library.smart_list(name)
        words = " ".join(query) or known.query
        change = library.edit_smart_list(known.id, known.name, words, icon or known.icon)
    _tell(f"Changed “{known.name}”.", change)
    return 0


@smart_list.command("move", cls=Verb, epilog=NAMES)
@name_argument
@click.option("--parent", metavar="NAME", type=as_text, help="The smart list to put it below.")
@click.option("--top", is_flag=True, help="Put it below none.")
@click.option("--place", metavar="N", type=click.IntRange(min=1), help="As number N there; else the last.")
@pass_session
def move(session: Session, name: str, parent: str | None, top: bool, place: int | None) -> int:
    """Put a smart list elsewhere: below another one, or at another place among its own."""
    if parent and top:
        raise click.UsageError("--parent and --top exclude each other.")
    with session.library() as library:
        known, lists = library.smart_list(name), library.smart_lists()
        above = library.smart_list(parent).id if parent else "" if top else known.parent
        last = len(below(lists, above))
        change = library.move_smart_list(known.id, above, place - 1 if place else last)
    _tell(f"Moved “{known.name}”.", change)
    return 0


@smart_list.command("delete", cls=Verb, epilog=NAMES)
@name_argument
@pass_session
def delete(session: Session, name: str) -> int:
    """Forget a smart list. No paper is touched; lists below it take its place."""
    with session.library() as library:
        known = library.smart_list(name)
        _tell(f"Deleted “{known.name}”. `readinglist undo` brings it back.", library.delete_smart_list(known.id))
    return 0


@smart_list.command("import", cls=Verb)
@click.argument("file", type=click.Path(path_type=Path))
@pass_session
def import_lists(session: Session, file: Path) -> int:
    """Take over smart lists that `smart-lists --json` wrote.

    Lists that are known already stay as they are.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExpectedError(f"{file} could not be read: {error}.") from error
    with session.library() as library:
        change = library.import_smart_lists(text)
    count = len(change.steps)
    _tell("Imported 1 smart list." if count == 1 else f"Imported {count} smart lists.", change)
    return 0


def _tell(words: str, change: Change) -> None:
    click.echo(words if change else "Nothing to do: it was so already.")
