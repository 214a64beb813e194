"""A library of an older version opens with all that is in it, and stays as it was in a copy."""

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from readinglist.errors import ExpectedError
from readinglist.papers.smart_list import DEFAULTS
from readinglist.store.backup_set import FOLDER, Why, backups, opened
from readinglist.store.database import FILE_NAME, SCHEMA_VERSION
from readinglist.store.migrations import upgrade
from readinglist.store.paper_store import PaperStore
from tests.store.making import NOW, PLAIN, RICH, TRASHED, filled
from tests.store.old_libraries import OLD_LIBRARIES, PAPERS_FOUND, PAPERS_WITH_NOTES, unpack
from tests.store.test_database import schema_of


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """The folder of a version-1 library with three papers, one of them starred after the import."""
    today = PaperStore(tmp_path / "today")
    filled(today)
    today.look_at(PLAIN.id, NOW)
    today.close()
    folder = tmp_path / "library"
    folder.mkdir(mode=0o700)
    engine = create_engine(f"sqlite:///{folder / FILE_NAME}")
    with engine.begin() as connection:
        upgrade(connection, "0001")
    engine.dispose()
    with closing(sqlite3.connect(folder / FILE_NAME)) as old:
        old.execute("ATTACH ? AS today", (str(tmp_path / "today" / FILE_NAME),))
        tables = old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (table,) in tables:
            if table not in {"alembic_version", "sqlite_sequence"}:
                columns = ", ".join(column[1] for column in old.execute(f"PRAGMA main.table_info({table})"))
                old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
        old.execute(f"PRAGMA application_id = {0x524C5354}")
        old.commit()
    return folder


NOT_OF_VERSION_1 = {
    "tables": {"alembic_version", "smart_lists", "memories", "attachment_texts"},
    "columns": {"attachments", "origins", "bibliography"},
}


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of all tables that version 1 had, by their columns of then, but for the migrations' own."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f"SELECT {columns_of_then(connection, name)} FROM {name} ORDER BY 1, 2").fetchall()
            for (name,) in tables
            if name not in NOT_OF_VERSION_1["tables"]
        }


def columns_of_then(connection: sqlite3.Connection, table: str) -> str:
    names = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
    return ", ".join(name for name in names if name not in NOT_OF_VERSION_1["columns"])


def test_a_library_of_version_1_opens_with_everything_in_it(first_version: Path) -> None:
    before = contents(first_version / FILE_NAME)
    assert len(before["papers"]) == 3
    store = PaperStore(first_version)
    papers = store.papers([1, 2, 3])
    first_source = {"": 1}
    assert papers[0] == replace(RICH, origins=first_source)
    assert papers[2] == replace(TRASHED, origins=first_source if TRASHED.sightings else {})
    assert papers[1].looked_at == NOW
    assert sorted(store.smart_lists(), key=lambda each: each.position) == list(DEFAULTS)
    assert contents(first_version / FILE_NAME) == before
    undone = store.undo(NOW)
    assert undone is not None
    assert store.size() == 0
    store.close()


def test_migrated_and_new_libraries_are_of_one_shape(first_version: Path, tmp_path: Path) -> None:
    PaperStore(first_version).close()
    assert schema_of(first_version / FILE_NAME) == schema_of(tmp_path / "today" / FILE_NAME)


def test_a_backup_of_the_old_library_is_made_before(first_version: Path, tmp_path: Path) -> None:
    before = contents(first_version / FILE_NAME)
    PaperStore(first_version).close()
    (made,) = backups(first_version)
    assert (made.why, made.facts.schema, made.facts.holds["papers"]) == (Why.BEFORE_UPDATE, 1, 2)
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.folder.iterdir()} == {0o600}
    with opened(made, tmp_path, lambda _done, _total: None) as copy:
        assert contents(copy) == before
        with closing(sqlite3.connect(copy)) as old:
            assert old.execute("PRAGMA user_version").fetchone() == (1,)
            assert old.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    PaperStore(first_version).close()
    assert backups(first_version) == [made]


def test_without_a_backup_nothing_is_migrated(first_version: Path) -> None:
    (first_version / FOLDER).write_bytes(b"in the way")
    with pytest.raises(ExpectedError, match="is a file, where a folder is expected"):
        PaperStore(first_version)
    with closing(sqlite3.connect(first_version / FILE_NAME)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
    (first_version / FOLDER).unlink()
    PaperStore(first_version).close()
    with closing(sqlite3.connect(first_version / FILE_NAME)) as migrated:
        assert migrated.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


@pytest.mark.parametrize("old", OLD_LIBRARIES, ids=lambda path: path.name)
def test_real_libraries_of_earlier_versions_open_with_all_that_was_done_in_them(old: Path, tmp_path: Path) -> None:
    unpack(old, tmp_path / "library")
    store = PaperStore(tmp_path / "library")
    papers = store.papers(store.ids())
    assert len(papers) == PAPERS_FOUND
    assert sum(bool(paper.notes) for paper in papers) == PAPERS_WITH_NOTES
    assert all(paper.origins == {"": paper.sightings[0].listing_id} for paper in papers)
    assert store.redo(NOW) is not None
    starred = [paper for paper in store.papers(store.ids()) if paper.starred]
    assert len(starred) == 5
    while store.undo(NOW) is not None:
        pass
    assert store.size() == 0
    store.close()
