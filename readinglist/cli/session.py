"""What every command is given: the folder of the library, and the two things that need the window."""

import gc
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.printing import complain
from readinglist.errors import ExpectedError, UsageError
from readinglist.paths import library_folder

if TYPE_CHECKING:
    from readinglist.library.library import Library
    from readinglist.papers.paper import Paper

# How many new objects call for a look for garbage: an import makes very many, which all are in use or gone at once.
_GARBAGE = (20_000, 20, 50)
_OPTION = re.compile(r"--[a-z][a-z-]*", re.IGNORECASE)

# For the help of every command that takes a query; \b keeps its lines.
QUERY_WORDS = """\b
Queries:
  "a phrase"   -without   this or that   (brackets)   lang*   langauge~
  title:word   author:name   tag:nlp   status:to-read
  is:starred   seen:>=2   added:2026-03"""

OpenWindow = Callable[..., int]
DrawWindow = Callable[..., None]


@dataclass
class Session:
    """One run of the program."""

    folder: Path
    open_window: OpenWindow
    draw_window: DrawWindow
    changed: bool = False
    """Whether a command changed the library."""
    keeps: bool = False
    """Whether the library that it changed keeps files up to date."""
    told: bool = False
    """Whether it was looked whether two machines changed the library at once."""
    as_of: str = ""
    """The day as of which the library is opened, "" for today."""

    def library(self) -> "Library":
        """The library, to be used in a with statement, which closes it."""
        from readinglist.library.library import Library

        library = Library(self.folder)
        self._tell_of_copies(library)
        if self.as_of:
            with library as today:
                library = today.as_of(self.as_of)
        library.listen(lambda _news: self._note_change(library))
        if not gc.isenabled():  # all that was imported stays: from here on only what comes is looked at
            gc.freeze()
            gc.set_threshold(*_GARBAGE)
            gc.enable()
        return library

    def _tell_of_copies(self, library: "Library") -> None:
        copies, self.told = [] if self.told else library.conflict_copies(), True
        if copies:
            complain(
                f"There is a second version of this library: {copies[-1]}. It may hold papers and notes that this one "
                "does not; the window compares them."
            )

    def _note_change(self, library: "Library") -> None:
        self.changed = True
        self.keeps = library.keeps_exports()


def as_text(words: str) -> str:
    """Words for the library, which holds text alone: "�" stands for bytes of the terminal that are no text."""
    return words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


pass_session = click.make_pass_decorator(Session)


def library_option(*, hidden: bool = False) -> click.Option:
    """The option --library; hidden where the help of the whole program shows it already."""
    return click.Option(
        ["--library"],
        metavar="DIR",
        hidden=hidden,
        expose_value=False,
        callback=_choose_library,
        help="The library's folder; else READINGLIST_LIBRARY, else your own.",
    )


def _choose_library(ctx: click.Context, _option: click.Parameter, folder: str | None) -> None:
    if folder:
        ctx.ensure_object(Session).folder = library_folder(folder)


def as_of_option(*, hidden: bool = False) -> click.Option:
    """The option --as-of; hidden where the help of the whole program shows it already."""
    return click.Option(
        ["--as-of"],
        metavar="DAY",
        hidden=hidden,
        expose_value=False,
        callback=_choose_day,
        help="The library as it was on a day (monday, 2026-03-14), read only.",
    )


def _choose_day(ctx: click.Context, _option: click.Parameter, day: str | None) -> None:
    if day:
        ctx.ensure_object(Session).as_of = as_text(day)


class Verb(click.Command):
    """A command that takes --library and --as-of behind its own name too: people write them there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - they are click's own
        super().__init__(*args, **kwargs)
        self.params += [library_option(hidden=True), as_of_option(hidden=True)]


class WordsVerb(Verb):
    """A command whose words may begin with a hyphen, such as `tag 3 -nlp` and `find -survey`.

    What begins with two hyphens is still an option, and an unknown one is told.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - they are click's own
        super().__init__(*args, **kwargs)
        self.ignore_unknown_options = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments.

        Raises:
            click.NoSuchOption: a word begins with two hyphens and is no option of this command.
        """
        known = {name for option in self.get_params(ctx) for name in option.opts}
        for word in args:
            if word == "--":
                break
            name = word.partition("=")[0]
            if _OPTION.fullmatch(name) and name not in known:
                raise click.NoSuchOption(name, possibilities=_near(name, known), ctx=ctx)
        return super().parse_args(ctx, args)


def _near(name: str, known: set[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, [option for option in known if option.startswith("--")])


def named_papers(library: "Library", names: Sequence[str]) -> "list[Paper]":
    """The papers with these ids or citation keys, each once, in this order.

    Raises:
        ExpectedError: one of them is not in the library; nothing should be done to the others then.
    """
    papers: dict[int, Paper] = {}
    missing: list[str] = []
    for name in names:
        try:
            paper = library.paper(name)
        except UsageError:
            missing.append(name)
        else:
            papers[paper.id] = paper
    if missing:
        raise ExpectedError(
            f"No paper in this library has the id or citation key {', '.join(missing)}. "
            "`readinglist find` shows the ids. Nothing was done."
        )
    return list(papers.values())
