import signal
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.benchmarks import synthetic
from tests.cli.conftest import FIRST_LISTING, Run
from tests.cli.running import read_terminal, run_on_terminal, run_process, started_on_terminal

needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")

LEDGER_KEYS = {"records", "new", "known", "changed", "skipped", "warnings", "errors", "seconds"}


def counts(ledger: dict[str, int]) -> tuple[int, ...]:
    return tuple(ledger[key] for key in ("records", "new", "known", "changed", "skipped"))


def test_import_gives_the_promised_json(run: Run, listings: list[Path]) -> None:
    answer = run("import", *listings, "--json")
    assert answer.code == 0
    assert set(answer.json) == LEDGER_KEYS
    assert counts(answer.json) == (5, 4, 1, 0, 0)
    assert answer.json["errors"] == []


def test_import_says_what_is_new_and_what_was_seen_before(run: Run, listings: list[Path]) -> None:
    answer = run("import", *listings)
    assert answer.code == 0
    assert answer.err == ""
    assert "3 records: 3 new" in answer.out
    assert "2 records: 1 new, 1 known" in answer.out
    assert "Counting Sheep" in answer.out
    assert "4 papers new, 1 known" in answer.out


def test_importing_again_adds_nothing_and_says_so(filled: Run, listings: list[Path]) -> None:
    answer = filled("import", *listings)
    assert answer.code == 0
    assert "Nothing new" in answer.out
    assert "imported before" in answer.out
    assert counts(filled("import", *listings, "--json").json)[1] == 0
    assert filled("find", "--json").json["total"] == 4


def test_imports_from_standard_input(run: Run) -> None:
    assert counts(run("import", "-", "--json", stdin=FIRST_LISTING.encode()).json) == (3, 3, 0, 0, 0)


def test_one_bad_file_does_not_stop_the_others(run: Run, listings: list[Path], tmp_path: Path) -> None:
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    answer = run("import", tmp_path / "missing.txt", listings[0], tmp_path / "picture.txt", tmp_path, "--json")
    assert answer.code == 1
    assert answer.json["new"] == 3
    assert {Path(error["file"]).name for error in answer.json["errors"]} == {
        "missing.txt",
        "picture.txt",
        tmp_path.name,
    }
    assert answer.err.count("readinglist: ") == 3


def test_inspect_gives_the_promised_json_and_writes_nothing(run: Run, listings: list[Path], folder: Path) -> None:
    answer = run("inspect", *listings, "--json", "--today", "2025-06-01")
    assert answer.code == 0
    first, second = answer.json["files"]
    assert {"path", "format", "encoding", "papers", "warnings", "errors"} <= set(first)
    assert (first["path"], first["format"], first["encoding"]) == (str(listings[0]), "hf-listing", "utf-8")
    assert [paper["title"] for paper in second["papers"]] == [
        "Counting Sheep with Small Language Models",
        "An Atlas of 東京 Benchmarks",
    ]
    assert second["papers"][1]["listed_on"] == "2025-03-15"
    assert second["papers"][1]["position"] == 2
    assert not folder.exists()


def test_inspect_tells_a_file_that_cannot_be_read(run: Run, listings: list[Path], tmp_path: Path) -> None:
    answer = run("inspect", tmp_path / "missing.txt", listings[0], "--json")
    assert answer.code == 1
    assert [len(file["papers"]) for file in answer.json["files"]] == [0, 3]
    assert "missing.txt" in answer.err
    assert run("inspect", listings[0]).out.rstrip().endswith("3 papers")


def test_exports_to_standard_output_and_to_a_file(filled: Run, tmp_path: Path) -> None:
    everything = filled("export", "--format", "bibtex")
    assert everything.code == 0
    assert everything.out.count("@misc{") == 4
    filled("star", "2")
    target = tmp_path / "starred.bib"
    assert filled("export", "is:starred", "-o", target).out == f"Wrote 1 paper to {target}.\n"
    assert target.read_text(encoding="utf-8").count("@misc{") == 1
    assert target.read_text(encoding="utf-8") == filled("export", "is:starred").out


def test_an_export_that_finds_nothing_leaves_the_file_as_it_is(filled: Run, tmp_path: Path) -> None:
    target = tmp_path / "old.bib"
    target.write_text("kept")
    assert filled("export", "zebra", "-o", target).code == 1
    assert target.read_text() == "kept"


def test_an_export_that_cannot_be_written_is_told(filled: Run, tmp_path: Path) -> None:
    answer = filled("export", "-o", tmp_path / "missing" / "all.bib")
    assert answer.code == 1
    assert "all.bib could not be written" in answer.err


@needs_terminal
def test_ctrl_c_takes_the_import_back(folder: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text(synthetic.listing_text(synthetic.papers(4_000), date(2025, 3, 14)), encoding="utf-8")
    with started_on_terminal("import", big, library=folder) as (process, terminal):
        read_terminal(terminal, until="Importing")
        process.send_signal(signal.SIGINT)
        said = read_terminal(terminal)
    assert process.returncode == 130
    assert "readinglist: The import was stopped. Nothing of it was kept." in said
    assert "Traceback" not in said
    assert run_process("find", "--json", library=folder).json["total"] == 0


@needs_terminal
def test_a_progress_bar_shows_on_a_terminal_and_not_in_a_pipe(folder: Path, listings: list[Path]) -> None:
    shown = run_on_terminal("import", *listings, library=folder).out
    assert "Importing" in shown
    assert "100%" in shown
    assert run_process("import", *listings, library=folder).err == ""
