"""Bringing back what can be read of damaged databases."""

import shutil
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import pytest

from readinglist.errors import ExpectedError
from readinglist.library.base import no_progress
from readinglist.library.library import Library
from readinglist.store.database import FILE_NAME
from readinglist.store.pages import Pages
from readinglist.store.salvage import MARK, Salvage, salvage
from tests.faults import databases
from tests.store.old_libraries import OLD_LIBRARIES, PAPERS_WITH_NOTES, unpack

PAGE = databases.PAGE


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("salvage") / "whole"
    databases.make_library(folder)
    return folder


def recover(path: Path) -> tuple[Salvage, Path]:
    target = path.with_name("library-recovered-1.sqlite")
    return salvage(path, target, no_progress), target


def every_table(path: Path) -> dict[str, list[str]]:
    with closing(sqlite3.connect(path)) as connection:
        aside = "('to_index', 'alembic_version', 'sqlite_sequence')"
        query = f"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN {aside}"
        names = [name for (name,) in connection.execute(query).fetchall()]
        return {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for name in names}


def test_all_of_a_whole_library_is_read_without_sqlite(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    told, target = recover(tmp_path / "copy" / FILE_NAME)
    assert told.lost == []
    assert every_table(target) == every_table(whole / FILE_NAME)
    assert target.stat().st_mode & 0o077 == 0


def test_what_stands_in_the_log_alone_is_brought_in(whole: Path, tmp_path: Path) -> None:
    databases.leave_log(whole, tmp_path / "logged")
    log = (tmp_path / "logged" / (FILE_NAME + "-wal")).read_bytes()
    told, target = recover(tmp_path / "logged" / FILE_NAME)
    assert told.lost == []
    assert (tmp_path / "logged" / (FILE_NAME + "-wal")).read_bytes() == log
    with closing(sqlite3.connect(target)) as connection:
        assert connection.execute("SELECT count(*) FROM notes WHERE text LIKE 'In the log%'").fetchone() == (1,)


def test_a_lost_page_of_papers_leaves_what_the_indexes_and_notes_know(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    path = tmp_path / "copy" / FILE_NAME
    data = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        title, key = connection.execute("SELECT title, citation_key FROM papers WHERE id = 7").fetchone()
    tree = Pages(bytes(data), PAGE).tree(databases.roots(path)["papers"], table=True)
    (page,) = [number for number, rows in tree.pages.items() if 7 in {row_id for row_id, _ in rows}]
    data[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(data)
    told, target = recover(path)
    assert any("the abstract and the authors" in line for line in told.lost)
    target.replace(tmp_path / "copy" / FILE_NAME)
    with Library(tmp_path / "copy") as library:
        lost = library.papers(library.find(f"tag:{MARK}").ids)
        assert lost
        assert all(paper.title and not paper.abstract for paper in lost)
        paper = library.paper("7")
        assert (paper.title, paper.citation_key, bool(paper.notes)) == (title, key, True)
        assert library.counts().all == len(library.find("").ids) == 23


def test_a_row_of_an_index_that_was_left_without_a_column_is_no_row(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    path = tmp_path / "copy" / FILE_NAME
    start = (databases.roots(path)["ix_papers_starred"] - 1) * PAGE
    data = bytearray(path.read_bytes())
    (cell,) = struct.unpack_from(">H", data, start + 8)
    data[start + cell + 1] = 1
    path.write_bytes(data)
    _told, target = recover(path)
    assert every_table(target)["papers"] == every_table(whole / FILE_NAME)["papers"]


@pytest.mark.parametrize("name", ["papers", "notes", "sightings", "paper_tags"])
def test_leaves_are_found_where_the_root_of_their_tree_is_lost(whole: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    path = tmp_path / "copy" / FILE_NAME
    root = databases.roots(path)[name]
    data = bytearray(path.read_bytes())
    before = every_table(whole / FILE_NAME)
    data[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
    path.write_bytes(data)
    told, target = recover(path)
    found = every_table(target)
    assert told.lost
    if name == "paper_tags" or data[(root - 1) * PAGE] == 5:
        assert set(before[name]) <= set(found[name])
    for other in {"papers", "notes", "tags", "sources", "listings"} - {name}:
        assert set(before[other]) <= set(found[other])


def test_without_its_first_page_all_rows_are_still_found(whole: Path, tmp_path: Path) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    path = tmp_path / "copy" / FILE_NAME
    path.write_bytes(b"\xff" * PAGE + path.read_bytes()[PAGE:])
    told, target = recover(path)
    before, found = every_table(whole / FILE_NAME), every_table(target)
    for name in ("papers", "notes", "sources", "listings", "sightings", "tags", "paper_tags", "smart_lists"):
        assert found[name] == before[name]
    assert any("list of tables" in line for line in told.lost)
    assert found["changes"] == []


def test_a_library_of_an_early_version_is_salvaged_into_one_of_today(tmp_path: Path) -> None:
    unpack(OLD_LIBRARIES[0], tmp_path / "old")
    path = tmp_path / "old" / FILE_NAME
    path.write_bytes(bytes(100) + path.read_bytes()[100:])
    _told, target = recover(path)
    (tmp_path / "new").mkdir()
    target.replace(tmp_path / "new" / FILE_NAME)
    with Library(tmp_path / "new") as library:
        assert len(library.find("has:notes").ids) == PAPERS_WITH_NOTES
        assert library.papers(library.find("").ids)


@pytest.mark.parametrize("data", [b"", b"no database at all" * 100, bytes(50_000)])
def test_where_nothing_can_be_read_it_says_so_and_leaves_nothing_behind(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(data)
    with pytest.raises(ExpectedError, match="Bring a backup back instead"):
        recover(path)
    assert [entry.name for entry in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.expects_log
def test_a_short_campaign_of_damages_ends_well(tmp_path: Path) -> None:
    campaign = databases.Campaign(tmp_path, seed=7)
    campaign.damage(2 * len(databases.HARMS))
    assert campaign.figures.wrong == []
    assert campaign.figures.refused + campaign.figures.found_later > 5


def _lose(path: Path, table: str) -> None:
    """Let all leaf pages of a table that hold rows be zeros."""
    data = bytearray(path.read_bytes())
    for number, rows in Pages(bytes(data), PAGE).tree(databases.roots(path)[table], table=True).pages.items():
        if rows:
            data[(number - 1) * PAGE : number * PAGE] = bytes(PAGE)
    path.write_bytes(data)


def test_the_journal_stays_where_texts_of_sources_alone_are_lost_and_can_be_undone_to_its_start(
    whole: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(whole, folder)
    path = folder / FILE_NAME
    before = every_table(path)
    _lose(path, "sources")
    told, target = recover(path)
    assert told.lost == ["1 page of sources cannot be read", "1 source lost its text"]
    target.replace(path)
    assert {name: rows for name, rows in every_table(path).items() if name != "sources"} == {
        name: rows for name, rows in before.items() if name != "sources"
    }
    with Library(folder) as library:
        papers = library.papers(library.find("").ids)
        changes = 0
        while library.undo():
            changes += 1
        assert changes == len(before["changes"]) - 1  # one was taken back before
        assert library.counts().all == 0
        assert all(difference.kind != "database" for difference in library.check().differences)
        for _ in range(changes):
            assert library.redo()
        assert library.papers(library.find("").ids) == papers
        assert all(difference.kind != "database" for difference in library.check().differences)


@pytest.mark.parametrize("table", ["notes", "listings", "changes"])
def test_the_journal_goes_where_what_its_changes_speak_of_is_lost(whole: Path, tmp_path: Path, table: str) -> None:
    shutil.copytree(whole, tmp_path / "copy")
    _lose(tmp_path / "copy" / FILE_NAME, table)
    told, target = recover(tmp_path / "copy" / FILE_NAME)
    assert told.lost
    assert every_table(target)["changes"] == []
