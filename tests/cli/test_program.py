"""How the program starts, what it answers to misuse, and that it loads no more than it needs."""

import gc
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from readinglist import __version__
from readinglist.cli import main
from tests.cli.conftest import FIRST_LISTING, Run
from tests.cli.running import CHECKOUT, PROGRAM, environment, run_process

HEAVY = ("PySide6", "sqlalchemy", "alembic", "whoosh", "numpy")


def test_opens_the_window_where_no_command_is_named(
    run: Run, windows: list[Path], folder: Path, tmp_path: Path
) -> None:
    assert run().code == 0
    assert run("--library", tmp_path / "other").code == 0
    assert windows == [folder, tmp_path / "other"]


def test_says_its_version(run: Run) -> None:
    assert run("--version").out == f"readinglist {__version__}\n"


def test_garbage_is_collected_again_once_the_library_is_open(run: Run) -> None:
    gc.disable()
    try:
        assert run("--version").code == 0
        assert not gc.isenabled()
        assert run("listings").code == 0
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.enable()
        gc.unfreeze()


def test_help_names_every_command(run: Run) -> None:
    answer = run("--help")
    assert answer.code == 0
    for verb in (
        "import", "inspect", "find", "show", "related", "star", "unstar", "tag", "status", "note", "edit", "export",
        "listings", "tags", "smart-lists", "smart-list", "undo", "redo", "reindex", "check", "tour",
    ):  # fmt: skip
        assert f"\n  {verb} " in answer.out
        assert run(verb, "--help").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("browse",),
        ("--fast",),
        ("import",),
        ("find", "--jsn"),
        ("find", "--limit", "many"),
        ("find", "--sort", "colour"),
        ("inspect", "listing.txt", "--today", "tomorrow"),
        ("status", "finished", "1"),
        ("star",),
        ("tag", "1"),
        ("tag", "+nlp"),
        ("tag", "1", "+nlp", "--force"),
        ("note", "1"),
        ("note", "1", "   "),
        ("export", "--format", "papyrus"),
    ],
)
def test_wrong_use_ends_with_2_and_says_why(filled: Run, words: tuple[str, ...]) -> None:
    answer = filled(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith("readinglist: ")
    assert "Traceback" not in answer.err


def test_the_library_can_be_named_before_and_behind_the_command(run: Run, listings: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert run("--library", other, "import", listings[0]).code == 0
    assert run("find", "--json", "--library", other).json["total"] == 3
    assert run("find", "--json").json["total"] == 0


def test_a_library_that_cannot_be_opened_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    answer = run("--library", tmp_path / "file", "find")
    assert answer.code == 1
    assert answer.err.startswith("readinglist: ")


def fail(_folder: Path, _files: Sequence[Path] = ()) -> int:
    raise LookupError("My private note")


def test_an_error_of_the_program_is_told_in_plain_words_and_reported(
    filled: Run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert filled("listings").code == 0
    assert main([], open_window=fail, draw_window=lambda *_: None) == 70
    told = capsys.readouterr().err
    assert told.startswith("readinglist: Something went wrong inside Reading List")
    assert "Traceback" not in told
    (report,) = (folder / "reports").iterdir()
    assert str(report) in told
    assert "LookupError" in report.read_text()
    assert "private" not in told + report.read_text()


def test_where_there_is_no_library_the_report_is_shown(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["--library", str(folder)], open_window=fail, draw_window=lambda *_: None) == 70
    told = capsys.readouterr().err
    assert "builtins.LookupError" in told
    assert "private" not in told
    assert not folder.exists()
    monkeypatch.setenv("READINGLIST_DEBUG", "1")
    assert main(["--library", str(folder)], open_window=fail, draw_window=lambda *_: None) == 70
    assert "LookupError: My private note" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("words", [("tour",), ("find", "--json")])
def test_an_output_that_cannot_be_written_is_told(folder: Path, words: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, env=environment(folder), cwd=CHECKOUT, check=False
        )
    assert done.stderr.decode() == "readinglist: The output could not be written: No space left on device.\n"
    assert done.returncode == 1


def loaded_by(folder: Path, *commands: Sequence[str | Path]) -> set[str]:
    """Which of the heavy packages these commands load, run one after the other in a process of their own."""
    script = (
        "import json, sys; from readinglist.cli import main\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    main(words, open_window=lambda folder: 0, draw_window=lambda *given: None)\n"
        f"print('loaded', *(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)"
    )
    given = json.dumps([[str(word) for word in words] for words in commands])
    done = subprocess.run(
        [sys.executable, "-c", script, given], capture_output=True, env=environment(folder), cwd=CHECKOUT, check=True
    )
    return set(done.stderr.decode().splitlines()[-1].split()[1:])


def test_help_and_misuse_load_nothing_heavy(folder: Path) -> None:
    assert (
        loaded_by(folder, ["--help"], ["--version"], ["find", "--help"], ["find", "--jsn"], ["status", "x", "1"])
        == set()
    )


def test_inspect_loads_no_database(folder: Path, listings: list[Path]) -> None:
    assert loaded_by(folder, ["inspect", *listings]) == set()


def test_no_command_loads_qt(folder: Path, listings: list[Path]) -> None:
    loaded = loaded_by(
        folder,
        ["import", *listings], ["find", "sheep"], ["show", "1"], ["star", "1"], ["unstar", "1"],
        ["tag", "1", "+nlp", "-old"], ["status", "read", "1"], ["note", "1", "Fine."], ["export"], ["listings"],
        ["tags"], ["undo"], ["redo"], ["reindex"], ["related", "1"], ["check"], ["tour"],
    )  # fmt: skip
    assert loaded == {"sqlalchemy", "whoosh", "numpy"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes that report a reader that left")
def test_is_quiet_when_the_reader_of_its_output_leaves(folder: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(folder), cwd=CHECKOUT
    )
    assert process.stdout is not None
    process.stdout.close()
    _, said = process.communicate()
    assert said == b""
    assert process.returncode == 1


def test_writes_utf8_whatever_the_locale_says(filled: Run, folder: Path) -> None:  # noqa: ARG001 - the library is filled
    answer = run_process("find", "atlas", "--json", library=folder, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert answer.json["papers"][0]["title"] == "An Atlas of 東京 Benchmarks"
    assert "東京" in answer.out


def test_bytes_that_are_no_text_are_shown_as_such_and_break_nothing(filled: Run, tmp_path: Path) -> None:
    file = tmp_path / "page\udcff.txt"
    file.write_text(FIRST_LISTING.replace("Mar 14", "Mar 20"), encoding="utf-8")
    assert filled("import", file, "--json").json["records"] == 3
    assert filled("find", "sheep\udcff", "--json").code == 0
    assert filled("show", "\udcff").code == 1
    assert filled("note", "1", "sheep\udcff").code == 0
    assert filled("tag", "1", "+sheep\udcff").code == 0
    shown = filled("show", "1", "--json").json
    assert (shown["notes"][0]["text"], shown["tags"]) == ("sheep�", ["sheep�"])
