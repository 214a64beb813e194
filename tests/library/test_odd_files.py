"""What stands where the program keeps files of its own, and is something else: told in words, and left as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.library import backups
from readinglist.library.answers import InputText
from readinglist.library.backups import Why
from readinglist.library.base import no_progress
from readinglist.library.export_formats import ExportOptions
from readinglist.library.library import Library

Act = Callable[[Library], object]


@pytest.fixture
def sample_folder(library_folder: Path) -> Path:
    with Library(library_folder) as library:
        library.import_texts([InputText("b.bib", b"@article{b, title = {Known}}")])
        library.index_pending()
    return library_folder


def put(path: Path, kind: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "a folder":
        path.mkdir()
    elif kind == "a link":
        path.symlink_to(path.with_name("nowhere"))
    else:
        path.write_bytes(b"\0\xff{")


def import_one(library: Library) -> object:
    return library.import_texts([InputText("a.bib", b"@article{a, title = {One more}}")])


def back_up(library: Library) -> object:
    return backups.back_up(library.folder, Why.BY_HAND, no_progress)


def keep_export(library: Library) -> object:
    library.keep_export(library.folder.with_name("kept.bib"), "", ExportOptions("bibtex"), no_progress)
    library.star([1])
    return library.write_kept(no_progress)


LOCKS: list[tuple[str, Act]] = [
    ("import.lock", import_one),
    ("backups/backup.lock", back_up),
    ("index/write.lock", lambda library: library.reindex()),
    ("kept-exports.lock", keep_export),
]


@pytest.mark.parametrize(("name", "act"), LOCKS, ids=[name for name, _ in LOCKS])
@pytest.mark.parametrize("kind", ["a folder", "a link"])
def test_what_is_no_lock_is_told_and_left(sample_folder: Path, name: str, act: Act, kind: str) -> None:
    path = sample_folder / name
    put(path, kind)
    with Library(sample_folder) as library:
        with pytest.raises(ExpectedError, match=f"is {kind}.* Move it away, and try again") as told:
            act(library)
        assert str(path) in str(told.value)
        assert library.find("").ids
        library.star([1])
    assert path.is_dir() or path.is_symlink()


@pytest.mark.parametrize(("name", "act"), LOCKS, ids=[name for name, _ in LOCKS])
def test_a_lock_may_hold_anything(sample_folder: Path, name: str, act: Act) -> None:
    put(sample_folder / name, "garbage")
    with Library(sample_folder) as library:
        act(library)


@pytest.mark.parametrize("name", ["library.sqlite-wal", "library.sqlite-shm", "library.sqlite-journal"])
@pytest.mark.parametrize("kind", ["a folder", "a link"])
def test_a_folder_or_a_link_in_the_place_of_the_log_is_told(sample_folder: Path, name: str, kind: str) -> None:
    with Library(sample_folder) as library:
        back_up(library)
    (backup,) = backups.backups(sample_folder)
    path = sample_folder / name
    put(path, kind)
    for act in (
        lambda: Library(sample_folder),
        lambda: backups.back_up(sample_folder, Why.BY_HAND, no_progress),
        lambda: backups.compare(sample_folder, backup, no_progress),
        lambda: backups.restore(sample_folder, backup, no_progress),
    ):
        with pytest.raises(ExpectedError, match=f"{name} is {kind}"):
            act()
    path.rmdir() if kind == "a folder" else path.unlink()
    with Library(sample_folder) as library:
        assert library.find("").ids


@pytest.mark.parametrize("kind", ["a link", "a file"])
def test_what_is_no_folder_for_backups_is_told(sample_folder: Path, kind: str) -> None:
    put(sample_folder / "backups", kind)
    with pytest.raises(ExpectedError, match=f"backups is {kind}"):
        backups.back_up(sample_folder, Why.BY_HAND, no_progress)
    with pytest.raises(ExpectedError, match=f"backups is {kind}"):
        backups.named(sample_folder)


@pytest.mark.parametrize("kind", ["a link", "a file"])
def test_what_is_no_folder_for_files_is_told(sample_folder: Path, tmp_path: Path, kind: str) -> None:
    put(sample_folder / "files", kind)
    (tmp_path / "a.txt").write_text("Words")
    with Library(sample_folder) as library, pytest.raises(ExpectedError, match=f"files is {kind}.*Move it away"):
        library.attach(1, [tmp_path / "a.txt"])
