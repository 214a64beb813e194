"""The command recover."""

from pathlib import Path

from readinglist.store.database import FILE_NAME
from tests.cli.conftest import Run


def damage(folder: Path) -> None:
    path = folder / FILE_NAME
    path.write_bytes(path.read_bytes()[:-5000])


def test_a_whole_library_needs_no_recovery(filled: Run) -> None:
    answer = filled("recover")
    assert answer.code == 0
    assert "not damaged" in answer.out


def test_it_says_what_can_be_brought_back_and_changes_nothing(filled: Run, folder: Path) -> None:
    filled("backup")
    damage(folder)
    before = sorted(entry.name for entry in folder.iterdir())
    refused = filled("find", "sheep")
    assert refused.code == 1
    assert "readinglist recover" in refused.err
    answer = filled("recover")
    assert answer.code == 1
    assert "--salvage" in answer.out
    assert "--from-backup 20" in answer.out
    assert sorted(entry.name for entry in folder.iterdir()) == before


def test_what_can_be_read_is_taken(filled: Run, folder: Path) -> None:
    damage(folder)
    answer = filled("recover", "--salvage")
    assert answer.code == 0
    assert "4 papers" in answer.out
    assert "is kept as" in answer.out
    assert filled("find", "sheep", "--json").json
    assert list(folder.glob("library-damaged-*.sqlite"))


def test_a_backup_is_taken(filled: Run, folder: Path) -> None:
    filled("backup")
    filled("star", "1")
    damage(folder)
    answer = filled("recover", "--from-backup")
    assert answer.code == 0
    assert "The library is what it was" in answer.out
    assert not filled("find", "is:starred", "--json").json["papers"]


def test_one_of_both_is_chosen(filled: Run) -> None:
    assert filled("recover", "--salvage", "--from-backup").code == 2
