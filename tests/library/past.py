"""A library whose clock the test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace

import pytest

from readinglist.library import base, editing, importing, looking_back, merging
from readinglist.library.answers import InputText
from readinglist.library.library import Library
from readinglist.papers.paper import Paper
from readinglist.paths import resource

START = datetime(2026, 3, 9, 12).astimezone()  # a Monday, in the reader's own time


class Clock:
    """What time it is, as the library is told."""

    def __init__(self) -> None:
        self.now = START

    def in_zone(self, zone: tzinfo) -> datetime:
        """The time in a time zone."""
        return self.now.astimezone(zone)

    def day(self, number: float) -> None:
        """Let it be so many days after the start."""
        self.now = START + timedelta(days=number)


@contextmanager
def library_with_clock(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Library, Clock]]:
    clock = Clock()
    for module in (base, editing, merging, looking_back):
        monkeypatch.setattr(module, "now", lambda: clock.now)
    monkeypatch.setattr(importing, "datetime", SimpleNamespace(now=clock.in_zone))
    with Library(folder) as library:
        yield library, clock


def import_sample(library: Library, name: str = "listing.txt", extra: str = "") -> list[int]:
    """Import the sample listing; gives the ids of its papers in its order."""
    text = resource("samples", "listing.txt").read_bytes() + extra.encode()
    library.import_texts([InputText(name, text)])
    return list(library.find().ids)


def everything(library: Library) -> list[Paper]:
    return library.papers(sorted({*library.find().ids, *library.find("is:trashed").ids}))
