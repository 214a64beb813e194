"""What is told of a fault of the program: where in the code it happened and of what kind, and nothing that was typed.

Messages of exceptions, values and folders can hold titles, notes and the names of people; none of them is in a report.
"""

import faulthandler
import linecache
import os
import platform
import re
import sys
import sysconfig
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from readinglist import __version__
from readinglist.errors import ExpectedError
from readinglist.paths import write_then_rename

FOLDER = "reports"
KEPT = 20
_PACKAGE = Path(__file__).parents[1]
_RUNNING = re.compile(r"running-(\d+)\.txt")
_FRAME = re.compile(r'\s*File "(?P<file>.*)", line (?P<line>\d+|\?\?\?) in (?P<name>[\w<>.]+)')
_SAFE = re.compile(
    r"Fatal Python error: [\w ]+|Windows fatal exception: [\w ]+|(Current t|T)hread 0x[0-9a-f]+ .*most recent call"
    r".*|Extension modules: .*|  \.\.\."
)


def describe(error: BaseException) -> str:
    """A report on an exception: versions, its kind, and where it was raised, its causes first."""
    return "\n".join([_versions(), *(line for each in _chain(error) for line in _lines(each))])


class _Kept:
    """Where reports are kept: a process works with one library."""

    folder: Path | None = None


def keep_in(folder: Path | None) -> None:
    """Keep all further reports in this library's folder; in none, where it cannot be written."""
    _Kept.folder = folder


def save(report: str, folder: Path | None = None) -> Path | None:
    """Keep a report beside the library, with the newest others; gives where, None where it cannot be kept.

    Args:
        report: what to keep.
        folder: the library's folder; None for the one that `keep_in` named.
    """
    folder = folder or _Kept.folder
    if folder is None or not folder.is_dir():
        return None
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%fZ")
    path = folder / FOLDER / f"report-{stamp}.txt"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_then_rename(path, report.encode("utf-8", "replace"), private=True)
    except (OSError, ExpectedError):
        return None
    for old in sorted(path.parent.glob("report-*.txt"))[:-KEPT]:
        with suppress(OSError):
            old.unlink()
    return path


class Running:
    """A file that is there while the window is, and takes what Python can still say when it is brought down."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FOLDER / f"running-{os.getpid()}.txt"
        self._stream: TextIO | None = None
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(self._path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            self._stream = os.fdopen(descriptor, "w", encoding="utf-8")
            faulthandler.enable(self._stream)

    def end(self) -> None:
        """The window closes in order."""
        if self._stream is None:
            return
        faulthandler.disable()
        self._stream.close()
        self._stream = None
        with suppress(OSError):
            self._path.unlink()


def unexpected_ends(folder: Path) -> list[Path | None]:
    """The windows of this library that ended without closing, each by its report, None where nothing was said.

    Each is told once: its file is removed.
    """
    found: list[Path | None] = []
    for path in sorted((folder / FOLDER).glob("running-*.txt")):
        number = _RUNNING.fullmatch(path.name)
        if number is None or _lives(int(number[1])):
            continue
        with suppress(OSError):
            said = path.read_text(encoding="utf-8", errors="replace")
            path.unlink()
            found.append(save(f"{_versions()}\n{without_private(said)}") if said.strip() else None)
    return found


def without_private(said: str) -> str:
    """What Python said as it was brought down, with files by their place in the program."""
    lines = []
    for line in said.splitlines():
        frame = _FRAME.fullmatch(line)
        if frame is not None:
            lines.append(f"  {_place(frame['file'])}, line {frame['line']}, in {frame['name']}")
        elif _SAFE.fullmatch(line) or not line:
            lines.append(line)
    return "\n".join(lines)


def _versions() -> str:
    qt = sys.modules.get("PySide6")
    words = [f"Reading List {__version__}", f"Python {platform.python_version()}"]
    if qt is not None:
        words.append(f"PySide6 {getattr(qt, '__version__', '')}")
    return ", ".join([*words, f"{platform.system()} {platform.machine()}"])


def _chain(error: BaseException) -> list[BaseException]:
    """An exception behind those that it came from."""
    chain: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in chain:
        chain.insert(0, following)
        silent = following.__suppress_context__
        following = following.__cause__ or (None if silent else following.__context__)
    return chain


def _lines(error: BaseException) -> list[str]:
    kind = type(error)
    code = getattr(error, "sqlite_errorname", "") or getattr(getattr(error, "orig", None), "sqlite_errorname", "")
    number = error.errno if isinstance(error, OSError) else None
    marks = [str(mark) for mark in (code, None if number is None else f"errno {number}") if mark]
    head = " ".join([f"{kind.__module__}.{kind.__qualname__}", *marks])
    frames = traceback.walk_tb(error.__traceback__)
    places = (_frame_line(frame.f_code.co_filename, line, frame.f_code.co_qualname) for frame, line in frames)
    return ["", head, *places]


def _frame_line(file: str, line: int, name: str) -> str:
    place = _place(file)
    words = f"  {place}, line {line}, in {name}"
    code = linecache.getline(file, line).strip() if place.startswith("readinglist/") else ""
    return f"{words}\n    {code}" if code else words


def _place(file: str) -> str:
    """A file of the program or of a library by its place there; of any other, nothing is said."""
    path = Path(file)
    for root, name in (
        (_PACKAGE, "readinglist"),
        (Path(sysconfig.get_path("purelib")), ""),
        (Path(sysconfig.get_path("platlib")), ""),
        (Path(sysconfig.get_path("stdlib")), "python"),
    ):
        with suppress(ValueError):
            return (Path(name) / path.relative_to(root)).as_posix()
    return file if file.startswith("<frozen ") else "elsewhere"


def _lives(process: int) -> bool:
    if process == os.getpid():
        return True
    if os.name == "nt":
        return False  # a library has one window, and that is ours
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
