"""The commands that look back: history, take-back, and compact for the journal that they read."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from readinglist.cli.printing import aligned, faint, iso, say_json
from readinglist.cli.session import Session, Verb, as_text, named_papers, pass_session
from readinglist.errors import ExpectedError
from readinglist.library.days import day_words

if TYPE_CHECKING:
    from readinglist.library.history import Event
    from readinglist.library.history_words import Detail
    from readinglist.library.taking_back import Conflict

_MEGABYTE = 1_000_000


@click.command(cls=Verb)
@click.argument("name", metavar="[ID]", required=False, type=as_text)
@click.option("--since", metavar="DAY", default="", type=as_text, help="Only from then on: monday, last-week, 2026-03.")
@click.option("--until", metavar="DAY", default="", type=as_text, help="Only up to the end of then.")
@click.option("--limit", metavar="N", type=click.IntRange(min=0), help="How many to show; else all.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
@pass_session
def history(
    session: Session, name: str | None, since: str, until: str, limit: int | None, as_json: bool
) -> int:  # fmt: skip
    """Show what was changed when, newest first, or the life of one paper.

    Each change has a number, for take-back.
    """
    with session.library() as library:
        events = library.changes(since, until)
        if name is not None:
            (paper,) = named_papers(library, [name])
            told = {event.number for event in events}
            life = library.history(paper.id)
            events = [event for event in life if not (since or until) or event.number in told]
        events = events[:limit]
        end = library.compacted_words()
    if as_json:
        say_json({"changes": [_event_json(event) for event in events]})
        return 0
    if name is None:
        _show_changes(events)
    else:
        _show_life(events)
    if end:
        click.echo(faint(end), err=True)
    return 0


@click.command("take-back", cls=Verb)
@click.argument("number", metavar="CHANGE", type=int)
@click.argument("name", metavar="[ID]", required=False, type=as_text)
@click.option("--with-later", is_flag=True, help="Take back too what was changed later in the same place.")
@click.option("--dry-run", is_flag=True, help="Only say what it would do.")
@pass_session
def take_back(session: Session, number: int, name: str | None, with_later: bool, dry_run: bool) -> int:
    """Take one change back, without those made later; with ID, its part on that paper.

    history shows the numbers of changes. It is one step for undo.
    """
    with session.library() as library:
        paper_id = named_papers(library, [name])[0].id if name is not None else None
        if dry_run:
            plan = library.plan_take_back(number, paper_id)
        else:
            plan = library.take_back(number, paper_id, with_later=with_later)
            library.index_in_background()
    change = plan.whole if with_later else plan.change
    for sentence in (*([] if with_later else map(_conflict_words, plan.conflicts)), *plan.left):
        click.echo(sentence)
    if plan.conflicts and not with_later:
        click.echo(faint("With --with-later, that is taken back too."))
    if not change:
        raise ExpectedError(f"Nothing of “{plan.label}” was taken back.")
    click.echo(f"{'Would take back' if dry_run else 'Took back'}: {plan.label}.")
    return 0


@click.command(cls=Verb)
@click.option("--older-than", metavar="DAYS", type=int, help="Forget the changes made before so many days, at once.")
@click.option("--keep-days", metavar="N", type=int, help="From now on, keep changes for so many days (else 730).")
@click.option("--keep-megabytes", metavar="N", type=int, help="From now on, keep so much (else 64).")
@pass_session
def compact(
    session: Session, older_than: int | None, keep_days: int | None, keep_megabytes: int | None
) -> int:  # fmt: skip
    """Show how much the journal of changes takes, or make it smaller.

    Changes of the last 30 days are always kept. What is forgotten can no longer be undone.
    """
    with session.library() as library:
        limits = library.journal_limits()
        if keep_days is not None or keep_megabytes is not None:
            days = limits.days if keep_days is None else keep_days
            limits = replace(limits, days=days, megabytes=keep_megabytes or limits.megabytes)
            library.set_journal_limits(limits)
        if older_than is not None:
            done = library.compact(older_than)
            day = day_words((datetime.now(UTC) - timedelta(days=older_than)).astimezone().date())
            less = (done.before - done.after) / _MEGABYTE
            click.echo(f"Forgot {_changes(done.changes)} made before {day}; {less:.1f} MB less.")
        count, size = library.journal_size()
        end = library.compacted_words()
    click.echo(f"The journal holds {_changes(count)}, {size / _MEGABYTE:.1f} MB.")
    click.echo(f"Changes are kept for {limits.days:,} days, and up to {limits.megabytes:,} MB.")
    if end:
        click.echo(end)
    return 0


def _changes(count: int) -> str:
    return "1 change" if count == 1 else f"{count:,} changes"


def _show_changes(events: "Sequence[Event]") -> None:
    rows = [(str(event.number), _when(event.when), event.label + (" (undone)" if event.undone else ""))
            for event in events]  # fmt: skip
    for line in aligned(rows):
        click.echo(line)
    if not events:
        click.echo("Nothing was changed then.")


def _show_life(events: "Sequence[Event]") -> None:
    for event in events:
        number = f"  {faint(f'change {event.number}')}" if event.number else ""
        click.echo(f"{_when(event.when)}  {event.label}{number}")
        for detail in event.details:
            for line in _detail_lines(detail):
                click.echo(f"    {line}")


def _detail_lines(detail: "Detail") -> list[str]:
    if not detail.lines:
        return [detail.words()]
    return [f"{detail.what}:", *(f"  {sign} {text}" for sign, text in detail.lines)]


def _conflict_words(conflict: "Conflict") -> str:
    from readinglist.library.taking_back import later_labels

    title = f" of “{conflict.title}”" if conflict.title and conflict.what != "paper" else ""
    what = f"The paper “{conflict.title}”" if conflict.what == "paper" else f"The {conflict.what}{title}"
    later = ", ".join(f"“{label}”" for label in later_labels([conflict]))
    return f"{what} was changed again later{f' by {later}' if later else ''}, and stays as it is."


def _when(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _event_json(event: "Event") -> dict[str, object]:
    return {
        "change": event.number or None,
        "when": iso(event.when),
        "label": event.label,
        "undone": event.undone,
        "details": [
            {
                "what": detail.what,
                "before": detail.before or None,
                "after": detail.after or None,
                "lines": [{"sign": sign, "text": text} for sign, text in detail.lines],
            }
            for detail in event.details
        ],
    }
