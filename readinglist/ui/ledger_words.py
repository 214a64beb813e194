"""The account of an import in words: its heading, its sum, its lines, and all of it as text to copy."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from readinglist.library.ledger import FileLedger, KnownPaper, Ledger, Notice
from readinglist.ui.wording import day, number

translate = QCoreApplication.translate


def heading(ledger: Ledger) -> str:
    """What the import brought, in a few words: "419 new papers", "Nothing new", "Nothing could be imported"."""
    if ledger.new == 1:
        return translate("Ledger", "1 new paper")
    if ledger.new:
        return translate("Ledger", "%Ln new papers", "", ledger.new)
    if ledger.changed:
        return translate("Ledger", "No new papers")
    if ledger.feeds:
        return feeds(ledger.feeds)
    if ledger.known:
        return translate("Ledger", "Nothing new")
    if ledger.left:
        return translate("Ledger", "Nothing was imported")
    if ledger.errors:
        return translate("Ledger", "Nothing could be imported")
    return translate("Ledger", "There was nothing to import")


def explanation(ledger: Ledger) -> str:
    """What the heading means for the reader, in one or two sentences."""
    if ledger.new or ledger.feeds or not (ledger.known or ledger.changed):
        return " ".join(filter(None, (_origin(ledger), _looked_at(ledger), _trouble(ledger))))
    if all(file.imported_before for file in ledger.files) and len(ledger.files) == 1:
        again = translate("Ledger", "This file was imported before. Importing it again adds nothing.")
    elif all(file.imported_before for file in ledger.files):
        again = translate("Ledger", "These files were imported before. Importing them again adds nothing.")
    elif ledger.changed:
        again = translate(
            "Ledger",
            "The library had all of these papers, and some of them were completed. "
            "Importing them again adds nothing but where they were seen.",
        )
    else:
        again = translate(
            "Ledger",
            "The library had all of these papers. Importing them again adds nothing but where they were seen.",
        )
    return " ".join(filter(None, (again, _trouble(ledger))))


def figures(counts: Ledger | FileLedger) -> tuple[tuple[int, str], ...]:
    """The numbers that make the sum, each with its word: all records first, then what became of them."""
    rare = ((counts.left, translate("Ledger", "left out")), (counts.feeds, translate("Ledger", "feeds kept")))
    return (
        (counts.records, translate("Ledger", "records")),
        (counts.new, translate("Ledger", "new")),
        (counts.known, translate("Ledger", "known")),
        (counts.changed, translate("Ledger", "changed")),
        (counts.skipped, translate("Ledger", "skipped")),
        *((count, words) for count, words in rare if count),
    )


def sum_line(counts: Ledger | FileLedger) -> str:
    """The sum on one line: "115 records = 57 new + 58 known + 0 changed + 0 skipped"."""
    total, *parts = (f"{number(value)} {word}" for value, word in figures(counts))
    return f"{total} = {' + '.join(parts)}"


def file_counts(file: FileLedger) -> str:
    """What became of a file's records, without the zeros: "115 records: 57 new, 58 known"."""
    (records, records_word), *parts = figures(file)
    said = ", ".join(f"{number(value)} {word}" for value, word in parts if value)
    total = translate("Ledger", "1 record") if records == 1 else f"{number(records)} {records_word}"
    return f"{total}: {said}" if said else total


def file_origin(file: FileLedger) -> str:
    """The days that a file holds, and when it was imported before: "14 Mar 2025 · imported before on 2 Apr 2025"."""
    parts = [days(file.days)]
    if file.imported_before:
        parts.append(translate("Ledger", "imported before on {when}").format(when=file.imported_before))
    return " · ".join(filter(None, parts))


def days(listed: Sequence[date]) -> str:
    """Days in words; more than three as first, last and number."""
    if len(listed) > 3:
        span = translate("Ledger", "{first} to {last} (%Ln days)", "", len(listed))
        return span.format(first=day(min(listed)), last=day(max(listed)))
    return ", ".join(day(each) for each in listed)


def known_place(known: KnownPaper) -> str:
    """Where a known paper was seen before, and where it stands now."""
    now = translate("Ledger", "now #{place}").format(place=known.position)
    if not known.seen_before:
        return now
    before = translate("Ledger", "seen before in {listings}").format(listings=", ".join(known.seen_before))
    return f"{before} · {now}"


def notice_place(notice: Notice) -> str:
    """The file and the line of a warning or an error: "003.txt:12"."""
    return notice.file if notice.line is None else f"{notice.file}:{notice.line}"


def ledger_text(ledger: Ledger) -> str:
    """The whole account as plain text, for the clipboard."""
    lines = [*filter(None, (heading(ledger), explanation(ledger))), sum_line(ledger)]
    for file in ledger.files:
        lines += ["", *_file_text(file)]
    lines += _section(translate("Ledger", "Errors"), map(_notice_text, ledger.errors))
    lines += _section(translate("Ledger", "Warnings"), map(_notice_text, ledger.warnings))
    return "\n".join(lines) + "\n"


def _file_text(file: FileLedger) -> Iterator[str]:
    yield " · ".join(filter(None, (file.file, file_origin(file))))
    yield f"  {sum_line(file)}"
    for known in file.known_papers:
        yield f"  {translate('Ledger', 'known')}: {known.title} ({known_place(known)})"
    for change in file.changes:
        yield f"  {translate('Ledger', 'changed')}: {change}"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    found = [f"  {line}" for line in lines]
    return ["", title, *found] if found else []


def _notice_text(notice: Notice) -> str:
    return f"{notice_place(notice)}: {notice.message}"


def _origin(ledger: Ledger) -> str:
    if not ledger.records:
        return ""
    count = len([file for file in ledger.files if file.records])
    seconds = QLocale().toString(max(0.1, ledger.seconds), "f", 1)
    if count == 1:
        return translate("Ledger", "From one file, in {seconds} seconds.").format(seconds=seconds)
    return translate("Ledger", "From %Ln files, in {seconds} seconds.", "", count).format(seconds=seconds)


def feeds(count: int) -> str:
    """So many feeds were kept."""
    if count == 1:
        return translate("Ledger", "1 feed kept")
    return translate("Ledger", "{count} feeds kept").format(count=number(count))


def _looked_at(ledger: Ledger) -> str:
    if not ledger.looked_at:
        return ""
    if ledger.looked_at == 1:
        return translate("Ledger", "One file in folders was looked at.")
    return translate("Ledger", "%Ln files in folders were looked at.", "", ledger.looked_at)


def _trouble(ledger: Ledger) -> str:
    failed = len({notice.file for notice in ledger.errors})
    if not failed:
        return ""
    if failed == 1:
        return translate("Ledger", "One file could not be read.")
    return translate("Ledger", "%Ln files could not be read.", "", failed)
