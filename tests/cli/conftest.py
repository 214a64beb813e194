"""A program to call, and a library with four papers from two listings."""

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from readinglist.cli import main
from tests.cli.running import Answer

Run = Callable[..., Answer]

FIRST_LISTING = """new

Get trending papers in your email inbox!

Subscribe

byAK and the research community

Mar 14

Gardens of Forking Parsers

Parsers that keep several readings of a sentence alive are slow. We show that most readings die within three words.

Counting Sheep with Small Language Models

A small language model counts up to forty sheep without a mistake. Beyond forty it invents a goat.

Maps for Lost Robots

Robots that forget where they are can ask a passer-by. We measure how often the answer helps.
"""
SECOND_LISTING = """Mar 15

Counting Sheep with Small Language Models

A small language model counts up to forty sheep without a mistake. Beyond forty it invents a goat.

An Atlas of 東京 Benchmarks

Every benchmark is drawn as a district of a city. Language benchmarks are crowded, and robots have a park.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the library of the test is."""
    return tmp_path / "library"


@pytest.fixture
def windows() -> list[Path]:
    """The libraries whose window was opened, each before the files that were imported in it."""
    return []


@pytest.fixture
def run(folder: Path, windows: list[Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command within the test; the window is only noted down."""
    monkeypatch.setenv("READINGLIST_LIBRARY", str(folder))
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")

    def open_window(library: Path, files: Sequence[Path] = ()) -> int:
        windows.extend([library, *files])
        return 0

    def draw_window(_library: Path, picture: Path) -> None:
        picture.write_bytes(b"a picture")

    def call(*words: str | Path, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = main([str(word) for word in words], open_window=open_window, draw_window=draw_window)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call


@pytest.fixture
def listings(tmp_path: Path) -> list[Path]:
    """Two listings with three and two papers, of which one stands in both."""
    files = [tmp_path / "friday.txt", tmp_path / "saturday.txt"]
    for file, text in zip(files, (FIRST_LISTING, SECOND_LISTING), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


@pytest.fixture
def filled(run: Run, listings: list[Path]) -> Run:
    """The same, on a library with both listings in it."""
    assert run("import", *listings).code == 0
    return run
