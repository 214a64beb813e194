"""The commands that keep a library safe: backup and restore."""

import os
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from readinglist.cli.printing import aligned, complain, faint, iso, say_json
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, pass_session
from readinglist.errors import ExpectedError, UsageError
from readinglist.papers.edits import count_papers

if TYPE_CHECKING:
    from readinglist.library.backups import Backup, Difference, Facts, Report

_WHY = {
    "daily": "daily",
    "by-hand": "by hand",
    "before-restore": "before a restore",
    "before-update": "before an update",
}
_NICENESS = 10
_COUNTED = ("papers", "notes", "tags", "starred")


@click.command(cls=Verb)
@click.argument("name", metavar="[BACKUP]", default="")
@click.option("--list", "listed", is_flag=True, help="List the backups, and what each holds against today.")
@click.option("--verify", is_flag=True, help="Open a backup (the newest, or the one named), and compare it.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option("--if-due", is_flag=True, hidden=True)
@pass_session
def backup(session: Session, name: str, listed: bool, verify: bool, as_json: bool, if_due: bool) -> int:
    """Back the library up, into its folder backups/.

    The program does this by itself once a day. With --verify the exit code is 1 where something is wrong.
    """
    from readinglist.library import backups
    from readinglist.library.backups import Why

    if if_due:
        with suppress(AttributeError, OSError):
            os.nice(_NICENESS)  # nobody waits for it; Windows has no such call
        with progress("Backing up", "Stopped.") as tell:
            backups.back_up_if_due(session.folder, tell)
        return 0
    if listed:
        return _list(session, as_json=as_json)
    if verify:
        _tell_unreadable(session)
        with progress("Verifying", "The verification was stopped.") as tell:
            report = backups.verify(session.folder, backups.named(session.folder, name), tell)
        return _tell_report(report, as_json=as_json)
    if name:
        raise UsageError("A new backup is named after the time it is made. --verify looks at one that is there.")
    with progress("Backing up", "Stopped. No backup was made.") as tell:
        made = backups.back_up(session.folder, Why.BY_HAND, tell)
    if as_json:
        say_json(backup_json(made))
    else:
        click.echo(f"Backed up {_held_words(made.facts)} to {made.folder} ({size_words(made.size)}, checked).")
    return 0


@click.command(cls=Verb)
@click.argument("name", metavar="[BACKUP]", default="")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_session
def restore(session: Session, name: str, yes: bool) -> int:
    """Make the library what it was in a backup.

    Without BACKUP, the backups are listed with what each holds against today. The library of today is backed up before,
    so that it can be restored too. BACKUP is a name, the beginning of one, or "newest".
    """
    from readinglist.library import backups
    from readinglist.library.library import Library

    if not name:
        code = _list(session, as_json=False)
        click.echo(faint("`readinglist restore BACKUP` shows what would change, and asks."))
        return code
    chosen = backups.named(session.folder, "" if name == "newest" else name)
    backups.refuse(session.folder, chosen)
    if Library.stands_in(session.folder):
        with progress("Comparing", "Stopped. Nothing was changed.") as tell:
            difference = backups.compare(session.folder, chosen, tell)
        click.echo(f"The backup of {_when(chosen.made)} holds {_held_words(chosen.facts)}.")
        for line in difference_words(difference):
            click.echo(f"  {line}")
    if not yes and not click.confirm("Restore it?"):
        raise ExpectedError("Nothing was changed.")
    with progress("Restoring", "Stopped. Nothing was changed.") as tell:
        aside = backups.restore(session.folder, chosen, tell)
    click.echo(f"The library is what it was {_when(chosen.made)}.")
    if aside is not None:
        click.echo(f"To take that back: `readinglist restore {aside.name}`")
    with session.library() as library:
        library.index_in_background()
    return 0


def backup_json(backup: "Backup") -> dict[str, Any]:
    """A backup."""
    facts = backup.facts
    return {
        "name": backup.name,
        "made": iso(backup.made),
        "why": backup.why.value,
        "folder": str(backup.folder),
        "bytes": backup.size,
        **facts.holds,
        "newest_change": facts.changed and {"made": iso(facts.changed), "label": facts.change},
    }


def difference_words(difference: "Difference") -> list[str]:
    """What a restore would do, a line for each."""
    counts = (
        (difference.papers_back, "paper comes back", "papers come back", difference.titles_back),
        (difference.papers_gone, "paper that came since goes", "papers that came since go", difference.titles_gone),
        (difference.papers_changed, "paper becomes what it was", "papers become what they were", ()),
        (difference.notes_back, "note comes back", "notes come back", ()),
        (difference.notes_gone, "note that came since goes", "notes that came since go", ()),
        (difference.notes_changed, "note becomes what it was", "notes become what they were", ()),
    )
    lines = []
    for count, one, several, titles in counts:
        if count:
            shown = ", ".join(f"“{title}”" for title in titles)
            more = ", …" if titles and count > len(titles) else ""
            lines.append(f"{count:,} {one if count == 1 else several}{f': {shown}{more}' if shown else ''}")
    return lines or ["It holds the same papers and notes as the library does today."]


def size_words(size: int) -> str:
    """Bytes for people."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.0f} KB"


def _list(session: Session, *, as_json: bool) -> int:
    from readinglist.library import backups
    from readinglist.library.library import Library

    every = backups.backups(session.folder)
    _tell_unreadable(session)
    if as_json:
        say_json({"backups": [backup_json(each) for each in every]})
        return 0
    if not every:
        backups.named(session.folder)  # which says why there is none
    today = backups.today(session.folder) if Library.stands_in(session.folder) else None
    rows = [("", "today", *_counts(today, None), "")] if today is not None else []
    rows += [
        (each.name, _when(each.made), *_counts(each.facts, today), f"{_WHY[each.why]}, {size_words(each.size)}")
        for each in every
    ]
    for line in aligned(rows):
        click.echo(line)
    return 0


def _tell_unreadable(session: Session) -> None:
    from readinglist.library import backups

    for folder in backups.unreadable(session.folder):
        complain(f"The backup {folder} is damaged: what it holds cannot be told. It is left as it is.")


def _counts(facts: "Facts", today: "Facts | None") -> list[str]:
    """What it holds, with the difference to today in brackets; and its newest change."""
    words = []
    for name in _COUNTED:
        count = facts.holds[name]
        more = count - (today.holds[name] if today is not None else count)
        word = name.removesuffix("s") if count == 1 else name
        words.append(f"{count:,} {word}{f' ({more:+,})' if more else ''}")
    changed = f"last change {_when(facts.changed)}" if facts.changed is not None else "never changed"
    return [*words, changed]


def _tell_report(report: "Report", *, as_json: bool) -> int:
    if as_json:
        told = {"verified": iso(report.made), "compared": list(report.compared), "wrong": list(report.wrong)}
        say_json({**told, "backup": backup_json(report.backup)})
    else:
        click.echo(
            f"Verified {_when(report.made)}: the backup {report.backup.name}, {_held_words(report.backup.facts)}."
        )
        for line in report.compared:
            click.echo(f"  compared {line}")
        for line in report.wrong:
            complain(line)
        click.echo("It is whole." if not report.wrong else "It is not what was backed up.")
    return 1 if report.wrong else 0


def _held_words(facts: "Facts") -> str:
    trashed, notes = facts.holds["trashed"], facts.holds["notes"]
    parts = [count_papers(facts.holds["papers"]), *([f"{trashed:,} in the trash"] if trashed else [])]
    return f"{', '.join(parts)} and {notes:,} {'note' if notes == 1 else 'notes'}"


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
