"""Backups as a reader uses them: made when due, verified, compared, brought back with all that was there."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.errors import CancelledError, ExpectedError, UsageError
from readinglist.library import backups
from readinglist.library.answers import InputText, no_progress
from readinglist.library.backups import Backup, Why
from readinglist.library.library import Library
from readinglist.papers.paper import ReadingState
from readinglist.store.backup_set import PACKED
from readinglist.store.database import FILE_NAME
from tests.formats.pdf_making import pdf_of
from tests.library.listings import listing_of
from tests.store.old_libraries import OLD_LIBRARIES, PAPERS_FOUND, unpack

TITLES = ("Attention Is All You Need", "Language Models are Few-Shot Learners", "Deep Residual Learning", "GPT-4")
PAGE = ((90, 760, 18, "A Paper With a File"), (90, 730, 11, "Ada Byron"))
WORKS_IN_IT = """
import sys
from pathlib import Path
from readinglist.library.library import Library
with Library(Path(sys.argv[1])) as library:
    library.find("")
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def no_background(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READINGLIST_BACKGROUND", "off")


@pytest.fixture
def folder(library_folder: Path) -> Path:
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
        library.star([1, 2])
        library.tag([1], add=["nlp"])
        library.add_note(1, "the zebrafish part")
        library.index_pending()
    return library_folder


def listing(titles: Sequence[str], name: str = "monday.txt") -> InputText:
    return listing_of(
        {title: f"This paper, number {len(title)}, is made up for a test of what is kept." for title in titles},
        name=name,
    )


def back_up(folder: Path, why: Why = Why.BY_HAND) -> Backup:
    return backups.back_up(folder, why, no_progress)


def restore(folder: Path, backup: Backup) -> Backup:
    aside = backups.restore(folder, backup, no_progress)
    assert aside is not None
    return aside


def rows(path: Path, *without: str) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables if name not in without}


def edit_much(folder: Path) -> None:
    with Library(folder) as library:
        library.import_texts([listing(["A Unicorn of a Paper"], "later.txt")])
        library.edit_fields(2, {"title": "Wombats are Few-Shot Learners"})
        library.add_note(3, "a pangolin")
        library.trash([4])
        library.set_state([1], ReadingState.READ)
        library.index_pending()


@contextmanager
def opened_elsewhere(folder: Path) -> Iterator[None]:
    program = subprocess.Popen(
        [sys.executable, "-c", WORKS_IN_IT, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "open\n"
    try:
        yield
    finally:
        program.communicate("")


class TestRestore:
    def test_everything_is_as_it_was(self, folder: Path) -> None:
        then = rows(folder / FILE_NAME, "to_index", "sqlite_sequence")
        backup = back_up(folder)
        edit_much(folder)
        now = rows(folder / FILE_NAME, "to_index", "sqlite_sequence")
        aside = restore(folder, backup)
        assert rows(folder / FILE_NAME, "to_index", "sqlite_sequence") == then
        assert aside.why is Why.BEFORE_RESTORE
        assert [each.name for each in backups.backups(folder)] == [aside.name, backup.name]
        restore(folder, aside)
        assert rows(folder / FILE_NAME, "to_index", "sqlite_sequence") == now

    @pytest.mark.parametrize("indexed", [False, True], ids=["before indexing", "after indexing"])
    def test_searches_find_what_was_there_then(self, folder: Path, indexed: bool) -> None:
        backup = back_up(folder)
        edit_much(folder)
        restore(folder, backup)
        with Library(folder) as library:
            if indexed:
                library.index_pending()
                assert library.check().differences == ()
                assert library.check().waiting == 0
            for words, ids in {
                "wombats": [], "unicorn": [], "pangolin": [], "zebrafish": [1], "language": [2], "gpt-4": [4],
            }.items():  # fmt: skip
                assert list(library.find(words).ids) == ids, words

    def test_what_the_index_had_not_taken_in_is_not_forgotten(self, folder: Path) -> None:
        with Library(folder) as library:
            library.edit_fields(2, {"title": "Capybaras"})
        backup = back_up(folder)
        with Library(folder) as library:
            library.index_pending()
            library.edit_fields(3, {"title": "Quokkas"})
        restore(folder, backup)
        with Library(folder) as library:
            assert list(library.find("capybaras").ids) == [2]
            library.index_pending()
            assert library.check().differences == ()
            assert list(library.find("capybaras").ids) == [2]
            assert list(library.find("residual").ids) == [3]

    def test_ids_given_since_are_given_to_no_other_paper(self, folder: Path) -> None:
        backup = back_up(folder)
        edit_much(folder)
        restore(folder, backup)
        with Library(folder) as library:
            library.import_texts([listing(["A Second Unicorn"], "other.txt")])
            assert list(library.find("unicorn").ids) == [6]

    def test_undo_goes_on_from_there(self, folder: Path) -> None:
        backup = back_up(folder)
        edit_much(folder)
        restore(folder, backup)
        with Library(folder) as library:
            library.undo()
            assert library.paper("1").notes == ()

    def test_not_while_another_program_has_the_library_open(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("readinglist.store.restoring._WAIT_SECONDS", 0.1)
        backup = back_up(folder)
        before = rows(folder / FILE_NAME)
        with opened_elsewhere(folder), pytest.raises(ExpectedError, match="open in another window or program"):
            backups.restore(folder, backup, no_progress)
        assert rows(folder / FILE_NAME) == before
        assert len(backups.backups(folder)) == 1

    @pytest.mark.expects_log
    def test_where_the_database_is_gone_the_backup_takes_its_place(self, folder: Path) -> None:
        backup = back_up(folder)
        edit_much(folder)
        for path in folder.glob(f"{FILE_NAME}*"):
            path.unlink()
        (folder / f"{FILE_NAME}-wal").write_bytes(b"left")
        assert backups.restore(folder, backup, no_progress) is None
        assert (folder / f"left-{FILE_NAME}-wal").read_bytes() == b"left"
        with Library(folder) as library:
            assert list(library.find("unicorn").ids) == []
            assert list(library.find("language").ids) == [2]
            library.index_pending()
            assert library.check().differences == ()

    def test_a_backup_of_an_older_version_is_brought_up_to_date(self, library_folder: Path) -> None:
        unpack(OLD_LIBRARIES[0], library_folder)
        with Library(library_folder) as library:
            library.trash(list(library.find().ids))
        (before_update,) = backups.backups(library_folder)
        restore(library_folder, before_update)
        with Library(library_folder) as library:
            assert len(library.find().ids) == PAPERS_FOUND
            library.index_pending()
            assert library.check().differences == ()

    def test_a_damaged_backup_changes_nothing(self, folder: Path) -> None:
        backup = back_up(folder)
        before = rows(folder / FILE_NAME)
        (backup.folder / PACKED).write_bytes(b"nothing of the kind")
        with pytest.raises(ExpectedError, match="damaged"):
            backups.restore(folder, backup, no_progress)
        assert rows(folder / FILE_NAME) == before

    def test_a_damaged_library_is_left_alone(self, folder: Path) -> None:
        backup = back_up(folder)
        with (folder / FILE_NAME).open("rb+") as stream:
            stream.seek(4096 * 3)
            stream.write(os.urandom(4096 * 6))
        damaged = (folder / FILE_NAME).read_bytes()
        with pytest.raises(ExpectedError, match=r"damaged|malformed"):
            backups.restore(folder, backup, no_progress)
        assert (folder / FILE_NAME).read_bytes() == damaged


class TestCompare:
    def test_tells_what_a_restore_would_do(self, folder: Path) -> None:
        with Library(folder) as library:
            (note,) = library.paper("1").notes
        backup = back_up(folder)
        edit_much(folder)
        with Library(folder) as library:
            library.tag([3], add=["vision"])
            library.edit_note(1, note.id, "the whole zebrafish")
            found = backups.compare(folder, backup, no_progress)
        assert (found.papers_back, found.papers_gone, found.papers_changed) == (0, 1, 4)
        assert (found.notes_back, found.notes_gone, found.notes_changed) == (0, 1, 1)
        assert found.titles_gone == ("A Unicorn of a Paper",)

    def test_nothing_is_different_at_once(self, folder: Path) -> None:
        backup = back_up(folder)
        assert not backups.compare(folder, backup, no_progress)

    def test_a_library_that_cannot_be_read_is_told(self, folder: Path) -> None:
        backup = backups.back_up(folder, Why.BY_HAND, no_progress)
        path = folder / FILE_NAME
        path.write_bytes(path.read_bytes()[:100] + bytes(20_000))
        with pytest.raises(ExpectedError, match="cannot be compared with the backup"):
            backups.compare(folder, backup, no_progress)

    def test_an_older_version_is_compared_by_what_it_has(self, library_folder: Path) -> None:
        unpack(OLD_LIBRARIES[0], library_folder)
        Library(library_folder).close()
        (before_update,) = backups.backups(library_folder)
        assert not backups.compare(library_folder, before_update, no_progress)


class TestVerify:
    def test_a_good_one(self, folder: Path) -> None:
        report = backups.verify(folder, back_up(folder), no_progress)
        assert report.wrong == ()
        assert any(line.startswith("4 papers") for line in report.compared)
        assert datetime.now(UTC) - report.made < timedelta(minutes=1)

    def test_a_damaged_one(self, folder: Path) -> None:
        backup = back_up(folder)
        data = bytearray((backup.folder / PACKED).read_bytes())
        data[1000:1100] = bytes(byte ^ 0xFF for byte in data[1000:1100])  # one bit may be unpacked to the same bytes
        (backup.folder / PACKED).write_bytes(data)
        report = backups.verify(folder, backup, no_progress)
        assert len(report.wrong) == 1
        assert "damaged" in report.wrong[0]

    def test_other_rows_than_were_written_down(self, folder: Path) -> None:
        backup = back_up(folder)
        tables = {**backup.facts.tables, "notes": 2}
        object.__setattr__(backup.facts, "tables", tables)
        assert backups.verify(folder, backup, no_progress).wrong == ("notes has 1 rows, 2 were backed up",)

    @pytest.mark.parametrize("harm", ["missing", "changed"])
    def test_attached_files_are_looked_at(self, folder: Path, harm: str) -> None:
        with Library(folder) as library:
            library.import_texts([InputText("paper.pdf", pdf_of(PAGE))])
        backup = back_up(folder)
        report = backups.verify(folder, backup, no_progress)
        assert report.wrong == ()
        assert report.compared[-1] == "1 attached files by their checksums"
        (path,) = (path for path in (folder / "files").rglob("*.pdf"))
        path.unlink() if harm == "missing" else path.write_bytes(b"%PDF of another")
        (wrong,) = backups.verify(folder, backup, no_progress).wrong
        assert ("missing" if harm == "missing" else "not what it was") in wrong


class TestDue:
    def test_once_a_day(self, folder: Path) -> None:
        now = datetime.now(UTC)
        assert backups.is_due(folder, now)
        made = backups.back_up_if_due(folder, no_progress)
        assert made is not None
        assert made.why is Why.DAILY
        assert not backups.is_due(folder, now)
        assert backups.back_up_if_due(folder, no_progress) is None
        assert backups.is_due(folder, now + timedelta(days=1))
        assert backups.is_due(folder, now - timedelta(days=1))

    def test_not_of_a_library_in_which_nothing_was_done(self, library_folder: Path) -> None:
        assert not backups.is_due(library_folder, datetime.now(UTC))
        Library(library_folder).close()
        assert backups.back_up_if_due(library_folder, no_progress) is None
        assert backups.backups(library_folder) == []

    @pytest.mark.filterwarnings("ignore:subprocess .* is still running")  # it is meant to outlive who started it
    def test_in_a_process_of_its_own(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        assert not backups.start_if_due(folder)
        monkeypatch.delenv("READINGLIST_BACKGROUND")
        assert backups.start_if_due(folder)
        until = time.monotonic() + 30
        while not backups.backups(folder) and time.monotonic() < until:
            time.sleep(0.05)
        assert [backup.why for backup in backups.backups(folder)] == [Why.DAILY]
        assert not backups.start_if_due(folder)

    def test_beside_who_waits_for_it(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("READINGLIST_BACKGROUND")
        backups.back_up_beside(folder, no_progress)
        assert [backup.why for backup in backups.backups(folder)] == [Why.DAILY]
        shutil.rmtree(folder / "backups")
        (folder / "backups").write_bytes(b"in the way")
        with pytest.raises(ExpectedError, match="is a file, where a folder is expected"):
            backups.back_up_beside(folder, no_progress)

    def test_beside_who_does_not_want_it_any_more(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("READINGLIST_BACKGROUND")
        monkeypatch.setattr(backups, "_LOOK_EVERY", 0.01)

        def stop(_done: int, _total: int) -> None:
            raise CancelledError("Stopped.")

        with pytest.raises(CancelledError):
            backups.back_up_beside(folder, stop)
        assert backups.backups(folder) == []


class TestNamed:
    def test_by_name_beginning_or_none(self, folder: Path) -> None:
        first, second = back_up(folder), back_up(folder)
        assert backups.named(folder) == backups.backups(folder)[0]
        assert backups.named(folder, second.name) == second
        assert backups.named(folder, first.name) == first
        with pytest.raises(UsageError, match="2 backups are called 20"):
            backups.named(folder, "20")
        with pytest.raises(UsageError, match="No backup is called yesterday"):
            backups.named(folder, "yesterday")

    def test_without_any(self, folder: Path) -> None:
        with pytest.raises(ExpectedError, match="no backup"):
            backups.named(folder)
        with pytest.raises(ExpectedError, match="no library"):
            back_up(folder / "elsewhere")


def test_backups_go_with_a_folder_that_moves(folder: Path, tmp_path: Path) -> None:
    backup = back_up(folder)
    edit_much(folder)
    moved = tmp_path / "moved"
    shutil.move(folder, moved)
    restore(moved, backups.named(moved, backup.name))
    with Library(moved) as library:
        assert list(library.find("unicorn").ids) == []
