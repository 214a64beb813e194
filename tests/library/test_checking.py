import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.library.checking import Check
from readinglist.library.library import Library
from readinglist.search.paper_index import PaperIndex
from readinglist.search.weights import PaperText
from readinglist.store.database import FILE_NAME
from readinglist.store.paper_store import PaperStore
from tests.library.listings import TITLES, listing


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        opened.index_pending()
        yield opened


@pytest.fixture
def index(library_folder: Path, library: Library) -> Iterator[PaperIndex]:
    """The library's index, to be harmed behind its back."""
    assert library.folder == library_folder
    store = PaperStore(library_folder)
    opened = PaperIndex(library_folder / "index", store.library_id)
    yield opened
    opened.close()
    store.close()


def kinds(check: Check) -> dict[str, tuple[int, ...]]:
    return {difference.kind: difference.paper_ids for difference in check.differences}


def test_a_whole_library_is_whole(library: Library) -> None:
    library.trash([3])
    library.add_note(2, "A note.")
    library.star([1])
    assert library.check() == Check(4, 1, ())
    library.index_pending()
    assert library.check() == Check(4, 0, ())


def test_papers_that_wait_are_no_difference(library_folder: Path) -> None:
    with Library(library_folder) as library:
        assert library.check() == Check(0, 0, ())
        library.import_texts([listing(TITLES)])
        assert library.check() == Check(4, 4, ())


@pytest.mark.expects_log
def test_missing_and_foreign_papers_are_told_and_repaired(library: Library, index: PaperIndex) -> None:
    index.remove([2, 3])
    index.add([PaperText(77, "Foreign")])
    assert kinds(library.check()) == {"missing": (2, 3), "foreign": (77,)}
    library.index_pending()
    assert library.check().differences == ()


def test_papers_with_other_words_than_indexed_are_told_and_repaired(library: Library, index: PaperIndex) -> None:
    paper = library.papers([2])[0]
    index.add([PaperText(2, paper.title, f"{paper.abstract} extra")])
    assert kinds(library.check()) == {"stale": (2,)}
    library.reindex()
    assert library.check().differences == ()


@pytest.mark.expects_log
def test_damaged_files_of_the_index_are_told_and_repaired(library: Library, library_folder: Path) -> None:
    path = next((library_folder / "index").rglob("*.seg"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert set(kinds(library.check())) == {"index-broken"}
    library.index_pending()
    assert library.check().differences == ()
    (library_folder / "index" / "index.json").unlink()
    assert set(kinds(library.check())) == {"index-missing"}


def test_a_database_with_orphans_is_told(library: Library, library_folder: Path) -> None:
    with closing(sqlite3.connect(library_folder / FILE_NAME)) as connection:
        connection.execute("UPDATE sightings SET listing_id = 99 WHERE paper_id IN (1, 2)")
        connection.commit()
    (difference,) = library.check().differences
    assert difference.kind == "database"
    assert "2 rows of sightings belong to no row of listings" in difference.message


def test_a_check_changes_nothing(library: Library, index: PaperIndex) -> None:
    index.remove([2])
    before = index.ids().tolist()
    library.check()
    assert index.ids().tolist() == before
