"""The command that brings a damaged library back: recover."""

from typing import TYPE_CHECKING

import click

from readinglist.cli.backups import size_words
from readinglist.cli.printing import aligned, complain
from readinglist.cli.progress import progress
from readinglist.cli.session import Session, Verb, pass_session
from readinglist.errors import UsageError

if TYPE_CHECKING:
    from readinglist.library.recovery import Findings


@click.command(cls=Verb)
@click.option("--salvage", "salvaged", is_flag=True, help="Take what can be read of the damaged library.")
@click.option(
    "--from-backup", metavar="BACKUP", is_flag=False, flag_value="newest", help="Take a backup: its name, or newest."
)
@pass_session
def recover(session: Session, salvaged: bool, from_backup: str | None) -> int:
    """Bring a damaged library back.

    Without an option, says what can be brought back, and changes nothing. The damaged file is set aside and kept.
    """
    from readinglist.library import recovery

    if salvaged and from_backup is not None:
        raise UsageError("Either what can be read of the library, or a backup: --salvage or --from-backup.")
    wrong = recovery.what_is_wrong(session.folder)
    if not wrong:
        click.echo("The library is not damaged. `readinglist restore` brings an older state back.")
        return 0
    if from_backup is not None:
        return _take_backup(session, from_backup)
    with progress("Reading what can be read", "Stopped. Nothing was changed.") as tell:
        findings = recovery.look(session.folder, tell)
    if salvaged:
        return _take_recovered(session, findings)
    complain(wrong)
    _tell(findings)
    recovery.forget(findings)
    return 1


def _take_backup(session: Session, name: str) -> int:
    from readinglist.library import backups, recovery

    chosen = backups.named(session.folder, "" if name == "newest" else name)
    with progress("Restoring", "Stopped.") as tell:
        kept = recovery.take_backup(session.folder, chosen, tell)
    click.echo(f"The library is what it was {chosen.made.astimezone():%Y-%m-%d %H:%M}.")
    return _tell_kept(session, str(kept))


def _take_recovered(session: Session, findings: "Findings") -> int:
    from readinglist.library import recovery

    if findings.recovered is None:
        complain(findings.why_none)
        return 1
    kept = recovery.take_recovered(session.folder, findings.recovered)
    click.echo(f"The library holds what could be read: {_held(findings.recovered.holds)}.")
    for line in findings.recovered.lost:
        click.echo(f"  Lost: {line}.")
    return _tell_kept(session, str(kept))


def _tell_kept(session: Session, kept: str) -> int:
    click.echo(f"The damaged file is kept as {kept}")
    with session.library() as library:
        library.index_in_background()
    return 0


def _tell(findings: "Findings") -> None:
    rows = []
    if findings.recovered is not None:
        rows.append(("--salvage", _held(findings.recovered.holds), "what can be read of the damaged file"))
    rows += [
        (
            f"--from-backup {backup.name}",
            _held(backup.facts.holds),
            f"made {backup.made.astimezone():%Y-%m-%d %H:%M}, {size_words(backup.size)}",
        )
        for backup in findings.backups
    ]
    click.echo("These can be brought back; `readinglist recover` with the option does it:")
    for line in aligned(rows):
        click.echo(f"  {line}")
    for line in findings.recovered.lost if findings.recovered is not None else (findings.why_none,):
        click.echo(f"Lost: {line.rstrip('.')}.")


def _held(holds: dict[str, int]) -> str:
    counts = [(holds["papers"], "paper"), (holds["notes"], "note"), (holds["tags"], "tag")]
    papers, notes, tags = (f"{number:,} {word}" if number == 1 else f"{number:,} {word}s" for number, word in counts)
    return f"{papers}, {notes}, {holds['starred']:,} starred, {tags}"
