"""Whatever the system's mask: what lies in a library's folder can be read by its owner alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.library import backups, crash_reports, guarding, recovery
from readinglist.library.answers import InputText
from readinglist.library.backups import Why
from readinglist.library.base import no_progress
from readinglist.library.complete_export import export_whole
from readinglist.library.complete_import import import_whole
from readinglist.library.export_formats import ExportOptions
from readinglist.library.library import Library
from readinglist.library.replaced_files import keep_copy
from readinglist.paths import resource, write_then_rename
from readinglist.store.database import FILE_NAME
from readinglist.ui import crash_drafts, snapshot
from readinglist.ui.crash_drafts import Drafts

if os.name != "posix":
    pytest.skip("elsewhere the folder's own permissions decide", allow_module_level=True)


@pytest.fixture(autouse=True)
def no_mask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> list[str]:
    """The files that someone else could read: neither they nor a folder below the library's keep others out."""
    found = []
    for path in sorted(folder.rglob("*")):
        above = [each for each in path.parents if folder in each.parents]
        closed = any(stat.S_IMODE(each.stat().st_mode) & 0o077 == 0 for each in above)
        if not closed and stat.S_IMODE(path.stat().st_mode) & 0o077:
            found.append(str(path.relative_to(folder)))
    return found


def test_all_that_the_program_writes_into_a_folder_is_its_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a folder that was there"
    folder.mkdir(mode=0o777)
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 not much of one")
    with Library(folder) as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
        library.index_pending()
        library.add_note(1, "Mine alone.")
        library.attach(1, [tmp_path / "paper.pdf"])
        library.export_to(tmp_path / "exported.bib", [1], ExportOptions())
        assert {"-wal", "-shm"} <= {path.name.removeprefix(FILE_NAME) for path in folder.iterdir()}
        assert open_to_others(folder) == []
    assert stat.S_IMODE((tmp_path / "exported.bib").stat().st_mode) == 0o666  # which is for others to read
    backups.back_up(folder, Why.BY_HAND, no_progress)
    guarding.check_if_due(folder)
    snapshot.save(folder, snapshot.Snapshot("words"))
    crash_drafts.save(folder, Drafts({1: {"title": "Mine"}}))
    crash_reports.keep_in(folder)
    assert crash_reports.save("report")
    running = crash_reports.Running(folder)
    recovery.look(folder, no_progress)
    assert {"backups", "checked.json", "window.json", "drafts.json", "reports"} <= {p.name for p in folder.iterdir()}
    assert open_to_others(folder) == []
    running.end()
    crash_reports.keep_in(None)


def test_a_folder_that_the_program_makes_is_closed(tmp_path: Path) -> None:
    Library(tmp_path / "library").close()
    assert stat.S_IMODE((tmp_path / "library").stat().st_mode) == 0o700


def test_a_private_file_stays_so_though_another_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    path.write_text("{}")
    path.chmod(0o644)
    write_then_rename(path, b"[]", private=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_complete_export_and_what_is_made_of_it_are_closed(tmp_path: Path) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.4 not much of one")
    with Library(tmp_path / "library") as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
        library.attach(1, [tmp_path / "paper.pdf"])
    export_whole(tmp_path / "library", tmp_path / "whole", no_progress)
    import_whole(tmp_path / "whole", tmp_path / "again", no_progress)
    for path in (tmp_path / "whole", tmp_path / "again"):
        assert [each for each in (path, *path.rglob("*")) if stat.S_IMODE(each.stat().st_mode) & 0o077] == []


def test_the_copy_of_a_closed_file_is_closed_and_goes_through_no_link(tmp_path: Path) -> None:
    kept, elsewhere = tmp_path / "mine.bib", tmp_path / "elsewhere"
    kept.touch(mode=0o600)
    (tmp_path / "mine.bib~").symlink_to(elsewhere)
    copy = keep_copy(kept)
    assert copy.name == "mine.bib~2"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not elsewhere.exists()
