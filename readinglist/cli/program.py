"""The program `readinglist`: its commands, and what becomes of errors, Ctrl+C and closed pipes.

Exit codes: 0 done; 1 something could not be done, said on standard error (but nothing is said, also 1, where the reader
of the output left, as `head` does); 2 used wrongly; 70 an error of the program itself, of which a report is kept; 130
stopped with Ctrl+C.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from errno import EFBIG, EIO, ENOSPC, EPIPE
from importlib import import_module

import click

from readinglist import __version__
from readinglist.cli.printing import complain, use_utf8
from readinglist.cli.session import DrawWindow, OpenWindow, Session, as_of_option, library_option
from readinglist.errors import CancelledError, ExpectedError, UsageError
from readinglist.paths import library_folder

DONE, FAILED, MISUSED, BROKEN, STOPPED = 0, 1, 2, 70, 130  # 70 is EX_SOFTWARE (man 3 sysexits)
DEBUG_VARIABLE = "READINGLIST_DEBUG"
_OF_OUTPUT = frozenset({EPIPE, ENOSPC, EFBIG, EIO})


# Each command by its name, and where it is: only the one that runs is loaded. In the order in which one meets them.
_VERBS = {
    "import": "importing.import_files",
    "inspect": "importing.inspect",
    "feeds": "feeds.feeds",
    "find": "reading.find",
    "show": "reading.show",
    "related": "reading.related",
    "star": "editing.star",
    "unstar": "editing.unstar",
    "tag": "editing.tag",
    "status": "editing.status",
    "note": "editing.note",
    "edit": "correcting.edit",
    "open": "attaching.open_paper",
    "attach": "attaching.attach",
    "detach": "attaching.detach",
    "export": "exporting.export",
    "keys": "citation_keys.keys",
    "keep": "kept_exports.keep",
    "kept": "kept_exports.kept",
    "cite": "citing.cite",
    "styles": "citing.styles",
    "duplicates": "duplicates.duplicates",
    "merge": "duplicates.merge",
    "unmerge": "duplicates.unmerge",
    "different": "duplicates.different",
    "listings": "reading.listings",
    "tags": "reading.tags",
    "smart-lists": "smart_lists.smart_lists",
    "smart-list": "smart_lists.smart_list",
    "trash": "trash.trash",
    "undo": "editing.undo",
    "redo": "editing.redo",
    "history": "history.history",
    "take-back": "history.take_back",
    "compact": "history.compact",
    "reindex": "upkeep.reindex",
    "check": "upkeep.check",
    "sweep": "attaching.sweep",
    "backup": "backups.backup",
    "window": "windows.window",
    "restore": "backups.restore",
    "recover": "recover.recover",
    "export-library": "complete.export_library",
    "import-library": "complete.import_library",
    "tour": "tour.tour",
}


class Program(click.Group):
    """The commands, each loaded when it is named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click asks with its context
        """The names of all commands."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name; None where there is none."""
        if cmd_name not in _VERBS:
            return None
        module, _, verb = _VERBS[cmd_name].partition(".")
        command: click.Command = getattr(import_module(f"readinglist.cli.{module}"), verb)
        return command


@click.group(
    cls=Program,
    invoke_without_command=True,
    params=[library_option(), as_of_option()],
    subcommand_metavar="[COMMAND ...]",
    context_settings={"max_content_width": 100},
    epilog="Papers are named by their id or their citation key. Without a command, the window opens.",
)
@click.version_option(__version__, prog_name="readinglist", message="%(prog)s %(version)s")
@click.pass_context
def program(ctx: click.Context) -> int:
    """Keep a reading list of research papers."""
    if ctx.invoked_subcommand is not None:
        return DONE
    session = ctx.ensure_object(Session)
    if not session.as_of:
        return session.open_window(session.folder)
    with session.library() as library:
        return session.open_window(library.folder)


def main(argv: Sequence[str] | None = None, *, open_window: OpenWindow, draw_window: DrawWindow) -> int:
    """Run the program with these arguments (default: those it was started with); gives its exit code.

    Args:
        argv: the arguments after the program's name.
        open_window: called with the library's folder and files to import, shows the window; gives the exit code.
        draw_window: draws the window of a library into a picture file, without a display.
    """
    use_utf8()
    session = Session(library_folder(), open_window, draw_window)
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(session, arguments)
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - what nobody foresaw is told too, in plain words
        return _tell_of_fault(session, error)
    return code


def _run(session: Session, arguments: list[str]) -> int:
    try:
        code = program.main(arguments, "readinglist", standalone_mode=False, obj=session, color=_color())
    except click.UsageError as error:
        hint = error.ctx.command_path if error.ctx else "readinglist"
        complain(f"{error.format_message()}\nTry `{hint} --help`.")
        return MISUSED
    except UsageError as error:
        complain(str(error))
        return MISUSED
    except CancelledError as error:
        complain(str(error))
        return STOPPED
    except ExpectedError as error:
        complain(str(error))
        return FAILED
    except click.Abort:
        complain("Stopped.")
        return STOPPED
    if session.changed:
        from readinglist.library.backups import start_if_due

        start_if_due(session.folder)
    if session.keeps:
        from readinglist.library.kept_exports import start_in_background

        start_in_background(session.folder)
    return code if isinstance(code, int) else DONE


def _tell_of_fault(session: Session, error: Exception) -> int:
    """Say that something happened which nobody foresaw, and where the report on it is kept."""
    if isinstance(error, OSError) and error.filename is None and error.errno in _OF_OUTPUT:
        return _tell_of_output(error)
    if os.environ.get(DEBUG_VARIABLE):
        from traceback import print_exception

        print_exception(error)
    from readinglist.library import crash_reports

    report = crash_reports.describe(error)
    kept = crash_reports.save(report, session.folder)
    complain(
        "Something went wrong inside Reading List, and the command ended. What the library held is safe: each change "
        "is made completely or not at all. If it happens again, send the report with a word on what you were doing. "
        "It holds nothing of your papers and notes."
    )
    click.echo(f"The report is kept as {kept}" if kept else f"The report:\n{report}", err=True)
    return BROKEN


def _tell_of_output(error: OSError) -> int:
    """Say that what was printed did not arrive, unless its reader left."""
    with suppress(OSError, ValueError):
        sys.stdout.close()  # what waits there would be told once more at the end
    if error.errno != EPIPE:
        complain(f"The output could not be written: {error.strerror}.")
    return FAILED


def _color() -> bool | None:
    """False where NO_COLOR is set (no-color.org), else click decides: colour on a terminal only."""
    return False if os.environ.get("NO_COLOR") else None
