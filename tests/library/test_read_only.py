"""A library that cannot be written: it is read, searched and exported, and every edit says why it cannot be."""

import sys
from pathlib import Path

import pytest

from readinglist.errors import ReadOnlyError
from readinglist.library.answers import InputText
from readinglist.library.backups import Why, back_up
from readinglist.library.base import no_progress
from readinglist.library.library import Library
from readinglist.paths import resource
from tests.store.test_opening import in_user_namespace


def fill(folder: Path) -> Path:
    with Library(folder) as library:
        library.import_texts([InputText("listing.txt", resource("samples", "listing.txt").read_bytes())])
        library.index_pending()
        library.star(library.find("").ids[:2])
    return folder


def test_all_but_edits_goes_on_in_a_library_that_is_gone(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows renames no folder whose files are open")
    folder = fill(tmp_path / "library")
    with Library(folder) as library:
        assert library.read_only == ""
        assert len(library.find("is:starred").ids) == 2
        folder.rename(tmp_path / "unplugged")
        assert "is gone" in library.read_only
        library.changed_elsewhere()
        with pytest.raises(ReadOnlyError, match="is gone"):
            library.star([5])
        with pytest.raises(ReadOnlyError, match="is gone"):
            library.import_texts([InputText("a.txt", b"Mar 14\n\nA Title\n\nAn abstract.\n")])
        library.look_at(3)  # which is remembered of a library that can be written alone
        assert library.index_pending() == 0
        with pytest.raises(ReadOnlyError, match="is gone"):
            library.reindex()
        (tmp_path / "unplugged").rename(folder)
        library.star([5])
        assert len(library.find("is:starred").ids) == 3


def test_a_read_only_disk_is_searched_and_exported_from(tmp_path: Path) -> None:
    source = fill(tmp_path.with_name("source"))
    run = in_user_namespace(
        """
        import shutil
        from readinglist.library.library import Library
        disk, source = Path(sys.argv[1]), Path(sys.argv[2])
        mount("tmpfs", "size=20m", disk)
        shutil.copytree(source, disk / "library")
        remount("ro", disk)
        with Library(disk / "library") as library:
            print(library.read_only)
            ids = library.find("model").ids
            print(len(ids) > 3, len(library.find("is:starred").ids), library.counts().all > 20)
            print("@" in library.export(ids[:1], "bibtex"), library.index_pending(), library.look_at(ids[0]))
            print([difference.kind for difference in library.check().differences])
        """,
        tmp_path,
        source,
    )
    assert run.stdout.splitlines() == [
        "The library lies on a disk that can only be read. To change it, copy its folder to another disk.",
        "True 2 True",
        "True 0 None",
        "[]",
    ], run.stderr


def test_earlier_days_and_backups_of_a_read_only_disk_are_looked_at(tmp_path: Path) -> None:
    source = fill(tmp_path.with_name("source-with-backup"))
    back_up(source, Why.BY_HAND, no_progress)
    with Library(source) as library:
        library.star(library.find("").ids[5:6])
    run = in_user_namespace(
        """
        import shutil
        from readinglist.errors import ExpectedError
        from readinglist.library import backups
        from readinglist.library.base import no_progress
        from readinglist.library.library import Library
        disk, source = Path(sys.argv[1]), Path(sys.argv[2])
        mount("tmpfs", "size=20m", disk)
        folder = disk / "library"
        shutil.copytree(source, folder)
        remount("ro", disk)
        with Library(folder) as library, library.as_of("today") as then:
            print(len(then.find("model").ids) > 3)
        (backup,) = backups.backups(folder)
        print(backups.today(folder).holds["starred"], backups.compare(folder, backup, no_progress).papers_changed)
        for act in (lambda: backups.refuse(folder, backup), lambda: backups.restore(folder, backup, no_progress)):
            try:
                act()
            except ExpectedError as error:
                print(error)
        """,
        tmp_path,
        source,
    )
    why = "The library lies on a disk that can only be read. To change it, copy its folder to another disk."
    assert run.stdout.splitlines() == ["True", "3 1", *[f"{why} Nothing was changed."] * 2], run.stderr


def test_an_earlier_day_says_which_disk_has_no_room_for_it(tmp_path: Path) -> None:
    source = fill(tmp_path.with_name("source-for-a-full-disk"))
    run = in_user_namespace(
        """
        import os, tempfile
        from readinglist.errors import ExpectedError
        from readinglist.library.library import Library
        disk, source = Path(sys.argv[1]), Path(sys.argv[2])
        mount("tmpfs", "size=100k", disk)
        tempfile.tempdir = str(disk)
        with Library(source) as library:
            try:
                library.as_of("today")
            except ExpectedError as error:
                print(error)
            print(os.listdir(disk), len(library.find("model").ids) > 3)
        """,
        tmp_path,
        source,
    )
    told, after = run.stdout.splitlines()
    assert f"is a copy in {tmp_path}, which could not be written" in told
    assert "the library itself is as it was" in told
    assert after == "[] True"
