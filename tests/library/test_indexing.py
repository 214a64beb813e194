import subprocess
import sys
from pathlib import Path

import pytest

from readinglist.library.library import Library
from readinglist.search.paper_index import PaperIndex
from readinglist.store.paper_store import PaperStore
from tests.library.listings import TITLES, listing


def held_by_index(folder: Path) -> set[int]:
    store = PaperStore(folder)
    index = PaperIndex(folder / "index", store.library_id)
    ids = set(index.ids().tolist())
    index.close()
    store.close()
    return ids


def test_what_is_pending_is_indexed_once(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
        assert library.index_pending() == 4
        assert library.index_pending() == 0
        library.star([1])
        assert library.index_pending() == 0
        library.add_note(1, "new words")
        assert library.index_pending() == 1
    assert held_by_index(library_folder) == {1, 2, 3, 4}


def test_papers_that_are_gone_leave_the_index(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES[:2])])
        library.import_texts([listing(TITLES[2:], name="b.txt", day="Mar 15")])
        library.index_pending()
        library.undo()
        library.index_pending()
    assert held_by_index(library_folder) == {1, 2}


@pytest.mark.expects_log
def test_an_index_that_lost_papers_or_has_too_many_is_healed(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
        library.index_pending()
    store = PaperStore(library_folder)
    index = PaperIndex(library_folder / "index", store.library_id)
    index.remove([2, 3])
    index.close()
    store.close()
    with Library(library_folder) as library:
        assert library.index_pending() == 2
        assert len(library.find("attention").ids) == 2
    assert held_by_index(library_folder) == {1, 2, 3, 4}


@pytest.mark.expects_log
def test_an_index_whose_files_were_changed_by_a_failing_disk_is_built_anew(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
        library.index_pending()
    for path in (library_folder / "index").rglob("*.seg"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0x10
        path.write_bytes(data)
    with Library(library_folder) as library:
        assert library.index_pending() == 4
        assert len(library.find("attention").ids) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows renames no folder whose files are open")
@pytest.mark.parametrize("step", range(4))
def test_where_the_library_was_unplugged_no_index_is_made(library_folder: Path, step: int) -> None:
    away = library_folder.with_name("unplugged")
    steps = iter(range(100))

    def unplug(_done: int, _total: int) -> None:
        if next(steps) == step:
            library_folder.rename(away)

    with Library(library_folder) as library:
        library.import_texts([listing(TITLES[:2])])
        library.index_pending()
        library.import_texts([listing(TITLES)])
        library.index_pending(unplug)
        if not away.exists():
            library_folder.rename(away)
        assert library.index_pending() == 0
        assert len(library.find("attention").ids) == 2
        assert not library_folder.exists()
        away.rename(library_folder)
        library.index_pending()
        assert library.check().differences == ()


@pytest.mark.expects_log
def test_an_index_of_another_library_is_built_anew(tmp_path: Path) -> None:
    for name in ("mine", "theirs"):
        with Library(tmp_path / name) as library:
            library.import_texts([listing(TITLES if name == "mine" else TITLES[:1])])
            library.index_pending()
    (tmp_path / "mine" / "index").rename(tmp_path / "old")
    (tmp_path / "theirs" / "index").rename(tmp_path / "mine" / "index")
    with Library(tmp_path / "mine") as library:
        assert len(library.find("attention").ids) == 2
        assert library.index_pending() == 4
    assert held_by_index(tmp_path / "mine") == {1, 2, 3, 4}


def test_reindex_builds_all_of_it_anew(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
        library.trash([3])
        assert library.reindex() == 4
        assert library.index_pending() == 0
        library.restore([3])
        assert len(library.find("gpt-4").ids) == 1


def test_indexing_in_a_process_of_its_own(library_folder: Path) -> None:
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
    command = [sys.executable, "-m", "readinglist", "--library", str(library_folder), "reindex", "--pending"]
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    assert held_by_index(library_folder) == {1, 2, 3, 4}


def test_few_papers_are_not_worth_a_process(library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("READINGLIST_BACKGROUND", raising=False)
    with Library(library_folder) as library:
        library.import_texts([listing(TITLES)])
        assert not library.index_in_background()
