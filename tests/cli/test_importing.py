import json
import signal
import sys
from datetime import date
from pathlib import Path

import pytest

from readinglist.library.inspecting import inspect
from tests.benchmarks import synthetic
from tests.cli.conftest import FIRST_LISTING, Run
from tests.cli.running import read_terminal, run_on_terminal, run_process, started_on_terminal

needs_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")

LEDGER_KEYS = {
    "records", "new", "known", "changed", "skipped", "left", "feeds", "warnings", "errors", "seconds", "files",
    "looked_at",
}  # fmt: skip


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
    (tmp_path / "empty").mkdir()
    files = (tmp_path / "missing.txt", listings[0], tmp_path / "picture.txt", tmp_path / "empty")
    answer = run("import", *files, "--json")
    assert answer.code == 1
    assert answer.json["new"] == 3
    assert {Path(error["file"]).name for error in answer.json["errors"]} == {
        "missing.txt",
        "picture.txt",
        "empty",
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


def test_a_folder_is_imported_with_what_holds_papers(run: Run, listings: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    listings[0].rename(folder / "friday.txt")
    (folder / "notes.md").write_text("milk, bread")
    answer = run("import", folder)
    assert (answer.code, answer.err) == (0, "")
    assert "Looked at 2 files in folders." in answer.out
    assert "3 papers new" in answer.out
    found = run("inspect", folder, "--json").json["files"]
    assert [(file["path"], len(file["papers"])) for file in found] == [(str(folder / "friday.txt"), 3)]


def test_a_dry_run_tells_what_would_be_done_and_writes_nothing(filled: Run, tmp_path: Path) -> None:
    more = tmp_path / "more.txt"
    more.write_text(f"{FIRST_LISTING}\nA Paper about Foxes\n\nFoxes are seen at dusk. We say where they go.\n")
    before = filled("find", "--json").json["total"]
    foretold = filled("import", more, "--json", "--dry-run")
    assert counts(foretold.json) == (4, 1, 3, 0, 0)
    assert set(foretold.json) == LEDGER_KEYS
    assert "nothing was written" in filled("import", more, "--dry-run").out
    assert filled("find", "--json").json["total"] == before
    done = filled("import", more, "--json").json
    assert counts(done) == counts(foretold.json)
    assert done["files"] == foretold.json["files"]


def test_known_papers_can_be_left_out(filled: Run, tmp_path: Path) -> None:
    more = tmp_path / "more.txt"
    more.write_text(f"{FIRST_LISTING}\nA Paper about Foxes\n\nFoxes are seen at dusk. We say where they go.\n")
    answer = filled("import", more, "--leave-known")
    assert "1 new, 3 left out" in answer.out


def test_what_its_reader_did_can_be_left_out(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text("@misc{a, title = {Counting Sheep}, groups = {farm}}")
    run("import", path, "--no-personal")
    assert run("find", "--json").json["papers"][0]["tags"] == []
    run("undo")
    run("import", path)
    assert run("find", "--json").json["papers"][0]["tags"] == ["farm"]


def test_the_columns_of_a_table_can_be_named(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text('Heading,"Who, all",When\nCounting Sheep,Ada Lovelace,1843\nOf Mice,Kurt Gödel,1931\n')
    without = run("inspect", table, "--json")
    assert (without.code, without.json["files"][0]["errors"][0]["code"]) == (1, "not_recognised")
    assert "--columns" in without.err
    named = ("--columns", "Heading=title,Who, all=authors", "--columns", "When=year")
    first = run("inspect", table, "--json", *named).json["files"][0]["papers"][0]
    assert (first["title"], first["year"]) == ("Counting Sheep", 1843)
    assert first["authors"] == [{"family": "Lovelace", "given": "Ada"}]
    assert run("import", table, "--json", *named).json["new"] == 2


def test_columns_that_cannot_be_meant_are_refused(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "list.csv"
    table.write_text("Heading,Who\nCounting Sheep,Ada Lovelace\n")
    unknown = run("inspect", table, "--columns", "Heading=headline")
    assert unknown.code == 2
    assert "cannot be “headline”" in unknown.err
    assert run("inspect", table, "--columns", "Heading").code == 2


def test_inspect_prints_the_same_json_piece_by_piece_as_at_once(run: Run, listings: list[Path], tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.opml"
    feeds.write_text(
        '<opml version="2.0"><body><outline title="News" xmlUrl="https://example.org/feed"/></body></opml>'
    )
    paths = [*listings, tmp_path / "gone.bib", feeds]
    answer = run("inspect", *paths, "--json", "--today", "2026-06-30")
    assert answer.json == inspect(paths, date(2026, 6, 30))
    at_once = json.dumps(answer.json, ensure_ascii=False, indent=2).replace('"papers": []', '"papers": [\n      ]')
    assert answer.out == f"{at_once}\n"


def test_feeds_are_kept_listed_and_removed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text('<opml version="2.0"><body><outline title="News" xmlUrl="https://example.org/feed"/></body></opml>')
    assert "1 were kept as feeds" in run("import", path).out
    assert run("feeds", "--json").json == {"feeds": [{"title": "News", "url": "https://example.org/feed"}]}
    assert run("feeds").out.split() == ["News", "https://example.org/feed"]
    assert run("feeds", "--remove", "https://example.org/other").code == 1
    assert run("feeds", "--remove", "https://example.org/feed").out == "Removed 1 feed.\n"
    assert "keeps no feeds" in run("feeds").out
