"""How the command line speaks: JSON for programs, aligned lines that fit the terminal for people."""

import json
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from io import TextIOWrapper

import click

READING_WIDTH = 88


def use_utf8() -> None:
    """Write UTF-8 into files and pipes whatever the locale says; never fail on a character a terminal lacks."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def complain(message: str) -> None:
    """Say on standard error what could not be done."""
    click.echo(f"readinglist: {message}", err=True)


def say_json(value: object) -> None:
    """Print a value as JSON, and nothing else."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def terminal_width() -> int | None:
    """How many cells a line may have; None where no terminal reads it, and nothing needs to be cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def cells(text: str) -> int:
    """How many cells of a terminal a text takes: Chinese, Japanese and Korean characters take two, accents none."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(unicodedata.combining(character) > 0 for character in text)


def fit(text: str, width: int | None) -> str:
    """The text on one line, cut with … where it is wider than `width` cells."""
    line = " ".join(text.split())
    if width is None or cells(line) <= width:
        return line
    end = max(width - 1, 0)
    while cells(line[:end]) > width - 1:
        end -= 1
    return line[:end].rstrip() + "…"


def pad(text: str, width: int) -> str:
    """The text with blanks behind it up to `width` cells."""
    return text + " " * max(width - cells(text), 0)


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of texts as lines with straight columns; the last column is cut to fit the terminal."""
    if not rows:
        return []
    widths = [max(cells(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    width = terminal_width()
    room = None if width is None else max(width - sum(widths) - 2 * len(widths), 8)
    return ["  ".join([*map(pad, row[:-1], widths), fit(row[-1], room)]).rstrip() for row in rows]


def faint(text: str) -> str:
    """Text that stands back."""
    return click.style(text, dim=True)


def wrapped(text: str, indent: str = "") -> str:
    """Text in paragraphs, wrapped to a width that reads well."""
    width = min(terminal_width() or READING_WIDTH, READING_WIDTH)
    return click.wrap_text(text, width, indent, indent, preserve_paragraphs=True)


def iso(moment: date | datetime | None) -> str | None:
    """A day, or a moment in UTC, for JSON."""
    return moment.isoformat() if moment else None
