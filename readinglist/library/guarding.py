"""What a reader should know of where a library lies, and the check of all of it, once a day, beside the program."""

import os
import subprocess
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from readinglist.errors import DamagedError
from readinglist.library import beside
from readinglist.library.library import Library
from readinglist.store import checked
from readinglist.store.checking import compare_versions, faults_of_copy
from readinglist.store.comparing import Difference
from readinglist.store.database import FILE_NAME, Trouble
from readinglist.store.places import Kind


class Worry(StrEnum):
    """What a notice is about."""

    READ_ONLY = "read-only"
    EARLIER_DAY = "earlier-day"
    DAMAGED = "damaged"
    GONE = "gone"
    REPLACED = "replaced"
    NETWORK = "network"
    SYNCED = "synced"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader should know: what it is about, a heading, and a sentence or two on what to do."""

    worry: Worry
    heading: str
    sentence: str


def notices(library: Library) -> list[Notice]:
    """What a reader should know of a library that was just opened, the most urgent first."""
    if library.is_of_an_earlier_day:
        return [_of_earlier_day(library)]
    trouble = of_trouble(library)
    return [*([trouble] if trouble else []), *_of_place(library), *_of_conflicts(library)]


def of_trouble(library: Library) -> Notice | None:
    """Why nothing can be saved now; None where it can."""
    trouble, why = library.trouble, library.read_only
    if not why:
        return None
    if trouble is Trouble.DAMAGED:
        words = (
            "Nothing is written to it any more; reading and exporting go on. What can be read of it, or a backup, can "
            "take its place; the damaged file is kept."
        )
        return Notice(Worry.DAMAGED, "The library is damaged.", words)
    if trouble is Trouble.READ_ONLY:
        return Notice(Worry.READ_ONLY, "Read only.", why)
    return Notice(Worry(trouble.value), "Nothing can be saved.", why)


def start_check_if_due(folder: Path) -> "subprocess.Popen[bytes] | None":
    """Check all of a library in a process of its own, unless that was done today; gives the process."""
    if beside.is_off() or checked.checked_on(folder) == checked.today():
        return None
    return beside.start(folder, "check", "--if-due")


def check_if_due(folder: Path) -> bool:
    """Check all of a library unless that was done today, as gently as can be; whether it was done.

    Where there is no write-ahead log, a check would hold up every edit: there a copy is checked in its place.

    Raises:
        ExpectedError: the library cannot be opened for another reason than damage, or not be copied.
    """
    if checked.checked_on(folder) == checked.today() or not Library.stands_in(folder):
        return False
    if hasattr(os, "nice"):
        os.nice(10)
    try:
        with Library(folder) as library:
            if library.trouble not in {Trouble.NONE, Trouble.DAMAGED}:
                return False
            if library.place.kind is Kind.LOCAL:
                library.check()
            else:
                checked.note(folder, faults_of_copy(folder / FILE_NAME))
    except DamagedError as error:
        checked.note(folder, [str(error)])
    return True


def last_checked(folder: Path) -> date | None:
    """The day on which all of a library was last checked and found well; None where there is none."""
    return None if checked.damage(folder) else checked.checked_on(folder)


def compare_with_copy(folder: Path, copy: Path) -> Difference:
    """What a copy from a sync conflict holds against the library.

    Raises:
        ExpectedError: it cannot be read.
    """
    return compare_versions(folder / FILE_NAME, copy)


def _of_earlier_day(library: Library) -> Notice:
    heading = library.read_only.removesuffix(" Read only.")
    words = (
        "This is the library as it was at the end of that day, to be read, searched, copied and exported. Nothing can "
        "be changed here; the library of today stays as it is."
    )
    return Notice(Worry.EARLIER_DAY, heading, words)


def _of_place(library: Library) -> list[Notice]:
    place = library.place
    if place.kind is Kind.NETWORK:
        words = (
            f"It works there, more slowly, as it is written without a log ({place.name}). Use it on one machine at a "
            "time: network drives do not lock files reliably."
        )
        return [Notice(Worry.NETWORK, "This library lies on a network drive.", words)]
    if place.kind is Kind.SYNCED:
        words = (
            "Use it on one machine at a time, and let the sync finish before you change to another: two machines that "
            "edit at once leave two copies, of which one is not shown."
        )
        return [Notice(Worry.SYNCED, f"{place.name} keeps this library in sync.", words)]
    return []


def _of_conflicts(library: Library) -> list[Notice]:
    copies = library.conflict_copies()
    if not copies:
        return []
    names = ", ".join(copy.name for copy in copies[:3]) + (", …" if len(copies) > 3 else "")
    words = (
        f"Another machine changed the library at the same time, and its copy lies beside it: {names}. Compare them "
        "before you remove one: it may hold papers and notes that this library does not."
    )
    return [Notice(Worry.CONFLICT, "There is a second version of this library.", words)]
