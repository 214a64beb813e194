"""The command for citation keys: keys."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from readinglist.cli.printing import aligned, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import QUERY_WORDS, Session, WordsVerb, as_text, pass_session
from readinglist.papers.citation_key import pattern_problem

if TYPE_CHECKING:
    from readinglist.library.citation_keys import KeyChange


@click.command(cls=WordsVerb, epilog=QUERY_WORDS)
@click.argument("query", nargs=-1, type=as_text)
@click.option("--pattern", metavar="PATTERN", type=as_text, help="Use this pattern, as in JabRef: [auth][year].")
@click.option("--set", "keep", is_flag=True, help="Keep the pattern for all papers that come.")
@click.option("--regenerate", is_flag=True, help="Change the keys that are listed.")
@click.option("--all", "everything", is_flag=True, help="All papers, without a query.")
@click.option("--json", "as_json", is_flag=True, help="Print the keys as JSON.")
@pass_session
def keys(
    session: Session,
    query: tuple[str, ...],
    pattern: str | None,
    keep: bool,
    regenerate: bool,
    everything: bool,
    as_json: bool,
) -> int:
    """Show the pattern of citation keys, or which keys it would change; change them with --regenerate.

    Keys never change by themselves. Those that fit the pattern stay; new ones are unique in the library.
    """
    _refuse_senseless(query, pattern, keep=keep, regenerate=regenerate, everything=everything)
    with session.library() as library, progress("Looking at keys", "Stopped. No key was changed.") as tell:
        if keep:
            library.set_citation_key_pattern(pattern or "")
        if not query and not everything:
            click.echo(library.citation_key_pattern())
            return 0
        changes = library.plan_keys(library.find(" ".join(query)).ids, pattern or "", tell)
        if regenerate:
            library.change_keys(changes)
    if as_json:
        say_json({"changed": regenerate, "keys": [_json(each) for each in changes]})
    else:
        _tell(changes, regenerate=regenerate)
    return 0


def _refuse_senseless(
    query: tuple[str, ...], pattern: str | None, *, keep: bool, regenerate: bool, everything: bool
) -> None:
    if pattern is not None and (problem := pattern_problem(pattern)):
        raise click.UsageError(problem)
    if keep and pattern is None:
        raise click.UsageError("--set needs --pattern.")
    if regenerate and not query and not everything:
        raise click.UsageError("--regenerate needs a query, or --all for all papers.")


def _tell(changes: "Sequence[KeyChange]", *, regenerate: bool) -> None:
    for line in aligned([(each.old or "no key", "->", each.new, each.title) for each in changes]):
        click.echo(line)
    count = "1 key" if len(changes) == 1 else f"{len(changes):,} keys"
    if not changes:
        click.echo("All keys fit the pattern.")
    elif regenerate:
        click.echo(f"Changed {count}. Texts that cite by the old ones must follow; `readinglist undo` takes it back.")
    else:
        click.echo(f"{count} would change. --regenerate does it.")


def _json(change: "KeyChange") -> dict[str, object]:
    return {"id": change.paper_id, "title": change.title, "old": change.old, "new": change.new}
