"""The commands that bring papers in, or say what would come in: import, inspect."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.as_json import ledger_json, say_inspected
from readinglist.cli.printing import aligned, complain, faint, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, as_text, pass_session
from readinglist.errors import UsageError
from readinglist.library.answers import ImportOptions, Input, InputText, Progress
from readinglist.library.days import day_words
from readinglist.library.ledger import FileLedger, Ledger, Notice
from readinglist.papers.edits import count_papers

if TYPE_CHECKING:
    from readinglist.library.inputs import Inputs
    from readinglist.library.inspecting import Inspected
    from readinglist.library.library import Library

STDIN = "-"
KNOWN_SHOWN = 10


def _columns(_ctx: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """The fields of a table's columns by header, from texts such as "Name=title,Who=authors"."""
    columns: dict[str, str] = {}
    for value in values:
        header = ""
        for part in value.split(","):
            before, equals, field = part.rpartition("=")
            header += before if equals else f"{part},"  # a comma may stand in a header too
            if equals:
                columns[as_text(header.strip())] = field.strip()
                header = ""
        if header:
            raise UsageError(f"“{as_text(header.rstrip(','))}” says no field: write HEADER=FIELD, such as Name=title.")
    _check_fields(columns)
    return columns


def _check_fields(columns: Mapping[str, str]) -> None:
    if not columns:
        return
    from readinglist.library.inputs import column_fields

    known = column_fields()
    for header, field in columns.items():
        if field and field not in known:
            raise UsageError(f"The column “{header}” cannot be “{field}”. It can be {', '.join(known)}.")


columns_option = click.option(
    "--columns",
    metavar="HEADER=FIELD,...",
    multiple=True,
    callback=_columns,
    help='What the columns of a table are, such as "Name=title,Who=authors"; the headers tell for others.',
)


@click.command("import", cls=Verb)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the account as JSON.")
@click.option("--dry-run", is_flag=True, help="Print what would be done, and write nothing.")
@click.option("--no-personal", is_flag=True, help="Leave out reading states, stars, ratings, tags and notes.")
@click.option("--leave-known", is_flag=True, help="Leave out records of papers that the library has.")
@columns_option
@pass_session
def import_files(
    session: Session,
    files: tuple[str, ...],
    columns: dict[str, str],
    *,
    as_json: bool,
    dry_run: bool,
    no_personal: bool,
    leave_known: bool,
) -> int:
    """Import files, such as a copied listing, or all files in a folder that hold papers.

    - reads standard input. One undo takes the whole import back.
    """
    options = ImportOptions(personal=not no_personal, leave_known=leave_known)
    stopped = "Nothing was written." if dry_run else "Nothing of it was kept."
    with session.library() as library, progress("Importing", f"The import was stopped. {stopped}") as tell:
        found = _inputs(library, files, tell)
        texts = [replace(text, columns=columns) for text in found.texts]
        ledger = _foresee(library, texts, tell, options) if dry_run else library.import_texts(texts, tell, options)
        if not dry_run:
            library.index_in_background()
    ledger = replace(ledger, errors=(*found.troubles, *ledger.errors), looked_at=found.looked_at)
    if as_json:
        say_json(ledger_json(ledger))
    else:
        _tell_ledger(ledger, dry_run=dry_run)
    for notice in ledger.errors:
        complain(_notice_words(notice))
    return 1 if ledger.errors else 0


def _foresee(library: "Library", texts: Sequence[Input], tell: Progress, options: ImportOptions) -> Ledger:
    from readinglist.library.previewing import foreseen

    return foreseen(library.preview(texts, tell, personal=options.personal), leave_known=options.leave_known)


@click.command(cls=Verb)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print all that was read as JSON.")
@click.option(
    "--today",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Take this day (YYYY-MM-DD) as today, for days written without a year.",
)
@columns_option
def inspect(files: tuple[str, ...], as_json: bool, today: datetime | None, columns: dict[str, str]) -> int:
    """Show what import would read from files or folders. Nothing is written."""
    from readinglist.library.inspecting import inspect_each

    with progress("Reading", "It was stopped. Nothing was written.") as tell:
        found = inspect_each([Path(file) for file in files], today.date() if today else None, columns, tell)
        errors = say_inspected(found) if as_json else _tell_inspected(found)
    for path, error in errors:
        complain(_notice_words(Notice(path, error["line"], error["code"], error["message"])))
    return 1 if errors else 0


def _inputs(library: "Library", files: Sequence[str], tell: Progress) -> "Inputs":
    """What the files hold, in their order, standard input where it is asked for."""
    paths = [Path(file) for file in files if file != STDIN]
    found = library.inputs(paths, tell)
    texts = tuple(replace(text, name=as_text(text.name)) for text in found.texts)
    if STDIN in files:
        read = InputText("standard input", sys.stdin.buffer.read())
        texts = (read, *texts) if files[0] == STDIN else (*texts, read)
    return replace(found, texts=texts)


def _tell_ledger(ledger: Ledger, *, dry_run: bool) -> None:
    if ledger.looked_at:
        click.echo(f"Looked at {_counted(ledger.looked_at, 'file')} in folders.")
    for line, file in zip(aligned([_file_row(file) for file in ledger.files]), ledger.files, strict=True):
        click.echo(line)
        _tell_known(file)
    for notice in ledger.warnings:
        click.echo(f"Warning: {_notice_words(notice)}")
    if ledger.files:
        click.echo(_sum_words(ledger, dry_run=dry_run))


def _file_row(file: FileLedger) -> tuple[str, str, str]:
    days = ", ".join(day_words(day) for day in file.days)
    records = _counted(file.records, "record")
    if file.imported_before:
        return file.file, days, f"{records}, imported before on {file.imported_before}"
    counts = (
        (file.new, "new"), (file.known, "known"), (file.changed, "completed"), (file.skipped, "skipped"),
        (file.left, "left out"), (file.feeds, "kept as feeds"),
    )  # fmt: skip
    told = ", ".join(f"{count:,} {word}" for count, word in counts if count)
    return file.file, days, records + (f": {told}" if told else "")


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


def _sum_words(ledger: Ledger, *, dry_run: bool) -> str:
    others = ((ledger.skipped, "were skipped"), (ledger.left, "were left out"), (ledger.feeds, "were kept as feeds"))
    if not ledger.new and not ledger.changed:
        told = "".join(f"; {count:,} {words}" for count, words in others if count)
        return f"Nothing new: {ledger.known:,} records are of papers that you have{told}."
    counts = (
        (ledger.known, "known"), (ledger.changed, "completed"), (ledger.skipped, "skipped"), (ledger.left, "left out"),
        (ledger.feeds, "kept as feeds"),
    )  # fmt: skip
    parts = [f"{count_papers(ledger.new)} new", *(f"{count:,} {word}" for count, word in counts if count)]
    return f"{', '.join(parts)} ({'nothing was written' if dry_run else f'{ledger.seconds:.1f} s'})."


def _counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def _notice_words(notice: Notice) -> str:
    line = "" if notice.line is None else f", line {notice.line}"
    return f"{notice.file}{line}: {notice.message}"


def _tell_inspected(files: "Iterator[Inspected]") -> list[tuple[str, dict[str, Any]]]:
    rows, warnings, errors = [], [], []
    for file in files:
        papers = sum(1 for _ in file.papers)
        told = count_papers(papers) if papers or not file.feeds else _counted(len(file.feeds), "feed")
        rows.append((file.path, file.format or "unknown", file.encoding or "", told))
        warnings += [Notice(file.path, each["line"], each["code"], each["message"]) for each in file.warnings]
        errors += [(file.path, error) for error in file.errors]
    for line in aligned(rows):
        click.echo(line)
    for notice in warnings:
        click.echo(f"Warning: {_notice_words(notice)}")
    return errors
