"""Kept files that nothing names go after 30 days or by hand, never sooner; missing and changed ones are told."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.library import backups
from readinglist.library.answers import InputText
from readinglist.library.attaching import FOLDER
from readinglist.library.library import Library
from readinglist.library.sweeping import sweep
from readinglist.papers.paper import Attachment
from readinglist.store.backup_set import Why
from readinglist.store.database import FILE_NAME
from tests.formats.pdf_making import pdf_of

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        yield opened


def pdf(number: int) -> InputText:
    """A paper of its own."""
    words = f"On the {'very ' * number} old question of zeppelins"
    return InputText(f"{number}.pdf", pdf_of([(90, 760, 18, words), (90, 700, 10, f"Number {number}.")]))


def only_file(library: Library) -> Attachment:
    """The attachment of the one paper that has any."""
    ((attachment,),) = [paper.attachments for paper in library.papers(library.find("has:pdf").ids)]
    return attachment


def forget_the_past(library: Library) -> None:
    """As when the journal was compacted: no step of undo is left but one of a note."""
    library.add_note(library.find().ids[0], "What was before is forgotten.")
    library._store.compact_journal(library._store.newest_change())


def age(library: Library) -> None:
    """Make all kept files two days old."""
    for path in (library.folder / FOLDER).rglob("*"):
        if path.is_file():
            os.utime(path, ((NOW - timedelta(days=2)).timestamp(),) * 2)


def kept(library: Library) -> list[Path]:
    """All files in the folder of kept files."""
    return sorted(path for path in (library.folder / FOLDER).rglob("*") if path.is_file())


def unnamed(library: Library) -> Path:
    """A kept file that nothing names any more, two days old."""
    library.import_texts([pdf(1)])
    attachment = only_file(library)
    library.detach(library.find("has:pdf").ids[0], attachment.digest)
    forget_the_past(library)
    age(library)
    return library.attached_file(attachment)


def test_a_file_that_nothing_names_goes_after_thirty_days_and_not_before(library: Library) -> None:
    path = unnamed(library)
    for day in (0, 1, 29):
        swept = sweep(library._store, NOW + timedelta(days=day))
        assert (swept.files, swept.waiting, path.exists()) == (0, 1, True)
    size = path.stat().st_size
    swept = sweep(library._store, NOW + timedelta(days=30))
    assert (swept.files, swept.size, swept.waiting, path.exists()) == (1, size, 0, False)
    assert not library._store.attachment_texts([path.stem])
    assert library._store.setting("unnamed_files") == ""


def test_the_days_count_anew_for_a_file_that_was_named_meanwhile(library: Library, tmp_path: Path) -> None:
    path = unnamed(library)
    sweep(library._store, NOW)
    again = tmp_path / "again.pdf"
    shutil.copy(path, again)
    paper_id = library.find().ids[0]
    library.attach(paper_id, [again])
    assert sweep(library._store, NOW + timedelta(days=40)).waiting == 0
    library.detach(paper_id, path.stem)
    forget_the_past(library)
    age(library)
    assert sweep(library._store, NOW + timedelta(days=41)).files == 0
    assert path.exists()


def test_by_hand_it_goes_at_once_but_not_one_that_has_just_been_kept(library: Library) -> None:
    path = unnamed(library)
    os.utime(path, (NOW.timestamp() - 60,) * 2)
    assert sweep(library._store, NOW, at_once=True).files == 0
    age(library)
    assert sweep(library._store, NOW, at_once=True).files == 1
    assert not path.exists()


def test_undo_keeps_a_file_and_so_do_redo_and_the_trash(library: Library) -> None:
    library.import_texts([pdf(1)])
    attachment = only_file(library)
    paper_id = library.find().ids[0]
    library.trash([paper_id])
    assert left_after_sweep(library) == 1
    library.restore([paper_id])
    library.detach(paper_id, attachment.digest)
    assert left_after_sweep(library) == 1
    library.undo()
    library.undo()
    library.undo()
    library.undo()  # the import itself
    assert not library.find().ids
    assert left_after_sweep(library) == 1
    library.redo()
    assert library.attached_file(only_file(library)).exists()


def left_after_sweep(library: Library) -> int:
    """How many files a sweep of all that nothing needs leaves."""
    age(library)
    sweep(library._store, NOW, at_once=True)
    return len(kept(library))


def test_a_merge_that_can_be_taken_apart_keeps_both_files(library: Library) -> None:
    library.import_texts([pdf(1), pdf(2)])
    ids = library.find(sort="added").ids
    library.merge(ids)
    (paper,) = library.papers(library.find().ids)
    for attachment in paper.attachments:
        library.detach(paper.id, attachment.digest)
    forget_the_past(library)
    assert left_after_sweep(library) == 2


def test_a_backup_keeps_the_files_that_it_names(library: Library) -> None:
    library.import_texts([pdf(1)])
    backup = backups.back_up(library.folder, Why.BY_HAND, lambda _done, _total: None)
    library.detach(library.find().ids[0], only_file(library).digest)
    forget_the_past(library)
    assert left_after_sweep(library) == 1
    shutil.rmtree(backup.folder)
    assert left_after_sweep(library) == 0


def test_what_a_killed_program_left_goes_and_what_is_not_ours_stays(library: Library) -> None:
    path = unnamed(library)
    left_over = path.with_name(f".{path.name}.abc123.part")
    foreign = [path.with_name("my own.pdf"), library.folder / FOLDER / f"{'0' * 64}.pdf"]
    for file in (left_over, *foreign):
        file.write_bytes(b"...")
    age(library)
    assert sweep(library._store, NOW, at_once=True).files == 2
    assert kept(library) == sorted(foreign)


def test_a_library_that_cannot_be_changed_is_not_swept(library: Library) -> None:
    path = unnamed(library)
    library._store._never_changed = "As of 14 Mar 2026. Read only."
    with pytest.raises(ExpectedError, match="Read only"):
        sweep(library._store, NOW, at_once=True)
    assert path.exists()


def test_check_tells_missing_and_changed_files(library: Library) -> None:
    library.import_texts([pdf(1), pdf(2), pdf(3)])
    library.index_pending()
    assert library.check().differences == ()
    papers = {paper.attachments[0].name: paper for paper in library.papers(library.find().ids)}
    missing, changed = (library.attached_file(papers[name].attachments[0]) for name in ("1.pdf", "2.pdf"))
    missing.unlink()
    changed.chmod(0o600)
    changed.write_bytes(b"other")
    first, second = library.check().differences
    assert (first.kind, first.paper_ids) == ("file-missing", (papers["1.pdf"].id,))
    assert "1.pdf" in first.message
    assert (second.kind, second.paper_ids) == ("file-changed", (papers["2.pdf"].id,))


_CAN_BE_LOCKED = """
import fcntl, sys
with open(sys.argv[1], "rb+") as stream:
    fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, int(sys.argv[3]), int(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows takes no lock away with another handle of its file")
@pytest.mark.parametrize(
    ("ending", "first", "count"), [("", 0x40000002, 510), ("-shm", 128, 1)], ids=["database", "shared memory"]
)
def test_a_sweep_lets_go_of_no_lock_of_the_open_database(library: Library, ending: str, first: int, count: int) -> None:
    """Where SQLite locks what is open (os_unix.c): shared bytes of the file, and the switch of its shared memory."""
    path = library.folder / f"{FILE_NAME}{ending}"
    unnamed(library)

    def is_locked() -> bool:
        tried = subprocess.run(
            [sys.executable, "-c", _CAN_BE_LOCKED, str(path), str(first), str(count)], capture_output=True, check=False
        )
        return tried.returncode != 0

    assert is_locked()
    assert sweep(library._store, NOW, at_once=True).files == 1
    assert is_locked()
