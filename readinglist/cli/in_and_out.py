"""The commands that bring papers in and write them out: import, inspect, export."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from readinglist.cli.as_json import ledger_json
from readinglist.cli.printing import aligned, complain, faint, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import QUERY_WORDS, Session, Verb, WordsVerb, as_text, pass_session
from readinglist.errors import ExpectedError
from readinglist.library.answers import InputText
from readinglist.library.days import day_words
from readinglist.library.ledger import FileLedger, Ledger, Notice
from readinglist.papers.edits import count_papers
from readinglist.paths import write_then_rename

STDIN = "-"
KNOWN_SHOWN = 10


@click.command("import", cls=Verb)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@pass_session
def import_files(session: Session, files: tuple[str, ...], as_json: bool) -> int:
    """Import files, such as a copied listing.

    - reads standard input. One undo takes the whole import back.
    """
    texts, unreadable = _read(files)
    with (
        session.library() as library,
        progress("Importing", "The import was stopped. Nothing of it was kept.") as tell,
    ):
        ledger = library.import_texts(texts, tell) if texts else Ledger()
        library.index_in_background()
    ledger = replace(ledger, errors=(*unreadable, *ledger.errors))
    if as_json:
        say_json(ledger_json(ledger))
    else:
        _tell_ledger(ledger)
    for notice in ledger.errors:
        complain(_notice_words(notice))
    return 1 if ledger.errors else 0


@click.command(cls=Verb)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print all that was read as JSON.")
@click.option(
    "--today",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Take this day (YYYY-MM-DD) as today, for days written without a year.",
)
def inspect(files: tuple[str, ...], as_json: bool, today: datetime | None) -> int:
    """Show what import would read from files. Nothing is written."""
    from readinglist.library.inspecting import inspect as inspect_files

    answer = inspect_files([Path(file) for file in files], today.date() if today else None)
    if as_json:
        say_json(answer)
    else:
        _tell_inspected(answer)
    errors = [(file["path"], error) for file in answer["files"] for error in file["errors"]]
    for path, error in errors:
        complain(_notice_words(Notice(path, error["line"], error["code"], error["message"])))
    return 1 if errors else 0


@click.command(cls=WordsVerb, epilog=QUERY_WORDS)
@click.argument("query", nargs=-1, type=as_text)
@click.option("--format", "format_name", default="bibtex", show_default=True, help="The format to write.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Write to a file.")
@click.option("--no-personal", is_flag=True, help="Leave out reading states, stars, ratings, tags and notes.")
@pass_session
def export(session: Session, query: tuple[str, ...], format_name: str, output: Path | None, no_personal: bool) -> int:
    """Write papers as BibTeX: those that a query finds, or all."""
    with session.library() as library, progress("Exporting", "The export was stopped. Nothing was written.") as tell:
        found = library.find(" ".join(query))
        if not found.ids:
            raise ExpectedError("No paper was found, so nothing was written. `readinglist find` tries a query out.")
        text = library.export(found.ids, format_name, tell, personal=not no_personal)
    if output is None:
        click.echo(text.encode("utf-8"), nl=False)
    else:
        write_then_rename(output, text.encode("utf-8"))
        click.echo(f"Wrote {count_papers(len(found.ids))} to {output}.")
    return 0


def _read(files: Sequence[str]) -> tuple[list[InputText], list[Notice]]:
    texts: list[InputText] = []
    unreadable: list[Notice] = []
    for file in files:
        if file == STDIN:
            texts.append(InputText("standard input", sys.stdin.buffer.read()))
            continue
        try:
            texts.append(InputText(as_text(Path(file).name), Path(file).read_bytes()))
        except OSError as error:
            reason = error.strerror or str(error)
            unreadable.append(Notice(file, None, "unreadable", f"The file could not be read: {reason}."))
    return texts, unreadable


def _tell_ledger(ledger: Ledger) -> None:
    for line, file in zip(aligned([_file_row(file) for file in ledger.files]), ledger.files, strict=True):
        click.echo(line)
        _tell_known(file)
    for notice in ledger.warnings:
        click.echo(f"Warning: {_notice_words(notice)}")
    if ledger.files:
        click.echo(_sum_words(ledger))


def _file_row(file: FileLedger) -> tuple[str, str, str]:
    days = ", ".join(day_words(day) for day in file.days)
    if file.imported_before:
        return file.file, days, f"{file.records:,} records, imported before on {file.imported_before}"
    counts = ((file.new, "new"), (file.known, "known"), (file.changed, "completed"), (file.skipped, "skipped"))
    told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    return file.file, days, f"{file.records:,} records" + (f": {told}" if told else "")


def _tell_known(file: FileLedger) -> None:
    if file.imported_before:
        return
    rows = [("  known", _seen_words(known.seen_before), known.title) for known in file.known_papers[:KNOWN_SHOWN]]
    for line in aligned(rows):
        click.echo(faint(line))
    more = len(file.known_papers) - KNOWN_SHOWN
    if more > 0:
        click.echo(faint(f"  known  and {more:,} more: `readinglist find 'seen:>=2'`"))
    for change in file.changes:
        click.echo(faint(f"  completed  {change}"))


def _seen_words(places: Sequence[str]) -> str:
    return f"{places[0]} +{len(places) - 1}" if len(places) > 1 else "".join(places)


def _sum_words(ledger: Ledger) -> str:
    if not ledger.new and not ledger.changed:
        skipped = f"; {ledger.skipped:,} were skipped" if ledger.skipped else ""
        return f"Nothing new: {ledger.known:,} records are of papers that you have{skipped}."
    counts = ((ledger.known, "known"), (ledger.changed, "completed"), (ledger.skipped, "skipped"))
    parts = [f"{count_papers(ledger.new)} new", *(f"{count:,} {word}" for count, word in counts if count)]
    return f"{', '.join(parts)} ({ledger.seconds:.1f} s)."


def _notice_words(notice: Notice) -> str:
    line = "" if notice.line is None else f", line {notice.line}"
    return f"{notice.file}{line}: {notice.message}"


def _tell_inspected(answer: dict[str, Any]) -> None:
    rows = [
        (file["path"], file["format"] or "unknown", file["encoding"] or "", count_papers(len(file["papers"])))
        for file in answer["files"]
    ]
    for line in aligned(rows):
        click.echo(line)
    for file in answer["files"]:
        for warning in file["warnings"]:
            notice = Notice(file["path"], warning["line"], warning["code"], warning["message"])
            click.echo(f"Warning: {_notice_words(notice)}")
