"""A sweep leaves every file that a way back may need: backups with their own past, and databases beside the library."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.library import attaching, backups, sweeping
from readinglist.library.attaching import FOLDER
from readinglist.library.library import Library
from readinglist.library.sweeping import Swept, sweep
from readinglist.papers.paper import Attachment
from readinglist.store.backup_set import MANIFEST, PACKED, Backup, Why
from readinglist.store.opening import FILE_NAME
from tests.formats.pdf_making import pdf_of
from tests.library.listings import TITLES, listing

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
PDF = pdf_of([(90, 700, 10, "Zeppelins are slower than sheep.")])


@pytest.fixture
def library(library_folder: Path) -> Iterator[Library]:
    with Library(library_folder) as opened:
        opened.import_texts([listing(TITLES)])
        yield opened


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "zeppelins.pdf"
    path.write_bytes(PDF)
    return path


def attached(library: Library, pdf: Path) -> tuple[int, Attachment]:
    """The first paper and the file, attached to it."""
    paper_id = library.find().ids[0]
    library.attach(paper_id, [pdf])
    (paper,) = library.papers([paper_id])
    return paper_id, paper.attachments[0]


def forget_the_past(library: Library, but: int = 0) -> None:
    """As when the journal was compacted, but for some of its changes."""
    library.add_note(library.find().ids[0], "What was before is forgotten.")
    library._store.compact_journal(library._store.newest_change() - but)


def swept(library: Library) -> Swept:
    """A sweep of all that nothing needs, when all files are two days old."""
    for path in (library.folder / FOLDER).rglob("*.*"):
        os.utime(path, ((NOW - timedelta(days=2)).timestamp(),) * 2)
    return sweep(library._store, NOW, at_once=True)


def backed_up(library: Library) -> Backup:
    return backups.back_up(library.folder, Why.BY_HAND, lambda _done, _total: None)


def unnamed_but_for(library: Library, pdf: Path, keep: Callable[[], object]) -> Path:
    """A file that was detached before `keep` was done, and that the library itself names no more."""
    paper_id, attachment = attached(library, pdf)
    library.detach(paper_id, attachment.digest)
    keep()
    forget_the_past(library)
    return library.attached_file(attachment)


def test_a_backup_keeps_what_its_own_past_needs_and_undo_after_a_restore_brings_it_back(
    library: Library, pdf: Path
) -> None:
    made: list[Backup] = []
    path = unnamed_but_for(library, pdf, lambda: made.append(backed_up(library)))
    assert made[0].facts.files == ()
    assert swept(library).files == 0
    folder = library.folder
    library.close()
    backups.restore(folder, made[0], lambda _done, _total: None)
    with Library(folder) as again:
        again.undo()
        (paper,) = again.papers(again.find("has:pdf").ids)
        assert again.attached_file(paper.attachments[0]).read_bytes() == PDF == path.read_bytes()


def test_a_backup_whose_manifest_says_nothing_is_read_itself(library: Library, pdf: Path) -> None:
    made: list[Backup] = []
    path = unnamed_but_for(library, pdf, lambda: made.append(backed_up(library)))
    for text in ("", "{}", '{"named": 7, "files": []}', '{"named": [], "files": 7}', "\x00"):
        (made[0].folder / MANIFEST).write_text(text, encoding="utf-8")
        assert swept(library) == Swept()
    (made[0].folder / MANIFEST).unlink()
    assert swept(library) == Swept()
    packed = made[0].folder / PACKED
    packed.write_bytes(packed.read_bytes()[:-100])
    assert swept(library).unread == str(made[0].folder)
    assert path.exists()
    shutil.rmtree(made[0].folder)
    assert swept(library).files == 1


def test_backups_that_cannot_be_listed_keep_everything(library: Library, pdf: Path) -> None:
    path = unnamed_but_for(library, pdf, lambda: None)
    folder = library.folder / "backups"
    folder.write_text("A sync program put a file in its place.")
    assert swept(library).unread == str(folder)
    assert path.exists()


def copy_of(library: Library, name: str) -> Path:
    """The library's database under another name in its folder."""
    target = library.folder / name
    with (
        closing(sqlite3.connect(library.folder / FILE_NAME)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    return target


@pytest.mark.parametrize(
    "name", ["library (Ann's conflicted copy 2026-03-14).sqlite", "library-version-2-x.sqlite", "library.sqlite.bak"]
)
def test_another_database_in_the_folder_keeps_what_it_names(library: Library, pdf: Path, name: str) -> None:
    path = unnamed_but_for(library, pdf, lambda: copy_of(library, name))
    assert swept(library) == Swept()
    (library.folder / name).write_bytes((library.folder / name).read_bytes()[:5000])
    assert swept(library).unread == str(library.folder / name)
    assert path.exists()
    (library.folder / name).unlink()
    assert swept(library).files == 1


def test_a_damaged_database_that_was_set_aside_keeps_all_files(library: Library, pdf: Path) -> None:
    aside = library.folder / "library-damaged-2026-03-14T12-00-00Z.sqlite"
    path = unnamed_but_for(library, pdf, lambda: aside.write_bytes(b"nothing of it can be read"))
    found = swept(library)
    assert (found.files, found.unread, path.exists()) == (0, str(aside), True)


def test_a_file_is_kept_while_a_copy_has_words_in_its_log_alone(library: Library, pdf: Path) -> None:
    copy = library.folder / "library 2.sqlite"
    path = unnamed_but_for(library, pdf, lambda: None)
    copy_of(library, copy.name)
    copy.with_name(f"{copy.name}-wal").write_bytes(b"words")
    assert swept(library).unread == str(copy)
    assert path.exists()


def test_a_note_that_leads_to_a_file_keeps_it(library: Library, pdf: Path) -> None:
    path = unnamed_but_for(library, pdf, lambda: None)
    paper_id = library.find().ids[1]
    library.add_note(paper_id, f"See {path.as_uri()}")
    library._store.compact_journal(library._store.newest_change())
    assert swept(library) == Swept()
    (paper,) = library.papers([paper_id])
    library.delete_note(paper_id, paper.notes[0].id)
    forget_the_past(library)
    assert swept(library).files == 1


def test_a_damaged_step_of_the_journal_may_name_any_file(library: Library, pdf: Path) -> None:
    path = unnamed_but_for(library, pdf, lambda: None)
    with closing(sqlite3.connect(library.folder / FILE_NAME)) as connection:
        connection.execute("UPDATE changes SET payload = CAST('z' || 'no zlib' AS BLOB)")
        connection.commit()
    backed_up(library)
    with pytest.raises(Exception, match="journal"):
        swept(library)
    assert path.exists()


def test_a_file_that_is_attached_again_while_it_is_swept_stays(
    library: Library, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = unnamed_but_for(library, pdf, lambda: None)
    remove = sweeping._remove

    def attach_first(kept: Path, now: datetime) -> int | None:
        attached(library, pdf)
        os.utime(kept, (now.timestamp(),) * 2)  # the sweep believes another day
        return remove(kept, now)

    monkeypatch.setattr(sweeping, "_remove", attach_first)
    assert swept(library).files == 0
    assert path.read_bytes() == PDF
    assert attaching.digest_of(path) == path.stem


def missing(library: Library) -> set[str]:
    """The names of the files that papers have, and that are not there as they were."""
    attachments = library._store.attachments()
    return {each.name for each in attachments if not attaching.path_of(library.folder, each).exists()}


def act(library: Library, chance: random.Random, pdfs: list[Path], made: list[Backup]) -> None:
    """One of the things that a reader does with files, or that time does."""
    ids = library.find().ids
    if len(ids) < 3:
        library.import_texts([listing(TITLES, name=f"{chance.random()}.txt")])
        return
    (paper,) = library.papers([chance.choice(ids)])
    acts: list[Callable[[], object]] = [
        lambda: library.attach(paper.id, chance.sample(pdfs, 2)),
        lambda: library.attach(paper.id, [chance.choice(pdfs)]),
        lambda: [library.detach(paper.id, each.digest) for each in paper.attachments],
        lambda: [library.undo() for _ in range(chance.randint(1, 3))],
        lambda: [library.redo() for _ in range(chance.randint(1, 3))],
        lambda: library.trash([paper.id]),
        lambda: [library.detach(paper.id, each.digest) for each in paper.attachments],
        lambda: library.restore(library.find("is:trashed").ids),
        library.empty_trash,
        lambda: library.merge(chance.sample(ids, 2)),
        lambda: forget_the_past(library, but=chance.randint(0, 2)),
        lambda: forget_the_past(library, but=chance.randint(0, 2)),
        lambda: made.append(backed_up(library)) if len(made) < 2 else None,
    ]
    chance.choice(acts)()


@pytest.mark.parametrize("seed", range(2))
def test_no_sweep_takes_what_a_way_back_needs(library: Library, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    pdfs = [tmp_path / f"{number}.bin" for number in range(40)]
    for number, path in enumerate(pdfs):
        path.write_bytes(bytes([number]) * 100)
    made: list[Backup] = []
    gone = 0
    for _ in range(90):
        act(library, chance, pdfs, made)
        gone += swept(library).files
        assert missing(library) == set()
    while library.undo():
        assert missing(library) == set()
    while library.redo():
        assert missing(library) == set()
    folder = library.folder
    library.close()
    for backup in made:
        backups.restore(folder, backup, lambda _done, _total: None)
        with Library(folder) as older:
            while older.undo():
                assert missing(older) == set()
    assert gone  # else nothing was tried
