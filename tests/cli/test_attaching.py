"""Files of papers on the command line: attach, detach, open, sweep."""

import os
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.formats.pdf_making import pdf_of

PDF = pdf_of([(90, 700, 10, "Zeppelins are slower than sheep.")])


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """A PDF document."""
    path = tmp_path / "zeppelins.pdf"
    path.write_bytes(PDF)
    return path


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system was asked to open is written here, by a program in the place of the system's own."""
    if os.name == "nt":
        pytest.skip("Windows opens files by itself; there is no program to stand in for it")
    note, programs = tmp_path / "opened", tmp_path / "bin"
    programs.mkdir()
    for name in ("xdg-open", "open"):
        (programs / name).write_text(f'#!/bin/sh\nprintf %s "$1" > "{note}.part" && mv "{note}.part" "{note}"\n')
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return note


def text_of(note: Path) -> str:
    """What was written, once it is."""
    until = time.monotonic() + 10
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.01)
    return note.read_text()


def test_a_file_is_attached_shown_opened_and_taken_off(filled: Run, pdf: Path, opened: Path) -> None:
    answer = filled("attach", "1", pdf)
    assert (answer.code, answer.out) == (0, "Attached 1 file to “Gardens of Forking Parsers”.\n")
    assert filled("attach", "1", pdf).out == "Nothing to do: it was so already.\n"
    assert "zeppelins.pdf" in filled("show", "1").out
    (held,) = filled("show", "1", "--json").json["attachments"]
    assert (held["name"], held["size"]) == ("zeppelins.pdf", len(PDF))
    path = Path(filled("open", "1", "--path").out.strip())
    assert path.read_bytes() == PDF
    assert filled("open", "1").code == 0
    assert text_of(opened) == str(path)
    assert filled("detach", "1", "zeppelins.pdf").out == "Took zeppelins.pdf off “Gardens of Forking Parsers”.\n"
    assert filled("undo").out.strip()
    assert filled("detach", "1", "1").code == 0


def test_a_paper_without_files_opens_its_page(filled: Run, opened: Path) -> None:
    answer = filled("open", "2")
    assert (answer.code, "Attach one with" in answer.err) == (1, True)
    filled("edit", "2", "--doi", "10.1000/182")
    answer = filled("open", "2")
    assert (answer.code, answer.out) == (0, "Opening https://doi.org/10.1000/182\n")
    assert text_of(opened) == "https://doi.org/10.1000/182"


def test_a_page_is_told_as_it_truly_is_before_it_is_opened(filled: Run, opened: Path) -> None:
    filled("edit", "2", "--url", "https://\u0430rxiv.org/\u202egpj")
    answer = filled("open", "2")
    assert (answer.code, answer.out) == (0, "Opening https://xn--rxiv-43d.org/%E2%80%AEgpj\n")
    assert text_of(opened) == "https://xn--rxiv-43d.org/%E2%80%AEgpj"
    opened.unlink()
    filled("edit", "2", "--url", "https://arxiv.org@evil.example/")
    answer = filled("open", "2")
    assert (answer.code, "no web address that can be opened" in answer.err) == (1, True)
    assert not opened.exists()


def test_what_cannot_be_is_said(filled: Run, pdf: Path, tmp_path: Path) -> None:
    answer = filled("attach", "1", tmp_path / "none.pdf")
    assert (answer.code, "is not there" in answer.err) == (1, True)
    filled("attach", "1", pdf)
    answer = filled("open", "1", "--file", "other.pdf")
    assert (answer.code, "Its files: zeppelins.pdf" in answer.err) == (2, True)
    program = tmp_path / "run.sh"
    program.write_text("#!/bin/sh\n")
    filled("attach", "3", program)
    answer = filled("open", "3")
    assert (answer.code, "is a program" in answer.err) == (1, True)


def test_sweep_removes_what_nothing_needs(filled: Run, pdf: Path) -> None:
    assert filled("sweep").out == "There is nothing to remove.\n"
    filled("attach", "1", pdf)
    path = Path(filled("open", "1", "--path").out.strip())
    filled("detach", "1", "1")
    left_over = path.with_name(f".{path.name}.x.part")
    left_over.write_bytes(b"part")
    os.utime(left_over, (0, 0))
    assert filled("sweep").out == "Removed 1 file, 0 KB.\n"
    assert path.exists()  # undo may still bring it back
    assert filled("check").code == 0 or "index" in filled("check").err


def test_sweep_says_what_keeps_everything(filled: Run, pdf: Path) -> None:
    filled("attach", "1", pdf)
    path = Path(filled("open", "1", "--path").out.strip())
    kept = path.with_name(f"{'0' * 64}.pdf")
    kept.write_bytes(PDF)
    os.utime(kept, (0, 0))
    aside = path.parents[2] / "library-damaged-2026-03-14T12-00-00Z.sqlite"
    aside.write_bytes(b"nothing of it can be read")
    answer = filled("sweep")
    assert (answer.code, answer.out, kept.exists()) == (1, "", True)
    assert f"{aside} cannot be read" in answer.err
    aside.unlink()
    assert filled("sweep").out.startswith("Removed 1 file")
    assert (kept.exists(), path.exists()) == (False, True)
