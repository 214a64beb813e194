"""Reports on faults: where in the code, and nothing that was typed."""

import faulthandler
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.library import crash_reports
from readinglist.store.explaining import explain

SECRET = "My private note on Alice's review"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    crash_reports.keep_in(tmp_path)
    yield tmp_path
    crash_reports.keep_in(None)


def caught(error: BaseException) -> BaseException:
    try:
        raise error  # noqa: TRY301 - that is all that it does
    except BaseException as raised:  # noqa: BLE001 - to have it with its trace
        return raised


def hostile() -> list[BaseException]:
    """Exceptions with private words wherever an exception can have them."""
    noted = ValueError(SECRET)
    noted.add_note(SECRET)
    caused = RuntimeError("x")
    caused.__cause__ = caught(KeyError(SECRET))
    within = OSError(13, SECRET, f"/home/{SECRET}/library.sqlite")
    try:
        try:
            raise TypeError(SECRET)  # noqa: TRY301
        except TypeError:
            getattr(1, SECRET)
    except AttributeError as error:
        chained: BaseException = error
    group = ExceptionGroup(SECRET, [ValueError(SECRET)])
    try:
        compile(f"{SECRET}(", f"/home/{SECRET}.py", "exec")
    except SyntaxError as error:
        odd: BaseException = error
    return [*map(caught, (noted, caused, within, group, ExpectedError(SECRET))), chained, odd]


@pytest.mark.parametrize("number", range(7))
def test_a_report_holds_nothing_private(number: int) -> None:
    report = crash_reports.describe(hostile()[number])
    for word in ("private", "Alice", "/home", str(Path.home()), str(Path(__file__).parents[2]), os.uname().nodename):
        assert word not in report


def test_a_report_says_where_it_happened_and_what_kind_it_was() -> None:
    try:
        explain(None, Path())  # type: ignore[arg-type]
    except AttributeError as error:
        report = crash_reports.describe(error)
    assert "builtins.AttributeError" in report
    assert "readinglist/store/explaining.py, line" in report
    assert "in explain" in report
    assert report.startswith("Reading List ")


def test_the_newest_reports_are_kept_for_their_owner_alone(folder: Path) -> None:
    for number in range(crash_reports.KEPT + 3):
        assert crash_reports.save(f"report {number}")
    kept = sorted((folder / "reports").iterdir())
    assert len(kept) == crash_reports.KEPT
    assert kept[-1].read_text() == f"report {crash_reports.KEPT + 2}"
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in kept} == {0o600}
        assert (folder / "reports").stat().st_mode & 0o777 == 0o700


def test_where_no_report_can_be_kept_there_is_none(tmp_path: Path) -> None:
    crash_reports.keep_in(tmp_path / "gone")
    assert crash_reports.save("report") is None
    assert not (tmp_path / "gone").exists()


def run_and_die(folder: Path, how: str) -> None:
    code = f"""
import os, signal, sys
from pathlib import Path
from readinglist.library import crash_reports
running = crash_reports.Running(Path(sys.argv[1]))
def private_words_of_alice():
    {how}
private_words_of_alice()
"""
    subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, check=False, cwd=Path(__file__).parents[2]
    )


def test_a_crash_is_told_once_at_the_next_start(folder: Path) -> None:
    run_and_die(folder, "import faulthandler; faulthandler._sigsegv()")
    (report,) = crash_reports.unexpected_ends(folder)
    assert report is not None
    text = report.read_text()
    assert "Fatal Python error: Segmentation fault" in text
    assert str(folder) not in text
    assert crash_reports.unexpected_ends(folder) == []


def test_a_kill_is_told_without_a_report(folder: Path) -> None:
    if os.name == "nt":
        pytest.skip("Windows has no such signal")
    run_and_die(folder, "os.kill(os.getpid(), signal.SIGKILL)")
    assert crash_reports.unexpected_ends(folder) == [None]


def test_an_end_in_order_is_nothing_to_tell(folder: Path) -> None:
    run_and_die(folder, "running.end()")
    assert crash_reports.unexpected_ends(folder) == []


def test_a_window_that_still_runs_did_not_end(folder: Path) -> None:
    enabled = faulthandler.is_enabled()
    running = crash_reports.Running(folder)
    try:
        assert crash_reports.unexpected_ends(folder) == []
        assert list((folder / "reports").glob("running-*"))
    finally:
        running.end()
        if enabled and sys.__stderr__ is not None:
            faulthandler.enable(sys.__stderr__)
    assert not list((folder / "reports").glob("running-*"))


def test_what_python_says_of_a_crash_is_told_without_folders() -> None:
    said = (
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f01 (most recent call first):\n"
        f'  File "/home/you/{SECRET}/x.py", line 7 in read\n'
        f'  File "{Path(crash_reports.__file__)}", line 12 in save\n'
        f"{SECRET}\n\nExtension modules: numpy.core (total: 1)\n"
    )
    assert crash_reports.without_private(said).splitlines() == [
        "Fatal Python error: Segmentation fault",
        "",
        "Current thread 0x00007f01 (most recent call first):",
        "  elsewhere, line 7, in read",
        "  readinglist/library/crash_reports.py, line 12, in save",
        "",
        "Extension modules: numpy.core (total: 1)",
    ]
