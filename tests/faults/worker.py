"""Programs that work in a library until they are killed, and say when each act begins and when it is done."""

import itertools
import os
import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from readinglist.errors import ExpectedError
from readinglist.library import base
from readinglist.library.library import Library
from tests.faults.acts import act


def main() -> None:
    """`python -m tests.faults.worker FOLDER KIND NUMBER...`."""
    folder, kind, *numbers = sys.argv[1:]
    try:
        _KINDS[kind](Path(folder), *map(int, numbers))
    except ExpectedError as error:
        print("refused", 0, str(error).replace("\n", " "), flush=True)
    except Exception as error:
        print("failed", 0, f"{type(error).__name__}: {error}".replace("\n", " "), flush=True)
        raise


def do_acts(folder: Path, seed: int, first: int, last: int, limit: int = 0) -> None:
    """Do acts in turn; with a limit, no file may grow beyond so many bytes."""
    if limit:
        _limit(limit)
    with Library(folder) as library:
        for step in range(first, last):
            print("begin", step, flush=True)
            try:
                name = act(library, seed, step)
            except ExpectedError as error:
                print("refused", step, str(error).replace("\n", " "), flush=True)
                return
            print("done", step, name, flush=True)


def open_only(folder: Path) -> None:
    """Open the library, which brings an older one up to date."""
    print("begin 0", flush=True)
    Library(folder).close()
    print("done 0", flush=True)


def tag_and_note(folder: Path, number: int, seconds: int) -> None:
    """Tag and note random papers beside other programs; the clock goes back and forth all the while."""
    chance = random.Random(number)
    base.now = lambda: datetime.now(UTC) + timedelta(days=chance.randrange(-400, 400))
    ends = time.monotonic() + seconds
    with Library(folder) as library:
        ids = sorted(library.find().ids)
        for count in itertools.count():
            if time.monotonic() > ends:
                return
            name = f"program{number}-{count}"
            library.tag(chance.sample(ids, 3), add=[name])
            library.add_note(chance.choice(ids), name)
            print("done", name, flush=True)


def _limit(size: int) -> None:
    """Let every write beyond so many bytes of a file fail with an I/O error."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


_KINDS: Mapping[str, Callable[..., None]] = {"acts": do_acts, "open": open_only, "edits": tag_and_note}


if __name__ == "__main__":
    os.environ["READINGLIST_BACKGROUND"] = "off"
    main()
