"""Backups in words: when and why they were made, what they hold against today, what a restore would do."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from readinglist.library import backups
from readinglist.library.backups import Backup, Difference, Facts, Report, Why
from readinglist.ui.paper_wording import counted
from readinglist.ui.readable_text import readable
from readinglist.ui.wording import marked, number, papers

translate = QCoreApplication.translate

_WHY = {
    Why.DAILY: marked("Backups", "daily"),
    Why.BY_HAND: marked("Backups", "by hand"),
    Why.BEFORE_RESTORE: marked("Backups", "before a restore"),
    Why.BEFORE_UPDATE: marked("Backups", "before an update"),
}
# For one and for several; {count} is the number.
_CHANGES = (
    ("papers_back", marked("Backups", "1 paper comes back"), marked("Backups", "{count} papers come back")),
    ("papers_gone", marked("Backups", "1 paper goes that came since"),
     marked("Backups", "{count} papers go that came since")),
    ("papers_changed", marked("Backups", "1 paper becomes what it was"),
     marked("Backups", "{count} papers become what they were")),
    ("notes_back", marked("Backups", "1 note comes back"), marked("Backups", "{count} notes come back")),
    ("notes_gone", marked("Backups", "1 note goes that came since"),
     marked("Backups", "{count} notes go that came since")),
    ("notes_changed", marked("Backups", "1 note becomes what it was"),
     marked("Backups", "{count} notes become what they were")),
)  # fmt: skip


def moment(when: datetime) -> str:
    """A moment on the reader's own clock: "21 Nov 2026, 15:32"."""
    local = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    return QLocale().toString(local, "d MMM yyyy, HH:mm")


def newest(folder: Path) -> str:
    """When the newest backup of a library was made."""
    made = backups.last_made(folder, datetime.now(UTC))
    if made is None:
        return translate("Backups", "There is no backup of the library yet.")
    return translate("Backups", "Last backup: {when}.").format(when=moment(made))


def why(backup: Backup) -> str:
    """What a backup was made for."""
    return translate("Backups", _WHY[backup.why])


def size(count: int) -> str:
    """Bytes for people."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def against(name: str, facts: Facts, today: Facts | None) -> str:
    """A count of what a backup holds, and how many more or fewer these are than today: "1,230 (−4)"."""
    count = facts.holds.get(name, 0)
    more = 0 if today is None else count - today.holds.get(name, 0)
    if not more:
        return number(count)
    return f"{number(count)} ({'+' if more > 0 else '−'}{number(abs(more))})"


def newest_change(facts: Facts) -> str:
    """The newest change that a backup holds."""
    if facts.changed is None:
        return ""
    return f"{moment(facts.changed)} · {readable(facts.change)}"


def changes(difference: Difference) -> list[str]:
    """What a restore would do, a line for each kind of change; with some titles."""
    titles = {"papers_back": difference.titles_back, "papers_gone": difference.titles_gone}
    lines = []
    for name, one, several in _CHANGES:
        count = int(getattr(difference, name))
        if count:
            words = translate("Backups", one if count == 1 else several).format(count=number(count))
            lines.append(words + _some(titles.get(name, ()), count))
    return lines or [translate("Backups", "It holds the same papers and notes as the library does now.")]


def report(found: Report) -> list[str]:
    """What a verification found, a line for each part."""
    held = found.backup.facts.holds
    notes = counted(held["notes"], translate("Backups", "{} note"), translate("Backups", "{} notes"))
    holds = f"{papers(held['papers'])}, {notes}"
    if found.wrong:
        head = translate("Backups", "The backup of {when} is not what was written.")
        return [head.format(when=moment(found.backup.made)), *found.wrong]
    head = translate("Backups", "The backup of {when} is whole: {holds}.")
    compared = translate("Backups", "Verified {when}. Compared: {parts}.")
    parts = "; ".join(found.compared)
    return [
        head.format(when=moment(found.backup.made), holds=holds),
        compared.format(when=moment(found.made), parts=parts),
    ]


def _some(titles: Sequence[str], count: int) -> str:
    if not titles:
        return ""
    shown = ", ".join(f"“{readable(title)}”" for title in titles)
    return f": {shown}{', …' if count > len(titles) else ''}"
